"""The pieces a due expression is made of, and how they are found in a text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.commitments.office import ALWAYS, Office
from coach.events import Due

Days = dt.date | tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. ``sure`` is false where morning or evening was not said ("at three")."""

    hour: int
    minute: int = 0
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day, as wall-clock (hour, minute) from and to."""

    name: str
    start: tuple[int, int]
    end: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece, with what it settles; what it leaves open is None."""

    span: tuple[int, int] = (0, 0)
    day: Days | None = None
    clock: Clock | tuple[Clock, Clock] | None = None
    part: Part | None = None
    limit: str | None = None
    """"by" (also until) or "before"."""
    whole: Due = None
    """A value that needs no other piece: [now, now + 48 hours]."""
    back: int | None = None
    """Days from the day named before it: 0 "that afternoon", 1 "the day after"."""
    every: bool = False
    past: bool = False
    """"yesterday", "last Friday": consumed, never due."""
    impossible: bool = False
    """A date that the calendar does not have."""
    open: bool = False
    """An event with no date: "when it lands"."""
    weak: bool = False
    """Counts only as the correction of a time said just before it."""
    fuse: bool = True
    """Whether neighbouring pieces may join it."""


@dataclass(frozen=True, slots=True)
class Said:
    """When the words were said, and when the organisation works."""

    now: dt.datetime
    office: Office = ALWAYS

    @property
    def today(self) -> dt.date:
        return self.now.date()


Read = Callable[[re.Match[str], Said], Atom | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it means. Earlier rules claim the text first."""

    pattern: re.Pattern[str]
    read: Read


_MIDDLE = r"(?<!\d\.(?=\d))"
"""Not from the middle of a number on: "1.5 hours" is no five hours."""


def rule(pattern: str, read: Read, *, cased: bool = False) -> Rule:
    flags = 0 if cased else re.IGNORECASE
    return Rule(re.compile(rf"(?<![\w'’-]){_MIDDLE}(?:{pattern})(?![\w-])", flags), read)


def scan(text: str, rules: Sequence[Rule], said: Said) -> list[Atom]:
    """Every piece of the text in reading order, none overlapping another."""
    found: list[Atom] = []
    taken = bytearray(len(text))
    for each in rules:
        for match in each.pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            atom = each.read(match, said)
            if atom is not None:
                taken[start:end] = b"\1" * (end - start)
                found.append(atom)
    return sorted(found, key=lambda atom: atom.span)
