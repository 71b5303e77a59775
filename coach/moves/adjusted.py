"""The detector as one agent has it: flags the agent finds unfair need more confidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from coach.events import Move
from coach.ports import MoveDetector

Thresholds = Callable[[], Mapping[str, float]]
"""The raised thresholds as they are now, by move. A move that is not named keeps the shipped one."""


class AdjustedDetector(MoveDetector):
    """Leaves out moves below the agent's own thresholds, which are asked for at every turn.

    So a change counts from the next turn on. Confidences stay what the detector gave.
    """

    def __init__(self, detector: MoveDetector, raised: Thresholds) -> None:
        self._detector = detector
        self._raised = raised

    @property
    def thresholds(self) -> Mapping[str, float]:
        """The shipped ones, with the agent's own in their place."""
        return {**self._detector.thresholds, **self._raised()}

    def judge(self, text: str, context: Sequence[str] = ()) -> tuple[tuple[Move, ...], dict[str, float]]:
        moves, scores = self._detector.judge(text, context)
        wanted = self._raised() if moves else {}
        return tuple(move for move in moves if move.confidence >= wanted.get(move.name, 0.0)), scores

    def scores(self, text: str, context: Sequence[str] = ()) -> dict[str, float]:
        return self._detector.scores(text, context)
