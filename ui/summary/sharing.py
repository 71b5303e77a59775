"""A summary for the clipboard: plain text, for an email or a ticket."""

from __future__ import annotations

import datetime as dt

from coach.calls.summary import promise_words
from coach.events import Commitment, Owner
from coach.values.revisions import ShownLine, ShownSummary
from ui import text
from ui.when import near_due_text

_OWNERS = {Owner.AGENT: "Agent", Owner.COMPANY: "Company", Owner.CUSTOMER: "Customer"}
"""Others read it: to them "you" is not the agent."""
_WITH_WORDS = {"commitments", "moments"}


def summary_text(shown: ShownSummary) -> str:
    """No markup, times in front, owner and due with each promise, and the words of promises and moments.

    As the agent edited it.
    """
    made = {one.id: one for one in shown.commitments}
    lines = [shown.header.title, text.date_time_text(shown.header.started_at), "", shown.headline]
    if shown.comment:
        lines += ["", shown.comment]
    for section in shown.to_read:
        lines += ["", section.title]
        for line in section.lines:
            promise = made.get(line.own.subject) if section.key == "commitments" else None
            lines.append(_line(line, promise, shown.header.started_at))
            if section.key in _WITH_WORDS:
                lines.append(f"        “{' '.join(line.own.evidence.split())}”")
            if line.comment:
                lines.append(f"        {line.comment}")
    return "\n".join(lines) + "\n"


def _line(line: ShownLine, promise: Commitment | None, of_call: dt.datetime) -> str:
    detail = line.detail
    if promise is not None and line.detail == promise_words(promise)[1]:
        detail = f"{_OWNERS[promise.owner]}, {near_due_text(promise.due, beside=of_call.date())}"
    notes = "; ".join(part for part in (detail, "called unfair" if line.contested else "") if part)
    return f"  {text.clock(line.own.at_s)}  {line.text}{f' ({notes})' if notes else ''}"
