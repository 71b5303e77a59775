"""How trouble is known from the agent's words alone: signs of a complaint, long turns, goodwill, mending.

Shared by the cues of a running call and the flags of a finished one, so that both say the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from coach.events import Move, Turn
from coach.taxonomy import COMPLAINT_SIGNS, CONTENTIOUS

MONOLOGUE_WORDS = 100
MONOLOGUE_S = 45.0

QUESTIONS = frozenset({"learning", "asking_input"})
"""Moves that hand the floor back."""

SOLVING = frozenset({"offering", "committing", "root_cause"})
"""Moves that may mend what went wrong."""

# A goodwill gesture sweetens the deal; the second list mends what went wrong.
_GOODWILL = re.compile(
    r"\b(voucher|coupon|discount|gift|goodwill|gesture|bonus|loyalty|points|on the house|complimentary"
    r"|(?:store|account) credit|per ?cent off|pounds off|dollars off"
    r"|free (?:month|week|delivery|shipping|upgrade|coffee|dessert|drink|night|trial))\b|% off",
    re.IGNORECASE,
)
_SOLUTION = re.compile(
    r"\b(refund\w*|money back|replac\w*|repair\w*|fix\w*|correct\w*|put (?:it|this|that) right|resolv\w*"
    r"|sort\w*|re-?send\w*|re-?ship\w*|re-?deliver\w*|re-?issu\w*|re-?book\w*|new one|another one"
    r"|swap\w*|exchang\w*|waiv\w*|cancel\w*|revers\w*|engineer|technician|courier|collect\w*|investigat\w*)\b",
    re.IGNORECASE,
)

_OPEN_QUESTION = re.compile(
    r"\b(?:what|how|why|when|which|who|where|tell me|talk me through)\b[^.?!]*\?|\btell me\b", re.IGNORECASE
)

# Apology and sympathy are also for sad news.
_FAILURE = frozenset(CONTENTIOUS) | {"owning", "explaining", "root_cause"}


def is_sign(moves: Collection[str]) -> bool:
    """Whether a turn with these moves belongs to a complaint."""
    return not COMPLAINT_SIGNS.isdisjoint(moves)


def mends(repair: Move, move: Move) -> bool:
    """Whether a repair in the same turn puts ``move`` right: a sorry spoiled by what follows does not."""
    return repair.evidence[0] >= move.evidence[0]


def tells_of_failure(move: str) -> bool:
    """Whether ``move`` is about something that went wrong, or goes wrong now."""
    return move in _FAILURE


def asks_openly(text: str) -> bool:
    """Whether the words ask an open question, though no such move may have been found."""
    return bool(_OPEN_QUESTION.search(text))


def is_monologue(turn: Turn, moves: Collection[str]) -> bool:
    """One turn of more than 100 words or 45 s in which nothing is asked (source C2)."""
    is_long = len(turn.text.split()) > MONOLOGUE_WORDS or turn.end_s - turn.start_s > MONOLOGUE_S
    return is_long and "?" not in turn.text and QUESTIONS.isdisjoint(moves)


def is_perk(turn: Turn, moves: Collection[str]) -> bool:
    """Goodwill is offered, and nothing in the turn mends what went wrong (source C6)."""
    return "offering" in moves and bool(_GOODWILL.search(turn.text)) and not _SOLUTION.search(turn.text)


def is_solution(turn: Turn, moves: Collection[str]) -> bool:
    """Something is offered or promised that is more than goodwill."""
    if SOLVING.isdisjoint(moves):
        return False
    return not _GOODWILL.search(turn.text) or bool(_SOLUTION.search(turn.text))
