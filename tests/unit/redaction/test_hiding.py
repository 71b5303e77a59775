"""What is hidden in a text, what stays, and that no text is too odd to be looked at."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.redaction.hiding import Choice, find, hide
from coach.redaction.kinds import KINDS

HIDDEN = [
    ("four two four two, 4242, four two four two, four two four two, yes?", "[card number], yes?"),
    ("So 4242 4242 4242 4242 and £40.", "So [card number] and £40."),
    ("Your order 4242 4242 4242 4242?", "Your order [card number]?"),
    ("The card ends in double oh nine two.", "The card ends in [card number]."),
    ("The card expires 08/27, thanks.", "The card expires [expiry date], thanks."),
    ("It expires 04/27, last three are 123.", "It expires [expiry date], last three are [security code]."),
    ("And the expiry date is oh eight twenty-seven?", "And the expiry date is [expiry date]?"),
    ("The card for the plan expires 04/27.", "The card for the plan expires [expiry date]."),
    ("The expiry for my Visa is 12/26.", "The expiry for my Visa is [expiry date]."),
    ("The expiry you have there is 08/28.", "The expiry you have there is [expiry date]."),
    ("The expiry we've got on file is 8/28.", "The expiry we've got on file is [expiry date]."),
    ("The expiry on that one was 09/27.", "The expiry on that one was [expiry date]."),
    ("It expires in, what was it, 11/26?", "It expires in, what was it, [expiry date]?"),
    ("Sort code sixty, sixteen, thirteen.", "Sort code [account number]."),
    ("We pay GB29 NWBK 6016 1331 9268 19 today.", "We pay [account number] today."),
    ("Your NI number is A B one two three four five six C.", "Your NI number is [ID number]."),
    ("The Aadhaar is 2341 2341 2346.", "The Aadhaar is [ID number]."),
    ("Call oh eight hundred, one one one, eight nine eight nine.", "Call [phone number]."),
    ("Call (415) 555-0132 at two.", "Call [phone number] at two."),
    ("That's plus four four twenty, seven nine four six, triple oh one.", "That's [phone number]."),
    ("Forty-one seventy-seven is the PIN.", "[PIN] is the PIN."),
    ("It's john dot smith at gmail dot com, right?", "It's [e-mail], right?"),
    ("Your email is john.smithatgmail.com I think.", "Your email is [e-mail] I think."),
    ("Your e-mail is kay.example.org, right?", "Your e-mail is [e-mail], right?"),
    ("To k o w a l s k i at yahoo dot com.", "To [e-mail]."),
    ("The postcode is B for Bravo, S for Sierra, eight, one T H.", "The postcode is [postcode]."),
    ("Your password is sunflower42, all lower case.", "Your password is [password], all lower case."),
    ("Her maiden name is Kowalska, thank you.", "Her maiden name is [security answer], thank you."),
    ("Born on March 14th, 1985, yes?", "Born on [date of birth], yes?"),
]  # fmt: skip

KEPT = [
    "I'm refunding £1,299.99, four hundred and seventeen pounds and fifty pence.",
    "It comes on Thursday the 14th between 8 and 12, or at half past four.",
    "That's twenty-four ninety-nine back on the first.",
    "The reference is 4417-2093 and the ticket INC0042317.",
    "Your RB38C602 has a WF-1000XM4 beside it, and 256 gigabytes.",
    "It takes three to five working days, forty-eight hours at most.",
    "Between 2019 and 2021 you paid 84,000 points.",
    "Oh, I'm sorry, and oh, one more thing.",
    "Your password expires in 14 days, and we change it every ninety.",
    "What is your account number, and your mother's maiden name?",
    "Have a look at sameside dot com for the hours.",
    "Your warranty is valid until 04/27, and the quote expires 12/26.",
    "Your railcard is valid until 31/12.",
    "The hold expires, so I'll post it to you by 12/26.",
    "It expires, so I'll post it by 12/26.",
    "The offer expires twelve twenty-six.",
]


@pytest.mark.parametrize(("said", "kept"), HIDDEN)
def test_what_could_harm_is_hidden(said: str, kept: str) -> None:
    """Written or spoken, each kind is replaced by what it was, and the rest of the sentence stays."""
    assert hide(said, find(said)) == kept


@pytest.mark.parametrize("said", KEPT)
def test_what_a_promise_needs_stays(said: str) -> None:
    """Amounts, times, dates due, references, models and questions are left alone."""
    assert hide(said, find(said)) == said


def test_names_and_references_are_hidden_on_request() -> None:
    """Off unless chosen, for follow-up needs a reference and a summary reads better with names."""
    said = "Thanks, Mrs Szymborska, your order is 4417-2093."
    assert find(said) == []
    assert hide(said, find(said, Choice(names=True))) == "Thanks, [name], your order is 4417-2093."
    assert (
        hide(said, find(said, Choice(references=True)))
        == "Thanks, Mrs Szymborska, your order is [reference]."
    )


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("", ""),
        (" \n\t ", " \n\t "),
        ("😀 it's 07700 900123 🎉", "😀 it's [phone number] 🎉"),
        ("\x00\x1b[0m 4242424242424242\x07", "\x00\x1b[[card number]\x07"),
        ("4" * 30_000, "[number]"),
        ("٤١٧٧ ٤١٧٧", "[number]"),
        ("İİ 4242 4242 4242 4242", "İİ [card number]"),
    ],
)
def test_odd_text_is_looked_at_all_the_same(said: str, kept: str) -> None:
    """Empty, control characters, emoji, digits alone, letters that change their length: none of it fails."""
    assert hide(said, find(said)) == kept


def test_five_thousand_words_keep_what_is_not_a_number() -> None:
    """A very long turn is looked at whole."""
    said = "we will call you back today " * 830 + "on 07700 900123 please"
    [found] = find(said)
    assert said[found.start : found.end] == "07700 900123"


_PARTS = st.sampled_from(
    "four double oh seven 4177 07700 900123 , . ? at dot com password is PIN £5 card 😀 B for Bravo - + ( on"
    " born"
    " March 14th Mrs Kay \x00 \n a I 4242424242424242".split(" ")
)


@settings(max_examples=60)
@given(st.lists(_PARTS, max_size=30).map(" ".join) | st.text(max_size=80))
def test_findings_are_whole_ranges_apart(said: str) -> None:
    """Whatever the text, findings lie inside it, in order, without overlap, and of a known kind."""
    place = 0
    for one in find(said, Choice(names=True, references=True)):
        assert place <= one.start < one.end <= len(said)
        assert one.kind in KINDS
        place = one.end
