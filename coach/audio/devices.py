"""Which microphones there are."""

from __future__ import annotations

from coach.audio.microphone import PortAudio, inputs, load_portaudio
from coach.ports import InputDevice


def list_inputs(portaudio: PortAudio | None = None) -> list[InputDevice]:
    """Every microphone, the system's default first; one just plugged in shows unless a call is running.

    Raises ``KnownError("portaudio-missing")``.
    """
    return [device for _, device in inputs(portaudio or load_portaudio())]
