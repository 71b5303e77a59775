"""Memory goes back to the system where the C library can be told, and nothing happens elsewhere."""

from __future__ import annotations

import platform
import sys

import pytest

from coach.machine import heap

ON_GLIBC = sys.platform.startswith("linux") and platform.libc_ver()[0] == "glibc"


@pytest.mark.skipif(not ON_GLIBC, reason="only glibc can be told")
def test_glibc_takes_the_thresholds() -> None:
    """On glibc both thresholds are set; were an option number wrong, mallopt would refuse it."""
    assert heap.hold_steady() is True
    assert heap.give_back() in (True, False)


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
