"""When a promise falls due: finds due expressions inside a sentence and resolves them.

Conventions. By, before or until X is one value, the deadline. "Within" or "in the next" N is [now, now + N].
A bare weekday is the first after today, "next Tuesday" the one of the following Monday-to-Sunday week.
Lengths in days and longer give dates, in hours and shorter give date-times. A bare hour is the next one in
working hours (8 to 18, not on a weekend unless the call is on one). Of corrected times the last counts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from coach.commitments import due_calendar as cal
from coach.commitments.due_atoms import Atom, Clock, Days, Part, Rule, Said, rule, scan
from coach.commitments.due_corrections import corrected
from coach.commitments.due_days import DAY_RULES
from coach.commitments.due_spans import SPAN_RULES
from coach.commitments.due_times import CLOSING, EVENT_RULES, FIRST_THING, NIGHT, TIME_RULES
from coach.commitments.due_words import without_ish
from coach.commitments.office import ALWAYS, Office
from coach.events import Due

Kind = Literal["day", "time", "range", "deadline", "recurring", "open", "impossible"]


@dataclass(frozen=True, slots=True)
class DueFound:
    """``span`` is the half-open range of ``text`` in the sentence.

    ``due`` is None for open events and for dates that do not exist.
    """

    text: str
    span: tuple[int, int]
    due: Due
    kind: Kind


@dataclass(frozen=True, slots=True)
class Times:
    """The due expressions of a text, the places of all times (also past ones) and the last day named."""

    found: list[DueFound]
    spans: list[tuple[int, int]]
    named: dt.date | None


def _week_later(match: re.Match[str], said: Said) -> Atom:
    moment = cal.at(cal.add_days(said.today, 7), said.now.hour, said.now.minute, said.now.tzinfo)
    return Atom(span=match.span(), whole=moment, fuse=False)


_RULES: tuple[Rule, ...] = (
    *EVENT_RULES,
    rule(r"(?:at\s+)?this\s+time\s+next\s+week", _week_later),
    *SPAN_RULES,
    *DAY_RULES,
    *TIME_RULES,
)
_GLUE = re.compile(
    r"(?:['’]s\b)?[\s,]*(?:(?:on|at|in|of|the|for(?:\s+you)?|around|about|roughly|some\s?time|say"
    r"|during|from|sharp|any\s?time"
    r"|latest|anywhere|(?:bang\s+|dead\s+)?on(?:\s+the\s+(?:dot|nose|button))?|prompt|only|itself"
    r"|po|sir|ma['’]am|madam|[AP]M\s+(?:schedule|slot))\b[\s,]*)*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\b(?:on|at|in|during|from|around|about|over(?=\s+the)|some\s?time)\s+(?:around\s+"
    r"|about\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_AND_THEN = re.compile(r"\b(?:and|then)\b", re.IGNORECASE)
_NEXT_ACT = re.compile(
    r"['’](?:ll|m|re|ve)\b|\b(?:and|but|or|will|shall|going|gonna|if|when|because)\b|[.?!;]", re.IGNORECASE
)
_ON_ITS_OWN = re.compile(
    r",\s*(?:(?:the\s+\w+\s+(?:trip|one|boat|slot),?|the|at|around|about|say|call\s+it|so\s+call\s+it"
    r"|so)\s+)*(?:the\s+)?$",
    re.IGNORECASE,
)
_LOOK_BACK = 40
_EARLIEST_CALL, _LATEST_CALL = 6, 20
"""Hours between which a bare hour is one of working time."""
_AFTER_HOURS = 18
_EARLY = 7
""""Between seven and nine" is the morning's, as a van comes; "at seven" is the evening's."""


def find_due(text: str, said_at: dt.datetime, office: Office = ALWAYS) -> list[DueFound]:
    """Every due expression of ``text``, in reading order, resolved against when it was said."""
    return read_times(text, said_at, office=office).found


def read_times(
    text: str, said_at: dt.datetime, named: dt.date | None = None, office: Office = ALWAYS
) -> Times:
    """``named`` is the day last named before this text, for "that afternoon"."""
    text, said = without_ish(text), Said(said_at, office)
    found: list[DueFound] = []
    groups = list(_groups(text, scan(text, _RULES, said)))
    last: tuple[int, Days, Part | None] | None = None
    for group in corrected(text, groups):
        narrowed = last is not None and found and _narrows(group, last, text[last[0] : group.span[0]])
        if last is not None and narrowed:
            _, due = _resolve(replace(group, day=last[1], part=last[2]), said, named)
            found[-1] = replace(found[-1], due=due, kind=_kind(group, due))
            continue
        if last is not None and _goes_on(group, text[last[0] : group.span[0]]):
            group = replace(group, day=_day_after(last[1], group) if last[2] == NIGHT else last[1])
        elif group.day is not None and not group.past:
            last = (group.span[1], group.day, group.part)
        if group.back == 0 and named is None and text[slice(*group.span)] == "then":
            continue
        day, due = _resolve(group, said, named)
        named = day or named
        if not group.past:
            start, end = group.span
            found.append(DueFound(text[start:end], group.span, due, _kind(group, due)))
    return Times(found, [group.span for group in groups], named)


def _goes_on(group: Atom, between: str) -> bool:
    """ "I'll see her on Monday and then ring you at half past five": the hour is of the day just named."""
    bare = group.day is None and group.back is None and group.whole is None and not group.every
    hour = group.clock is not None or (group.part is not None and group.part != NIGHT)
    return bare and hour and not (group.past or group.open) and _AND_THEN.search(between) is not None


_FAR = 50


def _narrows(group: Atom, last: tuple[int, Days, Part | None], between: str) -> bool:
    """ "On the Sunday ferry, the eight forty-five": an hour told on its own is of the day just named."""
    bare = group.clock is not None and group.day is None and group.back is None and group.whole is None
    if not bare or group.past or group.every or group.limit or len(between) > _FAR or last[2] == NIGHT:
        return False
    return _NEXT_ACT.search(between) is None and _ON_ITS_OWN.search(between) is not None


def _day_after(day: Days, group: Atom) -> Days:
    """ "We'll keep her in tonight, and ring you at eight in the morning": of the morning after."""
    clock = group.clock[0] if isinstance(group.clock, tuple) else group.clock
    early = clock.sure and clock.hour < 12 if clock else group.part is not None and group.part.start < (12, 0)
    return cal.add_days(day, 1) if early and isinstance(day, dt.date) else day


def _groups(text: str, atoms: list[Atom]) -> Iterator[Atom]:
    """Neighbouring pieces folded into one: "tomorrow", "by", "noon"."""
    current: list[Atom] = []
    for atom in atoms:
        if current and not _joins(text, current, atom):
            yield from _folded(text, current)
            current = [last for last in current[-1:] if _is_limit(last) and _joins(text, [last], atom)]
        current.append(atom)
    yield from _folded(text, current)


def _joins(text: str, current: list[Atom], atom: Atom) -> bool:
    last = current[-1]
    if _is_limit(last) and _is_limit(atom):
        return False
    if not (last.fuse and atom.fuse and _GLUE.fullmatch(text, last.span[1], atom.span[0])):
        return False
    both = [_fold(current), atom]
    if all(piece.day is not None or piece.back is not None for piece in both):
        return both[0].day == both[1].day is not None
    if all(piece.clock for piece in both):
        return False
    parts = [piece.part for piece in both]
    if all(parts) and FIRST_THING not in parts and parts[0] != parts[1]:
        return "morning" in [part.name for part in parts if part] and any(
            part.start == part.end for part in parts if part
        )
    return not (atom.past and any(piece.day for piece in current))


def _folded(text: str, atoms: list[Atom]) -> Iterator[Atom]:
    while atoms and _is_limit(atoms[-1]):
        atoms = atoms[:-1]
    if not atoms:
        return
    group = _fold(atoms)
    strong = any(not piece.weak and not _is_limit(piece) for piece in atoms)
    if group.part == NIGHT and group.day is None and group.back is None:
        return
    if not strong and not (group.limit and group.part) and not group.clock:
        return
    lead = None
    if not group.every and not group.whole and not _is_limit(atoms[0]):
        lead = _LEAD.search(text, max(0, group.span[0] - _LOOK_BACK), group.span[0])
    start = lead.start() if lead else group.span[0]
    yield replace(group, span=(start, group.span[1]), weak=not strong and group.limit is None)


def _is_limit(atom: Atom) -> bool:
    return bool(atom.limit) and atom == Atom(span=atom.span, limit=atom.limit)


def _fold(atoms: list[Atom]) -> Atom:
    """Later pieces win, but "first thing" is not undone by the morning it belongs to."""
    whole = atoms[0]
    for atom in atoms[1:]:
        part = atom.part or whole.part
        if (
            whole.part
            and whole.part != NIGHT
            and (whole.part == FIRST_THING or whole.part.start == whole.part.end)
        ):
            part = whole.part
        whole = Atom(
            span=(whole.span[0], atom.span[1]),
            day=atom.day or whole.day,
            clock=atom.clock or whole.clock,
            part=part,
            limit=atom.limit or whole.limit,
            whole=atom.whole or whole.whole,
            back=whole.back if atom.back is None else atom.back,
            every=whole.every or atom.every,
            past=whole.past or atom.past,
            impossible=whole.impossible or atom.impossible,
            fuse=whole.fuse and atom.fuse,
        )
    return whole


def _resolve(group: Atom, said: Said, named: dt.date | None) -> tuple[dt.date | None, Due]:
    """The day a group names, for "that afternoon" after it, and its due value."""
    if group.open or group.impossible or group.past:
        return None, None
    if group.whole is not None:
        return (None, group.whole)
    day: Days | None = group.day
    if day is None and group.back is not None:
        day = cal.add_days(named or said.today, group.back)
    if day is None and group.every and not group.clock and not group.part:
        day = cal.add_days(said.today, 1)
    due = _due(day, group, said)
    if day is None and due is not None:
        start = due[0] if isinstance(due, tuple) else due
        return (start.date() if isinstance(start, dt.datetime) else start), due
    if isinstance(due, tuple) and due[0] == due[1]:
        due = due[0]
    return (day[0] if isinstance(day, tuple) else day), due


def _due(day: Days | None, group: Atom, said: Said) -> Due:
    value: Due
    if group.clock is not None:
        value = _clock_due(day, group.clock, group.part, said)
    elif group.part is not None:
        value = _part_due(day, group.part, said)
    else:
        value = day
    if group.limit == "now" and value is not None:
        end = value[1] if isinstance(value, tuple) else value
        start = said.now if isinstance(end, dt.datetime) else said.today
        return (start, end) if start <= end else end
    if not isinstance(value, tuple) or group.limit is None:
        return value
    to_start = group.limit == "before" or (group.part is not None and group.part.name == "lunch")
    return value[0] if to_start else value[1]


def _part_due(day: Days | None, part: Part, said: Said) -> Due:
    if part.name == CLOSING.name:
        closes = (said.office.closes.hour, said.office.closes.minute)
        part = replace(part, start=closes, end=closes)
    if day is None:
        begun = (said.now.hour, said.now.minute) >= part.start
        day = _next_day(part, said) if begun else said.today
    last = day[1] if isinstance(day, tuple) else day
    start = cal.at(last, *part.start, said.now.tzinfo)
    return start if part.start == part.end else (start, cal.at(last, *part.end, said.now.tzinfo))


def _next_day(part: Part, said: Said) -> dt.date:
    return said.office.after(said.today, 1) if part.name == CLOSING.name else cal.add_days(said.today, 1)


def _clock_due(day: Days | None, clock: Clock | tuple[Clock, Clock], part: Part | None, said: Said) -> Due:
    if isinstance(clock, Clock):
        guess = not clock.sure and part is None
        unusual = not _EARLIEST_CALL <= said.now.hour < _LATEST_CALL
        if guess and day is None and (unusual or _is_this_evening(clock, said)):
            return _next_on_the_dial(clock, said)
        return _placed(day, _daytime(clock, part, said.office), said, guess=guess)
    if part is None and clock[0].hour == _EARLY and _EARLY < clock[1].hour <= 12 and not clock[0].sure:
        clock = replace(clock[0], sure=True), replace(clock[1], sure=True)
    start, end = (_daytime(each, part, said.office) for each in clock)
    if (start.hour, start.minute) >= (end.hour, end.minute):
        if clock[0].sure or clock[0].hour > 12 or start.hour >= 24:
            end = _next_after(start, clock[1])
        elif end.hour + 12 <= 22:
            end = replace(end, hour=end.hour + 12)
        else:
            start = replace(start, hour=start.hour - 12)
    first = _placed(day, start, said, guess=False)
    # Midnight is counted as 24 of the day before, and ``first`` is of the day that it begins.
    return first, _moment(cal.add_days(first.date(), -(start.hour // 24)), end, said)


def _next_after(start: Clock, end: Clock) -> Clock:
    """ "11 pm to 1 am" ends on the day after: the first time after ``start`` that ``end`` may mean."""
    known = end.sure or end.hour > 12
    hours = (end.hour, end.hour + 24) if known else (end.hour % 12 + half for half in (0, 12, 24))
    later = (hour for hour in hours if (hour, end.minute) > (start.hour, start.minute))
    return replace(end, hour=next(later), sure=True)


def _is_this_evening(clock: Clock, said: Said) -> bool:
    """Who is at work after six means the eight o'clock of the same evening."""
    now, then = (said.now.hour, said.now.minute), (clock.hour % 12 + 12, clock.minute)
    return said.now.hour >= _AFTER_HOURS and now < then <= (22, 0)


