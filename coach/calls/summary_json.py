"""A summary as JSON for other programs: ``docs/schema/call-summary-1.json`` is its schema."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from coach.calls.export import commitment_to_json
from coach.calls.figures import figures
from coach.calls.record import agent_turns, standing
from coach.events import CallRecord, CallSummary, SummaryLine
from coach.summaries import LineNotes, SummaryNotes, lines_by_id

FORMAT = "sameside/call-summary"
VERSION = 1
"""Raised when a program that reads this form would misread the new one; new members alone do not raise it."""

Json = dict[str, Any]

Contested = Collection[tuple[int, str]]
"""Turn and move of each flag that the agent called unfair."""


def summary_to_json(
    record: CallRecord,
    summary: CallSummary,
    notes: SummaryNotes | None = None,
    contested: Contested = (),
) -> Json:
    """Plain values only. Lines read as the agent edited them; ``original`` keeps what they read before.

    Of the call's turns only those that a line cites come along. Times are seconds from the start.
    """
    notes = notes or SummaryNotes()
    sections: dict[str, Json] = {
        section.key: {"key": section.key, "title": section.title, "lines": []} for section in summary.sections
    }
    for line_id, section, line in lines_by_id(summary):
        is_contested = section.key in _OF_FLAGS and (line.turn_index, line.subject) in contested
        written = _line(line_id, line, notes.of(line_id), is_contested)
        sections[section.key]["lines"].append(written)
    return {
        "format": FORMAT,
        "version": VERSION,
        "call": _call(record),
        "headline": summary.headline,
        "comment": notes.comment,
        "figures": _figures(record, summary, contested),
        "sections": list(sections.values()),
        "commitments": _commitments(record),
        "turns": _cited(record, summary),
    }


_OF_FLAGS = ("moments", "try")


def _line(line_id: str, line: SummaryLine, notes: LineNotes, contested: bool) -> Json:
    edited = notes.edits(line)
    return {
        "id": line_id,
        "subject": line.subject,
        "text": notes.text if edited else line.text,
        "detail": notes.detail if edited else line.detail,
        "t": line.at_s,
        "turn": line.turn_index,
        "evidence": line.evidence,
        "original": {"text": line.text, "detail": line.detail} if edited else None,
        "comment": notes.comment,
        "contested": contested,
    }


def _call(record: CallRecord) -> Json:
    header = record.header
    return {
        "id": header.id,
        "title": header.title,
        "started_at": header.started_at.isoformat(),
        "duration_s": record.duration_s,
        "source": header.source.value,
    }


def _figures(record: CallRecord, summary: CallSummary, contested: Contested) -> Json:
    counted = figures(record)
    said = {turn.index for turn in agent_turns(record)}
    return {
        "talk_s": summary.talk_s,
        "words": counted.words,
        "words_per_minute": summary.words_per_minute,
        "flags": summary.flags_raised,
        "flags_repaired": summary.flags_repaired,
        "flags_contested": len({flag for flag in contested if flag[0] in said}),
        "repairs": counted.repairs,
    }


def _commitments(record: CallRecord) -> list[Json]:
    return [
        {"id": made.id, "t": made.start_s, "turn": made.turn_index} | commitment_to_json(made)
        for made in standing(record)
    ]


def _cited(record: CallRecord, summary: CallSummary) -> list[Json]:
    cited = {line.turn_index for section in summary.sections for line in section.lines}
    cited |= {made.turn_index for made in standing(record)}
    return [
        {"turn": turn.index, "t0": turn.start_s, "t1": turn.end_s, "text": turn.text}
        for turn in record.turns
        if turn.index in cited
    ]
