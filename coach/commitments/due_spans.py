"""Rules for lengths of time: in an hour, within 48 hours, three to five business days, a fortnight."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from math import ceil

from coach.commitments import due_calendar as cal
from coach.commitments.due_atoms import Atom, Said, rule
from coach.commitments.due_words import NUMBER, number
from coach.events import Moment

_MINUTES = {"min": 1, "hou": 60, "hr": 60}
_UNIT = (
    r"(?:minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|years?|fortnights?"
    r"|(?:business|working|office)\s+hours?"
    r"|(?:business|working|banking|bank|week)[ -]?days?|calendar\s+days?)"
)
_UNIT_POSSESSIVE = rf"(?P<unit>{_UNIT})(?:['’]s?)?(?:\s+time)?"
_TENS = r"(?!(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-)"
_PART = r"(?:\d{1,3}\.\d{1,2}|(?:\d{1,3}\s*)?[½¼¾]|(?:\d{1,3}\s+)?(?:1/2|1/4|3/4))"
"""As it is written where half of one is meant: 1.5, 1½, 1 1/2."""
_NUMBER = rf"(?:{_PART}|{NUMBER})"
_RANGE = rf"{_TENS}(?P<low>{_NUMBER}|an?|a\s+couple(?:\s+of)?)\s*(?:-|–|to|or|and)\s*(?P<high>{_NUMBER})\s+"
_HALF = r"(?P<half>half\s+an?|(?:a\s+)?half|(?:a\s+)?quarter\s+of\s+an|three\s+quarters\s+of\s+an)\s+"
_COUNT = rf"(?P<count>(?:a\s+)?couple(?:\s+of)?|a\s+few|few|{_NUMBER}|an?)\s+(?P<more>and\s+a\s+half\s+)?"
_ANDHALF = (
    r"(?P<andhalf>\s+and\s+a\s+(?:half|quarter)"
    rf"|(?:(?<=hour)|(?<=hours)|(?<=hr)|(?<=hrs))(?:\s+and)?\s+(?P<minutes>{NUMBER})\s+min(?:ute)?s?)?"
)
_ROUGHLY = r"(?:(?:about|around|roughly|approximately|maybe|say|another|just|up\s+to|only)\s+)*"
_WITHIN = (
    r"(?P<within>(?:with)?in(?:side)?\s+(?:of\s+)?(?:the\s+)?(?:next|coming)|within(?:\s+the)?"
    r"|inside(?:\s+of)?(?:\s+the)?"
    r"|(?:in\s+)?(?:under|less\s+than|no\s+more\s+than|not\s+more\s+than)|over\s+the\s+(?:next|coming)"
    r"|during\s+the\s+next|in\s+up\s+to|the\s+next)\s+"
)
_PLAIN_IN = (
    r"(?:(?<!chuck )(?<!throw )(?<!throwing )(?<!chucking )(?<!thrown )in(?:na)?"
    r"|(?<!\w day )(?<!shortly )after(?!\s+a\s+(?:few|couple)))\s+"
)
"""Not of "throw in a month"."""
_MONTH_DAYS = 30
_PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
_SHARE = {"hal": 0.5, "a h": 0.5, "a q": 0.25, "qua": 0.25, "thr": 0.75}

Step = Callable[[float], Moment]


def _number(text: str) -> float:
    """ "1.5", "1½" and "1 1/2" too."""
    if re.fullmatch(_PART, text) is None:
        return number(text)
    part = next((part for part in _PARTS if text.endswith(part)), "")
    whole = text.removesuffix(part).strip()
    return float(whole or 0) + _PARTS.get(part, 0.0)


def _step(unit: str, said: Said) -> Step:
    """From a number of units to the moment that many units from now; days and more give days."""
    unit = unit.lower()
    for short, minutes in _MINUTES.items():
        if unit.startswith(short):
            return lambda count: cal.later(said.now, count * minutes)
    if "hour" in unit or "hr" in unit:
        return lambda count: said.office.hours_on(said.now, count)
    if unit.startswith(("business", "working", "bank", "week day", "weekday", "week-day")):
        return lambda count: said.office.after(said.today, ceil(count))
    if unit.startswith(("month", "year")):
        months = 12 if unit.startswith("year") else 1
        return lambda count: _months_on(said.today, count * months)
    days = 14 if unit.startswith("fort") else 7 if unit.startswith("week") else 1
    return lambda count: _days_on(said, count * days)


def _days_on(said: Said, days: float) -> dt.date:
    """Part of a day is today still, where it is over by then."""
    if days < 1:
        return cal.later(said.now, days * 24 * 60).date()
    return cal.add_days(said.today, _whole_days(days))


def _months_on(day: dt.date, months: float) -> dt.date:
    months = round(months, 6)
    return cal.add_days(cal.add_months(day, int(months)), _whole_days(months % 1 * _MONTH_DAYS))


def _whole_days(days: float) -> int:
    """Never sooner than was said: "in 2.5 days" is on the third."""
    return ceil(round(days, 6))


def _counted(match: re.Match[str]) -> float:
    parts = match.groupdict()
    if parts.get("half"):
        return _SHARE[" ".join(parts["half"].lower().split())[:3]]
    words = re.sub(r"\bof\b|\ba\b(?=\s+\w)", "", (parts.get("count") or "a").lower()).strip() or "a"
    extra = 0.5 if parts.get("more") or "half" in (parts.get("andhalf") or "") else 0.0
    extra += 0.25 if "quarter" in (parts.get("andhalf") or "") else 0.0
    if parts.get("minutes"):
        extra += number(parts["minutes"]) / 60
    return (2 if words == "other" else _number(words)) + extra


def _today(match: re.Match[str], said: Said) -> Atom:
    return Atom(span=match.span(), day=said.today)


def _in(match: re.Match[str], said: Said) -> Atom:
    """One value: in an hour, in three days' time, two hours from now."""
    value = _step(match["unit"], said)(_counted(match))
    if isinstance(value, dt.datetime):
        return Atom(span=match.span(), whole=value, fuse=False)
    return Atom(span=match.span(), day=value)


