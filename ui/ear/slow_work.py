"""Work of some seconds that shows how far it is and can be left, on a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from coach.errors import KnownError
from coach.ports import Progress
from ui.work import Background, CancelledError

T = TypeVar("T")


class SlowWork(QObject):
    """One at a time. What is left (``cancel``) ends at its next report, and answers and shows no more.

    It never stands in the way of a call: that is prepared on another thread.
    """

    progressed = Signal(str, float, float)
    """What, done, total, as ``Progress`` has it; total 0 where unknown."""

    _reported = Signal(object, str, float, float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.background = Background(self)
        self._left = threading.Event()
        self._left.set()
        self._reported.connect(self._show, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        return not self._left.is_set()

    def run(
        self, work: Callable[[Progress], T], done: Callable[[T], None], failed: Callable[[KnownError], None]
    ) -> None:
        self.cancel()
        self._left = left = threading.Event()

        def report(what: str, so_far: int, total: int) -> None:
            if left.is_set():
                raise CancelledError
            # As floats: more than 2 GiB does not fit the int of a signal.
            self._reported.emit(left, what, float(so_far), float(total))

        def answered(answer: T) -> None:
            if not left.is_set():
                left.set()
                done(answer)

        def refused(error: KnownError) -> None:
            if not left.is_set():
                left.set()
                failed(error)

        self.background.run(lambda: work(report), answered, refused)

    def cancel(self) -> None:
        self._left.set()

    def close(self) -> None:
        self.cancel()
        self.background.close()

    @Slot(object, str, float, float)
    def _show(self, left: threading.Event, what: str, so_far: float, total: float) -> None:
        if left is self._left and not left.is_set():
            self.progressed.emit(what, so_far, total)
