"""When the agent has finished: how long to wait in a pause, learned from this speaker's own pauses. Pure.

A pause after a finished sentence is more likely an end than one in the middle of it (Whisper's punctuation
tells), and what is a long pause for one speaker is a short one for another.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from coach.events import Word

_SENTENCE_END = (".", "?", "!", "…")


@dataclass(frozen=True, slots=True)
class EndpointConfig:
    """Seconds, counted from the end of a run of speech as the segmenter gives it."""

    words_wait_s: float = 0.05
    words_wait_open_s: float = 0.2
    """In the middle of a sentence the words are shown as final a little later."""
    turn_pause_s: float = 0.95
    least_turn_pause_s: float = 0.7
    most_turn_pause_s: float = 1.6
    open_sentence_s: float = 0.4
    """A turn in the middle of a sentence is waited for longer, by this."""
    margin: float = 1.5
    """How much longer than nine of ten of the speaker's own pauses is an end."""
    learned_from: int = 5
    remembered: int = 30


class Endpoint:
    """Tells how long to wait; ``resumed`` teaches it the pauses that were no end."""

    def __init__(self, config: EndpointConfig | None = None) -> None:
        self._config = config or EndpointConfig()
        self._pauses: deque[float] = deque(maxlen=self._config.remembered)

    def resumed(self, pause_s: float) -> None:
        """The agent went on with the same turn after ``pause_s``."""
        self._pauses.append(pause_s)

    def words_wait_s(self, words: Sequence[Word]) -> float:
        return self._config.words_wait_s if _finished(words) else self._config.words_wait_open_s

    def turn_pause_s(self, words: Sequence[Word]) -> float:
        config = self._config
        pause_s = config.turn_pause_s
        if len(self._pauses) >= config.learned_from:
            usual_s = sorted(self._pauses)[round(0.9 * (len(self._pauses) - 1))]
            pause_s = min(max(config.margin * usual_s, config.least_turn_pause_s), config.most_turn_pause_s)
        return pause_s if _finished(words) else pause_s + config.open_sentence_s


def _finished(words: Sequence[Word]) -> bool:
    return bool(words) and words[-1].text.endswith(_SENTENCE_END)
