"""Utterances joined into turns: what the agent said until the floor passed on. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach.events import Turn, Word, WordsHeard

TURN_PAUSE_S = 1.2
MAX_TURN_S = 60.0


class TurnAssembler:
    """Closes a turn when no speech has begun for ``turn_pause_s``, or at an utterance's end once it is long.

    Every word given comes out in exactly one turn. Utterances must come in the order of time.
    """

    def __init__(self, turn_pause_s: float = TURN_PAUSE_S, max_turn_s: float = MAX_TURN_S) -> None:
        self._turn_pause_s = turn_pause_s
        self._max_turn_s = max_turn_s
        self._index = 0
        self._words: list[Word] = []
        self._last_end_s = 0.0

    def words_heard(self, words: Sequence[Word], start_s: float, end_s: float) -> Iterator[WordsHeard | Turn]:
        """The words of one utterance at [start_s, end_s)."""
        yield from self.tick(start_s, speaking=False)
        if not words:
            return
        self._words.extend(words)
        self._last_end_s = end_s
        yield WordsHeard(self._index, tuple(words))
        if end_s - self._words[0].start_s >= self._max_turn_s:
            yield from self.flush()

    def tick(self, now_s: float, speaking: bool) -> Iterator[Turn]:
        """Time has come to ``now_s``; ``speaking``: speech has begun and is not over."""
        if not speaking and now_s - self._last_end_s >= self._turn_pause_s:
            yield from self.flush()

    def flush(self) -> Iterator[Turn]:
        """Close the open turn, if there is one."""
        if not self._words:
            return
        words = tuple(self._words)
        self._words.clear()
        text = " ".join(word.text for word in words)
        turn = Turn(self._index, text, words[0].start_s, words[-1].end_s, words)
        self._index += 1
        yield turn
