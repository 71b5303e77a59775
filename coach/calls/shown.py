"""A summary as it is shown to others: with what the agent edited, commented and called unfair."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from coach.calls.figures import figures
from coach.calls.record import agent_turns, moves_in, standing
from coach.calls.summary import promise_words
from coach.events import CallRecord, CallSummary, Commitment, SummaryLine
from coach.summaries import lines_by_id
from coach.values.revisions import LineRevision, Revision, ShownFigures, ShownLine, ShownSection, ShownSummary

Contested = Collection[tuple[int, str]]
"""Turn and move of each flag that the agent called unfair."""

OF_FLAGS = ("moments", "try")
"""Sections whose lines stand for a flag each."""


def show(
    record: CallRecord,
    summary: CallSummary,
    revision: Revision | None = None,
    contested: Contested = (),
    mended: Mapping[str, Commitment] | None = None,
) -> ShownSummary:
    """``mended``: commitments whose words or time the agent edited, by their ids, as they are now."""
    revision, mended = revision or Revision(), mended or {}
    lines: dict[str, list[ShownLine]] = {section.key: [] for section in summary.sections}
    for line_id, section, line in lines_by_id(summary):
        is_contested = section.key in OF_FLAGS and (line.turn_index, line.subject) in contested
        made = mended.get(line.subject) if section.key == "commitments" else None
        lines[section.key].append(_line(line_id, line, revision.of(line_id), is_contested, made))
    cited = {line.own.turn_index for found in lines.values() for line in found}
    cited |= {made.turn_index for made in standing(record)}
    return ShownSummary(
        header=record.header,
        duration_s=record.duration_s,
        headline=summary.headline,
        comment=revision.comment,
        figures=_figures(record, summary, contested),
        sections=tuple(
            ShownSection(section.key, section.title, tuple(lines[section.key]))
            for section in summary.sections
        ),
        commitments=tuple(mended.get(made.id, made) for made in standing(record)),
        turns=tuple(turn for turn in record.turns if turn.index in cited),
    )


def _line(
    line_id: str, line: SummaryLine, revision: LineRevision, contested: bool, made: Commitment | None
) -> ShownLine:
    """What was edited in the commitment itself counts before what was once edited in its line alone."""
    text, detail = line.text, line.detail
    if made is not None:
        text, detail = promise_words(made)
    elif revision.text is not None and revision.edits(line):
        text, detail = revision.text, revision.detail
    return ShownLine(line_id, text, detail, line, revision.comment, contested)


def _figures(record: CallRecord, summary: CallSummary, contested: Contested) -> ShownFigures:
    counted = figures(record)
    # A flag that was called unfair may be gone since, with words that were put right.
    flagged = {(turn.index, move.name) for turn in agent_turns(record) for move in moves_in(record, turn)}
    return ShownFigures(
        talk_s=summary.talk_s,
        words=counted.words,
        words_per_minute=summary.words_per_minute,
        flags=summary.flags_raised,
        flags_repaired=summary.flags_repaired,
        flags_contested=len(flagged & {*contested}),
        repairs=counted.repairs,
    )
