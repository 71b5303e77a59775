"""The leak check tells a loudspeaker from a headset, and says when it cannot tell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.rooms import Floats, drifted, filtered, response, room_noise
from coach.audio.leak_check import FADE_S, LONGEST_DELAY_S, judge_leak, make_probe, measure
from tests.unit.audio.audio_recordings import tone

RATE = 16_000
PROBE = make_probe()
SIZE = len(PROBE) + round(LONGEST_DELAY_S * RATE)


def room(seed: int, noise_dbfs: float) -> tuple[np.random.Generator, Floats, Floats]:
    """A generator, the noise before, and the noise while the probe is played."""
    rng = np.random.default_rng(seed)
    noise = room_noise(rng, 0.8 + SIZE / RATE, noise_dbfs)
    return rng, noise[: len(noise) - SIZE], noise[-SIZE:]


def leaked(path: Floats, drift_ppm: float = 0.0) -> Floats:
    return drifted(filtered(np.pad(PROBE, (0, SIZE - len(PROBE))), path), drift_ppm)


@settings(max_examples=15)
@given(
    seed=st.integers(0, 10_000),
    delay_s=st.floats(0.0, 1.0),
    gain_db=st.floats(-25.0, 0.0),
    drift_ppm=st.floats(-150, 150),
    rt60_s=st.floats(0.05, 0.6),
)
def test_a_loudspeaker_in_the_room_needs_a_headset(
    seed: int, delay_s: float, gain_db: float, drift_ppm: float, rt60_s: float
) -> None:
    """However late it arrives, whatever the room, with clocks that differ: it is found, and when."""
    rng, before, during = room(seed, -62.0)
    path = response(rng, delay_s, rt60_s, 3.0) * np.float32(10 ** (gain_db / 20))
    verdict = judge_leak(during + leaked(path, drift_ppm), PROBE, before)
    assert verdict.verdict == "headset-needed"
    assert verdict.delay_s == pytest.approx(delay_s, abs=0.02)
    assert "ms" in verdict.why
    assert "headset" in verdict.advice


@pytest.mark.parametrize("noise_dbfs", [-75.0, -60.0, -45.0])
@pytest.mark.parametrize("seed", range(8))
def test_a_headset_is_safe(seed: int, noise_dbfs: float) -> None:
    """Nothing but the room is heard: safe, and nothing is claimed to have been heard."""
    _, before, during = room(seed, noise_dbfs)
    verdict = judge_leak(during, PROBE, before)
    assert (verdict.verdict, verdict.leak_db, verdict.delay_s) == ("safe", None, None)


def test_a_leak_far_below_the_room_is_found_and_does_not_matter() -> None:
    """The sweep is found where no voice would be; it says how faint it was."""
    rng, before, during = room(3, -55.0)
    path = response(rng, 0.1, 0.1, 12.0) * np.float32(10 ** (-52 / 20))
    verdict = judge_leak(during + leaked(path), PROBE, before)
    assert verdict.verdict == "safe"
    assert verdict.leak_db is not None
    assert verdict.leak_db < -10
    assert "too faint" in verdict.why


def test_the_level_and_the_delay_are_what_they_are() -> None:
    """A plain path of -20 dB and 250 ms: the figures are right."""
    path = np.zeros(4_001, np.float32)
    path[4_000] = 0.1
    _, before, during = room(4, -70.0)
    answer = measure(during + leaked(path), PROBE, before)
    assert answer.leak_dbfs == pytest.approx(-26.0 - 20.0, abs=1.0)
    assert answer.delay_s == pytest.approx(0.25, abs=0.001)


def test_what_cannot_be_told_is_not_called_safe() -> None:
    """A dead microphone, a loud room, somebody who spoke: each says so and what to do."""
    _, before, during = room(5, -60.0)
    _, loud_before, loud_during = room(5, -30.0)
    talking = during + tone(300, SIZE / RATE, RATE, 0.05) * np.sign(tone(3, SIZE / RATE, RATE)).clip(0)
    silence = np.zeros(SIZE, np.float32)
    cases = {
        "silence": judge_leak(silence, PROBE, silence[:8_000]),
        "too loud": judge_leak(loud_during, PROBE, loud_before),
        "Something else": judge_leak(talking, PROBE, before),
        "only silence": judge_leak(np.zeros(0, np.float32), PROBE, before),
    }
    for reason, verdict in cases.items():
        assert verdict.verdict == "could-not-tell"
        assert reason in verdict.why
        assert "check again" in verdict.advice.lower()


def test_a_leak_is_told_in_a_loud_room_too() -> None:
    """What is clearly there needs no quiet."""
    _, before, during = room(6, -32.0)
    path = np.zeros(1_601, np.float32)
    path[1_600] = 1.0
    assert judge_leak(during + leaked(path), PROBE, before).verdict == "headset-needed"


@pytest.mark.parametrize("rate_hz", [16_000, 44_100, 48_000])
def test_the_probe_is_gentle(rate_hz: int) -> None:
    """A second and a half at the level of a voice, from silence to silence, without a click."""
    probe = make_probe(rate_hz)
    assert len(probe) / rate_hz == pytest.approx(1.5, abs=0.001)
    assert np.max(np.abs(probe)) < 0.08
    assert abs(probe[0]) < 1e-3
    assert abs(probe[-1]) < 1e-3
    assert np.max(np.abs(probe[: round(FADE_S * rate_hz / 10)])) < 0.005
