"""Sharing, the user's side: keys, people, what goes out, and what came back about it."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from contextlib import AbstractContextManager
from typing import Any, get_args

from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from coach.errors import KnownError
from coach.store import schema
from coach.store import share_schema as tables
from coach.values.share_ports import SharingStore
from coach.values.shares import KeptIdentity, Kind, Known, Note, Opened, Outgoing

_out, _notes = tables.outgoing.c, tables.share_notes.c
_OUT = tuple(column for column in tables.outgoing.c if column.name != "data")
_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}


class SharingPart(SharingStore):
    """The part of the local store from which the user shares."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...
    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

    def identity(self) -> KeptIdentity | None:
        with self._reading() as connection:
            row = connection.execute(select(tables.sharing_identity)).one_or_none()
        return None if row is None else KeptIdentity(row.name, row.sign, row.seal)

    def keep_identity(self, identity: KeptIdentity) -> None:
        values = {"id": 1, "name": identity.name, "sign": identity.sign, "seal": identity.seal}
        with self._writing() as connection:
            made = insert(tables.sharing_identity).values(values).on_conflict_do_nothing()
            if connection.execute(made).rowcount == 0:
                raise KnownError(
                    "identity-there", "You have a key already. Others know you by it, so it stays as it is."
                )

    def replace_identity(self, identity: KeptIdentity, at: dt.datetime) -> None:
        with self._writing() as connection:
            for old in connection.execute(select(tables.sharing_identity)):
                kept = {"name": old.name, "sign": old.sign, "seal": old.seal, "retired_at": at.isoformat()}
                connection.execute(insert(tables.retired_identities).values(kept))
            values = {"name": identity.name, "sign": identity.sign, "seal": identity.seal}
            connection.execute(update(tables.sharing_identity).values(values))

    def retired_identities(self) -> list[KeptIdentity]:
        newest = select(tables.retired_identities).order_by(tables.retired_identities.c.id.desc())
        with self._reading() as connection:
            return [KeptIdentity(row.name, row.sign, row.seal) for row in connection.execute(newest)]

    def people(self) -> list[Known]:
        everyone = select(tables.people).order_by(tables.people.c.name, tables.people.c.fingerprint)
        with self._reading() as connection:
            return [
                Known(row.key, row.seal_key, row.name, row.fingerprint, row.reads, row.retired)
                for row in connection.execute(everyone)
            ]

    def keep_person(self, person: Known) -> None:
        values = {
            "key": person.key,
            "seal_key": person.seal_key,
            "name": person.name,
            "fingerprint": person.fingerprint,
            "reads": person.reads,
            "retired": person.retired,
        }
        with self._writing() as connection:
            made = insert(tables.people).values(values)
            connection.execute(made.on_conflict_do_update(index_elements=["key"], set_=values))

    def remove_person(self, key: bytes) -> None:
        with self._writing() as connection:
            connection.execute(delete(tables.people).where(tables.people.c.key == key))

    def retire_person(self, key: bytes) -> bool:
        mine = (tables.people.c.key == key) & ~tables.people.c.retired
        with self._writing() as connection:
            changed = update(tables.people).where(mine).values(retired=True, reads=False)
            return bool(connection.execute(changed).rowcount)

    def put_out(self, out: Outgoing, data: bytes) -> int:
        values = {
            "share_id": out.share_id,
            "kind": out.kind,
            "call_id": out.call_id,
            "folder": out.folder,
            "name": out.name,
            "made_at": out.made_at.isoformat(),
            "hold_until_utc": out.hold_until.timestamp(),
            "trouble": out.trouble,
            "data": data,
        }
        with self._writing() as connection:
            if out.kind == "summary":
                same = (_out.share_id == out.share_id) & (_out.kind == out.kind) & (_out.folder == out.folder)
                connection.execute(delete(tables.outgoing).where(same, _out.sent_at.is_(None)))
            made = connection.execute(insert(tables.outgoing).values(values).returning(_out.id))
            return int(made.scalar_one())

    def waiting(self, now: dt.datetime) -> list[tuple[Outgoing, bytes]]:
        calls = schema.calls.c
        due = (
            select(tables.outgoing)
            .outerjoin(schema.calls, calls.id == _out.call_id)
            .where(
                _out.sent_at.is_(None), _out.hold_until_utc <= now.timestamp(), calls.deleted_utc.is_(None)
            )
            .order_by(_out.id)
        )
        with self._reading() as connection:
            return [(_outgoing(row), bytes(row.data)) for row in connection.execute(due)]

    def note_sent(self, out_id: int, name: str, at: dt.datetime) -> bool:
        # What was shared is in its folder now; here only that it was.
        return self._change_out(
            out_id, {"name": name, "sent_at": at.isoformat(), "trouble": "", "data": None}
        )

    def note_trouble(self, out_id: int, trouble: str) -> None:
        self._change_out(out_id, {"trouble": trouble})

    def take_back_out(self, out_id: int) -> bool:
        with self._writing() as connection:
            mine = delete(tables.outgoing).where(_out.id == out_id)
            if connection.execute(mine.where(_out.sent_at.is_(None))).rowcount:
                return True
            connection.execute(mine)
            return False

    def outgoing(self, call_id: str | None = None) -> list[Outgoing]:
        found = select(*_OUT).order_by(_out.id.desc())
        if call_id is not None:
            found = found.where(_out.call_id == call_id)
        with self._reading() as connection:
            return [_outgoing(row) for row in connection.execute(found)]

    def notes(self, share_id: str) -> list[Note]:
        mine = select(tables.share_notes).where(_notes.share_id == share_id)
        with self._reading() as connection:
            return sorted(map(_note, connection.execute(mine)), key=lambda one: (one.at_s, one.made_at))

    def unread_notes(self) -> list[Note]:
        unread = select(tables.share_notes).where(~_notes.mine, _notes.acknowledged_at.is_(None))
        with self._reading() as connection:
            return sorted(map(_note, connection.execute(unread)), key=lambda one: one.made_at)

    def keep_note(self, note: Note) -> bool:
        values = {
            "id": note.id,
            "person": note.person,
            "share_id": note.share_id,
            "mine": note.mine,
            "text": note.text,
            "at_s": note.at_s,
            "line_id": note.line_id,
            "made_at": note.made_at.isoformat(),
        }
        with self._writing() as connection:
            made = insert(tables.share_notes).values(values).on_conflict_do_nothing()
            return bool(connection.execute(made).rowcount)

    def acknowledge(self, note_id: str, person: bytes, at: dt.datetime) -> Note:
        mine = (_notes.id == note_id) & (_notes.person == person)
        with self._writing() as connection:
            row = connection.execute(select(tables.share_notes).where(mine)).one_or_none()
            if row is None:
                raise KnownError("note-unknown", "This note is no longer here. Open the call again.")
            if row.acknowledged_at is None:
                changed = update(tables.share_notes).where(mine).values(acknowledged_at=at.isoformat())
                connection.execute(changed)
        return _note(row)

    def keep_opened(self, share_id: str, opened: Opened) -> bool:
        values = {"share_id": share_id, "person": opened.person, "at": opened.at.isoformat()}
        with self._writing() as connection:
            made = insert(tables.share_opened).values(values).on_conflict_do_nothing()
            return bool(connection.execute(made).rowcount)

    def opened(self, share_id: str) -> list[Opened]:
        mine = select(tables.share_opened).where(tables.share_opened.c.share_id == share_id)
        with self._reading() as connection:
            found = [Opened(row.person, _moment(row.at)) for row in connection.execute(mine)]
        return sorted(found, key=lambda one: one.at)

    def _change_out(self, out_id: int, values: dict[str, Any]) -> bool:
        with self._writing() as connection:
            changed = update(tables.outgoing).where(_out.id == out_id).values(values)
            return bool(connection.execute(changed).rowcount)


