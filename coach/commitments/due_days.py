"""Rules for days counted from today: tomorrow, next Tuesday, a week on Monday, the end of the week."""

from __future__ import annotations

import datetime as dt
import re

from coach.commitments import due_calendar as cal
from coach.commitments.due_atoms import Atom, Read, Said, rule, scan
from coach.commitments.due_dates import DATE_RULES, settle
from coach.commitments.due_words import NUMBER, WEEKDAY, number, weekday

WEDNESDAY = 2
FRIDAY = 4


def _ahead(days: int) -> Read:
    return lambda match, said: settle(cal.add_days(said.today, days), match)


def _after_the_day_named(days: int) -> Read:
    return lambda match, _said: Atom(span=match.span(), back=days)


def _after_that(match: re.Match[str], _said: Said) -> Atom:
    """ "... on Tuesday, and the report two days after that"."""
    count = 2 if "couple" in match["count"].lower() else number(match["count"])
    return Atom(span=match.span(), back=count * (7 if match["unit"].lower() == "week" else 1))


def _past(match: re.Match[str], _said: Said) -> Atom:
    return Atom(span=match.span(), past=True)


def _weekday(match: re.Match[str], said: Said) -> Atom:
    """ "Friday", "next Friday", "Friday week", "Friday next week", "this Friday"."""
    which = weekday(match["day"])
    before, after = ((match[name] or "").lower() for name in ("before", "after"))
    this_week = cal.monday_of(said.today)
    if "after" in after:
        return settle(cal.add_days(this_week, 14 + which), match)
    if "next" in before or "next" in after:
        return settle(cal.add_days(this_week, 7 + which), match)
    if before.strip() == "this" or "this" in after:
        return settle(cal.first_from(said.today, which), match)
    first = cal.first_after(said.today, which)
    return settle(cal.add_days(first, 7 if "week" in after else 0), match)


def _weeks_on(match: re.Match[str], said: Said) -> Atom:
    """ "a week on Monday", "two weeks from today", "a fortnight tomorrow", "tomorrow week"."""
    start = (match["start"] or match["start2"]).lower().split()[-1]
    if start in ("today", "now"):
        base = said.today
    elif start == "tomorrow":
        base = cal.add_days(said.today, 1)
    else:
        base = cal.first_after(said.today, weekday(start))
    count = match["count"].lower() if match["count"] else "a"
    if "month" in match[0].lower():
        return settle(cal.add_months(base, number(count)), match)
    weeks = 2 if "fortnight" in match[0].lower() else number(count)
    return settle(cal.add_days(base, 7 * weeks), match)


def _week(match: re.Match[str], said: Said) -> Atom:
    """A working week, or its beginning, middle or end; the end of the week is its Friday."""
    which, edge = ((match[name] or "").lower() for name in ("which", "edge"))
    today = said.today
    ahead = 14 if "after" in which else 7 if "next" in which or "following" in which else 0
    monday = cal.add_days(cal.monday_of(today), ahead)
    friday = cal.add_days(monday, FRIDAY)
    if friday < today:
        monday, friday = cal.add_days(monday, 7), cal.add_days(friday, 7)
    if edge.startswith(("back", "tail", "second", "latter")):
        edge = "late"
    elif edge.startswith(("front", "first")):
        edge = "early"
    if re.search(r"end|out|over|up", edge):
        return settle(friday, match)
    if "mid" in edge:
        middle = cal.add_days(monday, WEDNESDAY)
        return settle(middle if middle > today else cal.first_after(today, WEDNESDAY), match)
    if "late" in edge and not ahead:
        return settle((min(cal.add_days(today, 1), friday), friday), match)
    if "late" in edge:
        return settle((cal.add_days(monday, 3), friday), match)
    if edge:
        if cal.add_days(monday, 1) < today:
            monday = cal.add_days(monday, 7)
        return settle((max(monday, today), cal.add_days(monday, 1)), match)
    return settle((max(monday, today), friday), match)


def _week_of(match: re.Match[str], said: Said) -> Atom | None:
    days = [
        atom.day
        for atom in scan(f"on {match['of']}", (*DATE_RULES, *_NAMED), said)
        if isinstance(atom.day, dt.date)
    ]
    if not days:
        return None
    monday = cal.monday_of(days[0])
    return settle((monday, cal.add_days(monday, FRIDAY)), match)


def _weekend(match: re.Match[str], said: Said) -> Atom:
    """Saturday and Sunday; "before the weekend" is Friday, "before the weekend is over" Sunday."""
    words = " ".join(match[0].lower().split())
    saturday = cal.first_from(cal.monday_of(said.today), cal.SATURDAY)
    if words.startswith("after"):
        return Atom(span=match.span(), day=cal.add_days(saturday, 2))
    if "next" in words:
        saturday = cal.add_days(saturday, 7)
    if "over" in words.split()[-1:] or "end of" in words:
        return Atom(span=match.span(), day=cal.add_days(saturday, 1))
    if words.startswith(("before", "by", "ahead")):
        friday = cal.add_days(saturday, -1)
        if friday < said.today:
            friday = cal.add_days(friday, 7)
        return Atom(span=match.span(), day=friday)
    return settle((max(saturday, said.today), cal.add_days(saturday, 1)), match)


def _working_day(match: re.Match[str], said: Said) -> Atom:
    return settle(said.office.after(said.today, 1), match)


