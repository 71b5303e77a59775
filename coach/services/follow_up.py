"""The part of the composition root that follows commitments until they are kept."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from coach.calls.summary import conclude
from coach.commitments.due_field import read_due
from coach.commitments.heard import heard
from coach.commitments.lifecycle import by_week, clashes, current, in_order, mended, next_step, state_of
from coach.commitments.office import ALWAYS, Office
from coach.commitments.reminding import due_reminders
from coach.commitments.words import plain_text, table
from coach.errors import KnownError
from coach.events import Answer, CallHeader, CallRecord, CallSummary, Commitment, Due, Owner
from coach.machine.whole_files import write_whole
from coach.redaction.hiding import find, hide
from coach.values.follow_up import (
    KEPT,
    SETTLED,
    Brief,
    DueRead,
    ExportFormat,
    Followed,
    FollowUpServices,
    FollowUpStore,
    Heard,
    Key,
    Overview,
    PastCall,
    Reminder,
    Step,
    StepKind,
)

log = logging.getLogger(__name__)

WEEKS_SHOWN = 12
SETTLED_SHOWN = 5
MAX_REFERENCE_CHARS = 120
MAX_ACTION_CHARS = 300


class Store(FollowUpStore, Protocol):
    """What is needed of the store here."""

    def load(self, call_id: str) -> tuple[CallRecord, CallSummary | None]: ...
    def finish(self, record: CallRecord, summary: CallSummary) -> None: ...
    def changing(self) -> AbstractContextManager[None]: ...


class EngineFollowUp(FollowUpServices):
    """``store`` opens the store, and raises what it raises; where there is none yet (``any_kept``) it is not
    made only to find nothing in it. ``office`` and ``lead`` are those of the settings when asked.
    """

    def __init__(
        self,
        store: Callable[[], Store],
        any_kept: Callable[[], bool],
        office: Callable[[dt.date], Office],
        lead: Callable[[], dt.timedelta],
        titles: Callable[[], Mapping[str, str]],
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now().astimezone(),
        zone: dt.tzinfo | None = None,
    ) -> None:
        self._store = store
        self._any_kept = any_kept
        self._office_of = office
        self._lead = lead
        self._titles = titles
        self._now = now
        self._zone = zone

    def heard(self, commitment: Commitment, header: CallHeader, moves: Sequence[str] = ()) -> Heard:
        said_at = header.started_at + dt.timedelta(seconds=commitment.end_s)
        return heard(commitment, said_at, moves, self._office())

    def overview(self) -> Overview:
        every, now = self._followed(), self._now()
        return Overview(
            now,
            tuple(in_order(every, now, self._zone)),
            {one.key: state_of(one, now, self._zone) for one in every},
            clashes(every, now, self._zone),
            by_week(every, now, WEEKS_SHOWN, self._zone),
        )

    def followed(self, key: Key) -> Followed | None:
        return next((one for one in self._followed([key[0]]) if one.key == key), None)

    def mended(self, call_id: str) -> dict[str, Commitment]:
        """The commitments of a call whose words or time the agent edited, by their ids, as they are now."""
        pairs = ((one.heard, mended(one)) for one in self._followed([call_id]))
        return {made.id: made for heard_first, made in pairs if made != heard_first}

    def settled_of(self, call_id: str) -> tuple[frozenset[str], int]:
        """Of what the agent and the company promised in a call: ids of those settled; how many were kept."""
        now = self._now()
        ours = (
            one
            for one in self._followed([call_id])
            if not one.dropped and one.heard.owner is not Owner.CUSTOMER
        )
        states = {one.heard.id: state_of(one, now, self._zone) for one in ours}
        settled = frozenset(key for key, state in states.items() if state in SETTLED)
        return settled, sum(state in KEPT for state in states.values())

    def settle(self, followed: Followed, kind: StepKind) -> int:
        made = current(followed)
        return self.change(followed, kind, made.action, made.due)

    def change(self, followed: Followed, kind: StepKind, action: str, due: Due) -> int:
        now = self._now()
        # Read anew: another window, or the command line, may have settled it meanwhile.
        latest = next((one for one in self._followed([followed.call_id]) if one.key == followed.key), None)
        if latest is None:
            raise KnownError("commitment-unknown", "This commitment is no longer here. Open the list again.")
        if action != current(latest).action:
            action = _without_secrets(action)
        if len(action) > MAX_ACTION_CHARS:
            raise KnownError("action-too-long", f"Say it in {MAX_ACTION_CHARS} characters at most.")
        if kind is StepKind.RE_AGREED and due is None:
            raise KnownError("due-missing", "Say for when it is agreed now.")
        step = next_step(latest, Step(kind, now, action, due), now, self._zone)
        if step is None:
            state = "dropped" if latest.dropped else state_of(latest, now, self._zone).value
            raise KnownError("step-impossible", f"This commitment is {state}. Undo that first.")
        return self._store().keep_step(followed.key, step)

    def take_back(self, step_id: int) -> None:
        self._store().set_step_undone(step_id, True)

    def do_again(self, step_id: int) -> None:
        self._store().set_step_undone(step_id, False)

    def answer(self, key: Key, answer: Answer) -> None:
        store = self._store()
        with store.changing():
            store.answer_commitment(key, answer)
            record, summary = store.load(key[0])
            if summary is not None:
                store.finish(record, conclude(record, dict(self._titles())))

    def set_reference(self, call_id: str, reference: str) -> None:
        self._store().set_reference(call_id, " ".join(reference.split())[:MAX_REFERENCE_CHARS])

    def reference(self, call_id: str) -> str:
        return self._store().reference(call_id) if self._any_kept() else ""

    def read_due(self, words: str) -> DueRead:
        return read_due(words, self._now(), self._office())

    def abouts(self) -> list[str]:
        named = self._store().calls_about() if self._any_kept() else []
        return list({about.casefold(): about for _call_id, about in reversed(named)}.values())[::-1]

    def brief(self, about: str) -> Brief:
        wanted = about.strip().casefold()
        named = self._store().calls_about() if self._any_kept() else []
        calls = [call_id for call_id, theirs in named if theirs.casefold() == wanted]
        now = self._now()
        every = in_order([one for one in self._followed(calls) if not one.dropped], now, self._zone)
        open_ones = [one for one in every if state_of(one, now, self._zone) not in SETTLED]
        settled = [one for one in every if state_of(one, now, self._zone) in SETTLED]
        last = next((past for past in map(self._past, calls) if past is not None), None)
        return Brief(about.strip(), tuple(open_ones), tuple(settled[:SETTLED_SHOWN]), last, len(calls))

    def _past(self, call_id: str) -> PastCall | None:
        record, summary = self._store().load(call_id)
        if summary is None:
            return None
        lines = tuple((section.key, line) for section in summary.sections for line in section.lines)
        return PastCall(call_id, record.header.title, record.header.started_at, lines)

    def reminders(self) -> tuple[list[Reminder], dt.timedelta | None]:
        now = self._now()
        given, later = due_reminders(self._followed(), now, self._office(), self._lead(), self._zone)
        return given, None if later is None else later - now

    def reminded(self, given: Sequence[Reminder]) -> None:
        self._store().note_reminded([(one.followed.key, one.at) for one in given])

    def snooze(self, key: Key, minutes: int) -> None:
        self._store().snooze_reminder(key, self._now() + dt.timedelta(minutes=minutes))

    def written(self, chosen: Sequence[Followed], form: ExportFormat) -> bytes:
        now, chosen = self._now(), [_safe(one) for one in chosen]
        if form == "ics":
            # Its library takes a while to load, and is rarely needed.
            from coach.commitments.calendar_file import calendar_file

            return calendar_file(chosen, now, self._lead(), self._zone)
        if form == "csv":
            # Spreadsheets take a file without the mark for their own old alphabet.
            return table(chosen, now, self._zone).encode("utf-8-sig")
        return plain_text(chosen, now, self._zone).encode()

    def export(
        self, chosen: Sequence[Followed], form: ExportFormat, path: Path, replace: bool = False
    ) -> None:
        write_whole(path, self.written(chosen, form), replace)

    def _followed(self, call_ids: Sequence[str] | None = None) -> list[Followed]:
        return self._store().followed(call_ids) if self._any_kept() else []

    def _office(self) -> Office:
        try:
            return self._office_of(self._now().date())
        except KnownError as error:
            # A country that is not known is told where it is set; times are still counted without it.
            log.warning("%s", error.code)
            return ALWAYS


def _without_secrets(words: str) -> str:
    """Numbers and passwords go out of what is typed as out of what is heard."""
    return hide(words, find(words))


def _safe(one: Followed) -> Followed:
    """As it may be written to a file: also what was typed before it was looked at as it is now."""
    steps = tuple(replace(step, action=_without_secrets(step.action)) for step in one.steps)
    return replace(one, steps=steps)
