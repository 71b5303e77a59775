"""Microphones, voice, models and leak check as the app sees them, without any of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coach.errors import KnownError
from coach.ports import (
    EarSink,
    EnrolmentEvent,
    LeakVerdict,
    ModelChoice,
    ModelOption,
    OutputDevice,
    Progress,
)
from coach.values.batches import FoundVoice
from tests.fakes.engine import FakeSource

OUTPUTS = [
    OutputDevice("alsa:headset", "Jabra Evolve2 30", True),
    OutputDevice("alsa:speakers", "Built-in speakers", False),
]
MODELS = [
    ModelOption("tiny.en", 75_000_000, True),
    ModelOption("base", 145_000_000, True),
    ModelOption("small", 484_000_000, False),
]
SENTENCES = (
    "Thank you for calling, and thank you for waiting a moment.",
    "I can see the order from Tuesday, and the note you left with it.",
    "Let me read the address back to you, so that we both have it right.",
    "The depot opens at eight, and they will ring you before they come.",
    "If that is too early, would a quarter past three suit you better?",
    "I have written down both numbers, and the name of your neighbour.",
    "You will have a message from us by Friday noon at the latest.",
)
CHOICE = ModelChoice("base", 0.6, (("tiny.en", 0.3), ("base", 0.6), ("small", 2.4)))
SAFE = LeakVerdict("safe", "The tone was not heard in the microphone.", "Nothing needs to be done.")


class ScriptedListening:
    """A ``ListeningControl`` that sends what the test tells it to, until it is stopped."""

    def __init__(self, device_key: str | None, sink: Callable[[Any], None]) -> None:
        self.device_key = device_key
        self.stopped = False
        self.source = FakeSource([])
        self._sink = sink

    def send(self, *events: EnrolmentEvent) -> None:
        for event in events:
            self._sink(event)

    def stop(self) -> None:
        self.stopped = True

    def join(self, timeout_s: float) -> bool:
        return self.stopped

    def hand_over(self) -> FakeSource:
        self.stopped = True
        return self.source


class FakeEar:
    """The part of ``Services`` about the ear; every answer can be set, ``ear_error`` fails them all."""

    def __init__(self) -> None:
        self.loudspeakers = list(OUTPUTS)
        self.model_options = list(MODELS)
        self.choice = CHOICE
        self.enrolled_on: dt.date | None = None
        self.leak = SAFE
        self.channel: int | None = None
        self.channel_count = 2
        self.voices: list[FoundVoice] = []
        self.voices_asked: list[int | None] = []
        self.ear_error: KnownError | None = None
        self.before_ear_step: Callable[[int], None] = lambda _step: None
        self.meters: list[ScriptedListening] = []
        self.waits: list[ScriptedListening] = []
        self.readings: list[ScriptedListening] = []
        self.leak_devices: list[tuple[str | None, str | None]] = []

    def wait_for_speech(self, device_key: str | None, sink: EarSink) -> ScriptedListening:
        self.waits.append(ScriptedListening(device_key, sink))
        return self.waits[-1]

    def outputs(self) -> list[OutputDevice]:
        return list(self.loudspeakers)

    def watch_level(self, device_key: str | None, sink: EarSink) -> ScriptedListening:
        self._fail()
        self.meters.append(ScriptedListening(device_key, sink))
        return self.meters[-1]

    def models(self) -> list[ModelOption]:
        return list(self.model_options)

    def choose_model(self, progress: Progress) -> ModelChoice:
        self._report("measuring base", progress)
        return self.choice

    def voice_enrolled(self) -> dt.date | None:
        return self.enrolled_on

    def reading_text(self) -> tuple[str, ...]:
        return SENTENCES

    def enrol(self, device_key: str | None, sink: EarSink) -> ScriptedListening:
        self._fail()
        self.readings.append(ScriptedListening(device_key, sink))
        return self.readings[-1]

    def delete_voice(self) -> None:
        self._fail()
        self.enrolled_on = None

    def check_leak(self, device_key: str | None, output_key: str | None, progress: Progress) -> LeakVerdict:
        self.leak_devices.append((device_key, output_key))
        self._report("playing", progress)
        return self.leak

    def agent_channel(self, path: Path, picked: bytes | None = None) -> int | None:
        self._fail()
        return self.channel

    def channels(self, path: Path) -> int:
        return self.channel_count

    def voices_in(
        self, path: Path, progress: Progress, channel: int | None = None, *, lone: bool = True
    ) -> list[FoundVoice]:
        self.voices_asked.append(channel)
        self._fail()
        progress("voices", 50, 100)
        return list(self.voices)

    def enrol_picked(self, picked: bytes) -> None:
        self.enrolled_on = dt.date(2026, 11, 27)

    def _report(self, what: str, progress: Progress) -> None:
        for step in (3, 10):
            self.before_ear_step(step)
            progress(what, step, 10)
        self._fail()

    def _fail(self) -> None:
        if self.ear_error is not None:
            raise self.ear_error
