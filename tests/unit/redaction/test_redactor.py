"""A call's turns as they are kept: words and their times, and numbers read over two turns."""

from __future__ import annotations

from itertools import pairwise

from coach.events import (
    Because,
    CallRecord,
    Commitment,
    Cue,
    Move,
    MovesFound,
    Owner,
    Turn,
    Word,
)
from coach.redaction.mending import follow
from coach.redaction.redactor import Mended, Redactor
from tests.fakes import engine


def spoken(index: int, text: str) -> Turn:
    """A turn whose words last half a second each."""
    words = tuple(
        Word(word, index * 100 + at * 0.5, index * 100 + at * 0.5 + 0.5, 0.9)
        for at, word in enumerate(text.split())
    )
    return Turn(index, text, words[0].start_s, words[-1].end_s, words)


def kept(*texts: str) -> list[str]:
    redactor = Redactor()
    return [redactor.redact(spoken(index, text))[0].text for index, text in enumerate(texts)]


def test_hidden_words_become_one_word_in_their_time() -> None:
    """Evidence keeps its seconds: the one word spans those it hides, and the text is its words."""
    turn, _ = Redactor().redact(spoken(0, "So it's 07700 900 123, and I'll ring at ten."))
    assert turn.text == " ".join(word.text for word in turn.words)
    assert [word.text for word in turn.words[:4]] == ["So", "it's", "[phone number],", "and"]
    assert (turn.words[2].start_s, turn.words[2].end_s) == (1.0, 2.5)
    assert all(one.end_s <= other.start_s for one, other in pairwise(turn.words))


def test_a_written_turn_has_no_words_to_keep_in_step() -> None:
    """A call that was typed is redacted as well."""
    turn, _ = Redactor().redact(Turn(0, "My PIN is 2580.", 0.0, 1.0))
    assert (turn.text, turn.words) == ("My PIN is [PIN].", ())


def test_words_that_do_not_spell_the_text_are_not_kept() -> None:
    """Nothing that might hold the number stays beside the hidden text."""
    odd = Turn(0, "PIN 2580.", 0.0, 1.0, (Word("PIN  2580", 0.0, 1.0, 0.9),))
    turn, _ = Redactor().redact(odd)
    assert (turn.text, turn.words) == ("PIN [PIN].", ())


def test_a_card_read_in_pieces_is_hidden_piece_by_piece() -> None:
    """The agent says the number turn by turn, as the customer reads it."""
    pieces = kept(
        "Go ahead with the long number.", "five one oh five", "one oh", "and then 5100", "That's £40."
    )
    assert pieces == [
        "Go ahead with the long number.",
        "[card number]",
        "[card number]",
        "and then [card number]",
        "That's £40.",
    ]


def test_what_is_asked_for_is_hidden_in_the_next_turn() -> None:
    """Security answers, dates of birth and when a card expires come right after their question."""
    assert (
        kept("What is your mother's maiden name?", "Fitzgerald, thank you.")[1]
        == "[security answer], thank you."
    )
    assert (
        kept("Your date of birth, please?", "21st of August 1990, perfect.")[1] == "[date of birth], perfect."
    )
    assert (
        kept("And the expiry date?", "And that is 04/27, thank you.")[1]
        == "And that is [expiry date], thank you."
    )
    assert kept("What is your mother's maiden name?", "Thank you, one moment.")[1] == "Thank you, one moment."


def test_a_reference_read_in_pieces_stays() -> None:
    """Follow-up needs it, over two turns too."""
    texts = ("Your reference is four four one seven", "two oh nine three, got that?")
    assert kept(*texts) == list(texts)


def test_the_end_of_the_turn_before_is_mended() -> None:
    """Two digits alone mean nothing; with the next turn they are a number, and both are hidden."""
    redactor = Redactor()
    first, none = redactor.redact(spoken(0, "Let me note it, 077"))
    second, mended = redactor.redact(spoken(1, "00 900 123, thanks."))
    assert (first.text, none) == ("Let me note it, 077", None)
    assert second.text == "[number], thanks."
    assert mended is not None
    assert (mended.turn.text, mended.said, mended.shown) == ("Let me note it, [number]", "077", "[number]")


def test_what_was_made_of_a_mended_turn_follows() -> None:
    """No flag, cue or commitment goes on holding digits that are hidden now."""
    turn = spoken(0, "I'll ring you on 077")
    record = CallRecord(engine.header(), [turn])
    record.moves[0] = (Move("committing", 0.9, (0, len(turn.text))),)
    because = Because("committing", turn.text, 0, ())
    record.cues = [Cue("c", 1.0, "committing", "t", "s", "w", because)]
    promise = Commitment("p", "ring you on 077", Owner.AGENT, None, None, False, turn.text, 0, 0.0, 2.0)
    record.commitments = [promise]
    shorter = Turn(0, "I'll ring [x]", turn.start_s, turn.end_s)
    told = list(follow(record, Mended(shorter, "077", "[x]")))
    assert told[:2] == [shorter, MovesFound(0, (Move("committing", 0.9, (0, len(shorter.text))),))]
    assert "077" not in repr(told)
    assert [type(one) for one in told[2:]] == [Cue, Commitment]


def test_open_words_are_shown_hidden_and_change_nothing() -> None:
    """A look at the turn while it is said does not count as its end."""
    redactor = Redactor()
    turn = spoken(0, "Your PIN is 2580")
    assert [word.text for word in redactor.preview(turn.words)] == ["Your", "PIN", "is", "[PIN]"]
    assert redactor.redact(turn)[0].text == "Your PIN is [PIN]"
    assert redactor.preview(()) == ()
