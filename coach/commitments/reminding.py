"""When to remind of a commitment: a little before its time, or when the office opens on its last day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from coach.commitments.lifecycle import (
    ONE_STRETCH,
    ONGOING,
    current,
    ends_at,
    last_day,
    local,
    promised,
    state_of,
)
from coach.commitments.office import Office
from coach.events import Due
from coach.values.follow_up import SETTLED, Followed, Reminder

_LEAST = dt.timedelta(minutes=1)
STALE = dt.timedelta(days=14)
"""After so long nobody is reminded any more; the list has it all the same."""
_MOST_LEAD = dt.timedelta(minutes=240)
_LONG_PAST = dt.timedelta(days=1)


def remind_at(
    due: Due, said_at: dt.datetime, office: Office, lead: dt.timedelta, zone: dt.tzinfo | None = None
) -> dt.datetime | None:
    """None where no time was said.

    A moment, or a few hours of one day or night, is reminded of ``lead`` before it begins; a day, and what
    has several days, as the office opens on the last of them. Never before a minute after it was said, and
    never after its end.
    """
    if due is None:
        return None
    end = ends_at(due, said_at, zone)
    first = due[0] if isinstance(due, tuple) else due
    day = last_day(due, said_at, zone)
    opening = local(dt.datetime.combine(day, office.opens), said_at, zone)
    if not isinstance(first, dt.datetime):
        wanted = opening
    else:
        start = local(first, said_at, zone)
        hours = not isinstance(due, tuple) or start.date() == day or end - start <= ONE_STRETCH
        # "This afternoon", said in the afternoon, has begun already: its end is what there is to mind.
        wanted = (start if start > said_at else end) - lead if hours else min(opening, end - lead)
    return min(max(wanted, said_at + _LEAST), end)


def due_reminders(
    every: Iterable[Followed],
    now: dt.datetime,
    office: Office,
    lead: dt.timedelta,
    zone: dt.tzinfo | None = None,
) -> tuple[list[Reminder], dt.datetime | None]:
    """Reminders to be given now, the most pressing first, and when the next will be; each is given once.

    Also those whose moment went by while nobody could give them. A commitment for another time, re-agreed or
    edited, is reminded of anew.
    """
    to_give: list[Reminder] = []
    later: list[dt.datetime] = []
    for one in every:
        if not promised(one) or state_of(one, now, zone) in SETTLED:
            continue
        due = current(one).due
        at = remind_at(due, one.said_at, office, lead, zone) or one.snoozed_until
        if at is None or (one.snoozed_until is None and _was_told(one, at, now, office, zone)):
            continue
        when = one.snoozed_until or at
        if when > now:
            later.append(when)
            continue
        if one.snoozed_until is None and now - when > STALE:
            continue
        # Asked for earlier than it is due to be reminded of, it is reminded of in its time all the same.
        at = min(at, when)
        passed = due is not None and now >= ends_at(due, one.said_at, zone)
        to_give.append(Reminder(one, at, passed, now))
    to_give.sort(key=lambda reminder: (reminder.passed, reminder.at))
    return to_give, min(later, default=None)


def _was_told(
    one: Followed, at: dt.datetime, now: dt.datetime, office: Office, zone: dt.tzinfo | None
) -> bool:
    """Whether there was a reminder of it, for the time it has now. Another lead, or another opening hour,
    chosen since is no reason for a second one of what is past."""
    due, told = current(one).due, one.told_for
    if told is None or due is None or told == at:
        return told == at
    earliest = remind_at(due, one.said_at, replace(office, opens=dt.time()), _MOST_LEAD, zone)
    end = ends_at(due, one.said_at, zone)
    if earliest is None or not earliest <= told <= end:
        return False
    if any(step.kind in ONGOING and step.at > told for step in one.standing):
        return False
    return at <= told or now - end > _LONG_PAST
