"""Recognition gives way to what the agent works with: a softphone and a CRM."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
_NICENESS = 5
_BELOW_NORMAL = -1
"""Windows' THREAD_PRIORITY_BELOW_NORMAL."""


def give_way() -> None:
    """Lower the priority of the calling thread, and of those it starts where the system hands it on (Linux).

    Where the system has no priority of a single thread (macOS) nothing is changed.
    """
    with contextlib.suppress(OSError):
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
        elif sys.platform == "win32":
            import ctypes

            kernel = ctypes.windll.kernel32
            kernel.SetThreadPriority(kernel.GetCurrentThread(), _BELOW_NORMAL)


def with_low_priority(work: Callable[[], T]) -> T:
    """``work`` on a thread that gives way, so that the pools a library starts in it do so for good."""
    with ThreadPoolExecutor(1, "sameside-load", initializer=give_way) as pool:
        return pool.submit(work).result()
