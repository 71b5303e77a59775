"""What the call so far shows: a pure view over the record."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from coach.complaint import is_sign
from coach.events import CallRecord, Move, Speaker, Turn
from coach.taxonomy import COMPLAINT_SIGNS


@dataclass(frozen=True, slots=True)
class CallState:
    """Reads the agent's turns and their moves out of ``record``; keeps nothing."""

    record: CallRecord

    def turns(self, after_s: float = -1.0) -> Iterator[tuple[Turn, tuple[Move, ...]]]:
        """The agent's turns that ended after ``after_s``, with their moves."""
        for turn in self.record.turns:
            if turn.speaker is Speaker.AGENT and turn.end_s > after_s:
                yield turn, self.record.moves.get(turn.index, ())

    def names(self, after_s: float = -1.0) -> Iterator[tuple[Turn, frozenset[str]]]:
        """The same with the names of the moves only."""
        for turn, moves in self.turns(after_s):
            yield turn, frozenset(move.name for move in moves)

    def times(self, move: str, after_s: float = -1.0) -> int:
        """In how many turns ``move`` was made."""
        return sum(move in names for _, names in self.names(after_s))

    def has_any(self, moves: Collection[str], after_s: float = -1.0) -> bool:
        return any(not names.isdisjoint(moves) for _, names in self.names(after_s))

    def is_complaint(self) -> bool:
        """Whether any turn so far is a sign of a complaint."""
        return any(is_sign(names) for _, names in self.names())

    def complaint(self) -> tuple[Turn, Move] | None:
        """The turn and the move by which a complaint was first known; None in a call without one.

        Known from the agent's own words alone. One such turn may be a mistake: it takes two.
        """
        signs = [
            (turn, move) for turn, moves in self.turns() for move in moves if move.name in COMPLAINT_SIGNS
        ]
        turns = {turn.index for turn, _ in signs}
        return signs[0] if len(turns) > 1 else None
