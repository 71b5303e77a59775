"""When the organisation works: what "close of business" and "five business days" are counted by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

MONDAY_TO_FRIDAY = frozenset(range(5))
_LONGEST_CLOSURE_DAYS = 366


@dataclass(frozen=True, slots=True)
class Office:
    """Opening hours (wall clock, local), working days (Monday is 0) and days closed.

    Until told otherwise: eight to five, Monday to Friday, no holidays.
    """

    opens: dt.time = dt.time(8)
    closes: dt.time = dt.time(17)
    working_days: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: frozenset[dt.date] = field(default=frozenset())

    def is_open(self, day: dt.date) -> bool:
        return day.weekday() in self.working_days and day not in self.holidays

    def after(self, day: dt.date, working_days: int) -> dt.date:
        """That many working days after ``day``, which is day 0. Counts plain days where it never opens."""
        for _ in range(working_days):
            day = self._next(day)
        return day

    def hours_on(self, now: dt.datetime, hours: float) -> dt.datetime:
        """When that many opening hours have passed since ``now``; by the wall clock of its zone."""
        if hours <= 0:
            return now
        left, at = dt.timedelta(hours=hours), now
        for _ in range(_LONGEST_CLOSURE_DAYS):
            opens = at.replace(hour=self.opens.hour, minute=self.opens.minute, second=0, microsecond=0)
            closes = at.replace(hour=self.closes.hour, minute=self.closes.minute, second=0, microsecond=0)
            begins = max(at, opens)
            if self.is_open(at.date()) and begins < closes:
                if left <= closes - begins:
                    return begins + left
                left -= closes - begins
            at = opens + dt.timedelta(days=1)
        return now + dt.timedelta(hours=hours)

    def _next(self, day: dt.date) -> dt.date:
        for ahead in range(1, _LONGEST_CLOSURE_DAYS):
            if self.is_open(day + dt.timedelta(days=ahead)):
                return day + dt.timedelta(days=ahead)
        return day + dt.timedelta(days=1)


ALWAYS = Office()
"""The conventions without settings."""
