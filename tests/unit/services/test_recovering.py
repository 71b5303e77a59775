"""Calls that a crash left open: each is put in order once, by whichever program comes first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coach.errors import KnownError
from coach.events import CallRecord, CallSummary
from coach.services.recovering import recover
from coach.store.local import LocalStore
from coach.values.batches import Reviewed
from tests.unit.store.store_parts import KEY, NOON, header, turn

NAMES: dict[str, str] = {}


class Overtaken(LocalStore):
    """Between reading a call that was left open and finishing it, another program does ``first``."""

    first: Callable[[], object] = staticmethod(lambda: None)

    def load(self, call_id: str) -> tuple[CallRecord, CallSummary | None]:
        loaded = super().load(call_id)
        self.first()
        return loaded


@pytest.fixture
def path(tmp_path: Path) -> Path:
    crashed = LocalStore(tmp_path / "calls.db", KEY)
    crashed.begin(header("left"))
    crashed.append("left", turn(0, "left open"))
    crashed.close()
    return tmp_path / "calls.db"


@pytest.fixture
def quick(path: Path) -> Iterator[LocalStore]:
    store = LocalStore(path, KEY)
    yield store
    store.close()


@pytest.fixture
def slow(path: Path) -> Iterator[Overtaken]:
    store = Overtaken(path, KEY)
    yield store
    store.close()


def test_a_call_that_was_left_is_finished_with_all_it_had(quick: LocalStore) -> None:
    assert recover(quick, NAMES, NOON) == ["left"]
    record, summary = quick.load("left")
    assert (record.turns, summary is not None) == ([turn(0, "left open")], True)
    assert recover(quick, NAMES, NOON) == []


def test_two_programs_do_not_both_finish_it(quick: LocalStore, slow: Overtaken) -> None:
    """Only one tells of it."""
    found: list[str] = []
    slow.first = lambda: found.extend(recover(quick, NAMES, NOON))
    assert recover(slow, NAMES, NOON) == []
    assert found == ["left"]


def test_a_call_that_was_erased_meanwhile_does_not_come_back(quick: LocalStore, slow: Overtaken) -> None:
    """Deleted for good means that no program brings it back from its memory."""

    def erase() -> None:
        recover(quick, NAMES, NOON)
        quick.erase("left")

    slow.first = erase
    assert recover(slow, NAMES, NOON) == []
    with pytest.raises(KnownError) as gone:
        quick.load("left")
    assert gone.value.code == "call-unknown"


def test_one_that_is_gone_before_it_was_read_is_left_out(quick: LocalStore) -> None:
    """The others are put in order all the same."""

    class Gone(LocalStore):
        def unfinished(self) -> list[str]:
            return ["gone", *super().unfinished()]

    store = Gone(quick._path, KEY)
    assert recover(store, NAMES, NOON) == ["left"]
    store.close()


def test_a_recording_that_is_read_again_stays_noted(quick: LocalStore, slow: Overtaken) -> None:
    """Its half call was put away by the other program, which reads it by now: that is not forgotten."""
    quick.keep_reviewed("digest", Reviewed("left", finished=False))

    def read_again() -> None:
        recover(quick, NAMES, NOON)
        quick.keep_reviewed("digest", Reviewed("again", finished=False))

    slow.first = read_again
    assert recover(slow, NAMES, NOON + dt.timedelta(seconds=1)) == []
    assert quick.half_read() == {"again": "digest"}
