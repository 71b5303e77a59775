"""What the waveform shows besides sound: flags and repairs at their second, and which of them are wanted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from coach.calls.record import second_of
from coach.events import CallRecord, Move, Turn
from coach.taxonomy import is_flag
from ui import text

ALL, FLAGS, REPAIRS = "all", "flags", "repairs"


@dataclass(frozen=True, slots=True)
class Mark:
    """A move at its second. ``unfair``: a flag the agent contested."""

    at_s: float
    turn_index: int
    move: str
    words: str
    unfair: bool = False

    @property
    def flag(self) -> bool:
        return is_flag(self.move)

    @property
    def spoken(self) -> str:
        """For a tooltip and for a screen reader."""
        kind = text.FLAGGED if self.flag else "Repair"
        unfair = ", called unfair" if self.unfair else ""
        return f"{kind}: {text.move_name(self.move)}{unfair}, “{self.words}”"


def wanted(move: str, choice: str) -> bool:
    """Whether a filter lets a move through: ``ALL``, ``FLAGS``, ``REPAIRS``, or the name of a move."""
    return choice in (ALL, move) or choice == (FLAGS if is_flag(move) else REPAIRS)


def marks_of(
    record: CallRecord, contested: Collection[tuple[int, str]] = (), choice: str = ALL
) -> list[Mark]:
    """The moves that the filter lets through, in the order said."""
    turns = {turn.index: turn for turn in record.turns}
    made = [
        _mark(turns[turn_index], move, (turn_index, move.name) in contested)
        for turn_index, moves in record.moves.items()
        if turn_index in turns
        for move in moves
        if wanted(move.name, choice)
    ]
    return sorted(made, key=lambda mark: (mark.at_s, not mark.flag))


def _mark(turn: Turn, move: Move, unfair: bool) -> Mark:
    start, end = move.evidence
    words = turn.text[start:end].strip() or turn.text
    return Mark(second_of(turn, start), turn.index, move.name, words, unfair)


def filtered(record: CallRecord, choice: str) -> CallRecord:
    """The call with only the turns that hold such a move, and the gaps left out; itself for ``ALL``."""
    if choice == ALL:
        return record
    kept = {
        index for index, moves in record.moves.items() if any(wanted(move.name, choice) for move in moves)
    }
    return replace(record, turns=[turn for turn in record.turns if turn.index in kept], gaps=[])


def next_mark(marks: Sequence[Mark], at_s: float, back: bool = False) -> Mark | None:
    """The mark after a second, or before it; one that was just reached does not count."""
    if back:
        return next((mark for mark in reversed(marks) if mark.at_s < at_s - 0.3), None)
    return next((mark for mark in marks if mark.at_s > at_s + 0.05), None)
