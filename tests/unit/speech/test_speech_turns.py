from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.events import Turn, Word, WordsHeard
from coach.speech.turns import TurnAssembler


def said(text: str, start_s: float, end_s: float) -> tuple[Word, ...]:
    """``text`` spread evenly over [start_s, end_s)."""
    words = text.split()
    step_s = (end_s - start_s) / max(1, len(words))
    return tuple(
        Word(word, start_s + number * step_s, start_s + (number + 1) * step_s, 0.9)
        for number, word in enumerate(words)
    )


def hear(turns: TurnAssembler, text: str, start_s: float, end_s: float) -> list[WordsHeard | Turn]:
    return list(turns.words_heard(said(text, start_s, end_s), start_s, end_s))


def test_utterances_close_together_are_one_turn() -> None:
    """A breath does not end a turn; words are told at once under the turn they will belong to."""
    turns = TurnAssembler()
    (first,) = hear(turns, "I am sorry.", 1.0, 2.0)
    assert isinstance(first, WordsHeard)
    assert first.turn_index == 0
    assert list(turns.tick(3.1, speaking=False)) == []
    assert len(hear(turns, "I will call you.", 3.1, 4.0)) == 1
    (turn,) = turns.tick(5.2, speaking=False)
    assert (turn.index, turn.text) == (0, "I am sorry. I will call you.")
    assert (turn.start_s, turn.end_s) == (1.0, pytest.approx(4.0))
    assert len(turn.words) == 7


def test_a_turn_stays_open_while_its_speaker_goes_on() -> None:
    """Speech that has begun keeps the turn open, however long its words take to arrive."""
    turns = TurnAssembler()
    hear(turns, "Well", 0.0, 1.0)
    assert list(turns.tick(9.0, speaking=True)) == []
    (turn,) = turns.tick(9.0, speaking=False)
    assert turn.text == "Well"


def test_a_late_utterance_begins_a_new_turn() -> None:
    """Without any tick in between, a long silence still parts two turns."""
    turns = TurnAssembler()
    hear(turns, "Hello", 0.0, 1.0)
    closed, heard = hear(turns, "Bye", 2.2, 3.0)
    assert isinstance(closed, Turn)
    assert isinstance(heard, WordsHeard)
    assert (closed.index, heard.turn_index) == (0, 1)


def test_a_monologue_is_closed_at_an_utterances_end() -> None:
    """After a minute the turn is handed on, so that coaching does not wait for ever."""
    turns = TurnAssembler()
    assert len(hear(turns, "on and on", 0.0, 28.0)) == 1
    assert len(hear(turns, "and on", 28.0, 56.0)) == 1
    _, turn = hear(turns, "and on", 56.0, 60.5)
    assert isinstance(turn, Turn)
    assert turn.end_s == pytest.approx(60.5)


def test_nothing_said_is_no_turn() -> None:
    """Noise without words gives neither words nor a turn, and no index is spent."""
    turns = TurnAssembler()
    assert hear(turns, "", 0.0, 1.0) == []
    assert list(turns.flush()) == []
    (heard,) = hear(turns, "Hello", 5.0, 6.0)
    assert isinstance(heard, WordsHeard)
    assert heard.turn_index == 0


script = st.lists(
    st.tuples(st.floats(0.0, 3.0), st.floats(0.1, 30.0), st.integers(0, 4), st.booleans()), max_size=25
)


@settings(deadline=None, max_examples=100)
@given(script=script)
def test_no_word_is_lost_and_indices_and_times_are_in_order(
    script: list[tuple[float, float, int, bool]],
) -> None:
    """Every word comes out in exactly one turn; indices count from 0; turns follow each other in time."""
    turns = TurnAssembler()
    events: list[WordsHeard | Turn] = []
    given_words: list[Word] = []
    now_s = 0.0
    for number, (silence_s, length_s, count, ticked) in enumerate(script):
        if ticked:
            events += turns.tick(now_s + silence_s, speaking=False)
        now_s += silence_s
        words = said(" ".join(f"w{number}.{place}" for place in range(count)), now_s, now_s + length_s)
        given_words += words
        now_s += length_s
        events += turns.words_heard(words, now_s - length_s, now_s)
    events += turns.flush()
    closed = [event for event in events if isinstance(event, Turn)]
    assert [turn.index for turn in closed] == list(range(len(closed)))
    assert [word for turn in closed for word in turn.words] == given_words
    assert all(turn.text == " ".join(word.text for word in turn.words) for turn in closed)
    assert all(before.end_s <= after.start_s for before, after in itertools.pairwise(closed))
    for turn in closed:
        told = [
            word
            for event in events
            if isinstance(event, WordsHeard) and event.turn_index == turn.index
            for word in event.words
        ]
        assert tuple(told) == turn.words
