"""An output: plays a short sound, or whatever asks to be played, by PortAudio."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.audio.portaudio import (
    GATE,
    WRONG_SETTINGS,
    PortAudio,
    Stream,
    code_of,
    load_portaudio,
    outputs_known,
)
from coach.errors import KnownError
from coach.events import Samples
from coach.ports import OutputDevice

RATES_HZ = (48_000, 44_100, 16_000)

Callback = Callable[[NDArray[np.float32], int, Any, object], None]
"""PortAudio asks by it for the next frames: (to be filled, how many, its times, its status)."""


class _Playing:
    """What PortAudio's callback takes its sound from: no locks, no waiting."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples
        self._at = 0

    def callback(self, outdata: NDArray[np.float32], frames: int, _time: Any, _status: object) -> None:
        piece = self._samples[self._at : self._at + frames]
        self._at += len(piece)
        outdata[: len(piece)] = piece[:, np.newaxis]
        outdata[len(piece) :] = 0.0


class Loudspeaker:
    """An output. ``output_key`` is an ``OutputDevice.key``; None or "" is the system's default.

    ``play`` opens the output and returns once the sound has begun; silence follows it until ``stop``.
    Raises ``KnownError``: portaudio-missing, no-output, output-unknown, output-refused.
    """

    def __init__(self, output_key: str | None, portaudio: PortAudio | None = None) -> None:
        self.name = output_key.partition("|")[2] if output_key else "default output"
        self._key = output_key or None
        self._portaudio = portaudio
        self._stream: Stream | None = None

    def play(self, sound: Callable[[int], Samples]) -> None:
        """``sound`` gives the samples, shape (n,) in [-1, 1], for the rate in Hz that the output takes."""
        self.open(lambda rate_hz: _Playing(sound(rate_hz)).callback)

    def open(self, asked: Callable[[int], Callback]) -> None:
        """``asked`` gives what PortAudio is to ask, for the rate in Hz that the output takes."""
        portaudio = self._portaudio or load_portaudio()
        with GATE.lock:
            GATE.renew(portaudio)
            index, device = self._choose(outputs_known(portaudio))
            self.name = device.name
            self._stream = _opened(portaudio, index, device.name, asked)
            GATE.open_streams += 1

    def check(self) -> None:
        """Raises ``KnownError`` ("output-gone") where nothing asks for sound any more, as once unplugged."""
        if self._stream is not None and not self._stream.active:
            raise KnownError(
                "output-gone",
                f"'{self.name}' stopped playing. Plug it in again, or choose another output, and play again.",
            )

    def stop(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            GATE.closed(stream, self._portaudio or load_portaudio())

    def _choose(self, found: list[tuple[int, OutputDevice]]) -> tuple[int, OutputDevice]:
        if not found:
            raise KnownError("no-output", "No loudspeaker or headset was found. Plug one in and try again.")
        if self._key is None:
            return found[0]
        for index, device in found:
            if device.key == self._key:
                return index, device
        there = ", ".join(device.name for _, device in found)
        raise KnownError(
            "output-unknown",
            f"The output '{self.name}' is not there. Plug it in, or choose one of these: {there}.",
        )


def _opened(portaudio: PortAudio, index: int, name: str, asked: Callable[[int], Callback]) -> Stream:
    refusal: Exception | None = None
    for rate_hz in RATES_HZ:
        callback = asked(rate_hz)
        for channels in (2, 1):
            try:
                return _started(portaudio, index, rate_hz, channels, callback)
            except portaudio.PortAudioError as error:
                refusal = error
                if code_of(error) not in WRONG_SETTINGS:
                    raise _refused(name, error) from error
    raise _refused(name, refusal) from refusal


def _started(portaudio: PortAudio, index: int, rate_hz: int, channels: int, callback: Callback) -> Stream:
    stream = portaudio.OutputStream(
        device=index,
        samplerate=rate_hz,
        channels=channels,
        dtype="float32",
        callback=callback,
    )
    try:
        stream.start()
    except BaseException:
        stream.close()
        raise
    return stream


def _refused(name: str, error: Exception | None) -> KnownError:
    return KnownError(
        "output-refused",
        f"The system refused to play through '{name}' ({error}). "
        "Close other programs that hold it, or choose another output.",
    )