def _in_minutes(match: re.Match[str], said: Said) -> Atom:
    """ "I'll be with you in ten"."""
    return Atom(span=match.span(), whole=cal.later(said.now, number(match["count"])), fuse=False)


def _within(match: re.Match[str], said: Said) -> Atom:
    """From now to then; of "within 3 to 5 days" both ends."""
    step = _step(match["unit"], said)
    if match.groupdict().get("low"):
        return _between(match, said)
    return _whole(match, step(0), step(_counted(match)))


def _between(match: re.Match[str], said: Said) -> Atom:
    step = _step(match["unit"], said)
    low = re.sub(r"^a\s+(?=couple)|\s+of$", "", match["low"].lower())
    return _whole(match, step(_number(low)), step(_number(match["high"])))


def _whole(match: re.Match[str], start: Moment, end: Moment) -> Atom:
    return Atom(span=match.span(), whole=(start, end), fuse=False)


def _or_two(match: re.Match[str], said: Said) -> Atom:
    step = _step(match["unit"], said)
    if match["two"].lower() == "two":
        return _whole(match, step(1), step(2))
    if match[0].lower().startswith("in "):
        one = step(1)
        if isinstance(one, dt.datetime):
            return Atom(span=match.span(), whole=one, fuse=False)
        return Atom(span=match.span(), day=one)
    return _whole(match, step(0), step(1))


def _day_or_two(match: re.Match[str], said: Said) -> Atom:
    """ "In the next day or two", "in the next week or so"."""
    step = _step(match["unit"], said)
    return _whole(match, step(0), step(2 if match["two"].lower() == "two" else 1))


def _until(match: re.Match[str], _said: Said) -> Atom:
    """ "Between now and Friday": from now until the end of it."""
    return Atom(span=match.span(), limit="now")


def _within_one(match: re.Match[str], said: Said) -> Atom:
    """ "within the hour" is sixty minutes, "within the week" seven days."""
    step = _step(match["unit"], said)
    return _whole(match, step(0), step(1))


