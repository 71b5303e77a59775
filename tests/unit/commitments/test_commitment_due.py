"""Due expressions against a table of gold written by hand from the conventions."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.commitments.due import find_due
from coach.events import Due

ROWS = [json.loads(line) for line in (Path(__file__).parent / "due.jsonl").read_text().splitlines()]
LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")


def shown(due: Due) -> object:
    if due is None:
        return None
    return [shown(each) for each in due] if isinstance(due, tuple) else due.isoformat()[:16]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['at'][:10]} {row['text']}" for row in ROWS])
def test_due_expression_is_found_and_resolved(row: dict[str, object]) -> None:
    """Every expression of the table is found as its exact words and resolved by the conventions."""
    said_at = dt.datetime.fromisoformat(str(row["at"])).replace(tzinfo=LONDON)
    found = find_due(str(row["text"]), said_at)
    assert [{"text": one.text, "due": shown(one.due)} for one in found] == row["found"]


def test_table_is_large() -> None:
    """The table covers at least 150 expressions."""
    assert sum(bool(row["found"]) for row in ROWS) >= 150


def test_hours_are_elapsed_time_across_the_clock_change() -> None:
    """24 hours over the end of summer time end an hour earlier by the wall clock, in the same zone."""
    said_at = dt.datetime(2026, 10, 24, 18, 0, tzinfo=LONDON)
    due = find_due("You'll have it within 24 hours.", said_at)[0].due
    assert isinstance(due, tuple)
    assert [one.isoformat() for one in due] == ["2026-10-24T18:00:00+01:00", "2026-10-25T17:00:00+00:00"]


def test_a_clock_time_after_the_change_has_the_new_offset() -> None:
    """Monday at nine after the change is nine by the wall clock of that day."""
    due = find_due("I'll ring on Monday at nine.", dt.datetime(2027, 3, 12, 9, 0, tzinfo=NEW_YORK))[0].due
    assert isinstance(due, dt.datetime)
    assert due.isoformat() == "2027-03-15T09:00:00-04:00"


def test_a_skipped_time_moves_past_the_gap() -> None:
    """Half past one in the night the clocks go forward does not exist; it becomes half past two."""
    due = find_due("It runs tomorrow at 1:30 a.m.", dt.datetime(2027, 3, 27, 9, 0, tzinfo=LONDON))[0].due
    assert isinstance(due, dt.datetime)
    assert due.isoformat() == "2027-03-28T02:30:00+01:00"


def test_an_impossible_date_keeps_its_words() -> None:
    """The 31st of February is told as said, with no date."""
    (found,) = find_due("I'll send it on the 31st of February.", dt.datetime(2026, 11, 18, 10, 30))
    assert (found.text, found.due, found.kind) == ("on the 31st of February", None, "impossible")


def test_that_afternoon_is_of_the_day_named_before() -> None:
    """ "That afternoon" belongs to the day named before it in the sentence."""
    found = find_due("I'll see him on Monday and ring you that afternoon.", dt.datetime(2026, 11, 18, 10, 30))
    assert [shown(one.due) for one in found] == ["2026-11-23", ["2026-11-23T12:00", "2026-11-23T18:00"]]


_WORDS = st.sampled_from(
    "by before the next Monday at three 31st of February within 48 hours end week month half past to and ,"
    " sorry between 9 12 every tomorrow night noon first thing in a couple business days 0 99 14/13"
    " 2026-02-30".split()
)


@settings(max_examples=150)
@given(
    st.lists(_WORDS, max_size=14).map(" ".join),
    st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2030, 1, 1)),
)
def test_any_mixture_of_time_words_is_read_without_error(text: str, at: dt.datetime) -> None:
    """Whatever is said, places lie in the text, do not overlap, and ranges do not run backwards."""
    last = 0
    for one in find_due(text, at.replace(tzinfo=LONDON)):
        assert one.text == text[slice(*one.span)]
        assert one.span[0] >= last
        last = one.span[1]
        if isinstance(one.due, tuple) and type(one.due[0]) is type(one.due[1]):
            assert one.due[0] <= one.due[1]  # type: ignore[operator]
