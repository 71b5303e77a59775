""" "I'll do that": what "that" is, from the words before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.commitments.clauses import sentences
from coach.commitments.head_forms import Form
from coach.commitments.heads import Head
from coach.commitments.phrases import action_of
from coach.commitments.verbs import is_gerund, is_verb
from coach.events import Owner

_REFERS = re.compile(
    r"(?:be\s+)?(?:do|get|have|make|sort|see\s+to|arrange|organise)\s+(?:just\s+)?(?:that|it|so|this"
    r"|the\s+same|(?:both|all|each)\s+of\s+(?:those|these|them)|those|both)"
    r"(?:\s+(?:for\s+you|done|sorted(?:\s+out)?|arranged|booked|organi[sz]ed|moving|going|happen"
    r"|today|all))*$",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\b(?:to|could|can|should|would|might|must|need\s+to|have\s+to|me|be|by|is"
    r"|you(?:['’]d)?\s+like\s+(?:me|us)\s+to|let['’]s)\s+"
    r"(?!do\s+is\b|going\b|gonna\b)(?P<verb>[\w-]+)\b",
    re.IGNORECASE,
)


DATES_IT = ("be", "be by", "be the")
""" "It'll be Monday": no act of its own, only a time for one."""


def refers_back(action: str) -> bool:
    return action in ("do", *DATES_IT, "") or _REFERS.fullmatch(action) is not None


def action_before(texts: Sequence[str]) -> str | None:
    """The last act proposed before; ``texts``: this turn so far, then the turns before, oldest first."""
    for text in (texts[0], *reversed(texts[1:])):
        for start, end in reversed(sentences(text)):
            sentence = text[start:end]
            for match in _PROPOSED.finditer(sentence):
                verb = match["verb"]
                if is_verb(verb) or is_gerund(verb):
                    head = Head(match.start("verb"), match.start("verb"), Owner.AGENT, Form.WILL)
                    action = action_of(sentence, head, len(sentence), [])
                    if action and not refers_back(action):
                        return action
    return None
