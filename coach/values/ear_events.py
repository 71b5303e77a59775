"""What the ear tells outside of a call: a voice enrolled, that somebody speaks, a leak, a model's delay."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class EnrolmentHeard:
    """How far a reading is: seconds of clean speech of those wanted, and what is wrong just now.

    ``problem`` is "", "too-quiet", "too-loud", "noisy" or "another-voice"; ``advice`` says it in a sentence.
    """

    clean_s: float
    wanted_s: float
    problem: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class VoiceEnrolled:
    """The voice profile is made and kept."""

    on: dt.date


@dataclass(frozen=True, slots=True)
class SpeechBegan:
    """Somebody speaks on a microphone that was quiet, since ``at_s`` seconds after it was opened."""

    at_s: float


@dataclass(frozen=True, slots=True)
class LeakVerdict:
    """Whether the microphone hears what the chosen output plays.

    ``why`` says what was measured, ``advice`` what to do; both in sentences. ``leak_db`` is how far the sound
    was over the noise of the room, ``delay_s`` when it arrived; None where it was not heard.
    """

    verdict: Literal["safe", "headset-needed", "could-not-tell"]
    why: str
    advice: str = ""
    leak_db: float | None = None
    delay_s: float | None = None


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """What a measurement on this machine came to: the model, its delay, and (model, delay) of each tried."""

    model: str
    delay_s: float
    tried: tuple[tuple[str, float], ...] = ()
