"""What became of commitments stays, with its history, and goes with its call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coach.errors import KnownError
from coach.events import Answer, CallRecord
from coach.store.local import LocalStore
from coach.values.follow_up import Step, StepKind
from tests.unit.store.store_parts import KEY, NOON, header, promise, summary, turn

PAST = dt.timedelta(seconds=5)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    store = LocalStore(tmp_path / "calls.db", KEY)
    record = CallRecord(header(), turns=[turn(0, "I'll call you back")], commitments=[promise(due=NOON)])
    store.finish(record, summary())
    yield store
    store.close()


def test_steps_reminders_and_reference_come_back_as_kept(store: LocalStore) -> None:
    """Kept, taken back, told of, snoozed, and whom it is about: all there when the store is read again."""
    key = ("c1", "p1")
    number = store.keep_step(key, Step(StepKind.RE_AGREED, NOON, "call back", NOON.date()))
    store.keep_step(key, Step(StepKind.KEPT, NOON + PAST, "call back", None))
    store.set_step_undone(number, True)
    store.note_reminded([(key, NOON)])
    store.snooze_reminder(key, NOON + PAST)
    store.set_reference("c1", "Mrs Adeyemi")
    (one,) = store.followed()
    assert [(each.kind, each.undone, each.due) for each in one.steps] == [
        (StepKind.RE_AGREED, True, NOON.date()),
        (StepKind.KEPT, False, None),
    ]
    assert one.steps[0].at.isoformat() == NOON.isoformat()
    assert (one.told_for, one.snoozed_until) == (NOON, NOON + PAST)
    assert (one.about, one.title, one.said_at) == ("Mrs Adeyemi", "A call", NOON + dt.timedelta(seconds=2))
    assert one.heard == promise(due=NOON)
    store.note_reminded([(key, NOON)])
    assert store.followed(["c1"])[0].snoozed_until is None
    assert store.followed(["c2"]) == []


def test_finishing_the_call_again_keeps_what_became_of_it(store: LocalStore) -> None:
    """A call recovered after a crash, or summed up anew, loses no step."""
    store.keep_step(("c1", "p1"), Step(StepKind.KEPT, NOON, "call back", None))
    store.set_reference("c1", "Mrs Adeyemi")
    record, made = store.load("c1")
    assert made is not None
    store.finish(record, made)
    (one,) = store.followed()
    assert (len(one.steps), one.reference) == (1, "Mrs Adeyemi")


def test_an_answer_is_kept_and_a_deleted_call_is_not_followed(store: LocalStore) -> None:
    """Dropped, it is marked so; its call deleted, nobody is reminded of it; restored, it is back."""
    store.answer_commitment(("c1", "p1"), Answer.DROPPED)
    assert store.followed()[0].heard == replace(promise(due=NOON), answer=Answer.DROPPED)
    store.delete("c1")
    assert store.followed() == []
    store.restore("c1")
    assert len(store.followed()) == 1


def test_a_call_removed_for_good_takes_its_steps_along(store: LocalStore) -> None:
    """Nothing of a call outlives it."""
    store.keep_step(("c1", "p1"), Step(StepKind.KEPT, NOON, "ring Mrs Adeyemi", None))
    store.note_reminded([(("c1", "p1"), NOON)])
    store.delete("c1")
    store.purge(dt.datetime.now(dt.UTC) + PAST)
    store.finish(CallRecord(header(), commitments=[promise(due=NOON)]), summary())
    (one,) = store.followed()
    assert (one.steps, one.told_for) == ((), None)


def test_what_is_not_there_is_told(store: LocalStore) -> None:
    """A commitment, a step or a call that is gone gives a sentence, not a lost word."""
    with pytest.raises(KnownError, match="no longer"):
        store.keep_step(("c1", "p9"), Step(StepKind.KEPT, NOON, "x", None))
    with pytest.raises(KnownError, match="no longer"):
        store.set_step_undone(99, True)
    with pytest.raises(KnownError, match="no call"):
        store.set_reference("c9", "x")
    with pytest.raises(KnownError, match="no longer"):
        store.snooze_reminder(("c9", "p1"), None)
