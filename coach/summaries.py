"""What is said of a call once it is over; taken from ``coach.events``, with all other values that flow."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of a summary. ``at_s`` is the second it came from, ``evidence`` the agent's words there."""

    text: str
    at_s: float
    evidence: str
    turn_index: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SummarySection:
    """``key`` is one of: about, moments, repairs, missing, commitments, keep, try."""

    key: str
    title: str
    lines: tuple[SummaryLine, ...]


@dataclass(frozen=True, slots=True)
class CallSummary:
    """Frozen after the call: every line points to the second it came from."""

    call_id: str
    headline: str
    sections: tuple[SummarySection, ...]
    talk_s: float
    words_per_minute: float
    flags_raised: int
    flags_repaired: int
