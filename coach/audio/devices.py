"""Which microphones and outputs there are."""

from __future__ import annotations

from coach.audio.portaudio import PortAudio, inputs, load_portaudio, outputs
from coach.ports import InputDevice, OutputDevice


def list_inputs(portaudio: PortAudio | None = None) -> list[InputDevice]:
    """Every microphone, the system's default first; one just plugged in shows unless a call is running.

    Raises ``KnownError("portaudio-missing")``.
    """
    return [device for _, device in inputs(portaudio or load_portaudio())]


def list_outputs(portaudio: PortAudio | None = None) -> list[OutputDevice]:
    """Every loudspeaker and headset, the system's default first. Raises as ``list_inputs``."""
    return [device for _, device in outputs(portaudio or load_portaudio())]
