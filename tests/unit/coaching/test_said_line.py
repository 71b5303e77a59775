"""The line on a card, once it is said, is the repair it was offered as."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.coaching.playbook import Playbook
from coach.coaching.said_line import where_said, with_said
from coach.events import CueEnd, Move
from coach.taxonomy import CONTENTIOUS

LINE = "I made that sound like your fault, and it was ours."


@pytest.mark.parametrize(
    "text",
    [
        "I made that sound like your fault, and it was ours.",
        "Okay. I made that sound like your fault and it was ours. Let me see.",
        "i made that sound like it's your fault um and it was ours",
        "I made it sound like your fault and that was ours.",
    ],
)
def test_the_line_is_heard_word_for_word_or_nearly(text: str) -> None:
    """Casing, fillers, one word changed or misheard: the line was said, and its words are marked."""
    span = where_said(LINE, text)
    assert span is not None
    marked = text[slice(*span)].lower()
    assert marked.startswith("i made")
    assert marked.rstrip(".").endswith("ours")


@pytest.mark.parametrize(
    "text",
    [
        "It was your fault.",
        "",
        "...",
        "That sound you made was yours.",
        "I made " + "and so on " * 20 + LINE[6:20],
    ],
)
def test_other_words_are_not_the_line(text: str) -> None:
    """Some of its words, or all of them strewn over a long turn, are not the line."""
    assert where_said(LINE, text) is None


def test_two_words_are_no_line() -> None:
    """A line of a word or two says too little to be told from ordinary talk."""
    assert where_said("I'm sorry.", "I'm sorry.") is None


@given(st.text(max_size=60), st.text(max_size=120))
def test_any_words_give_a_range_within_the_turn(line: str, text: str) -> None:
    """Whatever was said, the marked words are words of the turn."""
    span = where_said(line, text)
    assert span is None or 0 <= span[0] < span[1] <= len(text)


def test_what_is_wrong_beside_the_line_stays() -> None:
    """A contentious move in the line's words goes, one in the words after it stays; a repair comes once."""
    inside, after = Move("non_apology", 0.8, (0, 20)), Move("blaming", 0.9, (30, 50))
    found = with_said((inside, after, Move("owning", 0.7, (0, 20))), (0, 22), "owning")
    assert [(move.name, move.confidence) for move in found] == [("blaming", 0.9), ("owning", 0.7)]
    assert with_said((inside,), (0, 22), "owning") == (Move("owning", 1.0, (0, 22)),)
    assert with_said((inside,), (0, 22), None) == ()


@pytest.mark.parametrize("move", CONTENTIOUS)
def test_every_shipped_line_closes_its_card(new_call: Any, playbook: Playbook, move: str) -> None:
    """Whichever line of the card is said, and whatever the detector makes of it, the card turns green."""
    offered = {line.line: line.makes for line in playbook.entry(move).say}
    for number in range(len(offered)):
        call = new_call()
        (cue,) = call.say(0.0, 4.0, move)
        line = (cue.say, *cue.alternatives)[number]
        (ended,) = call.say(8.0, 11.0, "non_apology", text=f"Right. {line}")
        assert (ended.end, ended.by_move) == (CueEnd.REPAIRED, offered[line])
        assert [one.name for one in call.record.moves[1]] == [offered[line]]


def test_a_line_of_an_earlier_card_is_not_held_against_the_agent(new_call: Any) -> None:
    """Said after its card has gone, the line is still the repair, and raises no cue."""
    call = new_call()
    (cue,) = call.say(0.0, 4.0, "blaming")
    call.put_away(5.0, CueEnd.DISMISSED)
    assert call.say(60.0, 64.0, "non_apology", text=cue.say) == []
