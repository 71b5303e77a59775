"""From a few example sentences to a rule: is this sentence one of that kind?

The direction in which the examples differ most from ordinary turns, for how ordinary turns vary (Fisher's
linear discriminant with a shrunk covariance, after Ledoit and Wolf 2004). What was
compared: docs/own-moves.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Meaning = Callable[[str], Vectors | None]
"""A text to a vector of unit length, shape (768,); None for a text without words."""

BAR = 0.5
"""The strength from which on an own move fires."""
BAR_SPREADS = 4.6
"""How far over the mean of ordinary turns that is, in their standard deviations."""
LIKENESS = 0.25
"""The cosine to an example below which nothing fires: what is merely unlike ordinary talk is not the move."""
SHRINK = 0.9
"""How much the covariance of ordinary turns is drawn towards a round one: there are few of them."""


class Ordinary:
    """Ordinary turns, ``vectors`` of shape (n, d), against which examples are held."""

    def __init__(self, vectors: Vectors) -> None:
        count, width = vectors.shape
        self._vectors = vectors.astype(np.float64)
        self.mean = self._vectors.mean(axis=0)
        self._off = self._vectors - self.mean
        self._round = SHRINK * float(np.square(self._off).sum()) / (count - 1) / width
        share = (1 - SHRINK) / (count - 1)
        # The inverse of a large matrix of low rank, by Woodbury: n x n instead of d x d.
        self._inverse = np.linalg.inv(self._round / share * np.eye(count) + self._off @ self._off.T)

    def direction(self, centre: NDArray[np.float64]) -> tuple[NDArray[np.float64], float, float]:
        """The unit vector, (d,), that best tells ``centre`` from ordinary turns; their mean and spread."""
        towards = centre - self.mean
        best = (towards - self._off.T @ (self._inverse @ (self._off @ towards))) / self._round
        best /= max(float(np.linalg.norm(best)), 1e-12)
        along = self._vectors @ best
        return best, float(along.mean()), max(float(along.std()), 1e-6)


class Rule:
    """``examples`` (k, d) and ``not_examples`` (m, d), m may be 0, against ordinary turns."""

    def __init__(self, examples: Vectors, not_examples: Vectors, ordinary: Ordinary) -> None:
        self._examples = examples
        self._not_examples = not_examples
        self._direction, self._mean, self._spread = ordinary.direction(
            examples.astype(np.float64).mean(axis=0)
        )

    def strength(self, vector: Vectors) -> float:
        """In [0, 1]; at ``BAR`` and above with about 1 in 200 ordinary turns, sentence by sentence."""
        spreads = (float(vector @ self._direction) - self._mean) / self._spread
        strength = 1 / (1 + math.exp(min(50.0, BAR_SPREADS - spreads)))
        likeness = self.nearest(vector)[1]
        return strength if likeness >= LIKENESS else min(strength, BAR * max(0.0, likeness) / LIKENESS)

    def nearest(self, vector: Vectors) -> tuple[int, float]:
        """The example nearest to ``vector``, and its cosine."""
        return _nearest(self._examples, vector)

    def rival(self, vector: Vectors) -> int | None:
        """The not-example that is nearer than every example; None where there is none."""
        if not len(self._not_examples):
            return None
        index, cosine = _nearest(self._not_examples, vector)
        return index if cosine > self.nearest(vector)[1] else None


def _nearest(vectors: Vectors, vector: Vectors) -> tuple[int, float]:
    cosines = vectors @ vector
    index = int(np.argmax(cosines))
    return index, float(cosines[index])
