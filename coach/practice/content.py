"""The written exercises, as ``assets/practice`` holds them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass

from coach.taxonomy import CONTENTIOUS, FITTING_REPAIRS, MOVES, REPAIR

NO_MOVE = "none"
"""The answer of a name-the-move item whose turn makes no move at all."""

CONFIG = ConfigDict(extra="forbid")


def _contentious(name: str) -> str:
    if name not in CONTENTIOUS:
        raise ValueError(f"{name} is no contentious move")
    return name


def _repair(name: str) -> str:
    if name not in REPAIR:
        raise ValueError(f"{name} is no repair move")
    return name


def _move(name: str) -> str:
    if name not in MOVES:
        raise ValueError(f"{name} is no move")
    return name


Text = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Contentious = Annotated[str, AfterValidator(_contentious)]
Repair = Annotated[str, AfterValidator(_repair)]
AnyMove = Annotated[str, AfterValidator(_move)]
Sources = Annotated[tuple[str, ...], Field(min_length=1)]
Setting = Literal["phone", "counter"]
Trade = Literal[
    "telecom",
    "bank",
    "airline",
    "hotel",
    "counter",
    "utility",
    "insurance",
    "clinic",
    "parcel",
    "software",
    "public-office",
    "restaurant",
    "garage",
    "letting",
]


@dataclass(frozen=True, slots=True, config=CONFIG)
class Situation:
    """One moment to repair: the agent said ``said``, which made ``move``, and the customer answers.

    ``needs`` are the repairs a full answer makes, ``need`` says it in a sentence. ``poor`` is the answer that
    tempts, ``poor_why`` what is wrong with it.
    """

    id: Id
    trade: Trade
    setting: Setting
    move: Contentious
    said: Text
    customer: Text
    needs: Annotated[tuple[Repair, ...], Field(min_length=1)]
    need: Text
    good: Annotated[tuple[Text, ...], Field(min_length=2)]
    poor: Text
    poor_why: Text
    sources: Sources

    def __post_init__(self) -> None:
        if not set(self.needs) & set(FITTING_REPAIRS[self.move]):
            raise ValueError(f"needs: none of {', '.join(self.needs)} answers {self.move}")


QuizKind = Literal["name-move", "pick-repair", "near-miss"]


@dataclass(frozen=True, slots=True, config=CONFIG)
class QuizItem:
    """One question. ``right`` and ``wrong`` together are the options: move names for "name-move" (or
    ``NO_MOVE``), lines otherwise. ``taken_from`` are the ids of the training turns it was made from.
    """

    id: Id
    kind: QuizKind
    move: AnyMove
    right: Annotated[tuple[Text, ...], Field(min_length=1)]
    wrong: Annotated[tuple[Text, ...], Field(min_length=2)]
    why: Text
    sources: Sources
    turn: str = ""
    ask: str = ""
    taken_from: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind != "near-miss" and not self.turn:
            raise ValueError("turn: missing")
        options = (*self.right, *self.wrong)
        if len(set(options)) != len(options):
            raise ValueError("an option appears twice")
        if self.kind == "name-move":
            for option in options:
                if option != NO_MOVE and option not in MOVES:
                    raise ValueError(f"{option} is no move")

    @property
    def explanation(self) -> str:
        """Why the right answer is right, with the ids of its sources at the end."""
        return f"{self.why} ({', '.join(self.sources)})"


Effect = Literal["calms", "holds", "heats"]


@dataclass(frozen=True, slots=True, config=CONFIG)
class Instead:
    """Another way to say it, the moves it makes, the likely reply, and what it does to the heat."""

    say: Text
    makes: tuple[AnyMove, ...]
    reply: Text
    effect: Effect


@dataclass(frozen=True, slots=True, config=CONFIG)
class WhatIf:
    """One turn the agent said, and three other ways to say it."""

    id: Id
    trade: Trade
    setting: Setting
    move: Contentious
    customer: Text
    said: Text
    instead: Annotated[tuple[Instead, ...], Field(min_length=3, max_length=3)]
    sources: Sources
