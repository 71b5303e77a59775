"""The agent blacks out what comes next, as while a card is read: nothing of it is heard, kept or shown.

All of it runs on the engine thread, but for ``BlackOut.press`` and ``BlackOut.end_now``.
"""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from coach.errors import KnownError
from coach.events import BlackedOut, BlackOutEnded, Block, Event, Gap
from coach.ports import AudioSource

REASON = "blacked out"
_TINY_S = 1e-6


class ReadAhead:
    """A source that can be asked how far its sound has come in, without losing any of it."""

    def __init__(self, source: AudioSource) -> None:
        self._source = source
        self._held: deque[tuple[Block | KnownError | EOFError, float | None]] = deque()
        self.arrived_s: float | None = None
        """When what ``read`` gave last came in, on the source's clock; None where it cannot tell."""

    def read(self, timeout_s: float) -> Block | None:
        if not self._held:
            block = self._source.read(timeout_s)
            self.arrived_s = self._arrived()
            return block
        item, arrived_s = self._held.popleft()
        if isinstance(item, Block):
            self.arrived_s = arrived_s
            return item
        raise item

    def newest(self) -> tuple[Block, float | None] | None:
        """The last of the sound that waits to be read, and when it came in; None where none waits."""
        while not (self._held and isinstance(self._held[-1][0], KnownError | EOFError)):
            try:
                block = self._source.read(0.0)
            except (KnownError, EOFError) as end:
                self._held.append((end, None))
                break
            if block is None:
                break
            self._held.append((block, self._arrived()))
        waiting = ((item, arrived_s) for item, arrived_s in reversed(self._held) if isinstance(item, Block))
        return next(waiting, None)

    def _arrived(self) -> float | None:
        arrived_s: float | None = getattr(self._source, "arrived_s", None)
        return arrived_s


@dataclass(frozen=True, slots=True)
class _Press:
    """``seconds`` 0 ends it. ``clock_s``: when the key was pressed."""

    seconds: float
    clock_s: float


class BlackOut:
    """Where the call is blacked out. ``place`` tells from where on sound came in after a moment of the clock,
    and where in the call that moment is.

    ``flush`` lets what was said before be heard to its end. A pause or a lost microphone cuts the gap in two.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        place: Callable[[float], tuple[float, float]],
        emit: Callable[[Event], None],
        flush: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._place = place
        self._emit = emit
        self._flush = flush
        self._presses: queue.SimpleQueue[_Press] = queue.SimpleQueue()
        self._start_s: float | None = None
        self._until_s = 0.0
        self._piece_s: float | None = None
        self._reached_s = 0.0
        self._cut = False
        self._flushed_s: float | None = None
        self._ended: deque[tuple[float, float]] = deque()
        """Begun and ended by hand before the engine came to that sound: it is dropped all the same."""

    @property
    def active(self) -> bool:
        return self._start_s is not None

    def press(self, seconds: float) -> None:
        """From now on for ``seconds``, or so much longer; from any thread."""
        self._presses.put(_Press(max(0.0, seconds), self._clock()))

    def end_now(self) -> None:
        """Listen again; from any thread."""
        self.press(0.0)

    def take_presses(self) -> None:
        while True:
            try:
                press = self._presses.get_nowait()
            except queue.Empty:
                return
            from_s, at_s = self._place(press.clock_s)
            if press.seconds:
                self._begin(from_s, at_s, press.seconds)
            else:
                self._end_by_hand(at_s)

    def drops(self, block: Block) -> bool:
        """Whether ``block`` may not be heard. A block that is blacked out in part is dropped whole."""
        while self._ended and block.start_s >= self._ended[0][1] - _TINY_S:
            self._ended.popleft()
        if self._ended and block.end_s > self._ended[0][0] + _TINY_S:
            self._end_words_before(self._ended[0][0])
            return True
        if self._start_s is None or block.end_s <= self._start_s + _TINY_S:
            return False
        if block.start_s >= self._until_s - _TINY_S:
            self._end_at(max(self._reached_s, min(self._until_s, block.start_s)))
            return False
        # First: ending the words before may fail, and the call with it.
        self._reached_s = block.end_s
        self._end_words_before(self._start_s)
        return True

    def _end_words_before(self, start_s: float) -> None:
        if self._flushed_s != start_s:
            self._flushed_s = start_s
            self._flush()

    def cut(self, at_s: float) -> None:
        """Nothing comes in from ``at_s`` on for another reason, which is a gap of its own."""
        self._close_piece(at_s)
        self._cut = True

    def go_on(self, at_s: float) -> None:
        """Sound comes in again at ``at_s``."""
        self._cut = False
        if self._start_s is None:
            return
        self._reached_s = at_s
        if at_s >= self._until_s:
            self._end_at(at_s)
        else:
            self._open_piece(at_s)
            self._emit(BlackedOut(at_s, self._until_s))

    def close(self, at_s: float) -> None:
        """The call ends at ``at_s``."""
        self.take_presses()
        self._end_at(max(self._reached_s, min(at_s, self._until_s)))

    def _begin(self, from_s: float, at_s: float, seconds: float) -> None:
        if at_s >= self._until_s:
            # Over by then, though no sound has come since to tell: as where the microphone is away.
            self._end_by_hand(at_s)
        if self._start_s is None:
            self._start_s = self._reached_s = from_s
            self._until_s, self._flushed_s = at_s + seconds, None
            if not self._cut:
                self._open_piece(from_s)
        else:
            self._until_s += seconds
        self._emit(BlackedOut(at_s, self._until_s))

    def _end_by_hand(self, at_s: float) -> None:
        if self._start_s is None:
            return
        end_s = min(self._until_s, at_s)
        if self._reached_s < end_s:
            self._ended.append((self._start_s, end_s))
        self._end_at(max(self._reached_s, end_s))

    def _end_at(self, at_s: float) -> None:
        if self._start_s is None:
            return
        self._start_s = None
        self._close_piece(at_s)
        self._emit(BlackOutEnded(at_s))

    def _open_piece(self, at_s: float) -> None:
        """Told at once, with no length yet: a crash leaves a mark, and its end replaces it."""
        self._piece_s = at_s
        self._emit(Gap(at_s, at_s, REASON))

    def _close_piece(self, at_s: float) -> None:
        if self._piece_s is not None and at_s > self._piece_s:
            self._emit(Gap(self._piece_s, at_s, REASON))
        self._piece_s = None
