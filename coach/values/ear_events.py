"""What a microphone that is held outside of a call tells: a voice being enrolled, or that somebody speaks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


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
    """Somebody began to speak on a microphone that was quiet, ``at_s`` seconds after it was opened."""

    at_s: float
