"""Calls kept on this machine, in an encrypted SQLite file."""

from __future__ import annotations

import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError, IntegrityError

from coach.errors import BugError
from coach.events import (
    Answer,
    CallHeader,
    CallListing,
    CallRecord,
    CallSource,
    CallSummary,
    CueEnded,
    MovesFound,
    Owner,
    Recordable,
)
from coach.ports import CallStore, VoiceStore
from coach.store import faults, feedback, practice, rows, schema, search, voices
from coach.store.batch import BatchPart
from coach.store.connect import BUSY_TIMEOUT_MS, connect, make_engine, make_private_file, surely_damaged
from coach.store.deleting import DeletingPart, now_utc, unknown
from coach.store.follow_up import FollowUpPart
from coach.store.inbox import InboxPart
from coach.store.key import StoreKey
from coach.store.migrate import prepare
from coach.store.review import ReviewPart
from coach.store.revisions import RevisionPart
from coach.store.running import Writer, clear_left
from coach.store.sharing import SharingPart
from coach.taxonomy import CONTENTIOUS, OWN
from coach.values.judgements import FeedbackStore, Judgement, Verdict
from coach.values.practice_log import Attempt, CardState, PracticeStore


class LocalStore(
    DeletingPart,
    FollowUpPart,
    RevisionPart,
    ReviewPart,
    SharingPart,
    InboxPart,
    BatchPart,
    CallStore,
    VoiceStore,
    FeedbackStore,
    PracticeStore,
):
    """Keeps calls, what the agent said of their flags, the voice profile and what was practised, in one file.

    Every method may be called from any thread, and raises ``KnownError``.

    The engine writes through one instance; the app reads through its own, opened ``read_only``. Either
    makes the file, or upgrades it, where that is needed. Codes: "store-locked", "store-corrupt",
    "store-newer", "store-unwritable", "passphrase-wrong", "disk-full".
    """

    def __init__(
        self, path: Path, key: StoreKey, read_only: bool = False, busy_timeout_ms: int = BUSY_TIMEOUT_MS
    ) -> None:
        self._path = path
        self._read_only = read_only
        self._wait_s = busy_timeout_ms / 1000
        self._lock = threading.RLock()
        self._closed = False
        self._writer = Writer(path)
        self._verdicts: feedback.Known | None = None
        with faults.known_faults(path):
            make_private_file(path)
        self._engine = make_engine(lambda: connect(path, key.unlock, busy_timeout_ms))
        self._writing_engine = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        try:
            self._open(key)
        except BaseException:
            self._engine.dispose()
            raise

    def _open(self, key: StoreKey) -> None:
        def made(path: Path) -> Any:
            make_private_file(path)
            return connect(path, key.unlock, round(self._wait_s * 1000))

        with faults.known_faults(self._path):
            try:
                prepare(self._engine, self._path, self._wait_s, made)
            except DBAPIError as error:
                if not faults.is_not_a_database(error) or surely_damaged(self._path, key.unlock):
                    raise
                wrong = faults.passphrase_wrong if key.kind == "passphrase" else faults.key_wrong
                raise wrong(self._path) from error
            if self._read_only:
                with self._engine.connect() as connection:
                    connection.exec_driver_sql("PRAGMA query_only = ON")

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if self._closed:
            raise BugError("the store is closed")
        with self._lock, faults.known_faults(self._path), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction, durable once it is left."""
        if self._closed or self._read_only:
            raise BugError("the store is closed or opened for reading only")
        with self._lock, faults.known_faults(self._path), self._writing_engine.begin() as connection:
            yield connection

    def begin(self, header: CallHeader) -> None:
        """Repeated, it renews what is known of the call and keeps what was appended."""
        with self._writing() as connection:
            self._writer.hold()
            _put(connection, schema.calls, rows.header_values(header) | {"writer": self._writer.id}, "id")

    def append(self, call_id: str, item: Recordable) -> None:
        """Keep one event; the same turn, cue, commitment or gap replaces what was kept of it."""
        with self._writing() as connection:
            try:
                _put_part(connection, call_id, item)
            except IntegrityError as error:
                raise BugError(f"call {call_id} was appended to before it was begun") from error
            end_s = rows.end_of(item)
            longer = update(schema.calls).where(
                schema.calls.c.id == call_id, schema.calls.c.duration_s < end_s
            )
            connection.execute(longer.values(duration_s=end_s))

    def finish(self, record: CallRecord, summary: CallSummary) -> None:
        """Keep the record exactly as given, whatever reached the store before; begins the call if need be."""
        with self._writing() as connection:
            self._put_call(connection, record, summary)

    def finish_left(self, record: CallRecord, summary: CallSummary) -> bool:
        """``finish`` a call that a crash left open; false where another program was quicker, or took it away:
        what was done to it since stays."""
        calls = schema.calls.c
        open_still = select(calls.id).where(
            calls.id == record.header.id, ~calls.finished, calls.deleted_utc.is_(None)
        )
        with self._writing() as connection:
            if connection.execute(open_still).first() is None:
                return False
            self._put_call(connection, record, summary)
        return True

    def _put_call(self, connection: Connection, record: CallRecord, summary: CallSummary) -> None:
        call_id = record.header.id
        done = {"duration_s": record.duration_s, "call_flags": record.call_flags, "finished": True}
        _put(connection, schema.calls, rows.header_values(record.header) | done, "id")
        for table in schema.PARTS:
            connection.execute(delete(table).where(table.c.call_id == call_id))
        for item in _parts(record):
            _put_part(connection, call_id, item)
        _put(connection, schema.summaries, {"call_id": call_id} | rows.summary_values(summary), "call_id")

    def load(self, call_id: str) -> tuple[CallRecord, CallSummary | None]:
        """Also a call that is marked deleted. Raises ``KnownError`` ("call-unknown")."""
        with self._reading() as connection:
            found = connection.execute(select(schema.calls).where(schema.calls.c.id == call_id)).one_or_none()
            if found is None:
                raise unknown(call_id)
            record = _record(connection, found)
            kept = select(schema.summaries).where(schema.summaries.c.call_id == call_id)
            summary = connection.execute(kept).one_or_none()
        if summary is not None and summary.version > rows.SUMMARY_VERSION:
            raise faults.newer(self._path)
        return record, rows.summary_of(summary) if summary else None

    def listing(self, query: str = "", limit: int | None = None, deleted: bool = False) -> list[CallListing]:
        """Calls, newest first; with a query those that hold every word of it, the last as a beginning.

        All of them without a ``limit``. ``deleted``: those that were deleted and can be restored, in place of
        the others.

        ``commitments`` counts what the agent and the company promised, without what was dropped.
        """
        wanted = search.terms(query)
        marked = schema.calls.c.deleted_utc
        statement = _LISTING.where(marked.is_not(None) if deleted else marked.is_(None)).limit(limit)
        with self._reading() as connection:
            if wanted:
                statement = statement.where(schema.calls.c.id.in_(search.matching(connection, wanted)))
            found = connection.execute(statement).all()
            shown = search.snippets(connection, wanted, [row.id for row in found]) if wanted else {}
        return [_listing(row, shown.get(row.id, "")) for row in found]

    def unfinished(self) -> list[str]:
        """Calls begun and never finished, oldest first, without those another program is running now.

        Lock files that a crash left are removed on the way.
        """
        calls = schema.calls.c
        open_calls = select(calls.id, calls.writer).where(~calls.finished, calls.deleted_utc.is_(None))
        with self._reading() as connection:
            found = connection.execute(open_calls.order_by(calls.started_utc, calls.number)).all()
            left = [row.id for row in found if self._writer.is_gone(row.writer)]
        clear_left(self._path)
        return left

    def contest(self, call_id: str, turn_index: int, move: str) -> int:
        with self._writing() as connection:
            return feedback.contest(connection, call_id, turn_index, move, now_utc())

    def take_back(self, ids: Sequence[int]) -> list[int]:
        with self._writing() as connection:
            return feedback.set_undone(connection, ids, now_utc())

    def contest_again(self, ids: Sequence[int]) -> list[int]:
        with self._writing() as connection:
            return feedback.set_undone(connection, ids, None)

    def verdicts(self) -> Sequence[Verdict]:
        with self._reading() as connection:
            self._verdicts = feedback.verdicts(connection, self._verdicts)
            return self._verdicts.verdicts

    def judgements(self) -> list[Judgement]:
        with self._reading() as connection:
            return feedback.judgements(connection)

    def keep_attempt(self, attempt: Attempt, card: CardState | None) -> None:
        with self._writing() as connection:
            practice.keep(connection, attempt, card)

    def take_back_attempt(self, attempt: Attempt, card: CardState | None) -> None:
        with self._writing() as connection:
            practice.take_back(connection, attempt, card)

    def outlines(
        self, limit: int, since: dt.datetime | None = None, of: Collection[str] = ()
    ) -> list[CallRecord]:
        with self._reading() as connection:
            return practice.outlines(connection, limit, since, of)

    def practice_cards(self) -> list[CardState]:
        with self._reading() as connection:
            return practice.cards(connection)

    def attempts(self, since: dt.datetime | None = None) -> list[Attempt]:
        with self._reading() as connection:
            return practice.attempts(connection, since)

    def forget_practice(self) -> None:
        with self._writing() as connection:
            practice.forget(connection)
        self._fold_log()

    def save_voice(self, profile: bytes, on: dt.date) -> None:
        """The one before is overwritten, on the disk too."""
        with self._writing() as connection:
            voices.put(connection, profile, on)
        self._fold_log()

    def load_voice(self) -> bytes | None:
        with self._reading() as connection:
            return voices.get(connection)

    def voice_enrolled(self) -> dt.date | None:
        with self._reading() as connection:
            return voices.enrolled_on(connection)

    def delete_voice(self) -> None:
        """Gone for good, at once: freed pages are zeroed (``secure_delete``) and the log is emptied."""
        with self._writing() as connection:
            voices.remove(connection)
        self._fold_log()

    def _fold_log(self) -> None:
        """Empty the write-ahead log, which still holds the pages as they were."""
        with self._lock, faults.known_faults(self._path), self._engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        with self._lock:
            if not self._closed:
                self._closed = True
                self._engine.dispose()
                self._writer.release()


def _put(connection: Connection, table: Table, values: rows.Values, *key: str) -> None:
    """Insert, or replace the row with the same key."""
    changed = {name: value for name, value in values.items() if name not in key}
    statement = insert(table).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=changed))


def _put_part(connection: Connection, call_id: str, item: Recordable) -> None:
    if isinstance(item, MovesFound):
        table = schema.moves_found
        same = (table.c.call_id == call_id) & (table.c.turn_index == item.turn_index)
        connection.execute(delete(table).where(same))
        connection.execute(insert(table).values(call_id=call_id, turn_index=item.turn_index))
        if item.moves:
            values = [{"call_id": call_id} | row for row in rows.move_values(item)]
            connection.execute(insert(schema.moves), values)
        return
    table, part = rows.part_values(item)
    _put(connection, table, {"call_id": call_id} | part, *rows.KEYS[table.name])
    if isinstance(item, CueEnded):
        feedback.note_cue_end(connection, call_id, item, now_utc())


def _parts(record: CallRecord) -> Iterator[Recordable]:
    yield from record.turns
    for turn_index, moves in record.moves.items():
        yield MovesFound(turn_index, moves)
    yield from record.cues
    yield from record.cue_ends.values()
    yield from record.commitments
    yield from record.gaps


def _record(connection: Connection, call: Row[Any]) -> CallRecord:
    def part(table: Table, *order: str) -> Sequence[Row[Any]]:
        mine = select(table).where(table.c.call_id == call.id)
        return connection.execute(mine.order_by(*(table.c[name] for name in order))).all()

    moves = defaultdict(list)
    for row in part(schema.moves, "turn_index", "position"):
        moves[row.turn_index].append(rows.move_of(row))
    ends = [rows.cue_end_of(row) for row in part(schema.cue_ends)]
    return CallRecord(
        header=rows.header_of(call),
        turns=[rows.turn_of(row) for row in part(schema.turns, "turn_index")],
        moves={
            row.turn_index: tuple(moves[row.turn_index]) for row in part(schema.moves_found, "turn_index")
        },
        cues=[rows.cue_of(row) for row in part(schema.cues, "at_s", "id")],
        cue_ends={end.cue_id: end for end in ends},
        commitments=[
            rows.commitment_of(row) for row in part(schema.commitments, "turn_index", "start_s", "id")
        ],
        gaps=[rows.gap_of(row) for row in part(schema.gaps, "start_s", "reason")],
        call_flags=list(call.call_flags),
        duration_s=call.duration_s,
    )


def _count(table: Table, *conditions: Any) -> Any:
    mine = select(func.count()).select_from(table).where(table.c.call_id == schema.calls.c.id, *conditions)
    return mine.correlate(schema.calls).scalar_subquery()


_IS_FLAG = schema.moves.c.name.in_(CONTENTIOUS) | schema.moves.c.name.startswith(OWN, autoescape=True)

_LISTING: Select[Any] = (
    select(
        schema.calls,
        _count(schema.turns).label("turns"),
        # A call that is not summed up yet is counted from its moves and cues.
        func.coalesce(schema.summaries.c.flags_raised, _count(schema.moves, _IS_FLAG)).label("flags"),
        func.coalesce(
            schema.summaries.c.flags_repaired, _count(schema.cue_ends, schema.cue_ends.c.end == "repaired")
        ).label("repaired"),
        _count(
            schema.commitments,
            schema.commitments.c.owner != Owner.CUSTOMER.value,
            schema.commitments.c.answer != Answer.DROPPED.value,
        ).label("commitments"),
    )
    .outerjoin(schema.summaries, schema.summaries.c.call_id == schema.calls.c.id)
    .order_by(schema.calls.c.started_utc.desc(), schema.calls.c.number.desc())
)


def _moment(utc: float | None) -> dt.datetime | None:
    return None if utc is None else dt.datetime.fromtimestamp(utc, dt.UTC)


def _listing(row: Row[Any], snippet: str) -> CallListing:
    return CallListing(
        id=row.id,
        started_at=dt.datetime.fromisoformat(row.started_at),
        title=row.reference or row.title,
        source=CallSource(row.source),
        duration_s=row.duration_s,
        turns=row.turns,
        flags=row.flags,
        repaired=row.repaired,
        commitments=row.commitments,
        finished=row.finished,
        snippet=snippet,
        brought_back_at=_moment(row.brought_back_utc),
    )
