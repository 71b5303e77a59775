"""One promise told several times in a call is one: repeats, corrections, and a time said a turn later."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from coach.commitments.due import DueFound, find_due
from coach.commitments.office import ALWAYS, Office
from coach.commitments.phrases import key_of
from coach.commitments.referring import refers_back
from coach.commitments.verbs import base, is_verb
from coach.events import Commitment, Owner

_BARE_DUE_WORDS = 13
_ABOUT_THE_LAST = re.compile(
    r"(?:(?:and|so|yes|yeah|okay|ok|right|well|um|uh|no|sorry|oh|actually|say|or|rather|i\s+mean"
    r"|make\s+(?:it|that)|let['’]s\s+(?:say|do|go\s+for|make\s+it)|it\s+is|it\s+has\s+to\s+be|now"
    r"|instead|after\s+all"
    r"|better|(?:it|that|this|he|she|they)(?:['’]ll|\s+will|['’]d|\s+would|\s+should)?\s+be|that['’]s"
    r"|it['’]s|about|around|latest"
    r"|roughly|for|then|the|on|by|that\s+one|sawa|lah|po|sir|ma['’]am|alright|all\s+right"
    r"|at\s+the\s+latest|please|okay)\b[\s,.;–—-]*)*",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\b(?:(?:as|like)\s+I\s+(?:say|said|mentioned|promised|told\s+you)|to\s+(?:recap|confirm"
    r"|sum\s+up|be\s+clear)"
    r"|just\s+so\s+(?:it['’]s|we['’]re|you['’]re)\s+clear|once\s+more|so\s+that['’]s)\b"
    r"|^\W*(?:and\s+|so\s+)?again\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\b(?:correction|tell\s+a\s+lie|instead|scratch\s+that|change\s+of\s+plan"
    r"|on\s+second\s+thoughts?|i\s+(?:mean|meant|misspoke)"
    r"|make\s+(?:that|it)|after\s+all|rather|let['’]s\s+(?:say|do|go\s+for|make\s+it))\b"
    r"|^\W*(?:(?:oh|well|right|okay|ok|um|uh|hang\s+on|wait|ah)\b\W*)*(?:sorry|actually|no)\b",
    re.IGNORECASE,
)
_THEN = re.compile(r"\b(?:then|it\s+is|actually|better)\W*$", re.IGNORECASE)
_ONCE_MORE = re.compile(
    r"\b(?:again|another|once\s+more|a\s+second|as\s+well|too|every|each)\b", re.IGNORECASE
)
""" "I'll ring you on Tuesday, and again on Friday": two promises."""
_OF_IT = re.compile(r"\w+ (?:it|that|them|this)", re.IGNORECASE)
_BRINGS = re.compile(r"(?:deliver|bring|drop|send|ship|post|mail|courier|dispatch|get|have)\b", re.IGNORECASE)
_TURNS_UP = re.compile(
    r"(?:come(?:\s+(?:out|round|over|by|along))?|be\s+(?:there|with\s+you|round|out|at\s+yours?)|arrive"
    r"|get\s+(?:there|to\s+you)|turn\s+up|call\s+(?:round|in))",
    re.IGNORECASE,
)
_SENDS = re.compile(
    r"(?:send|get|have|book|arrange|put|bring|deliver|courier|ship|dispatch|order)\b", re.IGNORECASE
)
_SOMEBODY = re.compile(
    r"(?:^|[.,;!?]\s+|\b(?:and|so|but|then|okay|right|yes)\s+)(?P<who>(?:(?:the|your|our"
    r"|that)\s+)?[\w-]+(?:\s+[\w-]+)??)"
    r"(?:['’](?:ll|s|re)|\s+(?:will|is|are|comes))\b",
    re.IGNORECASE,
)
_ALIKE = {
    **dict.fromkeys(("ring", "phone", "telep", "bell", "buzz", "shout", "tinkl", "callb"), "call"),
    **dict.fromkeys(("ship", "post", "mail", "dispa", "couri", "sent", "sendi"), "send"),
    **dict.fromkeys(("visit", "atten", "comin"), "come"),
    **dict.fromkeys(("repai", "sort", "resol"), "fix"),
    **dict.fromkeys(("reimb", "money", "refun"), "refund"),
}
_EMPTY = frozenset("i'll we'll i'm i we going gonna will is are it's a's give ask arrange make".split())


def told_again(sentence: str) -> bool:
    """Whether the words say that this was said before: "as I said", "to confirm"."""
    return _AGAIN.search(sentence) is not None


def told_instead(sentence: str) -> bool:
    """Whether the words take something back: "Tuesday instead", "correction"."""
    return _INSTEAD.search(sentence) is not None


def puts_the_time_right(text: str) -> bool:
    """Whether words that only name a time name another one: "Thursday then", "Thursday it is"."""
    return told_instead(text) or _THEN.search(text) is not None


def same(first: str, second: str, *, same_due: bool, cue: bool = False) -> bool:
    """Whether two actions are one promise. ``cue``: the words say that it was told before, or is changed."""
    if same_due and (refers_back(first) or refers_back(second)):
        return True
    if not cue and bool(_ONCE_MORE.search(first)) is not bool(_ONCE_MORE.search(second)):
        return False
    one, other = sorted((_key(first), _key(second)), key=len)
    if cue and any(not _is_plain_verb(word) for word in one & other):
        return True
    short, long = sorted((first.lower(), second.lower()), key=len)
    if long.startswith(f"{short} "):
        return True
    if cue and any(_OF_IT.fullmatch(each) for each in (first, second)) and _BRINGS.match(first):
        return _BRINGS.match(second) is not None
    if not one <= other:
        return False
    if any(_OF_IT.fullmatch(each) for each in (first, second)):
        return first.split()[:1] == second.split()[:1] or same_due
    plain = len(one) > 1 or one == other or first.lower().split()[:2] == second.lower().split()[:2]
    return plain or same_due or cue


@lru_cache(maxsize=4096)
def _key(action: str) -> frozenset[str]:
    bare = re.sub(r"['’](?:s|ll|re|m|ve|d)\b", "", action)
    words = frozenset(_ALIKE.get(word, word) for word in key_of(bare)) - _EMPTY
    return words or key_of(action)


def names_the_same(thing: str, one: Commitment) -> bool:
    """Whether a thing is what a promise is about: "the plumber" in "send a plumber"."""
    named = _key(thing)
    said = one.evidence.partition(one.due_text)[0] if one.due_text else one.evidence
    return bool(named) and named <= _key(f"{one.action} {said}")


def _without_its_time(one: Commitment) -> str:
    """Two promises for one day are not the same for that."""
    return one.evidence.replace(one.due_text, " ") if one.due_text else one.evidence


def _is_plain_verb(word: str) -> bool:
    return word != "call" and (is_verb(word) or base(word) is not None)


def earlier_telling(
    known: Iterable[Commitment], owner: Owner, action: str, evidence: str, due: DueFound | None, sentence: str
) -> Commitment | None:
    """The promise of ``known`` that this one tells again; the latest where several fit."""
    cue = told_again(sentence) or told_instead(sentence)
    for one in reversed(list(known)):
        if (one.owner is Owner.CUSTOMER) is not (owner is Owner.CUSTOMER):
            continue
        due_again = due is not None and one.due is not None and due.due == one.due
        if one.owner is owner and same(one.action, action, same_due=due_again, cue=cue):
            return one
        said = evidence.replace(due.text, " ") if due else evidence
        if cue and same(_without_its_time(one), said, same_due=due_again, cue=True):
            return one
    return None


def turns_up(action: str, evidence: str, last: Commitment | None) -> bool:
    """Whether who is to come is whom ``last`` sends: "I'll send a plumber." - "He'll be there at nine." """
    who = _SOMEBODY.search(evidence)
    if last is None or who is None or not _TURNS_UP.fullmatch(action):
        return False
    if not (_TURNS_UP.match(last.action) or _SENDS.match(last.action)):
        return False
    return who["who"].lower() in ("he", "she", "they", "it", "that") or names_the_same(who["who"], last)


def with_due(one: Commitment, due: DueFound) -> Commitment:
    return replace(one, due_text=due.text, due=due.due)


def due_alone(
    text: str, last: Commitment, said_at: dt.datetime, office: Office = ALWAYS
) -> Commitment | None:
    """``last`` with the time that makes up all of ``text``: "I'll call you back." - "Tomorrow at two." """
    words = text.split()
    if len(words) > _BARE_DUE_WORDS or text.rstrip().endswith("?"):
        return None
    dues = [due for due in find_due(text, said_at, office) if due.kind != "open" and due.text != "then"]
    if len(dues) != 1:
        return None
    low, high = dues[0].span
    before = _ABOUT_THE_LAST.fullmatch(text[:low]) is not None
    nothing_after = _ABOUT_THE_LAST.fullmatch(text[high:].strip(" .,!")) is not None
    if not (before and nothing_after):
        return None
    if last.due_text is not None and not puts_the_time_right(text):
        return None
    return with_due(last, dues[0])
