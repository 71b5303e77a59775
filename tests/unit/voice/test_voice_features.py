"""Features as Kaldi computes them, and whether sound came through a telephone."""

from __future__ import annotations

import numpy as np
import pytest

from coach.events import SAMPLE_RATE_HZ
from coach.voice.features import BANDS, audible, frame_count, log_mel, sounds_narrow
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


def test_bands_that_hold_no_sound_do_not_tell_a_voice() -> None:
    """What leaks into bands that a telephone does not carry is one even floor; loud bands stay."""
    features = log_mel(through_a_telephone(heard(AGENT[0])[: 3 * SAMPLE_RATE_HZ]))
    found = audible(features)
    assert found.min() < features.max() - 8.0
    assert len(np.unique(found[:, -10:])) == 1
    assert len(np.unique(features[:, -10:])) > 100
    loud = features > np.percentile(features, 95)
    assert (found[loud] == features[loud]).all()


def test_the_floor_goes_with_the_loudness() -> None:
    """The same speech half as loud is the same but for its level."""
    speech = heard(AGENT[0])[: 2 * SAMPLE_RATE_HZ]
    loud, faint = (audible(log_mel(at * speech)) for at in (1.0, 0.5))
    assert np.abs((loud - loud.mean()) - (faint - faint.mean())).max() < 0.05
    assert audible(np.zeros((0, BANDS), np.float32)).shape == (0, BANDS)