_COUNT = rf"(?P<count>a|one|{NUMBER})"
_START = rf"(?P<start>today|now|tomorrow|(?:next\s+)?{WEEKDAY})(?P<start2>)?"
_NAMED = (
    rule(
        rf"(?P<before>(?:this|next)\s+(?:coming\s+)?"
        rf"|(?<!['’]s\s)(?<!\bis\s)(?<!\bare\s)(?<!\bbe\s)(?<!['’]re\s)(?<!\bI\s)"
        rf"(?<!['’]m\s)coming\s+)?(?P<day>{WEEKDAY})s?"
        r"(?P<after>\s+(?:of\s+|in\s+)?(?:next|this)\s+week|,?\s+the\s+week\s+after(?:\s+next)?"
        r"|\s+after\s+next|\s+week(?!\s*end))?",
        _weekday,
    ),
)
DAY_RULES = (
    rule(
        rf"(?:yesterday|last\s+(?:night|week|month|year|time|{WEEKDAY}(?!\s+(?:of|in)\b))"
        rf"|{WEEKDAY}\s+(?:last\s+week|gone"
        rf"|last))",
        _past,
    ),
    rule(
        rf"(?:(?:a|one|{NUMBER})\s+(?:minutes?|hours?|days?|weeks?|months?|years?)|a\s+(?:while"
        rf"|fortnight))\s+"
        r"(?:ago|before|earlier|late)",
        _past,
    ),
    rule(
        r"the\s+week\s+(?:of|commencing|beginning|starting)\s+"
        r"(?P<of>(?:(?!(?:and|so|but|then|i|we|you|it|they)\b)[\w'-]+\s*){1,5})",
        _week_of,
    ),
    *DATE_RULES,
    rule(
        rf"(?:{_COUNT}\s+(?:weeks?|months?)|a\s+fortnight)\s+(?:on\s+|from\s+|after\s+)?{_START}", _weeks_on
    ),
    rule(r"this\s+day\s+(?:next\s+)?week", _ahead(7)),
    rule(
        rf"(?P<start>tomorrow|today)\s+(?P<count>)(?:week|fortnight)|(?P<start2>{WEEKDAY})\s+fortnight",
        _weeks_on,
    ),
    rule(
        rf"(?:the\s+)?week\s+after\s+next,?\s+(?:on\s+)?(?:the\s+)?(?P<day>{WEEKDAY})",
        lambda match, said: settle(
            cal.add_days(cal.monday_of(said.today), 14 + weekday(match["day"])), match
        ),
    ),
    rule(rf"week\s+(?P<count>)on\s+{_START}", _weeks_on),
    rule(
        rf"next\s+week,?\s+(?:on\s+)?(?P<before>)(?P<day>{WEEKDAY})(?P<after>)",
        lambda match, said: settle(cal.add_days(cal.monday_of(said.today), 7 + weekday(match["day"])), match),
    ),
    *_NAMED,
    rule(
        r"(?:(?:before|by|ahead\s+of|(?:straight\s+)?after)\s+)?(?:(?:the\s+)?end\s+of\s+)?(?:(?:at"
        r"|over|during)\s+)?"
        r"(?:the|this|next)\s+(?:coming\s+)?weekend(?:\s+is\s+over|['’]s\s+over)?",
        _weekend,
    ),
    rule(
        r"(?:(?:the\s+)?(?P<edge>early(?:\s+in)?|later?(?:\s+in)?|mid(?:week)?|(?:end|start"
        r"|beginning|middle|(?:back|tail|front)\s+end"
        r"|(?:first|second|latter)\s+half)\s+of)\s+)"
        r"(?P<which>this\s+week|next\s+week|the\s+week(?:\s+after(?:\s+next)?)?|the\s+following\s+week"
        r"|(?:the\s+)?working\s+week|week)",
        _week,
    ),
    rule(
        r"(?P<edge>)(?P<which>this\s+week|next\s+week|the\s+week\s+after(?:\s+next)?|the\s+following\s+week)",
        _week,
    ),
    rule(
        r"(?:by|before)\s+the\s+(?P<which>week)(?:['’]s|\s+is)\s+(?P<edge>(?P<out>out|over|up|end))",
        _week,
    ),
    rule(r"(?:the\s+)?(?P<edge>mid[- ]?week|middle\s+of\s+the\s+week)(?P<which>)", _week),
    rule(r"(?:the\s+)?day\s+after\s+tomorrow", _ahead(2)),
    rule(r"(?:later\s+(?:on\s+)?)?to-?day(?:\s+itself)?|this\s+(?:very|same)\s+day", _ahead(0)),
    rule(r"to-?morrow|the\s+morrow|the\s+morn|tomoz", _ahead(1)),
    rule(r"(?:the\s+|by\s+the\s+)?next\s+(?:business|working)\s+day", _working_day),
    rule(
        rf"(?P<count>an?|one|two|a\s+couple(?:\s+of)?|{NUMBER})\s+(?P<unit>day|week)s?\s+(?:after"
        rf"|later\s+than)\s+(?:that|then)",
        _after_that,
    ),
    rule(r"(?:that|the\s+same|same)\s+day|(?<=\w )then(?=\s*[.!?]?$)", _after_the_day_named(0)),
    rule(r"the\s+day\s+before", _after_the_day_named(-1)),
    rule(r"(?:the\s+day\s+after|the\s+(?:following|next)\s+day)", _after_the_day_named(1)),
)
