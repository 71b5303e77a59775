"""When a call begins and ends by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.events import SAMPLE_RATE_HZ, Block, Samples, Speaker
from coach.services.waiting import LEAD_S, WINDOW, QuietEnd, SpeechStart, SpeechWatch, WaitConfig

WINDOW_S = WINDOW / SAMPLE_RATE_HZ
QUIET, SPEECH = 0.05, 0.95


def offered(*parts: tuple[float, float]) -> list[float]:
    """Seconds at which a beginning was told, for parts of (seconds, probability)."""
    start, at_s, told = SpeechStart(), 0.0, []
    for length_s, probability in parts:
        for _ in range(round(length_s / WINDOW_S)):
            at_s += WINDOW_S
            if start.offer(probability):
                told.append(at_s)
    return told


def test_speech_after_quiet_begins_once() -> None:
    """Within a second of speech, and not again while the talk goes on."""
    (at_s,) = offered((12.0, QUIET), (30.0, SPEECH), (3.0, QUIET), (30.0, SPEECH))
    assert 12.8 < at_s < 13.2


def test_who_is_in_the_middle_of_a_talk_begins_nothing() -> None:
    """The microphone is opened while somebody speaks: it must be quiet for a while first."""
    assert offered((60.0, SPEECH), (5.0, QUIET), (20.0, SPEECH)) == []


def test_a_cough_or_a_door_begins_nothing() -> None:
    """Sounds shorter than half a second, however many there are."""
    assert offered((12.0, QUIET), *[(0.4, SPEECH), (4.0, QUIET)] * 20) == []


@given(st.lists(st.floats(0.0, 1.0), max_size=1500))
def test_nothing_begins_without_enough_quiet_and_speech_before(probabilities: list[float]) -> None:
    """Whatever the sound: there is speech enough before each beginning, and quiet since the last one."""
    config = WaitConfig(quiet_s=2.0)
    start, told = SpeechStart(config), []
    for index, probability in enumerate(probabilities):
        if start.offer(probability):
            told.append(index)
    for last, index in zip([-1, *told], told, strict=False):
        recent = probabilities[max(0, index + 1 - round(config.within_s / WINDOW_S)) : index + 1]
        assert sum(one >= config.speech_at for one in recent) * WINDOW_S >= config.speech_s
        assert (index - last) * WINDOW_S >= config.quiet_s


class LoudVad:
    """Takes what is loud for speech."""

    def probability(self, window: Samples) -> float:
        assert window.shape == (WINDOW,)
        return float(np.abs(window).max() > 0.1)

    def reset(self) -> None:
        """Nothing to forget."""


def heard(watch: SpeechWatch, samples: Samples, size: int) -> int:
    """How many beginnings were told, for blocks of ``size`` samples."""
    blocks = [Block(samples[at : at + size], at / SAMPLE_RATE_HZ) for at in range(0, len(samples), size)]
    return sum(len(list(watch.hear(block))) for block in blocks)


def sound(quiet_s: float, speech_s: float) -> Samples:
    made = np.zeros(round((quiet_s + speech_s) * SAMPLE_RATE_HZ), np.float32)
    made[round(quiet_s * SAMPLE_RATE_HZ) :] = 0.5
    return made


def test_any_size_of_block_gives_the_same() -> None:
    """Blocks need not be whole windows."""
    samples = sound(11.0, 3.0)
    assert [heard(SpeechWatch(LoudVad()), samples, size) for size in (160, 512, 1000, 16_000)] == [1, 1, 1, 1]


@pytest.mark.parametrize("size", [160, 1000, 16_000])
def test_the_beginning_is_where_the_speech_began(size: int) -> None:
    """Not where it was known for speech, nearly a second later; a breath before is let in."""
    watch, samples = SpeechWatch(LoudVad()), sound(11.0, 3.0)
    blocks = [Block(samples[at : at + size], at / SAMPLE_RATE_HZ) for at in range(0, len(samples), size)]
    (told,) = [event for block in blocks for event in watch.hear(block)]
    assert 11.0 - LEAD_S - 2 * WINDOW / SAMPLE_RATE_HZ < told.at_s <= 11.0 - LEAD_S


def test_another_voice_begins_nothing() -> None:
    """Where a voice is enrolled, the last two seconds are asked whose they are."""
    asked: list[int] = []

    def voice_of(samples: Samples) -> Speaker:
        asked.append(len(samples))
        return Speaker.OTHER

    assert heard(SpeechWatch(LoudVad(), voice_of), sound(11.0, 3.0), 1600) == 0
    assert asked == [2 * SAMPLE_RATE_HZ]
    assert heard(SpeechWatch(LoudVad(), lambda _samples: Speaker.AGENT), sound(11.0, 3.0), 1600) == 1


def test_a_long_silence_is_told_before_it_ends_the_call() -> None:
    """Half a minute before; a word, or going on, begins the time anew."""
    quiet = QuietEnd(2)
    assert quiet.left_s(89.0) is None
    assert quiet.left_s(95.0) == 25.0
    quiet.heard(95.0)
    assert quiet.left_s(120.0) is None
    assert quiet.left_s(215.0) == 0.0
    quiet.missed(600.0)
    assert (quiet.left_s(784.0), quiet.left_s(790.0)) == (None, 25.0)
    assert QuietEnd(0).left_s(9_999.0) is None
