"""The action of a promise names its thing, and a time told later finds its promise."""

from __future__ import annotations

import datetime as dt

import pytest

from coach.commitments.extract import RuleExtractor, find_promises
from coach.events import Commitment, Turn

AT = dt.datetime(2026, 11, 18, 10, 30)


def call(*texts: str) -> list[Commitment]:
    extractor = RuleExtractor()
    turns = [Turn(index, text, 10.0 * index, 10.0 * index + 8) for index, text in enumerate(texts)]
    kept: dict[str, Commitment] = {}
    for turn in turns:
        for one in extractor.extract(turn, turns[: turn.index], AT, 0.9):
            kept[one.id] = one
    return list(kept.values())


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("The paperwork, I'll email that over this afternoon.", "email the paperwork over"),
        ("Your passport, it will be ready on the twelfth.", "have your passport ready"),
        ("Your new router ships out on Friday.", "have your new router ship out"),
        ("The timing belt we'll do for you on Monday.", "do the timing belt for you"),
        ("I'm pickin' up your heater on Wednesday.", "pick up your heater"),
        ("I'll be sharing the patch with you by Monday.", "share the patch with you"),
        ("I'll come back Tuesday at ten and swap the cylinder.", "come back and swap the cylinder"),
        ("I'll get, um, I'll get Shaz to ring you on Sunday.", "get Shaz to ring you"),
        ("Expect a call from the repairer by noon.", "call from the repairer"),
    ],
)
def test_the_action_says_what_it_is_about(text: str, action: str) -> None:
    """A pronoun or a bare verb is told with the thing that stands before it, in the words used."""
    assert [one.action for one in find_promises(text, [], AT, 0.9)] == [action]


@pytest.mark.parametrize(
    "later", ["So that'll be the Monday, the twenty-third, between twelve and four.", "It'll be Monday."]
)
def test_a_time_in_the_next_turn_dates_the_promise(later: str) -> None:
    """ "It'll be Monday" is no promise of its own."""
    (one,) = call("I'll get an engineer out to look at that boiler for you.", later)
    assert one.action.startswith("get an engineer out")
    start = one.due[0] if isinstance(one.due, tuple) else one.due
    assert start is not None
    assert (start.month, start.day) == (11, 23)


def test_a_time_in_the_same_turn_dates_the_promise() -> None:
    """ "I'll sort the invoice, and it'll be Friday" is one promise, due on Friday."""
    (one,) = call("I'll send the invoice for you, and it'll be Friday.")
    assert one.due == dt.date(2026, 11, 20)
