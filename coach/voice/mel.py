"""Mel bands as librosa computes them: what the small speaker encoder (GE2E) was trained on.

40 bands from 0 to 8 kHz on Slaney's scale, triangles of equal area; frames of 25 ms every 10 ms around their
middle, with silence beyond the ends, the Hann window, power and not its logarithm. So loudness matters, and
every run is brought to the same. Checked against librosa in the tests.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from coach.events import SAMPLE_RATE_HZ, Samples

MEL_BANDS = 40
_FRAME, _SHIFT = 400, 160
_LEVEL_DBFS = -30.0
_LINEAR_TO_HZ = 1000.0
_HZ_PER_MEL = 200.0 / 3
_LOG_STEP = np.log(6.4) / 27


def even_mel(samples: Samples) -> NDArray[np.float32]:
    """Shape (frames, 40), as if the run were at -30 dB full scale; ``samples`` finite, at 16 kHz."""
    power = float(np.mean(np.square(samples, dtype=np.float64))) if len(samples) else 0.0
    gain = np.float32(10 ** (_LEVEL_DBFS / 20) / np.sqrt(max(power, 1e-12)))
    return mel(samples * gain)


def mel(samples: Samples) -> NDArray[np.float32]:
    """Shape (1 + samples // 160, 40), in units of power."""
    padded = np.pad(samples.astype(np.float32, copy=False), _FRAME // 2)
    cut = np.lib.stride_tricks.sliding_window_view(padded, _FRAME)[::_SHIFT]
    spectrum = np.fft.rfft(cut * _hann(), axis=1)
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    bands: NDArray[np.float32] = power @ _filters()
    return bands


@cache
def _hann() -> NDArray[np.float32]:
    window: NDArray[np.float32] = np.hanning(_FRAME + 1)[:-1].astype(np.float32)
    return window


@cache
def _filters() -> NDArray[np.float32]:
    """Triangles on Slaney's mel scale, shape (201, 40)."""
    top = 15.0 + np.log(SAMPLE_RATE_HZ / 2 / _LINEAR_TO_HZ) / _LOG_STEP
    edges = _hz(np.linspace(0.0, top, MEL_BANDS + 2))
    bins = np.fft.rfftfreq(_FRAME, 1 / SAMPLE_RATE_HZ)[:, np.newaxis]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    triangles = np.maximum(0.0, np.minimum(rising, falling)) * (2.0 / (edges[2:] - edges[:-2]))
    filters: NDArray[np.float32] = triangles.astype(np.float32)
    return filters


def _hz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Even steps up to 1 kHz, then even ratios."""
    bent = np.exp(_LOG_STEP * np.maximum(0.0, mels - 15.0))
    hz: NDArray[np.float64] = np.where(mels < 15.0, mels * _HZ_PER_MEL, _LINEAR_TO_HZ * bent)
    return hz
