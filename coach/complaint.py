"""How trouble is known from the agent's words alone: signs of a complaint, long turns, goodwill.

Shared by the cues of a running call and the flags of a finished one, so that both say the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from coach.events import Turn
from coach.taxonomy import COMPLAINT_SIGNS

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


def is_sign(moves: Collection[str]) -> bool:
    """Whether a turn with these moves belongs to a complaint."""
    return not COMPLAINT_SIGNS.isdisjoint(moves)


def is_monologue(turn: Turn, moves: Collection[str]) -> bool:
    """One turn of more than 100 words or 45 s in which nothing is asked (source C2)."""
    is_long = len(turn.text.split()) > MONOLOGUE_WORDS or turn.end_s - turn.start_s > MONOLOGUE_S
    return is_long and "?" not in turn.text and QUESTIONS.isdisjoint(moves)


def is_perk(turn: Turn, moves: Collection[str]) -> bool:
    """Goodwill is offered, and nothing in the turn mends what went wrong (source C6)."""
    return "offering" in moves and bool(_GOODWILL.search(turn.text)) and not _SOLUTION.search(turn.text)


def is_solution(turn: Turn, moves: Collection[str]) -> bool:
    """Something is offered or promised that is more than goodwill."""
    is_only_goodwill = bool(_GOODWILL.search(turn.text)) and not _SOLUTION.search(turn.text)
    return not SOLVING.isdisjoint(moves) and not is_only_goodwill
