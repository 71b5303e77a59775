"""Log-mel filter banks as Kaldi computes them: what the speaker encoder was trained on.

80 bands from 20 Hz to 8 kHz, frames of 25 ms every 10 ms, the mean of each frame taken away, pre-emphasis
0.97, the Povey window, power spectrum of 512 points; no dither, so the same sound gives the same features.
Checked against kaldi-native-fbank in the tests.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from coach.events import SAMPLE_RATE_HZ, Samples

BANDS = 80
FRAME = 400
"""Samples of a frame, 25 ms."""
SHIFT = 160
"""Samples from frame to frame, 10 ms."""
_FFT = 512
_LOWEST_HZ = 20.0
_PREEMPHASIS = 0.97
_FULL_SCALE = 32_768.0
"""Kaldi reads samples as 16-bit numbers."""
_HIGH_HZ = 4500.0
_MIDDLE_HZ = (400.0, 3000.0)
_NARROW_DB = -32.0
"""Wide-band speech of 18 speakers: always above -25 dB; telephone speech: nearly always below -35 dB."""
_LOUD_PERCENT = 95.0
_RANGE = 40.0 * math.log(10) / 10
"""40 dB, as the features count: natural logarithms of power."""


def frame_count(samples: int) -> int:
    """Whole frames in a run of samples."""
    return 0 if samples < FRAME else 1 + (samples - FRAME) // SHIFT


def log_mel(samples: Samples) -> NDArray[np.float32]:
    """Shape (frames, 80); frames may be 0. Samples that are not finite count as silence."""
    frames = frame_count(len(samples))
    if frames == 0:
        return np.zeros((0, BANDS), np.float32)
    clean = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0).clip(-1.0, 1.0) * _FULL_SCALE
    cut = np.lib.stride_tricks.sliding_window_view(clean, FRAME)[: frames * SHIFT : SHIFT]
    cut = cut - cut.mean(axis=1, keepdims=True)
    before = np.concatenate([cut[:, :1], cut[:, :-1]], axis=1)
    spectrum = np.fft.rfft((cut - _PREEMPHASIS * before) * _window(), _FFT)
    power = np.square(np.abs(spectrum)).astype(np.float32)
    bands: NDArray[np.float32] = np.log(np.maximum(power @ _filters(), np.finfo(np.float32).eps))
    return bands


def level(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """The features without what stays the same through the run: the channel, and how loud it is."""
    centred: NDArray[np.float32] = features - features.mean(axis=0, keepdims=True)
    return centred


def audible(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """The features with nothing fainter than 40 dB below the loud ones.

    Where a telephone lets nothing through, a band holds only what leaks from its neighbours, the same for
    every voice; below a real line's noise there is nothing of a voice either.
    """
    if not len(features):
        return features
    floor = np.percentile(features, _LOUD_PERCENT) - _RANGE
    heard: NDArray[np.float32] = np.maximum(features, np.float32(floor))
    return heard


def sounds_narrow(features: NDArray[np.float32]) -> bool:
    """Whether the sound came through a telephone's band: hardly anything above 4.5 kHz, even in an "s"."""
    if not len(features):
        return False
    power = np.exp(features.astype(np.float64))
    high, middle = (
        float(np.percentile(power[:, bands].mean(axis=1), 95))
        for bands in (_centres_hz() > _HIGH_HZ, _middle())
    )
    return bool(10 * np.log10((high + 1e-9) / (middle + 1e-9)) < _NARROW_DB)


def _middle() -> NDArray[np.bool_]:
    hz = _centres_hz()
    return (hz > _MIDDLE_HZ[0]) & (hz < _MIDDLE_HZ[1])


@cache
def _centres_hz() -> NDArray[np.float64]:
    lowest, highest = _mel(np.array([_LOWEST_HZ, SAMPLE_RATE_HZ / 2]))
    hz: NDArray[np.float64] = 700.0 * np.expm1(np.linspace(lowest, highest, BANDS + 2)[1:-1] / 1127.0)
    return hz


@cache
def _window() -> NDArray[np.float32]:
    turn = 2 * np.pi * np.arange(FRAME) / (FRAME - 1)
    window: NDArray[np.float32] = ((0.5 - 0.5 * np.cos(turn)) ** 0.85).astype(np.float32)
    return window


@cache
def _filters() -> NDArray[np.float32]:
    """Triangles on Kaldi's mel scale, shape (257, 80)."""
    lowest, highest = _mel(np.array([_LOWEST_HZ, SAMPLE_RATE_HZ / 2]))
    edges = np.linspace(lowest, highest, BANDS + 2)
    bins = _mel(np.arange(_FFT // 2 + 1) * SAMPLE_RATE_HZ / _FFT)[:, np.newaxis]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    filters: NDArray[np.float32] = np.maximum(0.0, np.minimum(rising, falling)).astype(np.float32)
    filters[-1] = 0.0  # Kaldi leaves the bin at half the rate out
    return filters


def _mel(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    mel: NDArray[np.float64] = 1127.0 * np.log1p(hz / 700.0)
    return mel
