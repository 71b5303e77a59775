"""A microphone that is dead or wrong is noticed, and one that is merely silent is left alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.audio.watch import MicrophoneWatch, SourceWatch, records_playback
from coach.events import Block, Failure
from tests.fakes.engine import FakeSource
from tests.unit.audio.audio_recordings import Floats, tone

RATE = 16_000


def noise(seconds: float, dbfs: float) -> Floats:
    rng = np.random.default_rng(7)
    return (10 ** (dbfs / 20) * rng.standard_normal(round(seconds * RATE))).astype(np.float32)


def silence(seconds: float, level: float = 0.0) -> Floats:
    return np.full(round(seconds * RATE), level, np.float32)


def told(watch: MicrophoneWatch, *parts: Floats, size: int = 640) -> list[tuple[float, str, bool]]:
    samples = np.concatenate(parts)
    found = []
    for at in range(0, len(samples), size):
        found += watch.feed(Block(samples[at : at + size], at / RATE))
    return [(round(one.at_s, 3), one.code, one.recovered) for one in found]


@pytest.mark.parametrize("level", [0.0, 0.7, -1.0])
def test_a_dead_microphone_is_told_within_three_seconds(level: float) -> None:
    """Digital silence, or a constant, from the first sample on."""
    [(at_s, code, recovered)] = told(MicrophoneWatch("Headset"), silence(60.0, level))
    assert (code, recovered) == ("microphone-silent", False)
    assert at_s <= 3.0


def test_a_microphone_that_dies_in_a_call_is_told_and_taken_back() -> None:
    """Muted in the middle: told within 3 s; as soon as there is sound again, that is over."""
    found = told(MicrophoneWatch("Headset"), noise(5, -30), silence(10), noise(5, -30))
    assert [(code, recovered) for _, code, recovered in found] == [
        ("microphone-silent", False),
        ("microphone-silent", True),
    ]
    assert found[0][0] <= 8.0
    assert found[1][0] == pytest.approx(15.0, abs=0.11)


def test_what_is_told_says_which_and_what_to_do() -> None:
    """A sentence a person can act on."""
    [failure] = MicrophoneWatch("Jabra").feed(Block(silence(3), 0.0))
    assert "Jabra" in failure.message
    assert "muted" in failure.message
    assert "choose another" in failure.message


@pytest.mark.parametrize("dbfs", [-85.0, -75.0, -60.0])
def test_a_quiet_room_is_not_a_dead_microphone(dbfs: float) -> None:
    """An open microphone has a noise of its own, however faint."""
    assert told(MicrophoneWatch("Headset", speech_within_s=None), noise(30, dbfs)) == []


def test_a_headset_that_sends_nothing_between_words_is_learned() -> None:
    """Noise suppression: exact silence between words is no fault; half a minute of it is told."""
    words = [part for _ in range(3) for part in (noise(1, -25), silence(1.5))]
    watch = MicrophoneWatch("Headset")
    found = told(watch, *words, noise(1, -25), silence(20), noise(1, -25), silence(40))
    assert [(code, recovered) for _, code, recovered in found] == [("microphone-silent", False)]


def test_a_voice_that_never_comes_is_told_where_one_is_expected() -> None:
    """The webcam across the room instead of the headset: only noise, far below any voice."""
    assert told(MicrophoneWatch("Webcam", speech_within_s=3.0), noise(10, -72)) == [
        (3.0, "microphone-quiet", False)
    ]
    found = told(MicrophoneWatch("Webcam", speech_within_s=3.0), noise(10, -72), noise(1, -30))
    assert found[-1][1:] == ("microphone-quiet", True)


def test_once_heard_a_pause_is_just_a_pause() -> None:
    """An agent who listens for minutes is not a fault."""
    assert told(MicrophoneWatch("Headset"), noise(2, -30), noise(120, -72)) == []


def test_an_input_that_records_the_loudspeaker_is_told_at_once() -> None:
    """A monitor is the customer's voice, not the agent's."""
    found = told(MicrophoneWatch("Monitor of Built-in Audio"), noise(2, -30))
    assert found[0][1:] == ("microphone-wrong", False)
    assert len(found) == 1
    assert told(MicrophoneWatch("default", wrong=True), noise(1, -30))[0][1] == "microphone-wrong"


@pytest.mark.parametrize(
    ("name", "playback"),
    [
        ("Monitor of Built-in Audio Analog Stereo", True),
        ("alsa_output.pci-0000_00_1f.3.analog-stereo.monitor", True),
        ("Stereo Mix (Realtek(R) Audio)", True),
        ("BlackHole 2ch", True),
        ("Headset (Jabra Evolve2 40)", False),
        ("Built-in Audio Analog Stereo", False),
        ("DELL monitor microphone", False),
        ("default", False),
    ],
)
def test_inputs_that_record_playback_are_known_by_name(name: str, playback: bool) -> None:
    """As PulseAudio, Windows drivers and macOS drivers call them; a screen with a microphone is none."""
    assert records_playback(name) is playback


@settings(max_examples=40)
@given(
    parts=st.lists(
        st.tuples(st.sampled_from([-120.0, -75.0, -30.0]), st.floats(0.05, 4.0)), min_size=1, max_size=8
    ),
    sizes=st.lists(st.integers(1, 100_000), min_size=1, max_size=5),
)
def test_blocks_of_any_size_tell_the_same(parts: list[tuple[float, float]], sizes: list[int]) -> None:
    """What is told, and when, is a matter of the sound alone; telling and taking back alternate."""
    samples = np.concatenate(
        [silence(length) if dbfs < -100 else noise(length, dbfs) for dbfs, length in parts]
    )
    expected = told(MicrophoneWatch("m", 5.0), samples, size=len(samples))
    watch, found, at, turn = MicrophoneWatch("m", 5.0), [], 0, 0
    while at < len(samples):
        piece = samples[at : at + sizes[turn % len(sizes)]]
        found += watch.feed(Block(piece, at / RATE))
        at, turn = at + len(piece), turn + 1
    assert [(round(one.at_s, 3), one.code, one.recovered) for one in found] == expected
    assert [one.recovered for one in found] == [bool(index % 2) for index in range(len(found))]


def test_a_watch_begins_anew_with_another_device() -> None:
    """The system went on with another microphone: what was told of the first is taken back."""
    source = FakeSource([], 0)
    source.name = "Webcam"
    watch = SourceWatch(source)
    assert [one.recovered for one in watch.feed(Block(silence(3), 0.0))] == [False]
    source.name = "Headset"
    assert [one.recovered for one in watch.feed(Block(tone(300, 1.0, RATE), 3.0))] == [True]
    assert watch.feed(Block(silence(3), 4.0))[0].message.count("Headset") == 1
    [over] = watch.end(7.0)
    assert over == Failure(7.0, "microphone-silent", over.message, recovered=True)
    assert watch.end(8.0) == []
