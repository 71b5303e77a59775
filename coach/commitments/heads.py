"""Where a promise may begin: who will do it, and from which verb on.

A head is a subject with a form that looks ahead ("I'll send", "an engineer is coming", "you'll have",
"it will be refunded"). Whether it really promises anything is judged elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from coach.commitments.head_forms import ANYBODYS, BEFORE_VERB, BY_GOING, NOT, PATTERNS, Form
from coach.commitments.subjects import (
    NO_SUBJECT,
    NOUNS_IN_ING,
    is_thing_or_person,
    looks_ahead,
    own_subject,
    subject_before,
)
from coach.commitments.verbs import is_gerund, is_verb
from coach.events import Owner


@dataclass(frozen=True, slots=True)
class Head:
    """``start`` is where the subject begins in the sentence, ``verb`` where the verb phrase does."""

    start: int
    verb: int
    owner: Owner
    form: Form
    subject: str = ""
    shared: bool = False
    """The second verb of one subject: "I'll phone them and ring you"."""


_INVERTED = re.compile(
    r"\b(?:will|shall|can|could|should|would|do|did|may|must|am|are|have)\s+$", re.IGNORECASE
)
""" "Will I put you in?" asks."""
_NEGATED = re.compile(r"n['’]t$|\b(?:not|never|nor|neither|either|is|are)$|^you\b|^you['’]", re.IGNORECASE)
_ELIDED = re.compile(
    rf"\b(?:and|but)\s+(?:then\s+)?(?P<will>(?:will|shall|(?:is|are"
    rf"|am)\s+going\s+to)\s+){BEFORE_VERB}{NOT}(?P<verb>[\w-]+)",
    re.IGNORECASE,
)
""" "Your refund has been approved and will be paid": the subject stands before the first verb."""
_FIRST_HALF = re.compile(
    r"(?:^|[,;:.]\s+|\b(?:and|but|so|that)\s+)(?P<subject>(?:[\w-]+\s+){0,5}?[\w-]+)"
    r"(?:['’](?:s|ve|m|re)|\s+(?:has|have|had|is|am|are|was|were))\s[^,;.!?]*$",
    re.IGNORECASE,
)


_SEE_TO_IT = re.compile(
    r"\b(?:see\s+to\s+it|make\s+sure|ensure|making\s+sure)\s+(?:that\s+)?$", re.IGNORECASE
)
""" "I'll see to it that your file goes up": one act, not two."""
_RELATIVE = re.compile(
    r"\b(?!(?:and|but|so|then|well|okay|ok|right|because|if|sir|madam|yeah|yes|no|now|once|when|do"
    r"|after|think|sure)\b)[a-z]+\s+$",
    re.IGNORECASE,
)
""" "The bill that is coming": there "that" is no subject of its own."""


def find_heads(sentence: str) -> list[Head]:
    """Every head in reading order; earlier patterns claim a place first."""
    taken: list[tuple[int, int]] = []
    heads: list[Head] = []
    for form, owner, pattern in PATTERNS:
        for match in pattern.finditer(sentence):
            subject = match.groupdict().get("subject") or ""
            if subject and _SEE_TO_IT.search(sentence, 0, match.start("subject")):
                continue
            if subject.lower() == "that" and _RELATIVE.search(sentence, 0, match.start("subject")):
                continue
            if pattern in BY_GOING and not is_verb(match["verb"]):
                continue
            if _claim(taken, match.start(), match):
                heads.append(Head(match.start(), match.start("verb"), owner, form, subject))
    for form, pattern in ANYBODYS:
        for match in pattern.finditer(sentence):
            found = subject_before(sentence, match.start())
            if found is None or (form is Form.PRESENT and found[1].lower().endswith((" i", " we"))):
                found = own_subject(sentence, match.start()) if form is Form.PRESENT else None
            if found is None or not _fits(form, found[1], match["verb"], sentence[: found[0]]):
                continue
            start, subject = found
            if _SEE_TO_IT.search(sentence, 0, start):
                continue
            if _claim(taken, start, match):
                owner = Owner.AGENT if subject.lower() == "i" else Owner.COMPANY
                heads.append(Head(start, match.start("verb"), owner, form, subject))
    for match in _ELIDED.finditer(sentence):
        subject = _elided(sentence[: match.start()])
        if subject and _claim(taken, match.start("will"), match):
            own = {"i": (Owner.AGENT, Form.WILL), "we": (Owner.COMPANY, Form.WILL)}
            owner, form = own.get(subject.lower(), (Owner.COMPANY, Form.OTHER_WILL))
            heads.append(Head(match.start("will"), match.start("verb"), owner, form, subject))
    heads.sort(key=lambda head: head.start)
    return heads


def _elided(before: str) -> str:
    found = _FIRST_HALF.search(before)
    if found is None or found["subject"].split()[-1].lower() in NO_SUBJECT - {"it"}:
        return ""
    return found["subject"]


def _claim(taken: list[tuple[int, int]], start: int, match: re.Match[str]) -> bool:
    verb = match.start("verb")
    if any(low <= verb < high or low <= start < high for low, high in taken):
        return False
    taken.append((start, match.end("verb")))
    return True


def _fits(form: Form, subject: str, verb: str, before: str = "") -> bool:
    """ "I call", "we send", but not "the one I call": a bare form needs its own subject."""
    own = subject.lower() in ("i", "we", "i myself")
    if form is Form.PRESENT and (own or subject.lower().endswith((" i", " we"))):
        return own and looks_ahead(verb.lower())
    if own and _INVERTED.search(before):
        return False
    if form is Form.BARE:
        known = not verb.endswith("ing") or (is_gerund(verb) and verb.lower() not in NOUNS_IN_ING)
        return not own and known and is_thing_or_person(subject)
    if form is Form.OTHER_WILL and (is_gerund(verb) or _NEGATED.search(subject)):
        return False
    return not own or form in (Form.PLACED, Form.PRESENT)
