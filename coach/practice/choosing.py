"""Which exercises come today and in which order: what is due, then new ones, never two alike in a row."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from coach.practice.schedule import Schedule

Item = TypeVar("Item")


def interleaved(items: Iterable[Item], alike: Callable[[Item], Hashable]) -> list[Item]:
    """The same items, close to their order, with neighbours that differ wherever that is possible."""
    waiting = list(items)
    ordered: list[Item] = []
    while waiting:
        counts = Counter(alike(item) for item in waiting)
        last = {alike(item) for item in ordered[-1:]}
        # A kind that fills more than half of what is left has to come now, or it would meet itself later.
        crowding = {kind for kind, count in counts.items() if count * 2 > len(waiting)} - last
        fitting = (
            place
            for place, item in enumerate(waiting)
            if alike(item) not in last and (not crowding or alike(item) in crowding)
        )
        ordered.append(waiting.pop(next(fitting, 0)))
    return ordered


def todays(
    pools: Sequence[Sequence[Item]],
    name: Callable[[Item], str],
    alike: Callable[[Item], Hashable],
    schedule: Schedule,
    now: dt.datetime,
    most: int,
    chance: random.Random,
) -> list[Item]:
    """At most ``most`` exercises, interleaved: those whose day has come, longest overdue first, then new,
    pool by pool, at random but spread over the kinds. Those that are not due yet are left alone."""
    by_name = {name(item): item for pool in pools for item in pool}
    chosen = [by_name[exercise] for exercise in schedule.due(now) if exercise in by_name]
    for pool in pools:
        new = [item for item in pool if name(item) not in schedule]
        chance.shuffle(new)
        chosen += _spread(new, alike)
    return interleaved(chosen[:most], alike)


def _spread(items: Sequence[Item], alike: Callable[[Item], Hashable]) -> list[Item]:
    """One of each kind, then a second of each, and so on."""
    seen: dict[Hashable, int] = {}
    ranked = []
    for place, item in enumerate(items):
        seen[alike(item)] = rank = seen.get(alike(item), 0) + 1
        ranked.append((rank, place, item))
    return [item for _, _, item in sorted(ranked, key=lambda entry: entry[:2])]
