"""Which stretch of a recording is in sight, and the times written beneath it. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

CLOSEST_S = 2.0
"""No closer than this: a word is then some hundred pixels wide."""
_STEPS_S = (0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
_LABEL_PX = 84


@dataclass(frozen=True, slots=True)
class Scale:
    """``shown_s`` 0 stands for all of it."""

    total_s: float
    start_s: float = 0.0
    shown: float = 0.0

    @property
    def shown_s(self) -> float:
        return self.shown or self.total_s

    @property
    def end_s(self) -> float:
        return self.start_s + self.shown_s

    def over(self, total_s: float) -> Scale:
        """The same stretch of a recording of another length."""
        return replace(self, total_s=total_s)._within()

    def whole(self) -> Scale:
        return Scale(self.total_s)

    def zoomed(self, factor: float, around_s: float) -> Scale:
        """Closer by ``factor``; what is at ``around_s`` stays where it is in sight."""
        shown = min(max(self.shown_s / factor, min(CLOSEST_S, self.total_s)), self.total_s)
        around_s = min(max(around_s, self.start_s), self.end_s)
        start_s = around_s - (around_s - self.start_s) * shown / self.shown_s
        return Scale(self.total_s, start_s, shown)._within()

    def moved(self, by_s: float) -> Scale:
        return replace(self, start_s=self.start_s + by_s)._within()

    def paged_to(self, at_s: float) -> Scale:
        """So that ``at_s`` stands a tenth from the left."""
        return replace(self, start_s=at_s - self.shown_s / 10)._within()

    def _within(self) -> Scale:
        shown = self.shown if 0 < self.shown < self.total_s else 0.0
        start_s = min(max(0.0, self.start_s), max(0.0, self.total_s - (shown or self.total_s)))
        return Scale(self.total_s, start_s, shown)


def ticks(start_s: float, shown_s: float, width_px: int) -> list[float]:
    """Round seconds, as many as have room to be written."""
    most = max(1, width_px // _LABEL_PX)
    step = next((step for step in _STEPS_S if shown_s / step <= most), _STEPS_S[-1])
    while shown_s / step > most:
        step *= 2
    first = math.ceil(start_s / step)
    last = math.floor((start_s + shown_s) / step + 1e-9)
    return [number * step for number in range(first, last + 1)]
