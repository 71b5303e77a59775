"""What the agent made of a summary stays, and goes with its call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.errors import KnownError
from coach.events import CallRecord
from coach.store.local import LocalStore
from coach.values.revisions import WHOLE_CALL, LineRevision, Revision
from tests.unit.store.store_parts import KEY, header, summary, turn

EDIT = LineRevision("Begin anew", "", "Own a part", "Not repaired", "They hung up.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    store = LocalStore(tmp_path / "calls.db", KEY)
    store.finish(CallRecord(header(), turns=[turn(0, "you should have called")]), summary())
    yield store
    store.close()


def test_edits_and_comments_come_back_and_can_be_undone(store: LocalStore) -> None:
    """Each change gives what was there before, and writing that back undoes it exactly."""
    assert store.revision("c1") == Revision()
    assert store.revise("c1", "moments.0.words", EDIT) == LineRevision()
    store.revise("c1", WHOLE_CALL, LineRevision(comment="A hard day."))
    assert store.revision("c1") == Revision("A hard day.", {"moments.0.words": EDIT})
    before = store.revise("c1", "moments.0.words", LineRevision(comment="Only this."))
    assert before == EDIT
    store.revise("c1", "moments.0.words", before)
    assert store.revision("c1").of("moments.0.words") == EDIT
    store.revise("c1", "moments.0.words", LineRevision())
    assert store.revision("c1") == Revision("A hard day.")


def test_they_survive_the_call_being_summed_up_anew(store: LocalStore) -> None:
    """A recovered call keeps what was written about it; one that is removed for good takes it along."""
    store.revise("c1", WHOLE_CALL, LineRevision(comment="A hard day."))
    store.finish(CallRecord(header(), turns=[turn(0, "you should have called")]), summary())
    assert store.revision("c1").comment == "A hard day."
    store.delete("c1")
    store.purge(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=5))
    assert store.revision("c1") == Revision()


def test_a_call_that_is_not_there_cannot_be_revised(store: LocalStore) -> None:
    """It is said plainly, and nothing is kept."""
    with pytest.raises(KnownError) as refused:
        store.revise("c9", "moments.0.words", EDIT)
    assert refused.value.code == "call-unknown"
    assert store.revision("c9") == Revision()
