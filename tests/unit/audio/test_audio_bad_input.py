"""Whatever a device sends, speech in it is heard, time stays exact, and nothing breaks.

A sample call's voice is sent through the real microphone path, damaged as devices damage it, and Silero
says where speech is; the undamaged path is the measure.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.audio.media_file import MediaFile
from coach.audio.microphone import Microphone
from coach.events import Block, Utterance
from coach.speech.segmenter import Segmenter
from coach.speech.vad import SileroVad
from tests.unit.audio.audio_recordings import Floats
from tests.unit.audio.fake_portaudio import Clock, FakePortAudio, FakePortAudioError

CALL = Path(__file__).parents[3] / "assets" / "calls" / "parcel-recovery.flac"
LENGTH_S = 12.0
RATE = 16_000
Damage = Callable[[Floats], Floats]


@pytest.fixture(scope="module")
def voice() -> Floats:
    source, pieces = MediaFile(CALL), []
    source.start()
    while sum(map(len, pieces)) < LENGTH_S * RATE:
        block = source.read(0.0)
        assert block is not None
        pieces.append(block.samples)
    source.stop()
    return np.concatenate(pieces)[: round(LENGTH_S * RATE)]


@pytest.fixture(scope="module")
def clean_windows(voice: Floats) -> np.ndarray:
    return speech(heard(voice))


def at_rate(samples: Floats, rate_hz: int) -> Floats:
    """16 kHz audio as a device of another rate would send it."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=rate_hz)
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis, :], format="flt", layout="mono")
    frame.sample_rate = RATE
    return np.concatenate(
        [one.to_ndarray()[0] for one in (*resampler.resample(frame), *resampler.resample(None))]
    )


def only(rate_hz: int, channels: int) -> Callable[[dict[str, Any]], Exception | None]:
    """A device that takes nothing but its own settings."""

    def answer(asked: dict[str, Any]) -> Exception | None:
        if asked["samplerate"] != rate_hz:
            return FakePortAudioError("Invalid sample rate", -9997)
        return None if asked["channels"] == channels else FakePortAudioError("Invalid channels", -9998)

    return answer


def heard(
    samples: Floats,
    rate_hz: int = RATE,
    sizes: tuple[int, ...] = (640,),
    channels: Callable[[Floats], Floats] = lambda mono: mono[:, np.newaxis],
) -> list[Block]:
    """Blocks of a microphone whose device sends ``samples``, shape (n,), in pieces of ``sizes``."""
    frames = channels(samples)
    portaudio, clock = FakePortAudio(only(rate_hz, frames.shape[1])), Clock()
    portaudio.devices[2] |= {"max_input_channels": frames.shape[1], "default_samplerate": float(rate_hz)}
    microphone = Microphone(None, portaudio, clock)
    microphone.start()
    blocks, at, turn = [], 0, 0
    while at < len(frames):
        piece = frames[at : at + sizes[turn % len(sizes)]]
        clock.now_s += len(piece) / rate_hz
        portaudio.streams[-1].send(piece)
        block = microphone.read(0.0)
        assert block is not None
        blocks.append(block)
        at, turn = at + len(piece), turn + 1
    microphone.stop()
    return blocks


def joined(blocks: list[Block]) -> Floats:
    """The samples, after it was seen that no time is missing between the blocks and none is counted twice."""
    assert blocks[0].start_s == 0.0
    for before, after in itertools.pairwise(blocks):
        assert after.start_s == pytest.approx(before.end_s, abs=1e-9)
    samples = np.concatenate([block.samples for block in blocks])
    assert np.all(np.isfinite(samples))
    assert np.max(np.abs(samples)) <= 1.0
    return samples


