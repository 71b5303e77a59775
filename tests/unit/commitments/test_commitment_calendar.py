"""Due dates whatever the day: month and year ends, leap days, clock changes, other offices, bad dates."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.commitments.due import find_due
from coach.commitments.office import ALWAYS, Office
from coach.events import Due, Moment

LONDON = ZoneInfo("Europe/London")
ZONES = st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "UTC"])
MOMENTS = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2032, 12, 31))
AHEAD = [
    "tomorrow", "by close of business", "by the end of the week", "within 3 to 5 business days",
    "next Tuesday morning", "on the 14th", "in an hour", "before noon tomorrow", "by Christmas",
    "in the next 48 hours", "first thing Monday", "in a fortnight", "at half past four", "a week from today",
    "by the end of the month", "as soon as I hang up", "on Friday week", "the day after tomorrow",
    "in two business days", "by the 31st", "in a couple of days", "within the hour", "by midnight",
    "over the weekend", "early next week", "by the end of the year", "a week on Monday", "tomorrow by ten",
    "the week after next", "by Easter", "in three weeks' time", "within 24 hours", "at noon on Saturday",
]  # fmt: skip


def only(text: str, at: dt.datetime, office: Office = ALWAYS) -> Due:
    (found,) = find_due(f"I'll ring you {text}.", at, office)
    return found.due


def ends(due: Due) -> list[Moment]:
    return [each for each in (due if isinstance(due, tuple) else (due,)) if each is not None]


@settings(max_examples=300)
@given(st.sampled_from(AHEAD), MOMENTS, ZONES)
def test_no_due_lies_before_the_words(text: str, moment: dt.datetime, zone: str) -> None:
    """What is promised is never in the past, in any zone, on any day; and it keeps the call's zone."""
    said_at = moment.replace(second=0, microsecond=0, tzinfo=ZoneInfo(zone))
    due = ends(only(text, said_at))
    assert due
    last = due[-1]
    assert (last.date() if isinstance(last, dt.datetime) else last) >= said_at.date()
    if isinstance(last, dt.datetime):
        assert last.utcoffset() == last.astimezone(ZoneInfo(zone)).utcoffset()
    if text not in ("by close of business", "by midnight"):
        assert not isinstance(last, dt.datetime) or last >= said_at


@settings(max_examples=100)
@given(MOMENTS, st.integers(1, 15), st.frozensets(st.integers(0, 6), min_size=1), st.integers(0, 20))
def test_working_days_are_counted_by_the_office(
    moment: dt.datetime, count: int, days: frozenset[int], closed: int
) -> None:
    """N working days later is open, and exactly N open days lie between."""
    today = moment.date()
    office = Office(working_days=days, holidays=frozenset({today + dt.timedelta(days=closed)}))
    after = office.after(today, count)
    between = [today + dt.timedelta(days=n) for n in range(1, (after - today).days + 1)]
    assert office.is_open(after)
    assert sum(office.is_open(day) for day in between) == count


@settings(max_examples=60)
@given(MOMENTS, st.integers(1, 72))
def test_hours_are_elapsed_time(moment: dt.datetime, hours: int) -> None:
    """ "In N hours" is N hours later in world time, whatever the clocks do in between."""
    said_at = moment.replace(second=0, microsecond=0, tzinfo=LONDON)
    due = only(f"in {hours} hours", said_at)
    assert isinstance(due, dt.datetime)
    gone = due.astimezone(dt.UTC) - said_at.astimezone(dt.UTC)
    assert gone == dt.timedelta(hours=hours)


