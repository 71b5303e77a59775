"""Calendar arithmetic behind the due expressions. Dates in, dates out; no language here."""

from __future__ import annotations

import calendar
import datetime as dt

from dateutil.easter import easter

SATURDAY = 5


def at(day: dt.date, hour: int, minute: int, zone: dt.tzinfo | None) -> dt.datetime:
    """Wall-clock time on a day, in the zone of the call; a time the clock change skips moves past it."""
    moment = dt.datetime.combine(day, dt.time(hour, minute), zone)
    return moment if zone is None else moment.astimezone(dt.UTC).astimezone(zone)


def later(moment: dt.datetime, minutes: float) -> dt.datetime:
    """Elapsed time, not wall-clock time: two hours across a clock change are still two hours."""
    if moment.tzinfo is None:
        return moment + dt.timedelta(minutes=minutes)
    utc = moment.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)
    return utc.astimezone(moment.tzinfo)


def add_days(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days=days)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last day where it is shorter."""
    years, index = divmod(day.month - 1 + months, 12)
    return dt.date(
        day.year + years,
        index + 1,
        min(day.day, calendar.monthrange(day.year + years, index + 1)[1]),
    )


def monday_of(day: dt.date) -> dt.date:
    return add_days(day, -day.weekday())


def first_after(day: dt.date, weekday: int) -> dt.date:
    """The first such weekday after ``day``, never ``day`` itself."""
    return add_days(day, (weekday - day.weekday() - 1) % 7 + 1)


def first_from(day: dt.date, weekday: int) -> dt.date:
    """The first such weekday on or after ``day``."""
    return add_days(day, (weekday - day.weekday()) % 7)


def end_of_month(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def day_of_month(today: dt.date, number: int) -> dt.date | None:
    """The next ``number``-th from today on; months without such a day are passed over."""
    for ahead in range(13):
        first = add_months(today.replace(day=1), ahead)
        if number <= end_of_month(first).day and (found := first.replace(day=max(number, 1))) >= today:
            return found
    return None


def calendar_day(today: dt.date, month: int, number: int, year: int | None) -> dt.date | None:
    """That day of that month, this year or next; None where the calendar has no such day."""
    if year is None:
        last = calendar.monthrange(today.year, month)[1]
        past = (month, min(number, last)) < (today.month, today.day)
        year = today.year + past
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    return add_days(first_from(dt.date(year, month, 1), weekday), 7 * (nth - 1))


_FIXED = {
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "boxing": (12, 26),
    "new years eve": (12, 31),
    "hogmanay": (12, 31),
    "old years night": (12, 31),
    "new year": (1, 1),
    "valentine": (2, 14),
    "patrick": (3, 17),
    "halloween": (10, 31),
    "bonfire": (11, 5),
}


def feast(today: dt.date, name: str) -> dt.date:
    """The next day of that name, today included."""
    return next(day for year in (today.year, today.year + 1) if (day := _feast_in(year, name)) >= today)


def _feast_in(year: int, name: str) -> dt.date:
    plain = name.lower().replace("'", "").replace("’", "")
    if "good friday" in plain:
        return add_days(easter(year), -2)
    if "easter" in plain:
        return add_days(easter(year), 1 if "monday" in plain else 0)
    if "thanksgiving" in plain:
        return nth_weekday(year, 11, 3, 4)
    if "black friday" in plain:
        return add_days(nth_weekday(year, 11, 3, 4), 1)
    return next(dt.date(year, *day) for key, day in _FIXED.items() if key in plain)
