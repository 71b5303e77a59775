"""Whether a recording is plainly in another language, from what the recogniser takes its pieces for. Pure.

Told to write English, Whisper translates: fluent sentences that nobody said, with promises nobody made. One
short piece is easily mistaken for Norwegian or Welsh, so several must agree.
"""

from __future__ import annotations

from dataclasses import dataclass

LEAST_S = 5.0
"""Shorter pieces tell little: Whisper takes some seconds of English on a telephone for Norwegian."""
_SURE_S = 12.0
"""A piece of so much speech counts alone; a shorter one by its share of it."""
_OTHER = 0.35
"""Below this probability of English it is another language. Of four English recordings no piece of 12 s had
less than 0.7, of a German and a Spanish one none more than 0.1. Of others (bench/tongue.py) none of 34 in
English was marked; of 24 in other languages, read by a voice of rules in some ten seconds, 3 were not."""
_SETTLED = 0.8
_AGAIN_S = 60.0
"""Once it is English, it is looked at again after so much speech: a look costs as much as a second of it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How likely a piece is English, and the ISO 639 code of the likeliest language."""

    english: float
    likeliest: str


class Tongue:
    """``language`` is "" for English and while nothing is known."""

    def __init__(self) -> None:
        self.language = ""
        self._english = 1.0
        self._since_s = _AGAIN_S

    def wants(self, speech_s: float) -> bool:
        """Whether a piece with so much speech is to be looked at."""
        self._since_s += speech_s
        settled = self._english >= _SETTLED and self._since_s < _AGAIN_S
        return speech_s >= LEAST_S and not settled

    def hear(self, speech_s: float, taken: Taken) -> None:
        """A piece with so much speech was taken for this."""
        self._since_s = 0.0
        self._english += min(1.0, speech_s / _SURE_S) * (taken.english - self._english)
        if self._english >= _OTHER:
            self.language = ""
        elif taken.likeliest != "en":
            self.language = taken.likeliest
