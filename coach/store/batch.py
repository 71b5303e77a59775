"""Recordings in line, and the voices picked for them."""

from __future__ import annotations

import hashlib
import os
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, insert, select, update
from sqlalchemy.dialects import sqlite

from coach.store import schema
from coach.store.running import alone
from coach.values.batches import BatchItem, BatchState, BatchStore, Forgotten, Reviewed, Side

_items, _voices = schema.batch_items.c, schema.batch_voices.c
_reviewed = schema.reviewed_recordings.c
_AT_ONCE = 500
"""Fewer than the variables SQLite takes in one statement."""


class BatchPart(BatchStore):
    """The part of the local store for recordings in line."""

    _path: Path

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...
    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...
    @abstractmethod
    def _fold_log(self) -> None: ...

    def batch_items(self) -> list[BatchItem]:
        with self._reading() as connection:
            return [_item(row) for row in connection.execute(select(schema.batch_items).order_by(_items.id))]

    def add_batch_items(self, items: Sequence[BatchItem]) -> list[BatchItem]:
        if not items:
            return []
        with self._writing() as connection:
            connection.execute(insert(schema.batch_items), [_values(item) for item in items])
            last = select(schema.batch_items).order_by(_items.id.desc()).limit(len(items))
            return [_item(row) for row in reversed(connection.execute(last).all())]

    def keep_batch_items(self, items: Sequence[BatchItem]) -> None:
        if not items:
            return
        with self._writing() as connection:
            before = _voices_of(connection, [item.id for item in items])
            same = update(schema.batch_items).where(_items.id == bindparam("item_id"))
            connection.execute(same, [_values(item) | {"item_id": item.id} for item in items])
            # Another was picked in its place: the one before may be anybody's.
            gone = before - {item.side.voice_id for item in items}
            if gone:
                connection.execute(
                    delete(schema.batch_voices).where(_voices.id.in_(gone), _voices.id.not_in(_wanted()))
                )
        if gone:
            self._fold_log()

    def forget_batch_items(self, ids: Sequence[int]) -> None:
        with self._writing() as connection:
            for at in range(0, len(ids), _AT_ONCE):
                connection.execute(delete(schema.batch_items).where(_items.id.in_(ids[at : at + _AT_ONCE])))
            gone = connection.execute(delete(schema.batch_voices).where(_voices.id.not_in(_wanted())))
        if gone.rowcount:
            self._fold_log()

    def put_back_batch_items(self, forgotten: Forgotten) -> None:
        if not forgotten.items:
            return
        with self._writing() as connection:
            for number, profile in forgotten.voices.items():
                kept = sqlite.insert(schema.batch_voices).values(id=number, profile=profile)
                connection.execute(kept.on_conflict_do_nothing())
            values = [_values(item) | {"id": item.id} for item in forgotten.items]
            connection.execute(sqlite.insert(schema.batch_items).on_conflict_do_nothing(), values)

    def keep_batch_voice(self, profile: bytes) -> int:
        with self._writing() as connection:
            made = insert(schema.batch_voices).values(profile=profile).returning(_voices.id)
            return int(connection.execute(made).scalar_one())

    def batch_voice(self, voice_id: int) -> bytes | None:
        with self._reading() as connection:
            found: bytes | None = connection.execute(
                select(_voices.profile).where(_voices.id == voice_id)
            ).scalar_one_or_none()
        return found

    def reviewed(self, digest: str) -> Reviewed | None:
        listed = select(_reviewed.call_id, _reviewed.finished).join(
            schema.calls, schema.calls.c.id == _reviewed.call_id
        )
        mine = listed.where(_reviewed.digest == digest, schema.calls.c.deleted_utc.is_(None))
        with self._reading() as connection:
            row = connection.execute(mine).one_or_none()
        return None if row is None else Reviewed(row.call_id, row.finished)

    def keep_reviewed(self, digest: str, reviewed: Reviewed) -> None:
        values = {"call_id": reviewed.call_id, "finished": reviewed.finished}
        put = sqlite.insert(schema.reviewed_recordings).values(digest=digest, **values)
        with self._writing() as connection:
            connection.execute(put.on_conflict_do_update(index_elements=["digest"], set_=values))

    def take_over_reviewed(self, noted: Mapping[str, Reviewed]) -> None:
        if not noted:
            return
        values = [
            {"digest": digest, "call_id": one.call_id, "finished": one.finished}
            for digest, one in noted.items()
        ]
        with self._writing() as connection:
            connection.execute(sqlite.insert(schema.reviewed_recordings).on_conflict_do_nothing(), values)

    def half_read(self) -> dict[str, str]:
        begun = select(_reviewed.call_id, _reviewed.digest).where(~_reviewed.finished)
        with self._reading() as connection:
            return {row.call_id: row.digest for row in connection.execute(begun)}

    def reading_alone(self, digest: str) -> AbstractContextManager[bool]:
        # The name says nothing of the recording that its own digest could be looked up by.
        return alone(self._path, hashlib.sha256(digest.encode()).hexdigest()[:16])

    def forget_reviewed(self, digest: str) -> None:
        with self._writing() as connection:
            connection.execute(delete(schema.reviewed_recordings).where(_reviewed.digest == digest))


def _wanted() -> Select[Any]:
    return select(_items.voice_id).where(_items.voice_id.is_not(None))


def _voices_of(connection: Connection, ids: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for at in range(0, len(ids), _AT_ONCE):
        found |= set(connection.execute(_wanted().where(_items.id.in_(ids[at : at + _AT_ONCE]))).scalars())
    return found


def _values(item: BatchItem) -> dict[str, Any]:
    return {
        "path": os.fsencode(item.path),
        "channel": item.side.channel,
        "find": item.side.find,
        "everyone": item.side.everyone,
        "voice_id": item.side.voice_id or None,
        "state": item.state.value,
        "size_bytes": item.size_bytes,
        "call_id": item.call_id,
        "duration_s": item.duration_s,
        "flags": item.flags,
        "repaired": item.repaired,
        "taken": item.taken,
        "why": item.why,
        "notes": list(item.notes),
        "again": item.again,
        "tries": item.tries,
    }


def _item(row: Row[Any]) -> BatchItem:
    return BatchItem(
        row.id,
        Path(os.fsdecode(row.path)),
        Side(row.channel, row.find, row.voice_id or 0, row.everyone),
        BatchState(row.state),
        row.size_bytes,
        row.call_id,
        row.duration_s,
        row.flags,
        row.repaired,
        row.taken,
        row.why,
        tuple(row.notes),
        row.again,
        row.tries,
    )
