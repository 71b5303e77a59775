"""Memory goes back to the system where the C library can be told, and nothing happens elsewhere."""

from __future__ import annotations

import ctypes
import platform
import sys

import pytest

from coach.machine import heap

ON_GLIBC = sys.platform.startswith("linux") and platform.libc_ver()[0] == "glibc"


class _Mallinfo(ctypes.Structure):
    """``struct mallinfo2``: ten numbers, of which the fourth is what lies apart."""

    _fields_ = [(name, ctypes.c_size_t) for name in ("arena", "ordblks", "smblks", "hblks")] + [
        (f"rest_{at}", ctypes.c_size_t) for at in range(6)
    ]


@pytest.mark.skipif(not ON_GLIBC, reason="only glibc can be told")
def test_glibc_takes_the_thresholds() -> None:
    """On glibc both thresholds are set; were an option number wrong, mallopt would refuse it."""
    assert heap.hold_steady() is True
    assert heap.give_back() in (True, False)


@pytest.mark.skipif(not ON_GLIBC, reason="only glibc can be told")
def test_what_is_loaded_lies_apart_and_what_comes_later_does_not() -> None:
    """Inside ``loading`` a block of a megabyte is the system's own; outside again it comes from the heap."""
    library = ctypes.CDLL("libc.so.6")
    library.mallinfo2.restype = _Mallinfo
    library.malloc.restype, library.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]

    def apart() -> int:
        before = library.mallinfo2().hblks
        block = library.malloc(ctypes.c_size_t(1 << 20))
        taken = library.mallinfo2().hblks - before
        library.free(block)
        return int(taken)

    with heap.loading():
        inside = apart()
    assert (inside, apart()) == (1, 0)


def test_elsewhere_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """On another system neither call touches a library, and both say that nothing was done."""
    heap._libc.cache_clear()
    monkeypatch.setattr(sys, "platform", "win32")
    assert (heap.hold_steady(), heap.give_back()) == (False, False)
    heap._libc.cache_clear()


def test_a_c_library_without_the_calls_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """musl has no mallopt: nothing is called."""
    heap._libc.cache_clear()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda _name: object())
    assert (heap.hold_steady(), heap.give_back()) == (False, False)
    heap._libc.cache_clear()
