"""How times, dates and names are written for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from coach.taxonomy import MOVES
from ui import text
from ui.state import AppState
from ui.when import near_due_text


@pytest.fixture
def british() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(-3.0, "0:00"), (0.0, "0:00"), (9.99, "0:09"), (60.0, "1:00"), (3599.9, "59:59"), (3600.0, "1:00:00")],
)
def test_the_clock_never_runs_ahead(seconds: float, written: str) -> None:
    """Times of a call are m:ss, rounded down, with hours only from one hour on."""
    assert text.clock(seconds) == written


@pytest.mark.parametrize(
    ("seconds", "spoken"), [(1.0, "1 second"), (60.0, "1 minute 0 seconds"), (125.0, "2 minutes 5 seconds")]
)
def test_the_clock_can_be_spoken(seconds: float, spoken: str) -> None:
    """A screen reader hears minutes and seconds, not a ratio."""
    assert text.spoken_clock(seconds) == spoken


def test_dates_follow_the_users_locale(british: None) -> None:
    """Day before month in Britain, month before day in America."""
    day = dt.date(2026, 11, 20)
    assert text.date_text(day) == "20/11/2026"
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    assert text.date_text(day) == "11/20/26"


def test_every_kind_of_due_can_be_written(british: None) -> None:
    """A day, a moment, a range, or nothing said."""
    day, moment = dt.date(2026, 11, 20), dt.datetime(2026, 11, 20, 16, 5, tzinfo=dt.UTC)
    assert text.due_text(None) == "No time said"
    assert text.due_text(day) == "20/11/2026"
    assert text.due_text(moment) == "20/11/2026 16:05"
    assert text.due_text((day, dt.date(2026, 11, 23))) == "20/11/2026 – 23/11/2026"
    assert text.time_text(moment) == "16:05"


def test_a_close_time_is_said_as_people_do(british: None) -> None:
    """In a reminder "today" and "tomorrow", else the day; the hours as the locale has them."""
    today = dt.date(2026, 11, 27)
    soon, later = dt.datetime(2026, 11, 28, 0, 20), dt.datetime(2026, 11, 29, 14)
    assert near_due_text(soon, today, close=True) == "tomorrow 00:20"
    assert near_due_text(soon, soon.date(), close=True) == "today 00:20"
    assert near_due_text(soon.date(), soon.date(), close=True) == "today"
    assert near_due_text((soon, later), today, close=True) == "tomorrow 00:20 – Sun 14:00"
    assert near_due_text(soon, dt.date(2026, 11, 29), close=True) == "Sat 28 Nov 00:20"
    assert near_due_text(soon, today) == "Sat 00:20"
    assert near_due_text(dt.date(2027, 11, 27), today) == "Sat 27 Nov 2027"
    assert near_due_text(dt.date(2027, 1, 1), beside=today) == "Fri 1 Jan 2027"
    assert near_due_text(dt.datetime(2027, 1, 1, 9), dt.date(2026, 12, 30)) == "Fri 09:00"
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    assert near_due_text(later, later.date(), close=True).casefold() == "today 2:00\u202fpm"


def test_counts_agree_with_their_noun(british: None) -> None:
    """One flag, two flags, a thousand with the locale's separator."""
    written = [text.count_text(count, "flag", "flags") for count in (0, 1, 1200)]
    assert written == ["0 flags", "1 flag", "1,200 flags"]


def test_every_move_and_state_has_a_name() -> None:
    """A move or state added to the engine cannot appear unnamed."""
    assert tuple(text.MOVE_NAMES) == MOVES
    assert set(text.STATE_NAMES) == set(AppState)
    assert all(name[0].isupper() for name in text.MOVE_NAMES.values())


def test_sources_are_listed() -> None:
    """One source, several, none."""
    assert text.sources_text(("A2",)) == "Source A2"
    assert text.sources_text(("A2", "E5")) == "Sources A2, E5"
    assert text.sources_text(()) == ""
