"""Due expressions put together from parts, at any time of any day: the conventions hold for all of them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.commitments.due import find_due
from coach.commitments.due_words import WEEKDAYS
from coach.events import Due

LONDON = ZoneInfo("Europe/London")
MOMENTS = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2030, 1, 1)).map(
    lambda at: at.replace(tzinfo=LONDON)
)
DAYS = st.sampled_from(WEEKDAYS)
LEADS = st.sampled_from(["I'll ring you", "you'll have it", "we'll be round", "it'll be with you"])
COUNTS = st.sampled_from(
    [("two", 2), ("three", 3), ("ten", 10), ("forty-eight", 48), ("72", 72), ("twenty four", 24)]
)


def only(text: str, at: dt.datetime) -> Due:
    (found,) = find_due(text, at)
    return found.due


@given(
    LEADS,
    DAYS,
    st.sampled_from(["on {}", "{}", "by {}", "before {}", "no later than {}", "come {}"]),
    MOMENTS,
)
def test_a_bare_weekday_is_the_first_after_today(lead: str, day: str, form: str, at: dt.datetime) -> None:
    """Whatever leads up to it, a weekday is that day of the coming seven, never today."""
    due = only(f"{lead} {form.format(day)}.", at)
    assert isinstance(due, dt.date)
    assert due.weekday() == WEEKDAYS.index(day)
    assert 1 <= (due - at.date()).days <= 7


@given(DAYS, st.sampled_from(["next {}", "{} next week", "next week {}"]), MOMENTS)
def test_next_is_of_the_following_week(day: str, form: str, at: dt.datetime) -> None:
    """ "Next Tuesday" is the Tuesday of the following Monday-to-Sunday week."""
    due = only(f"I'll ring you {form.format(day)}.", at)
    assert isinstance(due, dt.date)
    monday = at.date() - dt.timedelta(days=at.weekday())
    assert due == monday + dt.timedelta(days=7 + WEEKDAYS.index(day))


@given(
    DAYS,
    st.sampled_from([("{} week", 7), ("{} fortnight", 14), ("a week on {}", 7), ("a fortnight on {}", 14)]),
    MOMENTS,
)
def test_a_weekday_and_weeks_more(day: str, form: tuple[str, int], at: dt.datetime) -> None:
    """ "Friday week" is the coming Friday and seven days more."""
    due = only(f"I'll ring you {form[0].format(day)}.", at)
    coming = only(f"I'll ring you {day}.", at)
    assert isinstance(due, dt.date)
    assert isinstance(coming, dt.date)
    assert due - coming == dt.timedelta(days=form[1])


@given(
    COUNTS,
    st.sampled_from(["hours", "minutes"]),
    st.sampled_from(["within", "in the next", "inside"]),
    MOMENTS,
)
def test_within_runs_from_now(count: tuple[str, int], unit: str, word: str, at: dt.datetime) -> None:
    """Within N hours is from now to N elapsed hours later, a hyphen in the number or not."""
    due = only(f"You'll have it {word} {count[0]} {unit}.", at)
    assert isinstance(due, tuple)
    start, end = due
    assert isinstance(start, dt.datetime)
    assert isinstance(end, dt.datetime)
    assert end.astimezone(dt.UTC) - start.astimezone(dt.UTC) == dt.timedelta(**{unit: count[1]})


@given(
    COUNTS,
    st.sampled_from([("days", 1), ("weeks", 7)]),
    st.sampled_from(["in {}", "{} from now", "after {}"]),
    MOMENTS,
)
def test_in_some_days_is_a_date(
    count: tuple[str, int], unit: tuple[str, int], form: str, at: dt.datetime
) -> None:
    """In N days is the date N days on."""
    due = only(f"It'll be there {form.format(f'{count[0]} {unit[0]}')}.", at)
    assert due == at.date() + dt.timedelta(days=count[1] * unit[1])


@given(
    st.integers(1, 12),
    st.sampled_from([("am", 0), ("pm", 12), ("p.m.", 12), ("in the afternoon", 12)]),
    st.sampled_from(
        ["at {} tomorrow", "tomorrow at {}", "by {} tomorrow", "before {} tomorrow", "tomorrow, {}"]
    ),
    MOMENTS,
)
def test_a_time_of_tomorrow_is_that_time(
    hour: int, half: tuple[str, int], form: str, at: dt.datetime
) -> None:
    """An hour with its half of the day is that hour of the day named, on either side of it."""
    due = only(f"I'll ring you {form.format(f'{hour} {half[0]}')}.", at)
    assert isinstance(due, dt.datetime)
    wanted = dt.datetime.combine(at.date() + dt.timedelta(days=1), dt.time(hour % 12 + half[1]), LONDON)
    assert due == wanted.astimezone(dt.UTC).astimezone(LONDON)


@given(
    st.sampled_from("one two three four five six seven eight nine ten eleven twelve".split()),
    st.sampled_from(
        ["at {}", "by {}", "at half past {}", "by quarter to {}", "around {}-ish", "at {} sharp"]
    ),
    MOMENTS,
)
def test_a_bare_hour_is_still_to_come(hour: str, form: str, at: dt.datetime) -> None:
    """An hour without a day has not passed yet, and is not more than a long weekend away."""
    due = only(f"I'll ring you {form.format(hour)}.", at)
    assert isinstance(due, dt.datetime)
    assert dt.timedelta(0) < due - at <= dt.timedelta(days=4)


@given(
    st.sampled_from(["tonight", "this evening", "tomorrow night", "on Friday night"]),
    st.integers(7, 11),
    MOMENTS,
)
def test_an_hour_of_the_night_is_in_the_evening(night: str, hour: int, at: dt.datetime) -> None:
    """Nine tonight is twenty-one hundred hours, before or after the word."""
    for text in (f"I'll ring you {night} at {hour}.", f"I'll ring you at {hour} {night}."):
        due = only(text, at)
        assert isinstance(due, dt.datetime)
        assert due.hour == hour + 12


@pytest.mark.parametrize(
    ("text", "hour"),
    [("I'll ring you today at 9.", 21), ("I'll ring you today at 9 a.m.", 9), ("I'll ring you at 9.", 9)],
)
def test_nine_said_in_the_afternoon(text: str, hour: int) -> None:
    """ "Today at 9" at four is tonight's nine, the only one left; with "a.m." it stays as said, passed;
    without a day it is tomorrow's.
    """
    due = only(text, dt.datetime(2026, 11, 18, 16, 0, tzinfo=LONDON))
    assert isinstance(due, dt.datetime)
    assert (due.day, due.hour) == (19 if "today" not in text else 18, hour)
