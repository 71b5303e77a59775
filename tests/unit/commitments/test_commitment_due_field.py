"""A time written by hand is understood as one that is said."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.commitments.due_field import read_due, write_due
from coach.commitments.office import ALWAYS
from coach.errors import KnownError
from coach.events import Due
from tests.unit.commitments.test_commitment_lifecycle import LONDON, SAID, at


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("Thu 14:00", at(19, 14)),
        ("fri.", dt.date(2026, 11, 20)),
        ("next tue morning", (at(24, 8), at(24, 12))),
        ("3 Dec", dt.date(2026, 12, 3)),
        ("Mon – Wed", (dt.date(2026, 11, 23), dt.date(2026, 11, 25))),
        ("by close of business tomorrow", at(19, 17)),
        ("in 1.5 hours' time", SAID + dt.timedelta(minutes=90)),
        ("in 1 1/2 hours", SAID + dt.timedelta(minutes=90)),
        ("half an hour", SAID + dt.timedelta(minutes=30)),
        ("in 1.5 to 2 hours", (SAID + dt.timedelta(minutes=90), SAID + dt.timedelta(minutes=120))),
        ("in 2.5 days", dt.date(2026, 11, 21)),
        ("in 4½ days", dt.date(2026, 11, 23)),
        ("in 3.5 weeks", dt.date(2026, 12, 13)),
        ("in a week and a half", dt.date(2026, 11, 29)),
        ("within 2.5 days", (dt.date(2026, 11, 18), dt.date(2026, 11, 21))),
        ("in 1.1 months", dt.date(2026, 12, 21)),
        ("in 2.1 years", dt.date(2028, 12, 24)),
        ("in half a day", dt.date(2026, 11, 18)),
        ("", None),
        ("No time", None),
    ],
)
def test_short_forms_are_understood(words: str, due: Due) -> None:
    """As one writes it in a hurry; nothing written means no time."""
    assert read_due(words, SAID, ALWAYS).due == due


def test_half_a_day_said_in_the_evening_is_tomorrow() -> None:
    """It is never due before it has gone by."""
    assert read_due("in half a day", at(18, 18), ALWAYS).due == dt.date(2026, 11, 19)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("31 February", "due-impossible"),
        ("from 5 December 2026 10:00 to 4 December 2026 10:00", "due-impossible"),
        ("soonish", "due-unclear"),
        ("'; DROP TABLE calls", "due-unclear"),
        ("Friday or Monday", "due-unclear"),
    ],
)
def test_what_is_no_time_is_told_and_changes_nothing(words: str, code: str) -> None:
    """An impossible day and an unclear one are different mistakes, and both are said."""
    with pytest.raises(KnownError) as refused:
        read_due(words, SAID, ALWAYS)
    assert refused.value.code == code


def test_a_time_gone_by_is_taken_and_marked() -> None:
    """It may be wanted, for what was promised yesterday; the field warns."""
    assert read_due("3 March 2025", SAID, ALWAYS).passed
    assert not read_due("3 March 2027", SAID, ALWAYS).passed


_minutes = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2029, 12, 31)).map(
    lambda naive: naive.replace(second=0, microsecond=0, tzinfo=LONDON)
)
_days = st.dates(dt.date(2026, 1, 1), dt.date(2029, 12, 31))
_ahead = st.integers(1, 5_000)


@given(
    due=st.one_of(
        _minutes,
        _days,
        st.tuples(_days, st.integers(1, 40)).map(lambda two: (two[0], two[0] + dt.timedelta(two[1]))),
        st.tuples(_minutes, _ahead).map(lambda two: (two[0], two[0] + dt.timedelta(minutes=two[1]))),
    )
)
def test_what_is_written_into_the_field_is_read_back(due: Due) -> None:
    """Opening an edit and saving it changes nothing."""
    assert read_due(write_due(due), SAID, ALWAYS).due == due
