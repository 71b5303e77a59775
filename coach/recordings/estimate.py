"""How long recordings in line will take, from how fast the ones before were read. Pure."""

from __future__ import annotations

_LEAST_S = 2.0
"""Working for less than this tells nothing yet."""
_LEAST_SHARE = 0.01


class Estimate:
    """Counts bytes: their time is only known once a file is opened, and files of a batch are mostly alike.

    ``clock`` in seconds. Time on hold does not count.
    """

    def __init__(self, now_s: float) -> None:
        self._done_bytes = 0.0
        self._done_s = 0.0
        self._began_s = now_s
        self._held_since_s: float | None = None
        self._held_s = 0.0
        self._size = 0

    def begin(self, size_bytes: int, now_s: float) -> None:
        """The next recording is begun."""
        self._size, self._began_s, self._held_s = size_bytes, now_s, 0.0
        if self._held_since_s is not None:
            self._held_since_s = now_s

    def end(self, read: bool, now_s: float) -> None:
        """It is over; only one that was ``read`` to its end tells how fast the machine is."""
        if read:
            self._done_bytes += self._size
            self._done_s += self._worked_s(now_s)
        self._size = 0

    def hold(self, on: bool, now_s: float) -> None:
        if on and self._held_since_s is None:
            self._held_since_s = now_s
        elif not on and self._held_since_s is not None:
            self._held_s += max(0.0, now_s - self._held_since_s)
            self._held_since_s = None

    def left(
        self, at_s: float, total_s: float, waiting_bytes: int, now_s: float
    ) -> tuple[float | None, float | None]:
        """Seconds left of this recording, and of all; None where that cannot be told."""
        worked_s = self._worked_s(now_s)
        share = min(1.0, at_s / total_s) if total_s > 0 else 0.0
        early = worked_s < _LEAST_S or share < _LEAST_SHARE
        mine = None if early else worked_s * (1 - share) / share
        read_bytes = self._done_bytes + share * self._size
        spent_s = self._done_s + worked_s
        if read_bytes <= 0 or spent_s < _LEAST_S or (mine is None and self._done_bytes == 0):
            return mine, None
        per_byte_s = spent_s / read_bytes
        rest = mine if mine is not None else per_byte_s * self._size
        return mine, rest + waiting_bytes * per_byte_s

    def _worked_s(self, now_s: float) -> float:
        held_s = self._held_s
        if self._held_since_s is not None:
            held_s += max(0.0, now_s - self._held_since_s)
        return max(0.0, now_s - self._began_s - held_s)
