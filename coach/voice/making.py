"""A profile out of runs of speech: wide-band, and the same through a telephone's band."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from coach.events import SAMPLE_RATE_HZ, Samples
from coach.voice.encoder import Encoder
from coach.voice.profile import VoiceProfile
from coach.voice.windows import loudness

_TELEPHONE_HZ = (300.0, 3400.0)


def through_a_telephone(samples: Samples) -> Samples:
    """Only 300 to 3400 Hz of it, as a narrow-band call lets through."""
    spectrum = np.fft.rfft(samples)
    hz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE_HZ)
    spectrum[(hz < _TELEPHONE_HZ[0]) | (hz > _TELEPHONE_HZ[1])] = 0.0
    narrow: Samples = np.fft.irfft(spectrum, len(samples)).astype(np.float32)
    return narrow


def make_profile(encoder: Encoder, segments: Sequence[Samples], on: dt.date) -> VoiceProfile:
    """``segments``: about 3 s of speech each, all of one voice."""
    heard = [loudness(segment) for segment in segments]
    return VoiceProfile(
        wide=np.stack(encoder.embed_all(segments)),
        narrow=np.stack(encoder.embed_all([through_a_telephone(segment) for segment in segments])),
        level_dbfs=float(np.median([level for _, level in heard])),
        speech_s=float(sum(active_s for active_s, _ in heard)),
        created_on=on,
    )
