"""Rules for dates and months: the 14th, March 3rd, 14/12, the end of next month, Christmas."""

from __future__ import annotations

import datetime as dt
import re

from coach.commitments import due_calendar as cal
from coach.commitments.due_atoms import Atom, Days, Said, rule
from coach.commitments.due_words import MONTH, NUMBER, ORDINAL, WEEKDAY, month, number, weekday

_FEAST = (
    r"christmas(?:\s+(?:eve|day))?|boxing\s+day|new\s+year['’]?s?(?:\s+(?:eve|day))?|hogmanay|old\s+year['’]?s\s+night|halloween"
    r"|bonfire\s+night"
    r"|easter(?:\s+(?:sunday|monday))?|good\s+friday|thanksgiving|black\s+friday"
    r"|valentine['’]?s(?:\s+day)?|(?:st\.?|saint)\s+patrick['’]?s(?:\s+day)?"
)
_ENDS_A_DATE = (
    r"(?=\s*(?:[.,;:!?)–—'’]|-\s|$)"
    r"|\s+(?:at|by|before|between|in|from|and|to|so|with|for|after|if|when|but|then|or|once|because|as|until"
    r"|i|we|you|it|they|he|she|that|around|about|first|latest|morning|afternoon|evening|night|is|will"
    r"|sharp)\b)"
)
"""What may follow a bare ordinal: without it "the third time" would be a date."""


def settle(value: Days | None, match: re.Match[str]) -> Atom:
    """A day, or an impossible one where there is no value."""
    return Atom(span=match.span(), day=value, impossible=value is None)


