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


@pytest.mark.parametrize("move", ["owning", "apologising", "learning", "asking_input", "offering"])
def test_any_owning_question_or_way_out_is_enough(new_call: Any, move: str) -> None:
    """One apology, owning, question or solution anywhere in the call, and nobody is reminded of a sorry."""
    call = new_call()
    call.say(0.0, 2.0, move)
    complaint(call)
    assert [one.move for one in call.say(140.0, 150.0)] in ([], ["no_commitment"])


def test_an_open_question_by_its_words_is_enough(new_call: Any) -> None:
    """The detector may miss a question; the reminder does not come where one was plainly asked."""
    call = new_call()
    complaint(call)
    call.say(60.0, 64.0, text="And what did the driver say then?")
    assert call.say(140.0, 150.0) == []


def test_two_minutes_pass_in_a_pause(new_call: Any) -> None:
    """The reminder does not wait for the agent's next turn: it comes while the customer speaks, on time."""
    call = new_call()
    complaint(call)
    assert call.wait(129.0) == []
    (cue,) = call.wait(131.0)
    assert (cue.move, cue.at_s) == ("no_apology", 130.0)


def test_sympathy_alone_is_not_a_complaint(new_call: Any) -> None:
    """Sad news is met with sympathy and sorry, and nothing went wrong."""
    call = new_call()
    for at_s in (0.0, 60.0, 120.0, 180.0):
        assert call.say(at_s, at_s + 5.0, "empathising", "apologising") == []


def test_one_sign_is_not_enough(new_call: Any) -> None:
    """A single doubtful turn does not make a complaint."""
    call = new_call()
    call.say(0.0, 10.0, "explaining")
    assert call.say(140.0, 150.0) == []


@pytest.mark.parametrize(("length_s", "text"), [(45.1, "Short."), (10.0, LONG)])
def test_monologue(new_call: Any, length_s: float, text: str) -> None:
    """More than 45 seconds, or more than 100 words, without a question: one reminder to pause."""
    call = new_call()
    call.say(0.0, 2.0, "empathising")
    (cue,) = call.say(10.0, 10.0 + length_s, "explaining", text=text)
    assert cue.move == "monologue"
    assert text.startswith(cue.because.words)
    assert len(cue.because.words.split()) <= 12


def test_a_long_explanation_alone_is_no_complaint(new_call: Any) -> None:
    """How a thing works sounds like why it failed: without another sign, silence. A long excuse is one."""
    assert new_call().say(0.0, 60.0, "explaining", text=LONG) == []
    (cue,) = new_call().say(0.0, 60.0, "owning", "explaining", text=LONG)
    assert cue.move == "monologue"


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
    for at_s in (200.0, 300.0, 400.0):
        call.say(at_s, at_s + 5.0)
        call.wait(at_s + 70.0)
    assert [cue.move for cue in call.cues] == ["no_apology", "no_ask"]


def test_never_asked(new_call: Any) -> None:
    """Three minutes into a complaint that was owned and neither asked about nor solved."""
    call = new_call()
    call.say(0.0, 10.0, "owning")
    call.say(20.0, 30.0, "explaining")
    assert call.say(150.0, 160.0) == []
    (cue,) = call.wait(195.0)
    assert (cue.move, cue.at_s, cue.because.turn_index) == ("no_ask", 190.0, 0)


def apology(call: Any) -> None:
    call.say(0.0, 10.0, "apologising", "owning", text="I'm sorry, we lost it.")
    call.say(12.0, 20.0, "explaining")


def test_apology_without_a_next_step(new_call: Any) -> None:
    """Two turns and half a minute after a sorry there is still no step and no question."""
    call = new_call()
    apology(call)
    (cue,) = call.say(35.0, 40.0)
    assert (cue.move, cue.because.words) == ("no_commitment", "I'm sorry, we lost it.")


@pytest.mark.parametrize("move", ["offering", "committing", "root_cause", "learning", "asking_input"])
def test_apology_with_a_next_step(new_call: Any, move: str) -> None:
    """Any step, before or after the sorry, or any question, and there is nothing to remind of."""
    call = new_call()
    apology(call)
    assert call.say(35.0, 40.0, move) == []
    assert call.say(60.0, 65.0) == []


def closing(call: Any, text: str, *moves: str) -> list[Any]:
    call.say(0.0, 5.0, "owning")
    call.say(8.0, 12.0, "explaining")
    call.say(14.0, 16.0, *moves)
    return call.say(20.0, 24.0, text=text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Right. Is there anything else I can help you with?", "anything else I can help"),
        ("Okay, thank you for calling us.", "thank you for calling"),
        ("Okay then, Bye bye!", "Bye"),
    ],
)
def test_before_you_hang_up(new_call: Any, text: str, words: str) -> None:
    """The agent's own closing words, in a complaint without any next step."""
    (cue,) = closing(new_call(), text)
    assert (cue.move, cue.because.words, cue.because.turn_index) == ("no_commitment", words, 3)


@pytest.mark.parametrize("move", ["committing", "offering", "root_cause"])
def test_closing_after_a_next_step(new_call: Any, move: str) -> None:
    """What was promised or offered goes on after the call."""
    assert closing(new_call(), "Thank you for calling.", move) == []


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for calling Ferris Travel, how can I help?",
        "One moment, bye the way it is the second door.",
        "By then it was too late.",
        "Before the bye there was a long talk about the weather, the van, the driver and the dog.",
    ],
)
def test_not_closing(new_call: Any, text: str) -> None:
    """A greeting, a pause, part of a word, or a goodbye in the middle ends no call."""
    assert closing(new_call(), text) == []


def test_no_call_ends_with_its_first_turns(new_call: Any) -> None:
    """Silence in doubt: three turns are too few to have come to an end."""
    call = new_call()
    call.say(0.0, 5.0, "owning")
    call.say(8.0, 12.0, "explaining")
    assert call.say(14.0, 16.0, text="Thank you for calling.") == []


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
