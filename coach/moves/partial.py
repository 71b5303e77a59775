"""Moves of a turn that is still being said, for those the agent set as urgent.

A prefix is judged about every two words and half a second. A flag appears only where three prefixes in a
row are halfway from the threshold to certainty, and goes only where three in a row fall under half of the
threshold, so that it does not flicker. Pure but for the clock that bounds what the judging may cost.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from coach.events import Move
from coach.ports import MoveDetector

IN_PASSING = "plain while it was said"


@dataclass(frozen=True, slots=True)
class PartialConfig:
    on_share: float = 0.5
    """How far from its threshold towards certainty a move must be to appear early."""
    off_share: float = 0.5
    """The share of its threshold under which it goes."""
    runs: int = 3
    """Prefixes in a row that must agree."""
    every_words: int = 2
    every_s: float = 0.5
    share: float = 0.05
    """The part of one core's time that judging prefixes may take."""
    most_words: int = 60
    """A longer prefix is judged by its last words: what it costs does not grow with the turn."""


class PartialFlags:
    """Which flags are up in one turn, prefix by prefix."""

    def __init__(self, thresholds: Mapping[str, float], config: PartialConfig | None = None) -> None:
        self._thresholds = thresholds
        self._config = config or PartialConfig()
        self._streaks: dict[str, int] = {}
        self.on: frozenset[str] = frozenset()

    def offer(self, scores: Mapping[str, float]) -> frozenset[str]:
        """The flags that are up after a prefix with these confidences."""
        on = set(self.on)
        for name, threshold in self._thresholds.items():
            score = scores.get(name, 0.0)
            up = name in on
            changes = score < self._config.off_share * threshold if up else score >= self._on_at(threshold)
            self._streaks[name] = self._streaks.get(name, 0) + 1 if changes else 0
            if self._streaks[name] >= self._config.runs:
                self._streaks[name] = 0
                on ^= {name}
        self.on = frozenset(on)
        return self.on

    def close(self, scores: Mapping[str, float]) -> frozenset[str]:
        """The flags that stand at the end of the turn, whose confidences these are: those not fallen away."""
        off = self._config.off_share
        return frozenset(name for name in self.on if scores.get(name, 0.0) >= off * self._thresholds[name])

    def _on_at(self, threshold: float) -> float:
        return threshold + self._config.on_share * (1.0 - threshold)


class PartialJudge:
    """Judges the open turn as its words come. ``urgent``: the moves worth interrupting for."""

    def __init__(
        self,
        detector: MoveDetector,
        thresholds: Mapping[str, float],
        urgent: Collection[str],
        config: PartialConfig | None = None,
        clock: Callable[[], float] = time.thread_time,
    ) -> None:
        self._detector = detector
        self._every = thresholds
        self._config = config or PartialConfig()
        self._clock = clock
        self._due_s = 0.0
        self._turn_index: int | None = None
        self._words = 0
        self._seen: dict[str, str] = {}
        """The words that last carried each move."""
        self.look_for(urgent)

    @property
    def looks(self) -> bool:
        """Whether any move is worth interrupting for."""
        return bool(self._thresholds)

    def look_for(self, urgent: Collection[str]) -> None:
        """Other moves from now on; a turn that is being said is looked at afresh."""
        self._thresholds = {name: self._every[name] for name in urgent if name in self._every}
        self._flags = PartialFlags(self._thresholds, self._config)

    def hear(self, turn_index: int, text: str, now_s: float) -> tuple[Move, ...]:
        """The moves found in what was said so far, if any urgent flag is up; else none.

        Evidence is in characters of ``text``. Returns at once where the next look is not due yet.
        """
        if turn_index != self._turn_index:
            self._begin(turn_index)
        words = text.split()
        if not self._thresholds or now_s < self._due_s or len(words) < self._words + self._config.every_words:
            return ()
        self._words = len(words)
        start = _start_of_last(text, words, self._config.most_words)
        before = self._clock()
        moves, scores = self._detector.judge(text[start:])
        spent_s = self._clock() - before
        self._due_s = now_s + max(self._config.every_s, spent_s / self._config.share)
        found = {move.name: _moved(move, start) for move in moves}
        self._seen.update({name: text[slice(*move.evidence)] for name, move in found.items()})
        on = self._flags.offer(scores)
        if on.isdisjoint(found):
            return ()
        return tuple(move for name, move in found.items() if name in on or name not in self._thresholds)

    def close(
        self,
        turn_index: int,
        text: str,
        moves: tuple[Move, ...],
        scores: Mapping[str, float],
        shown: Collection[str],
    ) -> tuple[Move, ...]:
        """The ``moves`` of the whole turn, and with them those of ``shown`` that have not fallen away.

        A phrase that was plain while it was said is not undone by what came after, unless that took it back.
        """
        if turn_index != self._turn_index:
            return moves
        stand = self._flags.close(scores) & set(shown) - {move.name for move in moves}
        kept = [_in_passing(name, scores[name], text, self._seen.get(name, "")) for name in sorted(stand)]
        self._begin(None)
        return (*moves, *kept)

    def _begin(self, turn_index: int | None) -> None:
        self._turn_index, self._words, self._seen = turn_index, 0, {}
        self._flags = PartialFlags(self._thresholds, self._config)


def _in_passing(name: str, score: float, text: str, words: str) -> Move:
    """A move that stands; its words may be recognised otherwise by now."""
    start = text.find(words) if words else -1
    evidence = (start, start + len(words)) if start >= 0 else (0, len(text))
    return Move(name, round(score, 4), evidence, IN_PASSING)


def _start_of_last(text: str, words: list[str], most: int) -> int:
    """The character at which the last ``most`` words of ``text`` begin."""
    at = len(text)
    for word in reversed(words[-most:]):
        at = text.rindex(word, 0, at)
    return at if len(words) > most else 0


def _moved(move: Move, by: int) -> Move:
    start, end = move.evidence
    return Move(move.name, move.confidence, (start + by, end + by), move.context)
