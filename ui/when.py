"""Due times as people say them: the weekday while it is near, else the date."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QLocale

from coach.events import Due
from ui import text

_CLOSE = {0: "today", 1: "tomorrow"}


def near_due_text(
    due: Due, today: dt.date | None = None, *, close: bool = False, beside: dt.date | None = None
) -> str:
    """ "Thu 14:00" within a week of ``today``, else "Thu 26 Nov 14:00"; "Fri 27 Nov" for a day.

    Another year than today's, or without it that of ``beside``, is said: "Fri 1 Jan 2027". Ranges have a
    dash. The user's locale names days, months and hours. ``close``: "today 14:00", "tomorrow".
    """
    if due is None:
        return text.due_text(None)
    if not isinstance(due, tuple):
        return _moment(due, today, close, beside)
    start, end = due
    same_day = isinstance(start, dt.datetime) and isinstance(end, dt.datetime) and start.date() == end.date()
    if same_day and isinstance(end, dt.datetime):
        return f"{_moment(start, today, close, beside)} – {text.time_text(end)}"
    return f"{_moment(start, today, close, beside)} – {_moment(end, today, close, beside)}"


def moment_text(moment: dt.datetime) -> str:
    """ "Sunday, 22 November 2026, 16:05", as the user's locale writes a long date."""
    return f"{text.date_text(moment.date(), long=True)}, {text.time_text(moment)}"


def _moment(moment: dt.date, today: dt.date | None, close: bool, beside: dt.date | None) -> str:
    day = moment.date() if isinstance(moment, dt.datetime) else moment
    ahead = None if today is None else (day - today).days
    near = isinstance(moment, dt.datetime) and ahead is not None and 0 <= ahead < 7
    named = _CLOSE.get(ahead) if close and ahead is not None else None
    known = today or beside
    said = named or _day(day, near, known is None or known.year == day.year)
    return f"{said} {text.time_text(moment)}" if isinstance(moment, dt.datetime) else said


def _day(day: dt.date, near: bool, this_year: bool) -> str:
    locale = QLocale()
    weekday = locale.dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
    month = locale.monthName(day.month, QLocale.FormatType.ShortFormat)
    if near:
        return weekday
    return f"{weekday} {day.day} {month}" if this_year else f"{weekday} {day.day} {month} {day.year}"
