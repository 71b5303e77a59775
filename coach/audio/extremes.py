"""Whether a sound is silent, or stands at full scale so often that it must have been recorded too loud."""

from __future__ import annotations

import numpy as np

from coach.events import SAMPLE_RATE_HZ, Samples

PIECE = SAMPLE_RATE_HZ // 200
"""5 ms."""
CLIPPED_SHARE = 0.001
_FULL = 126.5 / 127
_QUIET = 2.5 / 127


class Extremes:
    """Counts pieces of 5 ms that reach full scale; the same measure as the picture of a recording."""

    def __init__(self) -> None:
        self._pieces = 0
        self._full = 0
        self._highest = 0.0

    def take(self, samples: Samples) -> None:
        if not len(samples):
            return
        padded = np.pad(np.abs(samples), (0, -len(samples) % PIECE)).reshape(-1, PIECE)
        highest = padded.max(axis=1)
        self._pieces += len(highest)
        self._full += int((highest >= _FULL).sum())
        self._highest = max(self._highest, float(highest.max()))

    @property
    def clipped(self) -> bool:
        return self._pieces > 0 and self._full > CLIPPED_SHARE * self._pieces

    @property
    def silent(self) -> bool:
        return self._highest < _QUIET
