"""Memory that models no longer need goes back to the system, where the C library can be told so.

glibc keeps freed memory for itself, in a heap for every few threads. Loading a model frees as much as it
keeps: told nothing, the app holds some 80 MB that it does not use (bench/app_memory.py). But a recogniser
frees and asks again for megabytes with every word, and each page that comes back from the system is a fault:
with glibc's first thresholds (128 KB) a third of the time to read a recording was spent in the system. So
blocks go back when a model is loaded, not when they are freed. Elsewhere than on glibc nothing is done.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""``M_TRIM_THRESHOLD``, ``M_MMAP_THRESHOLD`` and ``M_ARENA_MAX`` of mallopt(3)."""
_KEPT_BYTES, _LARGE_BYTES = 16 * 1024 * 1024, 8 * 1024 * 1024
"""How much is kept, and from what size on a block lies apart and is never kept.

What the recogniser asks for with every word is smaller; what is larger comes seldom, and leaves holes.
"""
_LOADED_BYTES = 128 * 1024
"""Both while a model is loaded: its weights lie apart, and leave no holes among what is asked for later."""
_ARENAS = 1
"""Heaps; more would each keep freed blocks of their own, and gain no time (bench/review_speed.py)."""


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
    """From now on keep little, and what is asked for again and again; said once, at the start.

    False where that is unknown.
    """
    library = _libc()
    return (
        library is not None and _keep(_KEPT_BYTES, _LARGE_BYTES) and library.mallopt(_ARENA_MAX, _ARENAS) == 1
    )


@contextmanager
def loading() -> Iterator[None]:
    """What is asked for inside stays, or is freed inside; afterwards free memory is handed back.

    Where several models are loaded at the same time, until the last of them is.
    """
    _loads.begin()
    try:
        yield
    finally:
        _loads.end()
        give_back()


class _Loads:
    """How many go on; the thresholds are the whole program's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0

    def begin(self) -> None:
        with self._lock:
            self._count += 1
            _keep(_LOADED_BYTES, _LOADED_BYTES)

    def end(self) -> None:
        with self._lock:
            self._count -= 1
            if not self._count:
                _keep(_KEPT_BYTES, _LARGE_BYTES)


_loads = _Loads()


def _keep(most: int, large: int) -> bool:
    library = _libc()
    wanted = ((_TRIM_THRESHOLD, most), (_MMAP_THRESHOLD, large))
    return library is not None and all(library.mallopt(*one) == 1 for one in wanted)


def give_back() -> bool:
    """Hand free memory back now; true if there was any."""
    library = _libc()
    return library is not None and library.malloc_trim(0) == 1
