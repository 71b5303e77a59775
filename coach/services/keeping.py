"""Calls that have been kept for as long as their agent wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from coach.events import CallListing, CallSource, Owner
from coach.values.follow_up import SETTLED, Overview


def past_keeping(
    calls: Iterable[CallListing], waited_for: Collection[str], days: int, now: dt.datetime
) -> list[str]:
    """The ids of finished live calls older than ``days``; none where that is 0.

    A call somebody still waits for (``waited_for``) stays: a promise is not lost with its words. Recordings
    stay too, for their date is that of the talk, not of the day they were taken in. The days of a call that
    was brought back begin anew: it is wanted, and would go again at the next start.
    """
    if not days:
        return []
    oldest = now - dt.timedelta(days=days)
    return [
        call.id
        for call in calls
        if call.finished
        and call.source is CallSource.LIVE
        and (call.brought_back_at or call.started_at) < oldest
        and call.id not in waited_for
    ]


def waited_for(overview: Overview) -> set[str]:
    """Calls with a promise of the agent or the company that is not settled."""
    return {
        one.call_id
        for one in overview.all
        if not one.dropped
        and one.heard.owner is not Owner.CUSTOMER
        and overview.states.get(one.key) not in SETTLED
    }
