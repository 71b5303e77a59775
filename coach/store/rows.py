"""Events as rows and back."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Row, Table

from coach.errors import BugError
from coach.events import (
    Answer,
    Because,
    CallHeader,
    CallSource,
    CallSummary,
    Commitment,
    Cue,
    CueEnd,
    CueEnded,
    Due,
    Gap,
    Moment,
    Move,
    MovesFound,
    Owner,
    Recordable,
    Speaker,
    Turn,
    Word,
)
from coach.store import schema

SUMMARY_VERSION = 1

T = TypeVar("T")
Values = dict[str, Any]

KEYS = {
    "turns": ("call_id", "turn_index"),
    "cues": ("call_id", "id"),
    "cue_ends": ("call_id", "cue_id"),
    "commitments": ("call_id", "id"),
    "gaps": ("call_id", "start_s", "reason"),
}
"""What makes a part the same one when it is written again."""

_summary = TypeAdapter(CallSummary)


def header_values(header: CallHeader) -> Values:
    return {
        "id": header.id,
        "started_at": header.started_at.isoformat(),
        "started_utc": header.started_at.timestamp(),
        "source": header.source.value,
        # A file's name may hold bytes that are no text; the call is kept all the same.
        "title": header.title.encode(errors="replace").decode(),
        "model": header.model,
    }


def header_of(row: Row[Any]) -> CallHeader:
    return CallHeader(
        id=row.id,
        started_at=dt.datetime.fromisoformat(row.started_at),
        source=CallSource(row.source),
        title=row.title,
        model=row.model,
    )


def part_values(item: Turn | Cue | CueEnded | Commitment | Gap) -> tuple[Table, Values]:
    """The table ``item`` belongs to and its columns, without the call's id."""
    match item:
        case Turn():
            return schema.turns, _turn_values(item)
        case Cue():
            values = {name: getattr(item, name) for name in ("id", "at_s", "move", "title", "say", "why")}
            return schema.cues, values | {
                "because": asdict(item.because),
                "alternatives": list(item.alternatives),
            }
        case CueEnded():
            return schema.cue_ends, asdict(item) | {"end": item.end.value}
        case Commitment():
            return schema.commitments, asdict(item) | {
                "owner": item.owner.value,
                "due": due_to_json(item.due),
                "answer": item.answer.value,
            }
        case Gap():
            return schema.gaps, asdict(item)


def _turn_values(turn: Turn) -> Values:
    return {
        "turn_index": turn.index,
        "text": turn.text,
        "start_s": turn.start_s,
        "end_s": turn.end_s,
        "speaker": turn.speaker.value,
        "words": [[word.text, word.start_s, word.end_s, word.probability] for word in turn.words],
        "language": turn.language,
    }


def move_values(found: MovesFound) -> list[Values]:
    return [
        {
            "turn_index": found.turn_index,
            "position": position,
            "name": move.name,
            "confidence": move.confidence,
            "evidence_start": move.evidence[0],
            "evidence_end": move.evidence[1],
            "context": move.context,
        }
        for position, move in enumerate(found.moves)
    ]


def end_of(item: Recordable) -> float:
    """The latest second of the call that ``item`` tells of; 0 where it tells of none."""
    match item:
        case Turn() | Gap() | Commitment():
            return item.end_s
        case Cue() | CueEnded():
            return item.at_s
        case MovesFound():
            return 0.0


def turn_of(row: Row[Any]) -> Turn:
    words = tuple(Word(*word) for word in row.words)
    return Turn(row.turn_index, row.text, row.start_s, row.end_s, words, Speaker(row.speaker), row.language)


def move_of(row: Row[Any]) -> Move:
    return Move(row.name, row.confidence, (row.evidence_start, row.evidence_end), row.context)


def cue_of(row: Row[Any]) -> Cue:
    because = Because(**row.because | {"sources": tuple(row.because["sources"])})
    return Cue(row.id, row.at_s, row.move, row.title, row.say, row.why, because, tuple(row.alternatives))


def cue_end_of(row: Row[Any]) -> CueEnded:
    return CueEnded(row.cue_id, row.at_s, CueEnd(row.end), row.by_move, row.turn_index)


def commitment_of(row: Row[Any]) -> Commitment:
    return Commitment(
        id=row.id,
        action=row.action,
        owner=Owner(row.owner),
        due_text=row.due_text,
        due=due_of(row.due),
        conditional=row.conditional,
        evidence=row.evidence,
        turn_index=row.turn_index,
        start_s=row.start_s,
        end_s=row.end_s,
        answer=Answer(row.answer),
    )


def gap_of(row: Row[Any]) -> Gap:
    return Gap(row.start_s, row.end_s, row.reason)


def due_to_json(due: Due) -> str | list[str] | None:
    if due is None:
        return None
    return [moment.isoformat() for moment in due] if isinstance(due, tuple) else due.isoformat()


def due_of(value: str | list[str] | None) -> Due:
    if value is None:
        return None
    return _moment(value) if isinstance(value, str) else (_moment(value[0]), _moment(value[1]))


def _moment(text: str) -> Moment:
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)


def summary_values(summary: CallSummary) -> Values:
    return {
        "version": SUMMARY_VERSION,
        "flags_raised": summary.flags_raised,
        "flags_repaired": summary.flags_repaired,
        "summary": _summary.dump_python(summary, mode="json"),
    }


def summary_of(row: Row[Any]) -> CallSummary:
    return valid(_summary, row.summary)


def valid(adapter: TypeAdapter[T], value: Any) -> T:
    """``value`` as the adapter reads it. What cannot be read is told by its places: its words are private."""
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        places = {".".join(map(str, one["loc"])) for one in error.errors(include_input=False)}
    raise BugError(f"what is kept of a call does not read as it should, at {', '.join(sorted(places))}")
