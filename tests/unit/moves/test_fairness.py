"""What "unfair" does to a threshold: bounded, felt less each time, undone exactly."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.moves.fairness import LIMIT_SHARE, limit, overview, raised, standing, thresholds
from coach.taxonomy import CONTENTIOUS
from coach.values.judgements import Judgement, Verdict

SHIPPED = dict.fromkeys(CONTENTIOUS, 0.44) | {"digging_past": 0.26, "non_apology": 0.62}
MOVES = ("blaming", "digging_past", "non_apology")

shipped_values = st.floats(0.0, 1.0)
fairs = st.lists(st.booleans(), max_size=40)
verdicts = st.lists(st.builds(Verdict, st.sampled_from(MOVES), st.booleans()), max_size=40)


def of(shipped: float, said: list[bool]) -> float:
    return raised(shipped, standing(said))


@settings(max_examples=60)
@given(shipped=shipped_values, said=st.lists(st.booleans(), max_size=400))
def test_never_below_the_shipped_threshold_nor_above_the_limit(shipped: float, said: list[bool]) -> None:
    """Whatever is said, and however often: at most half of the way to certainty."""
    assert shipped <= of(shipped, said) <= limit(shipped)
    assert limit(shipped) == pytest.approx(shipped + LIMIT_SHARE * (1 - shipped))


@settings(max_examples=60)
@given(shipped=shipped_values, said=fairs, at=st.integers(0, 40))
def test_one_more_unfair_never_lowers_and_one_more_confirmation_never_raises(
    shipped: float, said: list[bool], at: int
) -> None:
    """Wherever in the row it is said."""
    unfair, fair = list(said), list(said)
    unfair.insert(at, False)
    fair.insert(at, True)
    assert of(shipped, fair) <= of(shipped, said) <= of(shipped, unfair)


@settings(max_examples=60)
@given(shipped=st.floats(0.0, 0.95), said=fairs, at=st.integers(0, 40))
def test_an_undo_restores_exactly(shipped: float, said: list[bool], at: int) -> None:
    """What is taken back leaves no trace, not even in the last digit."""
    more = list(said)
    more.insert(at, False)
    del more[min(at, len(said))]
    assert of(shipped, more) == of(shipped, said)


@pytest.mark.parametrize("shipped", [0.0, 0.21, 0.44, 0.62, 0.95])
def test_each_unfair_counts_less_than_the_one_before(shipped: float) -> None:
    """The first word tells most, and every one of the first ten is felt."""
    steps = [after - before for before, after in pairwise(raised(shipped, count) for count in range(11))]
    assert all(step > 0 for step in steps)
    assert all(later < earlier for earlier, later in pairwise(steps))
    assert steps[0] == pytest.approx((1 - shipped) / 8)


@settings(max_examples=60)
@given(shipped=st.floats(0.0, 0.99))
def test_one_unfair_silences_no_move(shipped: float) -> None:
    """A flag the detector is sure of is still raised, after one word and after a hundred."""
    sure = 0.5 + shipped / 2
    assert of(shipped, [False]) < sure
    assert of(shipped, [False] * 100) <= sure < 1.0


@settings(max_examples=60)
@given(said=verdicts, data=st.data())
def test_moves_do_not_touch_each_other_and_their_order_among_each_other_is_nothing(
    said: list[Verdict], data: st.DataObject
) -> None:
    """Only the order within one move counts."""
    apart = [
        verdict for move in data.draw(st.permutations(MOVES)) for verdict in said if verdict.move == move
    ]
    assert thresholds(apart, SHIPPED) == thresholds(said, SHIPPED)
    without = [verdict for verdict in said if verdict.move != "blaming"]
    others = {move: value for move, value in thresholds(said, SHIPPED).items() if move != "blaming"}
    assert thresholds(without, SHIPPED) == others


def test_three_confirmations_take_back_one_unfair_and_no_more() -> None:
    """It fades by what is taken up afterwards; what was taken up before is worth nothing."""
    assert standing([False, True]) == pytest.approx(2 / 3)
    assert standing([False, True, True, True]) == pytest.approx(0.0)
    assert standing([False, *[True] * 9, False]) == pytest.approx(1.0)
    assert standing([*[True] * 50, False]) == 1.0


def test_only_raised_moves_are_named() -> None:
    """Without a word every move stays as shipped; a move that is not shipped any more is passed over."""
    assert thresholds([], SHIPPED) == {}
    assert thresholds([Verdict("blaming", True), Verdict("gone", False)], SHIPPED) == {}
    assert thresholds([Verdict("blaming", False)], SHIPPED) == {"blaming": pytest.approx(0.51)}


def judgement(number: int, move: str = "blaming", fair: bool = False, undone: bool = False) -> Judgement:
    at = dt.datetime(2026, 11, 20, 12, number, tzinfo=dt.UTC)
    return Judgement(number, Verdict(move, fair), at, 0.8, undone_at=at if undone else None)


def test_the_overview_shows_how_far_each_move_is_raised() -> None:
    """Shipped, now, limit and turns, newest first; the most raised move on top; nothing that was undone."""
    said = [
        judgement(1),
        judgement(2, "selling", undone=True),
        judgement(3, "digging_past"),
        judgement(4, "digging_past"),
        judgement(5, "digging_past", fair=True),
        judgement(6, "assuming", fair=True),
    ]
    first, second = overview(said, SHIPPED)
    assert (first.move, first.confirmed, [one.id for one in first.unfair]) == ("digging_past", 1, [4, 3])
    assert (second.move, second.confirmed, [one.id for one in second.unfair]) == ("blaming", 0, [1])
    assert (second.shipped, second.limit) == (0.44, pytest.approx(0.72))
    assert second.now == thresholds([Verdict("blaming", False)], SHIPPED)["blaming"]
    assert second.share == pytest.approx(0.25)
    assert overview(list(reversed(said)), SHIPPED) == (first, second)
    assert overview([], SHIPPED) == ()
