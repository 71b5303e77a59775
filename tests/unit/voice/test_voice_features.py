"""Features as Kaldi computes them, and whether sound came through a telephone."""

from __future__ import annotations

import numpy as np
import pytest

from coach.events import SAMPLE_RATE_HZ
from coach.voice.features import BANDS, frame_count, log_mel, sounds_narrow
from coach.voice.making import through_a_telephone
from tests.unit.voice.voice_fakes import AGENT, VOICES, heard


def test_features_are_those_of_the_reference() -> None:
    """Half a second of speech gives what kaldi-native-fbank 1.x gave (no dither, 80 bands, Povey window)."""
    reference = np.load(VOICES / "fbank_reference.npz")
    found = log_mel(heard(AGENT[0])[reference["start"] : reference["end"]])
    assert found.shape == reference["features"].shape
    assert np.abs(found - reference["features"]).max() < 5e-3


@pytest.mark.parametrize(("samples", "frames"), [(0, 0), (399, 0), (400, 1), (559, 1), (560, 2)])
def test_only_whole_frames_are_counted(samples: int, frames: int) -> None:
    """A frame is 400 samples, the next begins 160 later; the rest is left."""
    assert frame_count(samples) == frames
    assert log_mel(np.zeros(samples, np.float32)).shape == (frames, BANDS)


def test_features_are_finite_for_any_sound() -> None:
    """Silence and damaged samples give numbers."""
    broken = np.full(SAMPLE_RATE_HZ, np.nan, np.float32)
    assert np.isfinite(log_mel(broken)).all()
    assert np.isfinite(log_mel(np.full(SAMPLE_RATE_HZ, -np.inf, np.float32))).all()


def test_a_telephone_is_heard() -> None:
    """Speech is wide until it goes through a telephone's band; too little to tell counts as wide."""
    speech = heard(AGENT[0])[: 3 * SAMPLE_RATE_HZ]
    assert not sounds_narrow(log_mel(speech))
    assert sounds_narrow(log_mel(through_a_telephone(speech)))
    assert not sounds_narrow(log_mel(np.zeros(100, np.float32)))
