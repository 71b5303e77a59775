"""Speech from across the room is not the agent's: told by level alone, before recognition. Pure."""

from __future__ import annotations

from collections import deque

import numpy as np

from coach.events import SAMPLE_RATE_HZ, Samples, Utterance
from coach.speech.tape import WINDOW

FAINTEST_DBFS = -48.0
"""Fainter than this is seldom a voice at its own microphone."""
FAR_DB = 20.0
"""So much fainter than the session's usual speech: a mouth ten times as far away."""
PATIENCE_S = 6.0
"""Where nothing louder came in so much faint speech, the microphone is turned low: it is the agent."""
_KNOWN_FROM = 3
_REMEMBERED = 20
_LOUD_SHARE = 0.7
"""Level is that of the louder windows: pauses inside a run say nothing."""


class NearField:
    """Follows how loud the agent is in this session; ``is_far`` judges one run and learns from a near one."""

    def __init__(self) -> None:
        self._levels: deque[float] = deque(maxlen=_REMEMBERED)
        self._faint_s = 0.0

    def seems_far(self, samples: Samples) -> bool:
        """Whether speech so loud is from afar, as far as the session has shown."""
        level = level_dbfs(samples)
        if len(self._levels) >= _KNOWN_FROM and level < float(np.median(self._levels)) - FAR_DB:
            return True
        return level < FAINTEST_DBFS and self._faint_s < PATIENCE_S

    def is_far(self, run: Utterance) -> bool:
        level = level_dbfs(run.samples)
        if level < FAINTEST_DBFS and not self._levels:
            self._faint_s += len(run.samples) / SAMPLE_RATE_HZ
        if self.seems_far(run.samples):
            return True
        self._levels.append(level)
        return False


def level_dbfs(samples: Samples) -> float:
    """Root mean square of the louder windows of ``samples``, shape (n,), in dB full scale."""
    count = len(samples) // WINDOW
    if not count:
        return -120.0
    energy = np.mean(samples[: count * WINDOW].reshape(count, WINDOW).astype(np.float64) ** 2, axis=1)
    loud = energy[energy >= np.quantile(energy, _LOUD_SHARE)]
    return float(10 * np.log10(max(float(np.mean(loud)), 1e-12)))
