"""Speech recognised without apostrophes: read as if they were there, with the places where it was said."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.commitments.apostrophes import restored
from coach.commitments.extract import find_promises

AT = dt.datetime(2026, 11, 18, 10, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("ill ring you and well send the form", "I'll ring you and we'll send the form"),
        ("so alanll pick you up and itll be ready", "so alan'll pick you up and it'll be ready"),
        ("your bill was wrong so ill ring them", "your bill was wrong so I'll ring them"),
        ("so ill send it", "so I'll send it"),
        ("its on your doorstep monday", "it's on your doorstep monday"),
        ("alans phoning you at nine", "alan's phoning you at nine"),
        ("Youll have it, theyre coming", "You'll have it, they're coming"),
    ],
)
def test_apostrophes_come_back(said: str, read: str) -> None:
    """Of pronouns, of names, and of "is"."""
    assert restored(said).text == read


@pytest.mark.parametrize(
    "said",
    [
        "she was ill on monday and works as well as ever",
        "he was so ill call after call",
        "my dog is so ill today",
        "it feels well made and he is very well",
        "the bill will fall until we call",
        "it keeps ringing and stops working",
        "its lid is open",
        "I'll see if she is ill, well done",
    ],
)
def test_words_of_their_own_stay(said: str) -> None:
    """Being ill, as well, keeps ringing; and a text that has its apostrophes lacks none."""
    assert restored(said).text == said


@given(st.lists(st.sampled_from("ill well youll its alans phoning you the bill ring back monday é".split())))
def test_places_lead_back(words: list[str]) -> None:
    """Whatever is put in, a range of the text read is the same words in the text said."""
    said = " ".join(words)
    read = restored(said)
    for start in range(len(read.text)):
        low, high = read.back((start, len(read.text)))
        assert said[low:high].casefold() == read.text[start:].replace("'", "").casefold()


def test_a_promise_without_apostrophes_keeps_its_exact_words() -> None:
    """The evidence is what stands in the turn."""
    text = "right so the alarm people ill ring them for you at ten tomorrow"
    (made,) = find_promises(text, (), AT, None)
    assert made.action.startswith("ring")
    assert text[slice(*made.span)] == "ill ring them for you at ten tomorrow"


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("ill send it over once theyre back", "once theyre back"),
        ("the bill is wrong so ill ring you as soon as hes in", "as soon as hes in"),
        ("well call the depot before youre home tomorrow", "tomorrow"),
    ],
)
def test_the_time_is_quoted_in_the_words_said(text: str, when: str) -> None:
    """What stands between quotation marks stands so in the turn, also behind a place that was mended."""
    (made,) = find_promises(text, (), AT, None)
    assert made.due is not None
    assert made.due.text == when
    assert when in text
