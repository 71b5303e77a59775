"""Memory goes back to the system where the C library can be told, and nothing happens elsewhere."""

from __future__ import annotations

import ctypes
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from coach.machine import heap

ROOT = Path(__file__).parents[3]
ON_GLIBC = sys.platform.startswith("linux") and platform.libc_ver()[0] == "glibc"


_APART = """
import ctypes
from coach.machine import heap

class Mallinfo(ctypes.Structure):
    # struct mallinfo2: ten numbers, of which the fourth is how many blocks lie apart
    _fields_ = [(f"field_{at}", ctypes.c_size_t) for at in range(10)]

library = ctypes.CDLL("libc.so.6")
library.mallinfo2.restype = Mallinfo
library.malloc.restype = ctypes.c_void_p

def apart():
    # Never freed: else the next one would be given its place.
    before = library.mallinfo2().field_3
    library.malloc(ctypes.c_size_t(1 << 20))
    return library.mallinfo2().field_3 - before

with heap.loading():
    inside = apart()
    with heap.loading():
        pass
    still = apart()
print(inside, still, apart())
"""


@pytest.mark.skipif(not ON_GLIBC, reason="only glibc can be told")
def test_glibc_takes_the_thresholds() -> None:
    """On glibc both thresholds are set; were an option number wrong, mallopt would refuse it."""
    assert heap.hold_steady() is True
    assert heap.give_back() in (True, False)


@pytest.mark.skipif(not ON_GLIBC, reason="only glibc can be told")
def test_what_is_loaded_lies_apart_and_what_comes_later_does_not() -> None:
    """Inside ``loading`` a block of a megabyte is the system's own; outside again it comes from the heap.

    Another model that is loaded meanwhile, and sooner, changes nothing of that.
    """
    # In a process of its own: where others freed a megabyte before, any block of one is put there.
    told = subprocess.run(
        [sys.executable, "-c", _APART], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["1", "1", "0"]


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
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    assert (heap.hold_steady(), heap.give_back()) == (False, False)
    heap._libc.cache_clear()
