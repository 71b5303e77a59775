"""Clauses that name a time and have no head: "the keys are yours on Saturday".

The rules know nothing of them but that they look ahead; whether they promise is left to the detector.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from coach.commitments import clauses
from coach.commitments.due import DueFound
from coach.events import Owner

_BREAK = re.compile(r"[,;:.!?–—]+\s|\s(?:and|but|so|because|cos|or)\s", re.IGNORECASE)
_UNFIT = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|without|was|were|been|did|had|has|have\s+been|yesterday"
    r"|ago|last|can|cannot|could"
    r"|would|should|may|might|must|if|unless|whether|when|whenever|once|what|which|who|why|how|need"
    r"|needs|want|wants"
    r"|closed|shut|opens?|closes|close|off|holiday|busy|expires?|ends?|starts?|due|valid|available"
    r"|free|only|usually"
    r"|normally|always|every|each|most|some|please|kindly|sorry|thank|thanks|remember|let|don|told|said|says"
    r"|asked|called|got|went|came|happened|know|think|see|here|leave|full|fully|booked|policy)\b|n['’]t\b",
    re.IGNORECASE,
)
_YOU = re.compile(
    r"^\W*(?:(?:so|and|then|but|well|okay)\s+)*you(?:['’]re|['’]ll|['’]ve|\s+\w+)", re.IGNORECASE
)
_LEAD = re.compile(
    r"^(?:\W|\b(?:and|so|but|then|well|okay|ok|right|yes|yeah|sir|ma['’]am|madam|now|also|just)\b)+",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"^(?:I|we|it|they|he|she|that|this|you)(?:['’](?:s|m|re|ll|ve)\b|\s+(?:is|am|are|will)\b)?\s+",
    re.IGNORECASE,
)
_AGENT = re.compile(r"\bI\b|\bI['’]", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:I|we|it|they|he|she|that|this|you)\b|['’](?:s|m|re|ll)\b|\b(?:is|are|will)\b|\b[a-z]{3,}s\b",
    re.IGNORECASE,
)
_MIN_WORDS, _MAX_WORDS = 3, 12


def timed_clauses(
    sentence: str, dues: Iterable[DueFound], covered: list[tuple[int, int]]
) -> Iterator[tuple[str, Owner, DueFound, tuple[int, int]]]:
    """Of every time outside ``covered``: the action, the owner, the time and the place of its clause."""
    for due in dues:
        low, high = due.span
        if due.due is None or any(start < high and low < end for start, end in covered):
            continue
        start, end = _clause(sentence, low, high, covered)
        around = f"{sentence[start:low]} {sentence[high:end]}"
        if _UNFIT.search(around) or _YOU.match(around) or clauses.is_question(sentence, start):
            continue
        if clauses.is_hedged(around) or clauses.is_general(around) or clauses.is_reported(around):
            continue
        action = _action(sentence[start:low], sentence[high:end])
        if action.lower() in ("is", "it is", "are", "was"):
            continue
        if len(around.split()) >= _MIN_WORDS and _VERB.search(around) and action:
            owner = Owner.AGENT if _AGENT.search(around) else Owner.COMPANY
            yield action, owner, due, (start, end)


def _clause(sentence: str, low: int, high: int, covered: list[tuple[int, int]]) -> tuple[int, int]:
    """From the last break before the time to the next behind it; longer where too little is said between."""
    floor = max((end for _, end in covered if end <= low), default=0)
    ceiling = min((start for start, _ in covered if start >= high), default=len(sentence))
    starts = [floor, *(match.end() for match in _BREAK.finditer(sentence, floor, low))]
    ends = [*(match.start() for match in _BREAK.finditer(sentence, high, ceiling)), ceiling]
    start, end = starts.pop(), ends.pop(0)
    while len(f"{sentence[start:low]} {sentence[high:end]}".split()) < _MIN_WORDS:
        if ends and not sentence[start:low].strip():
            end = ends.pop(0)
        elif starts:
            start = starts.pop()
        elif ends:
            end = ends.pop(0)
        else:
            break
    return start, end


def _action(before: str, after: str) -> str:
    words = _LEAD.sub("", f"{before.strip()} {after.strip()}".strip())
    plain = _PRONOUN.sub("", words).strip(" ,;:.!?")
    return " ".join(plain.split()[:_MAX_WORDS])
