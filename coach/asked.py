"""What the user asks of a running call, as it reaches the engine thread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from coach.events import CueEnd


class Ask(Enum):
    """``LOOK``: something else is to be looked after, such as a black-out."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class EndCue:
    cue_id: str
    end: CueEnd


@dataclass(frozen=True, slots=True)
class Use:
    """Go on with another microphone; None is the system's default."""

    device_key: str | None


@dataclass(frozen=True, slots=True)
class Lost:
    """A microphone that is not there: since when, in the call and on the clock, and what was told of it.

    ``code`` is "" where the user changed it and there is nothing to tell.
    """

    at_s: float
    since: float
    code: str
    reason: str = "no microphone"


Command = Ask | EndCue | Use
