"""What "it" or "them" is: the thing named last before, in this turn or the one before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.commitments.due_words import MONTH, NUMBER, WEEKDAY
from coach.commitments.figures import PEOPLE
from coach.commitments.verbs import base, is_verb

_WORD = re.compile(r"\w[\w'’-]*|[.,;:!?–—]")
_WITHOUT_IS = re.compile(r"['’]\w+$")
_DETERMINERS = re.compile(
    rf"(?:the|this|that|those|these|your|our|his|her|their|my|an?|another|{NUMBER})", re.IGNORECASE
)
_ENDS = frozenset(
    """and or but so now then that this if when is are am was were be been will would can could should
    has have had once because cos as you i we it they he she them him her me us to why how what who
    which where for of on in at by from with without into onto off out up down over about before after
    until till while not just got do does did there here yet already again back today tonight tomorrow
    the a an your our my his their its um uh aye yeah both all may might must need needs say says goes
    comes gets went came leave left""".split()
)
_BEFORE_IT = frozenset(
    "in on at with for of from to off by about into onto after before per like until till over".split()
)
_OF_IT = frozenset("of for about with".split())
_NO_THING = re.compile(
    rf"\b(?:time|moment|minutes?|seconds?|hours?|days?|weeks?|months?|years?|morning|afternoon|evening"
    rf"|night|while|way"
    rf"|thing|things|bit|lot|look|eye|chance|favou?r|word|point|problem|trouble|bother|matter|weekend"
    rf"|today|tonight"
    rf"|phone|call|line|one|ones|kind|sort|name|fault|end|rest|half|sec|sake|shop|office|desk|system"
    rf"|screen|rush"
    rf"|per\s?cent|hundred|thousand|pounds|dollars|euros|times|chances?|hand|penny|people|fella|boss"
    rf"|lady|gentleman|customer|supervisor|mother|father|wife|husband|son"
    rf"|daughter|o['’]clock"
    rf"|list|first|second|third|\d+(?:st|nd|rd|th)|\w+[fn]th|side|place|door|address|house|{WEEKDAY}"
    rf"|{MONTH})$",
    re.IGNORECASE,
)
_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Named:
    words: str
    own: bool
    """No preposition before it: the subject or object of its clause."""
    near: bool
    """What something is of or for; not where something is."""


def antecedent(before: Sequence[str], *, many: bool) -> str:
    """The thing last named; ``before``: this turn so far, then the turns before, oldest first. May be empty.

    ``many``: for "them". Subjects and objects come before what stands behind a preposition.
    """
    for text in (before[0], *before[-1:][: len(before) - 1]):
        things = [one for one in _things(text) if not PEOPLE.search(one.words)]
        fitting = [one for one in things if _is_many(one.words)] if many else things
        best = [one for one in fitting or things if one.own] or [one for one in fitting or things if one.near]
        if best:
            return best[-1].words
    return ""


def _is_many(words: str) -> bool:
    first = words.split()[0].lower()
    return (
        (words.endswith("s") and not words.endswith("ss"))
        or first in ("those", "these")
        or first not in ("the this that your our his her their my a an another one".split())
    )


def _things(text: str) -> Iterator[_Named]:
    tokens = [(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
    at = 0
    while at < len(tokens):
        end = at + 1
        if _DETERMINERS.fullmatch(tokens[at][0]):
            while end < len(tokens) and end - at <= _MOST_WORDS and _goes_on(tokens, at, end):
                end += 1
        if end - at > 1:
            words = _WITHOUT_IS.sub("", text[tokens[at][1] : tokens[end - 1][2]])
            if not _NO_THING.search(words):
                earlier = tokens[at - 1][0].lower() if at else ""
                yield _Named(words[0].lower() + words[1:], earlier not in _BEFORE_IT, earlier in _OF_IT)
        at = end


def _goes_on(tokens: list[tuple[str, int, int]], start: int, at: int) -> bool:
    word, last = tokens[at][0].lower(), tokens[at - 1][0].lower()
    if not word[0].isalnum() or word in _ENDS or re.split("['’]", word)[0] in _ENDS:
        return False
    following = tokens[at + 1][0].lower() if at + 1 < len(tokens) else "."
    closes = following in _ENDS or not following[0].isalnum() or _DETERMINERS.fullmatch(following)
    if "'" in last or "’" in last:
        # "The crown's ordered", but "this month's fee".
        return (
            last.endswith(("'s", "’s"))
            and base(word) is None
            and not word.endswith(("ing", "ly"))
            and bool(closes)
        )
    if at == start + 1:
        return True
    acts = closes and (is_verb(word) or (word.endswith("s") and is_verb(word[:-1]) and following == "again"))
    return not (acts or base(word) is not None or word.endswith("ly"))
