"""What is shown of a promise as soon as it is heard: a chip ("call back - Thu 14:00"), and what it lacks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from coach.commitments.due import find_due
from coach.commitments.due_words import day_name, month_name
from coach.commitments.office import ALWAYS, Office
from coach.events import Commitment, Due, Moment, Owner
from coach.values.follow_up import Concern as Concern
from coach.values.follow_up import Heard as Heard

CHIP_WORDS = 5
_NEAR_DAYS = 6
_TOO_BIG = re.compile(
    r"\b(?:guarantee[ds]?|one\s+hundred\s+percent|hundred\s+percent|100\s*(?:%|percent)"
    r"|never\s+(?:ever\s+)?happen"
    r"|no\s+matter\s+what|whatever\s+(?:it\s+takes|happens)|come\s+what\s+may|on\s+my\s+life"
    r"|every\s+single\s+time)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:some(?:one|body)|they|the\s+team|a\s+colleague)(?:['’]ll|\s+will|['’]re|\s+are)\b", re.IGNORECASE
)


def heard(
    commitment: Commitment, said_at: dt.datetime, moves: Sequence[str] = (), office: Office = ALWAYS
) -> Heard:
    """``moves`` are the names of the moves found in the promise's turn."""
    what = " ".join(commitment.action.split()[:CHIP_WORDS])
    when = short_due(commitment.due, said_at.date())
    return Heard(commitment.id, what, when, concerns_of(commitment, said_at, moves, office))


def concerns_of(
    commitment: Commitment, said_at: dt.datetime, moves: Sequence[str] = (), office: Office = ALWAYS
) -> tuple[Concern, ...]:
    """What is vague or too big about it; nothing for what the customer is to do."""
    if commitment.owner is Owner.CUSTOMER:
        return ()
    found: list[Concern] = []
    kinds = {due.kind for due in find_due(commitment.due_text or "", said_at, office)}
    if "impossible" in kinds:
        found.append(Concern.NO_SUCH_DATE)
    if commitment.due is not None and has_passed(commitment.due, said_at):
        found.append(Concern.PASSED)
    if "overpromising" in moves or _TOO_BIG.search(commitment.evidence):
        found.append(Concern.TOO_BIG)
    if commitment.owner is Owner.COMPANY and _NOBODY.search(commitment.evidence):
        found.append(Concern.NO_OWNER)
    if commitment.due is None and "impossible" not in kinds:
        found.append(Concern.NO_TIME)
    return tuple(found)


def has_passed(due: Due, now: dt.datetime) -> bool:
    """Whether the end of ``due`` lies before ``now``; a day has passed when it is over."""
    end = due[1] if isinstance(due, tuple) else due
    if end is None:
        return False
    if isinstance(end, dt.datetime):
        if (end.tzinfo is None) != (now.tzinfo is None):
            return end.replace(tzinfo=None) < now.replace(tzinfo=None)
        return end < now
    return end < now.date()


def short_due(due: Due, today: dt.date) -> str:
    """ "today", "Thu 14:00", "Fri 3 Apr": what fits on a chip, "by" left out. Empty where there is none."""
    if due is None:
        return ""
    if not isinstance(due, tuple):
        return _short(due, today)
    first, last = due
    if isinstance(first, dt.datetime) and isinstance(last, dt.datetime) and first.date() == last.date():
        return f"{_short(first, today)}-{last:%H:%M}"
    return f"{_short(first, today)} to {_short(last, today)}"


def _short(moment: Moment, today: dt.date) -> str:
    day = moment.date() if isinstance(moment, dt.datetime) else moment
    ahead = (day - today).days
    if ahead == 0:
        shown = "today"
    elif 0 < ahead <= _NEAR_DAYS:
        shown = day_name(day)
    else:
        shown = f"{day_name(day)} {day.day} {month_name(day)}"
        shown += "" if day.year == today.year else f" {day.year}"
    return f"{shown} {moment:%H:%M}" if isinstance(moment, dt.datetime) else shown
