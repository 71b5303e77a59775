"""With the shipped model and real voices (tests/data/voices): enrolled, told apart, found in a recording."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from coach.errors import KnownError
from coach.events import SAMPLE_RATE_HZ, Block, Samples, Speaker, Utterance
from coach.resources import shipped_model
from coach.speech.vad import SileroVad
from coach.voice import Encoder, Enrolment, VoiceProfile, choose_channel, make_gate
from coach.voice.calibration import Calibration, centroid, steadiness
from coach.voice.encoder import CAMPPLUS_SIZE, SIZE
from coach.voice.making import through_a_telephone
from tests.unit.voice.voice_fakes import AGENT, DAY, OTHER, heard

S = SAMPLE_RATE_HZ


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def enrolled(encoder: Encoder) -> VoiceProfile:
    reading = Enrolment(encoder, SileroVad(), lambda: DAY, 15.0)
    sound = np.concatenate([heard(AGENT[0]), heard(AGENT[1])])
    for at in range(0, len(sound), 8000):
        if not reading.done:
            reading.feed(Block(sound[at : at + 8000], at / S))
    return reading.profile()


def utterance(samples: Samples) -> Utterance:
    return Utterance(samples, 5.0, 5.0 + len(samples) / S)


def test_an_embedding_is_a_direction(encoder: Encoder) -> None:
    """448 numbers of length 1, the same each time; the large encoder's alone are 192."""
    speech = heard(AGENT[2])[: 2 * S]
    found = encoder.embed(speech)
    assert found.shape == (SIZE,)
    assert np.linalg.norm(found) == pytest.approx(1.0, abs=1e-5)
    assert np.array_equal(found, encoder.embed(speech))
    alone = encoder.campplus.embed(speech)
    assert alone.shape == (CAMPPLUS_SIZE,)
    assert np.linalg.norm(alone) == pytest.approx(1.0, abs=1e-5)
    assert found[:CAMPPLUS_SIZE] @ alone == pytest.approx(0.65**0.5, abs=1e-4)


def test_both_encoders_are_heard(encoder: Encoder) -> None:
    """Either alone tells the reader from another woman, and how loud she is changes nothing."""
    runs = [heard(AGENT[0])[: 3 * S], heard(AGENT[2])[: 3 * S], heard(OTHER)[: 3 * S]]
    reader, again, other = (encoder.embed(run) for run in runs)
    for part in (slice(0, CAMPPLUS_SIZE), slice(CAMPPLUS_SIZE, SIZE)):
        assert reader[part] @ again[part] > reader[part] @ other[part] + 0.03
    assert encoder.embed(0.1 * runs[0]) @ reader > 0.999


@pytest.mark.parametrize("samples", [0, 1, round(0.5 * S) - 1])
def test_too_little_sound_is_no_voice(encoder: Encoder, samples: int) -> None:
    """Neither encoder guesses from less than half a second."""
    for asked in (encoder, encoder.campplus):
        with pytest.raises(ValueError, match="too few"):
            asked.embed(np.zeros(samples, np.float32))


def test_a_voice_is_more_like_itself(encoder: Encoder, enrolled: VoiceProfile) -> None:
    """Two seconds of the reader are nearer to the profile than two seconds of another woman."""
    voice = centroid(enrolled.wide)
    assert voice @ encoder.embed(heard(AGENT[2])[: 2 * S]) > 0.65
    assert voice @ encoder.embed(heard(OTHER)[: 2 * S]) < 0.5


def test_the_profile_comes_back_from_its_bytes_and_works(encoder: Encoder, enrolled: VoiceProfile) -> None:
    """A gate made from the stored bytes keeps the agent and drops the other, on a shop floor."""
    gate = make_gate(VoiceProfile.from_bytes(enrolled.to_bytes()), "shop-floor", encoder)
    agent, other = heard(AGENT[2])[: 4 * S], heard(OTHER)[: 4 * S]
    assert [speaker for _, speaker in gate.agent_parts(utterance(agent))] == [Speaker.AGENT]
    assert [speaker for _, speaker in gate.agent_parts(utterance(other))] == [Speaker.OTHER]
    assert gate.voice_of(agent) is Speaker.AGENT
    assert gate.voice_of(other) is Speaker.OTHER


def test_a_telephone_recording_is_judged_by_the_same_reading(
    encoder: Encoder, enrolled: VoiceProfile
) -> None:
    """A profile read into a headset works for a call recorded at a telephone's bandwidth."""
    gate = make_gate(enrolled, "shop-floor", encoder)
    agent, other = (through_a_telephone(heard(path)[: 5 * S]) for path in (AGENT[2], OTHER))
    assert [speaker for _, speaker in gate.agent_parts(utterance(agent))] == [Speaker.AGENT]
    assert [speaker for _, speaker in gate.agent_parts(utterance(other))] == [Speaker.OTHER]


def test_one_utterance_of_two_people_is_cut(encoder: Encoder, enrolled: VoiceProfile) -> None:
    """Where the customer falls into the agent's words, the agent's part is kept to within half a second."""
    gate = make_gate(enrolled, "shop-floor", encoder)
    both = np.concatenate([heard(AGENT[2])[: 4 * S], heard(OTHER)[: 4 * S]])
    parts = gate.agent_parts(utterance(both))
    assert [speaker for _, speaker in parts] == [Speaker.AGENT, Speaker.OTHER]
    assert abs(parts[0][0].end_s - 9.0) < 0.5


