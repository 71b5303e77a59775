"""The part of the composition root about "unfair": what was said of flags, and what comes of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from coach.errors import KnownError
from coach.machine.whole_files import write_whole
from coach.moves.adjusted import AdjustedDetector
from coach.moves.fairness import overview, thresholds
from coach.moves.labelled import Redact, labelled
from coach.ports import MoveDetector
from coach.redaction.hiding import Choice, find, hide
from coach.values.judgements import FeedbackServices, FeedbackStore, Judgement, MoveFairness, Verdict

log = logging.getLogger(__name__)

Shipped = Callable[[], Mapping[str, float]]


def hidden(text: str) -> str:
    """``text`` as it may leave the machine: names and references are hidden too, whatever is kept of them."""
    return hide(text, find(text, Choice(names=True, references=True)))


class EngineFeedback(FeedbackServices):
    """``store`` opens the store, and raises what it raises; where there is none yet (``any_kept``) it is not
    made only to find nothing in it. ``shipped`` gives the detector's own thresholds.
    """

    def __init__(
        self,
        store: Callable[[], FeedbackStore],
        any_kept: Callable[[], bool],
        shipped: Shipped,
        redact: Redact = hidden,
    ) -> None:
        self._store = store
        self._any_kept = any_kept
        self._shipped = shipped
        self._redact = redact

    def contest(self, call_id: str, turn_index: int, move: str) -> int:
        return self._store().contest(call_id, turn_index, move)

    def take_back(self, ids: Sequence[int]) -> list[int]:
        return self._store().take_back(ids)

    def contest_again(self, ids: Sequence[int]) -> list[int]:
        return self._store().contest_again(ids)

    def of_call(self, call_id: str) -> list[Judgement]:
        return [one for one in self._judgements() if one.call_id == call_id and one.contested]

    def unfair(self) -> list[tuple[str, int, str]]:
        """The flags that count as unfair now, by call, turn and move, of calls that are there."""
        return [
            (one.call_id, one.turn_index, one.move)
            for one in self._judgements()
            if one.contested and one.call_id is not None and one.turn_index is not None
        ]

    def overview(self) -> tuple[MoveFairness, ...]:
        judgements = self._judgements()
        return overview(judgements, self._shipped()) if judgements else ()

    def export(self, path: Path, replace: bool = False) -> tuple[int, int]:
        """Raises ``KnownError`` ("feedback-none", "file-exists", "file-no-room", "file-unwritable")."""
        judgements = self._judgements()
        lines = labelled(judgements, self._redact)
        if not lines:
            raise KnownError(
                "feedback-none",
                "There is no unfair turn whose words are kept, so there is nothing to export.",
            )
        write_whole(path, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), replace)
        return len(lines), sum(one.contested for one in judgements) - len(lines)

    def adjusted(self, detector: MoveDetector, store: FeedbackStore | None) -> AdjustedDetector:
        """``detector`` as this agent has it; ``store`` is the call's own, None where the call is not kept."""
        raised = LatestThresholds(lambda: self._verdicts(store), lambda: detector.thresholds)
        return AdjustedDetector(detector, raised)

    def _verdicts(self, store: FeedbackStore | None) -> Sequence[Verdict]:
        if store is not None:
            return store.verdicts()
        return self._store().verdicts() if self._any_kept() else ()

    def _judgements(self) -> list[Judgement]:
        return self._store().judgements() if self._any_kept() else []


class LatestThresholds:
    """The agent's raised thresholds, read anew at each turn; a store that fails leaves those read last."""

    def __init__(self, verdicts: Callable[[], Sequence[Verdict]], shipped: Shipped) -> None:
        self._verdicts = verdicts
        self._shipped = shipped
        self._said: Sequence[Verdict] = ()
        self._raised: dict[str, float] = {}

    def __call__(self) -> Mapping[str, float]:
        try:
            said = self._verdicts()
        except KnownError as error:
            log.warning("thresholds stay as they were: %s", error.code)
            return self._raised
        if said is not self._said:
            self._said, self._raised = said, thresholds(said, self._shipped())
        return self._raised
