"""Two times that are one: "Tuesday, sorry, Wednesday", "Monday or Tuesday", "one day, two at the latest"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from coach.commitments.due_atoms import Atom
from coach.commitments.due_words import MONTH

_CORRECTED = re.compile(
    r"(?:(?P<excuse>['’]s|\s+is)\s[^.?!]{0,40}?\b(?:holiday|closed|full|no\s+good|no\s+use|taken"
    r"|gone|out)\b)?"
    r"[\s,.;:!?–—-]*(?:(?:oh|uh|um|er|erm|well|wait|hang|hold|that['’]s\s+wrong|better|let['’]s|i['’]m"
    r"|please|ah|na|lang|po|on"
    rf"|at|by|the|before|then|so|and|yeah|{MONTH}"
    r"|(?P<sign>sorry|no|apologies|my\s+mistake|i\s+mean|i\s+meant|i\s+should\s+say|actually|(?:or\s+)?rather"
    r"|(?:i\s+)?tell\s+a\s+lie|call\s+it|that['’]s|that\s+is|it['’]s|it\s+is|which\s+is"
    r"|make\s+(?:that|it)|say|scratch\s+that|correction|excuse\s+me))\b[\s,.;:!?–—-]*)*",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(
    r"[\s,.;:–—-]*(?:(?:ah|oh|uh|um|well)[\s,]*)?(?:no|sorry|wait|hang\s+on|hold\s+on|tell\s+a\s+lie"
    r"|scratch\s+that)\b"
    r"(?:(?!['’]ll\b|\bwill\b|\bgoing\s+to\b|\bI['’]m\b|\band\b|\buntil\b)[^.?!]){0,80}?,\s+"
    r"(?:(?:it|that)(?:['’]ll|['’]s|\s+will|\s+is)\s+(?:have\s+to\s+)?(?:be\s+)?|let['’]s\s+(?:say"
    r"|do)\s+|so\s+|make\s+it\s+)?"
    r"(?:on\s+|by\s+|at\s+)?",
    re.IGNORECASE,
)
""" "On Saturday, no wait, we're half staff, on Monday": taken back, with the reason."""
_NOT = re.compile(r"\bnot\s+(?:(?:on|at|by)\s+)?$", re.IGNORECASE)
_BUT = re.compile(r"\s*,?\s*(?:but\s+)?(?:(?:on|at|by)\s+)?", re.IGNORECASE)
_UP_TO = re.compile(r"\s*,?\s*(?:and|or|to|till|until|through|-|–)\s*(?:maybe\s+|on\s+)?", re.IGNORECASE)
_FROM = re.compile(r"\b(?:between|from)\s+$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|past)\s+$", re.IGNORECASE)
_LATEST = re.compile(
    r",?\s+(?:at\s+(?:the\s+)?(?:very\s+|absolute\s+)?(?:latest|worst|outside)|latest|tops)\b", re.IGNORECASE
)
_MAKE_IT = re.compile(
    r"\b(?:(?:better\s+)?make\s+(?:that|it)|let['’]s\s+(?:say|make\s+it)|scratch\s+that)[\s,]*(?:on"
    r"|by|at)?\s*$",
    re.IGNORECASE,
)
_LOOK_BACK = 40


def corrected(text: str, groups: list[Atom]) -> list[Atom]:
    """Drops what the speaker took back, and reads "between Thursday and Saturday" as one."""
    kept: list[Atom] = []
    for group in groups:
        if kept and group.day and _MAKE_IT.search(text, 0, group.span[0]):
            group = replace(group, span=group.span, weak=False)
            taken_back = kept[-1].day
            kept[-1] = _overridden(kept[-1], group)
            # Where no day was named the others stand as they were said: "at three, and Bob at four".
            kept = [each for each in kept[:-1] if not taken_back or each.day != taken_back] + kept[-1:]
            continue
        first = kept[-1] if kept else None
        if (
            first
            and group.day
            and group.day == first.day
            and not group.clock
            and _said_again(text, first, group)
        ):
            continue
        merged = _replacement(text, kept[-1], group) if kept and not kept[-1].open else None
        if merged is not None:
            kept[-1] = merged
        elif not group.weak:
            kept.append(group)
    return kept


def _replacement(text: str, first: Atom, second: Atom) -> Atom | None:
    gap = (first.span[1], second.span[0])
    if second.weak and not first.clock:
        return None
    taken_back = _CORRECTED.fullmatch(text, *gap)
    if taken_back and (taken_back["sign"] or taken_back["excuse"]):
        return _overridden(first, second)
    explained = _EXPLAINED.fullmatch(text, *gap) is not None and (second.day or second.clock)
    if explained and not first.past and not second.past:
        return _overridden(first, second)
    if _narrowed(text, first, second):
        return _overridden(first, second)
    if second.weak:
        return None
    if _NOT.search(text, max(0, first.span[0] - _LOOK_BACK), first.span[0]) and _BUT.fullmatch(text, *gap):
        return second
    days = (first.day, second.day)
    if isinstance(days[0], dt.date) and isinstance(days[1], dt.date) and _UP_TO.fullmatch(text, *gap):
        start = _FROM.search(text, max(0, first.span[0] - _LOOK_BACK), first.span[0])
        joined = "and" not in text[slice(*gap)].lower()
        if (start or joined) and days[0] < days[1] and not (first.clock or second.clock):
            return replace(
                second,
                span=(start.start() if start else first.span[0], second.span[1]),
                day=(days[0], days[1]),
            )
    return None


def _said_again(text: str, first: Atom, again: Atom) -> bool:
    """ "Tuesday, no, hang on, Tuesday's a holiday": the reason names the day that is taken back."""
    between, behind = text[first.span[1] : again.span[0]], text[again.span[1] : again.span[1] + 4]
    return _SIGN.search(between) is not None and re.match(r"['’]s\b|\s+is\b", behind) is not None


_SIGN = re.compile(r"\b(?:no|sorry|wait|hang|hold|not|actually|correction)\b", re.IGNORECASE)


def _narrowed(text: str, first: Atom, second: Atom) -> bool:
    """ "In the new year, by the 7th", "after midnight, by one"; but "at nine, by ten it's fixed" are two."""
    start, end = first.span[0], second.span[1]
    if text[first.span[1] : second.span[0]].strip() not in (",", ", or", "or"):
        return False
    latest = _LATEST.match(text, end) is not None
    if second.limit is None and not latest:
        return False
    if first.clock and second.clock and second.day is None:
        return bool(_AFTER.search(text, max(0, start - _LOOK_BACK), start) or latest)
    if not isinstance(first.day, dt.date) or not isinstance(second.day, dt.date):
        return False
    return first.clock is None and 0 <= (second.day - first.day).days <= 31


def _overridden(first: Atom, second: Atom) -> Atom:
    """The second wins wherever it says something; a new hour keeps the day, a new day keeps the hour."""
    if second.whole or first.whole or second.open or first.past or first.impossible:
        return replace(second, weak=False)
    part = second.part or (None if second.clock else first.part)
    return replace(
        second,
        day=second.day or (None if second.back is not None else first.day),
        clock=second.clock or (None if second.part else first.clock),
        part=part if part or not second.clock else first.part,
        limit=second.limit or first.limit,
        every=first.every or second.every,
        weak=False,
    )
