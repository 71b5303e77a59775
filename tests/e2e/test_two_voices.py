"""A recording in which two people take turns on one microphone: only the enrolled one is written down."""

from __future__ import annotations

import json
import re
import wave
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from coach import cli
from coach.audio.media_file import read_samples
from coach.bootstrap import make_services
from coach.events import SAMPLE_RATE_HZ, Block, Samples
from coach.ports import VoiceStore
from coach.speech.vad import SileroVad
from coach.voice import Encoder, Enrolment
from tests.e2e.scripted_call import word_error_rate

pytestmark = [pytest.mark.models, pytest.mark.timeout(300)]

VOICES = Path(__file__).parents[1] / "data" / "voices"
READ = ("1688-142285-0000", "1688-142285-0001")
TURNS = (
    (
        "1688-142285-0006",
        "I don't think, Mister Hale, you have done quite right in introducing such a person to us "
        "without telling us what he had been.",
    ),
    (
        "3080-5032-0002",
        "Her conversation has more charms than can be in mere beauty, and her humour and disposition "
        "would make a deformed person appear lovely.",
    ),
    (
        "1688-142285-0004",
        "His statement of having been a shop boy was the thing I liked best of all.",
    ),
    ("3080-5032-0003", "Why did you not send me that news and a garland?"),
)
AGENT, OTHER = (" ".join(text for name, text in TURNS if name.startswith(who)) for who in ("1688", "3080"))
PAUSE_S = 0.6
MOST_ERRORS = 0.3


def clip(name: str) -> Samples:
    return read_samples(VOICES / f"libri_{name}.flac")


def enrol() -> None:
    """As in the app, but that the reading comes from clips."""
    reading = Enrolment(Encoder(), SileroVad(), wanted_s=18.0)
    samples = np.concatenate([clip(name) for name in READ])
    for at in range(0, len(samples), 1_600):
        reading.feed(Block(samples[at : at + 1_600], at / SAMPLE_RATE_HZ))
    profile = reading.profile()
    store = make_services().store()
    try:
        cast(VoiceStore, store).save_voice(profile.to_bytes(), profile.created_on)
    finally:
        store.close()


def conversation(path: Path) -> Path:
    pause = np.random.default_rng(1).normal(0, 3e-4, round(PAUSE_S * SAMPLE_RATE_HZ)).astype(np.float32)
    samples = np.concatenate([part for name, _ in TURNS for part in (pause, clip(name))] + [pause])
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return path


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.casefold()))


def test_of_two_voices_on_one_microphone_only_the_enrolled_ones_words_are_kept(
    own_home: Path,
    whisper_dir: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Real voices, real models: not a word that only the other one said, and most of the agent's."""
    assert not own_home.exists()
    monkeypatch.setenv("SAMESIDE_MODELS", str(whisper_dir.parent))
    enrol()
    path = conversation(tmp_path / "counter.wav")
    capsys.readouterr()
    assert cli.main(["review", str(path), "--json"]) == 0
    kept = capsys.readouterr().out
    heard = " ".join(turn["text"] for turn in json.loads(kept)["turns"])
    assert word_error_rate(AGENT, heard) <= MOST_ERRORS, heard
    only_the_others = {word for word in words(OTHER) - words(AGENT) if len(word) > 3}
    assert not only_the_others & words(kept), heard