def speech(blocks: list[Block]) -> np.ndarray:
    vad, samples = SileroVad(), joined(blocks)
    windows = samples[: len(samples) // 512 * 512].reshape(-1, 512)
    return np.array([vad.probability(window) >= 0.5 for window in windows])


def hits(blocks: list[Block], clean: np.ndarray) -> float:
    """The part of the speech that is still found."""
    found = speech(blocks)
    size = min(len(found), len(clean))
    return float(np.mean(found[:size][clean[:size]]))


def hum(samples: Floats, dbfs: float) -> Floats:
    at_s = np.arange(len(samples)) / RATE
    return 10 ** (dbfs / 20) * sum(np.sin(2 * np.pi * 50 * k * at_s + k) / k for k in range(1, 8))


def burst(samples: Floats, value: float) -> Floats:
    damaged = samples.copy()
    damaged[::997] = value
    return damaged


@pytest.mark.parametrize(
    ("damage", "least"),
    [
        pytest.param(lambda x: x * 10 ** (-40 / 20), 0.9, id="far too faint"),
        pytest.param(lambda x: x * 10 ** (20 / 20), 0.8, id="20 dB too loud"),
        pytest.param(lambda x: x * 10 ** (60 / 20), 0.75, id="60 dB too loud"),
        pytest.param(lambda x: np.clip(4 * x, -0.2, 0.2), 0.9, id="clipped"),
        pytest.param(lambda x: x + 0.5, 0.95, id="offset"),
        pytest.param(lambda x: np.clip(x - 0.8, -1, 1), 0.95, id="offset that clips"),
        pytest.param(lambda x: x + hum(x, -20), 0.95, id="mains hum"),
        pytest.param(lambda x: x + hum(x, -6), 0.85, id="mains hum as loud as can be"),
        pytest.param(lambda x: burst(x, np.nan), 0.85, id="not a number"),
        pytest.param(lambda x: burst(x, np.inf), 0.85, id="infinite"),
    ],
)
def test_speech_is_found_in_damaged_sound(
    voice: Floats, clean_windows: np.ndarray, damage: Damage, least: float
) -> None:
    """Most of the speech of a clean recording is still found; what was measured is in decision 0008."""
    assert hits(heard(damage(voice).astype(np.float32)), clean_windows) >= least


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 16_000, 44_100, 48_000, 96_000, 192_000])
def test_any_rate_gives_the_same_speech_and_time(
    voice: Floats, clean_windows: np.ndarray, rate_hz: int
) -> None:
    """From a telephone adapter to a studio interface."""
    blocks = heard(at_rate(voice, rate_hz), rate_hz, (round(rate_hz * 0.04),))
    assert blocks[-1].end_s == pytest.approx(LENGTH_S, abs=0.05)
    assert hits(blocks, clean_windows) >= 0.9


@pytest.mark.parametrize("count", [1, 2, 3, 8, 32])
def test_any_number_of_channels_gives_the_same_speech(
    voice: Floats, clean_windows: np.ndarray, count: int
) -> None:
    """The voice on the last of many channels, faint noise on the others."""

    def spread(mono: Floats) -> Floats:
        frames = np.random.default_rng(1).normal(0, 1e-4, (len(mono), count)).astype(np.float32)
        frames[:, -1] = mono
        return frames

    assert hits(heard(voice, channels=spread), clean_windows) >= 0.97


@settings(max_examples=10)
@given(sizes=st.lists(st.integers(1, 100_000), min_size=1, max_size=3))
def test_any_size_of_block_gives_the_same_sound(sizes: list[int]) -> None:
    """Devices that ignore what they are asked for: every sample arrives, in its place."""
    samples = np.random.default_rng(2).normal(0, 0.1, 3 * RATE).astype(np.float32)
    sizes = [*sizes, 4_000]
    assert np.allclose(joined(heard(samples, sizes=tuple(sizes))), joined(heard(samples)), atol=2e-5)


def test_utterances_come_out_of_the_worst_of_it(voice: Floats) -> None:
    """Hum, offset, clipping and blocks of all sizes at once: the same utterances are found."""

    def spans(blocks: list[Block]) -> list[tuple[float, float]]:
        segmenter = Segmenter(SileroVad())
        found = [one for block in blocks for one in segmenter.feed(block)] + list(segmenter.flush())
        return [(one.start_s, one.end_s) for one in found if isinstance(one, Utterance)]

    damaged = np.clip(2 * voice + hum(voice, -30) + 0.3, -0.9, 0.9).astype(np.float32)
    clean, worst = spans(heard(voice)), spans(heard(damaged, sizes=(1, 333, 20_000, 640)))
    assert clean
    total = sum(end - start for start, end in clean)
    assert sum(end - start for start, end in worst) == pytest.approx(total, rel=0.25)


def test_a_callback_that_stalls_leaves_its_time(voice: Floats) -> None:
    """Five seconds in which the system took no sound: what comes after keeps its place in the call."""
    portaudio, clock = FakePortAudio(), Clock()
    microphone = Microphone(None, portaudio, clock)
    microphone.start()

    def send(seconds: float) -> list[Block]:
        found = []
        for at in range(0, round(seconds * RATE), 640):
            clock.now_s += 0.04
            portaudio.streams[-1].send(voice[at : at + 640, np.newaxis])
            block = microphone.read(0.0)
            assert block is not None
            found.append(block)
        return found

    send(2.0)
    clock.now_s += 5.0
    after = send(2.0)
    microphone.stop()
    assert after[-1].end_s == pytest.approx(9.0, abs=0.05)
    assert microphone.dropped == 1


@pytest.mark.parametrize("stamp", [float("nan"), -1e9, 1e18, 0.0])
def test_time_stamps_of_the_driver_do_not_matter(voice: Floats, stamp: float) -> None:
    """Drivers let them jump; time is counted in samples."""
    portaudio, clock = FakePortAudio(), Clock()
    microphone = Microphone(None, portaudio, clock)
    microphone.start()
    for at in range(0, RATE, 640):
        clock.now_s += 0.04
        portaudio.streams[-1].send(voice[at : at + 640, np.newaxis], stamp)
    blocks = []
    while (block := microphone.read(0.0)) is not None:
        blocks.append(block)
    microphone.stop()
    assert blocks[-1].end_s == pytest.approx(1.0)
    assert microphone.dropped == 0
