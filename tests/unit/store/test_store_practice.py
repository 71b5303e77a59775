"""What was practised is kept in the store, and can be forgotten."""

from __future__ import annotations

import datetime as dt
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from coach.calls.figures import figures
from coach.calls.summary import conclude
from coach.practice.drills import own_drills
from coach.store.connect import connect, make_engine, make_private_file
from coach.store.local import LocalStore
from coach.store.migrate import SCRIPTS, prepare
from coach.values.practice_log import (
    Attempt,
    CardState,
    ExerciseKind,
    Grade,
    MemoryPracticeStore,
    PracticeStore,
)
from tests.fakes import past_calls, sample_call
from tests.unit.store.store_parts import KEY, header

TUESDAY = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
FIRST = Attempt(TUESDAY, "quiz:name-none-1", ExerciseKind.QUIZ, Grade.AGAIN)
SECOND = Attempt(
    TUESDAY + dt.timedelta(days=1),
    "situation:a-b",
    ExerciseKind.SITUATION,
    Grade.GOOD,
    ("owning",),
    "That's on me.",
)


def card(exercise: str, days: int) -> CardState:
    return CardState(exercise, TUESDAY.astimezone(dt.UTC) + dt.timedelta(days=days), f'{{"days": {days}}}')


def practise(store: PracticeStore) -> None:
    store.keep_attempt(SECOND, card(SECOND.exercise, 3))
    store.keep_attempt(FIRST, card(FIRST.exercise, 1))
    store.keep_attempt(FIRST, card(FIRST.exercise, 2))
    store.keep_attempt(FIRST, None)


def kept(store: PracticeStore) -> tuple[list[Attempt], list[Attempt], set[CardState]]:
    return store.attempts(), store.attempts(SECOND.at), set(store.practice_cards())


EXPECTED = ([FIRST, FIRST, FIRST, SECOND], [SECOND], {card(FIRST.exercise, 2), card(SECOND.exercise, 3)})


def test_the_memory_and_the_file_keep_the_same(tmp_path: Path) -> None:
    """One card per exercise, attempts oldest first with all they hold; the file has them in the next run."""
    memory = MemoryPracticeStore()
    practise(memory)
    assert kept(memory) == EXPECTED
    with closing(LocalStore(tmp_path / "calls.db", KEY)) as store:
        practise(store)
    with closing(LocalStore(tmp_path / "calls.db", KEY)) as store:
        assert kept(store) == EXPECTED


def test_a_try_can_be_taken_back(tmp_path: Path) -> None:
    """Only the latest of the same try goes, the card is as before or gone, others are not touched."""
    memory = MemoryPracticeStore()
    with closing(LocalStore(tmp_path / "calls.db", KEY)) as store:
        for one in (memory, store):
            practise(one)
            one.take_back_attempt(FIRST, card(FIRST.exercise, 1))
            one.take_back_attempt(SECOND, None)
            one.take_back_attempt(SECOND, None)
        assert kept(memory) == kept(store) == ([FIRST, FIRST], [], {card(FIRST.exercise, 1)})


def test_practice_is_forgotten_on_request(tmp_path: Path) -> None:
    """Nothing is left, and what was said is gone from the disk as far as the file can tell."""
    with closing(LocalStore(tmp_path / "calls.db", KEY)) as store:
        practise(store)
        store.forget_practice()
        assert kept(store) == ([], [], set())
    memory = MemoryPracticeStore([card("a", 1)], [FIRST])
    memory.forget_practice()
    assert kept(memory) == ([], [], set())


def test_a_call_that_is_gone_leaves_no_name(tmp_path: Path) -> None:
    """Tries at its turns still count, without the call's id, and do not come back; others stay."""
    gone = Attempt(TUESDAY, "own:c1:4", ExerciseKind.OWN_TURN, Grade.GOOD, ("owning",))
    with closing(LocalStore(tmp_path / "calls.db", KEY)) as store:
        for call_id in ("c1", "c2"):
            store.begin(replace(header(), id=call_id))
        kept = replace(gone, exercise="own:c2:4")
        for attempt in (gone, kept, FIRST):
            store.keep_attempt(attempt, card(attempt.exercise, 1))
        store.delete("c1")
        store.purge(dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
        assert store.attempts() == [replace(gone, exercise="own:"), kept, FIRST]
        assert {found.exercise for found in store.practice_cards()} == {"own:c2:4", FIRST.exercise}


def test_an_older_file_learns_to_keep_practice(tmp_path: Path) -> None:
    """A store from before practice existed is upgraded when it is opened."""
    path, scripts = tmp_path / "calls.db", tmp_path / "scripts"
    shutil.copytree(SCRIPTS, scripts)
    for file in (scripts / "versions").glob("*.py"):
        if file.name[:4] > "0003":
            file.unlink()
    make_private_file(path)
    engine = make_engine(lambda: connect(path, KEY.unlock))
    prepare(engine, path, 1.0, lambda place: connect(place, KEY.unlock), scripts, "0003")
    with engine.connect() as connection, pytest.raises(Exception, match="no such table"):
        connection.exec_driver_sql("SELECT * FROM practice_cards")
    engine.dispose()
    with closing(LocalStore(path, KEY)) as store:
        practise(store)
        assert kept(store) == EXPECTED


def test_calls_are_outlined_for_practice(tmp_path: Path) -> None:
    """The latest finished calls with what drills and progress need of them, the same as if loaded whole; none
    that runs, is deleted, or is older than asked for."""
    records = [sample_call.record("sample"), *past_calls.records()]
    records.sort(key=lambda record: record.header.started_at, reverse=True)
    with closing(LocalStore(tmp_path / "calls.db", KEY)) as store:
        for record in records:
            store.begin(record.header)
            store.finish(record, conclude(record, {}))
        store.begin(replace(records[0].header, id="running"))
        store.delete(records[1].header.id)
        found = store.outlines(10)
        assert [one.header for one in found] == [one.header for one in (records[0], *records[2:])]
        for one in found:
            whole = store.load(one.header.id)[0]
            assert figures(one) == figures(whole)
            assert own_drills(one) == own_drills(whole)
            assert [turn.words for turn in one.turns] == [()] * len(whole.turns)
        assert len(store.outlines(2)) == 2
        assert store.outlines(10, records[0].header.started_at) == found[:1]
        assert store.outlines(10, of=[records[1].header.id, records[2].header.id]) == found[1:2]
