"""How often a cue may appear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.settings import CueLevel


@dataclass(frozen=True, slots=True)
class Pacing:
    """The budget for interrupting. Times in seconds of the call."""

    min_gap_s: float = 20.0
    most: int = 8
    window_s: float = 600.0
    most_rejected: int = 3
    """Cues put away one after the other, after which the rest of the call is quiet."""
    life_s: float = 60.0
    life_turns: int = 3
    again_at: int = 3
    """The unrepaired use of one move at which a cue that ran out may be raised once more."""
    missing: bool = True
    """Whether what is missing is cued, not only what was said."""
    missing_after_s: float = 120.0

    @classmethod
    def of(cls, level: CueLevel) -> Pacing:
        """The ready level of that name."""
        return _LEVELS[level]

    def left(self, raised_s: Sequence[float], now_s: float) -> int:
        """Cues left in the budget at ``now_s``, after those raised at ``raised_s``."""
        return max(0, self.most - sum(at_s > now_s - self.window_s for at_s in raised_s))

    def allows(self, raised_s: Sequence[float], rejected_in_a_row: int, now_s: float) -> bool:
        """Whether a cue may be raised at ``now_s``."""
        rested = all(now_s - at_s >= self.min_gap_s for at_s in raised_s)
        return rested and rejected_in_a_row < self.most_rejected and self.left(raised_s, now_s) > 0


_STANDARD = Pacing()
_LEVELS: dict[CueLevel, Pacing] = {
    "new": replace(_STANDARD, min_gap_s=15.0, most=12),
    "standard": _STANDARD,
    "quiet": replace(_STANDARD, min_gap_s=60.0, most=3, missing=False),
    "off": replace(_STANDARD, most=0),
}
