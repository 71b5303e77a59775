from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.events import Speaker, Turn, Word, WordsHeard
from coach.speech.turns import TurnAssembler


def said(text: str, start_s: float = 0.0, end_s: float = 1.0) -> tuple[Word, ...]:
    """``text`` spread evenly over [start_s, end_s)."""
    words = text.split()
    step_s = (end_s - start_s) / max(1, len(words))
    return tuple(
        Word(word, start_s + number * step_s, start_s + (number + 1) * step_s, 0.9)
        for number, word in enumerate(words)
    )


def test_what_is_heard_later_mends_what_was_heard_before() -> None:
    """The turn has the latest words, and each change of them is told once."""
    turns = TurnAssembler()
    turns.hear(said("I am sorry for"))
    (first,) = turns.tell()
    assert first == WordsHeard(0, said("I am sorry for"))
    assert list(turns.tell()) == []
    turns.hear(said("I am sorry for the wait.", 0.0, 2.0))
    told, turn = turns.close()
    assert isinstance(told, WordsHeard)
    assert isinstance(turn, Turn)
    assert turn.text == "I am sorry for the wait."
    assert told.words == turn.words


def test_settled_words_stay_whatever_comes() -> None:
    """A finished sentence is not touched again; what follows it is."""
    turns = TurnAssembler()
    turns.hear(said("I am sorry. I wool"))
    turns.settle(3)
    turns.hear(said("I will call.", 1.0, 2.0))
    (_, turn) = turns.close()
    assert isinstance(turn, Turn)
    assert turn.text == "I am sorry. I will call."


def test_words_that_are_taken_back_are_told() -> None:
    """Where nothing was said after all, the words shown for it go, and no turn and no index is spent."""
    turns = TurnAssembler()
    turns.hear(said("Hm"))
    list(turns.tell())
    turns.hear(())
    assert list(turns.close()) == [WordsHeard(0, ())]
    assert turns.index == 0
    assert list(turns.close()) == []


def test_a_turn_is_unsure_only_where_no_part_was_surely_the_agents() -> None:
    """One sure part vouches for the turn; a doubtful one alone is marked."""
    turns = TurnAssembler()
    turns.hear(said("yes"), Speaker.UNSURE)
    (_, doubtful) = turns.close()
    turns.hear(said("yes"), Speaker.UNSURE)
    turns.hear(said("yes I will"), Speaker.AGENT)
    (_, sure) = turns.close()
    assert isinstance(doubtful, Turn)
    assert isinstance(sure, Turn)
    assert (doubtful.speaker, sure.speaker) == (Speaker.UNSURE, Speaker.AGENT)


def test_a_monologue_says_that_it_is_too_long() -> None:
    """After a minute the turn can be handed on, so that coaching does not wait for ever."""
    turns = TurnAssembler()
    turns.hear(said("on and on", 0.0, 56.0))
    assert not turns.too_long
    turns.settle(3)
    turns.hear(said("and on", 56.0, 60.5))
    assert turns.too_long


script = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.booleans()), max_size=25)


@settings(max_examples=100)
@given(script=script)
def test_no_settled_word_is_lost_and_indices_and_times_are_in_order(
    script: list[tuple[int, int, bool]],
) -> None:
    """Every settled word comes out in exactly one turn, and the last words told are the turn's."""
    turns = TurnAssembler()
    events: list[WordsHeard | Turn] = []
    kept: list[Word] = []
    now_s = 0.0
    for number, (count, settled, closed) in enumerate(script):
        words = said(" ".join(f"w{number}.{place}" for place in range(count)), now_s, now_s + 1.0)
        now_s += 1.0
        turns.hear(words)
        turns.settle(settled)
        kept += words[:settled]
        events += turns.tell()
        if closed:
            kept += words[settled:]
            events += turns.close()
    rest = turns.words
    events += turns.close()
    closed_turns = [event for event in events if isinstance(event, Turn)]
    assert [turn.index for turn in closed_turns] == list(range(len(closed_turns)))
    said_words = [word for turn in closed_turns for word in turn.words]
    assert [word for word in said_words if word in kept] == kept
    assert set(said_words) - set(kept) <= set(rest)
    assert all(before.end_s <= after.start_s for before, after in itertools.pairwise(closed_turns))
    for turn in closed_turns:
        told = [event for event in events if isinstance(event, WordsHeard) and event.turn_index == turn.index]
        assert told[-1].words == turn.words
