"""Recordings in line come back as kept, in order, and a picked voice goes with the last that needs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coach.store.local import LocalStore
from coach.values.batches import BatchItem, BatchState, Forgotten, Reviewed, Side
from tests.unit.store.store_parts import KEY, header


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    store = LocalStore(tmp_path / "calls.db", KEY)
    yield store
    store.close()


def test_all_of_it_comes_back_as_kept(store: LocalStore) -> None:
    """A name that is no text too; what changed replaces what was."""
    voice = store.keep_batch_voice(b"mine")
    made = store.add_batch_items(
        [
            BatchItem(0, Path("/calls/caf\udce9.wav"), Side(1), size_bytes=7),
            BatchItem(0, Path("/calls/b.wav"), Side(find=True, voice_id=voice, everyone=True)),
        ]
    )
    assert store.batch_items() == made
    assert [one.path for one in made] == [Path("/calls/caf\udce9.wav"), Path("/calls/b.wav")]
    done = replace(
        made[1],
        state=BatchState.DONE,
        call_id="c1",
        duration_s=9.5,
        flags=3,
        repaired=1,
        taken="Left.",
        notes=("It is clipped.",),
        again=True,
        tries=1,
    )
    store.keep_batch_items([done])
    assert store.batch_items() == [made[0], done]
    assert store.add_batch_items([]) == []


def test_ten_thousand_are_one_write(store: LocalStore) -> None:
    """A large folder is put in line, and off it, at once."""
    paths = [Path(f"/calls/{number}.wav") for number in range(10_000)]
    made = store.add_batch_items([BatchItem(0, path) for path in paths])
    assert [one.path for one in store.batch_items()] == paths
    store.forget_batch_items([one.id for one in made[1:]])
    assert store.batch_items() == made[:1]


def test_a_picked_voice_goes_with_its_last_recording(store: LocalStore) -> None:
    """Nothing of a voice stays that no recording in line needs."""
    voice = store.keep_batch_voice(b"mine")
    first, second = store.add_batch_items([BatchItem(0, Path("/a"), Side(voice_id=voice))] * 2)
    store.forget_batch_items([first.id])
    assert store.batch_voice(voice) == b"mine"
    other, waits = store.keep_batch_voice(b"other"), store.keep_batch_voice(b"not yet in line")
    store.keep_batch_items([replace(second, side=Side(voice_id=other))])
    assert (store.batch_voice(voice), store.batch_voice(other)) == (None, b"other")
    assert store.batch_voice(waits) is not None
    store.forget_batch_items([second.id])
    assert store.batch_voice(other) is None


def test_what_was_taken_off_comes_back_in_its_place(store: LocalStore) -> None:
    """With its number and its voice; put back twice it is there once."""
    voice = store.keep_batch_voice(b"mine")
    made = store.add_batch_items([BatchItem(0, Path("/a"), Side(voice_id=voice)), BatchItem(0, Path("/b"))])
    store.forget_batch_items([made[0].id])
    for _ in range(2):
        store.put_back_batch_items(Forgotten((made[0],), {voice: b"mine"}))
    assert store.batch_items() == made
    assert store.batch_voice(voice) == b"mine"


def test_two_programs_lose_nothing_of_what_the_other_reviewed(tmp_path: Path) -> None:
    """The window and the command line at once: each sees what the other noted, and both keep all."""
    one, two = (LocalStore(tmp_path / "calls.db", KEY) for _ in range(2))
    for store, name in ((one, "a"), (two, "b"), (one, "c")):
        store.begin(header(name))
        store.keep_reviewed(f"digest {name}", Reviewed(name, finished=False))
    two.keep_reviewed("digest a", Reviewed("a", finished=True))
    for store in (one, two):
        found = [store.reviewed(f"digest {name}") for name in "abc"]
        assert found == [Reviewed("a", True), Reviewed("b", False), Reviewed("c", False)]
    one.forget_reviewed("digest b")
    assert two.reviewed("digest b") is None
    one.close()
    two.close()


def test_a_recording_is_read_by_one_program_at_a_time(tmp_path: Path) -> None:
    """Whoever comes second is told; another recording, and the same one later, is free."""
    one, two = (LocalStore(tmp_path / "calls.db", KEY) for _ in range(2))
    with one.reading_alone("digest") as first, two.reading_alone("digest") as second:
        assert (first, second) == (True, False)
        with two.reading_alone("another") as other:
            assert other
    with two.reading_alone("digest") as later:
        assert later
    one.close()
    two.close()
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.endswith(".reading")) == []


def test_locks_that_a_crash_left_are_removed(tmp_path: Path) -> None:
    """Those that somebody holds stay, and so do the files of another store."""
    path = tmp_path / "calls.db"
    one, two = LocalStore(path, KEY), LocalStore(path, KEY)
    one.begin(header("running"))
    left = [tmp_path / f"calls.db.{name}" for name in ("0123.reading", "4567.running")]
    others = tmp_path / "calls.database.0123.reading"
    for lock in (*left, others):
        lock.touch()
    with one.reading_alone("digest"):
        assert two.unfinished() == []
        assert [lock.exists() for lock in (*left, others)] == [False, False, True]
        assert len(list(tmp_path.glob("calls.db.*.*ing"))) == 2
        with two.reading_alone("digest") as second:
            assert not second
    one.close()
    two.close()


def test_half_read_are_those_that_came_to_no_end(store: LocalStore) -> None:
    """Each is told with what is to be forgotten once its call is gone."""
    store.keep_reviewed("digest a", Reviewed("a", finished=True))
    store.keep_reviewed("digest b", Reviewed("b", finished=False))
    assert store.half_read() == {"b": "digest b"}
    store.keep_reviewed("digest b", Reviewed("b", finished=True))
    assert store.half_read() == {}


def test_a_lock_that_cannot_be_removed_loses_nothing(tmp_path: Path) -> None:
    """What was read is kept, whatever became of the lock's file meanwhile."""
    store = LocalStore(tmp_path / "calls.db", KEY)
    read = []
    with store.reading_alone("digest"):
        [lock] = tmp_path.glob("*.reading")
        lock.unlink()
        lock.mkdir()
        read.append("digest")
    assert read == ["digest"]
    store.close()


def test_known_is_what_is_among_the_calls(store: LocalStore) -> None:
    """Of a call that never began, or was deleted, the recording may be reviewed again."""
    store.keep_reviewed("digest", Reviewed("c1", finished=True))
    assert store.reviewed("digest") is None
    store.begin(header("c1"))
    assert store.reviewed("digest") == Reviewed("c1", finished=True)
    store.delete("c1")
    assert store.reviewed("digest") is None
    store.restore("c1")
    assert store.reviewed("digest") is not None


def test_what_was_noted_elsewhere_is_taken_over_at_once(store: LocalStore) -> None:
    """In one go, for it may be thousands; what the store knows itself stays, and nothing is nothing."""
    store.begin(header("c1"))
    store.keep_reviewed("digest", Reviewed("c1", finished=True))
    store.take_over_reviewed({})
    noted = {f"digest {number}": Reviewed("c1", finished=True) for number in range(2_000)}
    store.take_over_reviewed(noted | {"digest": Reviewed("c1", finished=False)})
    assert store.reviewed("digest") == Reviewed("c1", finished=True)
    assert store.reviewed("digest 1999") == Reviewed("c1", finished=True)
