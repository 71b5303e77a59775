"""What a call teaches the gate: bounded, forgotten with it, and never anybody's voice."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.events import SAMPLE_RATE_HZ, Samples, Speaker, Utterance
from coach.voice.calibration import Calibration, Judged, Likeness
from coach.voice.encoder import SIZE
from coach.voice.gate import STRICTNESS, Gate, ListeningProfile
from coach.voice.profile import VoiceProfile
from coach.voice.today import Today
from coach.voice.windows import WINDOW, Window
from tests.unit.voice.voice_fakes import HIGH_HZ, LOW_HZ, ToneEncoder, agent, low_profile, somebody, tone

CALIBRATION = Calibration()
MOST_NATS = 3.0


def window(similarity: float, narrow: bool = False) -> Window:
    """One of a voice that is so much like the agent of ``low_profile``."""
    voice = np.zeros(SIZE, np.float32)
    voice[:2] = similarity, (1 - similarity**2) ** 0.5
    return Window(0, WINDOW, voice, narrow, 1.4, -20.0)


class Call:
    """Runs of 1.4 s of voices more or less like the agent's, far enough apart to count for themselves."""

    def __init__(self) -> None:
        self.likeness = Likeness(low_profile(), CALIBRATION)
        self.today = Today(self.likeness)
        self._at_s = 0.0

    def judged(self, similarity: float, narrow: bool = False) -> Judged:
        return self.likeness.judge([window(similarity, narrow)])

    def hears(self, similarity: float, times: int = 1, narrow: bool = False) -> None:
        for _ in range(times):
            judged = self.judged(similarity, narrow)
            self.today.learn(judged, self.today.odds(judged, self._at_s), self._at_s + 2)
            self._at_s += 10

    def odds(self, similarity: float, narrow: bool = False) -> float:
        return self.today.odds(self.judged(similarity, narrow), self._at_s)


def gate(profile: ListeningProfile = "shop-floor", voice: VoiceProfile | None = None) -> Gate:
    return Gate(voice or low_profile(), ToneEncoder(), CALIBRATION, STRICTNESS[profile])  # type: ignore[arg-type]


def utterance(samples: Samples, start_s: float) -> Utterance:
    return Utterance(samples, start_s, start_s + len(samples) / SAMPLE_RATE_HZ)


def like_the_agent(similarity: float, seconds: float) -> Samples:
    """A tone that the ``ToneEncoder`` hears as so much like the agent's."""
    return tone(LOW_HZ + (HIGH_HZ - LOW_HZ) * float(np.arccos(similarity)) * 2 / np.pi, seconds)


def test_an_agent_with_a_cold_is_doubted_less_as_the_call_goes_on() -> None:
    """Who is less like the reading all day is expected to be."""
    call = Call()
    before = call.odds(0.62)
    call.hears(0.67, 10)
    assert before + 0.5 < call.odds(0.62) <= before + MOST_NATS


def test_a_customer_who_sounds_like_the_agent_makes_the_gate_stricter() -> None:
    """And one who sounds like nobody makes it less strict."""
    alike, unlike = Call(), Call()
    alike.hears(0.5, 10)
    unlike.hears(0.2, 10)
    before = Call().odds(0.6)
    assert alike.odds(0.6) < before - 0.5
    assert unlike.odds(0.6) > before + 0.5


@given(st.lists(st.tuples(st.floats(-0.2, 1.0), st.booleans()), max_size=60), st.floats(-0.2, 1.0))
@settings(max_examples=60)
def test_whatever_a_call_teaches_moves_a_voice_within_a_bound(
    heard: list[tuple[float, bool]], similarity: float
) -> None:
    """Three nats at most, and a voice more like the agent's is never worth less."""
    call, fresh = Call(), Call()
    for each, narrow in heard:
        call.hears(each, narrow=narrow)
    for narrow in (False, True):
        now, before = (one.judged(similarity, narrow).evidence for one in (call, fresh))
        assert abs(now - before) <= MOST_NATS + 1e-6
        rising = [call.judged(at / 20, narrow).evidence for at in range(-20, 21)]
        assert rising == sorted(rising)


@pytest.mark.parametrize(("narrow", "most"), [(False, 1.0), (True, 2.0)])
def test_a_short_word_is_doubted_more_within_a_bound(narrow: bool, most: float) -> None:
    """A "yes" as much like the agent as a sentence is worth less: by one nat, by telephone by two."""
    call = Call()
    sentence = call.judged(0.65, narrow)
    odds = [call.today.odds(replace(sentence, speech_s=of_s), None) for of_s in (0.0, 0.4, 0.8, 1.0, 3.0)]
    assert odds[0] < odds[1] < odds[2] < odds[3] == odds[4]
    assert odds[4] - odds[0] <= most + 1e-9


