"""Commitments as a calendar file (RFC 5545), written by the ``icalendar`` library (BSD), its only owner.

Each is an event, where it has a time, so that every calendar shows it, and a task, for those that keep
tasks. Moments are in UTC, which needs no table of zones; days are days, wherever they are read. The same
commitment always has the same ids, and a number that grows with each change: read again, it is replaced.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from icalendar import Alarm, Calendar, Event, Todo
from icalendar.enums import STATUS

from coach.commitments.lifecycle import ONE_STRETCH, current, last_day, local, settled_at, state_of
from coach.commitments.words import clock, owner_words, said
from coach.events import Due
from coach.values.follow_up import KEPT, Followed, State

PRODUCT = "-//Sameside//Commitments//EN"
_LENGTH = dt.timedelta(minutes=15)
_DAY = dt.timedelta(days=1)
_ID_END = "@commitments.sameside"


def calendar_file(
    chosen: Iterable[Followed],
    now: dt.datetime,
    lead: dt.timedelta,
    zone: dt.tzinfo | None = None,
) -> bytes:
    """UTF-8, lines folded and ended as the standard wants. ``lead``: how long before it the alarm is."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    for one in chosen:
        event = _event(one, now, lead, zone)
        if event is not None:
            made.add_component(event)
        made.add_component(_task(one, now, zone))
    return bytes(made.to_ical())


def _event(one: Followed, now: dt.datetime, lead: dt.timedelta, zone: dt.tzinfo | None) -> Event | None:
    due = current(one).due
    if due is None:
        return None
    start, end = _span(due, one.said_at, zone)
    all_day = not isinstance(start, dt.datetime)
    event = Event.new(
        uid=f"{_name(one)}-event{_ID_END}",
        summary=said(current(one).action),
        description=_description(one),
        start=start,
        end=end,
        stamp=now.astimezone(dt.UTC),
        sequence=_sequence(one, now),
        status=STATUS.CANCELLED if state_of(one, now, zone) is State.BROKEN else STATUS.CONFIRMED,
    )
    if all_day:
        # It is something to do on a day, not a day that is taken.
        event.add("transp", "TRANSPARENT")
    elif state_of(one, now, zone) not in KEPT:
        alarm = Alarm.new(summary=said(current(one).action), description=said(current(one).action))
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", -lead)
        event.add_component(alarm)
    return event


def _task(one: Followed, now: dt.datetime, zone: dt.tzinfo | None) -> Todo:
    due, state = current(one).due, state_of(one, now, zone)
    task = Todo.new(
        uid=f"{_name(one)}-task{_ID_END}",
        summary=said(current(one).action),
        description=_description(one),
        stamp=now.astimezone(dt.UTC),
        sequence=_sequence(one, now),
        status=STATUS.COMPLETED
        if state in KEPT
        else STATUS.CANCELLED
        if state is State.BROKEN
        else STATUS.NEEDS_ACTION,
    )
    if due is not None:
        # "due" of the library is a computed property of start and length.
        task.add("due", _latest(due, one.said_at, zone))
    if state in KEPT:
        task.add("completed", settled_at(one).astimezone(dt.UTC))
    return task


def _span(due: Due, said_at: dt.datetime, zone: dt.tzinfo | None) -> tuple[dt.date, dt.date]:
    """Begin and end of the event; both days, or both moments in UTC."""
    first, last = due if isinstance(due, tuple) else (due, due)
    if isinstance(first, dt.datetime) and isinstance(last, dt.datetime):
        start, end = local(first, said_at, zone), local(last, said_at, zone)
        if end - start > ONE_STRETCH:
            # "Within 48 hours" takes no two days of the calendar: it stands where it ends.
            start = end
        return start.astimezone(dt.UTC), max(end, start + _LENGTH).astimezone(dt.UTC)
    day = last_day(due, said_at, zone)
    return day, day + _DAY


def _latest(due: Due, said_at: dt.datetime, zone: dt.tzinfo | None) -> dt.date:
    last = due[1] if isinstance(due, tuple) else due
    if isinstance(last, dt.datetime):
        return local(last, said_at, zone).astimezone(dt.UTC)
    return last_day(due, said_at, zone)


def _sequence(one: Followed, now: dt.datetime) -> int:
    """It must only grow, also when a change is taken back and done again: it counts the seconds since it was
    said. One more for each change, so that it is no less than what was exported by earlier versions."""
    passed_s = int((now - one.said_at).total_seconds())
    return min(len(one.steps) + max(0, passed_s), 2**31 - 1)


def _name(one: Followed) -> str:
    return f"{one.call_id}-{one.heard.id}"


def _description(one: Followed) -> str:
    lines = [
        f"“{' '.join(one.heard.evidence.split())}”",
        f"{owner_words(one.heard.owner)}, {one.title}, {clock(one)}",
    ]
    if one.reference:
        lines.insert(0, one.reference)
    return "\n".join(lines)
