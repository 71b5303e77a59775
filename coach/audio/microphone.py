"""The microphone, through PortAudio. The only module that imports sounddevice."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from coach.audio.block import StreamResampler, to_mono
from coach.errors import KnownError
from coach.events import SAMPLE_RATE_HZ, Block
from coach.ports import InputDevice

BLOCK_S = 0.04
QUEUE_S = 60.0
"""How far recognition may fall behind before audio is dropped, and counted."""
SILENT_LIMIT_S = 3.0
"""A device that delivers nothing for so long is gone, whatever PortAudio says."""
WAKING_S = 3.0
"""What a device may need on top before its first sound: a headset changes its radio profile."""

_WRONG_SETTINGS = {-9994, -9997, -9998}
"""PortAudio's codes for a sample format, rate or number of channels the device does not take."""
_UNAVAILABLE = -9985


class Stream(Protocol):
    """What is used of ``sounddevice.InputStream``."""

    active: bool

    def start(self) -> None: ...
    def abort(self) -> None: ...
    def close(self) -> None: ...


class PortAudio(Protocol):
    """What is used of the ``sounddevice`` module; a fake stands in for it in tests."""

    PortAudioError: type[Exception]
    InputStream: Callable[..., Stream]

    def query_devices(self) -> Any: ...
    def query_hostapis(self) -> Any: ...
    def _terminate(self) -> None: ...
    def _initialize(self) -> None: ...


def load_portaudio() -> PortAudio:
    """The sounddevice module. Raises ``KnownError("portaudio-missing")`` where its library is not there."""
    try:
        import sounddevice
    except (ImportError, OSError) as error:
        raise KnownError(
            "portaudio-missing",
            "The system's PortAudio library is missing, so no microphone can be used. "
            "On Debian or Ubuntu install libportaudio2; elsewhere reinstall Sameside.",
        ) from error
    module: PortAudio = sounddevice
    return module


class _Gate:
    """PortAudio's own state belongs to the process: it may be renewed only while no stream is open."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.open_streams = 0

    def renew(self, portaudio: PortAudio) -> None:
        """Look for devices afresh; they are otherwise listed once, when PortAudio starts. Hold the lock."""
        if not self.open_streams:
            portaudio._terminate()
            portaudio._initialize()


_GATE = _Gate()


def inputs(portaudio: PortAudio) -> list[tuple[int, InputDevice]]:
    """Every microphone there is now, with PortAudio's index, the default first."""
    with _GATE.lock:
        _GATE.renew(portaudio)
        return _inputs(portaudio)


def _inputs(portaudio: PortAudio) -> list[tuple[int, InputDevice]]:
    found = []
    apis = list(portaudio.query_hostapis())
    devices = list(portaudio.query_devices())
    default = next((api["default_input_device"] for api in apis if api["default_input_device"] >= 0), None)
    for index, device in enumerate(devices):
        if device["max_input_channels"] < 1:
            continue
        host_api = apis[device["hostapi"]]["name"]
        described = InputDevice(
            key=f"{host_api}|{device['name']}",
            name=device["name"],
            host_api=host_api,
            channels=device["max_input_channels"],
            rate_hz=round(device["default_samplerate"]),
            is_default=index == default,
        )
        found.append((index, described))
    return sorted(found, key=lambda entry: not entry[1].is_default)


class _Inbox:
    """Where the callback leaves audio: never blocks, never locks, holds at most ``limit`` blocks."""

    def __init__(self, limit: int) -> None:
        self._queue: queue.SimpleQueue[tuple[int, NDArray[np.float32]]] = queue.SimpleQueue()
        self._limit = limit
        self._frames = 0
        self.dropped = 0

    def callback(self, indata: NDArray[np.float32], frames: int, _time: object, _status: object) -> None:
        if self._queue.qsize() < self._limit:
            self._queue.put((self._frames, indata.copy()))
        else:
            self.dropped += 1
        self._frames += frames

    def get(self, timeout_s: float) -> tuple[int, NDArray[np.float32]] | None:
        """The next block and the frames that came before it, dropped ones included."""
        try:
            return self._queue.get(timeout=timeout_s) if timeout_s > 0 else self._queue.get_nowait()
        except queue.Empty:
            return None


