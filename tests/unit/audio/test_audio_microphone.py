from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest

from coach.audio.devices import list_inputs
from coach.audio.microphone import BLOCK_S, QUEUE_S, STALLED_S, WAKING_S, Microphone, _Inbox
from coach.audio.portaudio import load_portaudio
from coach.errors import KnownError
from tests.unit.audio.audio_recordings import tone
from tests.unit.audio.fake_portaudio import Clock, FakePortAudio, FakePortAudioError


def started(portaudio: FakePortAudio, key: str | None = None, clock: Clock | None = None) -> Microphone:
    microphone = Microphone(key, portaudio, clock or Clock())
    microphone.start()
    return microphone


def refused(portaudio: FakePortAudio, key: str | None = None) -> KnownError:
    with pytest.raises(KnownError) as caught:
        started(portaudio, key)
    return caught.value


def gone(microphone: Microphone) -> bool:
    with pytest.raises(KnownError) as caught:
        microphone.read(0.0)
    return caught.value.code == "microphone-gone"


def read_on(microphone: Microphone, clock: Clock) -> None:
    """Reads while nothing comes."""
    while microphone.read(0.0) is None:
        clock.now_s += 0.2


def test_what_is_said_is_read_with_its_time() -> None:
    """Blocks come in order, count time in samples, and nothing new means None."""
    portaudio = FakePortAudio()
    microphone = started(portaudio)
    said = tone(2_000, 0.08, 16_000)
    portaudio.streams[0].say(said[:640])
    portaudio.streams[0].say(said[640:])
    first, second = microphone.read(0.0), microphone.read(0.0)
    assert first is not None
    assert second is not None
    assert (first.start_s, second.start_s) == (0.0, 0.04)
    heard = np.concatenate([first.samples, second.samples])
    assert np.max(np.abs(heard - said)) < 0.05, "the high-pass leaves what is in a voice alone"
    assert microphone.read(0.0) is None
    microphone.stop()
    assert portaudio.streams[0].closed


def test_what_came_in_before_stop_is_still_read() -> None:
    """Stopping ends the recording at once; the last words already taken in are not thrown away."""
    portaudio = FakePortAudio()
    microphone = started(portaudio)
    said = tone(300, 0.08, 16_000)
    portaudio.streams[0].say(said[:640])
    portaudio.streams[0].say(said[640:])
    microphone.stop()
    left = [microphone.read(0.0), microphone.read(0.0)]
    assert [block.start_s for block in left if block is not None] == [0.0, 0.04]
    with pytest.raises(EOFError):
        microphone.read(0.0)


def test_the_block_belongs_to_us() -> None:
    """PortAudio writes into the same memory again; what was heard must not change."""
    portaudio = FakePortAudio()
    microphone = started(portaudio)
    memory = tone(2_000, 0.04, 16_000)
    said = memory.copy()
    portaudio.streams[0]._callback(memory[:, None], 640, None, None)
    memory[:] = -1.0
    block = microphone.read(0.0)
    microphone.stop()
    assert block is not None
    assert np.max(np.abs(block.samples - said)) < 0.05


def test_the_default_or_the_named_microphone_is_opened() -> None:
    """The key chooses the device by host API and name, wherever it stands in the list."""
    portaudio = FakePortAudio()
    for key, index, name in [(None, 2, "Webcam"), ("", 2, "Webcam"), ("ALSA|Headset", 0, "Headset")]:
        microphone = started(portaudio, key)
        assert portaudio.streams[-1].settings["device"] == index
        assert microphone.name == name
        microphone.stop()


