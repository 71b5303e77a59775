"""Trends tell about many, or about those who agreed; never about one person by accident."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from coach.sharing.trends import FEWEST_PEOPLE, by_week
from coach.values.shares import InboxRow, ReadFigures, ReadShare

MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def row(person: int, day: int = 0, may_count: bool = False, words: int = 100) -> InboxRow:
    figures = ReadFigures(60.0, words, 120.0, 3, 2, 1, 4, 2, 1)
    share = ReadShare(
        "A call", MONDAY + dt.timedelta(days=day), 60.0, "", "", figures, (), (), may_count=may_count
    )
    name = f"Person {person}"
    return InboxRow(person, bytes([person]) * 32, f"s{person}", name, "/", True, False, share)


rows = st.lists(
    st.builds(row, st.integers(1, 7), st.integers(0, 20), st.booleans(), st.integers(0, 900)), max_size=25
)


@given(rows)
def test_no_week_tells_about_fewer_than_agreed(found: list[InboxRow]) -> None:
    """A week that is shown is of enough people, or holds only calls whose agents agreed; words add up."""
    trend = by_week(found)
    for week in trend.weeks:
        theirs = [one for one in found if 0 <= (one.share.started_at.date() - week.monday).days < 7]
        people = {one.person for one in theirs}
        counted = theirs if len(people) >= FEWEST_PEOPLE else [one for one in theirs if one.share.may_count]
        assert (week.calls, week.people) == (len(counted), len({one.person for one in counted}))
        assert week.words == sum(one.share.figures.words for one in counted)
        assert week.calls > 0
        assert week.answered <= week.flags
    mondays = {one.share.started_at.date() - dt.timedelta(one.share.started_at.weekday()) for one in found}
    assert len(trend.weeks) + trend.hidden == len(mondays)


def test_four_people_are_too_few_and_five_are_enough() -> None:
    """The smallest group, on both sides of its edge; what was called unfair is no flag."""
    assert by_week([row(one) for one in range(1, 5)]).hidden == 1
    (week,) = by_week([row(one) for one in range(1, 6)]).weeks
    assert (week.people, week.flags, week.answered, week.kept, week.settled) == (5, 10, 10, 5, 10)
    assert by_week([row(1, may_count=True)]).weeks[0].people == 1


def test_a_replaced_key_makes_nobody_two() -> None:
    """Four people, one of whom shared with an old key and a new one, are still too few."""
    again = replace(row(5), name="person 4")
    assert by_week([*(row(one) for one in range(1, 5)), again]).hidden == 1


def test_a_call_shared_again_under_a_new_key_is_one_call() -> None:
    """It counts as it was shared last."""
    again = replace(row(9, words=50), name="Person 5", share_id="s5")
    (week,) = by_week([again, *(row(one) for one in range(1, 6))]).weeks
    assert (week.people, week.calls, week.words) == (5, 5, 450)
