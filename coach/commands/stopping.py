"""Ctrl+C, a polite kill and a closed terminal, heard as a wish to stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


def polite_signals() -> list[signal.Signals]:
    """Ctrl+C, a polite kill, a closed terminal; a command started under nohup outlives its terminal."""
    wanted = [signal.SIGINT, signal.SIGTERM]
    hang_up = getattr(signal, "SIGHUP", None)  # not on Windows
    if hang_up is not None and signal.getsignal(hang_up) is not signal.SIG_IGN:
        wanted.append(hang_up)
    return wanted


@contextmanager
def asked_to_stop() -> Iterator[threading.Event]:
    """Set when the user wants to stop, so that the last words are still heard and saved: inside of this, for
    a terminal that closes may tell so twice, itself and by its shell. Ctrl+C again waits no longer."""
    asked = threading.Event()

    def ask(number: int, _frame: FrameType | None) -> None:
        if asked.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        asked.set()

    before = {number: signal.signal(number, ask) for number in polite_signals()}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
