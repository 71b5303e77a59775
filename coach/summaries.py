"""What is said of a call once it is over; taken from ``coach.events``, with all other values that flow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of a summary. ``at_s`` is the second it came from, ``evidence`` the agent's words there.

    ``subject`` is what the line is about: a move, a whole-call flag or a commitment's id; empty where it is
    only about the words.
    """

    text: str
    at_s: float
    evidence: str
    turn_index: int
    detail: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class SummarySection:
    """``key`` is one of: about, suggestions, moments, repairs, missing, commitments, keep, try."""

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


def lines_by_id(summary: CallSummary) -> Iterator[tuple[str, SummarySection, SummaryLine]]:
    """Every line with a name that stays when the summary is made anew from the same words: its section,
    turn and subject, and a number where that is not enough."""
    seen: Counter[str] = Counter()
    for section in summary.sections:
        for line in section.lines:
            name = f"{section.key}.{line.turn_index}.{line.subject or 'words'}"
            seen[name] += 1
            yield (name if seen[name] == 1 else f"{name}.{seen[name]}"), section, line
