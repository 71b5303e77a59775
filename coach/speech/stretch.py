"""Runs of speech close enough together to be recognised as one. Pure.

Whisper hears a sentence better whole than in the pieces that pauses cut it into (a tenth more wrong words for
pieces), and an agent should not wait for the end of a long turn. So each pause hears the open stretch again
from its beginning, and what is a finished sentence with enough said after it is settled and let go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from coach.events import SAMPLE_RATE_HZ, Utterance, Word

LONGEST_S = 24.0
"""Longer than this a stretch is settled wherever its longest pause is; Whisper hears 30 s at a time."""
_WORTH_S = 5.0
"""A shorter stretch costs little to hear again."""
_RIGHT_S = 1.0
_RIGHT_WORDS = 3
_LEAST_RUN_S = 0.6
_SLACK_S = 0.3
"""How far Whisper's word times may be off."""
_SENTENCE_END = (".", "?", "!")


@dataclass(frozen=True, slots=True)
class _Pause:
    start_s: float
    end_s: float


class Stretch:
    """The audio of the agent's latest runs of speech, with the quiet between them where it was kept."""

    def __init__(self) -> None:
        self._runs: list[Utterance] = []

    def __bool__(self) -> bool:
        return bool(self._runs)

    @property
    def duration_s(self) -> float:
        return self._runs[-1].end_s - self._runs[0].start_s if self._runs else 0.0

    def add(self, run: Utterance) -> None:
        """``run`` begins where the one before it ended, or later."""
        self._runs.append(run)

    def clear(self) -> None:
        self._runs.clear()

    def audio(self) -> Utterance:
        """All of it as one utterance; where nothing was kept it is digital silence."""
        first, last = self._runs[0], self._runs[-1]
        samples = np.zeros(round((last.end_s - first.start_s) * SAMPLE_RATE_HZ), np.float32)
        for run in self._runs:
            at = round((run.start_s - first.start_s) * SAMPLE_RATE_HZ)
            begin = at - len(run.lead) if run is not first else at
            heard = run.samples if run is first else np.concatenate([run.lead, run.samples])
            begin, heard = max(0, begin), heard[max(0, -begin) :]
            samples[begin : begin + len(heard)] = heard[: len(samples) - begin]
        return Utterance(samples, first.start_s, last.end_s)

    def may_settle(self, words: Sequence[Word]) -> bool:
        """Whether the words' times are worth knowing: a sentence seems to have ended, or it grows long."""
        if len(self._runs) < 2:
            return False
        return self.duration_s > LONGEST_S or (
            self.duration_s > _WORTH_S and any(_right_of(words, at) for at in _sentence_ends(words))
        )

    def unheard(self, words: Sequence[Word]) -> list[Utterance]:
        """Runs in which no word was found: the decoder leaves out a sentence now and then."""
        return [
            run
            for run in self._runs
            if run.end_s - run.start_s >= _LEAST_RUN_S and not any(_inside(word, run) for word in words)
        ]

    def settle(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """The words that are final whatever comes; the audio they came from is let go."""
        pauses = [_Pause(before.end_s, after.start_s) for before, after in pairwise(self._runs)]
        ends = [at for at in _sentence_ends(words) if _right_of(words, at)]
        for at in reversed(ends):
            pause = next((one for one in reversed(pauses) if _parts(one, words[at], words[at + 1])), None)
            if pause is not None:
                return self._let_go(words, at + 1, pause)
        if self.duration_s <= LONGEST_S or not pauses:
            return ()
        longest = max(pauses, key=lambda one: one.end_s - one.start_s)
        count = sum(word.start_s + word.end_s < longest.start_s + longest.end_s for word in words)
        return self._let_go(words, count, longest)

    def _let_go(self, words: Sequence[Word], count: int, pause: _Pause) -> tuple[Word, ...]:
        self._runs = [run for run in self._runs if run.start_s >= pause.end_s]
        return tuple(words[:count])


def _sentence_ends(words: Sequence[Word]) -> list[int]:
    return [at for at, word in enumerate(words[:-1]) if word.text.endswith(_SENTENCE_END)]


def _right_of(words: Sequence[Word], at: int) -> bool:
    """Enough was said after word ``at`` to be sure that the sentence ended there."""
    return len(words) - at > _RIGHT_WORDS and words[-1].end_s - words[at + 1].start_s >= _RIGHT_S


def _parts(pause: _Pause, before: Word, after: Word) -> bool:
    return before.end_s <= pause.end_s + _SLACK_S and after.start_s >= pause.start_s - _SLACK_S


def _inside(word: Word, run: Utterance) -> bool:
    middle_s = (word.start_s + word.end_s) / 2
    return run.start_s - _SLACK_S <= middle_s <= run.end_s + _SLACK_S
