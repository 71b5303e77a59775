"""The clock that calls are timed by: it goes on while this machine sleeps."""

from __future__ import annotations

import sys
import time

_COUNTS_SLEEP = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}
"""Of each system the clock that does, where Python's monotonic one stands still in sleep."""
_CLOCK: int | None = getattr(time, _COUNTS_SLEEP.get(sys.platform, ""), None)


def awake_or_not() -> float:
    """Seconds from some moment on. Never goes back, whatever the day's clock is set to.

    A laptop is shut over the break of a call: what is promised after it counts from when it is said.
    """
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)
