"""Waveforms drawn on a thread of their own: shown as they grow, dropped when another is wanted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from coach.errors import KnownError
from coach.values.reviewing import Picture, ReviewServices
from ui.work import Background, CancelledError


class Pictures(QObject):
    """``grown`` with a ``Picture``, the last of them whole; ``failed`` with a ``KnownError``."""

    grown = Signal(object)
    failed = Signal(object)
    _made = Signal(int, object)

    def __init__(self, engine: ReviewServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._background = Background(self)
        self._wanted = 0
        self._made.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return self._background.busy

    def draw(self, path: Path) -> None:
        self._wanted += 1
        number = self._wanted

        def work() -> None:
            for picture in self._engine.pictures(path):
                if self._wanted != number:
                    raise CancelledError
                self._made.emit(number, picture)

        def fail(error: KnownError) -> None:
            if self._wanted == number:
                self.failed.emit(error)

        self._background.run(work, lambda _none: None, fail)

    def stop(self) -> None:
        """Nothing more of the one that is being drawn."""
        self._wanted += 1

    def close(self) -> None:
        self.stop()
        self._background.close()

    @Slot(int, object)
    def _take(self, number: int, picture: Picture) -> None:
        if number == self._wanted:
            self.grown.emit(picture)
