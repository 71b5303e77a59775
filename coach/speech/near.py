"""Speech from across the room is not the agent's: told by level alone, before recognition. Pure."""

from __future__ import annotations

from collections import deque

import numpy as np

from coach.events import Samples, Utterance
from coach.speech.tape import WINDOW

FAINTEST_DBFS = -47.0
"""Fainter than this is no voice near a microphone that is any use; the user is told of such a microphone."""
FAR_DB = 20.0
"""So much fainter than the session's usual speech: a mouth ten times as far away."""
_KNOWN_FROM = 3
_REMEMBERED = 20
_LOUD_SHARE = 0.7
"""Level is that of the louder windows: pauses inside a run say nothing."""


class NearField:
    """Follows how loud the agent is in this session; ``is_far`` judges one run and learns from a near one."""

    def __init__(self) -> None:
        self._levels: deque[float] = deque(maxlen=_REMEMBERED)

    def is_far(self, run: Utterance) -> bool:
        level = level_dbfs(run.samples)
        usual = float(np.median(self._levels)) if len(self._levels) >= _KNOWN_FROM else None
        if level < FAINTEST_DBFS or (usual is not None and level < usual - FAR_DB):
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
