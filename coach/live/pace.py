"""How far the words are behind the voice, and what to do when this machine cannot keep up.

Pure but for the clock it is given.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from coach.events import Block, DelayMeasured, Event, Failure, Turn, WordsHeard

_REMEMBERED = 200
_DRIFT = 1e-4
"""The sound card's clock and the system's differ by less than this share; the least lag may grow by it."""


class Easing(Protocol):
    """What can be made cheaper: ``coach.speech.listening.Listener``. Steps count from 0, nothing given up."""

    def ease(self, step: int) -> str | None:
        """Go to ``step`` and say in a sentence what that means; None where there is no such step."""
        ...


@dataclass(frozen=True, slots=True)
class PaceConfig:
    """Seconds behind the voice, and seconds of patience before something is changed."""

    late_s: float = 2.0
    late_for_s: float = 4.0
    prompt_s: float = 0.5
    prompt_for_s: float = 60.0


class Pace:
    """Measures one live call: ``taken`` when a block leaves the queue, ``events`` around what comes of it."""

    def __init__(self, easing: Easing, clock: Callable[[], float], config: PaceConfig | None = None) -> None:
        self._easing = easing
        self._clock = clock
        self._config = config or PaceConfig()
        self._least: float | None = None
        self._seen_s = 0.0
        self._step = 0
        self._since_s: float | None = None
        self._told: dict[str, float] = {}
        self._delays: deque[float] = deque(maxlen=_REMEMBERED)

    def restart(self) -> None:
        """The source was away: what its blocks are measured against is found anew."""
        self._least, self._since_s = None, None

    def events(self, block: Block, heard: Iterator[Event]) -> Iterator[Event]:
        """``heard`` with the measured delays put in, and what was changed to keep up."""
        behind = self._clock() - block.end_s
        grown = None if self._least is None else self._least + _DRIFT * (block.end_s - self._seen_s)
        self._least = behind if grown is None else min(behind, grown)
        self._seen_s = block.end_s
        for event in heard:
            yield event
            if isinstance(event, WordsHeard) and event.words:
                self._told[" ".join(word.text for word in event.words)] = self._now_s()
            elif isinstance(event, Turn) and event.words:
                yield self._measured(event)
        yield from self._keep_up(behind - self._least)

    def _now_s(self) -> float:
        """Where the voice is now, in seconds of the call."""
        return self._clock() - (self._least or 0.0)

    def _measured(self, turn: Turn) -> DelayMeasured:
        """A turn's words are final when its text is first told as it stays."""
        now_s = self._now_s()
        last_s = max(0.0, self._told.get(turn.text, now_s) - turn.words[-1].end_s)
        self._told.clear()
        self._delays.append(last_s)
        ordered = sorted(self._delays)
        p50_s, p95_s = (ordered[round(share * (len(ordered) - 1))] for share in (0.5, 0.95))
        return DelayMeasured(now_s, last_s, p50_s, p95_s)

    def _keep_up(self, lag_s: float) -> Iterator[Failure]:
        config = self._config
        late = lag_s > config.late_s
        wanted = late or (self._step > 0 and lag_s < config.prompt_s)
        if not wanted:
            self._since_s = None
            return
        # Counted from the first sign; a change starts the count anew.
        self._since_s = self._seen_s if self._since_s is None else self._since_s
        if self._seen_s - self._since_s < (config.late_for_s if late else config.prompt_for_s):
            return
        self._since_s = None
        change = self._easing.ease(self._step + (1 if late else -1))
        if change is not None:
            self._step += 1 if late else -1
            yield Failure(self._seen_s, "faster-model", change, recovered=self._step == 0)
