"""The quiz: which items come, in which order their options stand, and what is said to an answer."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from coach.practice.choosing import todays
from coach.practice.content import NO_MOVE, QuizItem
from coach.practice.schedule import Schedule
from coach.values.practice_log import Grade

NO_MOVE_NAME = "No move at all"

_ASKS = {
    "name-move": "Which move is this?",
    "pick-repair": "Which line repairs it?",
    "near-miss": "Only one of these is “{move}”. Which?",
}


@dataclass(frozen=True, slots=True)
class Question:
    """An item as it is put: ``options`` are texts for people, ``right`` the places of the right ones."""

    item: QuizItem
    ask: str
    options: tuple[str, ...]
    right: frozenset[int]

    @property
    def exercise(self) -> str:
        return f"quiz:{self.item.id}"


@dataclass(frozen=True, slots=True)
class Answered:
    """``right`` only where exactly the right options were chosen. ``words`` say so and why, with sources."""

    right: bool
    words: str

    @property
    def grade(self) -> Grade:
        return Grade.GOOD if self.right else Grade.AGAIN


def quiz_round(
    items: Sequence[QuizItem],
    names: Mapping[str, str],
    schedule: Schedule,
    now: dt.datetime,
    most: int = 10,
    chance: random.Random | None = None,
) -> list[Question]:
    """Questions for today: those due again first, then new ones spread over moves and kinds, interleaved."""
    chance = chance or random.Random()
    chosen = todays(
        [items],
        lambda item: f"quiz:{item.id}",
        lambda item: (item.move, item.kind),
        schedule,
        now,
        most,
        chance,
    )
    return [put(item, names, chance) for item in chosen]


def put(item: QuizItem, names: Mapping[str, str], chance: random.Random) -> Question:
    """The item with its options shuffled. ``names`` are the moves' names for people."""
    options = [*item.right, *item.wrong]
    chance.shuffle(options)
    ask = item.ask or _ASKS[item.kind].format(move=_named(item.move, names))
    shown = [_named(option, names) if item.kind == "name-move" else option for option in options]
    right = frozenset(place for place, option in enumerate(options) if option in item.right)
    return Question(item, ask, tuple(shown), right)


def check(question: Question, chosen: Collection[int]) -> Answered:
    """``chosen`` are places in ``question.options``."""
    right = frozenset(chosen) == question.right
    if right:
        return Answered(True, f"Yes. {question.item.explanation}")
    wanted = " and ".join(f"“{question.options[place]}”" for place in sorted(question.right))
    return Answered(False, f"Not this time: it is {wanted}. {question.item.explanation}")


def _named(move: str, names: Mapping[str, str]) -> str:
    return NO_MOVE_NAME if move == NO_MOVE else names.get(move, move.replace("_", " "))
