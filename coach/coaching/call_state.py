"""What the call so far shows: a pure view over the record."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from coach.complaint import asks_openly, is_sign, is_solution, tells_of_failure
from coach.events import Answer, CallRecord, Move, Owner, Speaker, Turn
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

    def is_complaint(self, before: Turn | None = None) -> bool:
        """Whether any turn so far is a sign of a complaint; with ``before``, any earlier than that one."""
        return any(
            is_sign(names) for turn, names in self.names() if before is None or turn.index < before.index
        )

    def is_answered(self) -> bool:
        """Whether anything was offered or promised that mends what went wrong."""
        promised = any(
            promise.owner is not Owner.CUSTOMER and promise.answer is not Answer.DROPPED
            for promise in self.record.commitments
        )
        return promised or any(is_solution(turn, names) for turn, names in self.names())

    def asked_openly(self, after_s: float) -> bool:
        """Whether a turn that ended at ``after_s`` or later asks an open question, by its words."""
        return any(asks_openly(turn.text) for turn, _ in self.turns() if turn.end_s >= after_s)

    def complaint(self, before: Turn | None = None) -> tuple[Turn, Move] | None:
        """The turn and the move by which a complaint was first known; None in a call without one.

        With ``before``, only the turns earlier than that one are looked at.

        Known from the agent's own words alone. One such turn may be a mistake: it takes two, and repeating
        what the customer reported is the second where the agent owned the matter. Sympathy alone tells of sad
        news as well: one of them must tell of something that went wrong.
        """
        signs = [
            (turn, move)
            for turn, moves in self.turns()
            for move in moves
            if move.name in COMPLAINT_SIGNS and (before is None or turn.index < before.index)
        ]
        turns = {turn.index for turn, _ in signs}
        owned = any(move.name == "owning" for _, move in signs) and self.has_any(("reflecting",))
        is_plain = owned or (len(turns) > 1 and any(tells_of_failure(move.name) for _, move in signs))
        return signs[0] if is_plain else None
