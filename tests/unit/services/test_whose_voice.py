"""Whose words of a recording may be written down, with real voices: nobody's unasked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.audio.media_file import read_samples
from coach.events import SAMPLE_RATE_HZ, Samples
from coach.services.voice import EngineVoice, untold
from coach.settings import Settings
from coach.values.batches import SeveralVoicesError
from tests.unit.audio.audio_recordings import wav_bytes

VOICES = Path(__file__).parents[2] / "data" / "voices"
ONE = ("1688-142285-0000", "1688-142285-0001", "1688-142285-0004", "1688-142285-0006")
TWO = ("3080-5032-0002", "3080-5032-0003")


@pytest.fixture(scope="module")
def voice() -> Iterator[EngineVoice]:
    def never() -> object:
        raise AssertionError

    return EngineVoice(Settings(), never, lambda: False)  # type: ignore[arg-type]


def said(names: tuple[str, ...], seconds: float) -> Samples:
    whole = np.concatenate([read_samples(VOICES / f"libri_{name}.flac") for name in names])
    count = round(seconds * SAMPLE_RATE_HZ)
    return np.tile(whole, -(-count // len(whole)))[:count]


def written(path: Path, *channels: Samples) -> Path:
    frames = (np.stack(channels, 1) * 32767).astype("<i2")
    path.write_bytes(wav_bytes(frames.tobytes(), len(channels), SAMPLE_RATE_HZ))
    return path


def test_a_second_voice_late_in_a_long_recording_is_asked_about(voice: EngineVoice, tmp_path: Path) -> None:
    """One voice for six minutes, then another for one: the clip of each is where it speaks."""
    path = written(tmp_path / "late.wav", np.concatenate([said(ONE, 360.0), said(TWO, 60.0)]))
    with pytest.raises(SeveralVoicesError) as asked:
        voice.whose(path, None, None, untold)
    one, two = asked.value.voices
    assert one.end_s <= 361.0
    assert two.start_s >= 359.0
    assert two.end_s <= 420.0


def test_the_same_mix_on_both_channels_is_nobodys_own(voice: EngineVoice, tmp_path: Path) -> None:
    """Whoever says that the left one is theirs is asked all the same; said to be all theirs, it is."""
    silence = np.zeros(15 * SAMPLE_RATE_HZ, np.float32)
    left, right = np.concatenate([said(ONE, 15.0), silence]), np.concatenate([silence, said(TWO, 15.0)])
    mixed = written(tmp_path / "mixed.wav", left + right, 0.5 * (left + right))
    with pytest.raises(SeveralVoicesError, match="2 people speak on your channel"):
        voice.whose(mixed, None, 0, untold)
    assert voice.whose(mixed, None, 0, untold, everyone=True) is None
    apart = written(tmp_path / "apart.wav", left, right)
    assert voice.whose(apart, None, 0, untold) is None
