"""The words of a turn have a place and a time each, and keep them when others are put right."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coach.calls.words import reworded, said_in, span_at, spans
from coach.events import Turn, Word


def said(text: str, start_s: float = 10.0, word_s: float = 0.5) -> Turn:
    words = tuple(
        Word(word, start_s + at * word_s, start_s + at * word_s + 0.4, 0.8)
        for at, word in enumerate(text.split())
    )
    return Turn(3, text, start_s, start_s + len(words) * word_s, words)


_words = st.lists(
    st.sampled_from(["I", "you", "you", "should", "parcel,", "call", "late.", "[phone", "It's"]), max_size=12
)


@given(_words, _words.filter(bool), st.floats(0, 5000), st.floats(0.05, 2.0))
def test_what_is_put_right_reads_as_written_and_stays_in_time(
    before: list[str], after: list[str], start_s: float, word_s: float
) -> None:
    """Whatever is put in the place of whatever: the text is the new one, and the words' times run forward
    within the turn."""
    made = reworded(said(" ".join(before), start_s, word_s), "  ".join(after))
    assert made.text == " ".join(after)
    if before:
        assert [word.text for word in made.words] == after
        found = spans(made)
        assert [made.text[one.start : one.end] for one in found] == after
        edges = [edge for one in found for edge in (one.start_s, one.end_s)]
        assert edges == sorted(edges)
        assert made.start_s <= edges[0]
        assert edges[-1] <= made.end_s


@given(_words.filter(bool))
def test_words_put_right_with_themselves_change_nothing(words: list[str]) -> None:
    """No correction, no change."""
    turn = said(" ".join(words))
    assert reworded(turn, turn.text) == turn


def test_the_words_around_a_correction_keep_their_times() -> None:
    """One word misheard: the others are where they were, and the new ones share its time."""
    turn = said("We shipped your apart cell today")
    made = reworded(turn, "We shipped your parcel today")
    assert (made.words[0], made.words[-1]) == (turn.words[0], turn.words[-1])
    parcel = made.words[3]
    assert (parcel.text, parcel.start_s, parcel.end_s, parcel.probability) == ("parcel", 11.5, 12.4, 1.0)


def test_the_word_that_is_said_is_found() -> None:
    """Between two words the last one said counts; before the first there is none."""
    turn = said("one two three")
    found = spans(turn)
    assert span_at(found, 9.9) is None
    assert [
        turn.text[one.start : one.end] for at_s in (10.0, 10.45, 10.5, 99.0) if (one := span_at(found, at_s))
    ] == [
        "one",
        "one",
        "two",
        "three",
    ]
    assert spans(Turn(0, "typed", 0.0, 1.0)) == ()


def test_a_longer_pause_in_a_turn_is_no_part_of_what_was_said() -> None:
    """In it a customer may speak; short ones and the whole of a turn without times stay."""
    words = (Word("I", 10.0, 10.2, 0.9), Word("will.", 10.6, 11.0, 0.9), Word("Promised.", 13.0, 13.5, 0.9))
    turn = Turn(0, "I will. Promised.", 10.0, 13.5, words)
    assert said_in(turn) == ((10.0, 11.2), (12.8, 13.5))
    assert said_in(Turn(0, "I will.", 10.0, 13.5)) == ((10.0, 13.5),)
