"""Who may be speaking: the agent, unless it turns out that it was another."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from coach.events import OtherVoice, VadChanged, VadState

_END_S = 0.3
"""A run of speech is known to be over so soon after its end."""
_LEAST_S = 0.01
_MOST = 100
"""Of runs and of beginnings; what was before them is long decided."""


@dataclass(frozen=True, slots=True)
class Run:
    """``end_s`` None: it goes on."""

    start_s: float
    end_s: float | None = None


class Voices:
    """What was said and was not found to be another's: it is the agent's, or it is not known yet whose it is.

    A voice is told of as it begins, and that it was another's only once its run of speech has ended or has
    grown long. Times are seconds of the call.
    """

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._began: deque[float] = deque(maxlen=_MOST)

    @property
    def runs(self) -> tuple[Run, ...]:
        return tuple(self._runs)

    @property
    def began(self) -> tuple[float, ...]:
        """When somebody began to speak, or went on after a breath."""
        return tuple(self._began)

    @property
    def going_on(self) -> bool:
        return bool(self._runs) and self._runs[-1].end_s is None

    def clear(self) -> None:
        self._runs.clear()
        self._began.clear()

    def changed(self, event: VadChanged) -> None:
        if event.state is VadState.SPEAKING:
            self._began.append(event.at_s)
            if not self.going_on:
                self._runs = [*self._runs, Run(event.at_s)][-_MOST:]
        elif event.state is VadState.QUIET and self.going_on:
            self._runs[-1] = Run(self._runs[-1].start_s, event.at_s)

    def other(self, dropped: OtherVoice) -> None:
        """Between these it was somebody else: what is left of a run before and behind may be the agent's."""
        for at_s in [at_s for at_s in self._began if dropped.start_s <= at_s <= dropped.end_s]:
            self._began.remove(at_s)
        self._runs = [left for run in self._runs for left in _without(run, dropped)]


def _without(run: Run, dropped: OtherVoice) -> list[Run]:
    """What is left of the run."""
    if (run.end_s is not None and run.end_s <= dropped.start_s) or run.start_s > dropped.end_s:
        return [run]
    left = [Run(run.start_s, dropped.start_s)] if dropped.start_s - run.start_s > _LEAST_S else []
    if run.end_s is None or run.end_s - dropped.end_s > _END_S:
        left.append(Run(dropped.end_s, run.end_s))
    return left