def test_a_device_with_its_own_rate_and_channels_is_resampled() -> None:
    """Where 16 kHz mono is refused the device's own settings are used, and the engine still gets its own."""

    def only_stereo_44100(settings: dict[str, Any]) -> Exception | None:
        if settings["samplerate"] != 44_100:
            return FakePortAudioError("Invalid sample rate", -9997)
        return None if settings["channels"] == 2 else FakePortAudioError("Invalid number of channels", -9998)

    portaudio = FakePortAudio(only_stereo_44100)
    microphone = started(portaudio)
    said = tone(2_000, 1.0, 44_100)
    for at in range(0, len(said), 1_764):
        portaudio.streams[0].say(said[at : at + 1_764])
    heard = []
    while (block := microphone.read(0.0)) is not None:
        heard.append(block)
    microphone.stop()
    samples = np.concatenate([block.samples for block in heard])
    assert len(samples) == pytest.approx(16_000, abs=100)
    assert np.max(np.abs(samples[500:15_000] - tone(2_000, 1.0, 16_000)[500:15_000])) < 0.05
    assert heard[-1].end_s == pytest.approx(len(samples) / 16_000)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (FakePortAudioError("Device unavailable", -9985), "microphone-in-use"),
        (FakePortAudioError("Unanticipated host error: access denied", -9999), "microphone-refused"),
        (FakePortAudioError("Invalid sample rate", -9997), "microphone-refused"),
    ],
)
def test_a_refusal_carries_the_systems_word(error: Exception, code: str) -> None:
    """The person reads what the system said, and what to do."""
    refusal = refused(FakePortAudio(lambda settings: error))
    assert refusal.code == code
    assert str(error.args[0]) in refusal.message
    assert "Webcam" in refusal.message


def test_no_microphone_and_an_unknown_one_are_told_apart() -> None:
    """An unknown microphone is answered with those there are."""
    portaudio = FakePortAudio()
    error = refused(portaudio, "ALSA|Studio")
    assert error.code == "microphone-unknown"
    assert "Studio" in error.message
    assert "Webcam, Headset" in error.message
    portaudio.devices = [portaudio.devices[1]]
    assert refused(portaudio).code == "no-microphone"


def test_an_aborted_stream_is_gone_after_its_last_block() -> None:
    """What was said before the cable came out is read first."""
    portaudio = FakePortAudio()
    microphone = started(portaudio)
    portaudio.streams[0].say(tone(300, 0.04, 16_000))
    assert microphone.ended is None
    portaudio.streams[0].active = False
    assert microphone.ended is not None
    assert microphone.ended.code == "microphone-gone"
    assert microphone.read(0.0) is not None
    assert gone(microphone)
    microphone.stop()
    assert microphone.ended is None


def test_a_device_that_stops_sending_is_gone() -> None:
    """No data at all for a second means gone; a device that has just been opened is given longer."""
    portaudio, clock = FakePortAudio(), Clock()
    microphone = started(portaudio, clock=clock)
    clock.now_s += WAKING_S - 0.1
    assert microphone.read(0.0) is None
    portaudio.streams[0].say(tone(300, 0.04, 16_000))
    assert microphone.read(0.0) is not None
    clock.now_s += STALLED_S - 0.1
    assert microphone.read(0.0) is None
    clock.now_s += 0.2
    assert gone(microphone)
    microphone.stop()


