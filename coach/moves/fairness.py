"""How far "unfair" raises the threshold of a move for one agent.

A threshold is the confidence from which on a move is flagged. Calling a flag unfair raises it for that move:

    threshold = shipped + LIMIT_SHARE * (1 - shipped) * (1 - (1 - STEP) ** standing)

``standing`` is how many unfairs count: each adds 1, each confirmation after it (a cue the agent took up)
takes back ``CONFIRMED``, and it never falls below 0. What follows from that, and why it is wanted:

- *Bounded.* At most half of the way to certainty, however often: no move can be switched off by clicking.
- *Each counts less than the one before.* The first word tells most; a bad day does not undo the detector.
- *One unfair is a nudge*: an eighth of the way to certainty. A sure flag stays.
- *It fades by evidence, not by time.* Cues taken up show that the move is seen rightly again. They are known
  from what was said next, which may be chance, so each weighs a third of a word meant as one.
- *Never below the shipped threshold.* Confirmations only take back; before an unfair they are worth nothing,
  so that an agent who was often served well is heard at once when it goes wrong.
- *Undone exactly.* The threshold is computed anew from the judgements that stand.

The order counts only between unfairs and confirmations of the same move, never among equals. What was
weighed, and what it costs in flags: docs/decisions/0011-unfair.md.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from coach.values.judgements import Judgement, MoveFairness, Verdict

LIMIT_SHARE = 0.5
"""The most of the way from the shipped threshold to 1 that a threshold is raised."""

STEP = 0.25
"""How much of the way that is left to the limit one more unfair takes."""

CONFIRMED = 1 / 3
"""How much of one unfair a confirmation takes back."""


def standing(fair: Iterable[bool]) -> float:
    """How many unfairs of one move count, after its verdicts in the order said; never below 0."""
    count = 0.0
    for one in fair:
        count = max(0.0, count - CONFIRMED) if one else count + 1.0
    return count


def limit(shipped: float) -> float:
    """What the threshold may come to at the very most."""
    return shipped + LIMIT_SHARE * max(0.0, 1.0 - shipped)


def raised(shipped: float, count: float) -> float:
    """The threshold after ``count`` standing unfairs; both thresholds in [0, 1]."""
    return shipped + (limit(shipped) - shipped) * (1.0 - math.pow(1.0 - STEP, count))


def thresholds(verdicts: Iterable[Verdict], shipped: Mapping[str, float]) -> dict[str, float]:
    """The threshold of every move that stands above the shipped one. Moves nobody ships are passed over."""
    said: dict[str, list[bool]] = defaultdict(list)
    for verdict in verdicts:
        said[verdict.move].append(verdict.fair)
    counts = {move: standing(fair) for move, fair in said.items() if move in shipped}
    return {move: raised(shipped[move], count) for move, count in counts.items() if count > 0}


def overview(judgements: Sequence[Judgement], shipped: Mapping[str, float]) -> tuple[MoveFairness, ...]:
    """Every move with an unfair that stands, most raised first."""
    standing_now = sorted(
        (one for one in judgements if one.stands and one.move in shipped),
        key=lambda one: (one.said_at, one.id),
    )
    now = thresholds((one.verdict for one in standing_now), shipped)
    found = [
        MoveFairness(
            move,
            shipped[move],
            now.get(move, shipped[move]),
            limit(shipped[move]),
            tuple(one for one in reversed(standing_now) if one.move == move and one.contested),
            sum(one.move == move and one.verdict.fair for one in standing_now),
        )
        for move in shipped
    ]
    return tuple(sorted((one for one in found if one.unfair), key=lambda one: -one.share))
