"""Stretches from all over a recording: what goes on for a while is not passed over, whatever its length."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.audio import sampling
from coach.audio.sampling import EVERY_S, MOST, STRETCH_S, WHOLE_S, Sampled, places, sample
from coach.events import SAMPLE_RATE_HZ
from tests.unit.audio.audio_recordings import wav_bytes

RATE_HZ = 4_000


def ramp(seconds: float) -> bytes:
    """A recording whose level tells the second it is from: a square wave that grows."""
    at = np.arange(round(seconds * RATE_HZ))
    high = 0.1 + 0.8 * at / len(at)
    wave = np.where(at // 4 % 2 == 0, high, -high)
    return wav_bytes((wave * 32767).astype("<i2").tobytes(), 1, RATE_HZ)


def second_of(found: Sampled, at_s: float, total_s: float) -> float:
    around = found.samples[round(at_s * SAMPLE_RATE_HZ) :][: SAMPLE_RATE_HZ // 4]
    return (float(np.median(np.abs(around))) - 0.1) / 0.8 * total_s


def test_a_short_recording_is_taken_whole(tmp_path: Path) -> None:
    """Every second of it, at its own place."""
    path = tmp_path / "short.wav"
    path.write_bytes(ramp(100.0))
    found = sample(path)
    assert found.places == ((0.0, 0.0),)
    assert len(found.samples) == pytest.approx(100 * SAMPLE_RATE_HZ, abs=SAMPLE_RATE_HZ // 10)
    assert found.in_file(42.0) == 42.0
    assert found.thinned == 1.0


@pytest.mark.parametrize("total_s", [300.0, 900.0])
def test_a_long_one_is_looked_at_from_its_first_second_to_its_last(tmp_path: Path, total_s: float) -> None:
    """Stretches at even places; a second of them is known as the second of the recording that it is."""
    path = tmp_path / "long.wav"
    path.write_bytes(ramp(total_s))
    told: list[float] = []
    found = sample(path, told=told.append)
    starts = [there for _, there in found.places]
    assert starts[0] == 0.0
    assert starts[-1] == pytest.approx(total_s - STRETCH_S, abs=0.5)
    assert max(np.diff(starts)) <= EVERY_S + 1.0
    assert told == sorted(told)
    # What was put in at the seams is nothing that was taken.
    assert found.thinned == pytest.approx(total_s / (STRETCH_S * len(starts)), rel=0.01)
    for here, there in found.places[1::7]:
        assert found.in_file(here + 1.0) == pytest.approx(there + 1.0)
        assert second_of(found, here + 1.0, total_s) == pytest.approx(there + 1.0, abs=total_s / 100)


def test_of_hours_no_more_is_held_than_of_half_an_hour() -> None:
    """The number of stretches is bounded, and they still reach from end to end."""
    hours = places(4 * 3600.0, MOST)
    assert len(hours) == MOST
    assert hours[0] == 0.0
    assert hours[-1] + STRETCH_S == pytest.approx(4 * 3600.0)


@pytest.mark.parametrize("most", [10, 7])
def test_a_recording_without_a_length_is_thinned_as_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Neither its memory nor its end is given up: stretches lie over all of it."""
    path = tmp_path / "long.wav"
    path.write_bytes(ramp(WHOLE_S + 60.0))
    monkeypatch.setattr(sampling, "MOST", most)
    monkeypatch.setattr(sampling, "_here_and_there", lambda *_: None)
    found = sample(path)
    starts = [there for _, there in found.places]
    assert most // 2 <= len(starts) <= most
    assert starts[0] == 0.0
    assert starts[-1] > WHOLE_S - 60.0
    assert second_of(found, found.places[-1][0] + 1.0, WHOLE_S + 60.0) == pytest.approx(
        starts[-1] + 1.0, abs=4
    )


def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """It promises more than it holds: what is there is looked at to its end."""
    whole, path = ramp(600.0), tmp_path / "cut.wav"
    path.write_bytes(whole[: len(whole) // 2])
    found = sample(path)
    last_here, last_there = found.places[-1]
    assert last_there + len(found.samples) / SAMPLE_RATE_HZ - last_here > 290.0
