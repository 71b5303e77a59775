"""A time as the agent writes it into a field: "Thu 14:00", "next Tuesday morning", "3 Dec"."""

from __future__ import annotations

import datetime as dt
import re

from coach.commitments.due import find_due
from coach.commitments.due_words import WEEKDAY
from coach.commitments.heard import has_passed
from coach.commitments.office import Office
from coach.errors import KnownError
from coach.events import Due
from coach.values.follow_up import DueRead

_DAYS = {
    "mon": "monday",
    "tue": "tuesday",
    "tues": "tuesday",
    "wed": "wednesday",
    "weds": "wednesday",
    "thu": "thursday",
    "thur": "thursday",
    "thurs": "thursday",
    "fri": "friday",
    "sat": "saturday",
    "sun": "sunday",
}
_SHORT_DAY = re.compile(rf"\b({'|'.join(sorted(_DAYS, key=len, reverse=True))})\b\.?", re.IGNORECASE)
_DASH = re.compile(r"\s*[–—]\s*|\s+-\s+")
_EITHER = re.compile(rf"(?:{WEEKDAY}|to-?day|to-?morrow)\s+or\s+", re.IGNORECASE)
_NONE = {"", "none", "no time", "open", "-", "–"}
_LENGTH = re.compile(r".*(?:minute|min|hour|hr|day|week|month|half|quarter)s?", re.IGNORECASE)
"""Alone in the field, "half an hour" is from now."""
_MONTHS = "January February March April May June July August September October November December".split()


def read_due(words: str, now: dt.datetime, office: Office) -> DueRead:
    """Understood as if it were said ``now``; nothing, or "none", is no time.

    Raises ``KnownError`` ("due-impossible": there is no such day; "due-unclear").
    """
    plain = " ".join(words.split()).strip(" .,;")
    if plain.lower() in _NONE:
        return DueRead(None)
    spelled = _DASH.sub(" to ", _SHORT_DAY.sub(lambda found: _DAYS[found[1].lower()], plain))
    found = find_due(spelled, now, office)
    if any(one.kind == "impossible" for one in found):
        raise KnownError("due-impossible", f"There is no such day or time as “{plain}”.")
    times = [one for one in found if one.due is not None]
    if not times and _LENGTH.fullmatch(spelled):
        times = [one for one in find_due(f"in {spelled}", now, office) if one.due is not None]
    if len(times) == 2 and re.search(r"\bto\s*$", spelled[: times[1].span[0]]):
        return _from_to(plain, times[0].due, times[1].due, now)
    if len(times) != 1 or _EITHER.search(spelled):
        raise KnownError(
            "due-unclear", f"“{plain}” is no one time. Write it as you would say it: “Thursday at two”."
        )
    return DueRead(times[0].due, has_passed(times[0].due, now))


def _from_to(plain: str, first: Due, last: Due, now: dt.datetime) -> DueRead:
    both = isinstance(first, dt.datetime), isinstance(last, dt.datetime)
    if isinstance(first, tuple) or isinstance(last, tuple) or first is None or last is None:
        raise KnownError("due-unclear", f"“{plain}” is no one time. Write from when to when.")
    if both[0] != both[1] or not first < last:
        raise KnownError("due-impossible", f"“{plain}” ends before it begins.")
    return DueRead((first, last), has_passed(last, now))


def write_due(due: Due) -> str:
    """In words that ``read_due`` reads back: "26 November 2026 14:00"."""
    if due is None:
        return ""
    if not isinstance(due, tuple):
        return _moment(due)
    first, last = due
    if isinstance(first, dt.datetime) and isinstance(last, dt.datetime) and first.date() == last.date():
        return f"{_moment(first.date())} from {first:%H:%M} to {last:%H:%M}"
    return f"from {_moment(first)} to {_moment(last)}"


def _moment(moment: dt.date) -> str:
    day = f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    return f"{day} {moment:%H:%M}" if isinstance(moment, dt.datetime) else day
