"""What is missing from a running call."""

from __future__ import annotations

from typing import Any

import pytest

from coach.coaching.pacing import Pacing
from coach.events import CueEnd

LONG = "and then it goes on " * 21


def complaint(call: Any) -> None:
    """Two turns that show a complaint and carry no repair the reminder asks for."""
    call.say(0.0, 10.0, "explaining", text="It went out late because the van broke down.", evidence=(0, 16))
    call.say(20.0, 30.0, "empathising")


def test_two_minutes_without_owning(new_call: Any) -> None:
    """The reminder comes with the first turn that ends two minutes in, and points to where it began."""
    call = new_call()
    complaint(call)
    assert call.say(100.0, 129.9) == []
    (cue,) = call.say(129.9, 130.0)
    assert (cue.move, cue.because.turn_index, cue.because.words) == ("no_apology", 0, "It went out late")


@pytest.mark.parametrize("move", ["owning", "apologising", "learning", "asking_input"])
def test_any_owning_or_question_is_enough(new_call: Any, move: str) -> None:
    """One apology, one owning or one question anywhere in the call, and nobody is reminded."""
    call = new_call()
    call.say(0.0, 2.0, move)
    complaint(call)
    assert call.say(140.0, 150.0) == []


def test_one_sign_is_not_enough(new_call: Any) -> None:
    """A single doubtful turn does not make a complaint."""
    call = new_call()
    call.say(0.0, 10.0, "explaining")
    assert call.say(140.0, 150.0) == []


@pytest.mark.parametrize(("end_s", "text"), [(45.1, "Short."), (10.0, LONG)])
def test_monologue(new_call: Any, end_s: float, text: str) -> None:
    """More than 45 seconds, or more than 100 words, without a question: one reminder to pause."""
    call = new_call()
    (cue,) = call.say(0.0, end_s, "explaining", text=text)
    assert cue.move == "monologue"
    assert text.startswith(cue.because.words)
    assert len(cue.because.words.split()) <= 12


@pytest.mark.parametrize(
    ("end_s", "moves", "text"),
    [
        (45.0, ("explaining",), "Short."),
        (60.0, ("explaining",), "Short, isn't it?"),
        (60.0, ("explaining", "learning"), "Tell me more."),
        (60.0, ("committing",), LONG),
    ],
    ids=["short enough", "a question", "a question by its move", "no complaint"],
)
def test_no_monologue(new_call: Any, end_s: float, moves: tuple[str, ...], text: str) -> None:
    """A turn that asks, or is short, or belongs to no complaint, is left alone."""
    assert new_call().say(0.0, end_s, *moves, text=text) == []


def test_perk_alone(new_call: Any) -> None:
    """Goodwill with neither apology nor solution brings the reminder, with the words of the offer."""
    call = new_call()
    call.say(0.0, 5.0, "empathising")
    (cue,) = call.say(20.0, 25.0, "offering", text="I'll give you a voucher.", evidence=(0, 23))
    assert (cue.move, cue.because.words) == ("perks_alone", "I'll give you a voucher")


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (("empathising", "apologising"), "Have a voucher."),
        (("empathising", "root_cause"), "Have a voucher."),
        (("empathising",), "I'll replace it, and here is a voucher."),
        (("empathising",), "You can come on Tuesday instead."),
        (("committing",), "Have a voucher."),
        ((), "Have a voucher."),
    ],
    ids=["apologised", "solved before", "solved now", "no perk", "promised", "no complaint"],
)
def test_perk_with_company(new_call: Any, before: tuple[str, ...], text: str) -> None:
    """A perk beside an apology or a solution, or in a calm call, is nobody's trouble."""
    call = new_call()
    call.say(0.0, 5.0, *before)
    assert call.say(20.0, 25.0, "offering", text=text) == []


def test_each_reminder_once(new_call: Any) -> None:
    """What is missing is said once in a call, also when the agent puts it away."""
    call = new_call()
    complaint(call)
    call.say(120.0, 130.0)
    call.put_away(132.0, CueEnd.DISMISSED)
    for at_s in (200.0, 300.0):
        assert call.say(at_s, at_s + 5.0) == []
    assert [cue.move for cue in call.cues] == ["no_apology"]


def test_said_comes_before_missing(new_call: Any) -> None:
    """A move in the turn is cued before anything that is missing."""
    call = new_call()
    complaint(call)
    (cue,) = call.say(120.0, 170.0, "delaying", text=LONG)
    assert cue.move == "delaying"


def test_quiet_level_leaves_the_missing_out(new_call: Any) -> None:
    """At the quiet level only what was said is cued."""
    call = new_call(Pacing.of("quiet"))
    complaint(call)
    assert call.say(120.0, 170.0, text=LONG) == []
