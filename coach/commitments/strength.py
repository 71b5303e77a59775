"""How surely words promise something, and how sure a detector has to be beside each of them."""

from __future__ import annotations

from enum import IntEnum


class Strength(IntEnum):
    """What the words alone say."""

    NONE = 0
    """A question, a quote, a refusal, policy, a hedge: never."""
    FAINT = 1
    """What is mostly said of the talk itself: "let me open a card", "I'll take that"."""
    TIMED = 2
    """A clause with a time and no word that looks ahead: "the keys are yours on Saturday"."""
    POSSIBLE = 3
    """It may look ahead, and nothing more is known of it: "we pay you the rest"."""
    DOING = 4
    """In the making, with no time: "I'm adding a note to your file"."""
    DOUBTFUL = 5
    """Could be one: "we'll look at that", "the office will sort it"."""
    LIKELY = 6
    """An act that helps, with no time for it: "I'll send you the form"."""
    SURE = 7
    """An act and a time for it."""


ENOUGH = {
    Strength.FAINT: 0.6,
    Strength.TIMED: 0.4,
    Strength.POSSIBLE: 0.4,
    Strength.DOING: 0.25,
    Strength.DOUBTFUL: 0.25,
    Strength.LIKELY: 0.002,
    Strength.SURE: 0.0,
}
"""The confidence from which a head counts. Any calibrated probability fits: what the rules do not know needs
the detector to think a promise likely, a likely one falls only to a clear no, and a sure one stands, because
detectors are blind to "you will have it in five days"."""
BESIDE = {Strength.POSSIBLE: 0.8, Strength.DOUBTFUL: 0.5}
"""The confidence from which a weaker head counts beside a stronger one, which explains the confidence."""


def counts(found: Strength, committing: float | None, *, strongest: Strength) -> bool:
    """Whether a head of this strength is a promise; ``strongest`` is the best of the same turn."""
    if found is Strength.NONE:
        return False
    if committing is None:
        return found >= Strength.LIKELY
    if found < Strength.LIKELY and strongest > found:
        return committing >= BESIDE.get(found, 2.0)
    return committing >= ENOUGH[found]
