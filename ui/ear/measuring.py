"""Measuring this machine: which model is the best that keeps up."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from coach.errors import KnownError
from coach.ports import ModelChoice, Services
from coach.settings import SET_BY
from ui.ear.slow_work import SlowWork


class Measuring(QObject):
    """What is measured is chosen: it goes into the settings, then ``measured(choice)``."""

    started = Signal()
    progressed = Signal(str, float, float)
    measured = Signal(object)
    failed = Signal(object)
    ended = Signal()
    """After it was measured, failed or left."""

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self.work = SlowWork(self)
        self.work.progressed.connect(self.progressed)

    @property
    def running(self) -> bool:
        return self.work.running

    def start(self) -> None:
        if self._services.settings.listening.is_laid_down("model"):
            self.failed.emit(KnownError("laid-down", f"{SET_BY} The speech model is chosen for you."))
        elif not self.running:
            self.started.emit()
            self.work.run(self._services.choose_model, self._choose, self._fail)

    def cancel(self) -> None:
        if self.running:
            self.work.cancel()
            self.ended.emit()

    def toggle(self) -> None:
        """For a button that starts it and, while it runs, stops it."""
        (self.cancel if self.running else self.start)()

    def _choose(self, choice: ModelChoice) -> None:
        chosen = self._services.settings.listening
        chosen.model, chosen.model_automatic = choice.model, True
        self.ended.emit()
        self.measured.emit(choice)

    def _fail(self, error: KnownError) -> None:
        self.ended.emit()
        self.failed.emit(error)
