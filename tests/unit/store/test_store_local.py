"""Calls go in, and the same calls come out."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import itertools
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.calls.record import apply
from coach.errors import BugError, KnownError
from coach.events import (
    Answer,
    CallRecord,
    CueEnd,
    CueEnded,
    Gap,
    Move,
    MovesFound,
    Owner,
    Recordable,
)
from coach.store.local import LocalStore
from coach.store.schema import REVISION
from coach.values.hits import BEGINS, ENDS
from tests.unit.store.store_parts import KEY, NOON, PASSPHRASE, cue, header, items, promise, summary, turn

NUMBERS = itertools.count()
NOW_ON = dt.timedelta(seconds=5)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    store = LocalStore(tmp_path / "calls.db", KEY)
    yield store
    store.close()


@pytest.fixture(scope="module")
def shared_store() -> Iterator[LocalStore]:
    with tempfile.TemporaryDirectory() as folder:
        store = LocalStore(Path(folder) / "calls.db", KEY)
        yield store
        store.close()


@settings(max_examples=30)
@given(first=st.lists(items, max_size=12), second=st.lists(items, max_size=6), data=st.data())
def test_any_interleaving_of_appends_loads_back_the_same_record(
    shared_store: LocalStore, first: list[Recordable], second: list[Recordable], data: st.DataObject
) -> None:
    """What a call appends, in any order, mixed with another call's and repeated, loads as its record."""
    ids = [str(next(NUMBERS)) for _ in range(2)]
    records = {call_id: CallRecord(header(call_id)) for call_id in ids}
    for call_id in ids:
        shared_store.begin(header(call_id))
    appended = data.draw(st.permutations([(ids[0], i) for i in first] + [(ids[1], i) for i in second]))
    for call_id, item in appended:
        shared_store.append(call_id, item)
        apply(records[call_id], item)
    for call_id, item in appended[-2:]:
        shared_store.append(call_id, item)
    for call_id in ids:
        assert shared_store.load(call_id) == (records[call_id], None)


@settings(max_examples=20)
@given(parts=st.lists(items, max_size=12), call_id=st.uuids().map(str))
def test_a_finished_call_is_kept_as_given(
    shared_store: LocalStore, parts: list[Recordable], call_id: str
) -> None:
    """finish keeps the record and the summary exactly, though the store never saw the call before."""
    record = CallRecord(header(call_id), call_flags=["no_apology"])
    for part in parts:
        apply(record, part)
    shared_store.finish(record, summary(call_id))
    assert shared_store.load(call_id) == (record, summary(call_id))


def test_finish_replaces_what_was_appended(store: LocalStore) -> None:
    """A turn the final record no longer holds is gone, in the list and in the search."""
    store.begin(header())
    store.append("c1", turn(0, "a broken kettle"))
    store.finish(CallRecord(header()), summary())
    assert store.load("c1")[0].turns == []
    assert store.listing("kettle") == []


def test_the_language_of_a_turn_that_is_not_judged_is_kept(store: LocalStore) -> None:
    """A call opened later still says which turns were not judged."""
    french = dataclasses.replace(turn(0, "Bonjour madame"), language="fr")
    store.finish(CallRecord(header(), turns=[french, turn(1, "Hello there")]), summary())
    record, _ = store.load(header().id)
    assert [one.language for one in record.turns] == ["fr", ""]


def test_calls_survive_closing(tmp_path: Path) -> None:
    """What was finished before closing is there after opening again."""
    store = LocalStore(tmp_path / "calls.db", PASSPHRASE)
    record = CallRecord(header(), turns=[turn(0, "hello")], duration_s=5.0)
    store.finish(record, summary())
    store.close()
    store.close()
    again = LocalStore(tmp_path / "calls.db", PASSPHRASE, read_only=True)
    assert again.load("c1") == (record, summary())
    again.close()
    with pytest.raises(BugError):
        again.listing()


