"""The leak check on devices: what is played, what is recorded, and what may go wrong on the way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from coach.audio.devices import list_inputs, list_outputs
from coach.audio.leak_check import make_probe
from coach.audio.leak_run import check_leak
from coach.audio.loudspeaker import Loudspeaker
from coach.errors import KnownError
from coach.ports import LeakVerdict
from tests.unit.audio.audio_recordings import Floats
from tests.unit.audio.fake_portaudio import FakePortAudio, FakePortAudioError

RATE = 16_000


class Room:
    """A second passes whenever progress is told; the microphone hears the output by ``gain``."""

    def __init__(self, gain: float, refusals: Any = lambda settings: None) -> None:
        self.portaudio = FakePortAudio(refusals)
        self.gain = gain
        self.told: list[tuple[str, int, int]] = []
        self._rng = np.random.default_rng(4)
        self._air: Floats = np.zeros(round(0.1 * RATE), np.float32)

    def progress(self, what: str, done: int, total: int) -> None:
        self.told.append((what, done, total))
        played = np.zeros(RATE, np.float32)
        if self.portaudio.players and not self.portaudio.players[-1].closed:
            player = self.portaudio.players[-1]
            rate_hz = player.settings["samplerate"]
            played = player.take(rate_hz)[:: rate_hz // RATE, 0]
        air = np.concatenate([self._air, played])
        self._air = air[RATE:]
        noise = self._rng.normal(0, 0.0005, RATE)
        self.portaudio.streams[-1].say((self.gain * air[:RATE] + noise).astype(np.float32))

    def check(self) -> LeakVerdict:
        verdict = check_leak(None, None, self.progress, self.portaudio)
        assert self.portaudio.streams[-1].closed
        assert self.portaudio.players[-1].closed
        return verdict


@pytest.mark.parametrize(("gain", "verdict"), [(0.5, "headset-needed"), (0.0, "safe")])
def test_what_is_played_is_looked_for(gain: float, verdict: str) -> None:
    """Both devices are let go afterwards, and progress runs from the room to the sound, to its end."""
    room = Room(gain)
    assert room.check().verdict == verdict
    assert {what for what, _, _ in room.told} == {"room", "sound"}
    done = [one for _, one, _ in room.told]
    assert done == sorted(done)
    assert done[-1] == room.told[-1][2]


def test_a_check_that_is_cancelled_lets_go() -> None:
    """What progress raises ends it at once, and nothing stays open."""
    room = Room(0.0)

    def cancel(what: str, done: int, total: int) -> None:
        room.progress(what, done, total)
        if what == "sound":
            raise RuntimeError("cancelled")

    with pytest.raises(RuntimeError, match="cancelled"):
        check_leak(None, None, cancel, room.portaudio)
    assert room.portaudio.streams[-1].closed
    assert room.portaudio.players[-1].closed
    looked = room.portaudio.renewed
    list_inputs(room.portaudio)
    assert room.portaudio.renewed == looked + 1, "no stream is counted as open"


def test_the_probe_is_played_once_and_silence_after_it() -> None:
    """On every channel the same; nothing undefined reaches the loudspeaker."""
    portaudio = FakePortAudio()
    loudspeaker = Loudspeaker("ALSA|Speakers", portaudio)
    loudspeaker.play(make_probe)
    played = np.concatenate([portaudio.players[0].take(size) for size in (1_000, 60_000, 100_000)])
    loudspeaker.stop()
    probe = make_probe(48_000)
    assert portaudio.players[0].settings["device"] == 1
    assert np.array_equal(played[: len(probe), 0], probe)
    assert np.array_equal(played[:, 0], played[:, 1])
    assert not played[len(probe) :].any()


def test_outputs_are_listed() -> None:
    """Loudspeakers only, the default marked."""
    [output] = list_outputs(FakePortAudio())
    assert (output.key, output.name, output.is_default) == ("ALSA|Speakers", "Speakers", True)


def test_an_output_that_cannot_play_is_explained() -> None:
    """None there, an unknown one, one that refuses: each has its code, and says what to do."""

    def refused(portaudio: FakePortAudio, key: str | None = None) -> KnownError:
        with pytest.raises(KnownError) as caught:
            Loudspeaker(key, portaudio).play(make_probe)
        return caught.value

    error = refused(FakePortAudio(), "ALSA|Headset")
    assert error.code == "output-unknown"
    assert "Speakers" in error.message
    for code in (-9985, -9997):
        busy = FakePortAudio(lambda settings, code=code: FakePortAudioError("Device unavailable", code))
        assert refused(busy).code == "output-refused"
    bare = FakePortAudio()
    bare.devices = [bare.devices[0]]
    assert refused(bare).code == "no-output"


def test_an_output_of_one_channel_and_another_rate_is_taken() -> None:
    """What the device has is used."""

    def mono_44100(settings: dict[str, Any]) -> Exception | None:
        fits = (settings["samplerate"], settings["channels"]) == (44_100, 1)
        return None if fits else FakePortAudioError("Invalid", -9997)

    portaudio = FakePortAudio(mono_44100)
    loudspeaker = Loudspeaker(None, portaudio)
    loudspeaker.play(make_probe)
    assert np.array_equal(portaudio.players[0].take(44_100)[:, 0], make_probe(44_100)[:44_100])
    loudspeaker.stop()
