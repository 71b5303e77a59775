"""Which line to offer: pure, and the same for the same call."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from coach.coaching.call_state import CallState
from coach.coaching.playbook import Line, Topics, Where

LOOK_BACK_TURNS = 8
"""How many of the agent's turns a topic is remembered for. Older talk is about something else by now."""


def where_of(profile: str) -> Where:
    """The place whose lines suit a listening profile: a counter on a shop floor, else the phone."""
    return "counter" if profile == "shop-floor" else "phone"


def ordered(
    lines: Sequence[Line],
    topics: Topics,
    state: CallState,
    said: Collection[str],
    prefer: Collection[str] = (),
) -> list[str]:
    """The lines not ``said`` yet, the one to offer first.

    A line kept for topics the call is not about comes last, whatever else speaks for it. Then, in this order:
    a repair of ``prefer``, a topic of the turn, the repair the agent has made least, the playbook's order.
    """
    about = topics_of_call(topics, state)
    times = {makes: state.times(makes) for makes in {line.makes for line in lines}}

    def rank(line: Line) -> tuple[bool, bool, bool, int]:
        suits = not about.isdisjoint(line.about)
        is_off_topic = bool(line.about) and not suits
        return is_off_topic, line.makes not in prefer, not suits, times[line.makes]

    return [line.line for line in sorted((one for one in lines if one.line not in said), key=rank)]


def better_lines(lines: Sequence[Line], topics: Topics, text: str, count: int) -> list[str]:
    """At most ``count`` lines for one turn on its own: those about its topics first, then those for any,
    each time another repair before the same again."""
    about = topics_of(topics, text)
    fitting = [one for one in lines if not one.about or not about.isdisjoint(one.about)]
    fitting.sort(key=lambda one: not one.about)
    first: dict[str, Line] = {}
    for one in fitting:
        first.setdefault(one.makes, one)
    varied = [*first.values(), *(one for one in fitting if one not in first.values())]
    return [one.line for one in varied[:count]]


def topics_of_call(topics: Topics, state: CallState) -> frozenset[str]:
    """What the agent's last turn was about; where it names no topic, the latest of those before it."""
    turns = [turn.text for turn, _ in state.turns()][-LOOK_BACK_TURNS:]
    return next((found for text in reversed(turns) if (found := topics_of(topics, text))), frozenset())


def topics_of(topics: Topics, text: str) -> frozenset[str]:
    """The topics whose words are in ``text``."""
    plain = text.casefold().replace("’", "'")
    return frozenset(
        topic for topic, words in topics.items() if words and _pattern(tuple(words)).search(plain)
    )


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words and phrases; a final ``*`` leaves the end open."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(_one(word) for word in words)})")


def _one(word: str) -> str:
    plain = word.casefold().replace("’", "'")
    stem = r"\s+".join(re.escape(part) for part in plain.rstrip("*").split())
    return stem + (r"\w*" if plain.endswith("*") else r"(?!\w)")