def test_the_list_counts_what_a_call_holds(store: LocalStore) -> None:
    """A running call is counted from its moves and cues, a finished one by its summary; newest first."""
    store.begin(header("old", "An old call"))
    for item in (
        turn(0, "you should have called"),
        MovesFound(0, (Move("blaming", 0.9, (0, 3), "said before"), Move("thanking", 0.5, (0, 3)))),
        cue(),
        CueEnded("q1", 30.0, CueEnd.REPAIRED, "owning", 1),
        promise("p1"),
        promise("p2", Owner.CUSTOMER),
        replace(promise("p3"), answer=Answer.DROPPED),
        Gap(31.0, 32.0, "pause"),
    ):
        store.append("old", item)
    record, _ = store.load("old")
    assert [move.context for move in record.moves[0]] == ["said before", ""]
    new = CallRecord(header("new", hours=1), turns=copy.deepcopy(record.turns), duration_s=9.0)
    store.finish(new, summary("new"))
    newest, oldest = store.listing()
    assert (oldest.id, oldest.title, oldest.finished, oldest.duration_s) == (
        "old",
        "An old call",
        False,
        32.0,
    )
    assert (oldest.turns, oldest.flags, oldest.repaired, oldest.commitments) == (1, 1, 1, 1)
    assert (newest.id, newest.finished, newest.flags, newest.repaired) == ("new", True, 4, 3)
    assert newest.started_at == NOON + dt.timedelta(hours=1)
    assert [row.id for row in store.listing(limit=1)] == ["new"]


def test_beginning_again_keeps_what_was_appended(store: LocalStore) -> None:
    """begin repeated renews the title only."""
    store.begin(header())
    store.append("c1", turn(0, "hello"))
    store.begin(header(title="Better title"))
    record, _ = store.load("c1")
    assert (record.header.title, record.turns) == ("Better title", [turn(0, "hello")])


def test_deleted_calls_come_back_until_purged(store: LocalStore) -> None:
    """delete hides, restore shows again, purge removes only what was deleted before the moment given."""
    for name in ("kept", "gone"):
        store.finish(CallRecord(header(name), turns=[turn(0, f"{name} kettle")]), summary(name))
    store.delete("kept")
    store.delete("gone")
    assert store.listing() == []
    assert store.listing("kettle") == []
    assert {row.id for row in store.listing(deleted=True)} == {"kept", "gone"}
    assert {row.id for row in store.listing("kettle", deleted=True)} == {"kept", "gone"}
    began = dt.datetime.now(dt.UTC)
    store.restore("kept")
    assert [row.id for row in store.listing()] == ["kept"]
    (gone,) = store.listing(deleted=True)
    assert (gone.id, gone.brought_back_at) == ("gone", None)
    now = dt.datetime.now(dt.UTC)
    back_at = store.listing()[0].brought_back_at
    assert back_at is not None
    assert began <= back_at <= now
    assert store.purge(now - dt.timedelta(days=30)) == 0
    assert store.load("gone")[0].header.id == "gone"
    assert store.purge(now + NOW_ON) == 1
    with pytest.raises(KnownError, match="no call gone"):
        store.load("gone")
    assert [row.id for row in store.listing("kettle")] == ["kept"]


