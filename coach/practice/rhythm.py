"""How often one practises, without shame: days are counted, and a missed day takes none of them away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from coach.values.practice_log import Attempt


@dataclass(frozen=True, slots=True)
class Rhythm:
    """``days`` with practice in all, of the last seven, and in a row up to today or yesterday. ``words`` say
    what there is, never what is missing. ``week``: each of the last seven days, today last, and whether
    there was practice on it."""

    days: int
    days_this_week: int
    in_a_row: int
    words: str
    week: tuple[tuple[dt.date, bool], ...] = ()


def rhythm(attempts: Iterable[Attempt], now: dt.datetime) -> Rhythm:
    """Days by the calendar of ``now``'s time zone."""
    today = now.date()
    days = {attempt.at.astimezone(now.tzinfo).date() for attempt in attempts}
    days = {day for day in days if day <= today}
    recent = sum(1 for day in days if (today - day).days < 7)
    run, day = 0, today if today in days else today - dt.timedelta(days=1)
    while day in days:
        run, day = run + 1, day - dt.timedelta(days=1)
    week = tuple((day, day in days) for day in (today - dt.timedelta(days=back) for back in range(6, -1, -1)))
    return Rhythm(len(days), recent, run, _words(len(days), recent, run, today in days), week)


def _words(days: int, recent: int, run: int, today: bool) -> str:
    if not days:
        return "A first drill takes two minutes."
    counted = "1 day" if days == 1 else f"{days} days"
    if not recent:
        return f"Welcome back. {counted} of practice so far, and they stay with you."
    if run >= 3:
        return f"{counted} of practice so far, {run} in a row."
    if recent >= 2:
        return f"{counted} of practice so far, {recent} of them in the last week."
    return f"{counted} of practice so far" + (", today among them." if today else ". Good to see you.")
