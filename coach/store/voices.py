"""The agent's voice profile: one row of the encrypted file, and no trace of it once it is deleted."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from coach.store import schema

_ONLY = 1


def put(connection: Connection, profile: bytes, on: dt.date) -> None:
    values = {"enrolled_on": on.isoformat(), "profile": profile}
    statement = insert(schema.voice).values(id=_ONLY, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


def get(connection: Connection) -> bytes | None:
    found: bytes | None = connection.execute(select(schema.voice.c.profile)).scalar_one_or_none()
    return found


def enrolled_on(connection: Connection) -> dt.date | None:
    found = connection.execute(select(schema.voice.c.enrolled_on)).scalar_one_or_none()
    return None if found is None else dt.date.fromisoformat(found)


def remove(connection: Connection) -> None:
    connection.execute(delete(schema.voice))
