"""What the call so far shows: a pure view over the record."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from coach.complaint import asks_openly, is_sign, is_solution, tells_of_failure
from coach.events import Answer, CallRecord, Move, Owner, Speaker, Turn
from coach.taxonomy import COMPLAINT_SIGNS

_Said = tuple[Turn, tuple[Move, ...], frozenset[str]]


@dataclass(frozen=True)
class CallState:
    """Reads the agent's turns and their moves out of ``record``, as they are when it is first asked."""

    record: CallRecord

    @cached_property
    def _said(self) -> list[_Said]:
        moves = self.record.moves
        agents = [turn for turn in self.record.turns if turn.speaker is Speaker.AGENT]
        of_each = [(turn, moves.get(turn.index, ())) for turn in agents]
        return [(turn, made, frozenset(move.name for move in made)) for turn, made in of_each]

    @cached_property
    def _reached_s(self) -> list[float]:
        """The latest end up to each turn."""
        return list(accumulate((turn.end_s for turn, _, _ in self._said), max))

    @cached_property
    def _signs(self) -> list[tuple[Turn, Move]]:
        return [
            (turn, move) for turn, moves, _ in self._said for move in moves if move.name in COMPLAINT_SIGNS
        ]

    @cached_property
    def _times(self) -> Counter[str]:
        return Counter(name for _, _, names in self._said for name in names)

    def _after(self, after_s: float) -> Iterator[_Said]:
        for place in range(bisect_right(self._reached_s, after_s), len(self._said)):
            if self._said[place][0].end_s > after_s:
                yield self._said[place]

    def turns(self, after_s: float = -1.0) -> Iterator[tuple[Turn, tuple[Move, ...]]]:
        """The agent's turns that ended after ``after_s``, with their moves."""
        for turn, moves, _ in self._after(after_s):
            yield turn, moves

    def names(self, after_s: float = -1.0) -> Iterator[tuple[Turn, frozenset[str]]]:
        """The same with the names of the moves only."""
        for turn, _, names in self._after(after_s):
            yield turn, names

    def times(self, move: str) -> int:
        """In how many turns ``move`` was made."""
        return self._times[move]

    def has_any(self, moves: Collection[str], after_s: float = -1.0) -> bool:
        return any(not names.isdisjoint(moves) for _, _, names in self._after(after_s))

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
        signs = [one for one in self._signs if before is None or one[0].index < before.index]
        turns = {turn.index for turn, _ in signs}
        owned = any(move.name == "owning" for _, move in signs) and self.has_any(("reflecting",))
        is_plain = owned or (len(turns) > 1 and any(tells_of_failure(move.name) for _, move in signs))
        return signs[0] if is_plain else None
