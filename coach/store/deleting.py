"""Calls that are deleted: hidden until they are restored, or gone for good."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from sqlalchemy import Connection, delete, select, update

from coach.errors import KnownError
from coach.store import feedback, practice, schema, sharing
from coach.store.running import Writer, in_turn

_PATIENCE = 6
"""So many times longer than for a write is waited for a call that is read, judged and written again."""


class DeletingPart(ABC):
    """The part of the local store that takes calls away."""

    _path: Path
    _wait_s: float
    _writer: Writer

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...
    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...
    @abstractmethod
    def _fold_log(self) -> None: ...

    def delete(self, call_id: str) -> None:
        """Mark as deleted: gone from the list until ``restore``, or for good with ``purge``.

        Raises ``KnownError`` ("call-unknown"), as ``restore`` does.
        """
        self._mark(call_id, deleted_utc=now_utc())

    def changing(self) -> AbstractContextManager[None]:
        return in_turn(self._path, _PATIENCE * self._wait_s)

    def erase(self, call_id: str) -> None:
        # Not while it is read to be written again, which would bring it back.
        with self.changing():
            self._mark(call_id, deleted_utc=0.0)
            self.purge(dt.datetime(1971, 1, 1, tzinfo=dt.UTC))

    def forget(self, call_id: str) -> None:
        if self._is_running(call_id):
            # Its end would keep it again, whole.
            raise KnownError(
                "call-unfinished", "This call is still running. Stop it, then delete it for good."
            )
        self.erase(call_id)
        self._remove_copies(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1))

    def _is_running(self, call_id: str) -> bool:
        """Here, or in another program; a call that a crash left open is not."""
        calls = schema.calls.c
        with self._reading() as connection:
            row = connection.execute(select(calls.finished, calls.writer).where(calls.id == call_id)).first()
        if row is None or row.finished:
            return False
        return row.writer == self._writer.id or not self._writer.is_gone(row.writer)

    def restore(self, call_id: str) -> None:
        self._mark(call_id, deleted_utc=None, brought_back_utc=now_utc())

    def _mark(self, call_id: str, **values: float | None) -> None:
        marked = update(schema.calls).where(schema.calls.c.id == call_id).values(values)
        with self._writing() as connection:
            if connection.execute(marked).rowcount == 0:
                raise unknown(call_id)

    def purge(self, older_than: dt.datetime) -> int:
        """Remove for good what was marked deleted before ``older_than``; how many calls that were."""
        now, marked = now_utc(), schema.calls.c.deleted_utc
        # Deleted by a clock that was ahead: its days begin now, or it would lie there for years.
        ahead = update(schema.calls).where(marked > max(now, older_than.timestamp())).values(deleted_utc=now)
        old = delete(schema.calls).where(schema.calls.c.deleted_utc < older_than.timestamp())
        with self._writing() as connection:
            connection.execute(ahead)
            feedback.forget_words(connection, older_than.timestamp())
            sharing.forget_answers(connection, older_than.timestamp())
            gone = connection.execute(old).rowcount
            practice.forget_calls(connection)
        if gone:
            self._fold_log()
        self._remove_copies(older_than)
        return gone

    def _remove_copies(self, older_than: dt.datetime) -> None:
        """The copy an upgrade made still holds what was deleted since, so it is kept no longer than that."""
        for copy in self._path.parent.glob(f"{self._path.name}.before-*"):
            with suppress(OSError):  # somebody reads it: next time
                if copy.stat().st_mtime < older_than.timestamp():
                    copy.unlink()


def now_utc() -> float:
    return dt.datetime.now(dt.UTC).timestamp()


def unknown(call_id: str) -> KnownError:
    return KnownError("call-unknown", f"There is no call {call_id} among your calls. Choose another.")
