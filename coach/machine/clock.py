"""The clock that calls are timed by: it goes on while this machine sleeps."""

from __future__ import annotations

import sys
import time


def _which() -> int | None:
    """The system's clock that counts sleep; None where the usual one does, or there is no other."""
    if sys.platform == "linux":
        return getattr(time, "CLOCK_BOOTTIME", None)
    # What Python takes there stands still in sleep, and this one does not.
    return getattr(time, "CLOCK_MONOTONIC", None) if sys.platform == "darwin" else None


_CLOCK = _which()


def awake_or_not() -> float:
    """Seconds from some moment on. Never goes back, whatever the day's clock is set to.

    A laptop is shut over the break of a call: what is promised after it counts from when it is said.
    """
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)
