"""Own moves without a model or a file: meanings are words in common, the shipped moves are two."""

from __future__ import annotations

import re

import numpy as np

from coach.errors import KnownError
from coach.moves.own import check_own, read_own, to_table
from coach.moves.own_judge import OwnJudge
from coach.moves.own_rule import Ordinary, Vectors
from coach.values.own_moves import OwnListing, OwnMove, OwnProblem, Tried, Verdict

ORDINARY = (
    "Could I take your name and the number on the order, please?",
    "It leaves the depot at eight and should be with you by noon.",
    "That comes to forty two pounds in all, card or cash?",
    "The engineer is booked for Tuesday between ten and twelve.",
    "Have you tried to turn it off and on again?",
    "Your table is by the window, as you asked for.",
    "I have put the note on your account just now.",
    "We close at six today and open at nine in the morning.",
)
WIDTH = 512


def word_meaning(text: str) -> Vectors | None:
    """The words of a text, each at a place of its own, as a unit vector of shape (512,)."""
    words = re.findall(r"\w+", text.casefold())
    if not words:
        return None
    vector = np.zeros(WIDTH, dtype=np.float32)
    for word in words:
        vector[sum(ord(letter) * 31**at for at, letter in enumerate(word)) % WIDTH] += 1
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def ordinary() -> Ordinary:
    vectors = [vector for turn in ORDINARY if (vector := word_meaning(turn)) is not None]
    return Ordinary(np.stack(vectors))


class MemoryOwnMoves:
    """``OwnMovesServices`` in a dictionary. ``error`` is raised by the next thing asked."""

    def __init__(self, by_meaning: bool = True) -> None:
        self.by_meaning = by_meaning
        self.personal: dict[str, OwnMove] = {}
        self.playbook: dict[str, OwnMove] = {}
        self.tried: list[str] = []
        self.error: KnownError | None = None

    def listing(self) -> OwnListing:
        self._raise()
        judge = self._judge({**self.personal, **self.playbook})
        mistakes = {name: found for name in judge.moves if (found := judge.mistakes(name))}
        return OwnListing(
            tuple(self.personal.values()), tuple(self.playbook.values()), mistakes, (), self.by_meaning
        )

    def keep(self, move: OwnMove, instead_of: str = "") -> OwnListing:
        self._raise()
        wrong = check_own({move.name: to_table(move)})
        if wrong:
            raise KnownError("own-move-wrong", wrong[0].message)
        self.personal.pop(instead_of, None)
        self.personal[move.name] = move
        return self.listing()

    def remove(self, name: str) -> OwnListing:
        self._raise()
        del self.personal[name]
        return self.listing()

    def check(self, tables: object) -> list[OwnProblem]:
        moves, problems = read_own(tables)
        judge = self._judge(moves)
        return problems + [OwnProblem(f"own.{name}", one) for name in moves for one in judge.mistakes(name)]

    def try_sentence(self, text: str) -> Tried:
        self._raise()
        self.tried.append(text)
        own = self._judge({**self.personal, **self.playbook}).verdicts(text)
        sorry = (0, len(text)) if "sorry" in text.casefold() else None
        shipped = [
            Verdict("apologising", "Apologising", 0.9 if sorry else 0.05, 0.5, sorry),
            Verdict("blaming", "Blaming", 0.1, 0.4),
        ]
        verdicts = sorted([*own, *shipped], key=lambda one: (not one.fires, -one.strength / one.bar))
        return Tried(text, tuple(verdicts), self.by_meaning)

    def _judge(self, moves: dict[str, OwnMove]) -> OwnJudge:
        return OwnJudge(moves, word_meaning, ordinary()) if self.by_meaning else OwnJudge(moves)

    def _raise(self) -> None:
        error, self.error = self.error, None
        if error is not None:
            raise error
