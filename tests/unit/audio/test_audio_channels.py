"""Many channels to one: the voice keeps its level, whichever channels carry it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.audio.channels import ChannelMixer
from tests.unit.audio.audio_recordings import Floats, tone

RATE = 16_000
RNG = np.random.default_rng(3)


def mixed(frames: np.ndarray, sizes: list[int] | None = None, rate_hz: int = RATE) -> Floats:
    mixer, out, at, turn = ChannelMixer(frames.shape[1], rate_hz), [], 0, 0
    sizes = sizes or [640]
    while at < len(frames):
        piece = frames[at : at + sizes[turn % len(sizes)]]
        out.append(mixer.push(piece))
        at, turn = at + len(piece), turn + 1
    return np.concatenate(out)


def settled_rms(samples: Floats) -> float:
    return float(np.sqrt(np.mean(samples[RATE:] ** 2)))


def hiss(seconds: float, rms: float) -> Floats:
    return (rms * RNG.standard_normal(round(seconds * RATE))).astype(np.float32)


VOICE = tone(440, 3.0, RATE, 0.3)
ALONE = settled_rms(VOICE)


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("other", [0.0, 0.003])
def test_a_voice_on_one_channel_keeps_its_level(place: int, other: float) -> None:
    """Nothing or hiss on the other: neither halves the voice nor joins it."""
    frames = np.stack([hiss(3.0, other), hiss(3.0, other)], axis=1)
    frames[:, place] = VOICE
    assert settled_rms(mixed(frames)) == pytest.approx(ALONE, rel=0.01)
    assert np.max(np.abs(mixed(frames)[RATE:] - VOICE[RATE:])) < 1e-6


def test_one_of_thirty_two_channels_is_found() -> None:
    """An interface with many inputs of which one is plugged in; a mean would be 30 dB too faint."""
    frames = RNG.normal(0, 0.001, (len(VOICE), 32)).astype(np.float32)
    frames[:, 17] = VOICE
    assert settled_rms(mixed(frames)) == pytest.approx(ALONE, rel=0.01)


def test_equal_channels_are_averaged() -> None:
    """Two capsules of one microphone: the voice stays, their hiss halves in power."""
    frames = np.stack([VOICE + hiss(3.0, 0.03), VOICE + hiss(3.0, 0.03)], axis=1)
    left = mixed(frames)[RATE:] - VOICE[RATE:]
    assert float(np.sqrt(np.mean(left**2))) == pytest.approx(0.03 / np.sqrt(2), rel=0.05)


def test_a_channel_turned_over_does_not_cancel_the_voice() -> None:
    """Balanced wiring gone wrong: the mean would be silence."""
    assert settled_rms(mixed(np.stack([VOICE, -VOICE], axis=1))) == pytest.approx(ALONE, rel=0.01)


def test_an_offset_is_no_sound() -> None:
    """A constant on the dead channel must not win over the voice."""
    frames = np.stack([np.full(len(VOICE), 0.9, np.float32), VOICE], axis=1)
    assert np.max(np.abs(mixed(frames)[RATE:] - VOICE[RATE:])) < 1e-6


def test_the_voice_may_change_channels() -> None:
    """Within three seconds the other channel is taken."""
    quiet = np.zeros_like(VOICE)
    frames = np.concatenate([np.stack([VOICE, quiet], axis=1)] + 4 * [np.stack([quiet, VOICE], axis=1)])
    assert np.max(np.abs(mixed(frames)[-RATE:] - VOICE[-RATE:])) < 1e-6


@settings(max_examples=30)
@given(
    channels=st.integers(1, 32),
    rate_hz=st.sampled_from([8_000, 44_100, 192_000]),
    sizes=st.lists(st.integers(1, 100_000), min_size=1, max_size=4),
    bad=st.sampled_from([np.nan, np.inf, -np.inf, 1_000.0]),
)
def test_pieces_of_any_size_give_the_same(channels: int, rate_hz: int, sizes: list[int], bad: float) -> None:
    """Every frame gives one finite sample in [-1, 1], however the frames arrive."""
    sizes = [*sizes, 4_096]
    frames = np.random.default_rng(channels).normal(0, 0.2, (12_000, channels)).astype(np.float32)
    frames[:, 0] *= 3
    frames[100, :] = bad
    result = mixed(frames, sizes, rate_hz)
    assert len(result) == len(frames)
    assert np.all(np.abs(result) <= 1.0 + 1e-6)
    assert np.allclose(result, mixed(frames, [len(frames)], rate_hz), atol=1e-6)