def _every(match: re.Match[str], said: Said) -> Atom:
    value = _step(match["unit"], said)(_counted(match))
    if isinstance(value, dt.datetime):
        return Atom(span=match.span(), whole=value, every=True, fuse=False)
    return Atom(span=match.span(), day=value, every=True)


SPAN_RULES = (
    rule(
        rf"(?:{_WITHIN}|in\s+|between\s+)?{_ROUGHLY}{_RANGE}{_UNIT_POSSESSIVE}(?!\s+(?:ago|old|late))",
        _between,
    ),
    rule(rf"{_WITHIN}{_ROUGHLY}{_HALF}{_UNIT_POSSESSIVE}", _within),
    rule(rf"{_WITHIN}{_ROUGHLY}{_COUNT}{_UNIT_POSSESSIVE}{_ANDHALF}", _within),
    rule(r"(?:with)?in(?:side)?\s+an?\s+(?P<unit>day|hour|week)\s+or\s+(?P<two>two|so)", _or_two),
    rule(
        r"(?:(?:with)?in(?:side)?|over|during)\s+the\s+(?:next|coming)\s+(?P<unit>day|hour|week"
        r"|month)\s+or\s+(?P<two>two|so)",
        _day_or_two,
    ),
    rule(r"(?:between|from)\s+now\s+(?:and|to|until|till)", _until),
    rule(r"within\s+(?:the\s+(?:same\s+)?|this\s+)?(?:day|today)(?!\s+or\b)", _today),
    rule(rf"(?<=, ){_ROUGHLY}(?P<count>{NUMBER})\s+(?P<unit>{_UNIT})(?P<more>)(?=\s*(?:[.,;!?]|$))", _in),
    rule(r"(?:within|inside)\s+the\s+(?:next\s+)?(?P<unit>hour|week|month|fortnight)", _within_one),
    rule(
        r"(?:in|over|during)\s+the\s+(?:next|coming)\s+(?P<unit>day|minute|hour|week|month|fortnight)",
        _within_one,
    ),
    rule(rf"{_PLAIN_IN}{_ROUGHLY}{_HALF}{_UNIT_POSSESSIVE}", _in),
    rule(rf"{_PLAIN_IN}{_ROUGHLY}{_COUNT}{_UNIT_POSSESSIVE}{_ANDHALF}", _in),
    rule(rf"by\s+{_COUNT}(?P<unit>(?:business|working)[ -]days?)", _in),
    rule(
        rf"(?:(?<=\bgive me )|(?<=\bgive us )){_ROUGHLY}{_COUNT}(?P<unit>hours?|(?:working\s+"
        rf"|business\s+)?days?|weeks?)",
        _within,
    ),
    rule(rf"{_HALF}(?P<unit>{_UNIT})\s+from\s+(?:now|today)", _in),
    rule(rf"{_COUNT}(?P<unit>{_UNIT})\s+from\s+(?:now|today)", _in),
    rule(rf"{_COUNT}(?P<unit>{_UNIT})['’]?s?\s+time", _in),
    rule(
        rf"(?:every|each)\s+(?P<count>other|{NUMBER})?\s*(?P<unit>hours?|minutes?|days?|weeks?|months?)",
        _every,
    ),
    rule(
        r"(?<!one )(?<!nine )(?<!two )(?<!out )in\s+(?:about\s+|around\s+|like\s+)?"
        r"(?P<count>two|five|ten|fifteen|twenty|thirty|forty|10|15|20|30)(?P<more>)(?P<unit>)"
        r"(?=\s*(?:[.,;!?]|$)|\s+(?:and|so|with|to)\s+(?:I|we|you|he|she|it|then|a|the)\b)",
        _in_minutes,
    ),
    rule(
        rf"{_COUNT}{_UNIT_POSSESSIVE}(?=,?\s+(?:tops|max(?:imum)?|at\s+(?:the\s+)?(?:most|outside"
        rf"|very\s+most))\b)",
        _within,
    ),
)
