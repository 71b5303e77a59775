"""Progress in numbers that mean something, and a rhythm that never shames."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.calls.figures import figures
from coach.practice.progress import by_week
from coach.practice.rhythm import rhythm
from coach.values.practice_log import Attempt, CallFigures, ExerciseKind, Grade
from tests.fakes import sample_call
from tests.unit.practice.practice_parts import DAY, NOW


def tried(days_ago: int, kind: ExerciseKind = ExerciseKind.QUIZ) -> Attempt:
    return Attempt(NOW - days_ago * DAY, "x", kind, Grade.GOOD)


@pytest.mark.parametrize(
    ("days_ago", "days", "week", "row", "words"),
    [
        ([], 0, 0, 0, "A first drill takes two minutes."),
        ([0, 0], 1, 1, 1, "1 day of practice so far, today among them."),
        ([1], 1, 1, 1, "1 day of practice so far. Good to see you."),
        ([0, 3], 2, 2, 1, "2 days of practice so far, 2 of them in the last week."),
        ([0, 1, 2, 3, 30], 5, 4, 4, "5 days of practice so far, 4 in a row."),
        ([1, 2, 3], 3, 3, 3, "3 days of practice so far, 3 in a row."),
        ([40, 41], 2, 0, 0, "Welcome back. 2 days of practice so far, and they stay with you."),
    ],
)
def test_days_are_counted_and_never_taken_away(
    days_ago: list[int], days: int, week: int, row: int, words: str
) -> None:
    """After a gap the count goes on, and the words greet; before today's practice the run still stands."""
    found = rhythm([tried(ago) for ago in days_ago], NOW)
    assert (found.days, found.days_this_week, found.in_a_row, found.words) == (days, week, row, words)


@given(st.sets(st.integers(0, 400), min_size=1), st.integers(1, 100))
def test_a_missed_day_never_lowers_the_count_or_the_tone(days: set[int], away: int) -> None:
    """However long one stays away, the days stay, and no word of the message speaks of loss or of nought."""
    before = rhythm([tried(ago) for ago in days], NOW)
    after = rhythm([tried(ago) for ago in days], NOW + away * DAY)
    assert after.days == before.days
    for word in ("lost", "missed", "broken", "reset", " 0 ", "again from"):
        assert word not in after.words
    assert str(after.days) in after.words


def test_weeks_count_from_monday_and_small_talk_gives_no_rate() -> None:
    """Calls of a week are summed before rates are made; too few words or no flag give none, not nought."""
    calls = [
        CallFigures(NOW, 900, 9, 4, 8, 2),
        CallFigures(NOW, 1100, 1, 6, 2, 2),
        CallFigures(NOW - 7 * DAY, 150, 3, 0, 0, 0),
        CallFigures(NOW - 90 * DAY, 900, 9, 9, 9, 9),
    ]
    kinds = (ExerciseKind.SITUATION, ExerciseKind.OWN_TURN, ExerciseKind.QUIZ, ExerciseKind.ROLE_PLAY)
    weeks = by_week(calls, [tried(0, kind) for kind in kinds], NOW, 4)
    assert [week.monday for week in weeks] == [dt.date(2026, 11, day) for day in (2, 9, 16, 23)]
    last, before = weeks[-1], weeks[-2]
    assert (last.words, last.contentious_per_1000, last.repairs_per_1000) == (2000, 5.0, 5.0)
    assert last.share_repaired == pytest.approx(0.4)
    assert (last.drills, last.quiz_items, last.role_plays) == (2, 1, 1)
    assert (before.words, before.contentious_per_1000, before.share_repaired) == (150, None, None)
    assert weeks[0].words == 0


def test_a_call_is_put_into_numbers() -> None:
    """Words and moves of the agent's turns, and flags with those that were repaired."""
    record = sample_call.record()
    found = figures(record)
    assert found.started_at == record.header.started_at
    assert found.words == sum(len(turn.text.split()) for turn in record.turns)
    assert found.contentious + found.repairs == sum(len(moves) for moves in record.moves.values())
    assert found.flags == found.contentious
    assert 0 < found.repaired < found.flags
