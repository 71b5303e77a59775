"""Progress over weeks: moves per 1,000 words, share repaired, exercises done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from coach.values.practice_log import Attempt, CallFigures, ExerciseKind

PER_WORDS = 1000
FEWEST_WORDS = 200
"""With fewer words in a week a rate says nothing."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week from its Monday. A rate is None where too little was said, a share where none was flagged."""

    monday: dt.date
    words: int
    contentious_per_1000: float | None
    repairs_per_1000: float | None
    share_repaired: float | None
    drills: int
    quiz_items: int
    role_plays: int


def by_week(
    calls: Iterable[CallFigures], attempts: Iterable[Attempt], now: dt.datetime, weeks: int = 12
) -> list[Week]:
    """The last ``weeks`` weeks, oldest first, this one included; empty weeks too, for a plot."""
    this = _monday(now, now)
    mondays = [this - dt.timedelta(weeks=back) for back in reversed(range(weeks))]
    of_calls: dict[dt.date, list[CallFigures]] = {monday: [] for monday in mondays}
    of_tries: dict[dt.date, list[Attempt]] = {monday: [] for monday in mondays}
    for call in calls:
        of_calls.get(_monday(call.started_at, now), []).append(call)
    for attempt in attempts:
        of_tries.get(_monday(attempt.at, now), []).append(attempt)
    return [_week(monday, of_calls[monday], of_tries[monday]) for monday in mondays]


def _monday(at: dt.datetime, now: dt.datetime) -> dt.date:
    day = at.astimezone(now.tzinfo).date()
    return day - dt.timedelta(days=day.weekday())


def _week(monday: dt.date, calls: list[CallFigures], attempts: list[Attempt]) -> Week:
    words = sum(call.words for call in calls)
    flags = sum(call.flags for call in calls)
    kinds = [attempt.kind for attempt in attempts]
    return Week(
        monday=monday,
        words=words,
        contentious_per_1000=_rate(sum(call.contentious for call in calls), words),
        repairs_per_1000=_rate(sum(call.repairs for call in calls), words),
        share_repaired=sum(call.repaired for call in calls) / flags if flags else None,
        drills=kinds.count(ExerciseKind.OWN_TURN) + kinds.count(ExerciseKind.SITUATION),
        quiz_items=kinds.count(ExerciseKind.QUIZ),
        role_plays=kinds.count(ExerciseKind.ROLE_PLAY),
    )


def _rate(count: int, words: int) -> float | None:
    return PER_WORDS * count / words if words >= FEWEST_WORDS else None
