"""What became of commitments, kept in memory, under the real rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace

from coach.commitments.office import ALWAYS
from coach.errors import KnownError
from coach.events import Answer, CallRecord, CallSummary
from coach.services.follow_up import EngineFollowUp
from coach.values.follow_up import Followed, Key, Step, about_of
from tests.fakes import sample_call

Calls = dict[str, tuple[CallRecord, CallSummary | None]]

NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=sample_call.ZONE)
"""Two days after the sample call: one of its promises is due at noon."""


class MemoryFollowUp:
    """A ``FollowUpStore`` over the calls of a memory store. ``error`` fails everything,
    ``name_error`` saying whom a call was with."""

    def __init__(self, calls: Calls) -> None:
        self.calls = calls
        self.steps: dict[Key, list[Step]] = {}
        self.references: dict[str, str] = {}
        self.told: dict[Key, dt.datetime] = {}
        self.snoozed: dict[Key, dt.datetime | None] = {}
        self.error: KnownError | None = None
        self.name_error: KnownError | None = None

    def load(self, call_id: str) -> tuple[CallRecord, CallSummary | None]:
        return self.calls[call_id]

    def changing(self) -> nullcontext[None]:
        return nullcontext()

    def finish(self, record: CallRecord, summary: CallSummary) -> None:
        self.calls[record.header.id] = (record, summary)

    def followed(self, call_ids: Sequence[str] | None = None) -> list[Followed]:
        self._fail()
        return [
            Followed(
                call_id,
                made,
                record.header.started_at + dt.timedelta(seconds=made.end_s),
                record.header.title,
                self.references.get(call_id, ""),
                tuple(self.steps.get((call_id, made.id), ())),
                self.told.get((call_id, made.id)),
                self.snoozed.get((call_id, made.id)),
            )
            for call_id, (record, _summary) in self.calls.items()
            for made in record.commitments
            if call_ids is None or call_id in call_ids
        ]

    def keep_step(self, key: Key, step: Step) -> int:
        self._fail()
        number = sum(map(len, self.steps.values())) + 1
        self.steps.setdefault(key, []).append(replace(step, id=number))
        return number

    def set_step_undone(self, step_id: int, undone: bool) -> None:
        for steps in self.steps.values():
            steps[:] = [replace(one, undone=undone) if one.id == step_id else one for one in steps]

    def answer_commitment(self, key: Key, answer: Answer) -> None:
        self._fail()
        record, summary = self.calls[key[0]]
        promises = [replace(one, answer=answer) if one.id == key[1] else one for one in record.commitments]
        self.calls[key[0]] = (replace(record, commitments=promises), summary)

    def set_reference(self, call_id: str, reference: str) -> None:
        if self.name_error is not None:
            raise self.name_error
        self.references[call_id] = reference

    def reference(self, call_id: str) -> str:
        return self.references.get(call_id, "")

    def note_reminded(self, told: Sequence[tuple[Key, dt.datetime]]) -> None:
        for key, told_for in told:
            self.told[key], self.snoozed[key] = told_for, None

    def snooze_reminder(self, key: Key, until: dt.datetime | None) -> None:
        self.snoozed[key] = until

    def calls_about(self) -> list[tuple[str, str]]:
        newest = sorted(self.calls.values(), key=lambda kept: kept[0].header.started_at, reverse=True)
        headers = [record.header for record, _summary in newest]
        named = [(one.id, about_of(self.references.get(one.id, ""), one.title)) for one in headers]
        return [pair for pair in named if pair[1]]

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error


class Clock:
    """The time of day, as the test sets it."""

    def __init__(self, now: dt.datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now


def follow_up_over(store: MemoryFollowUp, now: Callable[[], dt.datetime]) -> EngineFollowUp:
    lead = dt.timedelta(minutes=10)
    return EngineFollowUp(
        lambda: store, lambda: True, lambda _day: ALWAYS, lambda: lead, dict, now, sample_call.ZONE
    )
