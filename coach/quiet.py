"""When a call hears nothing because the agent wants it so; taken from ``coach.events`` as all that flows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SessionPaused:
    at_s: float


@dataclass(frozen=True, slots=True)
class SessionResumed:
    at_s: float


@dataclass(frozen=True, slots=True)
class BlackedOut:
    """Nothing is heard, kept or shown of [start_s, until_s). Sent again when that becomes longer."""

    start_s: float
    until_s: float


@dataclass(frozen=True, slots=True)
class BlackOutEnded:
    at_s: float
