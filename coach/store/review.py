"""Where recordings are, notes about flags, and words put right: all goes with its call."""

from __future__ import annotations

import datetime as dt
import os
from abc import abstractmethod
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError

from coach.errors import KnownError
from coach.events import CallRecord, CallSummary
from coach.store import rows, schema
from coach.values.reviewing import Correction, FlagNote, Recording, ReviewStore, TurnState

_recordings, _notes, _corrections = schema.recordings.c, schema.flag_notes.c, schema.corrections.c
_state = TypeAdapter(TurnState)


class ReviewPart(ReviewStore):
    """The part of the local store for going through a recording again."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...
    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...
    @abstractmethod
    def _put_call(self, connection: Connection, record: CallRecord, summary: CallSummary) -> None: ...

    def keep_recording(self, recording: Recording) -> None:
        values = {
            "path": os.fsencode(recording.path),
            "size_bytes": recording.size_bytes,
            "modified_s": recording.modified_s,
            "sha256": recording.sha256,
            "channel": recording.channel,
        }
        made = insert(schema.recordings).values({"call_id": recording.call_id} | values)
        with self._writing() as connection:
            _keep(connection, made.on_conflict_do_update(index_elements=["call_id"], set_=values))

    def recording(self, call_id: str) -> Recording | None:
        with self._reading() as connection:
            row = connection.execute(
                select(schema.recordings).where(_recordings.call_id == call_id)
            ).one_or_none()
        if row is None:
            return None
        return Recording(**dict(row._mapping) | {"path": os.fsdecode(row.path)})

    def keep_flag_note(self, call_id: str, note: FlagNote) -> None:
        with self._writing() as connection:
            if not note.text.strip():
                same = (_notes.turn_index == note.turn_index) & (_notes.move == note.move)
                connection.execute(delete(schema.flag_notes).where(_notes.call_id == call_id, same))
                return
            key = {"call_id": call_id, "turn_index": note.turn_index, "move": note.move}
            made = insert(schema.flag_notes).values(key | {"text": note.text})
            _keep(connection, made.on_conflict_do_update(index_elements=list(key), set_={"text": note.text}))

    def flag_notes(self, call_id: str) -> list[FlagNote]:
        mine = select(schema.flag_notes).where(_notes.call_id == call_id)
        with self._reading() as connection:
            found = connection.execute(mine.order_by(_notes.turn_index, _notes.move)).all()
        return [FlagNote(row.turn_index, row.move, row.text) for row in found]

    def keep_correction(self, record: CallRecord, summary: CallSummary, correction: Correction) -> int:
        values = {
            "call_id": record.header.id,
            "turn_index": correction.turn_index,
            "at": correction.at.isoformat(),
            "before": _state.dump_python(correction.before, mode="json"),
            "said": correction.said,
        }
        with self._writing() as connection:
            self._put_again(connection, record, summary)
            made = connection.execute(insert(schema.corrections).values(values).returning(_corrections.id))
            return int(made.scalar_one())

    def undo_correction(
        self,
        record: CallRecord,
        summary: CallSummary,
        correction_id: int,
        anew: Iterable[Correction] = (),
    ) -> None:
        """``anew``: later corrections that were made again on the turns as they are now."""
        mine = (_corrections.id == correction_id) & (_corrections.call_id == record.header.id)
        now_utc = dt.datetime.now(dt.UTC).timestamp()
        with self._writing() as connection:
            self._put_again(connection, record, summary)
            connection.execute(update(schema.corrections).where(mine).values(undone_utc=now_utc))
            for one in anew:
                same = (_corrections.id == one.id) & (_corrections.call_id == record.header.id)
                values = {"before": _state.dump_python(one.before, mode="json"), "said": one.said}
                connection.execute(update(schema.corrections).where(same).values(values))

    def _put_again(self, connection: Connection, record: CallRecord, summary: CallSummary) -> None:
        """A call that was deleted for good since it was read does not come back by being corrected."""
        there = select(schema.calls.c.id).where(schema.calls.c.id == record.header.id)
        if connection.execute(there).first() is None:
            raise _gone()
        self._put_call(connection, record, summary)

    def corrections(self, call_id: str) -> list[Correction]:
        mine = select(schema.corrections).where(_corrections.call_id == call_id)
        with self._reading() as connection:
            return [_correction(row) for row in connection.execute(mine.order_by(_corrections.id))]


def _keep(connection: Connection, statement: Any) -> None:
    try:
        connection.execute(statement)
    except IntegrityError as error:
        raise _gone() from error


def _gone() -> KnownError:
    return KnownError("call-unknown", "This call is no longer among your calls.")


def _correction(row: Row[Any]) -> Correction:
    return Correction(
        row.turn_index,
        dt.datetime.fromisoformat(row.at),
        rows.valid(_state, row.before),
        row.said,
        row.id,
        row.undone_utc is not None,
    )
