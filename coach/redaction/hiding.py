"""What is hidden in a text, and how it then reads: "it's 07700 900123" -> "it's [phone number]". Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.events import Turn, Word
from coach.redaction import codes, context, mail, names, phrases
from coach.redaction.kinds import ANSWER, BIRTH, NAME, Finding, Open
from coach.redaction.reading import Reading

_RANK = {NAME: 1}
"""A name gives way to everything else."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is hidden besides what always is."""

    names: bool = False
    references: bool = False


def find(text: str, choice: Choice | None = None, before: Open | None = None) -> list[Finding]:
    """What is to be hidden in ``text``: ranges of its characters, whole words, in order, apart.

    ``before``: what the turn before left open.
    """
    choice = choice or Choice()
    reading = Reading(text)
    if not reading.pieces:
        return []
    found = mail.mails_in(reading) + phrases.phrases_in(reading, before.kind if before else None)
    number = None if before and before.kind in (ANSWER, BIRTH) else before
    found += codes.codes_in(reading, number, choice.references)
    if choice.names:
        found += names.names_in(reading)
    return _apart(text, [_whole_words(reading, one) for one in found])


def hide(text: str, found: Sequence[Finding]) -> str:
    """``text`` with each finding replaced by what it was, in brackets."""
    parts, place = [], 0
    for one in found:
        parts += [text[place : one.start], f"[{one.kind}]"]
        place = one.end
    return "".join((*parts, text[place:]))


def left_open(text: str, found: Sequence[Finding]) -> Open | None:
    """What the next turn may go on with: the number this one ends with, or what it asks for."""
    if not text.strip():
        return None
    end = codes.open_end(Reading(text), found)
    if end is not None and end.hidden:
        return end
    if found and not re.search(r"\w", text[found[-1].end :]):
        return Open(found[-1].kind)
    asked = phrases.asked_for(text)
    if asked is None and end is not None:
        return end
    asked = asked or context.asked_for(text)
    return Open(asked) if asked else None


def _whole_words(reading: Reading, one: Finding) -> Finding:
    """The finding in the original, grown to whole words without the punctuation around them."""
    start, end = reading.original_span(one.start, one.end)
    text = reading.original
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    while start < end and not (text[start].isalnum() or text[start] in "+("):
        start += 1
    if text[start : start + 1] == "(" and ")" not in text[start:end]:
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == "@"):
        end -= 1
    return Finding(start, end, one.kind)


def _apart(text: str, found: list[Finding]) -> list[Finding]:
    """In order and without overlap: what overlaps, and what is the same kind side by side, becomes one."""
    merged: list[Finding] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if one.start >= one.end:
            continue
        last = merged[-1] if merged else None
        if last is None or not (one.start < last.end or _side_by_side(text, last, one)):
            merged.append(one)
            continue
        # The longer of two knows better what it is.
        better = max((last, one), key=lambda f: (-_RANK.get(f.kind, 0), f.end - f.start))
        merged[-1] = Finding(last.start, max(last.end, one.end), better.kind)
    return merged


def _side_by_side(text: str, last: Finding, one: Finding) -> bool:
    return last.kind == one.kind and not re.search(r"\w", text[last.end : one.start])


def hidden(turn: Turn, found: Sequence[Finding]) -> Turn:
    """``turn`` with its findings replaced; hidden words become one word that spans their time."""
    if not found:
        return turn
    words = hide_words(turn.words, turn.text, found)
    return replace(turn, text=hide(turn.text, found), words=words or ())


def hide_words(words: Sequence[Word], text: str, found: Sequence[Finding]) -> tuple[Word, ...] | None:
    """None where the words do not spell ``text``, as in a written call, which has none."""
    if " ".join(word.text for word in words) != text:
        return None
    made: list[Word] = []
    place, waiting = 0, list(found)
    group: list[Word] = []
    for word in words:
        start, end = place, place + len(word.text)
        place = end + 1
        if waiting and start < waiting[0].end and end > waiting[0].start:
            group.append(word)
            if end >= waiting[0].end:
                one = waiting.pop(0)
                first = text.rfind(" ", 0, one.start) + 1
                shown = f"{text[first : one.start]}[{one.kind}]{text[one.end : end]}"
                made.append(_joined(group, shown))
                group = []
        else:
            made.append(word)
    return tuple(made)


def _joined(group: Sequence[Word], shown: str) -> Word:
    probability = min(word.probability for word in group)
    return Word(shown, group[0].start_s, group[-1].end_s, probability)
