"""A judge that hears what it is told to hear, and small exercises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from coach.events import Move
from coach.practice.content import QuizItem, Situation

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))
DAY = dt.timedelta(days=1)
NAMES = {
    "owning": "Taking your part",
    "blaming": "Putting it on the customer",
    "learning": "Asking to understand",
}


class SpelledJudge:
    """Hears the moves whose names stand in the text, in order: "owning committing and some words"."""

    def judge(self, text: str, context: Sequence[str] = ()) -> tuple[tuple[Move, ...], dict[str, float]]:
        found = [word for word in text.split() if word in NAMES or word.endswith("ing") or "_" in word]
        return tuple(Move(word, 0.9, (0, len(text))) for word in found), {}


def situation(name: str, move: str = "blaming", needs: tuple[str, ...] = ("owning", "offering")) -> Situation:
    return Situation(
        id=name,
        trade="parcel",
        setting="phone",
        move=move,
        said=f"{name}: you should have called.",
        customer="I did call.",
        needs=needs,
        need="Own your part, then help.",
        good=("That was ours.", "We missed it."),
        poor="Well, when?",
        poor_why="It doubts them.",
        sources=("A5",),
    )


def item(name: str, move: str = "blaming", kind: str = "name-move") -> QuizItem:
    return QuizItem(
        id=name,
        kind=kind,  # type: ignore[arg-type]
        move=move,
        right=(move,) if kind == "name-move" else (f"{name} right",),
        wrong=("none", "learning") if kind == "name-move" else (f"{name} wrong", f"{name} worse"),
        why="Because of the words.",
        sources=("A5", "B1"),
        turn="You should have called." if kind != "near-miss" else "",
    )