def test_a_program_that_stood_still_does_not_take_its_microphone_for_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While models load no thread of it may run for seconds: then nothing was taken in, but all is there."""
    portaudio, clock = FakePortAudio(), Clock()
    microphone = started(portaudio, clock=clock)
    portaudio.streams[0].say(tone(300, 0.04, 16_000))
    assert microphone.read(0.0) is not None

    def stand_still(_inbox: _Inbox, timeout_s: float) -> None:
        clock.now_s += timeout_s + 3.0

    with monkeypatch.context() as still:
        still.setattr(_Inbox, "get", stand_still)
        assert microphone.read(0.2) is None
    clock.now_s += STALLED_S - 0.2 - 0.1
    assert microphone.read(0.0) is None
    clock.now_s += 0.2
    assert gone(microphone)
    microphone.stop()


def test_a_headset_that_wakes_slowly_is_given_more_time_each_time() -> None:
    """Closing a headset while it changes its radio profile would keep it from ever waking."""
    portaudio, clock = FakePortAudio(), Clock()
    microphone = Microphone(None, portaudio, clock)
    given_s = []
    for _ in range(4):
        microphone.start()
        began_s = clock.now_s
        with pytest.raises(KnownError, match="stopped sending sound"):
            read_on(microphone, clock)
        given_s.append(clock.now_s - began_s)
        microphone.stop()
    assert given_s == pytest.approx([2.8, 5.6, 11.2, 12.0], abs=0.21)
    microphone.start()
    portaudio.streams[-1].say(tone(300, 0.04, 16_000))
    assert microphone.read(0.0) is not None
    microphone.stop()
    microphone.start()
    clock.now_s += WAKING_S + 0.1
    assert gone(microphone)
    microphone.stop()


def test_another_microphone_can_be_chosen_between_two_starts() -> None:
    """The agent changes the microphone in a call: time goes on, the new one is opened."""
    portaudio = FakePortAudio()
    microphone = started(portaudio, "ALSA|Headset")
    portaudio.streams[0].say(tone(300, 0.04, 16_000))
    assert microphone.read(0.0) is not None
    microphone.stop()
    microphone.choose("ALSA|Webcam")
    assert microphone.name == "Webcam"
    microphone.start()
    assert portaudio.streams[-1].settings["device"] == 2
    portaudio.streams[-1].say(tone(300, 0.04, 16_000))
    block = microphone.read(0.0)
    microphone.choose(None)
    microphone.stop()
    assert block is not None
    assert block.start_s == pytest.approx(0.04)
    assert microphone.follows_default


def test_starting_again_looks_for_devices_afresh_and_goes_on_counting() -> None:
    """A microphone plugged in again is found, and its first block follows the last one heard."""
    portaudio = FakePortAudio()
    microphone = started(portaudio)
    portaudio.streams[0].say(tone(300, 0.04, 16_000))
    assert microphone.read(0.0) is not None
    portaudio.streams[0].active = False
    assert gone(microphone)
    microphone.stop()
    looked = portaudio.renewed
    microphone.start()
    assert portaudio.renewed == looked + 1
    portaudio.streams[1].say(tone(300, 0.04, 16_000))
    block = microphone.read(0.0)
    microphone.stop()
    assert block is not None
    assert block.start_s == pytest.approx(0.04)


def test_audio_read_too_late_is_dropped_counted_and_leaves_its_time() -> None:
    """The queue has an end; what does not fit is counted where it is missing, a minute behind where the queue
    was full, and later audio keeps its place in the call."""
    portaudio = FakePortAudio()
    microphone = started(portaudio)
    limit = round(QUEUE_S / BLOCK_S)
    quiet = np.zeros(640, np.float32)
    for _ in range(limit + 5):
        portaudio.streams[0].say(quiet)
    last = None
    while (block := microphone.read(0.0)) is not None:
        last = block
    assert last is not None
    assert last.end_s == pytest.approx(QUEUE_S)
    assert microphone.dropped == 0
    portaudio.streams[0].say(quiet)
    after = microphone.read(0.0)
    microphone.stop()
    assert after is not None
    assert after.start_s == pytest.approx(QUEUE_S + 5 * BLOCK_S)
    microphone.start()
    microphone.stop()
    assert microphone.dropped == 1


def test_a_device_that_cannot_be_closed_does_not_stop_the_call() -> None:
    """A stream whose device is gone may fail to close; stop still returns."""

    def fails() -> None:
        raise FakePortAudioError("PortAudio not initialized", -10_000)

    portaudio = FakePortAudio()
    microphone = started(portaudio)
    portaudio.streams[0].abort = fails  # type: ignore[method-assign]
    microphone.stop()
    with pytest.raises(EOFError):
        microphone.read(0.0)
    looked = portaudio.renewed
    list_inputs(portaudio)
    assert portaudio.renewed == looked + 1


def test_inputs_are_listed_with_the_default_first() -> None:
    """Loudspeakers are left out, and the key is made of host API and name."""
    devices = list_inputs(FakePortAudio())
    assert [(device.key, device.is_default) for device in devices] == [
        ("ALSA|Webcam", True),
        ("ALSA|Headset", False),
    ]
    assert (devices[0].channels, devices[0].rate_hz) == (2, 44_100)


def test_listing_leaves_a_running_microphone_alone() -> None:
    """PortAudio is not renewed under an open stream: that would kill the call."""
    portaudio = FakePortAudio()
    microphone = started(portaudio)
    looked = portaudio.renewed
    assert len(list_inputs(portaudio)) == 2
    assert portaudio.renewed == looked
    microphone.stop()
    list_inputs(portaudio)
    assert portaudio.renewed == looked + 1


def test_a_missing_portaudio_library_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system's library is not installed the person learns its name."""
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(KnownError) as caught:
        load_portaudio()
    assert caught.value.code == "portaudio-missing"
    assert "libportaudio2" in caught.value.message
