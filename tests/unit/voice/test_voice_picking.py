"""Voices of a recording told apart where nobody is enrolled."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes

from coach.audio.media_file import read_samples
from coach.events import SAMPLE_RATE_HZ, Samples, Speaker, Utterance
from coach.speech.vad import SileroVad
from coach.voice import Encoder, find_voices, make_gate
from coach.voice.making import at_half_rate
from coach.voice.picking import grouped

VOICES = Path(__file__).parents[2] / "data" / "voices"
TODAY = dt.date(2026, 11, 27)


def clip(name: str) -> Samples:
    return read_samples(VOICES / f"libri_{name}.flac")


def test_two_groups_are_found_apart() -> None:
    """Numbers that are alike are together, whatever their order."""
    sides = np.array([0, 1, 0, 0, 1, 1, 0])
    alike = np.where(sides[:, None] == sides, 0.7, 0.2).astype(np.float32)
    assert sorted(map(sorted, grouped(alike, 0.5))) == [[0, 2, 3, 6], [1, 4, 5]]
    assert len(grouped(alike, 0.1)) == 1
    assert len(grouped(alike, 0.9)) == len(sides)


@given(
    shapes.arrays(np.float32, st.integers(0, 8).map(lambda n: (n, 3)), elements=st.floats(-1, 1, width=32)),
    st.floats(-2, 2),
)
def test_every_number_is_in_one_group(places: np.ndarray, least: float) -> None:
    """Nothing is lost and nothing is twice, whatever is alike."""
    groups = grouped(places @ places.T, least)
    assert sorted(number for group in groups for number in group) == list(range(len(places)))


def test_in_silence_there_is_no_voice() -> None:
    """Nor in a sound that is too short for one."""
    encoder, vad = Encoder(), SileroVad()
    assert find_voices(np.zeros(5 * SAMPLE_RATE_HZ, np.float32), encoder, vad, TODAY) == []
    assert find_voices(np.zeros(0, np.float32), encoder, vad, TODAY) == []


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
    mine = clip("1688-142285-0004")
    mine = at_half_rate(mine) if telephone else mine
    utterance = Utterance(mine, 0.0, len(mine) / SAMPLE_RATE_HZ)
    for who, voice in zip(whose, found, strict=True):
        gate = make_gate(voice.profile, "practice", encoder)
        heard = {speaker for _, speaker in gate.agent_parts(utterance)}
        assert heard == {Speaker.AGENT if who == "1688" else Speaker.OTHER}
