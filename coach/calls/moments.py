"""Three moments of a call to keep, and one to say again: what is worth taking away from a review. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from coach.calls.record import agent_turns, moves_in, repaired_within, second_of, turn_at
from coach.events import CallRecord, Move, Turn
from coach.taxonomy import FITTING_REPAIRS, is_flag

KEEP = 3
_WORTH = (
    "owning",
    "apologising",
    "partnering",
    "reflecting",
    "root_cause",
    "asking_input",
    "empathising",
    "offering",
    "learning",
    "stating_intent",
    "explaining",
    "committing",
    "thanking",
)
"""Repairs, the most worth keeping first."""


@dataclass(frozen=True, slots=True)
class Moment:
    """``words`` were said at ``at_s``. ``answered`` is the flag it repaired; ``instead`` the repairs that
    would answer it, best first. Either may be empty."""

    turn_index: int
    at_s: float
    move: str
    words: str
    answered: str = ""
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Takeaways:
    keep: tuple[Moment, ...]
    redo: Moment | None


def takeaways(record: CallRecord, contested: Collection[tuple[int, str]] = ()) -> Takeaways:
    """At most three repairs, each in a turn of its own, in the order said: first those that answered a flag.
    And the surest flag that was left open; where all were repaired, the surest that was repaired late.

    ``contested`` are flags the agent called unfair, as (turn index, move): they count for nothing.
    """
    flags = [one for one in repaired_within(record) if (one.turn.index, one.move.name) not in contested]
    answered: dict[tuple[int | None, str | None], str] = {
        (one.repaired_turn_index, one.repaired_by): one.move.name
        for one in reversed(flags)
        if one.repaired_by is not None and not one.late
    }
    used = [
        (turn, move) for turn in agent_turns(record) for move in moves_in(record, turn) if _is_repair(move)
    ]
    used.sort(key=lambda pair: _rank(pair[0], pair[1], answered))
    kept: dict[int, Moment] = {}
    for turn, move in used:
        if len(kept) < KEEP and turn.index not in kept:
            kept[turn.index] = _moment(turn, move, answered.get((turn.index, move.name), ""))
    left = [one for one in flags if one.repaired_by is None] or [one for one in flags if one.late]
    worst = max(left, key=lambda one: one.move.confidence, default=None)
    redo = None
    if worst is not None and turn_at(record, worst.turn.index) is not None:
        redo = _moment(worst.turn, worst.move, "", tuple(FITTING_REPAIRS.get(worst.move.name, ())))
    return Takeaways(tuple(kept[index] for index in sorted(kept)), redo)


def _rank(
    turn: Turn, move: Move, answered: dict[tuple[int | None, str | None], str]
) -> tuple[bool, int, float, int]:
    return (turn.index, move.name) not in answered, _WORTH.index(move.name), -move.confidence, turn.index


def _is_repair(move: Move) -> bool:
    return not is_flag(move.name) and move.name in _WORTH


def _moment(turn: Turn, move: Move, answered: str, instead: tuple[str, ...] = ()) -> Moment:
    start, end = move.evidence
    words = turn.text[start:end].strip()
    at_s = second_of(turn, start) if words else turn.start_s
    return Moment(turn.index, at_s, move.name, words or turn.text.strip(), answered, instead)
