"""Builders for calls: a record from the turns said and the moves in them."""

from __future__ import annotations

import datetime as dt

from coach.calls.record import apply
from coach.events import (
    Because,
    CallHeader,
    CallRecord,
    CallSource,
    Commitment,
    Cue,
    CueEnd,
    CueEnded,
    Due,
    Move,
    MovesFound,
    Owner,
    Speaker,
    Turn,
    Word,
)

STARTED_AT = dt.datetime(2026, 11, 20, 16, 5, tzinfo=dt.UTC)
TITLES = {"owning": "Taking your part", "blaming": "Putting it on the customer"}

Said = tuple[str, dict[str, str]]
"""A turn's text and, for each move in it, the words that carry it."""


def timed_words(text: str, start_s: float, step_s: float = 0.5) -> tuple[Word, ...]:
    words = text.split()
    return tuple(
        Word(word, start_s + i * step_s, start_s + i * step_s + 0.4, 0.9) for i, word in enumerate(words)
    )


def call(*said: str | Said, seconds_each: float = 20.0) -> CallRecord:
    """A turn every 30 s, its words half a second apart, its moves with confidence 0.9."""
    record = CallRecord(CallHeader("c1", STARTED_AT, CallSource.FILE, "A call"))
    for index, turn in enumerate(said):
        text, moves = (turn, {}) if isinstance(turn, str) else turn
        start_s = index * 30.0
        apply(record, Turn(index, text, start_s, start_s + seconds_each, timed_words(text, start_s)))
        places = [(name, text.index(words), len(words)) for name, words in moves.items()]
        found = tuple(Move(name, 0.9, (start, start + length)) for name, start, length in places)
        apply(record, MovesFound(index, found))
    return record


def other_turn(index: int, text: str) -> Turn:
    return Turn(index, text, index * 30.0, index * 30.0 + 20.0, (), Speaker.OTHER)


def promise(
    turn: Turn, evidence: str, action: str, owner: Owner = Owner.AGENT, due: Due = None, name: str = "p1"
) -> Commitment:
    due_text = "by then" if due is not None else None
    start_s, end_s = turn.start_s + 3.0, turn.end_s
    return Commitment(name, action, owner, due_text, due, False, evidence, turn.index, start_s, end_s)


def cue(name: str, turn: Turn, move: str, repair: str = "owning") -> Cue:
    because = Because(move, turn.text, turn.index, ("A5",))
    return Cue(name, turn.end_s + 1.0, repair, "Own a part", "Let me start again.", "It costs less.", because)


def repaired(name: str, at_s: float, by_move: str | None, turn_index: int | None) -> CueEnded:
    return CueEnded(name, at_s, CueEnd.REPAIRED, by_move, turn_index)
