"""What earlier turns have to do with a turn."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from coach.events import Move
from coach.moves.context import (
    GOES_WITH,
    HOLLOW_AGAIN,
    PRESSED,
    Said,
    in_context,
    is_bare_apology,
    overlap,
)
from coach.taxonomy import REPAIR

THRESHOLDS = {"convincing": 0.5, "apologising": 0.5, "non_apology": 0.5}
POINT = (
    "The contract has a notice period of two months.",
    "It's two months' notice, that's in the contract you signed.",
    "Yes, and the contract says two months of notice.",
)


def said(text: str, *names: str, convincing: float = 0.0) -> Said:
    moves = tuple(Move(name, 0.9, (0, len(text))) for name in names)
    return Said(text, moves, {"convincing": convincing, **dict.fromkeys(names, 0.9)})


def pressing(*confidences: float) -> list[Said]:
    return [said(text, convincing=p) for text, p in zip(POINT, confidences, strict=True)]


def read(turns: Sequence[Said]) -> tuple[Move, ...]:
    """The last of the turns after the others."""
    return in_context(turns[-1], turns[:-1], THRESHOLDS)


def test_a_point_pressed_a_third_time_is_arguing() -> None:
    """Three mild turns come to one flag, with the reason, and with what the three doubts leave together."""
    (move,) = read(pressing(0.2, 0.25, 0.3))
    assert (move.name, move.context) == ("convincing", PRESSED)
    assert move.confidence == pytest.approx(1 - 0.8 * 0.75 * 0.7)
    assert move.evidence == (0, len(POINT[2]))


@pytest.mark.parametrize(
    "turns",
    [
        pressing(0.2, 0.25, 0.3)[1:],
        pressing(0.02, 0.05, 0.13),
        pressing(0.4, 0.4, 0.05),
        [
            *pressing(0.3, 0.3, 0.3)[:2],
            said("Is the notice of two months in the contract clear?", convincing=0.3),
        ],
        [*pressing(0.3, 0.3, 0.3)[:2], said(POINT[2], "offering", convincing=0.3)],
        [said("The van left at noon.", convincing=0.3), *pressing(0.3, 0.3, 0.3)[1:]],
    ],
    ids=["twice", "far too mild", "only the first two press", "a question", "an offer", "another point"],
)
def test_not_pressed(turns: list[Said]) -> None:
    """Twice is a reminder; facts given again, questions and offers are no argument; nor are two points."""
    assert all(move.name != "convincing" for move in read(turns))


def test_a_flag_of_the_turn_itself_is_left_as_it_is() -> None:
    """Context adds nothing to a turn that argues on its own."""
    turns = [*pressing(0.3, 0.3, 0.3)[:2], said(POINT[2], "convincing", convincing=0.9)]
    (move,) = read(turns)
    assert (move.confidence, move.context) == (0.9, "")


def test_a_better_measure_of_likeness_can_be_put_in() -> None:
    """Sentence vectors may see what shared words do not."""
    turns = [
        said("Two months.", convincing=0.3),
        said("Eight weeks.", convincing=0.3),
        said("Until May.", convincing=0.3),
    ]
    assert read(turns) == ()
    (move,) = in_context(turns[-1], turns[:-1], THRESHOLDS, similar=lambda _a, _b: 1.0)
    assert move.context == PRESSED


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        (POINT[0], POINT[1], True),
        ("Your parcel is in Leeds.", "Your parcel is in Leeds.", False),
        ("The desk at the station opens at eight.", "The refund for the second bill was sent.", False),
        ("", "", False),
    ],
    ids=["the same point", "too few telling words", "nothing in common", "empty"],
)
def test_likeness_is_by_telling_words(a: str, b: str, alike: bool) -> None:
    """Names of things count, little words do not, and a word or two is not enough to tell."""
    assert (overlap(a, b) >= 0.5) == alike
    assert overlap(a, b) == overlap(b, a)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Sorry about that.", True),
        ("I'm really so sorry.", True),
        ("Yes, we do apologise.", True),
        ("Sorry?", False),
        ("Sorry, one moment.", False),
        ("I'm sorry we lost your parcel.", False),
        ("I'm sorry you feel that way.", False),
        ("That's all right.", False),
    ],
)
def test_bare_apologies(text: str, bare: bool) -> None:
    """Bare is a sorry for nothing in particular; a question, a pause, or a reason make it another thing."""
    assert is_bare_apology(text) == bare


MEANT = said("I'm sorry, we sent the bill twice.", "apologising", "owning")


def test_a_bare_sorry_goes_with_the_apology_just_given() -> None:
    """It is not hollow, and the record says why."""
    (move,) = read([MEANT, said("Really sorry about that.", "non_apology")])
    assert (move.name, move.context) == ("apologising", GOES_WITH)


def test_a_bare_sorry_after_a_bare_sorry_is_hollow() -> None:
    """Sorry twice and never what for. A first one passes, and so does one after an apology that meant it."""
    bare = said("Sorry about that.", "apologising")
    assert read([bare]) == bare.moves
    (move,) = read([bare, said("Yes, sorry.", "apologising")])
    assert (move.name, move.context) == ("non_apology", HOLLOW_AGAIN)
    assert move.confidence >= THRESHOLDS["non_apology"]
    (move,) = read([MEANT, *[said("It leaves on Tuesdays.")] * 3, bare, said("Yes, sorry.", "apologising")])
    assert move.name == "apologising"


@pytest.mark.parametrize("name", REPAIR)
def test_other_moves_are_never_touched(name: str) -> None:
    """A turn that is neither said again nor a bare sorry keeps exactly its own moves."""
    turn = said("We will put it right by noon today.", name)
    assert read([MEANT, *pressing(0.3, 0.3, 0.3), turn]) == turn.moves
