"""What the agent said before decides how some turns are to be read. Pure: the same words give the same moves.

Two things only, both about saying something again:

- *The same point pressed a third time* is ``convincing`` though each turn alone is mild. The confidences that
  each of the three turns is pressing are taken together: one minus the product of the doubts. It is flagged
  where that reaches the threshold a single turn needs.
- *A bare apology* ("Sorry about that.") says for itself neither what for nor whose. After an apology that
  said so, it goes with it; after one that was just as bare, or hollow, it is hollow as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from coach.events import Move
from coach.taxonomy import REPAIR

Similar = Callable[[str, str], float]
"""How much two turns say the same, in [0, 1]."""

ALIKE = 0.5
_REACH_TURNS = 8
"""How many turns back a point is still remembered as the same one."""
_APOLOGY_REACH_TURNS = 3
_PRESSES = 3
_LEAST_SHARE = 0.25
"""The turn itself must come this far towards the threshold: two that press do not make a third."""
_FEWEST_WORDS = 3
"""Two turns that share fewer telling words than this are not alike."""

PRESSED = "the same point for the third time"
GOES_WITH = "goes with the apology just given"
HOLLOW_AGAIN = "sorry once more, and still not for what"

_WORD = re.compile(r"[a-z0-9']+")
_SORRY = re.compile(r"\b(?:sorry|apolog(?:y|ies|ise|ize))\b", re.IGNORECASE)
_FILLERS = frozenset(
    "a again am about all apologies apologise apologize apology at be been but course do for i i'm i've "
    "it it's me my of oh okay once our please really right so sorry that that's the there this to truly "
    "very we we're well yes you your".split()
)
_STOP = _FILLERS | frozenset(
    "already an and any are as because by can can't could did do does doesn't don't from get go going "
    "got had has have he her here him his how i'd i'll if in into is isn't its just know like look me "
    "mean more much need no not now on one only or out over said say says see she should some still "
    "such than their them then these they thing think those told too under up us was what when where "
    "which who why will with would yeah you'd you'll you're you've".split()
)


@dataclass(frozen=True, slots=True)
class Said:
    """One of the agent's turns: its words, its moves, and all confidences by move."""

    text: str
    moves: tuple[Move, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)

    def has(self, *names: str) -> bool:
        return any(move.name in names for move in self.moves)


def overlap(a: str, b: str) -> float:
    """The share of telling words that the shorter text has in common with the other."""
    first, second = _telling(a), _telling(b)
    shared, fewest = len(first & second), min(len(first), len(second))
    return shared / fewest if shared >= _FEWEST_WORDS else 0.0


def in_context(
    said: Said, earlier: Sequence[Said], thresholds: Mapping[str, float], similar: Similar = overlap
) -> tuple[Move, ...]:
    """The moves of ``said`` after the agent's ``earlier`` turns, oldest first; most confident first.

    A move that earlier turns decided carries the reason in ``context``.
    """
    moves = _apology(said, earlier, thresholds)
    pressed = _pressed(said, earlier, thresholds, similar)
    if pressed is not None:
        moves = (*moves, pressed)
    return tuple(sorted(moves, key=lambda move: -move.confidence))


def _pressed(
    said: Said, earlier: Sequence[Said], thresholds: Mapping[str, float], similar: Similar
) -> Move | None:
    threshold = thresholds.get("convincing")
    if threshold is None or said.has("convincing") or not _is_point(said):
        return None
    own = said.scores.get("convincing", 0.0)
    if own < _LEAST_SHARE * threshold:
        return None
    before = [
        one for one in earlier[-_REACH_TURNS:] if _is_point(one) and similar(one.text, said.text) >= ALIKE
    ]
    if len(before) < _PRESSES - 1:
        return None
    doubt = 1.0 - own
    for one in before[-(_PRESSES - 1) :]:
        doubt *= 1.0 - one.scores.get("convincing", 0.0)
    together = round(1.0 - doubt, 4)
    whole = (0, len(said.text))
    return Move("convincing", together, whole, PRESSED) if together >= threshold else None


def _is_point(said: Said) -> bool:
    """A statement that neither asks nor mends anything."""
    return "?" not in said.text and not said.has(*REPAIR)


def _apology(said: Said, earlier: Sequence[Said], thresholds: Mapping[str, float]) -> tuple[Move, ...]:
    """The moves, with a bare apology read by the apologies before it."""
    if not is_bare_apology(said.text):
        return said.moves
    recent = earlier[-_APOLOGY_REACH_TURNS:]
    if any(_is_meant(one) for one in recent):
        return _instead(said, "non_apology", "apologising", GOES_WITH, thresholds)
    is_again = any(is_bare_apology(one.text) or one.has("non_apology") for one in recent)
    if is_again and not said.has("non_apology") and not any(_is_meant(one) for one in earlier):
        others = tuple(move for move in said.moves if move.name != "apologising")
        return (*others, _decided(said, "non_apology", HOLLOW_AGAIN, thresholds))
    return said.moves


def _is_meant(said: Said) -> bool:
    """Whether the turn says what it is sorry for, or whose fault it was."""
    return said.has("owning", "apologising") and not is_bare_apology(said.text)


def _instead(
    said: Said, found: str, name: str, context: str, thresholds: Mapping[str, float]
) -> tuple[Move, ...]:
    if not said.has(found):
        return said.moves
    others = tuple(move for move in said.moves if move.name not in (found, name))
    return (*others, _decided(said, name, context, thresholds))


def _decided(said: Said, name: str, context: str, thresholds: Mapping[str, float]) -> Move:
    """A move that earlier turns decided, at the confidence it needs at least."""
    confidence = max(said.scores.get(name, 0.0), thresholds.get(name, 0.5))
    return Move(name, round(confidence, 4), (0, len(said.text)), context)


def is_bare_apology(text: str) -> bool:
    """Whether the turn is nothing but a sorry: for nothing in particular, and no question."""
    if "?" in text or not _SORRY.search(text):
        return False
    return set(_WORD.findall(_plain(text))) <= _FILLERS


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _telling(text: str) -> frozenset[str]:
    """The words that carry the point, without their endings."""
    words = (word.removesuffix("'s").rstrip("'") for word in _WORD.findall(_plain(text)))
    return frozenset(_stem(word) for word in words if word and word not in _STOP)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
