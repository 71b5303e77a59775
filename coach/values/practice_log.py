"""What practice leaves behind, and the port of whoever keeps it. Private: the agent's alone unless shared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from coach.events import CallRecord

OWN = "own:"
"""How the exercise on a turn of one's own calls is named: this, the call's id, a colon, the turn's index."""


class Grade(Enum):
    """How well an exercise went, worst first; the values are those of the scheduler."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class ExerciseKind(Enum):
    OWN_TURN = "own-turn"
    SITUATION = "situation"
    QUIZ = "quiz"
    ROLE_PLAY = "role-play"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at one exercise. ``at`` carries a time zone; ``moves`` are the names heard in the answer.

    ``answer`` is what was said or chosen, or empty where the agent does not want it kept.
    """

    at: dt.datetime
    exercise: str
    kind: ExerciseKind
    grade: Grade
    moves: tuple[str, ...] = ()
    answer: str = ""


@dataclass(frozen=True, slots=True)
class CardState:
    """Where an exercise stands in the schedule. ``data`` is the scheduler's JSON; ``due`` carries a zone."""

    exercise: str
    due: dt.datetime
    data: str


@dataclass(frozen=True, slots=True)
class CallFigures:
    """One call in numbers, for progress: words the agent said, moves of either kind, flags and how many of
    them were repaired. ``started_at`` carries a time zone."""

    started_at: dt.datetime
    words: int
    contentious: int
    repairs: int
    flags: int
    repaired: int


class PastCalls(Protocol):
    """The calls one has had, for drills and progress. Raises ``KnownError``."""

    def outlines(
        self, limit: int, since: dt.datetime | None = None, of: Collection[str] = ()
    ) -> list[CallRecord]:
        """The latest finished calls, newest first, as far as practice needs them: turns without the times of
        their words, moves, cues and their ends; no promises, no gaps. ``of``: only these, by their ids."""
        ...


class PracticeStore(Protocol):
    """Keeps attempts and the schedule. Methods raise ``KnownError``.

    ``keep_attempt`` is durable when it returns; a card replaces the earlier one of its exercise.
    ``attempts`` come oldest first. ``take_back_attempt`` undoes the latest ``keep_attempt`` of this very
    attempt; ``card`` is the one from before, None where its exercise had none.
    """

    def keep_attempt(self, attempt: Attempt, card: CardState | None) -> None: ...
    def take_back_attempt(self, attempt: Attempt, card: CardState | None) -> None: ...
    def practice_cards(self) -> list[CardState]: ...
    def attempts(self, since: dt.datetime | None = None) -> list[Attempt]: ...
    def forget_practice(self) -> None:
        """Delete everything that practice left behind."""
        ...


class MemoryPracticeStore(PracticeStore):
    """Keeps them until the program ends: for tests, and for practice that is not to leave a trace."""

    def __init__(self, cards: Iterable[CardState] = (), attempts: Iterable[Attempt] = ()) -> None:
        self._cards = {card.exercise: card for card in cards}
        self._attempts = list(attempts)

    def keep_attempt(self, attempt: Attempt, card: CardState | None) -> None:
        self._attempts.append(attempt)
        if card is not None:
            self._cards[card.exercise] = card

    def take_back_attempt(self, attempt: Attempt, card: CardState | None) -> None:
        if attempt in self._attempts:
            self._attempts.reverse()
            self._attempts.remove(attempt)
            self._attempts.reverse()
        self._cards.pop(attempt.exercise, None)
        if card is not None:
            self._cards[card.exercise] = card

    def practice_cards(self) -> list[CardState]:
        return list(self._cards.values())

    def attempts(self, since: dt.datetime | None = None) -> list[Attempt]:
        kept = [attempt for attempt in self._attempts if since is None or attempt.at >= since]
        return sorted(kept, key=lambda attempt: attempt.at)

    def forget_practice(self) -> None:
        self._cards.clear()
        self._attempts.clear()
