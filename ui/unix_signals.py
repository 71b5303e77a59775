"""A polite kill, Ctrl+C or a closed terminal leave the app as its Quit does: the call is saved first."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier

from coach.commands.stopping import polite_signals


class QuitSignals(QObject):
    """Calls ``leave`` on the main thread when the process is asked to end.

    Python runs its handlers only between its own instructions, and Qt's loop waits outside of them: the
    interpreter's wake-up byte through a socket brings it back (Python documentation, signal.set_wakeup_fd).
    """

    def __init__(self, leave: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._leave = leave
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)
        self._wakeup_before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, self._asked) for number in polite_signals()}
        self._wanted = False

    def close(self) -> None:
        """Give the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self._wanted = True

    def _wake(self) -> None:
        self._reader.recv(64)
        if self._wanted:
            self._wanted = False
            self._leave()


def supported() -> bool:
    """Windows has no such signals for a window program."""
    return sys.platform != "win32"
