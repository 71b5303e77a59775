"""How often a cue may appear."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.settings import CueLevel, CueSettings


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
    wait_s: float = 10.0
    """How long after its turn a cue that the gap held back may still come, if nobody has spoken since."""
    least_sure: float = 0.5
    """A move is marked in the transcript from its own threshold on; to interrupt, it must have been made more
    likely than not (confidences are calibrated: models/moves/README.md)."""
    least_sure_at_first: float = 0.95
    """The same as long as nothing in the call has spoken of trouble: a card, or a plain complaint. One in
    three of the turns that confidences were calibrated on goes wrong, of a call that goes well hardly one in
    forty: what is as likely as not there is false nineteen times in twenty here."""
    missing: bool = True
    """Whether what is missing is cued, not only what was said."""
    missing_after_s: float = 120.0
    ask_after_s: float = 180.0
    """How long a complaint runs before it is missed that nobody asked what the customer wants."""
    step_after_s: float = 30.0
    step_turns: int = 2
    """How long, and how many turns, after an apology a next step is missed."""
    least_read_s: float = 6.0
    read_words_per_s: float = 2.0
    """A card is read with half an eye: two words a second, and never less than six seconds."""
    urgent: frozenset[str] = frozenset()
    """Moves that may be cued while the agent is still speaking."""

    @classmethod
    def of(cls, level: CueLevel) -> Pacing:
        """The ready level of that name."""
        return _LEVELS[level]

    @classmethod
    def chosen(cls, cues: CueSettings) -> Pacing:
        """What the agent set: a ready level, or own limits in its place. Off stays off."""
        pacing = replace(cls.of(cues.level), urgent=frozenset(cues.urgent))
        if not cues.own_limits or cues.level == "off":
            return pacing
        return replace(
            pacing, min_gap_s=float(cues.gap_s), most=cues.most_in_ten_minutes, missing=cues.missing
        )

    def left(self, raised_s: Sequence[float], now_s: float) -> int:
        """Cues left in the budget at ``now_s``, after those raised at ``raised_s``."""
        return max(0, self.most - sum(at_s > now_s - self.window_s for at_s in raised_s))

    def next_s(self, raised_s: Sequence[float]) -> float:
        """From when on one more cue may be raised after those at ``raised_s``; infinite for never."""
        if self.most == 0:
            return math.inf
        after_gap = raised_s[-1] + self.min_gap_s if raised_s else 0.0
        spent = len(raised_s) >= self.most
        return max(after_gap, raised_s[-self.most] + self.window_s) if spent else after_gap

    def allows(self, raised_s: Sequence[float], rejected_in_a_row: int, now_s: float) -> bool:
        """Whether a cue may be raised at ``now_s``."""
        return rejected_in_a_row < self.most_rejected and now_s >= self.next_s(raised_s)

    def reading_s(self, line: str) -> float:
        """How long a card with this line needs before another may take its place."""
        return max(self.least_read_s, len(line.split()) / self.read_words_per_s)


_STANDARD = Pacing()
_LEVELS: dict[CueLevel, Pacing] = {
    "new": replace(_STANDARD, min_gap_s=15.0, most=12),
    "standard": _STANDARD,
    "quiet": replace(_STANDARD, min_gap_s=60.0, most=3, missing=False),
    "off": replace(_STANDARD, most=0),
}
