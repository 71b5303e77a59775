"""From promise to kept: where a commitment stands, by what was done with it and by the clock.

Open, due on its last day, then kept early, kept, kept late or broken; or re-agreed, which opens it again for
another time. Nothing is ever settled by the clock alone: whether it was kept is for the agent to say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from coach.commitments.merging import same
from coach.errors import BugError
from coach.events import Commitment, Due, Moment, Owner
from coach.values.follow_up import KEPT, SETTLED, Followed, Key, State, Step, StepKind, Week

_DAY = dt.timedelta(days=1)
ONE_STRETCH = dt.timedelta(hours=18)
"""Hours of one day or of one night; what takes longer goes over days."""
ONGOING = (StepKind.RE_AGREED, StepKind.EDITED)

_ALLOWED = {
    State.BROKEN: frozenset({StepKind.KEPT, StepKind.RE_AGREED, StepKind.EDITED}),
    **dict.fromkeys(KEPT, frozenset({StepKind.EDITED})),
}
_UNSETTLED = frozenset(StepKind)


def current(followed: Followed) -> Commitment:
    """The commitment with its latest words and time; its evidence and seconds stay those of the call."""
    latest = next((step for step in reversed(followed.standing) if step.kind in ONGOING), None)
    return followed.heard if latest is None else replace(followed.heard, action=latest.action, due=latest.due)


def mended(followed: Followed) -> Commitment:
    """The commitment as the call made it, with what the agent edited; a time agreed since is left out."""
    made, agreed_anew = followed.heard, False
    for step in followed.standing:
        agreed_anew |= step.kind is StepKind.RE_AGREED
        if step.kind is StepKind.EDITED:
            due = made.due if agreed_anew else step.due
            said = followed.heard.due_text if due == followed.heard.due else None
            made = replace(made, action=step.action, due=due, due_text=said)
    return made


def allowed(state: State) -> frozenset[StepKind]:
    """What can be done with a commitment that stands so."""
    return _ALLOWED.get(state, _UNSETTLED)


def state_of(followed: Followed, now: dt.datetime, zone: dt.tzinfo | None = None) -> State:
    """``now`` carries a time zone; ``zone`` is that of the agent, the machine's own where None."""
    steps = [step for step in followed.standing if step.kind is not StepKind.EDITED]
    due = current(followed).due
    last = steps[-1] if steps else None
    if last is not None and last.kind is StepKind.BROKEN:
        return State.BROKEN
    if last is not None and last.kind is StepKind.KEPT:
        return _kept(due, followed.said_at, last.at, zone)
    if due is not None:
        if now >= ends_at(due, followed.said_at, zone):
            return State.OVERDUE
        if now >= _start(last_day(due, followed.said_at, zone), zone):
            return State.DUE
    return State.OPEN if last is None else State.RE_AGREED


def _kept(due: Due, said_at: dt.datetime, at: dt.datetime, zone: dt.tzinfo | None) -> State:
    if due is None:
        return State.KEPT
    if at >= ends_at(due, said_at, zone):
        return State.KEPT_LATE
    return State.KEPT_EARLY if at < begins_at(due, said_at, zone) else State.KEPT


def local(moment: dt.datetime, said_at: dt.datetime, zone: dt.tzinfo | None = None) -> dt.datetime:
    """A moment of a call in the agent's zone.

    A call keeps the offset it had, not its zone. Where that was the offset here, two o'clock on a day after
    the clocks change is two o'clock on that day's clocks, not an hour off.
    """
    if moment.tzinfo is None:
        return _here(moment, zone)
    if said_at.tzinfo is not None and said_at.astimezone(zone).utcoffset() == moment.utcoffset():
        return _here(moment.replace(tzinfo=None), zone)
    return moment.astimezone(zone)


def _here(naive: dt.datetime, zone: dt.tzinfo | None) -> dt.datetime:
    return naive.astimezone() if zone is None else naive.replace(tzinfo=zone)


def begins_at(due: Due, said_at: dt.datetime, zone: dt.tzinfo | None = None) -> dt.datetime:
    """When it may first be called due: the day of a deadline, the begin of a range. ``due`` is not None."""
    if isinstance(due, tuple):
        first = due[0]
        return local(first, said_at, zone) if isinstance(first, dt.datetime) else _start(first, zone)
    return _start(last_day(due, said_at, zone), zone)


def ends_at(due: Due, said_at: dt.datetime, zone: dt.tzinfo | None = None) -> dt.datetime:
    """The first moment that is too late; a day is over at midnight. ``due`` is not None."""
    last = _last(due)
    if isinstance(last, dt.datetime):
        return local(last, said_at, zone)
    return _start(min(last, dt.date.max - _DAY) + _DAY, zone)


