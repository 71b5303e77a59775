"""Waiting for what another thread or process does: as long as a slow machine may take."""

from __future__ import annotations

import threading
from collections.abc import Callable

WAIT_S = 60.0
"""Only a test that fails waits so long."""
LOOK_AGAIN_S = 0.005


def until(met: Callable[[], bool]) -> None:
    """Until ``met``; fails after ``WAIT_S``."""
    waiting = threading.Event()
    for _ in range(round(WAIT_S / LOOK_AGAIN_S)):
        if met():
            return
        waiting.wait(LOOK_AGAIN_S)
    raise AssertionError("it never came to that")
