"""Words while they are still being said: a quick hearing of the open run every half second or so."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from coach.events import Utterance, Word
from coach.ports import Transcriber
from coach.speech.agreement import Agreement


@dataclass(frozen=True, slots=True)
class DraftConfig:
    """Seconds. ``share`` is the part of one core's time that drafts may take."""

    first_s: float = 0.6
    """How much of a run must be there before it is worth a hearing."""
    every_s: float = 0.5
    most_every_s: float = 2.0
    share: float = 0.10


Interim = tuple[tuple[Word, ...], tuple[Word, ...]]


class Drafter:
    """Committed and tentative words of the open run. The pace follows what a hearing costs here."""

    def __init__(
        self,
        transcriber: Transcriber,
        config: DraftConfig | None = None,
        clock: Callable[[], float] = time.process_time,
    ) -> None:
        self._transcriber = transcriber
        self._config = config or DraftConfig()
        self._clock = clock
        self._agreement = Agreement()
        self._cost_s = 0.0
        self._due_s: float | None = None

    def due(self, run: Utterance) -> bool:
        """Whether ``run``, the open one so far, should be heard now."""
        if self._due_s is None:
            self._due_s = run.start_s + self._config.first_s
        return run.end_s >= self._due_s

    def hear(self, run: Utterance) -> Interim:
        before = self._clock()
        words = self._transcriber.draft(run)
        spent_s = self._clock() - before
        # A single slow hearing on a busy machine says little: half of it counts.
        self._cost_s = spent_s if not self._cost_s else (self._cost_s + spent_s) / 2
        self.put_off(run.end_s)
        return self._agreement.offer(words)

    def put_off(self, now_s: float) -> None:
        """The run was heard at ``now_s``, here or otherwise: the next draft is due a pace later."""
        config = self._config
        self._due_s = now_s + min(max(config.every_s, self._cost_s / config.share), config.most_every_s)

    def end(self, now_s: float | None = None) -> None:
        """The run is over; the next one begins anew. One that goes on already at ``now_s`` waits a step."""
        self._agreement.reset()
        self._due_s = None if now_s is None else now_s + self._config.every_s
