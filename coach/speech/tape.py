"""The recent past as windows of 32 ms with their speech probability: what an utterance is cut from. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import islice

import numpy as np

from coach.events import SAMPLE_RATE_HZ, Samples, Utterance

WINDOW = 512
WINDOW_S = WINDOW / SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True, eq=False)
class _Window:
    samples: Samples
    probability: float
    energy: float


class Tape:
    """Windows numbered from 0 at ``origin``, a sample of the call; only those not forgotten are held."""

    def __init__(self, origin: int) -> None:
        self._origin = origin
        self._windows: deque[_Window] = deque()
        self.first = 0

    @property
    def end(self) -> int:
        """Number of the window that comes next."""
        return self.first + len(self._windows)

    @property
    def end_s(self) -> float:
        return self.time_s(self.end) if not self._windows else self.utterance(self.end - 1, self.end).end_s

    @property
    def latest(self) -> float:
        """Speech probability of the last window; 0 before the first."""
        return self._windows[-1].probability if self._windows else 0.0

    def time_s(self, window: int) -> float:
        """When ``window`` begins, in seconds of the call."""
        return (self._origin + window * WINDOW) / SAMPLE_RATE_HZ

    def append(self, samples: Samples, probability: float) -> None:
        """``samples``: shape (512,), shorter only at the end of the audio."""
        self._windows.append(_Window(samples, probability, float(np.dot(samples, samples))))

    def forget(self, before: int) -> None:
        """Let go of the windows before ``before``."""
        while self.first < before and self._windows:
            self._windows.popleft()
            self.first += 1

    def utterance(self, begin: int, end: int) -> Utterance:
        """The audio of the windows [begin, end), untouched."""
        samples = np.concatenate([window.samples for window in self._between(begin, end)])
        start = self._origin + begin * WINDOW
        return Utterance(samples, start / SAMPLE_RATE_HZ, (start + len(samples)) / SAMPLE_RATE_HZ)

    def voiced_s(self, begin: int, end: int, threshold: float) -> float:
        """Seconds of [begin, end) at or above ``threshold``."""
        return WINDOW_S * sum(window.probability >= threshold for window in self._between(begin, end))

    def best_cut(self, begin: int, end: int, threshold: float) -> int:
        """Where to cut inside (begin, end): in the middle of the longest pause, or else where it is quietest.

        A pause is two windows or more below ``threshold``; the later of two equal pauses is taken.
        """
        windows = self._between(begin, end)
        longest = run = 0
        cut = 0
        for number, window in enumerate(windows):
            run = run + 1 if window.probability < threshold else 0
            if run >= max(2, longest):
                longest, cut = run, number + 1 - run // 2
        if not longest:
            energy = np.convolve([window.energy for window in windows], np.ones(3), mode="same")
            cut = 1 + int(np.argmin(energy[1:-1])) if len(energy) > 2 else len(energy) - 1
        return begin + min(max(cut, 1), end - begin - 1)

    def _between(self, begin: int, end: int) -> list[_Window]:
        return list(islice(self._windows, begin - self.first, end - self.first))
