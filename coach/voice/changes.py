"""Where the voice changes within a run: the likeliest sequence of "agent" and "somebody else". Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coach.events import SAMPLE_RATE_HZ, Samples

CHANGE_COST = 2.0
"""Nats a change must be worth: within one utterance voices seldom change."""
_SMOOTH = SAMPLE_RATE_HZ // 20
_EDGE = SAMPLE_RATE_HZ // 4


def likeliest(evidence: Sequence[float], change_cost: float = CHANGE_COST) -> list[bool]:
    """For each window whether the agent speaks (Viterbi); ``evidence`` in nats for the agent."""
    agent, other = 0.0, 0.0
    came_from: list[tuple[bool, bool]] = []
    for worth in evidence:
        came_from.append((agent >= other - change_cost, agent - change_cost > other))
        agent, other = (
            max(agent, other - change_cost) + worth / 2,
            max(other, agent - change_cost) - worth / 2,
        )
    states = [agent >= other]
    for from_agent, from_agent_to_other in reversed(came_from[1:]):
        states.append(from_agent if states[-1] else from_agent_to_other)
    return states[::-1]


def quietest(samples: Samples, start: int, end: int) -> int:
    """The middle of the 50 ms with the least sound between ``start`` and ``end``, away from the edges."""
    start, end = max(start, _EDGE), min(end, len(samples) - _EDGE)
    if end - start <= _SMOOTH:
        return max(1, min((start + end) // 2, len(samples) - 1))
    power = np.square(samples[start:end], dtype=np.float64)
    sums = np.concatenate([[0.0], np.cumsum(power)])
    return start + int(np.argmin(sums[_SMOOTH:] - sums[:-_SMOOTH])) + _SMOOTH // 2
