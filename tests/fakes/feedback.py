"""What was called unfair, kept in memory, under the real rules for thresholds and export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from coach.errors import KnownError
from coach.events import CallRecord
from coach.services.feedback import EngineFeedback
from coach.taxonomy import CONTENTIOUS
from coach.values.judgements import Judgement, Verdict

SHIPPED = dict.fromkeys(CONTENTIOUS, 0.44)
SAID_AT = dt.datetime(2026, 11, 22, 16, 30, tzinfo=dt.UTC)


class MemoryFeedback:
    """A ``FeedbackStore``; ``record_of`` gives the call a flag is in. ``error`` fails everything."""

    def __init__(self, record_of: Callable[[str], CallRecord]) -> None:
        self.kept: list[Judgement] = []
        self.error: KnownError | None = None
        self._record_of = record_of

    def contest(self, call_id: str, turn_index: int, move: str) -> int:
        self._fail()
        for place, one in enumerate(self.kept):
            if (one.call_id, one.turn_index, one.verdict) == (call_id, turn_index, Verdict(move, False)):
                self.kept[place] = replace(one, undone_at=None)
                return one.id
        record = self._record_of(call_id)
        turn = next(turn for turn in record.turns if turn.index == turn_index)
        found = record.moves[turn_index]
        flag = next(one for one in found if one.name == move)
        number = len(self.kept) + 1
        self.kept.append(
            Judgement(
                number,
                Verdict(move, False),
                SAID_AT + dt.timedelta(minutes=number),
                flag.confidence,
                call_id,
                record.header.title,
                turn_index,
                turn.start_s,
                turn.text,
                flag.evidence,
                tuple(one.name for one in found),
            )
        )
        return number

    def take_back(self, ids: Sequence[int]) -> list[int]:
        return self._set(ids, SAID_AT)

    def contest_again(self, ids: Sequence[int]) -> list[int]:
        return self._set(ids, None)

    def verdicts(self) -> list[Verdict]:
        return [one.verdict for one in self.judgements() if one.stands]

    def judgements(self) -> list[Judgement]:
        self._fail()
        return list(self.kept)

    def _set(self, ids: Sequence[int], undone_at: dt.datetime | None) -> list[int]:
        self._fail()
        changed = [one.id for one in self.kept if one.id in ids and one.stands == (undone_at is not None)]
        self.kept = [replace(one, undone_at=undone_at) if one.id in changed else one for one in self.kept]
        return changed

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error


def feedback_over(kept: MemoryFeedback) -> EngineFeedback:
    return EngineFeedback(lambda: kept, lambda: True, lambda: SHIPPED)
