"""Mel bands as librosa computes them."""

from __future__ import annotations

import numpy as np
import pytest

from coach.events import SAMPLE_RATE_HZ
from coach.voice.mel import MEL_BANDS, even_mel, mel
from tests.unit.voice.voice_fakes import AGENT, VOICES, heard


def test_bands_are_those_of_the_reference() -> None:
    """Half a second of speech gives what librosa 0.11 gave (40 bands, 400 points, a frame every 160)."""
    reference = np.load(VOICES / "mel_reference.npz")
    found = mel(heard(AGENT[0])[reference["start"] : reference["end"]])
    wanted = reference["features"]
    assert found.shape == wanted.shape
    assert np.abs(found - wanted).max() < 1e-5 * wanted.max()
    assert np.allclose(found, wanted, rtol=1e-3, atol=1e-7 * wanted.max())


@pytest.mark.parametrize(("samples", "frames"), [(0, 1), (159, 1), (160, 2), (8000, 51)])
def test_frames_stand_around_their_middle(samples: int, frames: int) -> None:
    """One every 10 ms from the first sample on; silence and nothing at all give numbers, too."""
    for found in (mel(np.zeros(samples, np.float32)), even_mel(np.zeros(samples, np.float32))):
        assert found.shape == (frames, MEL_BANDS)
        assert np.isfinite(found).all()


def test_every_run_is_made_as_loud() -> None:
    """Faint and loud speech give the same features."""
    speech = heard(AGENT[0])[: 2 * SAMPLE_RATE_HZ]
    loud, faint = (even_mel(at * speech) for at in (1.0, 0.01))
    assert np.allclose(loud, faint, rtol=1e-3, atol=1e-6 * loud.max())
    assert np.abs(loud - mel(speech)).max() > 0.01 * loud.max()
