"""Sound on its way to words, in the order it came in; kept in memory while what hears it is being made."""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from coach.calls.record import apply
from coach.errors import KnownError
from coach.events import Block, CallRecord, Event, Gap, OtherVoice, SessionDropped, SessionStopped
from coach.live.flaws import flaws_of
from coach.live.journal import Journal
from coach.live.making import Making
from coach.live.pace import Pace
from coach.pipeline import Pipeline, RecordedPipeline
from coach.ports import AudioSource, Sink

T = TypeVar("T")

Failed = Callable[[KnownError, bool], None]

_MOST = 3000
"""Blocks, of a microphone two minutes."""
_BUG = KnownError("bug", "Sameside stopped on a fault of its own. The call so far is kept.")
_BUG_BEFORE = KnownError("bug", "Sameside met a fault of its own. Its log says more; please try again.")


@dataclass(frozen=True, slots=True)
class Ready:
    """All that a call needs to hear, to be kept, and to keep up."""

    pipeline: Pipeline | RecordedPipeline
    journal: Journal
    pace: Pace | None = None

    @property
    def record(self) -> CallRecord:
        return self.pipeline.coach.record


class Hearer:
    """Takes blocks, gaps, and the ends of what was said; sends on what comes of them.

    ``given`` is what it hears with, or makes that. Until it is ``ready`` all is kept, and afterwards heard
    piece by piece by ``catch_up``: what comes in meanwhile waits behind it. Other events are told at once.
    ``made`` is called on another thread once there is something for ``begin``.
    """

    def __init__(
        self, given: Ready | Callable[[], Ready], sink: Sink, failed: Failed, made: Callable[[], object]
    ) -> None:
        self._given = given if isinstance(given, Ready) else Making("sameside-loading", given, made)
        self._sink = sink
        self._failed = failed
        self._kept: deque[Block | Gap | None] = deque()
        self._why_not: KnownError | None = None
        self._others_s = 0.0
        self.ready: Ready | None = None

    @property
    def given(self) -> bool:
        """Whether nothing has to be made."""
        return isinstance(self._given, Ready)

    def make(self) -> None:
        """Begin to make what is not given."""
        if isinstance(self._given, Making):
            self._given.start()

    def made(self) -> bool:
        """Whether there is something to begin with. Raises what stood in the way of making it."""
        if isinstance(self._given, Making):
            return self._given.over and self._given.result() is not None
        return True

    def begin(self) -> None:
        """Be ready with what is ``made``."""
        if self.ready is None:
            self.ready = self._given.result() if isinstance(self._given, Making) else self._given
            self.ready.journal.begin(self._failed)

    def join(self, timeout_s: float) -> bool:
        """Wait for what is still being made; false after ``timeout_s``."""
        if isinstance(self._given, Ready) or self._given.ident is None:
            return True
        self._given.join(timeout_s)
        return not self._given.is_alive()

    @property
    def behind(self) -> bool:
        """Whether something that was kept can be heard now."""
        return self.ready is not None and bool(self._kept)

    @property
    def full(self) -> bool:
        """Whether it is so far behind that what comes in is better left with the source."""
        return self.ready is not None and len(self._kept) > _MOST

    def catch_up(self) -> None:
        """Hear the first of what was kept."""
        self._hear(self._kept.popleft())

    def give_up(self) -> None:
        """Hear nothing more of what was kept; the gaps in it are told all the same."""
        kept, self._kept = self._kept, deque()
        for item in kept:
            if self.ready is not None and isinstance(item, Gap):
                self._hear(item)

    def next_of(self, asked: queue.SimpleQueue[T]) -> T:
        """What is asked next, waited for; what was kept is heard meanwhile."""
        while self.behind:
            try:
                return asked.get_nowait()
            except queue.Empty:
                self.catch_up()
        return asked.get()

    def take(self, block: Block) -> None:
        self._take(block)

    def flush(self) -> None:
        """What was said so far is at its end, as before a pause."""
        self._take(None)

    def emit(self, event: Event) -> None:
        """A gap in its place, anything else at once."""
        if isinstance(event, Gap):
            self._take(event)
        else:
            self._tell(event)

    def emit_all(self, events: Iterable[Event]) -> None:
        for event in events:
            self.emit(event)

    def tell_flaws(self, source: AudioSource, at_s: float) -> None:
        """What the agent should know of a recording that was read to its end."""
        if self.ready is not None:
            self.emit_all(flaws_of(self.ready.record, source, at_s, self._others_s))

    def fail(self, error: KnownError | None = None) -> None:
        """The call ends for this reason; None is a bug."""
        if self.ready is not None:
            self._failed(error or _BUG, False)
        else:
            self._why_not = error or _BUG_BEFORE

    def end(self, at_s: float) -> SessionStopped | SessionDropped:
        """The call is over at ``at_s``: closed and summed up, or dropped where it was never ready."""
        if self.ready is None:
            if isinstance(self._given, Making):
                self._given.leave(lambda ready: ready.journal.leave())
            why = self._why_not
            return SessionDropped() if why is None else SessionDropped(why.code, why.message)
        if self._kept:
            # A fault ended it before all was heard: what it holds open is closed all the same.
            self._kept.clear()
            with suppress(Exception):
                self._hear(None)
        record = self.ready.record
        record.duration_s = max(record.duration_s, at_s)
        summary, saved = self.ready.journal.finish(self._failed)
        return SessionStopped(record, summary, saved)

    def _take(self, item: Block | Gap | None) -> None:
        if self.ready is None or self._kept:
            self._kept.append(item)
        else:
            self._hear(item)

    def _hear(self, item: Block | Gap | None) -> None:
        assert self.ready is not None
        pipeline, pace = self.ready.pipeline, self.ready.pace
        heard: Iterable[Event]
        if isinstance(item, Gap):
            apply(self.ready.record, item)
            heard = (item,)
        elif item is None:
            heard = pipeline.flush()
        else:
            heard = pipeline.feed(item)
            heard = pace.events(item, heard) if pace else heard
        for event in heard:
            if isinstance(event, OtherVoice):
                self._others_s += event.end_s - event.start_s
            self._tell(event)

    def _tell(self, event: Event) -> None:
        if self.ready is not None:
            self.ready.journal.keep(event, self._failed)
        self._sink(event)
