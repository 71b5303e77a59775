"""A summary without what the agent leaves out, and without whatever only that stood on. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from coach.values.revisions import ShownLine, ShownSummary
from coach.values.shares import WHOLE_COMMENT

MOST_TITLE = 200
"""Characters. A recording may be called by more, and readers take in no longer title."""


def leave_out(shown: ShownSummary, left: Collection[str]) -> ShownSummary:
    """Without the lines whose ids are in ``left``, the commitments that were left out with them, and the
    turns nothing else cites. Figures and headline still count the whole call."""
    if not left:
        return shown
    sections = tuple(
        replace(section, lines=tuple(line for line in section.lines if line.id not in left))
        for section in shown.sections
    )
    gone = {
        line.own.subject
        for section in shown.sections
        for line in section.lines
        if section.key == "commitments" and line.id in left
    }
    commitments = tuple(made for made in shown.commitments if made.id not in gone)
    cited = {line.own.turn_index for section in sections for line in section.lines}
    cited |= {made.turn_index for made in commitments}
    return replace(
        shown,
        comment="" if WHOLE_COMMENT in left else shown.comment,
        sections=sections,
        commitments=commitments,
        turns=tuple(turn for turn in shown.turns if turn.index in cited),
    )


def reads_as(shared: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether what was shared of a summary still says what the summary says ``now``, both in their published
    JSON form. What was left out may say anything."""
    lines = {line["id"]: line for line in _lines(now)}
    turns = {turn["turn"]: turn["text"] for turn in now["turns"]}
    return (
        shared["comment"] in ("", now["comment"])
        and shared["call"]["title"] == now["call"]["title"]
        and all(_same(line, lines.get(line["id"])) for line in _lines(shared))
        and all(turns.get(turn["turn"]) == turn["text"] for turn in shared["turns"])
    )


def _lines(summary: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (line for section in summary["sections"] for line in section["lines"])


def _same(shared: Mapping[str, Any], now: Mapping[str, Any] | None) -> bool:
    return now is not None and all(
        shared[part] == now[part] for part in ("text", "detail", "comment", "contested")
    )


def redacted(shown: ShownSummary, hide: Callable[[str], str]) -> ShownSummary:
    """What the agent wrote themselves, hidden as what was said is: title, edits, comments and commitments."""
    return replace(
        shown,
        header=replace(shown.header, title=hide(shown.header.title)[:MOST_TITLE]),
        comment=hide(shown.comment),
        sections=tuple(
            replace(section, lines=tuple(_line(line, hide) for line in section.lines))
            for section in shown.sections
        ),
        commitments=tuple(replace(made, action=hide(made.action)) for made in shown.commitments),
    )


def _line(line: ShownLine, hide: Callable[[str], str]) -> ShownLine:
    if line.edited:
        line = replace(line, text=hide(line.text), detail=hide(line.detail))
    return replace(line, comment=hide(line.comment)) if line.comment else line
