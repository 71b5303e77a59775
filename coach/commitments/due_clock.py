"""Clock times as people say them: half past four, quarter to five, half four, 3 p.m., at three."""

from __future__ import annotations

import re

from coach.commitments.due_atoms import Clock
from coach.commitments.due_words import WEEKDAY, number

_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|2[0-4]|1\d|0?\d)"
_MINUTES = (
    r"(?:[ -](?:oh[ -](?:one|two|three|four|five|six|seven|eight|nine)|ten|fifteen|(?:twenty|thirty|forty"
    r"|fifty)"
    r"(?:[ -]five)?))"
)
_MERIDIEM = (
    r"(?:\s*(?:[ap]\.m\.?|[ap]m\b)|\s+(?:in\s+the|inna\s+(?:the|di)|a)\s+(?:morning|afternoon|evening)"
    r"|\s+at\s+night)"
)
_NAMED = r"(?:(?:twelve\s+)?noon|midday|midnight)"
_PAST = (
    r"(?:half\s+past|half|(?:a\s+)?quarter\s+(?:past|to|after)"
    r"|(?:five|ten|twenty(?:[ -]five)?|\d{1,2}\s+minutes?)\s+(?:minutes?\s+)?"
    r"(?:past|to(?!\s+\d{1,2}\s*[ap]\.?m))"
    r"|\d{1,2}\s+past)\s+"
)
_OCLOCK = r"\s*o['’]?\s?clock"

STRONG = (
    rf"(?:{_NAMED}|{_PAST}{_HOUR}(?!\s+(?:hours?|days?|minutes?|of|business"
    rf"|working)\b)(?:{_OCLOCK})?{_MERIDIEM}?"
    rf"|{_HOUR}:[0-5]\d{_MERIDIEM}?|{_HOUR}(?:[.:][0-5]\d|{_MINUTES})?{_MERIDIEM}"
    rf"|{_HOUR}{_OCLOCK}{_MERIDIEM}?)"
)
"""A time that needs nothing beside it to be known as one."""

ANY = rf"(?:{STRONG}|{_HOUR}(?:[.:][0-5]\d|{_MINUTES})?)"

ENDS = (
    r"(?=\s*(?:[,;:!?)–—]|\.(?!\d)|-\s|$)"
    r"|\s+(?:on|in\s+the|this|to-?morrow|today|tonight|and|to|so|with|but|if|when|for|or|then|i|we|you|it"
    r"|they|he|she"
    r"|as|sharp|latest|at|please|that|because|by|every|each|from|until|before|after|once|next|local|your|my"
    r"|our|the|whatever|either|just|about|regarding|concerning|re|over|will|an?|her|his|him|them|their|me|us"
    r"|there|here|who|which|where|while|unless|since|though|exactly|max|okay|ok|right|yeah|sir|madam|not|no"
    r"|instead|straight|onwards?|only|also|again|myself|without|back|out|these|those|some(?:one|body)?"
    rf"|{WEEKDAY}s?|[ap]\.?m)\b)"
)
"""What may follow a bare number: without it "at two shops" would be a time."""

_READ = re.compile(
    rf"(?P<past>{_PAST})?(?P<hour>{_HOUR}|{_NAMED})(?:[.:](?P<digits>\d\d))?(?P<words>{_MINUTES})?"
    rf"(?:{_OCLOCK})?(?P<meridiem>{_MERIDIEM})?",
    re.IGNORECASE,
)
_SHARE = {"half": 30, "quarter": 15}
_SMALL_HOURS = 5
""" "At two at night" is no afternoon."""


def read_clock(text: str) -> Clock:
    """The time in a text that ``STRONG`` or ``ANY`` matched."""
    lowered = " ".join(text.lower().split())
    if ("noon" in lowered and "after" not in lowered) or "midday" in lowered:
        return Clock(12, 0, True)
    if "midnight" in lowered:
        return Clock(24, 0, True)
    match = _READ.match(lowered)
    assert match is not None
    hour, minute = number(match["hour"]), int(match["digits"] or 0)
    if match["words"]:
        minute = number(match["words"])
    sure = hour > 12 or match["hour"].startswith("0")
    if match["past"]:
        hour, minute = _apply_past(match["past"], hour)
    if match["meridiem"]:
        return Clock(_apply_meridiem(match["meridiem"], hour), minute, True)
    return Clock(hour, minute, sure)


def _apply_past(past: str, hour: int) -> tuple[int, int]:
    words = re.sub(r"^a |\bminutes?\b|\b(?:past|to|after)\b", "", past).strip()
    minutes = _SHARE[words] if words in _SHARE else number(words)
    if re.search(r"\bto\b", past):
        return (hour - 1 or 12), 60 - minutes
    return hour, minutes


def _apply_meridiem(meridiem: str, hour: int) -> int:
    plain = meridiem.replace(".", "").strip()
    if (plain.startswith("a") and plain != "at night") or plain.endswith("morning"):
        return 0 if hour == 12 else hour
    if plain == "at night" and (hour == 12 or hour < _SMALL_HOURS):
        return 24 if hour == 12 else hour
    return hour + 12 if hour < 12 else hour
