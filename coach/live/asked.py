"""What the user asks of a running call, as it reaches the engine thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from coach.events import Answer, CueEnd, CueEnded, Event
from coach.pipeline import Coach
from coach.settings import CueSettings

REATTACH_EVERY_S = 0.5
REATTACH_SLOWLY_S = 1.0
"""Looking for devices costs 30 ms of one core, so after ``REATTACH_SOON_S`` it is done half as often."""
REATTACH_SOON_S = 10.0


ON_ITS_WAY_S = 0.2
"""Sound takes up to so long from the mouth to here: what comes in so soon after a wish was said before it."""


class Ask(Enum):
    """``LOOK``: something else is to be looked after, such as a black-out, or models that have loaded."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class EndCue:
    cue_id: str
    end: CueEnd


@dataclass(frozen=True, slots=True)
class AnswerCommitment:
    """The agent's word on a promise that was heard."""

    commitment_id: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class ChooseCues:
    """How often cues may come from now on. Nobody changes ``cues`` any more: it is a copy."""

    cues: CueSettings


AgentsWord = EndCue | AnswerCommitment | ChooseCues
"""What the agent says of something that the call has shown, or of how much it is to show."""


def take_word(coach: Coach, word: AgentsWord, now_s: float) -> Iterator[Event]:
    """What comes of it; nothing where it is about what is not open any more."""
    if isinstance(word, EndCue):
        yield from coach.end_cue(CueEnded(word.cue_id, now_s, word.end))
    elif isinstance(word, ChooseCues):
        yield from coach.choose_cues(word.cues, now_s)
    else:
        yield from coach.answer_commitment(word.commitment_id, word.answer)


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


def look_again_s(lost: Lost | None, now: float) -> float:
    """How long to wait before a microphone that is missing is looked for again."""
    patient = lost is not None and now - lost.since > REATTACH_SOON_S
    return REATTACH_SLOWLY_S if patient else REATTACH_EVERY_S


Command = Ask | AgentsWord | Use
