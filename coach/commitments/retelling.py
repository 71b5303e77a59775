"""What a turn adds to the promises of a call: new ones, and old ones with another time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

from coach.commitments import clauses
from coach.commitments.due import find_due
from coach.commitments.due_words import MONTH, NUMBER, WEEKDAY
from coach.commitments.merging import (
    due_alone,
    earlier_telling,
    names_the_same,
    puts_the_time_right,
    told_again,
    told_instead,
    turns_up,
    with_due,
)
from coach.commitments.office import ALWAYS, Office
from coach.commitments.phrases import key_of
from coach.commitments.promise import Promise
from coach.commitments.referring import DATES_IT, refers_back
from coach.commitments.timing import seconds_of
from coach.events import Commitment, Due, Owner, Turn

_STILL_MEANT = 3
"""Turns after a promise in which "sorry, make it Friday" still means it.

A bare time means the turn before."""
_MAKE_THE = re.compile(
    r"\b(?:make|move|change|push|switch)\s+(?P<thing>(?:the|that|your)\s+(?:[\w'’-]+\s+){0,3}?[\w'’-]+)\s+"
    r"(?:(?:to|for|till|until|on|by)\s+)?$",
    re.IGNORECASE,
)
""" "Make the plumber Wednesday"."""
_CUE_WORDS = 5
_NAMES_A_DAY = re.compile(
    rf"{WEEKDAY}|{MONTH}|\b(?:to-?morrow|today|tonight|morning|day|week|month|hours?|minutes?|now|call"
    rf"|hang|this|in\s+(?:about\s+|around\s+|roughly\s+)?{NUMBER})\b"
    r"|\d(?:st|nd|rd|th)|\d[/.-]\d",
    re.IGNORECASE,
)


class Known(dict[str, Commitment]):
    """The promises of a call so far by their ids, and in which turn each was named last."""

    def __init__(self, made: Iterable[Commitment] = ()) -> None:
        super().__init__({one.id: one for one in made})
        self.named: dict[str, int] = {}

    def add(self, turn: Turn, found: Iterable[Commitment]) -> None:
        for one in found:
            self.pop(one.id, None)
            self[one.id] = one
            self.named[one.id] = turn.index

    def last(self, turn: Turn, *, within: int) -> Commitment | None:
        """The promise named last, where that was at most ``within`` turns before this one."""
        one = next(reversed(self.values()), None)
        return one if one and turn.index - self.named.get(one.id, one.turn_index) <= within else None


def time_alone(
    turn: Turn, said_at: dt.datetime, known: Known, office: Office = ALWAYS
) -> tuple[Commitment, ...]:
    """A promise in one turn, its time in the next; a turn that only puts a time right."""
    last = known.last(turn, within=_STILL_MEANT if puts_the_time_right(turn.text) else 1)
    dated = due_alone(turn.text, last, said_at, office) if last and last.owner is not Owner.CUSTOMER else None
    return () if dated is None else (dated,)


def told(
    found: list[Promise], turn: Turn, known: Known, said_at: dt.datetime, office: Office = ALWAYS
) -> tuple[Commitment, ...]:
    """What this turn adds to the promises known: new ones, and old ones with another due."""
    added = {one.id: one for one in _moved(turn, known, said_at, office)}
    sentences = clauses.sentences(turn.text) if found else []
    for each in found:
        evidence = turn.text[slice(*each.span)]
        if each.action in DATES_IT or refers_back(each.action):
            last = _dated(each, turn, known)
            if last is not None:
                added[last.id] = last
            if last is not None or each.action in DATES_IT:
                continue
        before = [one for one in known.values() if one.id not in added]
        sentence = _sentence_at(turn.text, sentences, each.span[0])
        old = earlier_telling(before, each.owner, each.action, evidence, each.due, sentence)
        if (
            old is None
            and each.due is not None
            and turns_up(each.action, evidence, known.last(turn, within=2))
        ):
            old = known.last(turn, within=2)
        due = _of_its_day(each, old)
        if old is not None and (each.due is None or due == old.due or _as_before(old.due, due, sentence)):
            continue
        number = old.id if old else f"p-{len(known) + sum(one not in known for one in added) + 1}"
        owner, action = (old.owner, _fuller(old.action, each.action)) if old else (each.owner, each.action)
        start_s, end_s = seconds_of(turn, each.span)
        text = " ".join(each.due.text.split()) if each.due else None
        added[number] = Commitment(
            number, action, owner, text, due, each.conditional, evidence, turn.index, start_s, end_s
        )
    return tuple(added.values())


def _moved(turn: Turn, known: Known, said_at: dt.datetime, office: Office) -> list[Commitment]:
    """ "Make the plumber Wednesday": the promise that names the thing, with the new time."""
    moved: list[Commitment] = []
    if not known or "?" in turn.text:
        return moved
    for due in find_due(turn.text, said_at, office):
        named = _MAKE_THE.search(turn.text[: due.span[0]]) if due.due is not None else None
        one = named and next(
            (one for one in reversed(known.values()) if names_the_same(named["thing"], one)), None
        )
        if one and one.due != due.due:
            moved.append(with_due(one, due))
    return moved


def _dated(each: Promise, turn: Turn, known: Known) -> Commitment | None:
    """The promise of the turn before, with the time that "it'll be Friday" gives it."""
    instead = puts_the_time_right(turn.text)
    last = known.last(turn, within=_STILL_MEANT if instead else 1)
    if last is None or each.due is None or each.due.due is None:
        return None
    if last.due is not None and not instead:
        return None
    return replace(last, due_text=" ".join(each.due.text.split()), due=each.due.due)


def _of_its_day(each: Promise, old: Commitment | None) -> Due:
    """ "Tuesday", and a turn later "at nine": nine on Tuesday."""
    if each.due is None:
        return None
    new, day = each.due.due, old.due if old else None
    if isinstance(day, dt.datetime):
        day = day.date()
    if not isinstance(new, dt.datetime) or not isinstance(day, dt.date) or _NAMES_A_DAY.search(each.due.text):
        return new
    return dt.datetime.combine(day, new.timetz())


def _as_before(old: Due, new: Due, sentence: str) -> bool:
    """ "As I said, before nine": the hour told again without its day is still of the day told first."""
    if not told_again(sentence) or not isinstance(old, dt.datetime) or not isinstance(new, dt.datetime):
        return False
    return (old.hour, old.minute) == (new.hour, new.minute)


def _fuller(old: str, new: str) -> str:
    """The action that says more; of two that say as much, the new one."""
    return old if refers_back(new) or len(key_of(old)) > len(key_of(new)) else new


def _sentence_at(text: str, sentences: list[tuple[int, int]], place: int) -> str:
    """The sentence of a place, with a few words before it that put something right ("Sorry, Tuesday.")."""
    for at, (start, end) in enumerate(sentences):
        if start <= place < end:
            before = text[slice(*sentences[at - 1])] if at else ""
            near = len(before.split()) <= _CUE_WORDS and told_instead(before)
            return f"{before} {text[start:end]}" if near else text[start:end]
    return text
