"""Voices of a recording told apart where nobody is enrolled."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes
from numpy.typing import NDArray

from coach.audio.media_file import read_samples
from coach.events import SAMPLE_RATE_HZ, Samples, Speaker, Utterance
from coach.speech.vad import SileroVad
from coach.voice import Encoder, find_voices, make_gate
from coach.voice.encoder import Embedding
from coach.voice.making import at_half_rate
from coach.voice.picking import LEAST_S, MOST_VOICES, parted

VOICES = Path(__file__).parents[2] / "data" / "voices"
TODAY = dt.date(2026, 11, 27)


def clip(name: str) -> Samples:
    return read_samples(VOICES / f"libri_{name}.flac")


def around(*middles: int, spread: float = 0.05) -> np.ndarray:
    """Directions near the axes of these numbers, in ten dimensions."""
    chance = np.random.default_rng(1)
    places = np.eye(10)[list(middles)] + chance.normal(0, spread, (len(middles), 10))
    return (places / np.linalg.norm(places, axis=1, keepdims=True)).astype(np.float32)


def test_voices_are_parted_whatever_their_order() -> None:
    """Two and three of them; one alone stays whole; what is heard for a moment is none of its own."""
    one, two, three, seconds = around(*[4] * 9), around(0, 1, 0, 0, 1, 1, 0), around(0, 1, 2), np.full(9, 2.0)
    assert [sorted(group) for group in parted(one, seconds)] == [list(range(9))]
    assert [sorted(group) for group in parted(two, seconds[:7])] == [[0, 2, 3, 6], [1, 4, 5]]
    assert sorted(sorted(group) for group in parted(np.repeat(three, 3, 0), seconds)) == [
        [0, 1, 2],
        [3, 4, 5],
        [6, 7, 8],
    ]
    assert len(parted(around(0, 0, 5, 0), seconds[:4])) == 1


@given(
    shapes.arrays(np.float32, st.integers(1, 12).map(lambda n: (n, 4)), elements=st.floats(-1, 1, width=32)),
    st.floats(0.1, 9),
)
def test_no_window_is_in_two_voices(places: np.ndarray, each_s: float) -> None:
    """Each voice has speech enough, and there are not more than can be offered, whatever was heard."""
    voices = (places + 2.0).astype(np.float32)
    voices /= np.linalg.norm(voices, axis=1, keepdims=True)
    groups = parted(voices, np.full(len(voices), each_s))
    numbers = [int(number) for group in groups for number in group]
    assert len(numbers) == len(set(numbers))
    assert len(groups) <= MOST_VOICES
    assert all(len(group) * each_s >= LEAST_S for group in groups)


class CountingEncoder(Encoder):
    """Counts how often its large network is asked, alone or with the small one."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        heard = self.campplus.of

        def counted(features: NDArray[np.float32]) -> Embedding:
            self.asked += 1
            return heard(features)

        self.campplus.of = counted  # type: ignore[method-assign]


def test_in_silence_there_is_no_voice() -> None:
    """Nor in a sound that is too short for one."""
    encoder, vad = Encoder(), SileroVad()
    assert find_voices(np.zeros(5 * SAMPLE_RATE_HZ, np.float32), encoder, vad, TODAY) == []
    assert find_voices(np.zeros(0, np.float32), encoder, vad, TODAY) == []


def test_who_speaks_alone_is_only_told_of_where_that_is_wanted() -> None:
    """Where it is enough that nobody else speaks, no profile is made, which takes as long as looking."""
    encoder = CountingEncoder()
    samples = clip("1688-142285-0000")
    [found] = find_voices(samples, encoder, SileroVad(), TODAY)
    assert found.profile.speech_s > 5
    asked, encoder.asked = encoder.asked, 0
    assert find_voices(samples, encoder, SileroVad(), TODAY, lone=False) == []
    assert 0 < encoder.asked < 0.7 * asked


@pytest.mark.parametrize("telephone", [False, True])
def test_two_readers_are_told_apart_and_each_has_a_moment(telephone: bool) -> None:
    """Real voices in turns: two are offered, each with a clip of its own and a profile for it alone."""
    names = ("1688-142285-0000", "3080-5032-0002", "1688-142285-0006", "3080-5032-0003", "3080-5032-0002")
    pause = np.random.default_rng(1).normal(0, 3e-4, SAMPLE_RATE_HZ // 2).astype(np.float32)
    parts, places, at = [], [], 0
    for name in names:
        said = clip(name)
        places.append((name[:4], at / SAMPLE_RATE_HZ, (at + len(said)) / SAMPLE_RATE_HZ))
        parts += [said, pause]
        at += len(said) + len(pause)
    samples = np.concatenate(parts)
    samples = at_half_rate(samples) if telephone else samples
    encoder = Encoder()
    told: list[float] = []
    found = find_voices(samples, encoder, SileroVad(), TODAY, told.append)
    whose = [
        next(
            who
            for who, start_s, end_s in places
            if start_s - 0.1 <= voice.start_s and voice.end_s <= end_s + 0.1
        )
        for voice in found
    ]
    assert sorted(whose) == ["1688", "3080"]
    assert all(voice.narrow is telephone for voice in found)
    assert told == sorted(told)
    assert told[-1] > 0.95
    assert max(after - before for before, after in pairwise(told)) < 0.1
    mine = clip("1688-142285-0004")
    mine = at_half_rate(mine) if telephone else mine
    utterance = Utterance(mine, 0.0, len(mine) / SAMPLE_RATE_HZ)
    for who, voice in zip(whose, found, strict=True):
        gate = make_gate(voice.profile, "practice", encoder)
        heard = {speaker for _, speaker in gate.agent_parts(utterance)}
        assert heard == {Speaker.AGENT if who == "1688" else Speaker.OTHER}
