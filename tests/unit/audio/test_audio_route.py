"""A stream that the sound system moves to the loudspeaker's monitor is ended, and nothing of it is heard."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from coach.audio import output_monitor, route
from coach.audio.microphone import Microphone
from coach.audio.route import NoRoutes, PulseRoutes, Route, default_sink
from coach.errors import KnownError
from tests.unit.audio.audio_recordings import tone
from tests.unit.audio.fake_portaudio import Clock, FakePortAudio

HEADSET, MONITOR = Route("Jabra", False), Route("Monitor of Built-in Audio", True)


class FakeRoutes:
    """A sound system that the test moves streams on."""

    def __init__(self, where: Route | None) -> None:
        self.where = where
        self.told = False
        self.running = False

    def move(self, where: Route) -> None:
        self.where, self.told = where, True

    def start(self) -> None:
        self.running = True

    def changed(self) -> bool:
        told, self.told = self.told, False
        return told

    def current(self) -> Route | None:
        return self.where

    def stop(self) -> None:
        self.running = False


def test_a_stream_moved_to_a_monitor_is_ended_and_nothing_of_it_is_given() -> None:
    """The headset is unplugged, the system goes on with what the loudspeaker plays: the customer's voice."""
    portaudio, routes = FakePortAudio(), FakeRoutes(HEADSET)
    microphone = Microphone(None, portaudio, Clock(), routes)
    microphone.start()
    assert microphone.name == "Jabra"
    routes.move(MONITOR)
    portaudio.streams[0].say(tone(300, 0.04, 16_000))
    with pytest.raises(KnownError) as caught:
        microphone.read(0.0)
    assert caught.value.code == "microphone-wrong"
    with pytest.raises(EOFError):
        microphone.read(0.0)
    assert portaudio.streams[0].closed
    assert not routes.running
    with pytest.raises(KnownError):
        microphone.start()
    assert portaudio.streams[1].closed
    routes.where = HEADSET
    microphone.start()
    portaudio.streams[2].say(tone(300, 0.04, 16_000))
    assert microphone.read(0.0) is not None
    microphone.stop()


def test_a_stream_moved_to_another_microphone_goes_on() -> None:
    """The default changed: the name is the new one's, nothing is interrupted."""
    portaudio, routes = FakePortAudio(), FakeRoutes(HEADSET)
    microphone = Microphone(None, portaudio, Clock(), routes)
    microphone.start()
    routes.move(Route("Webcam", False))
    portaudio.streams[0].say(tone(300, 0.04, 16_000))
    assert microphone.read(0.0) is not None
    assert (microphone.name, microphone.wrong) == ("Webcam", False)
    microphone.stop()


def test_a_monitor_chosen_from_the_start_is_marked_wrong() -> None:
    """It is opened, because somebody may want it; that it is wrong can be told."""
    microphone = Microphone(None, FakePortAudio(), Clock(), FakeRoutes(MONITOR))
    microphone.start()
    assert microphone.wrong
    microphone.stop()


def answering(monkeypatch: pytest.MonkeyPatch, answers: dict[str, object]) -> None:
    def run(command: list[str], **_options: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, 0, json.dumps(answers[command[-1]]).encode())

    monkeypatch.setattr(subprocess, "run", run)


def test_the_source_of_our_own_stream_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """As pactl tells it: by our process, the newest that runs; a monitor is known by its class."""
    own = {"application.process.id": str(os.getpid())}
    answers: dict[str, object] = {
        "source-outputs": [
            {"index": 1, "source": 7, "corked": False, "properties": {"application.process.id": "1"}},
            {"index": 2, "source": 9, "corked": True, "properties": own},
            {"index": 3, "source": 8, "corked": False, "properties": own},
            {"index": 4, "source": 7, "corked": False, "properties": {}},
        ],
        "sources": [
            {"index": 7, "name": "mic", "description": "Mic", "properties": {}},
            {
                "index": 8,
                "name": "out.monitor",
                "description": "M",
                "properties": {"device.class": "monitor"},
            },
        ],
    }
    answering(monkeypatch, answers)
    assert PulseRoutes().current() == Route("M", True)
    answers["source-outputs"] = []
    assert PulseRoutes().current() is None


@pytest.mark.parametrize("failure", [OSError("no pactl"), subprocess.TimeoutExpired("pactl", 2)])
def test_a_sound_server_that_does_not_answer_claims_nothing(
    monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    """No tool, no server, no answer in time: nothing is known, and nothing breaks."""

    def fails(*_command: object, **_options: object) -> None:
        raise failure

    monkeypatch.setattr(subprocess, "run", fails)
    monkeypatch.setattr(subprocess, "Popen", fails)
    if isinstance(failure, OSError):
        PulseRoutes().start()
    assert PulseRoutes().current() is None
    assert default_sink() is None
    assert not PulseRoutes().changed()
    assert NoRoutes().current() is None


def test_where_the_output_cannot_be_observed_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a sentence with what to do; there is then no far end."""
    monkeypatch.setattr(output_monitor.sys, "platform", "win32")
    assert "Use a headset" in output_monitor.why_not()
    assert output_monitor.far_end_of_output() is None
    monkeypatch.setattr(output_monitor.sys, "platform", "linux")
    monkeypatch.setattr(output_monitor.shutil, "which", lambda tool: None)
    assert "pulseaudio-utils" in output_monitor.why_not()
    assert route.system_routes().current() is None
    monkeypatch.setattr(output_monitor.shutil, "which", lambda tool: f"/usr/bin/{tool}")
    monkeypatch.setattr(output_monitor, "default_sink", lambda: None)
    assert "sound server" in output_monitor.why_not()
    monkeypatch.setattr(output_monitor, "default_sink", lambda: "speakers")
    assert output_monitor.why_not() == ""
    assert output_monitor.far_end_of_output() is not None
