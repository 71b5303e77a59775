"""Runs of speech close enough together to be recognised as one. Pure.

Whisper hears a sentence better whole than in the pieces that pauses cut it into (a tenth more wrong words for
pieces), and an agent should not wait for the end of a long turn. So each pause hears the open stretch again
from its beginning, and what has enough said after it is settled and let go: a finished sentence, or, where
none ends, the part before the longest gap between words.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coach.events import SAMPLE_RATE_HZ, Utterance, Word

LONGEST_S = 9.0
"""Longer than this a stretch is settled between two words, sentence or not: hearing it again costs more and
more, and the last words come later and later."""
_WORTH_S = 6.0
"""A shorter stretch costs little to hear again."""
_RIGHT_S = 1.0
_RIGHT_WORDS = 3
_LEAST_RUN_S = 0.6
_SLACK_S = 0.3
"""How far Whisper's word times may be off."""
_SEAM_S = 0.15
_STEP = 320
"""20 ms: what the quietest moment between two words is looked for in."""
_SENTENCE_END = (".", "?", "!")
_CLAUSE_END = (*_SENTENCE_END, ",", ";", ":")


class Stretch:
    """The audio of the agent's latest runs of speech, with the quiet between them where it was kept."""

    def __init__(self) -> None:
        self._runs: list[Utterance] = []

    def __bool__(self) -> bool:
        return bool(self._runs)

    @property
    def start_s(self) -> float | None:
        return self._runs[0].start_s if self._runs else None

    @property
    def duration_s(self) -> float:
        return self._runs[-1].end_s - self._runs[0].start_s if self._runs else 0.0

    def add(self, run: Utterance) -> None:
        """``run`` begins where the one before it ended, or later."""
        self._runs.append(run)

    def clear(self) -> None:
        self._runs.clear()

    def audio(self, more: Utterance | None = None) -> Utterance:
        """All of it, and ``more`` after it, as one utterance; what was not kept is digital silence."""
        runs = self._runs if more is None else [*self._runs, more]
        first, last = runs[0], runs[-1]
        samples = np.zeros(round((last.end_s - first.start_s) * SAMPLE_RATE_HZ), np.float32)
        for run in runs:
            at = round((run.start_s - first.start_s) * SAMPLE_RATE_HZ)
            begin = at - len(run.lead) if run is not first else at
            heard = run.samples if run is first else np.concatenate([run.lead, run.samples])
            begin, heard = max(0, begin), heard[max(0, -begin) :]
            samples[begin : begin + len(heard)] = heard[: len(samples) - begin]
        return Utterance(samples, first.start_s, last.end_s)

    def unheard(self, words: Sequence[Word]) -> list[Utterance]:
        """Runs in which no word was found: the decoder leaves out a sentence now and then."""
        return [
            run
            for run in self._runs
            if run.end_s - run.start_s >= _LEAST_RUN_S and not any(_inside(word, run) for word in words)
        ]

    def may_settle(self, words: Sequence[Word]) -> bool:
        """Whether the words' times are worth knowing: a sentence seems to have ended, or it grows long."""
        return self.duration_s > LONGEST_S or (
            self.duration_s > _WORTH_S and any(_right_of(words, at) for at in _ends(words, _SENTENCE_END))
        )

    def settle(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """The words that are final whatever comes; the audio they came from is let go."""
        if self.duration_s <= _WORTH_S:
            return ()
        sentences = [at for at in _ends(words, _SENTENCE_END) if _right_of(words, at)]
        if sentences:
            return self._let_go(words, sentences[-1])
        if self.duration_s <= LONGEST_S:
            return ()
        clauses = [at for at in _ends(words, _CLAUSE_END) if _right_of(words, at)]
        between = clauses or [at for at in range(len(words) - 1) if _right_of(words, at)]
        if not between:
            return ()
        return self._let_go(words, max(between, key=lambda at: words[at + 1].start_s - words[at].end_s))

    def _let_go(self, words: Sequence[Word], last: int) -> tuple[Word, ...]:
        """Cut at the quietest moment between the words ``last`` and ``last + 1``."""
        before, after = words[last], words[last + 1]
        begin_s = max((before.start_s + before.end_s) / 2, before.end_s - _SEAM_S)
        end_s = min((after.start_s + after.end_s) / 2, after.start_s + _SEAM_S)
        cut_s = self._quietest(begin_s, max(begin_s, end_s))
        kept = [run for run in self._runs if run.end_s > cut_s]
        if kept and kept[0].start_s < cut_s:
            run = kept[0]
            at = round((cut_s - run.start_s) * SAMPLE_RATE_HZ)
            kept[0] = Utterance(run.samples[at:], run.start_s + at / SAMPLE_RATE_HZ, run.end_s)
        self._runs = kept
        return tuple(words[: last + 1])

    def _quietest(self, begin_s: float, end_s: float) -> float:
        whole = self.audio()
        first = max(0, round((begin_s - whole.start_s) * SAMPLE_RATE_HZ))
        samples = whole.samples[first : round((end_s - whole.start_s) * SAMPLE_RATE_HZ)]
        count = len(samples) // _STEP
        if count < 2:
            return (begin_s + end_s) / 2
        energy = np.square(samples[: count * _STEP].reshape(count, _STEP)).sum(axis=1)
        return whole.start_s + (first + (int(np.argmin(energy)) + 0.5) * _STEP) / SAMPLE_RATE_HZ


def _ends(words: Sequence[Word], marks: tuple[str, ...]) -> list[int]:
    return [at for at, word in enumerate(words[:-1]) if word.text.endswith(marks)]


def _right_of(words: Sequence[Word], at: int) -> bool:
    """Enough was said after word ``at`` to be sure of what came before."""
    return len(words) - at > _RIGHT_WORDS and words[-1].end_s - words[at + 1].start_s >= _RIGHT_S


def _inside(word: Word, run: Utterance) -> bool:
    middle_s = (word.start_s + word.end_s) / 2
    return run.start_s - _SLACK_S <= middle_s <= run.end_s + _SLACK_S
