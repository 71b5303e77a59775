"""The detector as one agent has it: what was called unfair needs more confidence, from the next turn on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coach.events import Move
from coach.moves.adjusted import AdjustedDetector
from coach.moves.labelled import labelled
from coach.values.judgements import Judgement, Verdict
from tests.unit.moves.test_fairness import judgement

MOVES = (Move("blaming", 0.9, (0, 4)), Move("selling", 0.5, (5, 9)), Move("owning", 0.4, (0, 9)))
SCORES = {"blaming": 0.9, "selling": 0.5, "owning": 0.4, "opposing": 0.1}


class FixedDetector:
    """Finds the same in every turn."""

    thresholds: Mapping[str, float] = {"blaming": 0.4, "selling": 0.4, "owning": 0.3, "opposing": 0.4}

    def judge(self, text: str, context: Sequence[str] = ()) -> tuple[tuple[Move, ...], dict[str, float]]:
        return MOVES, SCORES

    def scores(self, text: str, context: Sequence[str] = ()) -> dict[str, float]:
        return SCORES


def test_a_raised_threshold_counts_from_the_next_turn_on() -> None:
    """No restart, no new call: the flag is left out as soon as the threshold is above it, and comes back."""
    raised: dict[str, float] = {}
    detector = AdjustedDetector(FixedDetector(), lambda: raised)
    assert detector.judge("a turn") == (MOVES, SCORES)
    raised["selling"] = 0.51
    assert [move.name for move in detector.judge("a turn")[0]] == ["blaming", "owning"]
    assert detector.thresholds == {"blaming": 0.4, "selling": 0.51, "owning": 0.3, "opposing": 0.4}
    raised["selling"] = 0.5
    assert [move.name for move in detector.judge("a turn")[0]] == ["blaming", "selling", "owning"]
    raised.clear()
    assert detector.judge("a turn") == (MOVES, SCORES)


def test_confidences_stay_what_the_detector_gave() -> None:
    """What is left out is left out of the flags only; commitments and bench see every confidence."""
    detector = AdjustedDetector(FixedDetector(), lambda: {"blaming": 0.99})
    moves, scores = detector.judge("a turn", ["before"])
    assert scores == detector.scores("a turn") == SCORES
    assert moves == MOVES[1:]


def said(number: int, move: str, text: str = "Calm down.", **more: object) -> Judgement:
    base = judgement(number, move)
    values = {"call_id": "c1", "turn_index": 0, "labels": ("dismissing", "opposing"), **more}
    return Judgement(base.id, Verdict(move, False), base.said_at, 0.8, text=text, **values)  # type: ignore[arg-type]


def test_an_unfair_turn_becomes_a_near_miss() -> None:
    """In the form of the training turns: labelled without the contested move, and near it."""
    assert labelled([said(7, "dismissing")], str.upper) == [
        {
            "id": "fb-0007",
            "text": "CALM DOWN.",
            "labels": ["opposing"],
            "near": "dismissing",
            "domain": "",
            "variety": "",
            "kind": "feedback",
        }
    ]


def test_all_that_was_contested_in_a_turn_is_left_out_of_its_labels() -> None:
    """Two flags of one turn are two examples, neither of which carries the other's move."""
    lines = labelled([said(1, "dismissing"), said(2, "opposing"), said(3, "opposing", turn_index=4)], str)
    assert [line["labels"] for line in lines] == [[], [], ["dismissing"]]


def test_only_unfairs_that_stand_and_have_words_are_exported() -> None:
    """Not what was taken back, not confirmations, not what is left of a deleted call."""
    gone = said(1, "dismissing", text="", call_id=None)
    assert labelled([gone, judgement(2, undone=True), judgement(3, fair=True)], str) == []
