"""The quiz: options shuffled, answers explained with their sources."""

from __future__ import annotations

import random

import pytest

from coach.practice.quiz import check, put, quiz_round
from coach.practice.schedule import Schedule
from coach.values.practice_log import Grade
from tests.unit.practice.practice_parts import DAY, NAMES, NOW, item


def test_a_question_names_moves_for_people() -> None:
    """Names as on the cards, and "no move" among them; the right place moves with the shuffle."""
    question = put(item("a"), NAMES, random.Random(1))
    assert sorted(question.options) == [
        "Asking to understand",
        "No move at all",
        "Putting it on the customer",
    ]
    assert [question.options[place] for place in question.right] == ["Putting it on the customer"]
    places = {min(put(item("a"), NAMES, random.Random(seed)).right) for seed in range(20)}
    assert places == {0, 1, 2}


@pytest.mark.parametrize(
    ("kind", "ask"),
    [
        ("name-move", "Which move is this?"),
        ("pick-repair", "Which line repairs it?"),
        ("near-miss", "Only one of these is “Putting it on the customer”. Which?"),
    ],
)
def test_each_kind_asks_its_question(kind: str, ask: str) -> None:
    """Three kinds, three questions."""
    assert put(item("a", kind=kind), NAMES, random.Random(1)).ask == ask


def test_an_answer_is_explained_with_its_sources() -> None:
    """Right or not, the reason comes, and the explanation ends in the source ids."""
    question = put(item("a"), NAMES, random.Random(1))
    right = check(question, question.right)
    assert (right.right, right.grade) == (True, Grade.GOOD)
    assert right.words == "Yes. Because of the words. (A5, B1)"
    everything = range(len(question.options))
    for chosen in ([], everything, [place for place in everything if place not in question.right]):
        wrong = check(question, chosen)
        assert (wrong.right, wrong.grade) == (False, Grade.AGAIN)
        assert "it is “Putting it on the customer”" in wrong.words
        assert wrong.words.endswith("(A5, B1)")


def test_a_missed_item_is_back_the_next_day_before_new_ones() -> None:
    """And one that was known waits."""
    items = [item(name) for name in ("missed", "known", "new")]
    schedule = Schedule()
    schedule.rate("quiz:missed", Grade.AGAIN, NOW)
    schedule.rate("quiz:known", Grade.GOOD, NOW)
    asked = quiz_round(items, NAMES, schedule, NOW + DAY, 9, random.Random(1))
    assert [question.item.id for question in asked] == ["missed", "new"]
    assert asked[0].exercise == "quiz:missed"
