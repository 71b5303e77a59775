"""The gate: parts that lie in their utterance, and only the agent's kept."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.events import SAMPLE_RATE_HZ, Samples, Speaker, Utterance
from coach.voice.calibration import Calibration
from coach.voice.gate import STRICTNESS, Gate, ListeningProfile
from tests.unit.voice.voice_fakes import ToneEncoder, agent, low_profile, somebody

CALIBRATION = Calibration()


def gate(profile: ListeningProfile = "shop-floor", encoder: ToneEncoder | None = None) -> Gate:
    return Gate(low_profile(), encoder or ToneEncoder(), CALIBRATION, STRICTNESS[profile])  # type: ignore[arg-type]


def utterance(samples: Samples, start_s: float = 10.0) -> Utterance:
    return Utterance(samples, start_s, start_s + len(samples) / SAMPLE_RATE_HZ)


def joined(*runs: Samples) -> Samples:
    gap = np.zeros(800, np.float32)
    return np.concatenate([part for run in runs for part in (run, gap)][:-1])


_run = st.tuples(st.sampled_from([agent, somebody]), st.floats(0.01, 5.0))


@given(st.lists(_run, min_size=1, max_size=4), st.sampled_from(["headset", "shop-floor", "practice"]))
@settings(max_examples=40)
def test_parts_are_the_utterance_and_nothing_else(runs: list, profile: ListeningProfile) -> None:
    """The parts lie end to end in the utterance, in order: no gap, no overlap, no invented audio."""
    whole = utterance(joined(*(make(seconds) for make, seconds in runs)))
    parts = gate(profile).agent_parts(whole)
    assert np.array_equal(np.concatenate([part.samples for part, _ in parts]), whole.samples)
    assert parts[0][0].start_s == whole.start_s
    assert parts[-1][0].end_s == whole.end_s
    for (before, voice), (after, next_voice) in itertools.pairwise(parts):
        assert before.end_s == pytest.approx(after.start_s)
        assert voice is not next_voice
    for part, _ in parts:
        assert part.end_s - part.start_s == pytest.approx(len(part.samples) / SAMPLE_RATE_HZ)


def test_the_agent_is_kept_and_others_are_dropped() -> None:
    """One voice alone is told from another, in every profile."""
    for profile in STRICTNESS:
        assert [s for _, s in gate(profile).agent_parts(utterance(agent(3)))] == [Speaker.AGENT]
        assert [s for _, s in gate(profile).agent_parts(utterance(somebody(3)))] == [Speaker.OTHER]


def test_an_utterance_is_cut_where_the_voice_changes() -> None:
    """Without a pause between them, the customer's words after the agent's are cut off within 0.3 s."""
    parts = gate().agent_parts(utterance(joined(agent(4), somebody(4)), 0.0))
    assert [speaker for _, speaker in parts] == [Speaker.AGENT, Speaker.OTHER]
    assert abs(parts[0][0].end_s - 4.0) < 0.3


def test_a_cut_falls_into_the_quiet_between_voices() -> None:
    """Where there is a short silence at the change, the cut is in it and not in a word."""
    silence = np.zeros(round(0.15 * SAMPLE_RATE_HZ), np.float32)
    parts = gate().agent_parts(utterance(np.concatenate([agent(4), silence, somebody(4)]), 0.0))
    assert 4.0 <= parts[0][0].end_s <= 4.15


def test_three_voices_in_a_row_give_three_parts() -> None:
    """The agent who speaks again after the customer is kept again."""
    parts = gate().agent_parts(utterance(joined(agent(4), somebody(4), agent(4))))
    assert [speaker for _, speaker in parts] == [Speaker.AGENT, Speaker.OTHER, Speaker.AGENT]


@pytest.mark.parametrize(("profile", "speaker"), [("headset", Speaker.UNSURE), ("shop-floor", Speaker.OTHER)])
def test_what_is_too_short_to_tell_is_settled_by_the_profile(
    profile: ListeningProfile, speaker: Speaker
) -> None:
    """A "yes" of 0.3 s does not tell whose it is: a headset keeps it, marked; a shop floor drops it."""
    for voice in (agent, somebody):
        assert [s for _, s in gate(profile).agent_parts(utterance(voice(0.3)))] == [speaker]


@pytest.mark.parametrize(
    "samples",
    [
        np.zeros(0, np.float32),
        np.zeros(1, np.float32),
        np.zeros(3 * SAMPLE_RATE_HZ, np.float32),
        np.full(3 * SAMPLE_RATE_HZ, np.nan, np.float32),
        np.full(3 * SAMPLE_RATE_HZ, np.inf, np.float32),
        np.full(3 * SAMPLE_RATE_HZ, 1e30, np.float32),
    ],
    ids=["nothing", "one sample", "silence", "not a number", "infinite", "absurdly loud"],
)
def test_sound_that_is_no_voice_is_never_the_agent(samples: Samples) -> None:
    """Silence, damage and nothing at all are taken, and are nobody's words on a shop floor."""
    parts = gate().agent_parts(utterance(samples))
    assert sum(len(part.samples) for part, _ in parts) == len(samples)
    if not samples.any() or not np.isfinite(samples).all():
        assert all(speaker is Speaker.OTHER for _, speaker in parts)
        assert gate().voice_of(samples) is Speaker.UNSURE


