"""Figures of many calls by week: only of enough people, or of those who agreed to be counted alone. Pure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from coach.values.shares import InboxRow, Trend, TrendWeek

FEWEST_PEOPLE = 5
"""With fewer in a week, a sum may tell about one person."""


def by_week(rows: Iterable[InboxRow]) -> Trend:
    """A week is shown where its calls come from at least ``FEWEST_PEOPLE``; with fewer, only the calls
    whose agents agreed that they count alone. Nothing is told by person, and nothing is ranked. Rows carry
    the bare names of people: somebody's earlier key goes by theirs."""
    weeks: dict[dt.date, list[InboxRow]] = defaultdict(list)
    for row in _once(rows):
        day = row.share.started_at.date()
        weeks[day - dt.timedelta(days=day.weekday())].append(row)
    shown, hidden = [], 0
    for monday, found in sorted(weeks.items()):
        if _people(found) < FEWEST_PEOPLE:
            found = [row for row in found if row.share.may_count]
        if found:
            shown.append(_week(monday, found))
        else:
            hidden += 1
    return Trend(tuple(shown), hidden)


def _once(rows: Iterable[InboxRow]) -> list[InboxRow]:
    """A call shared again under a new key is one call: it counts as it was shared last."""
    every = sorted(rows, key=lambda row: row.id)
    last = {(row.name.casefold(), row.share_id): row.person for row in every}
    return [row for row in every if last[row.name.casefold(), row.share_id] == row.person]


def _people(rows: list[InboxRow]) -> int:
    """Somebody who replaced their key has two, and is one person all the same."""
    return min(len({row.person for row in rows}), len({row.name.casefold() for row in rows}))


def _week(monday: dt.date, rows: list[InboxRow]) -> TrendWeek:
    figures = [row.share.figures for row in rows]
    # What the agent called unfair is no flag here.
    fair = [max(0, one.flags - one.flags_contested) for one in figures]
    return TrendWeek(
        monday,
        people=_people(rows),
        calls=len(rows),
        words=sum(one.words for one in figures),
        flags=sum(fair),
        repairs=sum(one.repairs for one in figures),
        answered=sum(min(one.flags_repaired, flags) for one, flags in zip(figures, fair, strict=True)),
        settled=sum(one.settled for one in figures),
        kept=sum(min(one.kept, one.settled) for one in figures),
    )
