"""A call as plain JSON, in the fixed form other programs read."""

from __future__ import annotations

from typing import Any

from coach.calls.record import standing
from coach.events import (
    CallRecord,
    CallSummary,
    Commitment,
    Cue,
    Due,
    Move,
    SummaryLine,
    Turn,
    Word,
)

Json = dict[str, Any]


def record_to_json(record: CallRecord, summary: CallSummary | None, words: bool) -> Json:
    """The record as plain values. Times are seconds from the start. ``words`` adds each word's time."""
    return {
        "turns": [_turn(record, turn, words) for turn in record.turns],
        "cues": [_cue(record, cue) for cue in record.cues],
        "gaps": [{"t0": gap.start_s, "t1": gap.end_s, "reason": gap.reason} for gap in record.gaps],
        "call_flags": list(record.call_flags),
        "commitments": [commitment_to_json(item) | {"t": item.start_s} for item in standing(record)],
        "summary": None if summary is None else _summary(summary),
    }


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


def _summary(summary: CallSummary) -> Json:
    return {
        "headline": summary.headline,
        "sections": [
            {"key": section.key, "title": section.title, "lines": [_line(line) for line in section.lines]}
            for section in summary.sections
        ],
        "talk_s": summary.talk_s,
        "words_per_minute": summary.words_per_minute,
        "flags_raised": summary.flags_raised,
        "flags_repaired": summary.flags_repaired,
    }


def _line(line: SummaryLine) -> Json:
    return {
        "text": line.text,
        "detail": line.detail,
        "t": line.at_s,
        "turn": line.turn_index,
        "evidence": line.evidence,
    }
