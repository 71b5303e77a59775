"""Due times as people say them: the weekday while it is near, else the date."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QLocale

from coach.events import Due
from ui import text


def near_due_text(due: Due, today: dt.date | None = None) -> str:
    """ "Thu 14:00" within a week of ``today``, else "Thu 26 Nov 14:00"; "Fri 27 Nov" for a day.

    Ranges have a dash. The user's locale names days, months and hours.
    """
    if due is None:
        return text.due_text(None)
    if not isinstance(due, tuple):
        return _moment(due, today)
    start, end = due
    same_day = isinstance(start, dt.datetime) and isinstance(end, dt.datetime) and start.date() == end.date()
    if same_day and isinstance(end, dt.datetime):
        return f"{_moment(start, today)} – {text.time_text(end)}"
    return f"{_moment(start, today)} – {_moment(end, today)}"


def moment_text(moment: dt.datetime) -> str:
    """ "Sunday, 22 November 2026, 16:05", as the user's locale writes a long date."""
    return f"{text.date_text(moment.date(), long=True)}, {text.time_text(moment)}"


def _moment(moment: dt.date, today: dt.date | None) -> str:
    locale = QLocale()
    weekday = locale.dayName(moment.isoweekday(), QLocale.FormatType.ShortFormat)
    month = locale.monthName(moment.month, QLocale.FormatType.ShortFormat)
    if not isinstance(moment, dt.datetime):
        return f"{weekday} {moment.day} {month}"
    near = today is not None and 0 <= (moment.date() - today).days < 7
    day = weekday if near else f"{weekday} {moment.day} {month}"
    return f"{day} {text.time_text(moment)}"
