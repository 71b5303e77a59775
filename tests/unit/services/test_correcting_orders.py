"""Corrections of many turns, taken back in any order: what stays is as if the others had never been made."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import cache

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from coach.commitments.extract import RuleExtractor
from coach.events import Answer, CallRecord, Commitment
from coach.redaction.redactor import Redactor
from coach.services.correcting import Judges, correct, put_back, take_out
from coach.values.reviewing import Correction
from tests.fakes import sample_call
from tests.fakes.engine import FakeDetector

MOVES = {"should have put": "blaming", "on me": "owning", "sorry you feel": "non_apology"}
SAID = (
    "I'll call you back on Friday with a date.",
    "I'll call you back on Wednesday, sorry, not Friday.",
    "Sorry, I'll call you back at noon tomorrow instead.",
    "You should have put it there. I'll send you the form today.",
    "That was on me. I'm sorry you feel that way.",
    "Nothing of that kind.",
)


def judges() -> Judges:
    return Judges(FakeDetector(MOVES), RuleExtractor(), Redactor())


def content(record: CallRecord) -> tuple[object, ...]:
    """What a call holds, whatever its promises' ids and answers are."""
    return (
        record.turns,
        {index: moves for index, moves in record.moves.items() if moves},
        [replace(one, id="", answer=Answer.OPEN) for one in record.commitments],
        record.cue_ends,
    )


@cache
def with_these_alone(corrections: tuple[tuple[int, str], ...]) -> CallRecord:
    """The call with corrections (turn, what is said), made once and in this order. Not to be changed."""
    if not corrections:
        return sample_call.record()
    record = deepcopy(with_these_alone(corrections[:-1]))
    correct(record, *corrections[-1], judges())
    return record


class Orders(RuleBasedStateMachine):
    """``standing``: the corrections that count, the oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self.record = sample_call.record()
        self.standing: list[Correction] = []
        self.made = 0
        self.actions: dict[str, set[str]] = {}

    @rule(turn=st.integers(0, 11), said=st.sampled_from(SAID))
    def put_right(self, turn: int, said: str) -> None:
        before = correct(self.record, turn, said, judges())
        self.made += 1
        self.standing.append(Correction(turn, self.record.header.started_at, before, said, self.made))

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        last = {one.turn_index: one for one in self.standing}
        wanted = data.draw(st.sampled_from(sorted(last.values(), key=lambda one: one.id)))
        place = self.standing.index(wanted)
        self.standing[place:] = take_out(self.record, wanted, self.standing[place + 1 :], judges())

    @precondition(lambda self: any(one.answer is Answer.OPEN for one in self.record.commitments))
    @rule()
    def confirm(self) -> None:
        first = next(one for one in self.record.commitments if one.answer is Answer.OPEN)
        self.record.commitments = [
            replace(one, answer=Answer.CONFIRMED) if one is first else one for one in self.record.commitments
        ]

    @invariant()
    def what_stays_is_as_if_the_others_had_never_been(self) -> None:
        wanted = with_these_alone(tuple((one.turn_index, one.said) for one in self.standing))
        assert content(self.record) == content(wanted)

    @invariant()
    def every_promise_is_in_its_turns_words_and_has_its_own_id(self) -> None:
        texts = {turn.index: turn.text for turn in self.record.turns}
        assert all(one.evidence in texts[one.turn_index] for one in self.record.commitments)
        ids = [one.id for one in self.record.commitments]
        assert len(ids) == len(set(ids))


TestOrders = Orders.TestCase
TestOrders.settings = settings(max_examples=60, stateful_step_count=8)


def promises(record: CallRecord) -> dict[str, Commitment]:
    return {one.id: one for one in record.commitments}


def test_a_promise_told_again_is_back_in_its_first_turn_once_that_is_undone() -> None:
    """Words that moved a promise to a later day and turn are put back: so is the promise, with its day."""
    record = sample_call.record()
    correct(record, 2, SAID[0], judges())
    was = content(record)
    before = correct(record, 4, SAID[1], judges())
    assert content(record) != was
    put_back(record, before)
    assert content(record) == was


def test_a_promise_keeps_its_id_where_an_earlier_correction_is_taken_out() -> None:
    """The steps of a promise hang on its id: made anew on other words, it is still the same promise."""
    record = sample_call.record()
    first = Correction(0, record.header.started_at, correct(record, 0, SAID[3], judges()), SAID[3], 1)
    second = Correction(2, record.header.started_at, correct(record, 2, SAID[0], judges()), SAID[0], 2)
    (mine,) = [one for one in record.commitments if one.turn_index == 2]
    (again,) = take_out(record, first, [second], judges())
    assert promises(record)[mine.id] == mine
    put_back(record, again.before)
    assert content(record) == content(sample_call.record())
