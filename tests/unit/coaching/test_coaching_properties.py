"""What holds for every call, whatever is said and clicked in it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.coaching.pacing import Pacing
from coach.coaching.playbook import fitting_repairs
from coach.complaint import mends
from coach.events import Cue, CueEnd, Speaker
from coach.settings import CueSettings
from coach.taxonomy import CONTENTIOUS, MOVES

EXAMPLES = 40
NAMES = st.lists(st.sampled_from(MOVES), max_size=3, unique=True)
CLICKS = st.sampled_from((None, None, None, CueEnd.REPAIRED, CueEnd.DISMISSED, CueEnd.UNFAIR))
TEXTS = st.sampled_from(("", "A voucher for you.", "word " * 101, "Thank you for calling. Bye."))
STEPS = st.lists(
    st.tuples(
        st.floats(0.0, 40.0),
        st.floats(0.5, 60.0),
        NAMES,
        TEXTS,
        CLICKS,
        st.none() | NAMES,
        st.sampled_from((Speaker.AGENT,) * 6 + (Speaker.UNSURE,)),
    ),
    max_size=25,
)
PACINGS = st.builds(
    CueSettings,
    level=st.sampled_from(("new", "standard", "quiet", "off")),
    own_limits=st.booleans(),
    gap_s=st.integers(5, 60),
    most_in_ten_minutes=st.integers(1, 10),
    missing=st.booleans(),
    urgent=st.lists(st.sampled_from(CONTENTIOUS), max_size=12, unique=True),
).map(Pacing.chosen)


def play(call: Any, steps: Any, tick_s: float = 1.0) -> Any:
    """Each turn after a pause, with a look in the middle of it where there is one, and a click at its end."""
    now_s = 0.0
    for pause_s, length_s, moves, text, click, so_far, speaker in steps:
        start_s, end_s = now_s + pause_s, now_s + pause_s + length_s
        for count in range(1, math.floor(pause_s / tick_s) + 1):
            call.wait(now_s + count * tick_s)
        call.wait(start_s)
        if so_far is not None:
            call.say_so_far(start_s, start_s + length_s / 2, *so_far)
        now_s = end_s
        call.say(start_s, now_s, *moves, text=text or "Some words.", speaker=speaker)
        if click is not None and call.cues and call.cues[-1].id not in call.record.cue_ends:
            call.put_away(max(now_s, call.cues[-1].at_s), click)
    return call


def holds(new_call: Callable[..., Any], check: Callable[[Any, Pacing], None]) -> None:
    @settings(max_examples=EXAMPLES)
    @given(pacing=PACINGS, steps=STEPS)
    def run(pacing: Pacing, steps: Any) -> None:
        check(play(new_call(pacing), steps), pacing)

    run()


def test_never_two_open(new_call: Any) -> None:
    """A new cue only comes after the one before has ended, each ends once, and time never runs backwards."""

    def check(call: Any, pacing: Pacing) -> None:
        waiting: set[str] = set()
        for outcome in call.outcomes:
            if isinstance(outcome, Cue):
                assert not waiting
                waiting.add(outcome.id)
            else:
                waiting.remove(outcome.cue_id)
        at_s = [outcome.at_s for outcome in call.outcomes]
        assert all(later >= earlier for earlier, later in pairwise(at_s))

    holds(new_call, check)


def test_never_too_close_nor_too_many(new_call: Any) -> None:
    """The gap and the budget hold in every stretch of the call, whatever the agent set, and off is off."""

    def check(call: Any, pacing: Pacing) -> None:
        at_s = [cue.at_s for cue in call.cues]
        assert all(later - earlier >= pacing.min_gap_s - 1e-6 for earlier, later in pairwise(at_s))
        for first in at_s:
            assert sum(first <= one < first + pacing.window_s - 1e-6 for one in at_s) <= pacing.most
        assert pacing.most or not at_s

    holds(new_call, check)


def test_never_over_a_card_that_was_not_read(new_call: Any) -> None:
    """A card that is put aside for another one stood long enough to be read, and the other is more urgent."""

    def check(call: Any, pacing: Pacing) -> None:
        shown = {cue.id: cue for cue in call.cues}
        for ended, cue in pairwise(call.outcomes):
            if isinstance(cue, Cue) and not isinstance(ended, Cue) and ended.end is CueEnd.EXPIRED:
                before = shown[ended.cue_id]
                assert cue.at_s - before.at_s >= pacing.reading_s(before.say) - 1e-6

    holds(new_call, check)


def test_only_urgent_moves_interrupt(new_call: Any) -> None:
    """In the middle of a turn a cue comes for a move the agent set, and for no other."""

    def check(call: Any, pacing: Pacing) -> None:
        spans = [(turn.start_s, turn.end_s) for turn in call.record.turns]
        for cue in call.cues:
            if any(start < cue.at_s < end for start, end in spans):
                assert cue.move in pacing.urgent

    holds(new_call, check)


def test_once_per_move_until_repaired(new_call: Any) -> None:
    """Between two cues for one move there is a repair, or the agent's word, or its third use unheeded."""

    def check(call: Any, pacing: Pacing) -> None:
        for move in CONTENTIOUS:
            stood = [cue for cue in call.cues if cue.move == move and not _ended(call, cue, CueEnd.WITHDRAWN)]
            for earlier, later in pairwise(stood):
                said = [
                    turn
                    for turn in call.record.turns
                    if turn.end_s >= earlier.at_s
                    and turn.start_s <= later.at_s
                    and turn.speaker is Speaker.AGENT
                ]
                repaired = _ended(call, earlier, CueEnd.REPAIRED) or any(
                    _repairs(call.record.moves[turn.index], move) for turn in said
                )
                uses = sum(any(one.name == move for one in call.record.moves[turn.index]) for turn in said)
                assert repaired or uses + 1 >= pacing.again_at

    holds(new_call, check)


