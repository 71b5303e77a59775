"""Recordings in line come back as kept, in order, and a picked voice goes with the last that needs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coach.store.local import LocalStore
from coach.values.batches import BatchItem, BatchState, Side
from tests.unit.store.store_parts import KEY


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
            BatchItem(0, Path("/calls/b.wav"), Side(find=True, voice_id=voice)),
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
