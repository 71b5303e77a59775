"""The 25 moves: 12 that make a conversation worse, 13 that repair it.

The order is the order of the detector's outputs. Definitions are in docs/labelling.md.
"""

from __future__ import annotations

CONTENTIOUS = (
    "opposing",
    "convincing",
    "assuming",
    "blaming",
    "digging_past",
    "defensive",
    "dismissing",
    "delaying",
    "non_apology",
    "overpromising",
    "selling",
    "isolating",
)
REPAIR = (
    "thanking",
    "owning",
    "apologising",
    "empathising",
    "reflecting",
    "learning",
    "stating_intent",
    "partnering",
    "asking_input",
    "offering",
    "explaining",
    "root_cause",
    "committing",
)
MOVES = CONTENTIOUS + REPAIR

FITTING_REPAIRS: dict[str, tuple[str, ...]] = {
    "opposing": ("partnering", "stating_intent", "owning", "apologising", "offering"),
    "convincing": ("learning", "reflecting", "asking_input", "empathising", "explaining"),
    "assuming": ("learning", "reflecting", "owning", "apologising", "asking_input"),
    "blaming": ("owning", "apologising", "partnering", "empathising", "offering"),
    "digging_past": ("asking_input", "partnering", "stating_intent", "apologising", "offering"),
    "defensive": ("owning", "apologising", "explaining", "empathising", "thanking", "root_cause"),
    "dismissing": ("empathising", "reflecting", "learning", "offering", "apologising", "owning"),
    "delaying": ("committing", "offering", "apologising", "owning"),
    "non_apology": ("apologising", "owning", "empathising"),
    "overpromising": ("committing", "explaining", "owning", "offering"),
    "selling": ("empathising", "reflecting", "learning", "asking_input", "offering", "apologising"),
    "isolating": ("thanking", "root_cause", "owning", "apologising", "empathising"),
}
"""For every contentious move the repairs that answer it, best first."""

COMPLAINT_SIGNS = frozenset(CONTENTIOUS) | {
    "apologising",
    "owning",
    "empathising",
    "explaining",
    "root_cause",
}
"""Moves by which a complaint is known from the agent's side alone."""

OWN = "own."
"""How the names of moves begin that an organisation or an agent added: ``own.technical_jargon``."""


def is_own(move: str) -> bool:
    return move.startswith(OWN)


def is_flag(move: str) -> bool:
    """Whether a move is one to look at: contentious, or one of the own ones."""
    return move in CONTENTIOUS or is_own(move)


def own_title(move: str) -> str:
    """What an own move is called, told from its name alone: it may be gone when an old call is read."""
    words = move.removeprefix(OWN).replace("_", " ")
    return words[:1].upper() + words[1:]