def _ended(call: Any, cue: Cue, end: CueEnd) -> bool:
    ended = call.record.cue_ends.get(cue.id)
    return ended is not None and ended.end is end


def _repairs(moves: Any, move: str) -> bool:
    return any(one.name in fitting_repairs(move) for one in moves)


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
            elif outcome.end in (CueEnd.DISMISSED, CueEnd.UNFAIR):
                streak += 1

    holds(new_call, check)


def test_same_call_same_cues(new_call: Any) -> None:
    """The policy is deterministic; how fine the ticks are changes neither cues nor ends nor their times."""

    @settings(max_examples=EXAMPLES)
    @given(pacing=PACINGS, steps=STEPS)
    def run(pacing: Pacing, steps: Any) -> None:
        first = play(new_call(pacing), steps).outcomes
        assert play(new_call(pacing), steps).outcomes == first
        assert play(new_call(pacing), steps, tick_s=7.0).outcomes == first

    run()


def test_every_cue_says_why(new_call: Any) -> None:
    """Move, words of the agent's own turn, and sources: no cue comes without all of them."""

    def check(call: Any, pacing: Pacing) -> None:
        texts = {turn.index: turn.text for turn in call.record.turns}
        for cue in call.cues:
            because = cue.because
            assert because.move == cue.move
            assert because.sources
            assert because.words.strip()
            early = any(turn.start_s < cue.at_s < turn.end_s for turn in call.record.turns)
            assert early or because.words in texts[because.turn_index]

    holds(new_call, check)


def test_a_repair_before_the_slip_mends_nothing(new_call: Any) -> None:
    """A sorry that the same breath spoils is cued; one that takes the slip back is not."""
    text = "I'm sorry, but you typed it in wrong, that was ours."
    for start, cued in ((0, 1), (36, 0)):
        call = new_call(replace(Pacing.of("standard"), missing=False))
        call.say(0.0, 4.0, "blaming", text=text, evidence=(11, 36), others={"owning": (start, start + 9)})
        assert len(call.cues) == cued
        moves = {move.name: move for move in call.record.moves[0]}
        assert mends(moves["owning"], moves["blaming"]) == (not cued)
