"""Commitments in plain words, for files and other programs: no markup, one line each."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable

from coach.commitments.due_words import day_name, month_name
from coach.commitments.lifecycle import current, local, settled_at, state_of
from coach.events import Due, Moment, Owner
from coach.values.follow_up import SETTLED, Followed

_OWNERS = {Owner.AGENT: "you", Owner.COMPANY: "your company", Owner.CUSTOMER: "the customer"}
_READ_BY_OTHERS = {Owner.AGENT: "Agent", Owner.COMPANY: "Company", Owner.CUSTOMER: "Customer"}
"""In the notes of a ticket "you" is whoever reads it, and in "ring you back" the customer."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = (
    "about",
    "action",
    "owner",
    "due_from",
    "due_by",
    "due_said",
    "state",
    "settled_at",
    "conditional",
    "words",
    "call",
    "called_at",
    "at",
    "call_id",
    "commitment_id",
)


def said(words: str) -> str:
    """On one line, with a capital."""
    plain = " ".join(words.split())
    return plain[:1].upper() + plain[1:]


def owner_words(owner: Owner) -> str:
    return said(_OWNERS[owner])


def clock(one: Followed) -> str:
    """Where in the call it was said: m:ss."""
    minutes, seconds = divmod(int(max(0.0, one.heard.start_s)), 60)
    return f"{minutes}:{seconds:02d}"


def due_line(due: Due, said_at: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """ "Thu 26 Nov 2026 14:00"; "no time said" where there is none."""
    if due is None:
        return "no time said"
    if not isinstance(due, tuple):
        return _day(due, said_at, zone)
    return f"{_day(due[0], said_at, zone)} to {_day(due[1], said_at, zone)}"


def _day(moment: Moment, said_at: dt.datetime, zone: dt.tzinfo | None) -> str:
    if isinstance(moment, dt.datetime):
        here = local(moment, said_at, zone)
        return f"{_date(here)} {here:%H:%M}"
    return _date(moment)


def _date(day: dt.date) -> str:
    return f"{day_name(day)} {day:%d} {month_name(day)} {day.year}"


def plain_text(chosen: Iterable[Followed], now: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """For the notes of a ticket or a customer: what, by whom, until when, how it stands, and the words."""
    return "".join(_entry(one, now, zone) for one in chosen)


def _entry(one: Followed, now: dt.datetime, zone: dt.tzinfo | None) -> str:
    made = current(one)
    condition = ", on a condition" if made.conditional else ""
    about = f"{said(one.about)}: " if one.about else ""
    return (
        f"{about}{said(made.action)}\n"
        f"  {_READ_BY_OTHERS[made.owner]}, {due_line(made.due, one.said_at, zone)}{condition}"
        f" ({state_of(one, now, zone).value})\n"
        f"  “{' '.join(made.evidence.split())}”"
        f" (said {_date(one.said_at)}, {clock(one)} into the call)\n"
    )


def table(chosen: Iterable[Followed], now: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """CSV with a heading, dates in ISO 8601. No cell can be taken for a formula by a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for one in chosen:
        writer.writerow([_cell(value) for value in _row(one, now, zone)])
    return out.getvalue()


def _row(one: Followed, now: dt.datetime, zone: dt.tzinfo | None) -> list[str]:
    made, state = current(one), state_of(one, now, zone)
    first, last = made.due if isinstance(made.due, tuple) else (None, made.due)
    return [
        one.about,
        made.action,
        made.owner.value,
        _iso(first, one.said_at, zone),
        _iso(last, one.said_at, zone),
        made.due_text or "",
        state.value,
        settled_at(one).astimezone(zone).isoformat(timespec="minutes") if state in SETTLED else "",
        "yes" if made.conditional else "no",
        made.evidence,
        one.title,
        one.said_at.isoformat(timespec="minutes"),
        clock(one),
        one.call_id,
        made.id,
    ]


def _iso(moment: Moment | None, said_at: dt.datetime, zone: dt.tzinfo | None) -> str:
    if isinstance(moment, dt.datetime):
        return local(moment, said_at, zone).isoformat(timespec="minutes")
    return "" if moment is None else moment.isoformat()


def _cell(value: str) -> str:
    shown = " ".join(value.split())
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
