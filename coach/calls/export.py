"""A call as plain JSON, in the fixed form other programs read."""

from __future__ import annotations

from typing import Any

from coach.calls.record import standing
from coach.events import (
    CallRecord,
    Commitment,
    Cue,
    Due,
    Move,
    Turn,
    Word,
)
from coach.values.revisions import ShownLine, ShownSummary

Json = dict[str, Any]


def record_to_json(record: CallRecord, shown: ShownSummary | None, words: bool) -> Json:
    """The record as plain values. Times are seconds from the start. ``words`` adds each word's time.

    Lines and commitments read as the agent edited them; ``original`` keeps what they read before, else null.
    """
    own = {made.id: made for made in standing(record)}
    promised = own.values() if shown is None else shown.commitments
    return {
        "turns": [_turn(record, turn, words) for turn in record.turns],
        "cues": [_cue(record, cue) for cue in record.cues],
        "gaps": [{"t0": gap.start_s, "t1": gap.end_s, "reason": gap.reason} for gap in record.gaps],
        "call_flags": list(record.call_flags),
        "commitments": [_commitment(made, own.get(made.id, made)) for made in promised],
        "summary": None if shown is None else _summary(shown),
    }


def _commitment(made: Commitment, own: Commitment) -> Json:
    before, now = commitment_to_json(own), commitment_to_json(made)
    return now | {"t": made.start_s, "original": None if before == now else before}


def commitment_to_json(commitment: Commitment) -> Json:
    return {
        "action": commitment.action,
        "owner": commitment.owner.value,
        "due_text": commitment.due_text,
        "due": due_to_json(commitment.due),
        "conditional": commitment.conditional,
        "evidence": commitment.evidence,
    }


def move_to_json(move: Move) -> Json:
    shown = {"move": move.name, "confidence": move.confidence, "evidence": list(move.evidence)}
    return shown | _context(move.context)


def _context(context: str) -> Json:
    """What earlier turns had to do with it; nothing where they did not decide."""
    return {"context": context} if context else {}


def due_to_json(due: Due) -> str | list[str] | None:
    """Null, an ISO date, an ISO date-time, or [from, to]."""
    if due is None:
        return None
    return [moment.isoformat() for moment in due] if isinstance(due, tuple) else due.isoformat()


def _turn(record: CallRecord, turn: Turn, words: bool) -> Json:
    shown = {
        "index": turn.index,
        "t0": turn.start_s,
        "t1": turn.end_s,
        "text": turn.text,
        "moves": [move_to_json(move) for move in record.moves.get(turn.index, ())],
    }
    return shown | {"words": [_word(word) for word in turn.words]} if words else shown


def _word(word: Word) -> Json:
    return {"text": word.text, "t0": word.start_s, "t1": word.end_s, "p": word.probability}


def _cue(record: CallRecord, cue: Cue) -> Json:
    ended = record.cue_ends.get(cue.id)
    because = cue.because
    return {
        "t": cue.at_s,
        "move": cue.move,
        "say": cue.say,
        "because": {
            "move": because.move,
            "words": because.words,
            "turn": because.turn_index,
            "sources": list(because.sources),
        }
        | _context(because.context),
        "end": None if ended is None else ended.end.value,
    }


def _summary(shown: ShownSummary) -> Json:
    figures = shown.figures
    return {
        "headline": shown.headline,
        "comment": shown.comment,
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "lines": [line_to_json(one) for one in section.lines],
            }
            for section in shown.sections
        ],
        "talk_s": figures.talk_s,
        "words_per_minute": figures.words_per_minute,
        "flags_raised": figures.flags,
        "flags_repaired": figures.flags_repaired,
    }


def line_to_json(line: ShownLine) -> Json:
    own = line.own
    return {
        "text": line.text,
        "detail": line.detail,
        "t": own.at_s,
        "turn": own.turn_index,
        "evidence": own.evidence,
        "original": {"text": own.text, "detail": own.detail} if line.edited else None,
        "comment": line.comment,
        "contested": line.contested,
    }
