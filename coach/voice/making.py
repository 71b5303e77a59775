"""A profile out of runs of speech: as heard, in a noisier room, and through a telephone's band."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import numpy as np

from coach.events import SAMPLE_RATE_HZ, Samples
from coach.voice.encoder import Embedder, Embedding
from coach.voice.profile import VoiceProfile
from coach.voice.windows import loudness

Told = Callable[[float], None]
"""Told the share that is done; it may raise to end the work."""

_NOISE_SEED, _ROOM_SNR_DB = 20, 15.0
_TELEPHONE_HZ = (300.0, 3400.0)
_HALF_RATE_HZ = (0.0, 3900.0)
"""A recording at 8 kHz that no telephone line was before."""


def through_a_telephone(samples: Samples) -> Samples:
    """Only 300 to 3400 Hz of it, as a narrow-band call lets through."""
    return _between(samples, *_TELEPHONE_HZ)


def at_half_rate(samples: Samples) -> Samples:
    return _between(samples, *_HALF_RATE_HZ)


def _between(samples: Samples, lowest_hz: float, highest_hz: float) -> Samples:
    spectrum = np.fft.rfft(samples)
    hz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE_HZ)
    spectrum[(hz < lowest_hz) | (hz > highest_hz)] = 0.0
    narrow: Samples = np.fft.irfft(spectrum, len(samples)).astype(np.float32)
    return narrow


def in_a_room(samples: Samples) -> Samples:
    """With a fan's noise (pink) 15 dB below the speech, the same each time."""
    spectrum = np.fft.rfft(np.random.default_rng(_NOISE_SEED).standard_normal(len(samples)))
    hz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE_HZ)
    pink = np.fft.irfft(spectrum / np.sqrt(hz + 50.0), len(samples))
    wanted_dbfs = loudness(samples)[1] - _ROOM_SNR_DB
    noisy: Samples = samples + pink / np.sqrt(np.mean(pink**2)) * 10 ** (wanted_dbfs / 20)
    return noisy.astype(np.float32)


def make_profile(
    encoder: Embedder, segments: Sequence[Samples], on: dt.date, told: Told = lambda _share: None
) -> VoiceProfile:
    """``segments``: about 3 s of speech each, all of one voice."""
    heard = [loudness(segment) for segment in segments]
    wide = [*segments, *map(in_a_room, segments)]
    narrow = [*map(through_a_telephone, segments), *map(at_half_rate, segments)]
    made: list[Embedding] = []
    for run in (*wide, *narrow):
        told(len(made) / (len(wide) + len(narrow)))
        made.append(encoder.embed(run))
    return VoiceProfile(
        wide=np.stack(made[: len(wide)]),
        narrow=np.stack(made[len(wide) :]),
        level_dbfs=float(np.median([level for _, level in heard])),
        speech_s=float(sum(active_s for active_s, _ in heard)),
        created_on=on,
    )
