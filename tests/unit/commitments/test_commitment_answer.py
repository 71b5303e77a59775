"""The agent's word on a promise that was heard: confirmed or dropped, kept, and counted in the summary."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from coach.calls.record import standing
from coach.events import Answer, CallRecord, Commitment, Turn
from coach.pipeline import Coach
from coach.store.key import StoreKey
from coach.store.local import LocalStore
from tests.fakes import engine

PROMISE = Turn(0, "I promise to call you.", 0.0, 3.0)


def coach_with_promise() -> Coach:
    coach = Coach(
        CallRecord(engine.header()), engine.FakeDetector({}), engine.FakeExtractor(), engine.FakePolicy()
    )
    list(coach.take(PROMISE))
    return coach


def test_a_dropped_promise_stays_in_the_record_but_no_longer_stands() -> None:
    """Nothing heard is lost: it is marked, told as an event, and left out of what was promised."""
    coach = coach_with_promise()
    (made,) = coach.record.commitments
    assert standing(coach.record) == [made]
    assert list(coach.answer_commitment(made.id, Answer.DROPPED)) == [replace(made, answer=Answer.DROPPED)]
    assert coach.record.commitments == [replace(made, answer=Answer.DROPPED)]
    assert standing(coach.record) == []


def test_an_answer_can_be_taken_back() -> None:
    """Dropped by mistake, it is confirmed again, and stands."""
    coach = coach_with_promise()
    (made,) = coach.record.commitments
    list(coach.answer_commitment(made.id, Answer.DROPPED))
    (again,) = coach.answer_commitment(made.id, Answer.CONFIRMED)
    assert isinstance(again, Commitment)
    assert standing(coach.record) == [again]


def test_an_answer_to_nothing_says_nothing() -> None:
    """A promise that is not there, or answered so already, gives no event."""
    coach = coach_with_promise()
    (made,) = coach.record.commitments
    assert list(coach.answer_commitment("p-99", Answer.CONFIRMED)) == []
    assert list(coach.answer_commitment(made.id, Answer.OPEN)) == []


def test_the_answer_is_kept_with_the_call(tmp_path: Path) -> None:
    """What the agent said of a promise is there again after the app was closed."""
    coach = coach_with_promise()
    record = coach.record
    list(coach.answer_commitment(record.commitments[0].id, Answer.CONFIRMED))
    store = LocalStore(tmp_path / "calls.db", StoreKey("keyring", bytes(range(32))))
    try:
        store.begin(record.header)
        for item in (*record.turns, *record.commitments):
            store.append(record.header.id, item)
        kept, _ = store.load(record.header.id)
    finally:
        store.close()
    assert [one.answer for one in kept.commitments] == [Answer.CONFIRMED]
