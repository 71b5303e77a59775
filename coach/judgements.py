"""What the agent said of flags: values that the store keeps, the detector heeds and the app shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


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
