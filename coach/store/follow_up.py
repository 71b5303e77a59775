"""What became of commitments: the steps taken, the reminders given, and whom each call was about."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection, Row, select, update
from sqlalchemy.dialects.sqlite import insert

from coach.errors import KnownError
from coach.events import Answer
from coach.store import rows, schema
from coach.values.follow_up import Followed, FollowUpStore, Key, Step, StepKind, about_of

_calls, _promises = schema.calls.c, schema.commitments.c
_steps, _reminders = schema.commitment_steps.c, schema.commitment_reminders.c

_FOLLOWED = (
    select(
        schema.commitments,
        _calls.title,
        _calls.reference,
        _calls.started_at,
        _reminders.told_for_utc,
        _reminders.snoozed_until_utc,
    )
    .join(schema.calls, _calls.id == _promises.call_id)
    .outerjoin(
        schema.commitment_reminders,
        (_reminders.call_id == _promises.call_id) & (_reminders.commitment_id == _promises.id),
    )
    .where(_calls.deleted_utc.is_(None))
    .order_by(_calls.started_utc, _calls.number, _promises.turn_index, _promises.start_s, _promises.id)
)


class FollowUpPart(FollowUpStore):
    """The part of the local store that follows commitments."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...
    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

    def followed(self, call_ids: Sequence[str] | None = None) -> list[Followed]:
        steps = select(schema.commitment_steps).order_by(_steps.at_utc, _steps.id)
        found = _FOLLOWED
        if call_ids is not None:
            steps, found = (
                steps.where(_steps.call_id.in_(call_ids)),
                found.where(_promises.call_id.in_(call_ids)),
            )
        taken: dict[Key, list[Step]] = defaultdict(list)
        with self._reading() as connection:
            for row in connection.execute(steps):
                taken[row.call_id, row.commitment_id].append(_step_of(row))
            return [_followed(row, taken) for row in connection.execute(found)]

    def keep_step(self, key: Key, step: Step) -> int:
        """Returns the step's id. Raises ``KnownError`` ("commitment-unknown")."""
        with self._writing() as connection:
            _must_be(connection, key)
            values = {
                "call_id": key[0],
                "commitment_id": key[1],
                "kind": step.kind.value,
                "at": step.at.isoformat(),
                "at_utc": step.at.timestamp(),
                "action": step.action,
                "due": rows.due_to_json(step.due),
            }
            made = connection.execute(insert(schema.commitment_steps).values(values).returning(_steps.id))
            return int(made.scalar_one())

    def set_step_undone(self, step_id: int, undone: bool) -> None:
        """Take a step back, or let it count again. Raises ``KnownError`` ("step-unknown")."""
        when = dt.datetime.now(dt.UTC).timestamp() if undone else None
        mine = update(schema.commitment_steps).where(_steps.id == step_id).values(undone_utc=when)
        with self._writing() as connection:
            if connection.execute(mine).rowcount == 0:
                raise KnownError(
                    "step-unknown", "This is no longer among what was done. Open the list again."
                )

    def answer_commitment(self, key: Key, answer: Answer) -> None:
        with self._writing() as connection:
            _must_be(connection, key)
            mine = (_promises.call_id == key[0]) & (_promises.id == key[1])
            connection.execute(update(schema.commitments).where(mine).values(answer=answer.value))

    def set_reference(self, call_id: str, reference: str) -> None:
        """Raises ``KnownError`` ("call-unknown")."""
        mine = update(schema.calls).where(_calls.id == call_id).values(reference=reference)
        with self._writing() as connection:
            if connection.execute(mine).rowcount == 0:
                raise KnownError("call-unknown", f"There is no call {call_id} among your calls.")

    def reference(self, call_id: str) -> str:
        with self._reading() as connection:
            found = connection.execute(select(_calls.reference).where(_calls.id == call_id)).scalar()
        return found or ""

    def calls_about(self) -> list[tuple[str, str]]:
        newest = (_calls.started_utc.desc(), _calls.number.desc())
        every = select(_calls.id, _calls.title, _calls.reference).where(_calls.deleted_utc.is_(None))
        with self._reading() as connection:
            found = connection.execute(every.order_by(*newest)).all()
        named = [(row.id, about_of(row.reference, row.title)) for row in found]
        return [(call_id, about) for call_id, about in named if about]

    def note_reminded(self, told: Sequence[tuple[Key, dt.datetime]]) -> None:
        with self._writing() as connection:
            for key, told_for in told:
                changed = {"told_for_utc": told_for.timestamp(), "snoozed_until_utc": None}
                _put_reminder(connection, key, changed)

    def snooze_reminder(self, key: Key, until: dt.datetime | None) -> None:
        with self._writing() as connection:
            changed = {"snoozed_until_utc": None if until is None else until.timestamp()}
            _put_reminder(connection, key, changed)


def _put_reminder(connection: Connection, key: Key, changed: rows.Values) -> None:
    _must_be(connection, key)
    made = insert(schema.commitment_reminders).values({"call_id": key[0], "commitment_id": key[1]} | changed)
    connection.execute(made.on_conflict_do_update(index_elements=["call_id", "commitment_id"], set_=changed))


def _must_be(connection: Connection, key: Key) -> None:
    mine = select(_promises.id).where(_promises.call_id == key[0], _promises.id == key[1])
    if connection.execute(mine).first() is None:
        raise KnownError(
            "commitment-unknown", "This commitment is no longer among your calls. Open the list again."
        )


def _followed(row: Row[Any], taken: dict[Key, list[Step]]) -> Followed:
    made = rows.commitment_of(row)
    return Followed(
        row.call_id,
        made,
        dt.datetime.fromisoformat(row.started_at) + dt.timedelta(seconds=made.end_s),
        row.title,
        row.reference,
        tuple(taken.get((row.call_id, made.id), ())),
        _moment(row.told_for_utc),
        _moment(row.snoozed_until_utc),
    )


def _step_of(row: Row[Any]) -> Step:
    at = dt.datetime.fromisoformat(row.at)
    return Step(StepKind(row.kind), at, row.action, rows.due_of(row.due), row.id, row.undone_utc is not None)


def _moment(utc: float | None) -> dt.datetime | None:
    return None if utc is None else dt.datetime.fromtimestamp(utc, dt.UTC)
