"""Which words of a growing hypothesis to believe: those two successive ones agree on. Pure.

LocalAgreement-2 (Liu et al. 2020, "Low-latency sequence-to-sequence speech recognition and translation by
partial hypothesis selection"; Macháček et al. 2023, "Turning Whisper into a real-time transcription system").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.events import Word


class Agreement:
    """The words of one run of speech, heard again and again from its beginning."""

    def __init__(self) -> None:
        self._committed: list[Word] = []
        self._previous: list[Word] = []

    def offer(self, hypothesis: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
        """(committed, tentative) after one more ``hypothesis`` of the whole run; committed words stay."""
        agreed = _common(self._previous, hypothesis)
        if agreed > len(self._committed):
            self._committed.extend(hypothesis[len(self._committed) : agreed])
        self._previous = list(hypothesis)
        return tuple(self._committed), tuple(hypothesis[len(self._committed) :])

    def reset(self) -> None:
        self._committed.clear()
        self._previous.clear()


def _common(one: Sequence[Word], other: Sequence[Word]) -> int:
    """How many words the two begin with alike, whatever their case and punctuation."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if plain(first.text) != plain(second.text):
            break
        count += 1
    return count


def plain(text: str) -> str:
    """A word as it sounds: no case, no punctuation."""
    return re.sub(r"[^\w]+", "", text.casefold())
