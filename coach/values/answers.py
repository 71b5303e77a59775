"""An answer spoken in practice: what the app hears of it, and how it is steered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from coach.events import Failure, Level


@dataclass(frozen=True, slots=True)
class AnswerBegun:
    """The microphone is open and what is said from now on is heard. ``device`` is its name."""

    device: str


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """All words of the answer so far; ``tentative`` are the last of them, which may still change."""

    words: str
    tentative: str = ""


@dataclass(frozen=True, slots=True)
class AnswerHeard:
    """The whole answer; empty where nothing was said. ``other_voice``: what was said was not in the agent's
    voice, and dropped unheard. ``broken_off`` says why ``text`` may not be all that was said, and what to do.
    """

    text: str
    other_voice: bool = False
    broken_off: str = ""


@dataclass(frozen=True, slots=True)
class AnswerFailed:
    """There is no answer. ``code`` is stable, ``message`` says what happened and what to do."""

    code: str
    message: str


AnswerEvent = AnswerBegun | Level | AnswerWords | AnswerHeard | AnswerFailed | Failure
"""What an answer sends. ``AnswerHeard`` or ``AnswerFailed`` is the last; a ``Failure`` is about the
microphone (it is silent, say), while listening goes on."""

AnswerSink = Callable[[AnswerEvent], None]


class AnswerControl(Protocol):
    """A microphone open for one answer. Every method returns at once but ``join``, and may be said twice.

    ``finish``: what was said so far is the answer. ``stop``: there is none, and nothing more is sent.
    """

    def finish(self) -> None: ...
    def stop(self) -> None: ...
    def join(self, timeout_s: float) -> bool: ...
