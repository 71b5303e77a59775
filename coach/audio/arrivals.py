"""Sound that never arrived, told from when blocks came. Pure: the times are passed in."""

from __future__ import annotations

STALL_S = 0.3
"""Blocks come every 40 ms; a longer pause is looked at."""
SETTLE_S = 0.5
"""After a stall a device that lost nothing hands over at once what it held."""
LEAST_S = 0.1
DRIFT = 0.0005
"""A device's clock may be wrong by this much; what grows slower is drift and no loss."""


class Arrivals:
    """How much sound is missing after a stall: the time that passed and was not delivered later either."""

    def __init__(self) -> None:
        self._usual_s: float | None = None
        self._last_s = 0.0
        self._settled_s: float | None = None
        self._least_s = 0.0

    def feed(self, arrived_s: float, delivered_s: float) -> float:
        """Seconds lost, told once, half a second after a stall; otherwise 0.

        ``arrived_s`` is a monotonic clock when a block came, ``delivered_s`` all the sound that has come
        with it since the stream was opened.
        """
        late_s = arrived_s - delivered_s
        if self._usual_s is None:
            self._usual_s, self._last_s = late_s, arrived_s
            return 0.0
        pause_s, self._last_s = arrived_s - self._last_s, arrived_s
        if pause_s > STALL_S:
            self._settled_s, self._least_s = arrived_s + SETTLE_S, late_s
        self._least_s = min(self._least_s, late_s)
        if self._settled_s is None or self._least_s - self._usual_s < LEAST_S:
            self._settled_s = None
            self._usual_s = min(self._usual_s + DRIFT * pause_s, late_s)
            return 0.0
        if arrived_s < self._settled_s:
            return 0.0
        self._settled_s = None
        lost_s, self._usual_s = self._least_s - self._usual_s, self._least_s
        return lost_s
