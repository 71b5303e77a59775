"""Thirty kinds of minutes in which nobody near the microphone speaks: made, seeded, never recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from coach.events import SAMPLE_RATE_HZ, Samples

Floats = NDArray[np.float64]
Rng = np.random.Generator
_FS = SAMPLE_RATE_HZ
AFTER_THE_AGENT = "far voice -50 dB, reverberant"
"""Comes after the agent has spoken: alone it could as well be an agent at a microphone turned low."""


def minutes(seconds: float, far_voice: Samples) -> Iterator[tuple[str, Samples]]:
    """(kind, samples): each kind for ``seconds``, loud and quiet; ``far_voice`` is heard from far off."""
    for number, (name, make) in enumerate(_KINDS.items()):
        for level_dbfs in (-25.0, -45.0):
            rng = np.random.default_rng(100 + number)
            yield f"{name} {level_dbfs:.0f} dB", _at(make(seconds, rng), level_dbfs)
    far = _at(_far(np.resize(far_voice, round(seconds * _FS))), -50.0)
    yield AFTER_THE_AGENT, far
    yield "digital silence", np.zeros(round(seconds * _FS), np.float32)


def _at(samples: Floats, level_dbfs: float) -> Samples:
    rms = float(np.sqrt(np.mean(samples**2))) or 1.0
    return np.clip(samples * 10 ** (level_dbfs / 20) / rms, -1, 1).astype(np.float32)


def _t(seconds: float) -> Floats:
    return np.arange(round(seconds * _FS)) / _FS


def _coloured(seconds: float, rng: Rng, slope: float) -> Floats:
    """Noise whose power falls with frequency to the power of ``slope``."""
    spectrum = np.fft.rfft(rng.standard_normal(round(seconds * _FS)))
    frequency = np.maximum(np.arange(len(spectrum)), 1.0)
    return np.fft.irfft(spectrum / frequency ** (slope / 2), round(seconds * _FS))


def _bursts(seconds: float, rng: Rng, per_s: float, decay_s: float, low: float, high: float) -> Floats:
    """Short decaying sounds at random moments, each of noise ringing between ``low`` and ``high`` Hz."""
    out = np.zeros(round(seconds * _FS))
    length = round(6 * decay_s * _FS)
    for at in rng.integers(0, max(1, len(out) - length), rng.poisson(per_s * seconds)):
        tone = np.sin(2 * np.pi * rng.uniform(low, high) * _t(6 * decay_s)[:length])
        sound = (tone + 0.7 * rng.standard_normal(length)) * np.exp(-np.arange(length) / (decay_s * _FS))
        out[at : at + length] += rng.uniform(0.3, 1.0) * sound
    return out


def _breath(seconds: float, rng: Rng) -> Floats:
    rate = 0.25
    swell = np.maximum(0.0, np.sin(2 * np.pi * rate * _t(seconds))) ** 2
    return _coloured(seconds, rng, 1.0) * swell


def _hum(seconds: float, rng: Rng) -> Floats:
    time_s = _t(seconds)
    return sum(
        (np.sin(2 * np.pi * 50 * step * time_s) / step for step in (1, 2, 3, 5)), np.zeros(len(time_s))
    ) + 0.02 * rng.standard_normal(len(time_s))


def _ringing(seconds: float, rng: Rng) -> Floats:
    """A European ringing tone: 425 Hz, one second on and four off."""
    time_s = _t(seconds)
    return np.sin(2 * np.pi * 425 * time_s) * (time_s % 5 < 1) + 0.001 * rng.standard_normal(len(time_s))


def _phone_bell(seconds: float, rng: Rng) -> Floats:
    time_s = _t(seconds)
    warble = np.where((time_s * 20).astype(int) % 2, 1400.0, 1100.0)
    phase = 2 * np.pi * np.cumsum(warble) / _FS
    return np.sin(phase) * (time_s % 3 < 1.2) + 0.001 * rng.standard_normal(len(time_s))


def _music(seconds: float, rng: Rng) -> Floats:
    """Hold music: three plucked voices over a slow chord, with some room."""
    out = np.zeros(round(seconds * _FS))
    scale = 220.0 * 2 ** (np.array([0, 3, 5, 7, 10, 12, 15, 17]) / 12)
    for at in range(0, len(out), _FS // 4):
        for _ in range(int(rng.integers(1, 3))):
            length = min(len(out) - at, round(1.2 * _FS))
            time_s = np.arange(length) / _FS
            pitch = float(rng.choice(scale)) * float(rng.choice([0.5, 1.0, 2.0]))
            note = sum(
                (np.sin(2 * np.pi * pitch * k * time_s) / k**1.5 for k in range(1, 7)), np.zeros(length)
            )
            out[at : at + length] += note * np.exp(-3 * time_s)
    return _far(out)


def _far(samples: NDArray[np.floating]) -> Floats:
    """As heard from across a hall: a decaying echo tail, the highs gone."""
    rng = np.random.default_rng(9)
    tail = rng.standard_normal(_FS // 2) * np.exp(-np.arange(_FS // 2) / (0.12 * _FS))
    size = len(samples) + len(tail)
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(tail, size), size)[: len(samples)]
    return np.convolve(wet, np.ones(6) / 6, mode="same")


def _traffic(seconds: float, rng: Rng) -> Floats:
    swell = 1 + 0.8 * np.sin(2 * np.pi * 0.07 * _t(seconds))
    return _coloured(seconds, rng, 2.0) * swell


_KINDS: dict[str, Callable[[float, Rng], Floats]] = {
    "white noise": lambda s, rng: _coloured(s, rng, 0.0),
    "fan": lambda s, rng: _coloured(s, rng, 1.0),
    "traffic": _traffic,
    "mains hum": _hum,
    "breath": _breath,
    "typing": lambda s, rng: _bursts(s, rng, 6.0, 0.006, 1500, 4500),
    "mouse clicks": lambda s, rng: _bursts(s, rng, 0.7, 0.002, 2000, 6000),
    "knocks": lambda s, rng: _bursts(s, rng, 0.5, 0.03, 80, 300),
    "dishes": lambda s, rng: _bursts(s, rng, 1.5, 0.08, 1500, 5000),
    "ringing tone": _ringing,
    "telephone bell": _phone_bell,
    "hold music": _music,
    "paper": lambda s, rng: _coloured(s, rng, -0.5) * (rng.random(round(s * _FS)) < 0.02),
    "headset handled": lambda s, rng: _bursts(s, rng, 1.0, 0.15, 40, 160),
}