def test_what_a_clock_ahead_deleted_goes_once_its_days_are_over(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would lie there for years; its days begin when the clock is right again."""
    now = dt.datetime.now(dt.UTC)
    store.finish(CallRecord(header("c1")), summary("c1"))
    with monkeypatch.context() as years_ahead:
        years_ahead.setattr("coach.store.deleting.now_utc", lambda: now.timestamp() + 1e9)
        store.delete("c1")
    assert store.purge(now - NOW_ON) == 0
    assert [row.id for row in store.listing(deleted=True)] == ["c1"]
    assert store.purge(now + NOW_ON) == 1


def test_the_copy_of_an_upgrade_goes_when_a_deleted_call_does(store: LocalStore, tmp_path: Path) -> None:
    """What was deleted after an upgrade does not live on in the copy that was made of all."""
    copy = tmp_path / f"calls.db.before-{REVISION}"
    copy.write_bytes(b"as it was")
    made = dt.datetime.fromtimestamp(copy.stat().st_mtime, dt.UTC)
    store.purge(made - NOW_ON)
    assert copy.exists()
    store.purge(made + NOW_ON)
    assert not copy.exists()
    assert (tmp_path / "calls.db").exists()


def test_a_forgotten_call_is_in_no_copy_either(store: LocalStore, tmp_path: Path) -> None:
    """The copy that an upgrade made just now goes with the call; the other calls stay."""
    for name in ("asked", "other"):
        store.finish(CallRecord(header(name), turns=[turn(0, f"{name} kettle")]), summary(name))
    copy = tmp_path / f"calls.db.before-{REVISION}"
    copy.write_bytes(b"holds both")
    store.forget("asked")
    assert not copy.exists()
    with pytest.raises(KnownError, match="no call asked"):
        store.restore("asked")
    assert [row.id for row in store.listing("kettle")] == ["other"]


def test_a_call_that_still_runs_is_not_forgotten(store: LocalStore) -> None:
    """Its end would bring it back whole, after it was said that nothing does: it is to be stopped first."""
    store.begin(header("running"))
    with pytest.raises(KnownError, match="still running") as refused:
        store.forget("running")
    assert refused.value.code == "call-unfinished"
    store.finish(CallRecord(header("running")), summary("running"))
    store.forget("running")
    assert store.listing() == []


def test_an_erased_call_is_gone_at_once_and_no_other(store: LocalStore) -> None:
    """Nothing brings it back; a call that was deleted before still can be."""
    for name in ("deleted", "erased"):
        store.finish(CallRecord(header(name), turns=[turn(0, f"{name} kettle")]), summary(name))
    store.delete("deleted")
    store.erase("erased")
    with pytest.raises(KnownError, match="no call erased"):
        store.load("erased")
    store.restore("deleted")
    assert [row.id for row in store.listing("kettle")] == ["deleted"]


def test_a_call_that_is_not_there_is_told(store: LocalStore) -> None:
    """Loading, deleting and restoring a call nobody kept names it."""
    for ask in (store.load, store.delete, store.restore):
        with pytest.raises(KnownError, match="no call nobody") as caught:
            ask("nobody")
        assert caught.value.code == "call-unknown"


def test_unfinished_calls_are_those_begun_and_left(tmp_path: Path, store: LocalStore) -> None:
    """A call another open store is running is not unfinished; once that store is gone it is."""
    store.begin(header("left"))
    store.begin(header("done"))
    store.finish(CallRecord(header("done")), summary("done"))
    other = LocalStore(tmp_path / "calls.db", KEY)
    assert store.unfinished() == ["left"]
    assert other.unfinished() == []
    store.close()
    assert other.unfinished() == ["left"]
    other.delete("left")
    assert other.unfinished() == []
    other.close()


def test_appending_to_a_call_never_begun_is_a_bug(store: LocalStore) -> None:
    """Events without a call are not silently lost."""
    with pytest.raises(BugError, match="nobody"):
        store.append("nobody", turn(0, "hello"))


def test_a_read_only_store_refuses_to_write(tmp_path: Path) -> None:
    """The app's own connection cannot change a call, and makes the file where it is the first to come."""
    reader = LocalStore(tmp_path / "deep" / "calls.db", KEY, read_only=True)
    assert reader.listing() == []
    with pytest.raises(BugError):
        reader.begin(header())
    reader.close()


def test_one_store_serves_several_threads(store: LocalStore) -> None:
    """Appends from four threads at once all arrive."""
    store.begin(header())
    failures: list[BaseException] = []

    def append(first: int) -> None:
        try:
            for index in range(first, 40, 4):
                store.append("c1", turn(index, f"turn {index}"))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=append, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [kept.index for kept in store.load("c1")[0].turns] == list(range(40))


def test_nothing_said_can_be_read_in_the_files(tmp_path: Path) -> None:
    """Neither the database nor its log holds a word in clear, nor SQLite's own signature."""
    store = LocalStore(tmp_path / "calls.db", KEY)
    store.begin(header(title="Verysecrettitle"))
    store.append("c1", turn(0, "Unmistakablekettle"))
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    assert {"calls.db", "calls.db-wal"} <= {path.name for path in files}
    for path in files:
        content = path.read_bytes()
        for word in (b"Unmistakablekettle", b"unmistakablekettle", b"Verysecrettitle", b"SQLite format"):
            assert word not in content, (path.name, word)
    store.close()
    assert not (tmp_path / "calls.db").read_bytes().startswith(b"SQLite format")


_READER = """
import sys
from pathlib import Path
from coach.store.key import StoreKey
from coach.store.local import LocalStore

store = LocalStore(Path(sys.argv[1]), StoreKey("keyring", bytes(range(32))), read_only=True)
for line in sys.stdin:
    record, _ = store.load("c1")
    print(len(record.turns), [row.snippet for row in store.listing(line)], store.unfinished(), flush=True)
"""


def test_one_process_reads_while_another_writes(tmp_path: Path, store: LocalStore) -> None:
    """A reader in another process sees every append at once, and does not take the call for a crashed one."""
    store.begin(header())
    command = [sys.executable, "-c", _READER, str(tmp_path / "calls.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        for index in range(5):
            store.append("c1", turn(index, f"word{index}"))
            reader.stdin.write(f"word{index}\n")
            reader.stdin.flush()
            assert reader.stdout.readline() == f"{index + 1} {[f'{BEGINS}word{index}{ENDS}']} []\n"
        reader.stdin.close()
    assert reader.returncode == 0
