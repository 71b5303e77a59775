"""Numbers, ordinals, weekdays and months as people say them: pattern pieces and their values."""

from __future__ import annotations

import datetime as dt
import re

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEEN_ORDINALS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()

_VALUES: dict[str, int] = {word: n for n, word in enumerate(_ONES + _TEENS, 1)}
_VALUES |= {word: 10 * n for n, word in enumerate(_TENS, 2)}
_VALUES |= {word: n for n, word in enumerate(_ORDINALS + _TEEN_ORDINALS, 1)}
_VALUES |= {"twentieth": 20, "thirtieth": 30, "a": 1, "an": 1, "couple": 2, "few": 3, "dozen": 12, "oh": 0}

_ONE = "(?:" + "|".join(_ONES) + ")"
NUMBER = rf"(?:\d{{1,3}}|(?:{'|'.join(_TENS)})(?:[ -]{_ONE})?|{'|'.join(_TEENS)}|{_ONE})"
ORDINAL = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)|(?:twenty|thirty)[ -](?:{'|'.join(_ORDINALS)})"
    rf"|{'|'.join(_TEEN_ORDINALS)}|twentieth|thirtieth|{'|'.join(_ORDINALS)})"
)

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAY = "(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tues?\\b|weds\\b|thurs?\\b|fri\\b)"

MONTHS = ("january february march april may june july august september october november december").split()
MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
)


def number(text: str) -> int:
    """ "twenty four", "24", "third", "3rd", "a" or "couple" as an integer."""
    words = text.lower().replace("-", " ").split()
    return sum(
        _VALUES[word] if word in _VALUES else int("".join(filter(str.isdigit, word))) for word in words
    )


def weekday(text: str) -> int:
    """Monday is 0."""
    return next(n for n, name in enumerate(WEEKDAYS) if name[:2] == text.lower()[:2])


def month(text: str) -> int:
    """January is 1; short forms count."""
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(text.lower().rstrip(".")))


def day_name(day: dt.date) -> str:
    """ "Thu", in English as all around it: ``strftime`` takes the name from the system's language."""
    return WEEKDAYS[day.weekday()][:3].capitalize()


def month_name(day: dt.date) -> str:
    """ "Nov"."""
    return MONTHS[day.month - 1][:3].capitalize()


ISH = r"(?=\s{3})"
"""Behind an hour with "ish" taken off: "seven-ish" is a time, "seven" may be anything."""
_AFTER_HOUR = "|".join(rf"(?<=\b{hour})" for hour in [*_ONES, *_TEENS[:3], "noon"])
_ISH = re.compile(rf"(?:(?<=\d)|{_AFTER_HOUR})-?ish\b", re.IGNORECASE)


def without_ish(text: str) -> str:
    """The same text with "ish" blanked out behind an hour, so that places stay the same."""
    return _ISH.sub(lambda match: " " * len(match[0]), text)
