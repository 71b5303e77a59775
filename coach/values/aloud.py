"""Lines read aloud by a voice of the machine: values, and what reads them."""

from __future__ import annotations

from enum import Enum
from typing import Protocol

from coach.values.reviewing import Playback


class Speaker(Enum):
    """Whose line it is, as far as a voice can tell."""

    WOMAN = "woman"
    MAN = "man"
    ANYBODY = "anybody"


class Saying(Protocol):
    """A line that is being read aloud. ``stop`` returns at once, ``close`` waits until all is let go."""

    @property
    def playback(self) -> Playback: ...
    def stop(self) -> None: ...
    def close(self) -> None: ...


class AloudServices(Protocol):
    """Reads lines aloud where a voice is installed.

    ``voice`` is its name, empty where there is none. ``say`` returns at once; what goes wrong is in the
    ``playback``: "no-voice", "voice-failed", or that of a ``Player``.
    """

    @property
    def voice(self) -> str: ...
    def say(self, words: str, speaker: Speaker = Speaker.ANYBODY) -> Saying: ...
