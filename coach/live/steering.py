"""What the app asks of a running call, handed to its engine thread."""

from __future__ import annotations

import math
import queue
from collections import deque
from collections.abc import Callable

from coach.events import Answer, CueEnd
from coach.live.asked import ON_ITS_WAY_S, AnswerCommitment, Ask, ChooseCues, Command, EndCue, Use
from coach.settings import CueSettings


class Steering:
    """The part of ``coach.ports.CallControl`` that passes on what is asked. Every method returns at once."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._quiet_from: deque[float] = deque()
        """When each pause, or the end, was asked for that the engine has not come to yet, on the clock."""

    @property
    def _heard_until(self) -> float:
        """What comes in after it, on the clock, is not to be heard any more."""
        return self._quiet_from[0] + ON_ITS_WAY_S if self._quiet_from else math.inf

    def pause(self) -> None:
        self._quiet_from.append(self._clock())
        self._commands.put(Ask.PAUSE)

    def resume(self) -> None:
        self._commands.put(Ask.RESUME)

    def stop(self) -> None:
        self._quiet_from.append(self._clock())
        self._commands.put(Ask.STOP)

    def end_cue(self, cue_id: str, end: CueEnd) -> None:
        self._commands.put(EndCue(cue_id, end))

    def answer_commitment(self, commitment_id: str, answer: Answer) -> None:
        self._commands.put(AnswerCommitment(commitment_id, answer))

    def choose_cues(self, cues: CueSettings) -> None:
        """How often cues may come, from now on; ``cues`` is a copy that nobody changes any more."""
        self._commands.put(ChooseCues(cues))

    def use_microphone(self, device_key: str | None) -> None:
        """Go on with another microphone; None is the system's default. A recording takes no notice."""
        self._commands.put(Use(device_key))
