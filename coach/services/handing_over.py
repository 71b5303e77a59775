"""A microphone that waited for speech becomes that of the call which begins with it: no word is lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Any

from coach.events import SAMPLE_RATE_HZ, Block
from coach.ports import AudioSource, EarSink, EnrolmentEvent, SpeechBegan
from coach.services.enrolling import Hear, HeldMicrophone

KEPT_S = 3.0
"""More than what has to be spoken until it is known for speech (``WaitConfig.within_s``)."""
TAKEN_WITHIN_S = 10.0
"""Speech that no call took by then is forgotten: the app was busy with something else."""
_JOIN_S = 5.0

_Kept = tuple[Block, float | None, int]
"""A block, when it came in on the source's clock, where it tells, and how often sound was lost up to it."""


class WaitingMicrophone(HeldMicrophone):
    """``coach.ports.WaitingControl``. Only the last seconds of sound are kept, in memory."""

    def __init__(self, source: AudioSource, hear: Hear, sink: EarSink) -> None:
        self._kept: deque[_Kept] = deque()
        self._began_s: float | None = None
        self._handed = False
        self.gone = False
        """The microphone ended by itself before it was handed over."""
        super().__init__(source, hear, sink)

    def hand_over(self) -> AudioSource:
        self._handed = True
        self.stop()
        return SpokenInto(self, self._source)

    def taken(self) -> tuple[deque[_Kept], float]:
        """What was kept and from which second on it counts, once the microphone is let go of."""
        self.join(_JOIN_S)
        kept, self._kept = self._kept, deque()
        now_s = kept[-1][0].end_s if kept else self._at_s
        return kept, now_s if self._began_s is None else self._began_s

    def _let_go(self) -> None:
        # What listened for a voice holds the last of it.
        self._hear = _deaf
        if not self._handed:
            self.gone = True
            self._forget_if_stopped()
            super()._let_go()

    def stop(self) -> None:
        super().stop()
        self._forget_if_stopped()

    def _forget_if_stopped(self) -> None:
        """Whoever still knows it holds no sound by it. One that is gone may yet be handed over."""
        if self.gone and self._stopped.is_set() and not self._handed:
            self._kept.clear()

    def _take(self, block: Block) -> bool:
        self._kept.append((block, getattr(self._source, "arrived_s", None), _lost(self._source)))
        ended = super()._take(block)
        if self._began_s is not None and block.end_s - self._began_s > TAKEN_WITHIN_S and not self._handed:
            self._began_s = None
        keep_from_s = block.end_s - KEPT_S if self._began_s is None else self._began_s
        while self._kept[0][0].end_s <= keep_from_s:
            self._kept.popleft()
        return ended

    def _send(self, event: EnrolmentEvent) -> None:
        # Before it is told: who is told may ask at once.
        if isinstance(event, SpeechBegan):
            self._began_s = event.at_s
        super()._send(event)


def _lost(source: AudioSource) -> int:
    return int(getattr(source, "dropped", 0))


def _deaf(_block: Block) -> Iterable[EnrolmentEvent]:
    return ()


class SpokenInto:
    """A source that began with the speech: what was kept first, then what the microphone goes on to hear.

    Its times begin with the speech. ``stop`` and ``start`` are the microphone's, as in any call; whatever
    else a call asks of a microphone, this one answers.
    """

    def __init__(self, waiting: WaitingMicrophone, source: AudioSource) -> None:
        self._waiting: WaitingMicrophone | None = waiting
        self._source = source
        self._kept: deque[_Kept] = deque()
        self._began_s = 0.0
        self._lost_before = 0
        self.name = source.name
        self.arrived_s: float | None = None
        self.dropped = 0
        """How often sound was lost up to what was read last, not counted what was before anybody spoke."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._source, name)

    def start(self) -> None:
        if not self._take_over():
            self._source.start()
        self.name = self._source.name

    def read(self, timeout_s: float) -> Block | None:
        if self._kept:
            block, self.arrived_s, lost = self._kept.popleft()
        else:
            found = self._source.read(timeout_s)
            self.arrived_s, self.name = getattr(self._source, "arrived_s", None), self._source.name
            if found is None:
                return None
            block, lost = found, _lost(self._source)
        self.dropped = lost - self._lost_before
        return self._from_beginning(block)

    def stop(self) -> None:
        self._take_over()
        self._source.stop()

    def _take_over(self) -> bool:
        """Whether the microphone, open as it is, is handed over only now."""
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            return False
        self._kept, self._began_s = waiting.taken()
        self._lost_before = self._kept[0][2] if self._kept else _lost(self._source)
        return not waiting.gone

    def _from_beginning(self, block: Block) -> Block:
        before = max(0, round((self._began_s - block.start_s) * SAMPLE_RATE_HZ))
        start_s = block.start_s + before / SAMPLE_RATE_HZ - self._began_s
        return Block(block.samples[before:], max(0.0, start_s))
