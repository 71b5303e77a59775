"""Sharing, the reader's side: what came in, what was set aside, and full-text search over it."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, null, select, text, update
from sqlalchemy.dialects.sqlite import insert

from coach.errors import KnownError
from coach.store import search
from coach.store import share_schema as tables
from coach.values import hits
from coach.values.share_ports import InboxStore
from coach.values.shares import NOT_READ, Aside, Draft, FoundFile, KeptShare

_in, _files, _words = tables.inbox.c, tables.share_files.c, tables.share_words.c
_sound, _notes = tables.share_sound.c, tables.share_notes.c

_SHARES_WITH = text(
    "SELECT DISTINCT inbox_id FROM share_words"
    " WHERE id IN (SELECT rowid FROM share_search WHERE share_search MATCH :term)"
)
_SNIPPETS = text(
    f"SELECT share_words.inbox_id, snippet(share_search, 0, '{hits.BEGINS}', '{hits.ENDS}', '…', 18) AS shown"
    " FROM share_search"
    " JOIN share_words ON share_words.id = share_search.rowid WHERE share_search MATCH :words"
    " ORDER BY share_words.id"
)


class InboxPart(InboxStore):
    """The part of the local store that keeps what others shared."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...
    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...
    @abstractmethod
    def _fold_log(self) -> None: ...

    def seen(self) -> set[FoundFile]:
        with self._reading() as connection:
            return {
                FoundFile(row.path, row.size_bytes, row.modified_s)
                for row in connection.execute(select(tables.share_files))
            }

    def note_seen(self, file: FoundFile, aside: Aside | None = None) -> None:
        values = {
            "path": file.path,
            "size_bytes": file.size_bytes,
            "modified_s": file.modified_s,
            "code": aside.code if aside else "",
            "message": aside.message if aside else "",
            "card": aside.card if aside else "",
            "noted_at": (aside.noted_at if aside else dt.datetime.now(dt.UTC)).isoformat(),
        }
        with self._writing() as connection:
            made = insert(tables.share_files).values(values)
            connection.execute(made.on_conflict_do_update(index_elements=["path"], set_=values))

    def forget_seen(self, aside_id: int) -> None:
        with self._writing() as connection:
            connection.execute(delete(tables.share_files).where(_files.id == aside_id))

    def forget_code(self, code: str) -> None:
        with self._writing() as connection:
            connection.execute(delete(tables.share_files).where(_files.code == code))

    def set_aside(self) -> list[Aside]:
        told = _files.code.not_in(("", NOT_READ))
        found = select(tables.share_files).where(told).order_by(_files.id.desc())
        with self._reading() as connection:
            return [
                Aside(
                    row.id, row.path, row.code, row.message, dt.datetime.fromisoformat(row.noted_at), row.card
                )
                for row in connection.execute(found)
            ]

    def put_in(self, share: KeptShare, by_hand: bool = False) -> bool:
        values = {
            "made_at": share.made_at.isoformat(),
            "made_utc": share.made_at.timestamp(),
            "started_at": share.started_at.isoformat(),
            "started_utc": share.started_at.timestamp(),
            "folder": share.folder,
            "sealed": share.sealed,
            "body": dict(share.body),
        }
        key = {"person": share.person, "share_id": share.share_id}
        same = (_in.person == share.person) & (_in.share_id == share.share_id)
        with self._writing() as connection:
            known = select(_in.id, _in.made_utc, _in.deleted_utc, _in.body).where(same)
            there = connection.execute(known).one_or_none()
            back = {"deleted_utc": None} if by_hand and there is not None and there.deleted_utc else {}
            if there is None:
                made = insert(tables.inbox).values(key | values).returning(_in.id)
                row_id = int(connection.execute(made).scalar_one())
            elif there.made_utc >= values["made_utc"] and not (back and there.body == {}):
                if back:
                    connection.execute(update(tables.inbox).where(_in.id == there.id).values(back))
                return bool(back)
            else:
                # Changed by its sender since, so it is to be read again; a deleted one stays deleted.
                row_id = there.id
                anew = values | {"opened_at": None} | back
                connection.execute(update(tables.inbox).where(_in.id == row_id).values(anew))
                connection.execute(delete(tables.share_words).where(_words.inbox_id == row_id))
                connection.execute(delete(tables.share_sound).where(_sound.inbox_id == row_id))
            lines = [{"inbox_id": row_id, "words": words} for words in share.words]
            if lines:
                connection.execute(insert(tables.share_words), lines)
            clips = [{"inbox_id": row_id, "turn": turn, "clip": clip} for turn, clip in share.sound.items()]
            if clips:
                connection.execute(insert(tables.share_sound), clips)
        return True

    def clip(self, row_id: int, turn: int) -> bytes | None:
        mine = (_sound.inbox_id == row_id) & (_sound.turn == turn)
        with self._reading() as connection:
            found = connection.execute(select(_sound.clip).where(mine)).scalar()
        return None if found is None else bytes(found)

    def inbox(self, words: str = "") -> list[KeptShare]:
        terms = search.terms(words)
        notes = select(func.count()).select_from(tables.share_notes)
        mine = notes.where(tables.share_notes.c.share_id == _in.share_id, tables.share_notes.c.mine)
        found = (
            select(tables.inbox, mine.correlate(tables.inbox).scalar_subquery().label("notes"))
            .where(_in.deleted_utc.is_(None))
            .order_by(_in.started_utc.desc(), _in.id.desc())
        )
        shown: dict[int, str] = {}
        with self._reading() as connection:
            if terms:
                hits = [set(connection.execute(_SHARES_WITH, {"term": term}).scalars()) for term in terms]
                found = found.where(_in.id.in_(set.intersection(*hits)))
                for every in (" AND ".join(terms), " OR ".join(terms)):
                    for row in connection.execute(_SNIPPETS, {"words": every}):
                        shown.setdefault(row.inbox_id, row.shown)
            return [_kept(row, shown.get(row.id, "")) for row in connection.execute(found)]

    def note_opened(self, row_id: int, at: dt.datetime) -> bool:
        first = update(tables.inbox).where(_in.id == row_id, _in.opened_at.is_(None))
        with self._writing() as connection:
            return bool(connection.execute(first.values(opened_at=at.isoformat())).rowcount)

    def delete_share(self, row_id: int) -> None:
        self._mark_share(row_id, dt.datetime.now(dt.UTC).timestamp())

    def restore_share(self, row_id: int) -> None:
        self._mark_share(row_id, None)

    def purge_shares(self, older_than: dt.datetime) -> int:
        """What was deleted before goes for good, with the notes about it; its ids stay, so that its file is
        not taken in again."""
        gone = (_in.deleted_utc < older_than.timestamp()) & (_in.body != {})
        now = dt.datetime.now(dt.UTC).timestamp()
        # As with calls: what a clock that was ahead deleted.
        ahead = _in.deleted_utc > max(now, older_than.timestamp())
        with self._writing() as connection:
            connection.execute(update(tables.inbox).where(ahead).values(deleted_utc=now))
            ids = connection.execute(select(_in.id).where(gone)).scalars().all()
            connection.execute(delete(tables.share_words).where(_words.inbox_id.in_(ids)))
            connection.execute(delete(tables.share_sound).where(_sound.inbox_id.in_(ids)))
            about = exists().where(
                _in.id.in_(ids), _in.share_id == _notes.share_id, _in.person == _notes.person
            )
            connection.execute(delete(tables.share_notes).where(_notes.mine, about))
            connection.execute(update(tables.inbox).where(_in.id.in_(ids)).values(body={}, draft=null()))
        if ids:
            self._fold_log()
        return len(ids)

    def keep_draft(self, row_id: int, draft: Draft) -> None:
        kept = asdict(draft) if draft.text else null()
        with self._writing() as connection:
            # Of what was deleted for good nothing comes back.
            mine = (_in.id == row_id) & (_in.body != {})
            connection.execute(update(tables.inbox).where(mine).values(draft=kept))
        if not draft.text:
            self._fold_log()

    def _mark_share(self, row_id: int, deleted_utc: float | None) -> None:
        marked = update(tables.inbox).where(_in.id == row_id).values(deleted_utc=deleted_utc)
        with self._writing() as connection:
            if connection.execute(marked).rowcount == 0:
                raise KnownError("share-unknown", "This summary is no longer here. Look again.")


def _kept(row: Row[Any], snippet: str) -> KeptShare:
    return KeptShare(
        row.person,
        row.share_id,
        dt.datetime.fromisoformat(row.made_at),
        dt.datetime.fromisoformat(row.started_at),
        row.folder,
        row.sealed,
        row.body,
        (),
        {},
        row.id,
        row.opened_at is not None,
        snippet,
        row.notes,
        Draft(**row.draft) if row.draft else Draft(),
    )