def test_an_impostor_who_takes_the_call_over_stays_one() -> None:
    """After an hour of somebody rather like the agent, no word of theirs is let in; the agent still is."""
    asked = gate()
    for turn in range(5):
        asked.weigh(utterance(agent(3), 10.0 * turn))
        asked.weigh(utterance(somebody(3), 10.0 * turn + 5))
    impostor = like_the_agent(0.57, 3)
    for turn in range(720):
        voices = {speaker for _, speaker in asked.agent_parts(utterance(impostor, 100.0 + 5 * turn))}
        assert voices == {Speaker.OTHER}
    assert [s for _, s in asked.agent_parts(utterance(agent(3), 4000.0))] == [Speaker.AGENT]


def test_a_call_without_the_agent_does_not_make_one() -> None:
    """Of two others, the one more like the agent is not taken for the agent for want of a better one."""
    asked = gate()
    for turn in range(200):
        for place, similarity in enumerate((0.1, 0.57)):
            run = utterance(like_the_agent(similarity, 3), 12.0 * turn + 6 * place)
            assert {s for _, s in asked.agent_parts(run)} == {Speaker.OTHER}


def test_a_call_leaves_the_profile_alone_and_keeps_no_voice() -> None:
    """The profile's bytes and directions are the same afterwards; of voices only numbers are left."""
    profile = low_profile()
    before, asked = profile.to_bytes(), gate(voice=profile)
    likeness = asked._likeness
    directions = {narrow: voice.copy() for narrow, voice in likeness._voices.items()}
    for turn in range(30):
        asked.weigh(utterance(like_the_agent(0.9, 3), 20.0 * turn))
        asked.weigh(utterance(like_the_agent(0.3, 3), 20.0 * turn + 10))
    assert profile.to_bytes() == before
    for narrow, voice in likeness._voices.items():
        assert np.array_equal(voice, directions[narrow])
    learnt = {name: value for name, value in vars(asked._today).items() if name != "_likeness"}
    assert b"numpy" not in pickle.dumps(learnt)


def test_an_hour_takes_no_more_memory_than_five_minutes() -> None:
    """What is known of a call does not grow with it."""
    call = Call()
    call.hears(0.9, 50)
    call.hears(0.3, 50)
    early = len(pickle.dumps(call.today))
    call.hears(0.9, 1000)
    call.hears(0.3, 1000)
    assert abs(len(pickle.dumps(call.today)) - early) < 64


def test_the_latest_minutes_decide() -> None:
    """After twenty runs as usual, a hundred of a cold that comes on count as a cold."""
    cold, changed = Call(), Call()
    cold.hears(0.76, 100)
    changed.hears(0.82, 20)
    changed.hears(0.76, 100)
    assert changed.odds(0.65) == pytest.approx(cold.odds(0.65), abs=0.25)
    assert Call().odds(0.65) < cold.odds(0.65) - 0.5


def test_a_telephones_band_is_learnt_for_itself() -> None:
    """What was heard of wide-band voices says nothing of those through a telephone."""
    call = Call()
    call.hears(0.67, 10)
    assert call.judged(0.7, narrow=True) == Call().judged(0.7, narrow=True)


@pytest.mark.parametrize(
    ("profile", "before", "pause_s", "speaker"),
    [
        ("shop-floor", agent, 0.1, Speaker.AGENT),
        ("shop-floor", agent, 0.6, Speaker.OTHER),
        ("shop-floor", somebody, 0.1, Speaker.OTHER),
        ("headset", agent, 0.1, Speaker.UNSURE),
        ("headset", somebody, 0.1, Speaker.OTHER),
        ("headset", somebody, 0.6, Speaker.UNSURE),
    ],
)
def test_a_sound_too_short_to_tell_goes_with_the_turn_it_follows(
    profile: ListeningProfile, before: object, pause_s: float, speaker: Speaker
) -> None:
    """A "yes" in the agent's breath is kept, marked in a headset; in the customer's it is dropped."""
    asked = gate(profile)
    asked.weigh(utterance(before(3), 10.0))  # type: ignore[operator]
    short = utterance(agent(0.3), 13.0 + pause_s)
    assert [s for _, s in asked.agent_parts(short)] == [speaker]
    assert [s for _, s in asked.agent_parts(utterance(agent(0.3), short.end_s + 0.6))] == [
        Speaker.UNSURE if profile == "headset" else Speaker.OTHER
    ]