class Microphone:
    """A microphone as an endless audio source.

    ``device_key`` is an ``InputDevice.key``; None or "" is the system's default. After ``microphone-gone``
    call ``stop`` and ``start``: devices are looked for afresh and time goes on from the last sample.
    Blocks dropped because ``read`` came too late are counted in ``dropped``; time jumps over them.
    Raises ``KnownError``: portaudio-missing, no-microphone, microphone-unknown, microphone-in-use,
    microphone-refused; ``read`` raises microphone-gone. After ``stop`` it gives what was not read yet.
    """

    def __init__(
        self,
        device_key: str | None,
        portaudio: PortAudio | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = device_key.partition("|")[2] if device_key else "default microphone"
        self._key = device_key or None
        self._portaudio = portaudio
        self._clock = clock
        self._stream: Stream | None = None
        self._inbox = _Inbox(0)
        self._resampler = StreamResampler(SAMPLE_RATE_HZ)
        self._rate_hz = SAMPLE_RATE_HZ
        self._frames_read = 0
        self._position = 0
        self._heard_at = 0.0
        self._dropped_before = 0

    @property
    def dropped(self) -> int:
        """Blocks lost since the microphone was made."""
        return self._dropped_before + self._inbox.dropped

    def start(self) -> None:
        portaudio = self._portaudio or load_portaudio()
        with _GATE.lock:
            _GATE.renew(portaudio)
            index, device = self._choose(_inputs(portaudio))
            self.name = device.name
            self._open(portaudio, index, device)
            _GATE.open_streams += 1
        self._frames_read = 0
        self._heard_at = self._clock() + WAKING_S

    def read(self, timeout_s: float) -> Block | None:
        stream = self._stream
        if stream is None:
            return self._left_over()
        # Asked before the inbox: what a dying stream still left behind must be read first.
        active = stream.active
        item = self._inbox.get(timeout_s if active else 0.0)
        if item is not None:
            self._heard_at = self._clock()
            return self._block(*item)
        if not active or self._clock() - self._heard_at >= SILENT_LIMIT_S:
            raise self._gone()
        return None

    def stop(self) -> None:
        stream, self._stream = self._stream, None
        if stream is None:
            return
        try:
            stream.abort()
            stream.close()
        except (self._portaudio or load_portaudio()).PortAudioError:
            # A device that is gone cannot be closed politely; there is nothing left to free.
            pass
        finally:
            with _GATE.lock:
                _GATE.open_streams -= 1

    def _left_over(self) -> Block:
        """After ``stop``: what had come in but was not read yet, then ``EOFError``."""
        item = self._inbox.get(0.0)
        if item is None:
            raise EOFError
        return self._block(*item)

    def _choose(self, found: list[tuple[int, InputDevice]]) -> tuple[int, InputDevice]:
        if not found:
            raise KnownError(
                "no-microphone",
                "No microphone was found. Plug one in, or allow Sameside to use it, and try again.",
            )
        if self._key is None:
            return found[0]
        for index, device in found:
            if device.key == self._key:
                return index, device
        there = ", ".join(device.name for _, device in found)
        raise KnownError(
            "microphone-unknown",
            f"The microphone '{self.name}' is not there. Plug it in, or choose one of these: {there}.",
        )

    def _open(self, portaudio: PortAudio, index: int, device: InputDevice) -> None:
        refusal: Exception | None = None
        for rate_hz, channels in _settings_to_try(device):
            inbox = _Inbox(round(QUEUE_S / BLOCK_S))
            try:
                self._stream = _started(portaudio, index, rate_hz, channels, inbox)
            except portaudio.PortAudioError as error:
                refusal = error
                if _code(error) not in _WRONG_SETTINGS:
                    break
            else:
                self._dropped_before += self._inbox.dropped
                self._inbox, self._rate_hz = inbox, rate_hz
                self._resampler = StreamResampler(rate_hz)
                return
        raise _refused(device.name, refusal) from refusal

    def _block(self, frames_before: int, frames: NDArray[np.float32]) -> Block:
        missed = frames_before - self._frames_read
        if missed > 0:
            self._resampler = StreamResampler(self._rate_hz)
            self._position += round(missed * SAMPLE_RATE_HZ / self._rate_hz)
        self._frames_read = frames_before + len(frames)
        samples = self._resampler.push(to_mono(frames))
        block = Block(samples, self._position / SAMPLE_RATE_HZ)
        self._position += len(samples)
        return block

    def _gone(self) -> KnownError:
        return KnownError(
            "microphone-gone",
            f"The microphone '{self.name}' stopped sending sound. Plug it in again or choose another; "
            "what was heard so far is kept.",
        )


def _started(portaudio: PortAudio, index: int, rate_hz: int, channels: int, inbox: _Inbox) -> Stream:
    stream = portaudio.InputStream(
        device=index,
        samplerate=rate_hz,
        channels=channels,
        dtype="float32",
        blocksize=round(rate_hz * BLOCK_S),
        callback=inbox.callback,
    )
    try:
        stream.start()
    except BaseException:
        stream.close()
        raise
    return stream


def _settings_to_try(device: InputDevice) -> Iterator[tuple[int, int]]:
    """Rate in Hz and channels, the best first: what the engine wants, then what the device has."""
    channels = dict.fromkeys((1, min(2, device.channels), device.channels))
    for rate_hz in dict.fromkeys((SAMPLE_RATE_HZ, device.rate_hz, 48_000, 44_100)):
        for count in channels:
            yield rate_hz, count


def _code(error: Exception) -> int | None:
    return error.args[1] if len(error.args) > 1 else None


def _refused(name: str, error: Exception | None) -> KnownError:
    if error is not None and _code(error) == _UNAVAILABLE:
        return KnownError(
            "microphone-in-use",
            f"The microphone '{name}' is in use or not available ({error}). "
            "Close other programs that use it, or choose another.",
        )
    return KnownError(
        "microphone-refused",
        f"The system refused the microphone '{name}' ({error}). "
        "Check that Sameside may use it, or choose another.",
    )
