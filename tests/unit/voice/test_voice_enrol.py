"""Enrolment: the same for any block size, honest about bad sound, and only ever of one voice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import KnownError
from coach.events import SAMPLE_RATE_HZ, Block, Samples
from coach.ports import EnrolmentHeard
from coach.voice import READING_TEXT
from coach.voice.enrol import Enrolment
from tests.unit.voice.voice_fakes import DAY, LoudIsSpeech, ToneEncoder, agent, somebody

FAINT_NOISE = 10 ** (-60 / 20)


def enrolment(wanted_s: float = 9.0) -> Enrolment:
    return Enrolment(ToneEncoder(), LoudIsSpeech(), lambda: DAY, wanted_s)  # type: ignore[arg-type]


def read(sound: Samples, reading: Enrolment, sizes: tuple[int, ...] = (4000,)) -> list[EnrolmentHeard]:
    told, at, turn = [], 0, 0
    while at < len(sound) and not reading.done:
        size = sizes[turn % len(sizes)]
        told += reading.feed(Block(sound[at : at + size], at / SAMPLE_RATE_HZ))
        at, turn = at + size, turn + 1
    return told


def spoken(*runs: Samples) -> Samples:
    """Runs with half a second of silence around each, where the room's floor is heard."""
    gap = np.zeros(SAMPLE_RATE_HZ // 2, np.float32)
    return np.concatenate([gap, *(part for run in runs for part in (run, gap))])


def test_enough_of_one_voice_makes_a_profile() -> None:
    """Nine wanted seconds of a voice are enough, and the profile says when and how much."""
    reading = enrolment()
    told = read(spoken(*[agent(2)] * 8), reading)
    profile = reading.profile()
    assert told[-1].problem == ""
    assert (profile.created_on, len(profile.wide)) == (DAY, 2 * 3)
    assert profile.speech_s == pytest.approx(9.0, abs=0.3)


@given(st.lists(st.integers(1, 50_000), min_size=1, max_size=4))
@settings(max_examples=15)
def test_any_block_size_gives_the_same_enrolment(sizes: list[int]) -> None:
    """How the sound is cut into blocks changes neither what is told nor the profile."""
    sound = spoken(*[agent(2)] * 3)
    by_one, by_other = enrolment(wanted_s=60.0), enrolment(wanted_s=60.0)
    assert read(sound, by_one) == read(sound, by_other, tuple(sizes))
    assert by_one._voices[0].tolist() == by_other._voices[0].tolist()


def test_progress_never_goes_back_for_one_voice() -> None:
    """The seconds of clean speech only grow while one person reads, up to what is wanted."""
    told = read(spoken(*[agent(2)] * 8), enrolment())
    seconds = [heard.clean_s for heard in told]
    assert seconds == sorted(seconds)
    assert seconds[-1] == pytest.approx(9.0, abs=0.3)


@pytest.mark.parametrize(
    ("sound", "problem"),
    [
        (spoken(*[agent(2, 0.002)] * 5), "too-quiet"),
        (spoken(*[np.clip(agent(2, 3.0), -1, 1)] * 5), "too-loud"),
        (np.zeros(8 * SAMPLE_RATE_HZ, np.float32), "too-quiet"),
    ],
    ids=["faint", "clipped", "nothing heard"],
)
def test_bad_sound_is_told_and_does_not_count(sound: Samples, problem: str) -> None:
    """Too faint or distorted speech is named, with what to do, and never becomes a profile."""
    reading = enrolment()
    told = read(sound, reading)
    assert problem in {heard.problem for heard in told}
    assert all(heard.advice for heard in told if heard.problem)
    with pytest.raises(KnownError, match="Read the text again") as caught:
        reading.profile()
    assert caught.value.code == "voice-too-short"


def test_a_noisy_room_is_told() -> None:
    """Where the noise is nearly as loud as the voice, no profile is made of it."""
    rng = np.random.default_rng(1)

    class Every2s(LoudIsSpeech):
        def probability(self, window: Samples) -> float:
            return float(np.abs(np.fft.rfft(window))[5:8].max() > 20)

    reading = Enrolment(ToneEncoder(), Every2s(), lambda: DAY, 9.0)  # type: ignore[arg-type]
    sound = spoken(*[agent(2, 0.2)] * 6)
    noisy = sound + rng.normal(0, 0.08, len(sound)).astype(np.float32)
    told = read(noisy.astype(np.float32), reading)
    assert "noisy" in {heard.problem for heard in told}
    assert not reading.done


def test_two_people_reading_is_refused() -> None:
    """Where the voices alternate, the reading ends with a refusal and no profile."""
    reading = enrolment(wanted_s=20.0)
    told = read(spoken(*[agent(3.1), somebody(3.1)] * 6), reading)
    assert reading.done
    assert "another-voice" in {heard.problem for heard in told}
    with pytest.raises(KnownError, match="More than one voice") as caught:
        reading.profile()
    assert caught.value.code == "voice-two-voices"


def test_somebody_who_says_one_thing_is_left_out() -> None:
    """A colleague's one sentence does not end the reading, and is not in the profile."""
    reading = enrolment(wanted_s=18.0)
    # Lengths that fill segments exactly, so that each holds one voice.
    whole = 94 * 512 / SAMPLE_RATE_HZ
    read(spoken(agent(whole), somebody(whole), *[agent(whole)] * 6), reading)
    profile = reading.profile()
    assert len(profile.wide) == 2 * 6
    assert profile.wide[:, 0].min() > 0.9


def test_a_gap_in_the_sound_is_no_splice() -> None:
    """After a gap the half-filled window of before is not joined with what comes."""
    reading = enrolment()
    reading.feed(Block(agent(0.02), 0.0))
    reading.feed(Block(agent(0.02), 5.0))
    assert reading._windows == 0


def test_the_text_has_enough_to_read() -> None:
    """About ninety words, in sentences short enough to say in one breath."""
    words = [len(sentence.split()) for sentence in READING_TEXT]
    assert 80 <= sum(words) <= 120
    assert max(words) <= 25
