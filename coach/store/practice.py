"""What practice leaves behind: tries, oldest first, and one card per exercise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from coach.events import CallRecord, Speaker, Turn
from coach.store import rows, schema
from coach.values.practice_log import OWN, Attempt, CardState, ExerciseKind, Grade


def keep(connection: Connection, attempt: Attempt, card: CardState | None) -> None:
    connection.execute(
        insert(schema.practice_attempts).values(
            at=attempt.at.isoformat(),
            at_utc=attempt.at.timestamp(),
            exercise=attempt.exercise,
            kind=attempt.kind.value,
            grade=attempt.grade.value,
            moves=list(attempt.moves),
            answer=attempt.answer,
        )
    )
    if card is not None:
        _put(connection, card)


def take_back(connection: Connection, attempt: Attempt, card: CardState | None) -> None:
    table = schema.practice_attempts
    mine = (table.c.exercise == attempt.exercise) & (table.c.at == attempt.at.isoformat())
    newest = select(table.c.id).where(mine).order_by(table.c.id.desc()).limit(1).scalar_subquery()
    connection.execute(delete(table).where(table.c.id == newest))
    cards_ = schema.practice_cards
    connection.execute(delete(cards_).where(cards_.c.exercise == attempt.exercise))
    if card is not None:
        _put(connection, card)


def _put(connection: Connection, card: CardState) -> None:
    values = {"due": card.due.isoformat(), "data": card.data}
    statement = insert(schema.practice_cards).values(exercise=card.exercise, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["exercise"], set_=values))


def cards(connection: Connection) -> list[CardState]:
    found = connection.execute(select(schema.practice_cards).order_by(schema.practice_cards.c.exercise))
    return [CardState(row.exercise, dt.datetime.fromisoformat(row.due), row.data) for row in found]


def attempts(connection: Connection, since: dt.datetime | None) -> list[Attempt]:
    table = schema.practice_attempts
    wanted = select(table).order_by(table.c.at_utc, table.c.id)
    if since is not None:
        wanted = wanted.where(table.c.at_utc >= since.timestamp())
    return [
        Attempt(
            dt.datetime.fromisoformat(row.at),
            row.exercise,
            ExerciseKind(row.kind),
            Grade(row.grade),
            tuple(row.moves),
            row.answer,
        )
        for row in connection.execute(wanted)
    ]


def outlines(
    connection: Connection, limit: int, since: dt.datetime | None, of: Collection[str] = ()
) -> list[CallRecord]:
    calls = schema.calls.c
    wanted = select(schema.calls).where(calls.finished, calls.deleted_utc.is_(None))
    if since is not None:
        wanted = wanted.where(calls.started_utc >= since.timestamp())
    if of:
        wanted = wanted.where(calls.id.in_(of))
    found = connection.execute(wanted.order_by(calls.started_utc.desc(), calls.number.desc()).limit(limit))
    records = {row.id: CallRecord(rows.header_of(row), duration_s=row.duration_s) for row in found}
    ids = list(records)
    for table, take in _OUTLINE.items():
        # A few hundred at a time: SQLite has a limit on how many values a statement may name.
        for start in range(0, len(ids), _AT_ONCE):
            mine = table.c.call_id.in_(ids[start : start + _AT_ONCE])
            columns = [column for column in table.c if column.name != "words"]
            for row in connection.execute(select(*columns).where(mine).order_by(*table.primary_key)):
                take(records[row.call_id], row)
    for record in records.values():
        record.turns.sort(key=lambda turn: turn.index)
    return list(records.values())


def _take_turn(record: CallRecord, row: Row[Any]) -> None:
    turn = Turn(row.turn_index, row.text, row.start_s, row.end_s, (), Speaker(row.speaker))
    record.turns.append(turn)


def _take_move(record: CallRecord, row: Row[Any]) -> None:
    before = record.moves.get(row.turn_index, ())
    record.moves[row.turn_index] = (*before, rows.move_of(row))


def _take_cue(record: CallRecord, row: Row[Any]) -> None:
    record.cues.append(rows.cue_of(row))


def _take_cue_end(record: CallRecord, row: Row[Any]) -> None:
    record.cue_ends[row.cue_id] = rows.cue_end_of(row)


_AT_ONCE = 400
_OUTLINE: dict[Table, Callable[[CallRecord, Row[Any]], None]] = {
    schema.turns: _take_turn,
    schema.moves: _take_move,
    schema.cues: _take_cue,
    schema.cue_ends: _take_cue_end,
}


def forget_calls(connection: Connection) -> None:
    """Of calls that are gone, the tries at their turns lose the call's name, and nothing comes back."""
    here = set(connection.execute(select(schema.calls.c.id)).scalars())
    for table in (schema.practice_attempts, schema.practice_cards):
        own = select(table.c.exercise).where(table.c.exercise.startswith(OWN)).distinct()
        for exercise in connection.execute(own).scalars().all():
            if exercise == OWN or exercise.removeprefix(OWN).rpartition(":")[0] in here:
                continue
            mine = table.c.exercise == exercise
            nameless = update(table).where(mine).values(exercise=OWN)
            connection.execute(nameless if table is schema.practice_attempts else delete(table).where(mine))


def forget(connection: Connection) -> None:
    connection.execute(delete(schema.practice_attempts))
    connection.execute(delete(schema.practice_cards))
