"""What the agent said of flags: what is kept, heeded and shown of it, and its ports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Verdict:
    """One word about one flag. ``fair``: its cue was taken up; else the agent called the flag unfair."""

    move: str
    fair: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the turn it was about, as far as that is still kept.

    ``text`` is the whole turn and ``evidence`` the half-open range of its characters that carried the move;
    ``labels`` are all moves found in the turn. ``call_id`` is None, and the words are empty, once the call is
    deleted. ``at_s`` is the turn's start in seconds of the call. ``undone_at``: taken back then, so it does
    not count.
    """

    id: int
    verdict: Verdict
    said_at: dt.datetime
    confidence: float | None = None
    call_id: str | None = None
    call_title: str = ""
    turn_index: int | None = None
    at_s: float = 0.0
    text: str = ""
    evidence: tuple[int, int] = (0, 0)
    labels: tuple[str, ...] = ()
    undone_at: dt.datetime | None = None

    @property
    def move(self) -> str:
        return self.verdict.move

    @property
    def stands(self) -> bool:
        return self.undone_at is None

    @property
    def contested(self) -> bool:
        """Whether the flag counts as unfair now."""
        return self.stands and not self.verdict.fair

    @property
    def words(self) -> str:
        """The words that carried the move; the whole turn where the range holds none."""
        return self.text[slice(*self.evidence)].strip() or self.text


@dataclass(frozen=True, slots=True)
class MoveFairness:
    """From which confidence on a move is flagged: as shipped, for this agent now, and at the very most.

    ``unfair`` are the judgements that stand, newest first; ``confirmed`` counts cues taken up.
    """

    move: str
    shipped: float
    now: float
    limit: float
    unfair: tuple[Judgement, ...]
    confirmed: int

    @property
    def share(self) -> float:
        """How much of the way from shipped to the limit the threshold has been raised, in [0, 1]."""
        room = self.limit - self.shipped
        return (self.now - self.shipped) / room if room > 0 else 0.0


class FeedbackStore(Protocol):
    """Keeps what the agent said of flags. Raises ``KnownError`` ("flag-unknown", "feedback-unknown")."""

    def contest(self, call_id: str, turn_index: int, move: str) -> int: ...
    def take_back(self, ids: Sequence[int]) -> list[int]: ...
    def contest_again(self, ids: Sequence[int]) -> list[int]: ...
    def verdicts(self) -> Sequence[Verdict]:
        """The same object as before where nothing has changed since."""
        ...

    def judgements(self) -> list[Judgement]: ...


class FeedbackServices(Protocol):
    """What the agent says of flags, in force from the next turn on. Methods raise ``KnownError``."""

    def contest(self, call_id: str, turn_index: int, move: str) -> int:
        """Call a flag unfair; returns the id by which that is taken back."""
        ...

    def take_back(self, ids: Sequence[int]) -> list[int]:
        """Returns the ids that counted until now; ``contest_again`` of them undoes it exactly."""
        ...

    def contest_again(self, ids: Sequence[int]) -> list[int]: ...
    def of_call(self, call_id: str) -> list[Judgement]:
        """The unfairs of one call that stand."""
        ...

    def overview(self) -> tuple[MoveFairness, ...]: ...
    def export(self, path: Path, replace: bool = False) -> tuple[int, int]:
        """Write turns called unfair as labelled data; how many, and how many whose call is deleted."""
        ...
