"""Which own moves a turn makes, how strongly, by which words, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from coach.events import Move
from coach.moves.language import foreign
from coach.moves.own import shortened
from coach.moves.own_phrases import find_phrase
from coach.moves.own_rule import BAR, Meaning, Ordinary, Rule, Vectors
from coach.taxonomy import OWN
from coach.values.own_moves import OwnMove, Verdict

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+")
_MOST_WORDS = 40
"""A longer stretch without a full stop is looked at in parts."""
_MOST_PIECES = 40
"""A turn of more sentences is looked at in larger pieces: the time it takes is bounded."""
_FEWEST_WORDS = 2

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Piece:
    span: Span
    vector: Vectors


class OwnJudge:
    """Judges turns by own moves, ``moves`` by name without "own.".

    Without ``meaning`` or ``ordinary`` only phrases are known. ``remembered`` is ``meaning`` with a memory,
    for the texts of the moves themselves; what is said in a call goes through ``meaning`` alone.
    Not for use by two threads at once.
    """

    def __init__(
        self,
        moves: Mapping[str, OwnMove],
        meaning: Meaning | None = None,
        ordinary: Ordinary | None = None,
        remembered: Meaning | None = None,
    ) -> None:
        self.moves = dict(moves)
        self._meaning = meaning if ordinary is not None else None
        self._remembered = remembered or meaning
        self._rules: dict[str, Rule] = {}
        if self._remembered is not None and ordinary is not None:
            for name, move in self.moves.items():
                examples = _vectors(self._remembered, move.examples)
                if examples is not None:
                    others = _vectors(self._remembered, move.not_examples)
                    others = np.zeros((0, examples.shape[1]), np.float32) if others is None else others
                    self._rules[name] = Rule(examples, others, ordinary)

    @property
    def thresholds(self) -> dict[str, float]:
        return dict.fromkeys((OWN + name for name in self.moves), BAR)

    def found(self, text: str) -> tuple[Move, ...]:
        """The own moves of a turn, with their strength as confidence."""
        return tuple(
            Move(one.move, round(one.strength, 4), one.evidence)
            for one in self.verdicts(text)
            if one.evidence is not None
        )

    def verdicts(self, text: str) -> list[Verdict]:
        """Every own move against ``text``, in the order of the moves."""
        pieces = list(_pieces(self._meaning, text)) if self._rules else []
        return [self._verdict(move, text, pieces) for move in self.moves.values()]

    def mistakes(self, name: str) -> tuple[str, ...]:
        """What the examples of a move show to be wrong with it: its regression set, in sentences."""
        move = self.moves[name]
        examples = move.examples if name in self._rules else ()
        missed = [
            self._missed(move, one, text) for text in examples if not (one := self._one(move, text)).fires
        ]
        wrong = [
            f"This counter-example fires: {shortened(text)} {one.why}"
            for text in move.not_examples
            if (one := self._one(move, text)).fires
        ]
        wrong += [
            f"This line to say is the move itself: {shortened(line.line)} {one.why}"
            for line in move.say
            if (one := self._one(move, line.line)).fires
        ]
        return (*missed, *wrong)

    def _one(self, move: OwnMove, text: str) -> Verdict:
        pieces = list(_pieces(self._remembered, text)) if move.name in self._rules else []
        return self._verdict(move, text, pieces)

    def _missed(self, move: OwnMove, verdict: Verdict, text: str) -> str:
        said = f"This example does not fire: {shortened(text)}"
        rival = self._nearest_rival(move, text)
        reached = f"its strength is {verdict.strength:.2f}, and it needs {BAR:.2f}"
        return f"{said}; its nearest rival is {rival}." if rival else f"{said}; {reached}. {_ADVICE}"

    def _nearest_rival(self, move: OwnMove, text: str) -> str:
        rule, meaning = self._rules.get(move.name), self._remembered
        vector = meaning(text) if meaning is not None else None
        if rule is None or vector is None:
            return ""
        index = rule.rival(vector)
        return "" if index is None else f"the counter-example {shortened(move.not_examples[index])}"

    def _verdict(self, move: OwnMove, text: str, pieces: Sequence[_Piece]) -> Verdict:
        said = find_phrase(move.phrases, text)
        if said is not None:
            phrase, span = said
            return Verdict(
                move.move, move.called, 1.0, BAR, span, f"It holds the phrase {shortened(phrase)}."
            )
        rule = self._rules.get(move.name)
        if rule is None or not pieces:
            why = "None of its phrases is said." if move.phrases else "Its examples cannot be compared."
            return Verdict(move.move, move.called, 0.0, BAR, None, why)
        ranked = sorted(((rule.strength(piece.vector), piece) for piece in pieces), key=lambda one: -one[0])
        for strength, piece in ranked:
            if strength >= BAR and rule.rival(piece.vector) is None:
                return _fired(move, rule, strength, piece, text, pieces)
        return _silent(move, rule, *ranked[0])


def _pieces(meaning: Meaning | None, text: str) -> Iterator[_Piece]:
    """The whole turn and each of its sentences: the rest does not dilute the one that matters."""
    if meaning is None or foreign(text):
        return
    for span in dict.fromkeys([(0, len(text)), *pieces_of(text)]):
        part = text[slice(*span)]
        vector = meaning(part) if len(part.split()) >= _FEWEST_WORDS else None
        if vector is not None:
            yield _Piece(span, vector)


_ADVICE = "Give more examples like it, or make its words a phrase."


def _fired(
    move: OwnMove, rule: Rule, strength: float, piece: _Piece, text: str, pieces: Sequence[_Piece]
) -> Verdict:
    best = piece
    if piece.span == (0, len(text)) and len(pieces) > 1:
        # The whole turn is hardly what carries it: of its sentences, the one that does most.
        best = max((one for one in pieces if one is not piece), key=lambda one: rule.strength(one.vector))
    index, cosine = rule.nearest(piece.vector)
    why = f"Its nearest example is {shortened(move.examples[index])} (likeness {cosine:.2f})."
    return Verdict(move.move, move.called, strength, BAR, _trimmed(text, best.span), why)


def _silent(move: OwnMove, rule: Rule, strength: float, piece: _Piece) -> Verdict:
    index, cosine = rule.nearest(piece.vector)
    why = f"Its nearest example is {shortened(move.examples[index])} (likeness {cosine:.2f})."
    rival = rule.rival(piece.vector)
    if rival is not None and strength >= BAR:
        why = f"It is nearer to the counter-example {shortened(move.not_examples[rival])}."
    return Verdict(move.move, move.called, strength, BAR, None, why)


def pieces_of(text: str) -> list[Span]:
    """The sentences of ``text``, long ones in parts, as half-open ranges of characters; at most 40."""
    edges = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    spans = []
    for start, end in pairwise(edges):
        words = [match.start() + start for match in re.finditer(r"\S+", text[start:end])]
        cuts = [*words[::_MOST_WORDS], end]
        spans += list(pairwise(cuts))
    together = -(-len(spans) // _MOST_PIECES) or 1
    return [
        (group[0][0], group[-1][1])
        for group in (spans[at : at + together] for at in range(0, len(spans), together))
    ]


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    return start, start + len(text[start:end].rstrip())


def _vectors(meaning: Meaning, texts: Sequence[str]) -> Vectors | None:
    found = [vector for text in texts if (vector := meaning(text)) is not None]
    return np.stack(found) if found else None
