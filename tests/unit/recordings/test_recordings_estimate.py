"""How long recordings in line will take is told from what was read, and from nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coach.recordings.estimate import Estimate


def test_nothing_is_promised_before_anything_was_read() -> None:
    """The first seconds of the first recording tell nothing."""
    estimate = Estimate(0.0)
    estimate.begin(1000, 0.0)
    assert estimate.left(0.0, 100.0, 5000, 1.0) == (None, None)
    assert estimate.left(1.0, 0.0, 5000, 10.0) == (None, None)


def test_the_rest_takes_as_long_as_what_was_read() -> None:
    """A quarter in 10 s: 30 s left of this one, and 40 s for every thousand bytes that wait."""
    estimate = Estimate(0.0)
    estimate.begin(1000, 0.0)
    assert estimate.left(25.0, 100.0, 2000, 10.0) == (30.0, 110.0)
    estimate.end(True, 40.0)
    estimate.begin(1000, 50.0)
    assert estimate.left(0.0, 100.0, 1000, 50.0) == (None, 80.0)


def test_time_on_hold_does_not_count() -> None:
    """A call of an hour in between makes no recording slower."""
    estimate = Estimate(0.0)
    estimate.begin(1000, 0.0)
    estimate.hold(True, 5.0)
    estimate.hold(True, 6.0)
    assert estimate.left(25.0, 100.0, 0, 3000.0) == (15.0, 15.0)
    estimate.hold(False, 3605.0)
    assert estimate.left(50.0, 100.0, 0, 3610.0) == (10.0, 10.0)


def test_one_that_was_not_read_tells_nothing() -> None:
    """A file that failed at once would make the machine look fast."""
    estimate = Estimate(0.0)
    estimate.begin(10**9, 0.0)
    estimate.end(False, 0.1)
    estimate.begin(1000, 1.0)
    assert estimate.left(0.0, 100.0, 5000, 1.5) == (None, None)


@given(st.lists(st.tuples(st.integers(0, 10**9), st.floats(0, 1e5)), max_size=6), st.floats(0, 200))
def test_never_less_than_nothing(sizes: list[tuple[int, float]], at_s: float) -> None:
    """Whatever came before, times left are not negative, and all takes at least what this one takes."""
    estimate, now_s = Estimate(0.0), 0.0
    for size, took_s in sizes:
        estimate.begin(size, now_s)
        now_s += took_s
        estimate.end(True, now_s)
    estimate.begin(1000, now_s)
    mine, everything = estimate.left(at_s, 100.0, 500, now_s + 10)
    assert mine is None or mine >= 0
    assert everything is None or everything >= (mine or 0)
