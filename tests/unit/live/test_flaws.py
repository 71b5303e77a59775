"""What the agent is told of a recording that was read to its end."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from coach.errors import KnownError
from coach.events import CallRecord, Failure, Turn
from coach.live.flaws import NOTES, flaws_of
from coach.services.watching import Watch
from tests.fakes import sample_call


@dataclass
class Source:
    name: str = "a.wav"
    warning: str | None = None
    silent: bool = False
    clipped: bool = False

    def start(self) -> None: ...
    def read(self, timeout_s: float) -> None: ...
    def stop(self) -> None: ...


def record(*turns: Turn) -> CallRecord:
    return CallRecord(sample_call.header("c1"), turns=list(turns))


@pytest.mark.parametrize(("silent", "there"), [(True, "It is silent."), (False, "such as music or noise")])
def test_a_recording_without_speech_says_what_is_there(silent: bool, there: str) -> None:
    """Silence and music need another remedy than a wrong channel."""
    [told] = flaws_of(record(), Source(silent=silent), 9.0)
    assert told.code == "no-speech"
    assert told.message.startswith("No speech was heard in a.wav.")
    assert there in told.message


def test_a_recording_of_other_voices_only_says_so() -> None:
    """Somebody spoke, and it was dropped: that is neither silence nor music, and the voice can be picked."""
    [told] = flaws_of(record(), Source(), 90.0, others_s=72.0)
    assert told.code == "no-speech"
    assert told.message.startswith("Nothing was heard of you in a.wav, only other voices (1:12, dropped).")
    assert "music or noise" not in told.message
    [told] = flaws_of(record(), Source(), 90.0, others_s=0.4)
    assert "music or noise" in told.message


def test_clipped_sound_and_another_language_are_findings() -> None:
    """They are told beside what was heard, and fail nothing."""
    english = Turn(0, "I will call you back on Friday.", 0.0, 2.0)
    french = Turn(1, "Je vous rappelle vendredi matin alors.", 3.0, 5.0, language="fr")
    told = flaws_of(record(english, french), Source(clipped=True), 9.0)
    assert {one.code for one in told} == NOTES - {"little-speech"}
    assert "About 46 %" in told[1].message
    assert "(mostly French)" in told[1].message
    assert flaws_of(record(english), Source(), 9.0) == ()


def test_a_few_foreign_words_are_not_worth_a_finding() -> None:
    """A greeting in another language makes no foreign call."""
    english = Turn(0, "word " * 30, 0.0, 20.0)
    french = Turn(1, "Merci beaucoup, au revoir.", 21.0, 22.0, language="fr")
    assert flaws_of(record(english, french), Source(), 30.0) == ()


def test_a_recording_that_is_hardly_speech_says_so() -> None:
    """Music with a word in it is no call; short ones and those with long pauses are left alone."""
    word = Turn(0, "Thanks for holding.", 30.0, 33.0)
    [told] = flaws_of(record(word), Source(), 64.0)
    assert told.code == "little-speech"
    assert told.message.startswith("Only 3 s of a.wav are words of yours.")
    assert flaws_of(record(word), Source(), 50.0) == ()
    assert flaws_of(record(word, Turn(1, "word " * 30, 40.0, 52.0)), Source(), 120.0) == ()


def test_damage_is_told_first() -> None:
    """What is missing matters more than how the rest sounds."""
    told = flaws_of(record(), Source(warning="It ends early.", clipped=True), 9.0)
    assert [one.code for one in told] == ["recording-damaged", "recording-clipped"]


def test_a_damaged_recording_that_could_not_be_saved_counts_as_not_saved() -> None:
    """What is told last is worse: the recording is not taken for one that was reviewed."""
    watch = Watch()
    watch(Failure(9.0, "recording-damaged", "It ends early."))
    watch(Failure(9.0, "disk-full", "There is no room."))
    with pytest.raises(KnownError) as told:
        watch.tell()
    assert told.value.code == "disk-full"
    assert told.value.message == "It ends early. There is no room."


@pytest.mark.parametrize(
    ("languages", "told"),
    [
        (["de", "de", "de"], "What is said in it is not English (German); those turns were not judged"),
        (["", "de", "fr", "de"], "About 75 % of the words are not English (mostly German); those turns"),
        (["haw", "haw", ""], "About 67 % of the words are not English (mostly “haw”); those turns"),
    ],
)
def test_another_language_is_told_by_its_name(languages: list[str], told: str) -> None:
    """How much of a recording it is, and what was made of it."""
    turns = [
        Turn(index, "zwei Worte", index * 10.0, index * 10.0 + 9, language=language)
        for index, language in enumerate(languages)
    ]
    [found] = flaws_of(record(*turns), Source(), 30.0)
    assert found.code == "other-language"
    assert told in found.message