def test_the_agents_channel_is_found(encoder: Encoder, enrolled: VoiceProfile) -> None:
    """On either side of a stereo recording; not where the agent is in neither, nor in both."""
    agent, other = heard(AGENT[2]), heard(OTHER)
    vad = SileroVad()
    assert choose_channel([agent, other], enrolled, encoder, vad) == 0
    assert choose_channel([other, agent], enrolled, encoder, vad) == 1
    assert choose_channel([other, other], enrolled, encoder, vad) is None
    assert choose_channel([agent, agent], enrolled, encoder, vad) is None
    assert choose_channel([agent, np.zeros(len(agent), np.float32)], enrolled, encoder, vad) == 0
    assert choose_channel([np.zeros(0, np.float32), np.zeros(0, np.float32)], enrolled, encoder, vad) is None
    assert choose_channel([agent], enrolled, encoder, vad) is None


def test_crosstalk_does_not_hide_the_agents_channel(encoder: Encoder, enrolled: VoiceProfile) -> None:
    """Where the agent leaks into the other channel, faintly, the loud one is the agent's."""
    agent = heard(AGENT[2])
    assert choose_channel([0.2 * agent, agent], enrolled, encoder, SileroVad()) == 1


def test_two_real_voices_make_no_profile(encoder: Encoder) -> None:
    """Two women who read in turns are noticed by their voices."""
    reading = Enrolment(encoder, SileroVad(), lambda: DAY, 30.0)
    agent, other = np.concatenate([heard(AGENT[0]), heard(AGENT[1])]), heard(OTHER)
    turns = [run[at : at + 4 * S] for at in range(0, 8 * S, 4 * S) for run in (agent, other)]
    sound = np.concatenate([*turns, agent[8 * S : 16 * S], other[: 8 * S]])
    for at in range(0, len(sound), 8000):
        if not reading.done:
            reading.feed(Block(sound[at : at + 8000], at / S))
    assert reading.done
    with pytest.raises(KnownError) as caught:
        reading.profile()
    assert caught.value.code == "voice-two-voices"


def test_missing_and_damaged_files_say_what_to_do(tmp_path: Path) -> None:
    """Without its files the gate is not built, and the user is told to reinstall."""
    for make in (lambda: Encoder(tmp_path), lambda: Calibration(tmp_path / "calibration.json")):
        with pytest.raises(KnownError, match="Reinstall") as caught:
            make()
        assert caught.value.code == "model-missing"
    shutil.copyfile(shipped_model("voice", "release") / "campplus.onnx", tmp_path / "campplus.onnx")
    with pytest.raises(KnownError, match=r"ge2e\.onnx") as caught:
        Encoder(tmp_path)
    assert caught.value.code == "model-missing"
    (tmp_path / "campplus.onnx").write_bytes(b"not a model")
    (tmp_path / "calibration.json").write_text("{}")
    for make in (lambda: Encoder(tmp_path), lambda: Calibration(tmp_path / "calibration.json")):
        with pytest.raises(KnownError) as caught:
            make()
        assert caught.value.code == "model-damaged"


def test_the_calibration_is_sane() -> None:
    """In every band, longer speech tells more, and the own voice is always likelier nearer."""
    calibration = Calibration(shipped_model("voice", "release", "calibration.json"))
    for narrow in (False, True):
        worths = [calibration.evidence(0.9, seconds, narrow) for seconds in (0.6, 1.3, 2.6, 5.0)]
        assert min(worths) > 2.0
        for seconds in (0.3, 0.7, 1.3, 2.6, 5.0, 20.0):
            rising = [calibration.evidence(at / 20, seconds, narrow) for at in range(-20, 21)]
            assert rising == sorted(rising)
            assert rising[0] < -4.0


def test_less_is_expected_of_a_voice_that_varies() -> None:
    """The same likeness is worth more for an unsteady reading than for a steady one, by 3 nats at most."""
    calibration = Calibration(shipped_model("voice", "release", "calibration.json"))
    for narrow in (False, True):
        for seconds in (0.7, 1.4, 3.0, 10.0):
            unsteady, usual, steady = (
                calibration.evidence(0.68, seconds, narrow, value) for value in (0.70, None, 0.99)
            )
            assert unsteady >= usual >= steady
            assert max(unsteady - usual, usual - steady) < 3.0
            assert calibration.evidence(0.68, seconds, narrow, 0.1) == unsteady


def test_steadiness_is_how_alike_runs_of_a_reading_are() -> None:
    """1 where all are the same, less where one is another; altered copies do not count."""
    same = np.zeros((6, SIZE), np.float32)
    same[:, 0] = 1.0
    assert steadiness(same) == pytest.approx(1.0)
    altered = same.copy()
    altered[3:] = np.roll(same[3:], 5, axis=1)
    assert steadiness(altered) == pytest.approx(1.0)
    mixed = same.copy()
    mixed[0] = np.roll(same[0], 5)
    assert steadiness(mixed) == pytest.approx(2 * (0.5**0.5) / 3)
    assert steadiness(same[:4]) is None
