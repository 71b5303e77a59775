"""How the rules and the move detector's confidence decide together, for any calibrated probability."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.commitments.extract import find_promises
from coach.commitments.strength import BESIDE, ENOUGH, Strength, counts

AT = dt.datetime(2026, 11, 18, 10, 30)
LEVELS = list(Strength)[1:]


def found(text: str, committing: float | None) -> int:
    return len(find_promises(text, [], AT, committing))


@given(st.sampled_from(list(Strength)), st.floats(0, 1), st.floats(0, 1))
def test_more_confidence_never_drops_a_promise(level: Strength, one: float, other: float) -> None:
    """Monotone: what counts at a probability counts at every higher one, and nothing never counts."""
    low, high = sorted((one, other))
    assert counts(level, low, strongest=level) <= counts(level, high, strongest=level)
    assert not counts(Strength.NONE, high, strongest=Strength.SURE)


@given(st.floats(0, 1))
def test_a_stronger_head_never_needs_more_confidence(committing: float) -> None:
    """What counts when doubtful counts when likely, and what counts when likely counts when sure."""
    held = [counts(level, committing, strongest=level) for level in LEVELS]
    assert held == sorted(held)
    assert list(ENOUGH.values()) == sorted(ENOUGH.values(), reverse=True)


def test_without_a_detector_the_rules_decide() -> None:
    """None is neither yes nor no: likely and sure heads count, doubtful ones do not."""
    assert [level for level in LEVELS if counts(level, None, strongest=level)] == [
        Strength.LIKELY,
        Strength.SURE,
    ]


@pytest.mark.parametrize("committing", [None, 0.0, 0.001, 0.5, 1.0])
def test_a_dated_company_promise_stands_whatever_the_detector_says(committing: float | None) -> None:
    """Detectors miss the passive; the rules do not."""
    assert found("Your refund will be paid into your account on Friday.", committing) == 1


@pytest.mark.parametrize("committing", [None, 0.0, 0.5, 1.0])
@pytest.mark.parametrize(
    "text",
    [
        "Shall I send you the form tomorrow?",
        "Refunds are usually paid within five days.",
        "My colleague told you, I'll call you back on Friday.",
        "I won't be sending anything on Monday.",
        "We will get back to you shortly.",
    ],
)
def test_no_confidence_makes_a_promise_of_a_decoy(text: str, committing: float | None) -> None:
    """Questions, policy, quotes, refusals and vague forwards stay out at any probability."""
    assert found(text, committing) == 0


def test_a_doubtful_head_is_not_carried_by_its_neighbour() -> None:
    """The confidence of a turn that a sure promise explains says nothing about a doubtful one beside it."""
    doubtful = "I'm adding a note to your file."
    assert found(doubtful, 0.9) == 1
    assert found(doubtful + " And I'll ring you on Monday.", 0.9) == 1


@pytest.mark.parametrize(
    "text",
    [
        "I'll get her up on the rack on Monday and holler at you by noon.",
        "It's ready on the twelfth, and we overnight it to you on the thirteenth.",
        "In the same week we regrout the bath for you, by Friday.",
        "Our driver leaves with it tonight.",
        "Proof goes to you in half an hour.",
        "You have my answer this afternoon.",
    ],
)
def test_verbs_nobody_listed_promise_where_the_detector_is_sure(text: str) -> None:
    """Any verb counts that is not known to be none; the detector decides what is open."""
    assert found(text, 0.95) >= 1


@pytest.mark.parametrize(
    "text",
    [
        "I'm putting you through to the claims desk, they are there until nine.",
        "Will I put you in for the spa on Friday?",
        "The letter does say we will restore supply within twelve hours.",
        "We close at three on a Friday.",
        "You could have had it on Monday if you had asked.",
    ],
)
def test_the_closed_list_is_stronger_than_the_detector(text: str) -> None:
    """What never promises stays out, however sure the detector is and whatever time is named."""
    assert found(text, 0.99) == 0


def test_a_weak_head_beside_a_promise_needs_a_surer_detector() -> None:
    """What a stronger promise already explains is no sign for a weaker one beside it."""
    for level, enough in BESIDE.items():
        assert not counts(level, enough - 0.01, strongest=Strength.SURE)
        assert counts(level, enough, strongest=Strength.SURE)
    assert not counts(Strength.DOING, 1.0, strongest=Strength.SURE)
