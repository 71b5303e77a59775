"""The words of a turn as places in its text, and a turn whose words are put right. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from coach.events import Turn, Word

_PAUSE_S = 0.6
"""A longer one within a turn is no part of a word."""
_MARGIN_S = 0.2
"""By so much the times of words may be wrong."""


@dataclass(frozen=True, slots=True)
class Span:
    """One word: its half-open range of characters in the turn's text, and its seconds in the call."""

    start: int
    end: int
    start_s: float
    end_s: float


def spans(turn: Turn) -> tuple[Span, ...]:
    """Every word with a time, in order, without overlap; empty where the turn's words have none."""
    found: list[Span] = []
    cursor, at_s = 0, turn.start_s
    for word in _single(turn.words):
        place = turn.text.find(word.text, cursor)
        if not word.text or place < 0:
            continue
        start_s = min(max(word.start_s, at_s), turn.end_s)
        at_s = min(max(word.end_s, start_s), turn.end_s)
        cursor = place + len(word.text)
        found.append(Span(place, cursor, start_s, at_s))
    return tuple(found)


def said_in(turn: Turn) -> tuple[tuple[float, float], ...]:
    """Where its words are said, (start, end) in seconds of the call, from its start to its end.

    The pauses between are left out where somebody else may speak in them. All of it where its words have no
    times.
    """
    found: list[tuple[float, float]] = []
    begun_s = at_s = turn.start_s
    for word in turn.words:
        start_s = min(max(word.start_s, at_s), turn.end_s)
        if start_s - at_s > _PAUSE_S:
            found.append((begun_s, at_s + _MARGIN_S))
            begun_s = start_s - _MARGIN_S
        at_s = min(max(word.end_s, start_s), turn.end_s)
    return (*found, (begun_s, turn.end_s))


def span_at(words: Sequence[Span], at_s: float) -> Span | None:
    """The word that is said at ``at_s``, or was said last before it; None before the first."""
    place = bisect_right(words, at_s, key=lambda word: word.start_s)
    return words[place - 1] if place else None


def reworded(turn: Turn, text: str) -> Turn:
    """``turn`` with other words. Those that stay keep their times; new ones share the time of what they
    replace, or of the pause they stand in. Their probability is 1: the agent said so.
    """
    wanted = text.split()
    if not turn.words:
        return replace(turn, text=" ".join(wanted))
    before = _single(turn.words)
    old = [_plain(word.text) for word in before]
    new = [_plain(word) for word in wanted]
    made: list[Word] = []
    for kind, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            made += [
                replace(word, text=text)
                for word, text in zip(before[first:last], wanted[begin:end], strict=True)
            ]
        elif begin < end:
            start_s, end_s = _room(turn, before, first, last)
            made += _shared(wanted[begin:end], start_s, end_s)
    return replace(turn, text=" ".join(wanted), words=tuple(made))


def _room(turn: Turn, before: Sequence[Word], first: int, last: int) -> tuple[float, float]:
    """The seconds of the words [first, last); where there are none, those between their neighbours."""
    if first < last:
        return before[first].start_s, before[last - 1].end_s
    start_s = before[first - 1].end_s if first else turn.start_s
    end_s = before[first].start_s if first < len(before) else turn.end_s
    return start_s, max(start_s, end_s)


def _shared(texts: Sequence[str], start_s: float, end_s: float) -> list[Word]:
    """The stretch, shared out by the length of the words."""
    letters = sum(len(text) for text in texts)
    made, at = [], 0
    for text in texts:
        begin_s = start_s + (end_s - start_s) * at / letters
        at += len(text)
        made.append(Word(text, begin_s, start_s + (end_s - start_s) * at / letters, 1.0))
    return made


def _single(words: Sequence[Word]) -> list[Word]:
    """One for every word as written: what hides a number may be two."""
    single: list[Word] = []
    for word in words:
        parts = word.text.split()
        if len(parts) == 1:
            single.append(replace(word, text=parts[0]))
        elif parts:
            shared = _shared(parts, word.start_s, word.end_s)
            single += [replace(part, probability=word.probability) for part in shared]
    return single


def _plain(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold() or word
