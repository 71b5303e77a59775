"""Playing a scenario: moves in, the customer's next line out. Pure: a standing is never changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from coach.practice.scenario import Ending, Scenario
from coach.taxonomy import CONTENTIOUS, REPAIR
from coach.values.practice_log import Grade

_GRADES: dict[Ending, Grade] = {"good": Grade.GOOD, "so-so": Grade.HARD, "bad": Grade.AGAIN}


@dataclass(frozen=True, slots=True)
class Step:
    """One turn of the agent: the moves heard in it, and the heat before and after."""

    moves: tuple[str, ...]
    heat_before: int
    heat_after: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the call is: the state, its heat (0 cool to 5 hot), the customer's line, and how it came here."""

    state: str
    heat: int
    line: str
    steps: tuple[Step, ...] = ()
    stayed: int = 0
    ending: Ending | None = None

    @property
    def heard(self) -> frozenset[str]:
        return frozenset(move for step in self.steps for move in step.moves)


def begin(scenario: Scenario) -> Standing:
    first = scenario.states[scenario.start]
    return Standing(scenario.start, first.heat, first.says)


def answer(scenario: Scenario, standing: Standing, moves: Collection[str]) -> Standing:
    """The call after one turn of the agent that made ``moves``. Raises ``ValueError`` after the end."""
    if standing.ending is not None:
        raise ValueError("the call is over")
    heard = tuple(sorted(set(moves)))
    name = scenario.states[standing.state].next(heard, standing.heard | set(heard))
    ended = scenario.states[name].ending is not None
    if not ended and len(standing.steps) + 1 >= scenario.most_turns:
        name = scenario.time_up
    state = scenario.states[name]
    stays = name == standing.state and bool(state.again)
    return replace(
        standing,
        state=name,
        heat=state.heat,
        line=state.again[standing.stayed % len(state.again)] if stays else state.says,
        steps=(*standing.steps, Step(heard, standing.heat, state.heat)),
        stayed=standing.stayed + 1 if stays else 0,
        ending=state.ending,
    )


@dataclass(frozen=True, slots=True)
class Debrief:
    """After the call: the heat over it, which moves cooled and which heated it, and a few kind words."""

    ending: Ending
    heats: tuple[int, ...]
    cooled_by: tuple[str, ...]
    heated_by: tuple[str, ...]
    words: str

    @property
    def grade(self) -> Grade:
        return _GRADES[self.ending]


def debrief(standing: Standing, names: Mapping[str, str]) -> Debrief:
    """Raises ``ValueError`` before the end. ``names`` are the moves' names for people."""
    if standing.ending is None:
        raise ValueError("the call is not over")
    heats = (standing.steps[0].heat_before, *(step.heat_after for step in standing.steps))
    cooled = _moves_of([s for s in standing.steps if s.heat_after < s.heat_before], REPAIR)
    heated = _moves_of([s for s in standing.steps if s.heat_after > s.heat_before], CONTENTIOUS)
    said = {
        "good": "That ended well.",
        "so-so": "You got part of the way.",
        "bad": "That one got away. It is what practice is for.",
    }[standing.ending]
    if cooled:
        said += f" What helped: {_listed(cooled, names)}."
    if heated:
        said += f" What heated it: {_listed(heated, names)}."
    return Debrief(standing.ending, heats, cooled, heated, said)


def _moves_of(steps: list[Step], kind: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(move for step in steps for move in step.moves if move in kind))


def _listed(moves: tuple[str, ...], names: Mapping[str, str]) -> str:
    shown = (names.get(move, move.replace("_", " ")) for move in moves)
    return ", ".join(name[:1].lower() + name[1:] for name in shown)
