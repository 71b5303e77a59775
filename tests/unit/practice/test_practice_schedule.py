"""Exercises come back spaced over days, due ones first, and mixed."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.events import CueEnd, CueEnded, Speaker
from coach.practice.choosing import interleaved, todays
from coach.practice.drills import own_drills, todays_drills, written_drill
from coach.practice.schedule import LONGEST_DAYS, Schedule
from coach.values.practice_log import ExerciseKind, Grade
from tests.fakes import past_calls, sample_call
from tests.unit.practice.practice_parts import DAY, NOW, situation


def days_until(schedule: Schedule, exercise: str, now: dt.datetime) -> int:
    due = schedule.due_at(exercise)
    assert due is not None
    return (due - now.astimezone(dt.UTC)).days


def test_the_better_it_went_the_later_it_comes_back() -> None:
    """A miss is back tomorrow, an easy one in more than a week, and success stretches the gap."""
    schedule = Schedule()
    gaps = []
    for grade in Grade:
        schedule.rate(grade.name, grade, NOW)
        gaps.append(days_until(schedule, grade.name, NOW))
    assert gaps[0] == 1
    assert gaps == sorted(gaps)
    assert gaps[-1] > 7
    later = NOW + gaps[2] * DAY
    schedule.rate("GOOD", Grade.GOOD, later)
    assert days_until(schedule, "GOOD", later) > gaps[2]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(list(Grade)), st.integers(0, 40)), min_size=1, max_size=12))
def test_a_kept_schedule_goes_on_as_if_never_left(tries: list[tuple[Grade, int]]) -> None:
    """Whatever was tried and when: kept cards give the same days, at least one, at most a season."""
    going, now = Schedule(), NOW
    kept = Schedule()
    for grade, gap in tries:
        now += gap * DAY
        card = going.rate("x", grade, now)
        assert kept.rate("x", grade, now) == card
        assert dt.timedelta(days=1) <= card.due - now.astimezone(dt.UTC) <= LONGEST_DAYS * DAY
        kept = Schedule([card])


def test_the_day_counts_and_not_the_hour() -> None:
    """Practising at eight after practising at nine the day before, nobody is sent away."""
    schedule = Schedule()
    schedule.rate("a", Grade.AGAIN, NOW)
    assert not schedule.is_due("a", NOW + dt.timedelta(hours=14))
    assert schedule.is_due("a", NOW + dt.timedelta(hours=23))
    assert not schedule.is_due("unknown", NOW + 99 * DAY)
    assert "a" in schedule
    assert "unknown" not in schedule


@given(st.lists(st.sampled_from("aabbc"), max_size=24))
def test_neighbours_differ_wherever_they_can(kinds: list[str]) -> None:
    """No two alike in a row unless one kind is more than half; nothing is lost or added."""
    mixed = interleaved(kinds, lambda kind: kind)
    assert Counter(mixed) == Counter(kinds)
    most = max(Counter(kinds).values(), default=0)
    alike = sum(first == second for first, second in pairwise(mixed))
    assert alike == max(0, most - (len(kinds) - most) - 1)


def test_due_comes_first_then_new_pool_by_pool() -> None:
    """Longest overdue first; what is not due yet is left alone; new ones cover all kinds before repeating."""
    schedule = Schedule()
    schedule.rate("old", Grade.AGAIN, NOW - 9 * DAY)
    schedule.rate("older", Grade.AGAIN, NOW - 20 * DAY)
    schedule.rate("fresh", Grade.EASY, NOW)
    pools = [["new-1"], ["old", "older", "fresh", *(f"more-{n}" for n in range(9))]]

    def pick(most: int) -> list[str]:
        return todays(pools, str, str, schedule, NOW, most, random.Random(1))

    assert pick(2) == ["older", "old"]
    assert pick(3) == ["older", "old", "new-1"]
    assert "fresh" not in pick(99)
    assert len(pick(99)) == 12


MOVES = (("blaming", ("owning",)), ("opposing", ("partnering",)), ("delaying", ("committing",)))


def test_written_drills_mix_the_moves() -> None:
    """Five drills from three moves: every move is met before one comes twice."""
    written = [written_drill(situation(f"{m}-{n}", m, needs)) for m, needs in MOVES for n in range(6)]
    chosen = todays_drills([], written, Schedule(), NOW, 6, random.Random(7))
    assert Counter(drill.move for drill in chosen) == {"blaming": 2, "opposing": 2, "delaying": 2}
    assert all(a.move != b.move for a, b in pairwise(chosen))


def test_own_turns_become_drills() -> None:
    """A flagged turn of a call is one drill, with the place to hear it and no customer; others are none."""
    record = past_calls.records()[0]
    [drill] = own_drills(record)
    turn = record.turns[0]
    assert (drill.kind, drill.move, drill.said) == (ExerciseKind.OWN_TURN, "blaming", turn.text)
    assert drill.customer == ""
    assert drill.place is not None
    assert (drill.place.call_id, drill.place.start_s, drill.place.end_s) == (
        "past-0",
        turn.start_s,
        turn.end_s,
    )
    chosen = todays_drills([drill], [written_drill(situation("a"))], Schedule(), NOW, 1)
    assert chosen == [drill]


def test_what_was_called_unfair_is_no_drill() -> None:
    """Nobody has to practise a turn that was wrongly flagged, nor what another voice may have said."""
    record = sample_call.record()
    before = {drill.said: drill.move for drill in own_drills(record)}
    cue = next(cue for cue in record.cues if before.get(cue.because.words) or cue.because.move == "blaming")
    record.cue_ends[cue.id] = CueEnded(cue.id, 99.0, CueEnd.UNFAIR)
    after = own_drills(record)
    assert len(after) == len(before) - 1
    assert all(drill.place and drill.place.turn_index != cue.because.turn_index for drill in after)
    record.turns = [replace(turn, speaker=Speaker.UNSURE) for turn in record.turns]
    assert own_drills(record) == []
