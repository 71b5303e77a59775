"""What the agent made of a summary before anyone else sees it: edits and comments, and what keeps them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from coach.events import CallHeader, Commitment, Owner, Turn
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


_FIRST = {"about": 0, "suggestions": 1, "commitments": 2}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it reads now; ``own`` is the line as it was written. ``edited``: they differ."""

    id: str
    text: str
    detail: str
    own: SummaryLine
    comment: str = ""
    contested: bool = False

    @property
    def edited(self) -> bool:
        return (self.text, self.detail) != (self.own.text, self.own.detail)

    @property
    def quote(self) -> str:
        """The agent's words; empty where the line is nothing else."""
        return "" if self.text == self.own.evidence else self.own.evidence


@dataclass(frozen=True, slots=True)
class ShownSection:
    key: str
    title: str
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True, slots=True)
class ShownFigures:
    """``words`` are those the agent said, ``repairs`` the repair moves in them."""

    talk_s: float
    words: int
    words_per_minute: float
    flags: int
    flags_repaired: int
    flags_contested: int
    repairs: int


@dataclass(frozen=True, slots=True)
class ShownSummary:
    """``turns`` are only those that a line or a commitment cites."""

    header: CallHeader
    duration_s: float
    headline: str
    comment: str
    figures: ShownFigures
    sections: tuple[ShownSection, ...]
    commitments: tuple[Commitment, ...]
    turns: tuple[Turn, ...]

    @property
    def promised(self) -> int:
        """What the agent and the company promised; what the customer is to do does not count."""
        return sum(made.owner is not Owner.CUSTOMER for made in self.commitments)

    @property
    def to_read(self) -> list[ShownSection]:
        """The sections that have something to say, in the order people read them."""
        said = [section for section in self.sections if section.lines]
        return sorted(said, key=lambda section: _FIRST.get(section.key, len(_FIRST)))


TextForm = Literal["html", "md", "json"]
"""What the engine writes by itself, by the ending of the file. A PDF is drawn by the app."""


@dataclass(frozen=True, slots=True)
class Smoothed:
    """Smoother wordings of lines, by their ids, and how many were dropped for they said something else."""

    lines: tuple[tuple[str, str], ...]
    dropped: int


@dataclass(frozen=True, slots=True)
class ModelTrial:
    """What a language model made of a sentence of ours; ``words`` is empty where that could not be used."""

    sentence: str
    words: str


class RevisionStore(Protocol):
    """Keeps what the agent made of summaries. Raises ``KnownError`` ("call-unknown")."""

    def revision(self, call_id: str) -> Revision: ...
    def revise(self, call_id: str, line_id: str, revision: LineRevision) -> LineRevision:
        """Keep it in the place of the one before, which comes back; an empty one leaves nothing."""
        ...


class SummaryServices(Protocol):
    """Summaries as the agent has made them. Methods raise ``KnownError``."""

    def shown(self, call_id: str) -> ShownSummary:
        """With edits, comments and what was called unfair; "call-unfinished" where there is none yet."""
        ...

    def revision(self, call_id: str) -> Revision: ...
    def revise(self, call_id: str, line_id: str, revision: LineRevision) -> LineRevision: ...
    @property
    def can_smooth(self) -> bool:
        """Whether a language model on this machine is turned on."""
        ...

    def smooth(self, shown: ShownSummary, wanted: Callable[[], bool] = lambda: True) -> Smoothed:
        """Ask it for smoother wordings, which are only proposed. ``wanted``: whether anybody still waits for
        them; nobody is asked otherwise.

        Raises ``KnownError`` ("model-address", "model-away", "model-slow", "model-answer").
        """
        ...

    def try_model(self, address: str, name: str) -> ModelTrial:
        """Ask a model for the wording of a sentence of ours; raises as ``smooth`` does."""
        ...

    def stop_asking(self) -> None:
        """From another thread: whatever a model is being asked is given up at once ("model-stopped")."""
        ...

    def export(self, shown: ShownSummary, path: Path, form: TextForm, replace: bool = False) -> None:
        """Write a file whole or not at all ("file-exists", "file-no-room", "file-unwritable")."""
        ...
