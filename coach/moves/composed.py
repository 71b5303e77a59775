"""The detector with own moves beside the 25 it was trained for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coach.events import Move
from coach.moves.own_judge import OwnJudge
from coach.ports import MoveDetector


class ComposedDetector(MoveDetector):
    """``judge`` yields own moves too, by names such as "own.jargon"; the confidences stay those of the 25."""

    def __init__(self, detector: MoveDetector, own: OwnJudge) -> None:
        self._detector = detector
        self._own = own

    @property
    def thresholds(self) -> Mapping[str, float]:
        return {**self._detector.thresholds, **self._own.thresholds}

    def judge(self, text: str, context: Sequence[str] = ()) -> tuple[tuple[Move, ...], dict[str, float]]:
        moves, scores = self._detector.judge(text, context)
        together = sorted((*moves, *self._own.found(text)), key=lambda move: -move.confidence)
        return tuple(together), scores

    def scores(self, text: str, context: Sequence[str] = ()) -> dict[str, float]:
        return self._detector.scores(text, context)