def last_day(due: Due, said_at: dt.datetime, zone: dt.tzinfo | None = None) -> dt.date:
    """The day on which it is due at the latest; midnight belongs to the day that ends with it."""
    last = _last(due)
    if not isinstance(last, dt.datetime):
        return last
    return (local(last, said_at, zone) - dt.timedelta(seconds=1)).date()


def _last(due: Due) -> Moment:
    last = due[1] if isinstance(due, tuple) else due
    if last is None:
        raise BugError("a commitment without a time has no last day")
    return last


def _start(day: dt.date, zone: dt.tzinfo | None) -> dt.datetime:
    return _here(dt.datetime.combine(day, dt.time()), zone)


def promised(followed: Followed) -> bool:
    """Whether it is the agent's or the company's to keep, and was not dropped."""
    return followed.heard.owner is not Owner.CUSTOMER and not followed.dropped


def in_order(every: Iterable[Followed], now: dt.datetime, zone: dt.tzinfo | None = None) -> list[Followed]:
    """First what is due first, then what has no time, then what was settled, the newest first."""

    def place(one: Followed) -> tuple[int, float]:
        due = current(one).due
        if state_of(one, now, zone) in SETTLED:
            return 2, -settled_at(one).timestamp()
        if due is None:
            return 1, one.said_at.timestamp()
        return 0, ends_at(due, one.said_at, zone).timestamp()

    return sorted(every, key=place)


def settled_at(followed: Followed) -> dt.datetime:
    """When it was last said to be kept or broken; when it was promised, where it never was."""
    steps = [step for step in followed.standing if step.kind not in ONGOING]
    return steps[-1].at if steps else followed.said_at


def clashes(every: Sequence[Followed], now: dt.datetime, zone: dt.tzinfo | None = None) -> dict[Key, Key]:
    """Open promises of one thing to one customer for different times: each with the one it clashes with.

    Said twice for the same time, or once without a time, they do not contradict each other.
    """
    groups: dict[str, list[Followed]] = {}
    for one in every:
        if promised(one) and state_of(one, now, zone) not in SETTLED:
            groups.setdefault(one.about.casefold() or one.call_id, []).append(one)
    found: dict[Key, Key] = {}
    for group in groups.values():
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                if _clash(current(one), current(other)):
                    found.setdefault(one.key, other.key)
                    found.setdefault(other.key, one.key)
    return found


def _clash(one: Commitment, other: Commitment) -> bool:
    if one.due is None or other.due is None or one.due == other.due or one.owner is not other.owner:
        return False
    return same(one.action, other.action, same_due=False)


def by_week(
    every: Iterable[Followed], now: dt.datetime, weeks: int, zone: dt.tzinfo | None = None
) -> tuple[Week, ...]:
    """The last ``weeks`` weeks, oldest first, the running one included.

    A commitment counts in the week of its last day, one without a time in the week it was settled in; what
    is not due yet counts nowhere.
    """
    this_monday = _monday(now.astimezone(zone).date())
    mondays = [this_monday - _DAY * 7 * back for back in reversed(range(weeks))]
    counted = {monday: Week(monday) for monday in mondays}
    for one in every:
        if not promised(one):
            continue
        state, due = state_of(one, now, zone), current(one).due
        if state is not State.OVERDUE and state not in SETTLED:
            continue
        day = settled_at(one).astimezone(zone).date() if due is None else last_day(due, one.said_at, zone)
        monday = min(_monday(day), this_monday)
        if monday in counted:
            counted[monday] = _counted(counted[monday], state)
    return tuple(counted.values())


def _counted(week: Week, state: State) -> Week:
    if state is State.KEPT_LATE:
        return replace(week, late=week.late + 1)
    if state is State.BROKEN:
        return replace(week, broken=week.broken + 1)
    if state is State.OVERDUE:
        return replace(week, open=week.open + 1)
    return replace(week, kept=week.kept + 1)


def _monday(day: dt.date) -> dt.date:
    return day - _DAY * day.weekday()


def next_step(followed: Followed, step: Step, now: dt.datetime, zone: dt.tzinfo | None = None) -> Step | None:
    """``step`` as it is to be kept; None where it cannot be done with a commitment that stands so."""
    if followed.dropped or step.kind not in allowed(state_of(followed, now, zone)):
        return None
    words = " ".join(step.action.split())
    return replace(step, action=words) if words else None
