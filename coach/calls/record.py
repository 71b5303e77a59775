"""Growing a call's record, and reading it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from coach.complaint import mends
from coach.events import (
    Answer,
    CallRecord,
    Commitment,
    Cue,
    CueEnd,
    CueEnded,
    Gap,
    Move,
    MovesFound,
    Recordable,
    Speaker,
    Turn,
)
from coach.taxonomy import FITTING_REPAIRS, is_flag

T = TypeVar("T")


def apply(record: CallRecord, item: Recordable) -> None:
    """Let ``record`` grow by one event.

    The same turn, cue, commitment or gap replaces the earlier one, so any order and any repetition of the
    same events gives the same record. The record's duration grows with what it holds.
    """
    match item:
        case Turn():
            _place(record.turns, item, lambda turn: turn.index)
            _reach(record, item.end_s)
        case MovesFound():
            record.moves[item.turn_index] = item.moves
        case Cue():
            _put(record.cues, item, same=lambda cue: cue.id, order=lambda cue: (cue.at_s, cue.id))
            _reach(record, item.at_s)
        case CueEnded():
            record.cue_ends[item.cue_id] = item
            _reach(record, item.at_s)
        case Commitment():
            _put(record.commitments, item, same=lambda promise: promise.id, order=_place_of_commitment)
            _reach(record, item.end_s)
        case Gap():
            _place(record.gaps, item, _place_of_gap)
            _reach(record, item.end_s)


def standing(record: CallRecord) -> list[Commitment]:
    """The promises of the call without those the agent dropped as none."""
    return [promise for promise in record.commitments if promise.answer is not Answer.DROPPED]


def _put(items: list[T], item: T, same: Callable[[T], object], order: Callable[[T], Any]) -> None:
    others = [other for other in items if same(other) != same(item)]
    items[:] = sorted([*others, item], key=order)


def _place(items: list[T], item: T, place: Callable[[T], Any]) -> None:
    """Into ``items``, in the order of their places, whose number must not make a long call slower."""
    at = bisect_left(items, place(item), key=place)
    is_there = at < len(items) and place(items[at]) == place(item)
    items[at : at + is_there] = [item]


def _place_of_commitment(promise: Commitment) -> tuple[int, float, str]:
    return promise.turn_index, promise.start_s, promise.id


def _place_of_gap(gap: Gap) -> tuple[float, str]:
    return gap.start_s, gap.reason


def _reach(record: CallRecord, end_s: float) -> None:
    record.duration_s = max(record.duration_s, end_s)


def turn_at(record: CallRecord, index: int | None) -> Turn | None:
    """The turn with this index; None where the record has none, as when a full disk kept it out."""
    return next((turn for turn in record.turns if turn.index == index), None)


def agent_turns(record: CallRecord) -> list[Turn]:
    """What the agent said, without turns that hold no words."""
    return [turn for turn in record.turns if turn.speaker is Speaker.AGENT and turn.text.strip()]


def moves_in(record: CallRecord, turn: Turn) -> tuple[Move, ...]:
    return record.moves.get(turn.index, ())


def open_cues(record: CallRecord) -> list[Cue]:
    """Cues that nothing has come of yet."""
    return [cue for cue in record.cues if cue.id not in record.cue_ends]


def second_of(turn: Turn, offset: int) -> float:
    """When the word at this character of the turn begins; the turn's start where words have no times."""
    cursor = 0
    for word in turn.words:
        written = word.text.strip()
        found = turn.text.find(written, cursor)
        if found < 0:
            continue
        cursor = found + len(written)
        if cursor > offset:
            return min(max(word.start_s, turn.start_s), turn.end_s)
    return turn.start_s


@dataclass(frozen=True, slots=True)
class Flagged:
    """A contentious move, and the repair that answered it; ``late``: not in the turns that count."""

    turn: Turn
    move: Move
    repaired_by: str | None = None
    repaired_turn_index: int | None = None
    late: bool = False

    @property
    def repaired(self) -> bool:
        """In time: in the same breath, or in one of the next turns."""
        return self.repaired_by is not None and not self.late


def repaired_within(record: CallRecord, turns: int = 2) -> list[Flagged]:
    """Every contentious move in order, with what repaired it.

    A repair is a fitting move (``taxonomy.FITTING_REPAIRS``) after it in the same turn or in one of the next
    ``turns`` turns of the agent, or the agent's word that the line of its cue was said. A cue repaired after
    that is late.
    """
    said = agent_turns(record)
    return [
        _with_repair(record, turn, move, said[place + 1 : place + 1 + turns])
        for place, turn in enumerate(said)
        for move in moves_in(record, turn)
        if is_flag(move.name)
    ]


def _with_repair(record: CallRecord, turn: Turn, move: Move, following: list[Turn]) -> Flagged:
    for cue in record.cues:
        ended = record.cue_ends.get(cue.id)
        mine = cue.because.turn_index == turn.index and cue.because.move == move.name
        if mine and ended is not None and ended.end is CueEnd.REPAIRED:
            in_time = (None, turn.index, *(later.index for later in following))
            late = ended.turn_index not in in_time
            return Flagged(turn, move, ended.by_move or cue.move, ended.turn_index, late)
    for later in (turn, *following):
        for repair in moves_in(record, later):
            fits = repair.name in FITTING_REPAIRS.get(move.name, ())
            if fits and (later.index != turn.index or mends(repair, move)):
                return Flagged(turn, move, repair.name, later.index)
    return Flagged(turn, move)
