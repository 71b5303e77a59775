"""The voices that the voice gate's benches are measured on, put together from unpacked packages."""

from __future__ import annotations

import csv
import wave
from pathlib import Path

import numpy as np
import pytest

from bench.voice_set import Voice, joined, median_pitch, sex_of, speech_files, trimmed, write
from coach.audio.media_file import read_samples
from coach.events import SAMPLE_RATE_HZ, Samples


def buzz(hz: float, seconds: float) -> Samples:
    """As a voice does, it repeats itself ``hz`` times a second, with overtones."""
    at = np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    tones = [np.sin(2 * np.pi * hz * times * at) / times for times in range(1, 9)]
    return (0.1 * np.sum(tones, axis=0)).astype(np.float32)


def quiet(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE_HZ), np.float32)


def write_wav(path: Path, samples: Samples) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes((samples * 32767).astype("<i2").tobytes())


def test_silence_goes_at_the_ends_of_a_file_and_stays_within() -> None:
    said = np.concatenate([quiet(0.5), buzz(120, 0.4), quiet(0.3), buzz(120, 0.4), quiet(0.7)])

    assert len(trimmed(said)) == pytest.approx(1.1 * SAMPLE_RATE_HZ, abs=640)


def test_a_file_without_sound_gives_nothing() -> None:
    assert len(trimmed(quiet(2.0))) == 0
    assert len(trimmed(quiet(0.0))) == 0


def test_files_are_joined_in_the_order_of_names_without_those_that_are_no_speech(tmp_path: Path) -> None:
    (tmp_path / "digits").mkdir()
    for name, hz in (("b", 220.0), ("a", 110.0), ("digits/c", 330.0), ("beep", 400.0)):
        write_wav(tmp_path / f"{name}.wav", buzz(hz, 1.0))
    (tmp_path / "notes.txt").write_text("no sound", encoding="utf-8")
    (tmp_path / "digits" / "broken.wav").write_bytes(b"no sound")

    said = joined(speech_files(tmp_path))

    assert len(said) == pytest.approx(3 * SAMPLE_RATE_HZ, abs=960)
    heard = [median_pitch(said[at : at + SAMPLE_RATE_HZ]) for at in range(0, 45_000, SAMPLE_RATE_HZ)]
    assert heard == pytest.approx([110, 220, 330], rel=0.03)


def test_a_folder_without_speech_says_which_package_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="package"):
        speech_files(tmp_path)


@pytest.mark.parametrize(
    ("name", "hz", "sex"),
    [("klettres_he", 110.0, "m"), ("klettres_es", 220.0, "f"), ("prompts_it_IT_f_Menardi", 110.0, "f")],
)
def test_sex_is_by_the_folder_and_by_pitch_where_nobody_says(name: str, hz: float, sex: str) -> None:
    assert sex_of(Voice(name, "dev", buzz(hz, 2.0))) == sex


def test_the_manifest_names_each_voice_once_with_its_split(tmp_path: Path) -> None:
    write([Voice("one", "dev", buzz(110, 1.0)), Voice("two", "test", buzz(220, 1.0))], tmp_path / "set")

    with (tmp_path / "set" / "manifest.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["speaker"], row["sex"], row["split"]) for row in rows] == [
        ("one", "m", "dev"),
        ("two", "f", "test"),
    ]
    assert len(read_samples(tmp_path / "set" / rows[1]["path"])) == SAMPLE_RATE_HZ
