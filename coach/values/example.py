"""An example call to look at: what was said on both sides, and what the coach made of it."""

from __future__ import annotations

from dataclasses import dataclass

from coach.events import CallHeader, Event, Turn


@dataclass(frozen=True, slots=True)
class ExampleTurn:
    """``customer`` is what the customer said just before, which no coach hears."""

    customer: str
    turn: Turn
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Example:
    header: CallHeader
    about: str
    turns: tuple[ExampleTurn, ...]