def _next_on_the_dial(clock: Clock, said: Said) -> dt.datetime:
    """At night "by one" is the next one o'clock, whichever half of the day it is in."""
    hours = (clock.hour % 12, clock.hour % 12 + 12)
    moments = [
        cal.at(cal.add_days(said.today, ahead), hour, clock.minute, said.now.tzinfo)
        for ahead in (0, 1)
        for hour in hours
    ]
    return next(moment for moment in moments if moment > said.now)


def _daytime(clock: Clock, part: Part | None, office: Office) -> Clock:
    """Morning or evening decided: by the part of the day, else so that it falls in working hours."""
    if not clock.sure and clock.hour == 12 and part is not None and part.start >= NIGHT.start:
        return replace(clock, hour=24)  # "tonight between ten and twelve"
    if clock.sure or clock.hour >= 12:
        return clock
    later = clock.hour < office.opens.hour if part is None else part.start >= (12, 0)
    return replace(clock, hour=clock.hour + 12) if later else clock


def _placed(day: Days | None, clock: Clock, said: Said, *, guess: bool) -> dt.datetime:
    if day is not None:
        named = day[0] if isinstance(day, tuple) else day
        moment = _moment(named, clock, said)
        if guess and named == said.today and moment <= said.now and clock.hour <= 10:
            return _moment(named, replace(clock, hour=clock.hour + 12), said)
        return moment
    moment = _moment(said.today, clock, said)
    if moment > said.now:
        return moment
    tomorrow = cal.add_days(said.today, 1)
    if said.office.is_open(said.today) and not said.office.is_open(tomorrow):
        tomorrow = said.office.after(said.today, 1)
    return _moment(tomorrow, clock, said)


def _moment(day: dt.date, clock: Clock, said: Said) -> dt.datetime:
    days, hour = divmod(clock.hour, 24)
    return cal.at(cal.add_days(day, days), hour, clock.minute, said.now.tzinfo)


def _kind(group: Atom, due: Due) -> Kind:
    if group.impossible:
        return "impossible"
    if due is None:
        return "open"
    if group.every:
        return "recurring"
    if isinstance(due, tuple):
        return "range"
    if group.limit or (group.part is not None and group.part.start == group.part.end):
        return "deadline"
    return "time" if isinstance(due, dt.datetime) else "day"
