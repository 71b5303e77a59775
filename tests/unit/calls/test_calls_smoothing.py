"""A language model may smooth the wording of a summary, and can add nothing to it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.calls.shown import show
from coach.calls.smoothing import added, smooth
from coach.calls.summary import summarise
from coach.values.revisions import ShownSummary
from tests.unit.calls.call_parts import TITLES, call

SPOKEN = "So um you'd like you'd like us to to ring the, the depot before noon, and not to send an email."


@pytest.mark.parametrize(
    ("spoken", "smooth_words"),
    [
        (SPOKEN, "You would like us to ring the depot before noon and not to send an email."),
        ("It come it come on Tuesday, you know.", "It comes on Tuesday."),
        ("I, I can't I can't find the order.", "I cannot find the order."),
        ("we'll we'll send it by Friday", "We will send it by Friday."),
        ("So it was four four seven.", "It is four four seven."),
    ],
)
def test_fillers_repetitions_and_grammar_may_go(spoken: str, smooth_words: str) -> None:
    """What says the same more smoothly is taken."""
    assert added(spoken, smooth_words) == ""


@pytest.mark.parametrize(
    "smooth_words",
    [
        "You'd like us to ring the depot before noon on Friday, and not to send an email.",
        "You'd like us to ring the depot before noon, and to send an email.",
        "You'd like us to ring the depot after noon, and not to send an email.",
        "You'd like us to ring the depot before two, and not to send an email.",
        "You'd like Rosa to ring the depot before noon, and not to send an email.",
        "We'd like you to ring the depot before noon, and not to send an email.",
        "You'd like us to ring the angry depot before noon, and not to send an email.",
        "You'd like us to email the depot before noon, and not to ring.",
        "You might like us to ring the depot before noon, and not to send an email.",
        "You'd like us to ring the depot before noon.",
        "The customer is upset.",
        "",
        "<b>You'd like us to ring the depot before noon, and not to send an email.</b>",
    ],
)
def test_what_says_something_else_is_seen(smooth_words: str) -> None:
    """A fact, a denial, another time, number, name, person, order or hedge, something left out, markup."""
    assert added(SPOKEN, smooth_words) != ""


def test_what_is_true_once_may_not_be_said_of_another() -> None:
    """Words all there are not enough: order and count hold what belongs together."""
    spoken = "I can't come Monday but I can come Tuesday."
    assert added(spoken, "I can't come Monday and Tuesday.")
    assert added(spoken, "I can come Monday but I can't come Tuesday.")
    assert added("It is four four seven.", "It is four seven.")
    assert added("If it breaks, I'll refund you.", "It breaks, and I'll refund you.")
    assert added("I will probably call.", "I will call.")


words = st.lists(
    st.sampled_from("you I we not will ring the depot Friday two refund if maybe um it was".split()),
    max_size=12,
)
FACTS = "never Monday seven he angry probably unless 5 Rosa free full 100 can't they twice".split()


@given(words, st.sampled_from(FACTS), st.integers(0, 12))
def test_no_fact_can_be_put_in(spoken: list[str], fact: str, place: int) -> None:
    """Wherever a word that carries one is put in, it is seen."""
    longer = [*spoken[:place], fact, *spoken[place:]]
    assert added(" ".join(spoken), " ".join(longer)) != ""


@given(words, st.data())
def test_no_denial_condition_or_number_can_be_left_out(spoken: list[str], data: st.DataObject) -> None:
    """Taking out any of them is seen, however the rest reads."""
    weighty = [at for at, word in enumerate(spoken) if word in ("not", "if", "two", "maybe")]
    if not weighty:
        return
    at = data.draw(st.sampled_from(weighty))
    if spoken[at] != "two" and spoken[at] in spoken[:at] + spoken[at + 1 :]:
        return  # Said twice in a row it may be said once.
    shorter = [*spoken[:at], *spoken[at + 1 :]]
    assert added(" ".join(spoken), " ".join(shorter)) != ""


@given(words)
def test_words_are_as_true_as_themselves(spoken: list[str]) -> None:
    """What was said is never said to add to itself, and upper case and marks make no difference."""
    said = " ".join(spoken)
    if added(said, said) == "no words":
        return
    assert added(said, said) == ""
    assert added(said, said.upper() + "!") == ""


@pytest.fixture
def shown() -> ShownSummary:
    record = call(
        (SPOKEN, {"reflecting": "ring the"}), ("It came it came to the wrong door.", {"explaining": "came"})
    )
    return show(record, summarise(record, TITLES))


def test_only_lines_that_say_the_same_are_taken(shown: ShownSummary) -> None:
    """The model is asked once, for spoken lines only; one adds a day, which is dropped and counted."""
    asked = []

    def answer(_instruction: str, listed: str) -> str:
        asked.append(json.loads(listed))
        return (
            "Sure!\n```json\n"
            + json.dumps(["You would like it on Friday.", "It came to the wrong door."])
            + "```"
        )

    found = smooth(shown, answer)
    assert asked == [[SPOKEN, "It came it came to the wrong door."]]
    assert found.lines == (("about.1.words", "It came to the wrong door."),)
    assert found.dropped == 1


@pytest.mark.parametrize("answered", ["", "no list", "[1, 2]", "[", '{"a": [}', "[]", '[["x"]]', "[" * 9000])
def test_an_answer_that_is_no_list_changes_nothing(shown: ShownSummary, answered: str) -> None:
    """Whatever a model writes."""
    assert smooth(shown, lambda _instruction, _words: answered).lines == ()


def test_with_nothing_said_the_model_is_not_asked(shown: ShownSummary) -> None:
    """Nor for lines the agent has worded already."""

    def never(_instruction: str, _words: str) -> str:
        raise AssertionError("asked")

    assert smooth(replace(shown, sections=()), never).lines == ()