def forget_answers(connection: Connection, deleted_before_utc: float) -> None:
    """What others answered about calls that go for good: notes quote what was said."""
    gone = select(schema.calls.c.id).where(schema.calls.c.deleted_utc < deleted_before_utc)
    shares = select(_out.share_id).where(_out.call_id.in_(gone), _out.kind == "summary")
    connection.execute(delete(tables.share_notes).where(_notes.share_id.in_(shares), ~_notes.mine))
    opened = tables.share_opened
    connection.execute(delete(opened).where(opened.c.share_id.in_(shares)))


def _outgoing(row: Row[Any]) -> Outgoing:
    return Outgoing(
        row.id,
        row.share_id,
        _KINDS[row.kind],
        row.call_id,
        row.folder,
        row.name,
        _moment(row.made_at),
        dt.datetime.fromtimestamp(row.hold_until_utc, dt.UTC),
        None if row.sent_at is None else _moment(row.sent_at),
        row.trouble,
    )


def _note(row: Row[Any]) -> Note:
    done = None if row.acknowledged_at is None else _moment(row.acknowledged_at)
    return Note(
        row.id,
        row.share_id,
        row.person,
        row.mine,
        row.text,
        row.at_s,
        row.line_id,
        _moment(row.made_at),
        done,
    )


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
