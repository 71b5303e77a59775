"""A kept turn is hidden further: what was made of it follows. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coach.events import CallRecord, Commitment, Cue, MovesFound, Turn
from coach.redaction.redactor import Mended


def follow(record: CallRecord, mended: Mended) -> Iterator[Turn | MovesFound | Cue | Commitment]:
    """All of ``record`` that holds what is hidden now, as it has to read; it takes the place of the same id.

    What was hidden stood at the end of the turn, so ranges before it stay as they are.
    """
    turn, said, shown = mended.turn, mended.said, mended.shown
    yield turn
    moves = record.moves.get(turn.index, ())
    ends = len(turn.text)
    kept = tuple(
        replace(move, evidence=(min(move.evidence[0], ends), min(move.evidence[1], ends))) for move in moves
    )
    if kept != moves:
        yield MovesFound(turn.index, kept)
    for cue in record.cues:
        if cue.because.turn_index == turn.index and said in cue.because.words:
            yield replace(cue, because=replace(cue.because, words=cue.because.words.replace(said, shown)))
    for promise in record.commitments:
        told = (promise.action, promise.evidence, promise.due_text or "")
        if promise.turn_index == turn.index and any(said in one for one in told):
            yield replace(
                promise,
                action=promise.action.replace(said, shown),
                evidence=promise.evidence.replace(said, shown),
                due_text=promise.due_text and promise.due_text.replace(said, shown),
            )
