"""What holds for every call, whatever is said and clicked in it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.coaching.pacing import Pacing
from coach.events import Cue, CueEnd
from coach.taxonomy import MOVES

LEVELS = st.sampled_from(("new", "standard", "quiet", "off"))
STEPS = st.lists(
    st.tuples(
        st.floats(0.0, 40.0),
        st.floats(0.5, 60.0),
        st.lists(st.sampled_from(MOVES), max_size=3, unique=True),
        st.sampled_from(("", "A voucher for you.", "word " * 101)),
        st.sampled_from((None, None, None, *CueEnd)),
    ),
    max_size=60,
)


def play(call: Any, steps: Any, ticks: bool = True) -> Any:
    now_s = 0.0
    for pause_s, length_s, moves, text, click in steps:
        start_s, now_s = now_s + pause_s, now_s + pause_s + length_s
        if ticks:
            call.wait(start_s)
        call.say(start_s, now_s, *moves, text=text or "Some words.")
        if click is not None and call.cues and call.cues[-1].id not in call.record.cue_ends:
            call.put_away(now_s, click)
    return call


def holds(new_call: Callable[..., Any], check: Callable[[Any, Pacing], None]) -> None:
    @settings(deadline=None, max_examples=60)
    @given(level=LEVELS, steps=STEPS)
    def run(level: Any, steps: Any) -> None:
        check(play(new_call(Pacing.of(level)), steps), Pacing.of(level))

    run()


def test_never_two_open(new_call: Any) -> None:
    """A new cue only comes after the one before has ended, and each ends once."""

    def check(call: Any, pacing: Pacing) -> None:
        waiting: set[str] = set()
        for outcome in call.outcomes:
            if isinstance(outcome, Cue):
                assert not waiting
                waiting.add(outcome.id)
            else:
                waiting.remove(outcome.cue_id)

    holds(new_call, check)


def test_never_too_close_nor_too_many(new_call: Any) -> None:
    """The gap and the budget of the level hold in every stretch of the call."""

    def check(call: Any, pacing: Pacing) -> None:
        at_s = [cue.at_s for cue in call.cues]
        assert all(later - earlier >= pacing.min_gap_s for earlier, later in pairwise(at_s))
        for first in at_s:
            assert sum(first <= one < first + pacing.window_s for one in at_s) <= pacing.most

    holds(new_call, check)


def test_never_the_same_line_twice(new_call: Any) -> None:
    """No line is shown first on two cards of a call, nor among a card's other lines once it was said."""

    def check(call: Any, pacing: Pacing) -> None:
        said: set[str] = set()
        for cue in call.cues:
            assert not said & {cue.say, *cue.alternatives}
            said.add(cue.say)

    holds(new_call, check)


def test_never_after_three_rejections(new_call: Any) -> None:
    """Once three cues in a row were put away, the call stays quiet."""

    def check(call: Any, pacing: Pacing) -> None:
        streak = 0
        for outcome in call.outcomes:
            if isinstance(outcome, Cue):
                assert streak < pacing.most_rejected
            elif outcome.end is CueEnd.REPAIRED:
                streak = 0
            elif outcome.end is not CueEnd.EXPIRED:
                streak += 1

    holds(new_call, check)


def test_same_call_same_cues(new_call: Any) -> None:
    """The policy is deterministic, and finer ticks change neither cues nor ends."""

    @settings(deadline=None, max_examples=60)
    @given(steps=STEPS)
    def run(steps: Any) -> None:
        first = play(new_call(), steps).outcomes
        assert play(new_call(), steps).outcomes == first
        assert play(new_call(), steps, ticks=False).outcomes == first

    run()
