"""Whose channel is whose alone: a mix in stereo is known, and two people's channels are not taken for one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.audio.crosstalk import follows, hears_others
from coach.events import SAMPLE_RATE_HZ, Samples
from tests.unit.audio.audio_recordings import float_wav


def voices(seconds: float = 40.0) -> tuple[Samples, Samples]:
    """Two that take turns of two seconds, each a noise that rises and falls as speech does."""
    chance, count = np.random.default_rng(1), round(seconds * SAMPLE_RATE_HZ)
    at = np.arange(count) / SAMPLE_RATE_HZ
    swell = 0.3 * (0.55 + 0.45 * np.sin(2 * np.pi * 2.7 * at))
    turn = at // 2 % 2 == 0
    one, two = (chance.normal(0, 1, count) * swell * 0.3 for _ in range(2))
    return (one * turn).astype(np.float32), (two * ~turn).astype(np.float32)


def hiss(db: float, seed: int, count: int) -> Samples:
    return np.random.default_rng(seed).normal(0, 10 ** (db / 20), count).astype(np.float32)


@pytest.mark.parametrize("crosstalk_db", [-120, -40, -26])
def test_two_peoples_channels_are_apart(crosstalk_db: float) -> None:
    """Also where each is faintly heard on the other, as over a headset."""
    one, two = voices()
    gain = 10 ** (crosstalk_db / 20)
    assert not follows(one + gain * two + hiss(-70, 2, len(one)), two + gain * one + hiss(-70, 3, len(one)))


@pytest.mark.parametrize("crosstalk_db", [-15, -6, 0])
def test_who_is_plainly_heard_on_the_other_channel_is_known_to_be(crosstalk_db: float) -> None:
    """So loud, a customer's words would be written down with the agent's."""
    one, two = voices()
    gain = 10 ** (crosstalk_db / 20)
    assert follows(one + gain * two, two + gain * one)


def test_a_mix_is_known_whatever_became_of_its_channels() -> None:
    """Fainter on one side, turned over, later by some milliseconds, with a hiss of its own."""
    one, two = voices()
    mix = one + two
    late = np.concatenate([np.zeros(80, np.float32), mix[:-80]])
    for other in (mix, 0.2 * mix, -mix, late, 0.5 * mix + hiss(-55, 2, len(mix))):
        assert follows(mix, other)


def test_of_silence_nothing_is_said() -> None:
    """Nor of a moment of sound, nor of nothing."""
    silence = np.zeros(20 * SAMPLE_RATE_HZ, np.float32)
    assert not follows(silence, silence)
    assert not follows(silence[:0], silence[:0])
    click = silence.copy()
    click[5_000:9_000] = 0.5
    assert not follows(click, click)


def test_a_file_is_looked_at_on_its_channels(tmp_path: Path) -> None:
    """One track has no other; of two the mix is told from two people's."""
    one, two = voices(20.0)
    files = {"mono": one[:, None], "mix": np.stack([one + two] * 2, 1), "apart": np.stack([one, two], 1)}
    for name, frames in files.items():
        (tmp_path / name).write_bytes(float_wav(frames, SAMPLE_RATE_HZ))
    assert [hears_others(tmp_path / name, 0) for name in files] == [False, True, False]


def test_who_is_told_may_end_it(tmp_path: Path) -> None:
    """Each channel of a long file is read through: one that is taken out of the line does not wait for it."""

    def enough(_share: float) -> None:
        raise InterruptedError

    path = tmp_path / "apart.wav"
    path.write_bytes(float_wav(np.stack(voices(20.0), 1), SAMPLE_RATE_HZ))
    with pytest.raises(InterruptedError):
        hears_others(path, 0, enough)
