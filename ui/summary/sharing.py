"""A summary outside the app: as plain text, and as a file with a name that sorts."""

from __future__ import annotations

import re
from pathlib import Path

from coach.calls.page_markdown import summary_markdown
from coach.calls.record import standing
from coach.calls.shown import show
from coach.errors import KnownError
from coach.events import CallRecord, CallSummary
from ui import text
from ui.when import near_due_text

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def summary_text(record: CallRecord, summary: CallSummary) -> str:
    """The summary for an email or a ticket: no markup, times in front, owner and due with each promise."""
    lines = [record.header.title, text.date_time_text(record.header.started_at), "", summary.headline]
    for section in summary.sections:
        if section.key == "commitments" and standing(record):
            lines += ["", section.title, *_commitments(record)]
        elif section.lines:
            lines += ["", section.title]
            for line in section.lines:
                detail = f" ({line.detail})" if line.detail else ""
                lines.append(f"  {text.clock(line.at_s)}  {line.text}{detail}")
    return "\n".join(lines) + "\n"


def _commitments(record: CallRecord) -> list[str]:
    return [
        f"  {text.clock(made.start_s)}  {made.action} ({text.OWNERS[made.owner]}, {near_due_text(made.due)})"
        for made in standing(record)
    ]


def file_name(record: CallRecord) -> str:
    """ "2026-11-22 1605 Parcel that never came.md", without what file systems refuse."""
    title = " ".join(_NOT_IN_NAMES.sub(" ", record.header.title).split()).strip(".") or "Call"
    started = record.header.started_at
    return f"{started:%Y-%m-%d %H%M} {title[:80]} summary.md"


def save_markdown(record: CallRecord, summary: CallSummary, path: Path) -> None:
    """Write the summary as Markdown. Raises ``KnownError("summary-unwritable")``."""
    try:
        path.write_text(summary_markdown(show(record, summary)), encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise KnownError(
            "summary-unwritable", f"The summary could not be saved to {path}: {reason}. Choose another place."
        ) from error
