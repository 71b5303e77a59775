"""Several channels of one microphone to one: those that carry the voice, not those that only carry noise.

A headset may send its one microphone on the left channel of a stereo device and nothing, or hiss, on
the right; an interface has many inputs of which one is plugged in. A plain mean would cost 6 dB for two
channels and 30 dB for 32. So the channels within ``NEAR_DB`` of the loudest are averaged, judged
over the last seconds of sound. Where averaging would cancel them (one is the other turned over), the loudest
is taken alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.audio.block import clean
from coach.events import Samples

NEAR_DB = 10.0
"""Two capsules of one microphone differ by a few dB; a channel that is not plugged in by 20 and more."""
STEP_S = 0.04
MEMORY_S = 2.0
"""How long what was heard counts; a shorter memory would change channels within a sentence."""
CANCELLED = 0.25
"""The mean of equal channels has their power, of unrelated ones at least that of one in n; below a quarter
of the mean power of two channels that are alike in level, they work against each other."""


class ChannelMixer:
    """Frames of ``channels`` channels to one, piece by piece; the pieces' sizes do not change the result."""

    def __init__(self, channels: int, rate_hz: int) -> None:
        self._step = max(1, round(STEP_S * rate_hz))
        self._keep = 1.0 - STEP_S / MEMORY_S
        self._covariance = np.zeros((channels, channels))
        self._weights = np.full(channels, 1.0 / channels, np.float32)
        self._pending: list[NDArray[np.float32]] = []
        self._held = 0

    def push(self, frames: NDArray[np.generic]) -> Samples:
        """``frames``: shape (n, channels); n samples come back. A choice counts from the next step on."""
        cleaned = clean(frames)
        if cleaned.shape[1] == 1:
            return np.ascontiguousarray(cleaned[:, 0])
        mixed = []
        while len(cleaned):
            piece = cleaned[: self._step - self._held]
            cleaned = cleaned[len(piece) :]
            mixed.append(piece @ self._weights)
            self._learn(piece)
        return np.concatenate(mixed).astype(np.float32) if mixed else np.zeros(0, np.float32)

    def _learn(self, piece: NDArray[np.float32]) -> None:
        self._pending.append(piece)
        self._held += len(piece)
        if self._held < self._step:
            return
        frames = np.concatenate(self._pending).astype(np.float64)
        self._pending, self._held = [], 0
        frames -= frames.mean(axis=0)  # an offset is no sound
        self._covariance = self._keep * self._covariance + frames.T @ frames / len(frames)
        self._weights = _weights(self._covariance)


def _weights(covariance: NDArray[np.float64]) -> NDArray[np.float32]:
    """How much each channel counts, given their powers and what they have in common."""
    power = np.diag(covariance)
    loudest = int(np.argmax(power))
    if power[loudest] <= 0.0:
        return np.full(len(power), 1.0 / len(power), np.float32)
    near = power >= power[loudest] * 10 ** (-NEAR_DB / 10)
    weights = near / near.sum()
    least = CANCELLED * float(power[near].mean()) * 2 / near.sum()
    if float(weights @ covariance @ weights) < least:
        weights = np.zeros(len(power))
        weights[loudest] = 1.0
    chosen: NDArray[np.float32] = weights.astype(np.float32)
    return chosen
