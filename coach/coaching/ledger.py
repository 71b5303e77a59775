"""The cues of one call and what came of them: all the policy has to remember."""

from __future__ import annotations

from coach.events import Cue, CueEnd, CueEnded, Turn

_REJECTED = {CueEnd.DISMISSED, CueEnd.UNFAIR}


class Ledger:
    """Cues in the order they were raised, at most one of them open."""

    def __init__(self) -> None:
        self._cues: list[Cue] = []
        self._ends: dict[str, CueEnd] = {}
        self._since_s: dict[str, float] = {}
        self._reminders: set[str] = set()
        self._forgiven = 0
        self.early: Turn | None = None
        """The turn, as far as it was said, in the middle of which the open cue was raised; else None."""

    @property
    def open(self) -> Cue | None:
        last = self._cues[-1] if self._cues else None
        return last if last is not None and last.id not in self._ends else None

    @property
    def newest_first(self) -> list[Cue]:
        return self._cues[::-1]

    @property
    def next_id(self) -> str:
        return f"cue-{len(self._cues) + 1}"

    @property
    def raised_s(self) -> list[float]:
        return [cue.at_s for cue in self._cues]

    @property
    def said(self) -> set[str]:
        """Lines shown first on a card so far."""
        return {cue.say for cue in self._cues}

    @property
    def rejected_in_a_row(self) -> int:
        """Cues dismissed or called unfair since one was repaired or all were forgiven; run-out ones aside."""
        streak = 0
        for end in list(self._ends.values())[self._forgiven :]:
            streak = 0 if end is CueEnd.REPAIRED else streak + (end in _REJECTED)
        return streak

    def forgive(self) -> None:
        """What was rejected until now does not count any more."""
        self._forgiven = len(self._ends)

    def since_s(self, cue: Cue) -> float:
        """From when on what is said comes after the turn that ``cue`` is about."""
        return self._since_s.get(cue.id, cue.at_s)

    def raise_cue(self, cue: Cue, *, reminder: str = "", early: Turn | None = None) -> None:
        """``early``: the turn that is still being said. ``reminder``: what was found missing."""
        self._cues.append(cue)
        self.early = early
        if reminder:
            self._reminders.add(reminder)

    def settle(self, end_s: float) -> None:
        """The turn in the middle of which the open cue was raised has ended, and bears it out."""
        self.early = None
        if self.open is not None:
            self._since_s[self.open.id] = end_s

    def end(self, ended: CueEnded) -> None:
        """Close the open cue. A late word about one that has already ended is ignored."""
        if self.open is not None and self.open.id == ended.cue_id:
            self._ends[ended.cue_id] = ended.end
            self.early = None

    def on(self, move: str) -> list[tuple[Cue, CueEnd | None]]:
        """The cues raised for ``move`` that stood, each with its end; None while it is open."""
        made = [(cue, self._ends.get(cue.id)) for cue in self._cues if cue.move == move]
        return [(cue, end) for cue, end in made if end is not CueEnd.WITHDRAWN]

    def reminded(self, reminder: str) -> bool:
        return reminder in self._reminders
