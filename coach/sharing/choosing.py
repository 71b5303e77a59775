"""Which summaries of the inbox are wanted. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from coach.values.shares import InboxRow, Repaired, Wanted


def wanted_of(rows: Iterable[InboxRow], wanted: Wanted) -> list[InboxRow]:
    """Those that fit everything but the words, which the store has looked for; the order stays."""
    return [row for row in rows if _fits(row, wanted)]


def _fits(row: InboxRow, wanted: Wanted) -> bool:
    share = row.share
    return (
        wanted.person in (None, row.person)
        and (wanted.since is None or share.started_at.date() >= wanted.since)
        and (not wanted.move or wanted.move in share.moves)
        and _repaired(row, wanted.repaired)
        and _due(row, wanted.due_from, wanted.due_by)
    )


def _due(row: InboxRow, first: dt.date | None, last: dt.date | None) -> bool:
    if first is None and last is None:
        return True
    return any((first or day) <= day <= (last or day) for day in row.share.due)


def _repaired(row: InboxRow, repaired: Repaired) -> bool:
    if repaired is Repaired.OPEN:
        return row.share.open_moments
    if repaired is Repaired.ALL:
        return row.share.figures.flags > 0 and not row.share.open_moments
    return True
