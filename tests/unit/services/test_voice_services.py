"""Enrolling a voice over the real runner: what is sent, what is kept, and what a failure leaves behind."""

from __future__ import annotations

import datetime as dt
import queue
from collections.abc import Callable
from typing import Any, cast

import pytest

from coach.errors import KnownError
from coach.events import Block, Failure
from coach.ports import AudioSource, EnrolmentEvent, EnrolmentHeard, VoiceEnrolled
from coach.services.voice import EngineVoice
from coach.settings import Settings
from coach.voice import READING_TEXT, Enrolment
from tests.fakes.engine import FakeSource, block
from tests.fakes.waiting import WAIT_S

TODAY = dt.date(2026, 11, 27)


class MemoryVoices:
    """One voice profile in memory."""

    def __init__(self) -> None:
        self.kept: tuple[bytes, dt.date] | None = None

    def save_voice(self, profile: bytes, on: dt.date) -> None:
        self.kept = (profile, on)

    def load_voice(self) -> bytes | None:
        return self.kept[0] if self.kept else None

    def voice_enrolled(self) -> dt.date | None:
        return self.kept[1] if self.kept else None

    def delete_voice(self) -> None:
        self.kept = None


class FakeProfile:
    created_on = TODAY

    def to_bytes(self) -> bytes:
        return b"a voice"


class FakeEnrolment:
    """Half a second of clean speech a block; done after ``wanted_s``."""

    def __init__(self, wanted_s: float, refusal: KnownError | None = None) -> None:
        self._wanted_s = wanted_s
        self._refusal = refusal
        self._clean_s = 0.0

    @property
    def done(self) -> bool:
        return self._clean_s >= self._wanted_s

    def feed(self, block: Block) -> list[EnrolmentHeard]:
        self._clean_s += block.end_s - block.start_s
        return [EnrolmentHeard(self._clean_s, self._wanted_s)]

    def profile(self) -> FakeProfile:
        if self._refusal is not None:
            raise self._refusal
        return FakeProfile()


class Voice(EngineVoice):
    def __init__(self, source: FakeSource, enrolment: Callable[[], Any]) -> None:
        self.voices = MemoryVoices()
        super().__init__(Settings(), lambda: self.voices, lambda: True)
        self._source = source
        self._begin = enrolment

    def _reading_microphone(self, device_key: str | None) -> AudioSource:
        return self._source

    def _enrolment(self) -> Enrolment:
        return cast("Enrolment", self._begin())


def read(voice: Voice) -> list[EnrolmentEvent]:
    heard: queue.SimpleQueue[EnrolmentEvent] = queue.SimpleQueue()
    assert voice.enrol(None, heard.put).join(WAIT_S)
    events = [heard.get_nowait() for _ in range(heard.qsize())]
    return [event for event in events if isinstance(event, EnrolmentHeard | VoiceEnrolled | Failure)]


def test_a_reading_is_kept_once_it_is_long_enough() -> None:
    """The profile is in the store before the app hears of it; deleting it leaves nothing."""
    voice = Voice(FakeSource([block(at * 0.5) for at in range(4)]), lambda: FakeEnrolment(1.0))
    assert voice.voice_enrolled() is None
    assert read(voice) == [EnrolmentHeard(0.5, 1.0), EnrolmentHeard(1.0, 1.0), VoiceEnrolled(TODAY)]
    assert voice.voices.kept == (b"a voice", TODAY)
    assert voice.voice_enrolled() == TODAY
    voice.delete_voice()
    assert voice.voices.kept is None


def test_a_voice_that_cannot_be_told_keeps_the_old_profile() -> None:
    """Two voices in a reading are a failure with its own words; what was kept before stays."""
    refusal = KnownError("voice-two-voices", "Two voices were heard.")
    voice = Voice(FakeSource([block(0.0)]), lambda: FakeEnrolment(0.5, refusal))
    voice.voices.kept = (b"the old one", TODAY)
    last = read(voice)[-1]
    assert isinstance(last, Failure)
    assert (last.code, last.message) == ("voice-two-voices", "Two voices were heard.")
    assert voice.voices.kept == (b"the old one", TODAY)


def test_a_missing_encoder_is_told_in_the_reading() -> None:
    """It is loaded on the microphone's own thread; what it raises arrives as the last event."""

    def missing() -> Any:
        raise KnownError("model-missing", "The voice model is not there. Reinstall Sameside.")

    events = read(Voice(FakeSource([block(0.0)]), missing))
    assert [event.code for event in events if isinstance(event, Failure)] == ["model-missing"]


def test_a_dead_microphone_is_told_while_reading() -> None:
    """Digital silence is a problem with its advice, not the end of the reading."""
    voice = Voice(FakeSource([block(at * 0.5) for at in range(7)]), lambda: FakeEnrolment(9.0))
    told = [event for event in read(voice) if isinstance(event, EnrolmentHeard) and event.problem]
    assert [event.problem for event in told] == ["too-quiet"]
    assert told[0].advice


def test_the_text_to_read_takes_about_half_a_minute() -> None:
    """Sentences, in order, of a length people read in 25 to 45 seconds."""
    words = sum(len(sentence.split()) for sentence in READING_TEXT)
    assert 65 <= words <= 120
    assert all(sentence[-1] in ".?!" for sentence in READING_TEXT)


def test_a_store_is_not_made_to_look_for_a_voice() -> None:
    """On a new machine, or for a call that is not kept, nothing is opened and every voice is heard."""

    def never() -> MemoryVoices:
        raise AssertionError

    voice = EngineVoice(Settings(), never, lambda: False)
    assert voice.voice_enrolled() is None
    assert voice.voice_gate() is None


@pytest.mark.parametrize("own_voice_only", [True, False])
def test_without_a_profile_every_voice_is_heard(own_voice_only: bool) -> None:
    """The gate is there only for an enrolled voice."""
    voice = Voice(FakeSource([]), lambda: FakeEnrolment(1.0))
    voice._chosen.listening.own_voice_only = own_voice_only
    assert voice.voice_gate() is None
