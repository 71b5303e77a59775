"""Calls the store would not take: saved once it does, unless they were undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.errors import KnownError
from coach.events import CallRecord
from coach.live.journal import Journal
from coach.services.unsaved import Unsaved
from coach.store.local import LocalStore
from tests.unit.store.store_parts import KEY, header, turn


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    store = LocalStore(tmp_path / "calls.db", KEY)
    yield store
    store.close()


def full(*_call: object) -> None:
    raise KnownError("disk-full", "There is no room.")


def over(tmp_path: Path, patch: pytest.MonkeyPatch, refused: str) -> Journal:
    """A call that has ended, and of which the store has refused this from then on."""
    own = LocalStore(tmp_path / "calls.db", KEY)
    journal = Journal(own, CallRecord(header(), turns=[turn(0, "nobody was to hear")]), {})
    patch.setattr(own, refused, full)
    journal.begin(lambda _error, _mended: None)
    assert not journal.finish(lambda _error, _mended: None)[1]
    return journal


@pytest.mark.parametrize("refused", ["begin", "finish"])
def test_a_call_that_was_undone_is_not_saved_later(store: LocalStore, tmp_path: Path, refused: str) -> None:
    """Neither where its beginning was refused already, nor where only its end was."""
    unsaved = Unsaved(lambda: store)
    with pytest.MonkeyPatch.context() as patch:
        unsaved.add(over(tmp_path, patch, refused))
        assert not unsaved.retry()
        unsaved.undo("c1")
    assert unsaved.retry()
    assert store.listing() == []


def test_a_call_that_could_not_be_undone_goes_at_the_next_try(store: LocalStore, tmp_path: Path) -> None:
    """Told at once, so that it is not taken for gone; the call itself is not saved meanwhile."""
    unsaved = Unsaved(lambda: store)
    with pytest.MonkeyPatch.context() as patch:
        unsaved.add(over(tmp_path, patch, "finish"))
        patch.setattr(store, "erase", full)
        with pytest.raises(KnownError, match="no room"):
            unsaved.undo("c1")
        assert not unsaved.retry()
    assert [one.finished for one in store.listing()] == [False]
    assert unsaved.retry()
    assert store.listing() == []


def test_a_call_that_was_not_undone_is_saved_once_there_is_room(store: LocalStore, tmp_path: Path) -> None:
    """Whole, and nothing is left over."""
    unsaved = Unsaved(lambda: store)
    with pytest.MonkeyPatch.context() as patch:
        unsaved.add(over(tmp_path, patch, "begin"))
    assert unsaved.retry()
    assert [one.finished for one in store.listing()] == [True]
