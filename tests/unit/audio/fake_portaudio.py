"""PortAudio without a sound card: scripted devices, and able to refuse on demand."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np


class FakePortAudioError(Exception):
    pass


class FakeStream:
    """Delivers what ``say`` is given, as PortAudio's callback would."""

    def __init__(self, callback: Callable[..., None], **settings: Any) -> None:
        self.settings = settings
        self.active = False
        self.closed = False
        self._callback = callback

    def start(self) -> None:
        self.active = True

    def abort(self) -> None:
        self.active = False

    def close(self) -> None:
        self.closed = True

    def say(self, samples: np.ndarray) -> None:
        """The same on every channel."""
        self.send(np.repeat(samples[:, None], self.settings["channels"], axis=1))

    def send(self, frames: np.ndarray, stamp: float = 0.0) -> None:
        """``frames``: shape (n, channels); ``stamp`` is the driver's own idea of the time."""
        self._callback(frames, len(frames), SimpleNamespace(inputBufferAdcTime=stamp), None)


class FakePlayer(FakeStream):
    """Takes what is played, as PortAudio's callback would ask for it."""

    def take(self, frames: int) -> np.ndarray:
        """The next ``frames``, shape (n, channels)."""
        played = np.full((frames, self.settings["channels"]), np.nan, np.float32)
        self._callback(played, frames, None, None)
        return played


class FakePortAudio:
    """A machine with two microphones and a loudspeaker; ``refusals`` tells how opening is answered."""

    PortAudioError = FakePortAudioError

    def __init__(
        self, refusals: Callable[[dict[str, Any]], Exception | None] = lambda settings: None
    ) -> None:
        self.refusals = refusals
        self.streams: list[FakeStream] = []
        self.renewed = 0
        self.players: list[FakePlayer] = []
        self.apis = [{"name": "ALSA", "default_input_device": 2, "default_output_device": 1}]
        self.devices = [
            {
                "name": "Headset",
                "hostapi": 0,
                "max_input_channels": 1,
                "max_output_channels": 0,
                "default_samplerate": 48_000.0,
            },
            {
                "name": "Speakers",
                "hostapi": 0,
                "max_input_channels": 0,
                "max_output_channels": 2,
                "default_samplerate": 48_000.0,
            },
            {
                "name": "Webcam",
                "hostapi": 0,
                "max_input_channels": 2,
                "max_output_channels": 0,
                "default_samplerate": 44_100.0,
            },
        ]

    def InputStream(self, **settings: Any) -> FakeStream:
        refusal = self.refusals(settings)
        if refusal is not None:
            raise refusal
        self.streams.append(FakeStream(**settings))
        return self.streams[-1]

    def OutputStream(self, **settings: Any) -> FakePlayer:
        refusal = self.refusals(settings)
        if refusal is not None:
            raise refusal
        self.players.append(FakePlayer(**settings))
        return self.players[-1]

    def query_devices(self) -> list[dict[str, Any]]:
        return self.devices

    def query_hostapis(self) -> list[dict[str, Any]]:
        return self.apis

    def _terminate(self) -> None:
        pass

    def _initialize(self) -> None:
        self.renewed += 1


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s
