from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from coach.coaching.call_state import CallState
from coach.events import CallHeader, CallRecord, CallSource, Move, Turn


class Counted(list[Turn]):
    """Turns that know how often they were gone through."""

    times = 0

    def __iter__(self) -> Iterator[Turn]:
        self.times += 1
        return super().__iter__()


def record() -> CallRecord:
    made = CallRecord(CallHeader("c", dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC), CallSource.FILE, "c"))
    made.turns = Counted(Turn(n, f"Turn {n}.", 10.0 * n, 10.0 * n + 8.0) for n in range(50))
    made.moves = {n: (Move("owning" if n % 10 else "reflecting", 0.9, (0, 4)),) for n in range(50)}
    return made


def test_the_call_is_gone_through_once_for_one_turn() -> None:
    """Whatever the policy asks about the call so far, hours of turns are read once, not for each question."""
    made = record()
    state = CallState(made)
    assert isinstance(made.turns, Counted)
    for after_s in (-1.0, 100.0, 480.0):
        list(state.names(after_s)), state.has_any(("offering",), after_s), state.asked_openly(after_s)
        state.complaint(), state.is_complaint(), state.is_answered(), state.times("owning")
    assert made.turns.times == 1


@pytest.mark.parametrize("after_s", [-1.0, 0.0, 8.0, 8.1, 250.0, 498.0, 600.0])
def test_only_turns_that_ended_later_are_given(after_s: float) -> None:
    """What was said up to a moment is left out, to the very turn that ended then."""
    made = record()
    wanted = [turn.index for turn in made.turns if turn.end_s > after_s]
    assert [turn.index for turn, _ in CallState(made).turns(after_s)] == wanted


def test_a_turn_inside_an_earlier_one_is_not_lost() -> None:
    """Ends need not be in order: a short turn after a long one is judged by its own end."""
    made = record()
    made.turns = [Turn(0, "Long.", 0.0, 90.0), Turn(1, "Short.", 10.0, 12.0), Turn(2, "Last.", 95.0, 99.0)]
    assert [turn.index for turn, _ in CallState(made).turns(50.0)] == [0, 2]
