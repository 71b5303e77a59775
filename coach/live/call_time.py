"""Where a call is in time: its own seconds, counted by sound, and the clock that wishes are told by.

All of it runs on the engine thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from coach.events import Block
from coach.live.blackout import ReadAhead


class CallTime:
    """Seconds since the call began. A gap moves them on, so that what follows stands at its time.

    ``clock`` is monotonic, in seconds, the one by which the source tells when its sound came in. ``timed`` is
    false for a recording, whose sound came in at no time of the clock.
    """

    def __init__(self, clock: Callable[[], float], ahead: ReadAhead, *, timed: bool) -> None:
        self._clock = clock
        self._ahead = ahead
        self._timed = timed
        self.now_s = 0.0
        """Until where the call has been heard, or passed over."""
        self.now_at = 0.0
        """Where that is on the clock; 0 where the source cannot tell."""
        self._offset_s = self._in_hand_s = self._opened_at = 0.0

    def opened(self) -> None:
        """The source is open again: sound of an earlier stream is older than this."""
        # The first time it may have been open for long: no sound is of an earlier stream.
        if self._ahead.arrived_s is not None:
            self._opened_at = self._clock()

    def placed(self, block: Block) -> Block:
        """``block``, whose source counts its own seconds, in those of the call."""
        return replace(block, start_s=block.start_s + self._offset_s)

    def in_hand(self, block: Block) -> None:
        """``block``, as ``placed``, was read and is looked at next."""
        self._in_hand_s, self.now_at = block.end_s, self._ahead.arrived_s or 0.0

    def reach(self, block: Block) -> None:
        """``block`` is heard, or dropped."""
        self.now_s = block.end_s

    def leave_out(self, block: Block) -> None:
        """``block``, not ``placed``, came in during a pause: the time of the pause is its time."""
        self._offset_s = self.now_s - block.end_s

    def skip(self, start_s: float, since: float, until: float | None = None) -> None:
        """No sound came from ``start_s`` on, ``since`` on the clock, up to ``until``; None is now."""
        self.now_at = self._clock() if until is None else until
        passed_s = max(0.0, self.now_at - since)
        self._offset_s += passed_s
        self.now_s = start_s + passed_s

    def last_heard(self) -> float:
        """When the last sound came in, on the clock: what a dead stream kept us waiting for is lost too."""
        arrived = self._ahead.arrived_s
        return self._clock() if arrived is None else max(arrived, self._opened_at, self.now_at)

    def place(self, clock_s: float) -> tuple[float, float]:
        """Where in the call a moment of the clock is, as the sound that came in tells; never before now.

        Before it, from where on sound came in after that moment: a device that stood still then delivers
        late, and only later is it known how much of the time was lost.
        """
        if not self._timed or self._ahead.arrived_s is None:
            return self.now_s, self.now_s
        newest_s, arrived_s = self._in_hand_s, self._ahead.arrived_s
        # Where the engine is behind, what waits came in long after the sound in hand.
        if waiting := self._ahead.newest():
            block, came_s = waiting
            newest_s, arrived_s = block.end_s + self._offset_s, came_s or arrived_s
        at_s = max(self.now_s, newest_s - (arrived_s - clock_s))
        return max(self.now_s, min(at_s, newest_s)), at_s

    def place_away(self, clock_s: float, at_s: float, since: float) -> tuple[float, float]:
        """The same while no sound comes in, from ``at_s`` on, which was ``since`` on the clock."""
        at_s += max(0.0, clock_s - since)
        return at_s, at_s