def test_damage_inside_speech_does_not_hide_the_agent() -> None:
    """A few samples that are not numbers leave the rest as it was."""
    samples = agent(3)
    samples[1000:1010] = np.nan
    assert [s for _, s in gate().agent_parts(utterance(samples))] == [Speaker.AGENT]


def test_a_run_that_goes_on_is_judged_by_its_latest_seconds() -> None:
    """Interim words stop when the customer goes on in the agent's breath, and start again with the agent."""
    said = joined(agent(4), somebody(5), agent(5))
    asked = gate()
    answers = [asked.voice_of(said[: round(at * SAMPLE_RATE_HZ)]) for at in (0.3, 2, 8.9, 14)]
    assert answers == [Speaker.UNSURE, Speaker.AGENT, Speaker.OTHER, Speaker.AGENT]


def test_asking_often_costs_little() -> None:
    """Asked every half second, each window is encoded once; the finished utterance adds its end only."""
    encoder = ToneEncoder()
    asked, said = gate(encoder=encoder), agent(8.0)
    for half in range(4, 17):
        asked.voice_of(said[: half * SAMPLE_RATE_HZ // 2])
    assert encoder.asked <= 8 / 0.8
    before = encoder.asked
    asked.agent_parts(utterance(said))
    assert encoder.asked - before <= 1


def test_windows_of_one_run_are_never_taken_for_another() -> None:
    """Two runs that begin with the same silence are each heard for themselves."""
    silence = np.zeros(SAMPLE_RATE_HZ // 4, np.float32)
    asked = gate()
    assert asked.voice_of(np.concatenate([silence, agent(3)])) is Speaker.AGENT
    assert [s for _, s in asked.agent_parts(utterance(np.concatenate([silence, somebody(3)])))] == [
        Speaker.OTHER
    ]


def test_a_much_fainter_voice_needs_to_be_more_like_the_agent() -> None:
    """Once the agent's level is known, a voice far below it is doubted more, within a bound."""
    asked = gate()
    for turn in range(3):
        asked.weigh(utterance(agent(3), 10.0 * turn))
    near, far = (asked.weigh(utterance(agent(3, level), 100.0 + level))[0][2] for level in (0.3, 0.01))
    assert near is not None
    assert far is not None
    assert 0.5 < near - far <= 2.0


def test_what_was_not_sure_is_not_learnt() -> None:
    """Others' voices never move the profile: after a hundred of their turns the agent is heard as before."""
    fresh, worn = gate(), gate()
    for turn in range(100):
        worn.weigh(utterance(somebody(3), 10.0 * turn))
    late = utterance(agent(3), 5000.0)
    assert worn.weigh(late) == fresh.weigh(late)
