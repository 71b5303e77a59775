"""How commitments are put in words and sorted into groups, for everything in this room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from coach.commitments.lifecycle import current, last_day, local
from coach.events import Answer, Due, Moment, Owner
from coach.values.follow_up import KEPT, SETTLED, Followed, Overview, State, Step, StepKind, Week
from ui import text
from ui.parts.chips import Chip
from ui.when import near_due_text

TO_KEEP, SETTLED_VIEW, CUSTOMERS, LEFT_OUT = "to keep", "settled", "customers", "left out"
VIEWS: dict[str, str] = {
    TO_KEEP: "To keep",
    SETTLED_VIEW: "Settled",
    CUSTOMERS: "The customer's",
    LEFT_OUT: "Left out",
}
BY_TIME, BY_CUSTOMER = "time", "customer"
NO_NAME = "No customer named"
LEFT_OUT_STATE = "Left out"
DIFFER = "Two promises differ"

STATES: dict[State, str] = {
    State.OPEN: "Open",
    State.RE_AGREED: "Re-agreed",
    State.DUE: "Due",
    State.OVERDUE: "Past its time",
    State.KEPT_EARLY: "Kept early",
    State.KEPT: "Kept",
    State.KEPT_LATE: "Kept late",
    State.BROKEN: "Not kept",
}
STEPS: dict[StepKind, str] = {
    StepKind.KEPT: "Kept",
    StepKind.BROKEN: "Not kept",
    StepKind.RE_AGREED: "Re-agreed",
    StepKind.EDITED: "Edited",
}
_PAST, _TODAY, _TOMORROW, _LATER, _OPEN = "Past their time", "Today", "Tomorrow", "Later", "No time said"

Group = tuple[str, list[Followed]]


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def action_text(one: Followed) -> str:
    return capital(current(one).action)


def due_text(one: Followed, today: dt.date | None, *, close: bool = False) -> str:
    """When it is due, on the clock here; what was said of a day that does not exist. ``close``: "today"."""
    made = current(one)
    if made.due is None:
        return f"“{made.due_text}”" if made.due_text else "No time said"
    return near_due_text(here(made.due, one.said_at), today, close=close)


def here(due: Due, said_at: dt.datetime) -> Due:
    def moved(moment: Moment) -> Moment:
        return local(moment, said_at) if isinstance(moment, dt.datetime) else moment

    if due is None:
        return None
    return (moved(due[0]), moved(due[1])) if isinstance(due, tuple) else moved(due)


def origin_text(one: Followed) -> str:
    """Whom it is about, and who is to keep it."""
    about = f"{one.about} · " if one.about else ""
    condition = " · on a condition" if current(one).conditional else ""
    return f"{about}{text.OWNERS[one.heard.owner]}{condition}"


def state_chip(one: Followed, state: State) -> Chip | None:
    """None where it is simply open: what is as it should be needs no mark."""
    if one.dropped:
        return Chip("close", LEFT_OUT_STATE, "plain")
    if state in KEPT:
        return Chip("check", STATES[state], "repaired")
    if state is State.OVERDUE:
        return Chip("warning", STATES[state], "flag")
    if state is State.BROKEN:
        return Chip("close", STATES[state], "plain")
    if state is State.RE_AGREED:
        return Chip("another", STATES[state], "accent")
    if one.heard.answer is Answer.CONFIRMED and state is State.OPEN:
        return Chip("check", text.CONFIRMED, "accent")
    return None


def in_view(shown: Overview, view: str) -> list[Followed]:
    """The commitments of a view, in the order of the overview."""
    wanted: dict[str, Callable[[Followed], bool]] = {
        TO_KEEP: lambda one: _mine(one) and shown.states[one.key] not in SETTLED,
        SETTLED_VIEW: lambda one: _mine(one) and shown.states[one.key] in SETTLED,
        CUSTOMERS: lambda one: one.heard.owner is Owner.CUSTOMER and not one.dropped,
        LEFT_OUT: lambda one: one.dropped,
    }
    return [one for one in shown.all if wanted[view](one)]


def _mine(one: Followed) -> bool:
    return one.heard.owner is not Owner.CUSTOMER and not one.dropped


def matching(every: Sequence[Followed], query: str) -> list[Followed]:
    """Those that hold every word of the query somewhere: what, whom, when, or the exact words."""
    wanted = query.casefold().split()
    return [one for one in every if all(word in _searched(one) for word in wanted)]


def _searched(one: Followed) -> str:
    made = current(one)
    return " ".join((made.action, made.evidence, made.due_text or "", one.title, one.reference)).casefold()


def groups(every: Sequence[Followed], shown: Overview, view: str, by: str) -> list[Group]:
    """Under headings, in the order they come; empty headings are left out."""
    today = shown.now.date()

    def heading(one: Followed) -> str:
        if by == BY_CUSTOMER:
            return one.about or NO_NAME
        if view == SETTLED_VIEW or one.dropped:
            return ""
        return _when(one, shown.states[one.key], today)

    found: dict[str, list[Followed]] = {}
    for one in every:
        found.setdefault(heading(one), []).append(one)
    if by == BY_CUSTOMER:
        return sorted(found.items(), key=lambda pair: (pair[0] == NO_NAME, pair[0].casefold()))
    order = [_PAST, _TODAY, _TOMORROW, _LATER, _OPEN, ""]
    return sorted(found.items(), key=lambda pair: order.index(pair[0]))


def _when(one: Followed, state: State, today: dt.date) -> str:
    due = current(one).due
    if due is None:
        return _OPEN
    if state is State.OVERDUE:
        return _PAST
    day = last_day(due, one.said_at)
    if day <= today:
        return _TODAY
    return _TOMORROW if day == today + dt.timedelta(days=1) else _LATER


def history(one: Followed) -> list[tuple[str, Step | Answer | None]]:
    """What became of it, oldest first, in sentences, each with what can be taken back of it; what was taken
    back says so. When it was confirmed is not kept: it can be only before anything else was done."""
    lines: list[tuple[str, Step | Answer | None]] = [(f"Promised {text.date_time_text(one.said_at)}", None)]
    if one.heard.answer is Answer.CONFIRMED:
        lines.append((text.CONFIRMED, Answer.CONFIRMED))
    for step in one.steps:
        said = STEPS[step.kind]
        if step.kind is StepKind.RE_AGREED:
            said = f"{said} for {near_due_text(here(step.due, one.said_at), step.at.date())}"
        elif step.kind is StepKind.EDITED:
            when = near_due_text(here(step.due, one.said_at), beside=step.at.date())
            said = f"{said}: {capital(step.action)}, {when}"
        undone = " (taken back)" if step.undone else ""
        lines.append((f"{said} · {text.date_time_text(step.at.astimezone())}{undone}", step))
    return lines


def spoken(one: Followed, state: State, today: dt.date, clashing: bool = False) -> str:
    """The whole entry as a screen reader says it, with all that is drawn of it."""
    stands = LEFT_OUT_STATE if one.dropped else STATES[state]
    differ = [DIFFER] if clashing else []
    parts = [action_text(one), due_text(one, today), stands, *differ, origin_text(one), one.heard.evidence]
    return ". ".join(parts)


def weeks_text(weeks: Sequence[Week]) -> str:
    """ "8 of 10 kept in time, 1 kept late": what the picture shows, in words."""
    kept, late = sum(week.kept for week in weeks), sum(week.late for week in weeks)
    broken, open_ones = sum(week.broken for week in weeks), sum(week.open for week in weeks)
    every = sum(week.all for week in weeks)
    if not every:
        return "Nothing has come due yet."
    parts = [f"{kept} of {every} kept in time"]
    if late:
        parts.append(f"{late} kept late")
    if broken:
        parts.append(f"{broken} not kept")
    if open_ones:
        parts.append(f"{open_ones} past {'its' if open_ones == 1 else 'their'} time")
    return ", ".join(parts)
