"""What the agent made of a summary before anyone else sees it: edits and comments, and what keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from coach.summaries import SummaryLine

WHOLE_CALL = ""
"""The line id under which a comment on the whole call is kept."""


@dataclass(frozen=True, slots=True)
class LineRevision:
    """Another wording of a line, and a comment. ``text`` None: it reads as it was written.

    ``was_text`` and ``was_detail`` are the line's own words that were edited: an edit counts only as long as
    the line still reads so.
    """

    text: str | None = None
    detail: str = ""
    was_text: str = ""
    was_detail: str = ""
    comment: str = ""

    def edits(self, line: SummaryLine) -> bool:
        own = (self.was_text, self.was_detail)
        return bool(self.text) and own == (line.text, line.detail) != (self.text, self.detail)


@dataclass(frozen=True, slots=True)
class Revision:
    """What the agent said of the whole call, and of its lines by their ids (``summaries.lines_by_id``)."""

    comment: str = ""
    lines: Mapping[str, LineRevision] = field(default_factory=dict)

    def of(self, line_id: str) -> LineRevision:
        return self.lines.get(line_id, LineRevision())


class RevisionStore(Protocol):
    """Keeps what the agent made of summaries. Raises ``KnownError`` ("call-unknown")."""

    def revision(self, call_id: str) -> Revision: ...
    def revise(self, call_id: str, line_id: str, revision: LineRevision) -> LineRevision:
        """Keep it in the place of the one before, which comes back; an empty one leaves nothing."""
        ...