@pytest.mark.parametrize(
    ("at", "text", "due"),
    [
        ("2028-02-28T11:00", "tomorrow", "2028-02-29"),
        ("2027-02-28T11:00", "tomorrow", "2027-03-01"),
        ("2028-02-15T11:00", "by the end of the month", "2028-02-29"),
        ("2026-12-31T22:40", "in two hours", "2027-01-01T00:40"),
        ("2026-12-31T16:00", "in two business days", "2027-01-04"),
        ("2027-01-31T09:00", "in a month", "2027-02-28"),
        ("2026-10-24T18:00", "tomorrow at nine in the morning", "2026-10-25T09:00"),
        ("2026-11-18T23:30", "by one", "2026-11-19T01:00"),
        ("2026-11-20T18:30", "by close of business", "2026-11-23T17:00"),
        ("2026-11-18T10:30", "by quarter past", "2026-11-18T11:15"),
        ("2026-11-20T10:30", "at the start of the week", "2026-11-23..2026-11-24"),
        ("2026-11-18T10:30", "within the day", "2026-11-18"),
        ("2026-12-22T11:00", "by the end of the first week of January", "2027-01-07"),
        ("2026-11-18T10:30", "on Thursday, 8 to 12", "2026-11-19T08:00..2026-11-19T12:00"),
        ("2026-11-18T10:30", "on Monday, any time up to nine pm", "2026-11-23T21:00"),
        (
            "2026-11-18T10:30",
            "on Thursday, that's the 26th, in the morning",
            "2026-11-26T08:00..2026-11-26T12:00",
        ),
        ("2026-11-18T10:30", "by noon on Thursday, sorry, Thursday's a holiday, Friday", "2026-11-20T12:00"),
    ],
)
def test_edges_of_the_calendar(at: str, text: str, due: str) -> None:
    """Leap days, month and year ends, midnight, and corrections with their reason."""
    found = ends(only(text, dt.datetime.fromisoformat(at).replace(tzinfo=LONDON)))
    assert "..".join(each.isoformat()[:16] for each in found) == due


@given(
    now=st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2028, 12, 31)),
    minutes=st.integers(1, 60 * 40),
)
def test_working_hours_are_those_in_which_the_office_is_open(now: dt.datetime, minutes: int) -> None:
    """After "four working hours" exactly so many minutes of opening time have passed, and it is open then."""
    office = Office(opens=dt.time(9), closes=dt.time(12), working_days=frozenset({0, 2}))
    end = office.hours_on(now, minutes / 60)
    opened = dt.timedelta()
    day = now.date()
    while day <= end.date():
        if office.is_open(day):
            first = max(now, dt.datetime.combine(day, office.opens))
            last = min(end, dt.datetime.combine(day, office.closes))
            opened += max(last - first, dt.timedelta())
        day += dt.timedelta(days=1)
    assert abs(opened - dt.timedelta(minutes=minutes)) < dt.timedelta(seconds=1)
    assert office.is_open(end.date())
    assert office.opens <= end.time() <= office.closes


def test_working_hours_of_an_office_that_never_opens_are_plain_hours() -> None:
    """A setting without a working day gives a date all the same."""
    now = dt.datetime(2026, 11, 30, 10)
    assert Office(working_days=frozenset()).hours_on(now, 4) == now + dt.timedelta(hours=4)


def test_the_office_has_its_own_hours_days_and_holidays() -> None:
    """Close of business, business days and a bare hour follow the settings, not the convention."""
    office = Office(
        opens=dt.time(6), closes=dt.time(15, 30), working_days=frozenset({6, 0, 1, 2, 3}),
        holidays=frozenset({dt.date(2026, 11, 22)}),
    )  # fmt: skip
    said_at = dt.datetime(2026, 11, 19, 10, 0, tzinfo=LONDON)
    assert only("by close of business", said_at, office) == dt.datetime(2026, 11, 19, 15, 30, tzinfo=LONDON)
    assert only("in one business day", said_at, office) == dt.date(2026, 11, 23)
    assert only("tomorrow at seven", said_at, office) == dt.datetime(2026, 11, 20, 7, 0, tzinfo=LONDON)


def test_an_office_that_is_never_open_still_gives_a_day() -> None:
    """Settings that close every day do not hang or fail: plain days are counted."""
    closed = Office(working_days=frozenset())
    assert closed.after(dt.date(2026, 11, 18), 2) == dt.date(2026, 11, 20)


def test_a_call_without_a_time_zone_gives_times_without_one() -> None:
    """No zone is made up."""
    due = only("at half past four", dt.datetime(2026, 11, 18, 10, 30))
    assert due == dt.datetime(2026, 11, 18, 16, 30)
