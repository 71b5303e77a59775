"""Pictures of the windows about the ear: settings, enrolment, leak check, words while they are spoken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from coach.events import DelayMeasured, InterimWords, Level, OtherVoice, Turn, WordsHeard
from coach.ports import EnrolmentHeard, LeakVerdict
from tests.fakes import sample_call
from tests.fakes.services import FakeServices
from ui.app import App
from ui.settings.dialog import FAIRNESS, MICROPHONE, VOICE

SPEAKING = Level(1.0, -20.0, -9.0)
VERDICT = LeakVerdict(
    "headset-needed",
    "Your microphone hears the loudspeaker clearly above the sounds of the room.",
    "Use a headset, or turn the loudspeaker down and play the sound again.",
)

UNFAIR = (("past-0", 0, "blaming"), ("sample", 2, "blaming"), ("past-3", 0, "convincing"))


@dataclass(frozen=True)
class Studio:
    """What taking a picture needs; ``wait`` lets events run until something holds."""

    desk: App
    services: FakeServices
    theme: str
    folder: Path
    wait: Callable[[Callable[[], bool]], None]
    picture: Callable[[QWidget, Path], None]

    def take(self, widget: QWidget, name: str) -> None:
        self.picture(widget, self.folder / f"{name}-{self.theme}.png")

    def settle(self) -> None:
        self.wait(lambda: not self.desk.background.busy and not self.desk.ear.busy)


def take_ear(studio: Studio) -> None:
    """Before a call: the settings, a reading half done, and a verdict."""
    ear, services = studio.desk.ear, studio.services
    services.enrolled_on = dt.date(2026, 11, 20)
    ear.voice.refresh()
    ear.open_settings(MICROPHONE)
    studio.settle()
    settings = ear.settings.dialog
    assert settings is not None
    services.meters[-1].send(SPEAKING)
    studio.wait(lambda: settings.microphone.meter.share > 0)
    settings.resize(860, 720)
    studio.take(settings, "settings-microphone")
    settings.go_to(VOICE)
    studio.take(settings, "settings-voice")
    for flag in UNFAIR:
        services.unfair.contest(*flag)
    settings.go_to(FAIRNESS)
    studio.settle()
    studio.take(settings, "settings-fairness")
    settings.accept()
    _take_enrolment(studio)
    services.leak = VERDICT
    ear.check_leak()
    studio.settle()
    check = ear.leak.dialog
    assert check is not None
    check.play_button.click()
    studio.settle()
    studio.take(check, "leak-check")
    check.reject()


def _take_enrolment(studio: Studio) -> None:
    ear, services = studio.desk.ear, studio.services
    ear.enrol()
    studio.settle()
    dialog = ear.voice.dialog
    assert dialog is not None
    dialog.main_button.click()
    services.readings[-1].send(SPEAKING, EnrolmentHeard(11.4, 20.0))
    studio.wait(lambda: dialog.ring.value() > 0)
    studio.take(dialog, "enrolment")
    dialog.reject()


def take_interim(studio: Studio) -> None:
    """During a call: a turn half final, half heard, with the figures of the status line."""
    call = studio.services.call
    assert call is not None
    for event in sample_call.events():
        call.send(event)
        if isinstance(event, Turn) and event.index == 2:
            break
    turn = sample_call.turns()[3]
    third = len(turn.words) // 3
    call.send(
        WordsHeard(turn.index, turn.words[:third]),
        InterimWords(turn.index, turn.words[third : 2 * third], turn.words[2 * third :]),
        DelayMeasured(turn.end_s, 0.4, 0.4, 0.8),
        OtherVoice(20.0, 32.0),
        replace(SPEAKING, at_s=turn.end_s),
    )
    studio.wait(lambda: studio.desk.window.status.dropped_label.isVisible())
    studio.take(studio.desk.window, "live-interim")
