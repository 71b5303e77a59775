"""A few seconds of a recording, cut out for somebody else to hear: those seconds, and nothing beside them."""

from __future__ import annotations

import math
from pathlib import Path

import av
import numpy as np
import pytest

from coach.audio.excerpt import LONGEST_S, ClipSource, cut, sound_in
from coach.errors import KnownError
from coach.events import SAMPLE_RATE_HZ, Samples

RATE_HZ = 8_000


def tone(hz: float, seconds: float) -> Samples:
    return (0.5 * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE_HZ)) / RATE_HZ)).astype(np.float32)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Left: silence but for 440 Hz from 2 to 3 s. Right: 1 kHz all along."""
    left = np.zeros(6 * RATE_HZ, np.float32)
    left[2 * RATE_HZ : 3 * RATE_HZ] = tone(440, 1.0)
    both = np.stack([left, tone(1000, 6.0)]).T.reshape(1, -1)
    path = tmp_path / "call.wav"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=RATE_HZ, layout="stereo")
        frame = av.AudioFrame.from_ndarray((both * 32767).astype(np.int16), "s16", "stereo")
        frame.sample_rate = RATE_HZ
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return path


def power(samples: Samples, hz: float) -> float:
    """How much of the sound is this tone, 0 to 1."""
    spectrum = np.abs(np.fft.rfft(samples)) ** 2
    at = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE_HZ)
    return float(spectrum[np.abs(at - hz) < 30].sum() / spectrum.sum())


def test_only_the_agents_channel_and_only_those_seconds_are_in_a_clip(recording: Path) -> None:
    """The tone of the agent's side is there, the customer's is not; before and after it there is silence."""
    clip, quiet = (sound_in(one) for one in cut(recording, 0, [[(2.0, 3.0)], [(0.0, 1.5)]]))
    assert len(clip) == pytest.approx(SAMPLE_RATE_HZ, abs=800)
    assert power(clip, 440) > 0.9
    assert power(clip, 1000) < 0.01
    assert float(np.abs(quiet).max()) < 0.01


def test_between_the_spans_of_a_clip_there_is_silence(recording: Path) -> None:
    """What somebody else says in a pause does not go along, and the clip keeps its length."""
    (made,) = cut(recording, 1, [[(1.0, 2.0), (3.0, 4.0)]])
    clip = sound_in(made)
    assert len(clip) == pytest.approx(3 * SAMPLE_RATE_HZ, abs=800)
    quiet = clip[round(1.1 * SAMPLE_RATE_HZ) : round(1.9 * SAMPLE_RATE_HZ)]
    assert float(np.abs(quiet).max()) < 0.01
    assert power(clip[round(2.1 * SAMPLE_RATE_HZ) :], 1000) > 0.9


def test_a_span_beyond_the_end_is_silence_there(recording: Path) -> None:
    """A recording that is shorter than its call gives what it has."""
    (clip,) = cut(recording, 1, [[(5.0, 8.0)]])
    heard = sound_in(clip)
    assert power(heard[:SAMPLE_RATE_HZ], 1000) > 0.9
    assert float(np.abs(heard[2 * SAMPLE_RATE_HZ :]).max()) < 0.01


@pytest.mark.parametrize("clip", [b"", b"OggS", b"RIFF" + bytes(100), bytes(range(256)) * 40])
def test_what_is_no_sound_is_told(clip: bytes) -> None:
    """Foreign bytes that cannot be played are an error with a code, whatever they are."""
    with pytest.raises(KnownError) as caught:
        sound_in(clip)
    assert caught.value.code == "clip-unreadable"


def test_an_altered_clip_is_played_or_told(recording: Path) -> None:
    """Damage in the middle never does more than that."""
    (clip,) = cut(recording, 1, [[(0.0, 4.0)]])
    for at in range(0, len(clip), 97):
        altered = clip[:at] + bytes(64) + clip[at + 64 :]
        try:
            assert len(sound_in(altered)) <= LONGEST_S * SAMPLE_RATE_HZ
        except KnownError as error:
            assert error.code == "clip-unreadable"  # noqa: PT017 - either is fine


def test_a_clip_is_read_from_any_second(recording: Path) -> None:
    """Block by block from where it was asked for, to its end, and again."""
    (clip,) = cut(recording, 1, [[(0.0, 2.0)]])
    samples = sound_in(clip)
    source = ClipSource(samples)
    for start_s in (0.5, 0.0):
        source.start(start_s)
        pieces = [source.read(0.0) for _block in range(math.ceil((2.0 - start_s) / 0.25))]
        with pytest.raises(EOFError):
            source.read(0.0)
        assert pieces[0].start_s == start_s
        heard = np.concatenate([one.samples for one in pieces])
        assert np.array_equal(heard, samples[round(start_s * SAMPLE_RATE_HZ) :])
    source.stop()
