"""The leak check: opened, run, judged."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from coach.errors import KnownError
from coach.ports import LeakVerdict, OutputDevice, Services
from ui.dialogs.leak_check import LeakCheckDialog
from ui.ear.slow_work import SlowWork
from ui.work import Background


class LeakCheck(QObject):
    """``judged(verdict)`` after each check; the output chosen is remembered, ``changed`` says so."""

    judged = Signal(object)
    closed = Signal()
    """The dialog has gone, and with it its microphone."""
    changed = Signal()
    failed = Signal(object)

    def __init__(self, services: Services, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self.work = SlowWork(self)
        self.dialog: LeakCheckDialog | None = None
        self._shown = ""

    def open(self, microphone: str, front: Callable[[], QWidget]) -> None:
        """``front`` is the window it stands over once outputs are known: the settings may be closed."""
        if self.dialog is None:
            self._background.run(
                self._services.outputs,
                lambda outputs: self._open(outputs, microphone, front()),
                self.failed.emit,
            )

    def leave(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()

    def _open(self, outputs: list[OutputDevice], microphone: str, parent: QWidget) -> None:
        if self.dialog is not None:
            return
        chosen = self._services.settings.listening.output_device
        self.dialog = dialog = LeakCheckDialog(outputs, chosen, microphone, parent)
        self._shown = dialog.outputs.currentData()
        dialog.check_wanted.connect(self._check)
        dialog.finished.connect(self._closed)
        self.work.progressed.connect(dialog.show_progress)
        dialog.open()

    def _check(self, output: str) -> None:
        chosen = self._services.settings.listening
        # The system's own, in the place of one that is not plugged in now, was not chosen by anybody.
        if output != self._shown:
            self._shown = chosen.output_device = output
            self.changed.emit()
        device = chosen.device or None
        self.work.run(
            lambda progress: self._services.check_leak(device, output or None, progress),
            self._judge,
            self._fail,
        )

    def _judge(self, verdict: LeakVerdict) -> None:
        if self.dialog is not None:
            self.dialog.show_verdict(verdict)
        self.judged.emit(verdict)

    def _fail(self, error: KnownError) -> None:
        if self.dialog is not None:
            self.dialog.show_failed(error.message)

    def _closed(self, _result: int) -> None:
        self.dialog = None
        self.work.cancel()
        self.closed.emit()
