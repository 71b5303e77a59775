"""What the customer suggested or asked for is known where the agent said it back, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.calls.suggestions import suggested
from coach.calls.summary import summarise
from tests.unit.calls.call_parts import TITLES, call


@pytest.mark.parametrize(
    "said",
    [
        "So you'd like us to ring before the driver comes.",
        "You would prefer the refund to go to your card, is that right?",
        "I understand you'd rather have it fixed than replaced.",
        "So you want the whole order cancelled.",
        "It sounds like you want someone there before noon.",
        "You're suggesting we put a photo of the door in the message.",
        "You're asking for the fee to be taken off.",
        "You suggested a text the evening before.",
        "You asked us to leave it with the neighbour next time.",
        "Your idea of a safe word on the parcel is one I haven't heard before.",
        "That's a good idea, to send the code by text.",
        "That's a fair point about the opening hours.",
        "You're saying the app should show the real time.",
        "You think we should have called first.",
        "It would help you if we came in the evening.",
        "What would suit you best is a morning, then.",
        "Am I right that you want a new one and not a repair?",
        "You said you'd have preferred a call to an email.",
    ],
)
def test_a_suggestion_said_back_is_found(said: str) -> None:
    """In the agent's words, the whole sentence."""
    assert [said[start:end] for start, end in suggested(said)] == [said]


@pytest.mark.parametrize(
    "said",
    [
        "Would you like a refund or a new one?",
        "If you'd like, I can send it again.",
        "Let me know what you'd prefer.",
        "You can choose whichever you'd like best.",
        "I thought you'd like to know that it left today.",
        "Do you want me to cancel it?",
        "You want to press the red button first.",
        "You need to sign in again.",
        "You should have called us.",
        "What would you suggest?",
        "I suggest we start over.",
        "I'd like to help you with that.",
        "We would like you to stay.",
        "I have an idea that might help.",
        "You asked about the bill.",
        "Anything else you'd like me to do today?",
        "When you want to return it, use the label.",
        "Your parcel is on its way.",
        "That's a good point.",
        "You said it came on Thursday.",
    ],
)
def test_an_offer_a_question_or_an_instruction_is_none(said: str) -> None:
    """Nothing is put into the customer's mouth."""
    assert list(suggested(said)) == []


def test_the_summary_has_them_in_the_agents_words_with_their_second() -> None:
    """Once each, and at most five."""
    asked = "So you'd like us to ring first."
    record = call(
        ("I'm sorry. " + asked, {"reflecting": asked}),
        ("It came to the wrong door on Monday, twice.", {"reflecting": "the wrong door"}),
        asked,
        *(f"You asked for number {number}." for number in range(9)),
    )
    sections = {section.key: section.lines for section in summarise(record, TITLES).sections}
    lines = sections["suggestions"]
    assert [line.text for line in lines] == [
        asked,
        *(f"You asked for number {number}." for number in range(4)),
    ]
    assert (lines[0].turn_index, lines[0].at_s, lines[0].evidence) == (0, 1.0, asked)


def test_what_was_said_back_twice_stands_where_it_was_said_first() -> None:
    """The lines are in the order of their seconds."""
    asked, other = "So you'd like us to ring first.", "You asked for a refund."
    sections = {
        section.key: section.lines for section in summarise(call(asked, other, asked), TITLES).sections
    }
    assert [line.turn_index for line in sections["suggestions"]] == [0, 1]


@given(st.text(max_size=200))
def test_whatever_is_said_gives_sentences_of_it(said: str) -> None:
    """Ranges in order, inside of the text, without overlap."""
    edge = 0
    for start, end in suggested(said):
        assert edge <= start < end <= len(said)
        edge = end