def _quarter(match: re.Match[str], said: Said) -> Atom:
    """Of the calendar's year."""
    last = said.today.replace(day=1, month=(said.today.month + 2) // 3 * 3)
    return settle(cal.end_of_month(last), match)


def _named_quarter(match: re.Match[str], said: Said) -> Atom:
    """ "Q1", "the end of Q1", "next quarter": this one or the next of its name."""
    this = (said.today.month - 1) // 3
    wanted = int(match["q"]) - 1 if match["q"] else this + 1
    ahead = (wanted - this) % 4
    first = cal.add_months(said.today.replace(day=1, month=3 * this + 1), 3 * ahead)
    last = cal.end_of_month(cal.add_months(first, 2))
    return settle(last if match["edge"] else (max(first, said.today), last), match)


def _nth_weekday(match: re.Match[str], said: Said) -> Atom:
    """ "The first Monday in December", "the last Friday of the month"; one gone by is the next month's,
    or the next year's."""
    which, nth = match["which"].lower(), match["nth"].lower()
    first = _first_of(which, said.today)
    day = _nth_in(first, weekday(match["day"]), nth)
    if day < said.today and which not in ("this month", "next month"):
        again = cal.add_months(first, 1 if which == "the month" else 12)
        day = _nth_in(again, weekday(match["day"]), nth)
    return settle(day, match)


def _nth_in(first: dt.date, which: int, nth: str) -> dt.date:
    if nth == "last":
        return cal.add_days(cal.first_from(cal.add_months(first, 1), which), -7)
    return cal.nth_weekday(first.year, first.month, which, number(nth))


def _year_of(match: re.Match[str]) -> int | None:
    year = int(match["year"]) if match["year"] else None
    return year + 2000 if year is not None and year < 100 else year


def _day_and_month(match: re.Match[str], said: Said) -> Atom:
    named, day = month(match["month"]), number(match["number"])
    return settle(cal.calendar_day(said.today, named, day, _year_of(match)), match)


def _day_of_named_month(match: re.Match[str], said: Said) -> Atom:
    which = match["which"].lower()
    first = cal.add_months(said.today.replace(day=1), 1 if which == "next" else 0)
    last = match["number"].lower().startswith("last")
    if which == "the" and not last and number(match["number"]) < said.today.day:
        first = cal.add_months(first, 1)
    if match["number"].lower().startswith("last"):
        return settle(cal.end_of_month(first), match)
    return settle(cal.calendar_day(said.today, first.month, number(match["number"]), first.year), match)


def _day_of_month(match: re.Match[str], said: Said) -> Atom:
    return settle(cal.day_of_month(said.today, number(match["number"])), match)


def _numeric(match: re.Match[str], said: Said) -> Atom:
    """14/12 is day first, unless only the other order is a date."""
    day, named = int(match["a"]), int(match["b"])
    if named > 12 >= day:
        day, named = named, day
    return settle(
        cal.calendar_day(said.today, named, day, _year_of(match)) if 1 <= named <= 12 else None, match
    )


def _iso(match: re.Match[str], said: Said) -> Atom:
    named = int(match["b"])
    return settle(
        cal.calendar_day(said.today, named, int(match["a"]), _year_of(match)) if 1 <= named <= 12 else None,
        match,
    )


def _feast(match: re.Match[str], said: Said) -> Atom:
    return settle(cal.feast(said.today, match[0]), match)


def _month(match: re.Match[str], said: Said) -> Atom:
    """A month or its beginning, middle or end: "the end of next month", "mid December", "in March"."""
    first = _first_of(match["which"].lower(), said.today)
    return settle(_share(first, cal.end_of_month(first), match["edge"], said.today), match)


def _week_of_month(match: re.Match[str], said: Said) -> Atom:
    """ "The first week of January": its 1st to 7th; the end of it is the 7th."""
    first = _first_of(match["which"].lower(), said.today)
    last = cal.end_of_month(first)
    nth = match["nth"].lower()
    start = last.day - 6 if nth == "last" else 1 + 7 * ("first", "second", "third").index(nth)
    low, high = first.replace(day=start), first.replace(day=start + 6)
    return settle(
        high if "end of" in match[0].lower() else (max(low, said.today), max(high, said.today)), match
    )


def _first_of(which: str, today: dt.date) -> dt.date:
    first = today.replace(day=1)
    if "month" in which:
        return cal.add_months(first, 1) if "next" in which else first
    named = month(which)
    return dt.date(today.year + (named < today.month), named, 1)


def _share(first: dt.date, last: dt.date, edge: str | None, today: dt.date) -> Days:
    edge = (edge or "").lower()
    if edge.startswith("mid"):
        return first.replace(day=15)
    if edge.startswith(("end", "by", "last")):
        return last
    if edge.startswith(("early", "start", "beginning", "first", "front")):
        return (max(first, today), max(first.replace(day=10), today))
    if edge.startswith(("late", "back", "tail", "second")):
        return (max(first.replace(day=21), today), last)
    return (max(first, today), last)


def _year(match: re.Match[str], said: Said) -> Atom:
    year = said.today.year + ("next" in match[0].lower())
    last = dt.date(year, 12, 31)
    return settle(
        last
        if re.search(r"end|out|over", match[0].lower())
        else (max(dt.date(year, 1, 1), said.today), last),
        match,
    )


_YEAR = r"(?:,?\s+(?P<year>20\d\d))?"
_DAYNAME = rf"(?:{WEEKDAY},?\s+)?(?:the\s+)?"
_EDGE = (
    r"(?P<edge>last\s+day\s+of|early|late|mid|(?:end|start|beginning|middle|(?:back|tail"
    r"|front)\s+end|(?:first|second|latter)\s+half)\s+of"
    r"|(?:early|late)\s+in)[ -]?"
)
_LIMIT_BEFORE = r"(?:(?<=\bon )|(?<=\bby )|(?<=\bfrom )|(?<=\btill )|(?<=\buntil )|(?<=\bbefore ))"

DATE_RULES = (
    rule(r"(?P<year>20\d\d)-(?P<b>\d{2})-(?P<a>\d{2})", _iso),
    rule(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<year>(?:20)?\d\d))?", _numeric),
    rule(rf"{_DAYNAME}(?P<number>{ORDINAL})\s+(?:of\s+)?(?P<month>{MONTH}){_YEAR}", _day_and_month),
    rule(rf"{_DAYNAME}(?P<number>{NUMBER})\s+(?P<month>(?!may\b){MONTH}|(?-i:May)){_YEAR}", _day_and_month),
    rule(rf"{_DAYNAME}(?P<month>{MONTH})\s+(?:the\s+)?(?P<number>{ORDINAL}){_YEAR}", _day_and_month),
    rule(rf"{_DAYNAME}(?P<month>(?!may\b){MONTH}|(?-i:May))\s+(?P<number>\d{{1,2}}){_YEAR}", _day_and_month),
    rule(rf"{_DAYNAME}(?P<month>(?!may\b){MONTH})\s+(?P<number>{NUMBER}){_YEAR}", _day_and_month),
    rule(
        rf"(?:the\s+)?(?P<number>{ORDINAL}|last(?:\s+day)?)\s+of\s+(?P<which>next|this|the)\s+month",
        _day_of_named_month,
    ),
    rule(
        rf"(?:the\s+)?(?P<nth>first|second|third|fourth|last)\s+(?P<day>{WEEKDAY})\s+(?:of|in)\s+"
        rf"(?P<which>(?:the|next|this)\s+month|{MONTH})",
        _nth_weekday,
    ),
    rule(
        r"(?:(?P<edge>(?:the\s+)?end\s+of|by)\s+)?(?:Q(?P<q>[1-4])|next\s+quarter)",
        _named_quarter,
    ),
    rule(rf"(?:{WEEKDAY},?\s+)?the\s+(?P<number>\d{{1,2}}(?:st|nd|rd|th)){_ENDS_A_DATE}", _day_of_month),
    rule(rf"{WEEKDAY},?\s+(?:the\s+)?(?P<number>{ORDINAL}){_ENDS_A_DATE}", _day_of_month),
    rule(
        rf"(?:(?<=\bon )|(?<=\bby ))(?!first\b|second\b(?!\s+at))(?P<number>{ORDINAL}){_ENDS_A_DATE}",
        _day_of_month,
    ),
    rule(rf"{_LIMIT_BEFORE}the\s+(?P<number>{ORDINAL}){_ENDS_A_DATE}", _day_of_month),
    rule(
        r"(?:(?:the\s+)?end\s+of\s+)?(?:the\s+)?(?P<nth>first|second|third|last)\s+week\s+(?:of|in)\s+"
        rf"(?P<which>(?:next|this)\s+month|{MONTH})",
        _week_of_month,
    ),
    rule(rf"(?:the\s+)?{_EDGE}\s+(?P<which>(?:(?:the|this|next)\s+)?month|{MONTH})", _month),
    rule(r"(?P<edge>)(?P<which>(?:this|next)\s+month)", _month),
    rule(rf"(?<=\bin )(?P<edge>)(?P<which>(?!(?:mar|may|sep|dec|jan)\b){MONTH})", _month),
    rule(
        r"(?:the\s+)?(?P<edge>end)\s+of\s+(?P<which>month)|(?:the\s+)?month(?:['’]s)?\s+end"
        r"|(?:by|before)\s+the\s+month(?:['’]s|\s+is)\s+(?:out|over|up)",
        lambda match, said: settle(cal.end_of_month(said.today), match),
    ),
    rule(r"(?:the\s+)?end\s+of\s+(?:the|this)\s+quarter|(?:the\s+)?quarter(?:['’]s)?\s+end", _quarter),
    rule(
        r"(?:the\s+)?end\s+of\s+(?:the\s+|this\s+|next\s+)?year|(?:the\s+)?year(?:['’]s)?\s+end"
        r"|(?:by|before)\s+the\s+year(?:['’]s|\s+is)\s+(?:out|over)|(?:by"
        r"|before)\s+(?:the\s+)?end\s+of\s+year",
        _year,
    ),
    rule(r"(?:this|next)\s+year", _year),
    rule(_FEAST, _feast),
)
