"""What the agent made of summaries: edits and comments."""

from __future__ import annotations

import dataclasses
import datetime as dt
from abc import abstractmethod
from contextlib import AbstractContextManager

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from coach.errors import KnownError
from coach.store import schema
from coach.values.revisions import WHOLE_CALL, LineRevision, Revision, RevisionStore

_kept = schema.summary_revisions.c
_VALUES = tuple(field.name for field in dataclasses.fields(LineRevision))
_KEY = ("call_id", "line_id")


class RevisionPart(RevisionStore):
    """The part of the local store that keeps edits and comments."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...
    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

    def revision(self, call_id: str) -> Revision:
        with self._reading() as connection:
            found = _of_call(connection, call_id)
        return Revision(found.pop(WHOLE_CALL, LineRevision()).comment, found)

    def revise(self, call_id: str, line_id: str, revision: LineRevision) -> LineRevision:
        with self._writing() as connection:
            known = select(schema.calls.c.id).where(schema.calls.c.id == call_id)
            if connection.execute(known).first() is None:
                raise KnownError("call-unknown", f"There is no call {call_id} among your calls.")
            before = _of_call(connection, call_id).get(line_id, LineRevision())
            if revision == LineRevision():
                mine = (_kept.call_id == call_id) & (_kept.line_id == line_id)
                connection.execute(delete(schema.summary_revisions).where(mine))
            else:
                changed = dataclasses.asdict(revision) | {"changed_utc": dt.datetime.now(dt.UTC).timestamp()}
                made = insert(schema.summary_revisions).values(
                    {"call_id": call_id, "line_id": line_id} | changed
                )
                connection.execute(made.on_conflict_do_update(index_elements=list(_KEY), set_=changed))
        return before


def _of_call(connection: Connection, call_id: str) -> dict[str, LineRevision]:
    mine = select(schema.summary_revisions).where(_kept.call_id == call_id)
    return {
        row.line_id: LineRevision(**{name: getattr(row, name) for name in _VALUES})
        for row in connection.execute(mine)
    }
