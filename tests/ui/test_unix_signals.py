"""Being asked to end by the system."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from ui.unix_signals import QuitSignals, supported

pytestmark = pytest.mark.skipif(not supported(), reason="Windows has no such signals")


class Left(QObject):
    left = Signal()


@pytest.fixture
def parent() -> Iterator[Left]:
    before = signal.getsignal(signal.SIGTERM)
    hang_up = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    one = Left()
    signals = QuitSignals(one.left.emit, one)
    yield one
    signals.close()
    assert signal.getsignal(signal.SIGTERM) is before
    signal.signal(signal.SIGHUP, hang_up)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_polite_kill_leaves_like_quit(qtbot: QtBot, parent: Left, number: signal.Signals) -> None:
    """The app saves the call and closes, instead of dying with the call open."""
    with qtbot.waitSignal(parent.left):
        os.kill(os.getpid(), number)
