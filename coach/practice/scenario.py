"""A role-play as it is written: a small state machine whose customer calms or heats up by the moves heard."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic.dataclasses import dataclass

from coach.practice.content import CONFIG, Id, Setting, Sources, Text, Trade
from coach.taxonomy import CONTENTIOUS, MOVES, REPAIR
from coach.values.aloud import Speaker

COOL, HOT = 0, 5
GROUPS: dict[str, frozenset[str]] = {"contentious": frozenset(CONTENTIOUS), "repair": frozenset(REPAIR)}
"""Words that stand for many moves in a rule."""

Ending = Literal["good", "so-so", "bad"]


def _known(name: str) -> str:
    if name not in MOVES and name not in GROUPS:
        raise ValueError(f"{name} is no move")
    return name


Moves = tuple[Annotated[str, AfterValidator(_known)], ...]


def spread_out(names: Iterable[str]) -> frozenset[str]:
    """The moves a list of names stands for."""
    return frozenset().union(*(GROUPS.get(name, frozenset({name})) for name in names))


@dataclass(frozen=True, slots=True, config=CONFIG)
class Rule:
    """Where the call goes when this was heard: all of ``heard``, one of ``one_of``, none of ``without``, and
    all of ``so_far`` at some time in the call, this turn included."""

    to: Text
    heard: Moves = ()
    one_of: Moves = ()
    without: Moves = ()
    so_far: Moves = ()

    def fits(self, now: Collection[str], so_far: Collection[str]) -> bool:
        return (
            all(spread_out([name]) & set(now) for name in self.heard)
            and (not self.one_of or bool(spread_out(self.one_of) & set(now)))
            and not spread_out(self.without) & set(now)
            and all(spread_out([name]) & set(so_far) for name in self.so_far)
        )


@dataclass(frozen=True, slots=True, config=CONFIG)
class State:
    """A moment of the call. ``says`` is the customer's line on coming in, ``again`` the lines for staying.

    The first rule of ``on`` that fits decides; where none does, ``otherwise``. An ending has neither.
    """

    heat: Annotated[int, Field(ge=COOL, le=HOT)]
    says: Text
    again: tuple[Text, ...] = ()
    ending: Ending | None = None
    on: tuple[Rule, ...] = ()
    otherwise: str = ""

    def next(self, now: Collection[str], so_far: Collection[str]) -> str:
        return next((rule.to for rule in self.on if rule.fits(now, so_far)), self.otherwise)


@dataclass(frozen=True, slots=True, config=CONFIG)
class Scenario:
    """One short call. ``brief`` tells the agent who they are and what they may do.

    After ``most_turns`` turns of the agent the call goes to the ending ``time_up``.
    """

    id: Id
    title: Text
    trade: Trade
    setting: Setting
    customer: Text
    brief: Text
    start: Text
    most_turns: Annotated[int, Field(ge=3, le=12)]
    time_up: Text
    sources: Sources
    states: dict[str, State]
    voice: Speaker = Speaker.ANYBODY
    """The customer's."""
