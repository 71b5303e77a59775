"""What a call has taught so far of how alike its voices are to the profile. Gone with the call.

A cold, another room or a worse line makes the agent less like the reading, and one customer sounds more like
the agent than the next: both move the middle between "the agent" and "somebody else". What is learnt are four
averages of a similarity, no voice: from them nobody can be recognised, and the profile stays as it was read.
"""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from coach.voice.calibration import Judged, Likeness

_SURE = 4.0
_WHOLE_S = 1.0
"""A run of so much speech counts once; a shorter one less, and it has to be more like the agent."""
_SHORT_COSTS = {False: 1.0, True: 2.0}
"""Nats, for a run without any speech in it; of who takes a call over by telephone, short words pass first."""
_USUAL_OWN = {False: 2.0, True: 6.0}
_USUAL_OTHER = 1.0
"""What is usual counts as so many runs. It is more for the agent, and most through a telephone's band, where
agents differ least from each other: or somebody who takes a call over would slowly be taken for the agent."""
_MOST_COUNTED = 20.0
"""What was learnt counts as at most so many runs: over an hour the latest ones decide."""
_STAYS_S = 2.0
_STAYS_WORTH = 0.7
_SAME_TURN_S = 0.25
_MOST_CARRIED = 1.0
"""Carried on, a voice stays short of what is sure: a headset marks it."""
_QUIETER_DB = 4.0
_PER_DB = 0.25
_MOST_FOR_LEVEL = 2.0


class _Average:
    """Of surprises, as if ``usual`` runs without any had been heard before the call."""

    def __init__(self, usual: float) -> None:
        self._usual = usual
        self._sum = self._count = 0.0

    def add(self, value: float, count: float) -> None:
        self._sum += value * count
        self._count += count
        if self._count > _MOST_COUNTED:
            self._sum *= _MOST_COUNTED / self._count
            self._count = _MOST_COUNTED

    @property
    def value(self) -> float:
        return self._sum / (self._usual + self._count)


class Today:
    """Odds that follow the call: who spoke just before, how loud the agent is, how alike voices are today."""

    def __init__(self, likeness: Likeness) -> None:
        self._likeness = likeness
        self._own = {narrow: _Average(usual) for narrow, usual in _USUAL_OWN.items()}
        self._other = {narrow: _Average(_USUAL_OTHER) for narrow in _USUAL_OWN}
        self._levels: deque[float] = deque(maxlen=20)
        self._last: tuple[float, float] | None = None

    def odds(self, judged: Judged, start_s: float | None) -> float:
        """Evidence of the voice, moved by level and by who spoke until just before ``start_s``."""
        short = _SHORT_COSTS[judged.narrow] * max(0.0, 1.0 - judged.speech_s / _WHOLE_S)
        return judged.evidence - short + self._level(judged.level_dbfs) + self._staying(start_s)

    def carried(self, start_s: float) -> float | None:
        """Odds of a sound too short to tell: of the voice whose turn it belongs to; None after a pause."""
        if self._last is None or start_s - self._last[0] > _SAME_TURN_S:
            return None
        return min(_MOST_CARRIED, self._last[1])

    def learn(self, judged: Judged, odds: float, end_s: float) -> None:
        """Each run teaches of the agent as much as it is likely the agent's, and of others the rest."""
        self._last = (end_s, odds)
        counts = min(1.0, judged.speech_s / _WHOLE_S)
        agents = 1.0 / (1.0 + math.exp(-odds))
        own, other = self._own[judged.narrow], self._other[judged.narrow]
        own.add(judged.own_surprise, counts * agents)
        other.add(judged.other_surprise, counts * (1.0 - agents))
        self._likeness.expect(judged.narrow, (own.value + other.value) / 2)
        if min(odds, judged.evidence) >= _SURE and judged.speech_s >= _WHOLE_S:
            self._levels.append(judged.level_dbfs)

    def _level(self, level_dbfs: float) -> float:
        if len(self._levels) < 2:
            return 0.0
        below = float(np.median(self._levels)) - level_dbfs - _QUIETER_DB
        return -min(_MOST_FOR_LEVEL, max(0.0, below) * _PER_DB)

    def _staying(self, start_s: float | None) -> float:
        """Who speaks mostly goes on: worth less the longer the pause."""
        if start_s is None or self._last is None:
            return 0.0
        ended_s, odds = self._last
        near = max(0.0, 1.0 - max(0.0, start_s - ended_s) / _STAYS_S)
        return (_STAYS_WORTH if odds > 0 else -_STAYS_WORTH) * near
