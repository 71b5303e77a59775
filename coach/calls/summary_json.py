"""A summary as JSON for other programs: ``docs/schema/call-summary-1.json`` is its schema."""

from __future__ import annotations

import dataclasses
from typing import Any

from coach.calls.export import commitment_to_json, line_to_json
from coach.values.revisions import ShownLine, ShownSummary

FORMAT = "sameside/call-summary"
VERSION = 1
"""Raised when a program that reads this form would misread the new one; new members alone do not raise it."""

Json = dict[str, Any]


def summary_to_json(shown: ShownSummary) -> Json:
    """Plain values only. Lines read as the agent edited them; ``original`` keeps what they read before.

    Of the call's turns only those that are cited come along. Times are seconds from the start.
    """
    header = shown.header
    return {
        "format": FORMAT,
        "version": VERSION,
        "call": {
            "id": header.id,
            "title": header.title,
            "started_at": header.started_at.isoformat(),
            "duration_s": shown.duration_s,
            "source": header.source.value,
        },
        "headline": shown.headline,
        "comment": shown.comment,
        "figures": dataclasses.asdict(shown.figures),
        "sections": [
            {"key": section.key, "title": section.title, "lines": [_line(line) for line in section.lines]}
            for section in shown.sections
        ],
        "commitments": [
            {"id": made.id, "t": made.start_s, "turn": made.turn_index} | commitment_to_json(made)
            for made in shown.commitments
        ],
        "turns": [
            {"turn": turn.index, "t0": turn.start_s, "t1": turn.end_s, "text": turn.text}
            for turn in shown.turns
        ],
    }


def _line(line: ShownLine) -> Json:
    return {"id": line.id, "subject": line.own.subject} | line_to_json(line)
