from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.audio.media_file import read_samples
from coach.errors import KnownError
from coach.events import Block, Turn, Utterance
from coach.machine import heap
from coach.speech.listening import Listener
from coach.speech.segmenter import Segmenter
from coach.speech.vad import SileroVad
from coach.speech.whisper import WhisperTranscriber, _joined
from tests.unit.speech.speech_fakes import Floats, blocks


@pytest.fixture(scope="module")
def whisper(whisper_dir: Path) -> WhisperTranscriber:
    return WhisperTranscriber(whisper_dir, threads=2)


@pytest.fixture(scope="module")
def speech(three_sentences: Path) -> Floats:
    return read_samples(three_sentences)


def listen(whisper: WhisperTranscriber, given_blocks: list[Block]) -> Iterator[Turn]:
    listener = Listener(Segmenter(SileroVad()), whisper)
    for block in given_blocks:
        yield from (event for event in listener.feed(block) if isinstance(event, Turn))
    yield from (event for event in listener.flush() if isinstance(event, Turn))


def _resident_mb() -> int:
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("this system does not tell a process's memory in /proc")
    kept = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmRSS"))
    return int(kept.split()[1]) // 1024


@pytest.mark.models
def test_three_sentences_become_two_turns(whisper: WhisperTranscriber, speech: Floats) -> None:
    """Spoken words come out written, in their turns, each at its second in the call."""
    first, second = listen(whisper, blocks(speech, [8_000], start_s=100.0))
    # Of this voice's "late" the model is not sure: what is joined on behind it can make it "8".
    assert first.text.replace("is 8.", "is late.") == (
        "I am sorry that your parcel is late. I will call you back on Friday before noon."
    )
    assert second.text == "Thank you. Have a good day."
    assert first.start_s == pytest.approx(100.5, abs=0.3)
    assert first.end_s == pytest.approx(105.8, abs=0.3)
    assert second.start_s == pytest.approx(108.3, abs=0.3)
    friday = next(word for word in first.words if word.text == "Friday")
    assert 103.8 < friday.start_s < friday.end_s < 105.4
    words = [*first.words, *second.words]
    assert all(before.end_s <= after.start_s for before, after in itertools.pairwise(words))
    assert all(0.0 < word.probability <= 1.0 for word in words)


@pytest.mark.models
def test_other_lengths_of_sound_leave_nothing_behind(whisper: WhisperTranscriber, speech: Floats) -> None:
    """A recording of hours holds thousands of lengths: what is compiled for each is not kept."""

    def hear(lengths: range) -> int:
        for tenths in lengths:
            whisper.draft(Utterance(speech[: tenths * 1_600], 0.0, tenths / 10))
        heap.give_back()
        return _resident_mb()

    before = hear(range(10, 20))
    assert hear(range(20, 50)) - before < 25


@pytest.mark.models
def test_the_same_utterance_gives_the_same_words(whisper: WhisperTranscriber, speech: Floats) -> None:
    """Recognition is deterministic, to the last digit."""
    utterance = Utterance(speech[:40_000], 0.0, 2.5)
    assert whisper.hear(utterance).timed() == whisper.hear(utterance).timed()


@pytest.mark.models
def test_somebody_who_talks_fast_is_heard_to_the_last_word(
    whisper: WhisperTranscriber, speech: Floats
) -> None:
    """The bound that ends a loop leaves room for 280 words a minute without a pause."""
    loud = speech[np.convolve(np.abs(speech) > 0.01, np.ones(4_000), "same") > 0]
    places = np.arange(round(len(loud) / 1.35)) * 1.35
    quick = np.interp(places, np.arange(len(loud)), loud).astype(np.float32)
    twice = np.concatenate([quick, quick])
    text = " ".join(word.text for word in whisper.hear(Utterance(twice, 0.0, len(twice) / 16_000)).words)
    assert text.count("Have a good day.") == 2


@pytest.mark.models
def test_silence_and_noise_say_nothing(whisper: WhisperTranscriber) -> None:
    """No line is invented for a quiet room or a hum."""
    seconds = 3.0
    count = round(seconds * 16_000)
    hum = 0.05 * np.sin(2 * np.pi * 50 * np.arange(count) / 16_000)
    noise = np.random.default_rng(3).normal(0, 0.01, count)
    for samples in (np.zeros(count), hum, noise):
        assert whisper.hear(Utterance(samples.astype(np.float32), 0.0, seconds)).words == ()


@pytest.mark.models
def test_own_vocabulary_does_not_take_over_the_text(whisper_dir: Path, speech: Floats) -> None:
    """Fifty names nobody says leave every word as it was; a name that is said is spelled as it is listed."""
    plain = WhisperTranscriber(whisper_dir, threads=2)
    unsaid = [
        f"{first}{last}"
        for first in ("Glan", "Kil", "Bally", "Dro", "Car")
        for last in (
            "more",
            "dare",
            "vaughan",
            "heda",
            "rick",
            "tuam",
            "more Hub",
            "line Plus",
            "box Pro",
            "net Go",
        )
    ]
    listed = WhisperTranscriber(whisper_dir, threads=2, vocabulary=unsaid)
    utterance = Utterance(speech[: 6 * 16_000], 0.0, 6.0)
    said = [word.text for word in plain.hear(utterance).words]
    assert len(said) > 8
    assert [word.text for word in listed.hear(utterance).words] == said
    quiet = Utterance(np.random.default_rng(4).normal(0, 0.01, 48_000).astype(np.float32), 0.0, 3.0)
    assert listed.hear(quiet).words == ()
    assert listed.draft(quiet) == ()


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    """The folder and the file that is missing are told, and how to get it."""
    with pytest.raises(KnownError) as caught:
        WhisperTranscriber(tmp_path / "whisper-base", threads=1)
    assert caught.value.code == "model-missing"
    assert "config.json" in caught.value.message
    assert "sameside models get" in caught.value.message


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    """A file that is not what it should be gives a sentence, not a stack of lines."""
    for name in ("config.json", "model.bin", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(KnownError) as caught:
        WhisperTranscriber(tmp_path, threads=1)
    assert caught.value.code == "model-damaged"


def test_pieces_of_a_hyphenated_word_are_one_word() -> None:
    """What the aligner takes apart is put together as it is written."""
    pieces = [
        {"word": " bye", "start": 0.0, "end": 0.2, "probability": 0.9},
        {"word": "-bye", "start": 0.2, "end": 0.5, "probability": 0.6},
        {"word": ".", "start": 0.5, "end": 1.4, "probability": 0.7},
        {"word": " Now", "start": 1.6, "end": 1.8, "probability": 0.8},
    ]
    words = list(_joined(pieces, 10.0))
    assert [(word.text, word.start_s, word.end_s, word.probability) for word in words] == [
        ("bye-bye.", 10.0, 10.5, 0.6),
        ("Now", 11.6, 11.8, 0.8),
    ]


@pytest.mark.models
def test_a_language_nobody_speaks_is_refused(whisper_dir: Path) -> None:
    """A slip in the settings is told when the model is loaded, not met as a fault in the middle of a call."""
    with pytest.raises(KnownError, match="klingon") as caught:
        WhisperTranscriber(whisper_dir, threads=2, language="klingon")
    assert caught.value.code == "language-unknown"
