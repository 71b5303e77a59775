"""What a whole call is missing."""

from __future__ import annotations

import pytest

from coach.calls.call_flags import call_flags, complaint_turn, turn_behind
from coach.calls.record import apply
from coach.events import CallHeader, CallRecord, CallSource, Owner
from coach.taxonomy import COMPLAINT_SIGNS, MOVES
from tests.unit.calls.call_parts import STARTED_AT, call, other_turn, promise

NOTHING_DONE = ["no_apology", "no_commitment", "no_ask", "no_root_cause"]
LONG = " ".join(["word"] * 101)


def test_an_empty_or_ordinary_call_misses_nothing() -> None:
    """Without a complaint there is nothing to apologise for."""
    assert call_flags(CallRecord(CallHeader("c1", STARTED_AT, CallSource.LIVE, ""))) == []
    assert call_flags(call("Hello.", ("What seat would you like?", {"learning": "What seat"}))) == []
    assert complaint_turn(call("Hello.")) is None


@pytest.mark.parametrize("move", MOVES)
def test_a_complaint_is_known_from_the_agents_side(move: str) -> None:
    """A contentious move, an apology, owning, explaining or a cause tells of one; sympathy alone may not."""
    record = call("Hello.", ("These words.", {move: "words"}))
    complaint = complaint_turn(record)
    assert (complaint is not None) == (move in COMPLAINT_SIGNS and move != "empathising")
    assert complaint is None or complaint.index == 1


def test_sympathy_counts_once_the_call_shows_more() -> None:
    """Then the complaint began where the agent felt with the customer."""
    record = call("Hello.", ("That's hard.", {"empathising": "hard"}), ("It broke.", {"explaining": "broke"}))
    complaint = complaint_turn(record)
    assert complaint is not None
    assert complaint.index == 1


def test_a_complaint_with_nothing_done_misses_all_four() -> None:
    """Each flag points to the turn that shows the complaint."""
    record = call("Hello.", ("Calm down.", {"dismissing": "Calm down"}))
    assert call_flags(record) == NOTHING_DONE
    for flag in NOTHING_DONE:
        assert turn_behind(flag, record) == record.turns[1]
    assert turn_behind("monologue", record) is None


@pytest.mark.parametrize(
    ("move", "flag"),
    [
        ("apologising", "no_apology"),
        ("committing", "no_commitment"),
        ("asking_input", "no_ask"),
        ("root_cause", "no_root_cause"),
    ],
)
def test_one_such_move_in_any_turn_is_enough(move: str, flag: str) -> None:
    """A move said anywhere in the call answers its flag and no other."""
    record = call(("Words.", {move: "Words"}), ("Calm down.", {"dismissing": "Calm down"}))
    assert call_flags(record) == [name for name in NOTHING_DONE if name != flag]


def test_a_promise_heard_is_a_commitment_though_the_move_was_not_found() -> None:
    """A promise of the agent or the company counts; what the customer is to do does not."""
    record = call(("Calm down, I'll call.", {"dismissing": "Calm down"}))
    apply(record, promise(record.turns[0], "I'll call", "call", Owner.CUSTOMER))
    assert "no_commitment" in call_flags(record)
    apply(record, promise(record.turns[0], "I'll call", "call", Owner.COMPANY))
    assert "no_commitment" not in call_flags(record)


@pytest.mark.parametrize(
    ("text", "moves", "seconds", "flagged"),
    [
        (LONG, {}, 40.0, True),
        (" ".join(["word"] * 100), {}, 45.0, False),
        ("A few words.", {}, 45.5, True),
        (LONG + " all right?", {}, 60.0, False),
        (LONG, {"learning": "word"}, 60.0, False),
        (LONG, {"asking_input": "word"}, 60.0, False),
        ("", {}, 60.0, False),
    ],
)
def test_a_long_turn_without_a_question_is_a_monologue(
    text: str, moves: dict[str, str], seconds: float, flagged: bool
) -> None:
    """More than 100 words or 45 s, unless it asks something."""
    record = call("Hello.", (text, moves), seconds_each=seconds)
    apply(record, other_turn(5, LONG))
    record.turns[0] = call("Hello.").turns[0]
    assert ("monologue" in call_flags(record)) is flagged
    assert turn_behind("monologue", record) == (record.turns[1] if flagged else None)


VOUCHER = ("I can offer you a ten percent off voucher.", {"offering": "I can offer"})


@pytest.mark.parametrize(
    ("others", "flagged"),
    [
        ([], True),
        ([("I'll post the voucher today.", {"committing": "I'll post"})], True),
        ([("I'm sorry we lost it.", {"apologising": "I'm sorry"})], False),
        ([("I can send a replacement.", {"offering": "I can send"})], False),
        ([("I'll send an engineer tomorrow.", {"committing": "I'll send"})], False),
        ([("We will change how it is packed.", {"root_cause": "We will change"})], False),
        ([("A refund and a voucher, then.", {"offering": "A refund"})], False),
    ],
)
def test_a_perk_with_neither_apology_nor_solution_stands_alone(
    others: list[tuple[str, dict[str, str]]], flagged: bool
) -> None:
    """Goodwill is no substitute: an apology, or anything that mends the matter, lifts the flag."""
    record = call(VOUCHER, *others)
    assert ("perks_alone" in call_flags(record)) is flagged
    assert turn_behind("perks_alone", record) == (record.turns[0] if flagged else None)


def test_an_offer_that_solves_is_no_perk() -> None:
    """A refund alone is a solution."""
    assert call_flags(call(("I can refund you.", {"offering": "I can refund"}))) == []
