"""Memory that models no longer need goes back to the system, where the C library can be told so.

glibc keeps freed memory for itself, the more so the larger the blocks a program ever freed. Loading a model
frees as much as it keeps: told nothing, the app holds some 80 MB that it does not use (bench/app_memory.py).
Elsewhere than on glibc nothing is done, and nothing is lost by it.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""``M_TRIM_THRESHOLD`` and ``M_MMAP_THRESHOLD`` of mallopt(3)."""
_KEPT_BYTES = 128 * 1024
"""glibc's own first value of both; setting it only stops it from growing."""


@cache
def _libc() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        library = ctypes.CDLL("libc.so.6")
    except OSError:
        return None
    return library if hasattr(library, "mallopt") and hasattr(library, "malloc_trim") else None


def hold_steady() -> bool:
    """From now on give freed blocks back early; said once, at the start. False where that is unknown."""
    library = _libc()
    return library is not None and all(
        library.mallopt(option, _KEPT_BYTES) == 1 for option in (_TRIM_THRESHOLD, _MMAP_THRESHOLD)
    )


def give_back() -> bool:
    """Hand free memory back now; true if there was any."""
    library = _libc()
    return library is not None and library.malloc_trim(0) == 1
