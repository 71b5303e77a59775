"""When an exercise comes back: FSRS, through its reference library (docs/decisions/0014-practice.md)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

from fsrs import Card, Rating, Scheduler

from coach.values.practice_log import CardState, Grade

LONGEST_DAYS = 120
"""A line that is never needed for a season is worth saying again."""


class Schedule:
    """The exercises that were tried at least once, each with the day it comes back.

    No steps within a day, no chance: the same attempts always give the same days.
    """

    def __init__(self, cards: Iterable[CardState] = ()) -> None:
        self._scheduler = Scheduler(
            learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False
        )
        self._cards = {card.exercise: card for card in cards}

    def __contains__(self, exercise: object) -> bool:
        return exercise in self._cards

    def due_at(self, exercise: str) -> dt.datetime | None:
        """When it comes back; None for one that was never tried."""
        card = self._cards.get(exercise)
        return card.due if card else None

    def card(self, exercise: str) -> CardState | None:
        """Where it stands, to be put back by ``put_back``."""
        return self._cards.get(exercise)

    def put_back(self, exercise: str, card: CardState | None) -> None:
        """As if what was rated since had not been; None for an exercise that was new then."""
        self._cards.pop(exercise, None)
        if card is not None:
            self._cards[exercise] = card

    def is_due(self, exercise: str, now: dt.datetime) -> bool:
        """Whether its day has come, by the calendar of ``now``'s time zone: whoever practises a little
        earlier today than yesterday is not sent away."""
        due = self.due_at(exercise)
        return due is not None and due.astimezone(now.tzinfo).date() <= now.date()

    def due(self, now: dt.datetime) -> list[str]:
        """Exercises whose day has come, longest overdue first."""
        waiting = [card for card in self._cards.values() if self.is_due(card.exercise, now)]
        return [card.exercise for card in sorted(waiting, key=lambda card: (card.due, card.exercise))]

    def rate(self, exercise: str, grade: Grade, now: dt.datetime) -> CardState:
        """Note a try, and return the card to keep. ``now`` carries a time zone."""
        known = self._cards.get(exercise)
        at = now.astimezone(dt.UTC)
        card = Card.from_dict(json.loads(known.data)) if known else Card(card_id=0, due=at)
        card, _ = self._scheduler.review_card(card, Rating(grade.value), at)
        state = CardState(exercise, card.due, card.to_json())
        self._cards[exercise] = state
        return state
