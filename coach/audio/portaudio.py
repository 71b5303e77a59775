"""PortAudio: which devices there are, and the lock its state needs.

The only module that imports sounddevice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Literal, Protocol

from coach.errors import KnownError
from coach.ports import InputDevice, OutputDevice

WRONG_SETTINGS = {-9994, -9997, -9998}
"""PortAudio's codes for a sample format, rate or number of channels the device does not take."""
UNAVAILABLE = -9985


class Stream(Protocol):
    """What is used of ``sounddevice.InputStream`` and ``OutputStream``."""

    active: bool

    def start(self) -> None: ...
    def abort(self) -> None: ...
    def close(self) -> None: ...


class PortAudio(Protocol):
    """What is used of the ``sounddevice`` module; a fake stands in for it in tests."""

    PortAudioError: type[Exception]
    InputStream: Callable[..., Stream]
    OutputStream: Callable[..., Stream]

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

    def closed(self, stream: Stream, portaudio: PortAudio) -> None:
        """Close a stream that was counted in ``open_streams``."""
        try:
            stream.abort()
            stream.close()
        except portaudio.PortAudioError:
            # A device that is gone cannot be closed politely; there is nothing left to free.
            pass
        finally:
            with self.lock:
                self.open_streams -= 1


GATE = _Gate()

Direction = Literal["input", "output"]


def inputs(portaudio: PortAudio) -> list[tuple[int, InputDevice]]:
    """Every microphone there is now, with PortAudio's index, the default first."""
    with GATE.lock:
        GATE.renew(portaudio)
        return inputs_known(portaudio)


def inputs_known(portaudio: PortAudio) -> list[tuple[int, InputDevice]]:
    """As ``inputs``, as PortAudio listed them when it was last renewed. Hold the lock."""
    return [
        (
            index,
            InputDevice(
                key=f"{host_api}|{device['name']}",
                name=device["name"],
                host_api=host_api,
                channels=device["max_input_channels"],
                rate_hz=round(device["default_samplerate"]),
                is_default=is_default,
            ),
        )
        for index, device, host_api, is_default in _devices(portaudio, "input")
    ]


def outputs(portaudio: PortAudio) -> list[tuple[int, OutputDevice]]:
    """Every loudspeaker or headset there is now, with PortAudio's index, the default first."""
    with GATE.lock:
        GATE.renew(portaudio)
        return outputs_known(portaudio)


def outputs_known(portaudio: PortAudio) -> list[tuple[int, OutputDevice]]:
    """As ``outputs``, as PortAudio listed them when it was last renewed. Hold the lock."""
    return [
        (index, OutputDevice(f"{host_api}|{device['name']}", device["name"], is_default))
        for index, device, host_api, is_default in _devices(portaudio, "output")
    ]


def _devices(portaudio: PortAudio, direction: Direction) -> list[tuple[int, dict[str, Any], str, bool]]:
    """(index, PortAudio's description, host API, whether it is the default), the default first."""
    apis = list(portaudio.query_hostapis())
    defaults = [api[f"default_{direction}_device"] for api in apis]
    default = next((index for index in defaults if index >= 0), None)
    found = [
        (index, device, apis[device["hostapi"]]["name"], index == default)
        for index, device in enumerate(portaudio.query_devices())
        if device[f"max_{direction}_channels"] >= 1
    ]
    return sorted(found, key=lambda entry: not entry[3])


def code_of(error: Exception) -> int | None:
    """PortAudio's number of an error."""
    return error.args[1] if len(error.args) > 1 else None
