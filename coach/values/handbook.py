"""What the playbook in effect says, for people to read: the values that the engine and windows share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A line to say. ``makes`` is the repair in it, "" where it only stands for its own move.

    ``where`` is "phone" or "counter" where it fits only one of them.
    """

    line: str
    makes: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """About one move, or about what a whole call can miss. ``card`` is what its cue is headed by."""

    name: str
    title: str
    why: str
    card: str
    lines: tuple[Words, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decide:
    """What one may give without asking, each with its limit, and what to ask about first."""

    title: str
    why: str
    may: tuple[tuple[str, str], ...]
    ask_first: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do about a failure that will come one day, and what to say then."""

    name: str
    failure: str
    steps: tuple[str, ...]
    line: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handbook:
    """``points`` says what a source id stands for. ``own``: an organisation's file is in it.

    ``trouble`` is why that file was left out.
    """

    decide: Decide
    plans: tuple[Plan, ...]
    repairs: tuple[Advice, ...]
    sours: tuple[Advice, ...]
    missing: tuple[Advice, ...]
    points: Mapping[str, str]
    practice_sources: tuple[str, ...]
    own: bool = False
    trouble: str = ""
