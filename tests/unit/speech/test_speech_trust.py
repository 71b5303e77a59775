from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.events import Word
from coach.speech.trust import Segment, believed, in_order


def segment(text: str, no_speech: float = 0.05, log_prob: float = -0.2, compression: float = 1.2) -> Segment:
    words = tuple(Word(word, place, place + 1, 0.9) for place, word in enumerate(text.split()))
    return Segment(words, no_speech, log_prob, compression)


def kept(*segments: Segment) -> str:
    return " ".join(word.text for word in believed(segments))


def test_what_was_said_is_kept_as_written() -> None:
    """Words, punctuation and order stay."""
    assert (
        kept(segment("I'm sorry, Maria."), segment("That's 20% off.")) == "I'm sorry, Maria. That's 20% off."
    )


def test_silence_is_not_believed_but_quiet_speech_is() -> None:
    """A segment goes only where both figures speak against it."""
    assert kept(segment("hello there", no_speech=0.7, log_prob=-1.2)) == ""
    assert kept(segment("hello there", no_speech=0.7, log_prob=-0.5)) == "hello there"
    assert kept(segment("hello there", no_speech=0.3, log_prob=-1.2)) == "hello there"


@pytest.mark.parametrize("line", ["Thanks for watching!", "Thank you.", "you", "Bye-bye."])
def test_invented_lines_go_only_where_the_figures_doubt_them(line: str) -> None:
    """An agent who says thank you is heard; a silence that says it is not."""
    assert kept(segment(line)) == line
    assert kept(segment(line, no_speech=0.5)) == ""
    assert kept(segment(line, log_prob=-0.9)) == ""


def test_a_doubtful_sentence_that_is_no_known_invention_stays() -> None:
    """Doubt alone does not silence the agent."""
    assert kept(segment("Thank you for waiting.", log_prob=-0.9)) == "Thank you for waiting."


def test_a_loop_is_kept_once() -> None:
    """A phrase over and over, as the recogniser's figures confirm, is said once; the rest stays."""
    loop = "I will check. " + "and then we go " * 12 + "back home"
    assert kept(segment(loop, compression=3.5)) == "I will check. and then we go back home"
    assert kept(segment("no " * 30, compression=5.0)) == "no"


def test_a_loop_over_no_speech_is_dropped() -> None:
    """A hum that turns into fifty apologies leaves none."""
    assert kept(segment("I'm sorry, " * 50, no_speech=0.75, log_prob=-0.1, compression=20.0)) == ""


def test_words_no_one_can_say_so_fast_are_dropped() -> None:
    """Forty words in a second were not spoken; eight words in two were."""
    words = tuple(Word(f"w{place}", place / 40, (place + 1) / 40, 0.9) for place in range(40))
    assert believed([Segment(words, 0.1, -0.2, 1.5)]) == ()
    slow = tuple(Word(f"w{place}", place / 4, (place + 1) / 4, 0.9) for place in range(8))
    assert believed([Segment(slow, 0.1, -0.2, 1.5)]) == slow


def test_people_may_repeat_themselves() -> None:
    """Where the text does not compress like a loop nothing is cut."""
    assert kept(segment("no no no no, that is fine")) == "no no no no, that is fine"


def test_marks_without_a_word_are_dropped() -> None:
    """A lone dash, dots or a note of music is not a word."""
    assert kept(segment("- Well ... ♪ yes & no")) == "Well yes & no"


times = st.floats(-5.0, 40.0)


@settings(max_examples=100)
@given(pairs=st.lists(st.tuples(times, times), max_size=12), length_s=st.floats(0.1, 28.0))
def test_times_are_in_order_and_inside_the_utterance(
    pairs: list[tuple[float, float]], length_s: float
) -> None:
    """Whatever the aligner says, no word leaves its utterance or overlaps its neighbour."""
    words = [Word(f"w{place}", begin, end, 0.5) for place, (begin, end) in enumerate(pairs)]
    ordered = in_order(words, 3.0, 3.0 + length_s)
    assert [word.text for word in ordered] == [word.text for word in words]
    assert all(3.0 <= word.start_s <= word.end_s <= 3.0 + length_s for word in ordered)
    assert all(before.end_s <= after.start_s for before, after in itertools.pairwise(ordered))


def test_good_times_are_not_touched() -> None:
    """Times that are right stay right."""
    words = (Word("a", 3.1, 3.4, 0.9), Word("b", 3.5, 4.0, 0.9))
    assert in_order(words, 3.0, 5.0) == words
