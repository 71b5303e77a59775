"""Moves of a turn that is still being said."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.events import Move
from coach.moves.partial import IN_PASSING, PartialConfig, PartialFlags, PartialJudge

CONFIG = PartialConfig()
THRESHOLDS = {"blaming": 0.5}


def ups(*scores: float) -> list[bool]:
    flags = PartialFlags(THRESHOLDS)
    return ["blaming" in flags.offer({"blaming": score}) for score in scores]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((0.9, 0.9, 0.9), [False, False, True]),
        ((0.9, 0.9, 0.4, 0.9), [False, False, False, False]),
        ((0.74, 0.74, 0.74, 0.74), [False] * 4),
        ((0.75, 0.75, 0.75), [False, False, True]),
        ((0.9, 0.9, 0.9, 0.3, 0.3, 0.3), [False, False, True, True, True, True]),
        ((0.9, 0.9, 0.9, 0.2, 0.2, 0.3, 0.2), [False, False, True, True, True, True, True]),
        ((0.9, 0.9, 0.9, 0.2, 0.2, 0.2), [False, False, True, True, True, False]),
    ],
    ids=[
        "three in a row",
        "two are no row",
        "not sure enough",
        "just sure",
        "lingers",
        "two low looks",
        "gone",
    ],
)
def test_flags_come_late_and_go_late(scores: tuple[float, ...], expected: list[bool]) -> None:
    """Up after three looks halfway from threshold to certainty, down after three under half of it."""
    assert ups(*scores) == expected


def test_a_threshold_near_one_can_still_be_passed() -> None:
    """Being careful never makes a move impossible."""
    flags = PartialFlags({"blaming": 0.96})
    flags.offer({"blaming": 0.985})
    flags.offer({"blaming": 0.985})
    assert flags.offer({"blaming": 0.985}) == {"blaming"}


@settings(max_examples=60)
@given(st.lists(st.floats(0.0, 1.0), max_size=40))
def test_flags_never_flicker(scores: list[float]) -> None:
    """Between two changes of a flag there are always three looks."""
    shown = ups(*scores)
    changes = [at for at in range(1, len(shown)) if shown[at] != shown[at - 1]]
    assert all(later - earlier >= CONFIG.runs for earlier, later in pairwise(changes))


class Listening:
    """Blames wherever "you should" was said; each look costs ``cost_s`` of the clock."""

    thresholds = THRESHOLDS

    def __init__(self, cost_s: float = 0.0) -> None:
        self.heard: list[str] = []
        self.now_s = 0.0
        self._cost_s = cost_s

    def judge(self, text: str, context: Sequence[str] = ()) -> tuple[tuple[Move, ...], dict[str, float]]:
        self.heard.append(text)
        self.now_s += self._cost_s
        at = text.find("you should")
        if at < 0:
            return (), {"blaming": 0.0}
        return (Move("blaming", 0.9, (at, at + 10)),), {"blaming": 0.9}

    def scores(self, text: str, context: Sequence[str] = ()) -> dict[str, float]:
        return self.judge(text)[1]

    def clock(self) -> float:
        return self.now_s


def judge_of(detector: Listening) -> PartialJudge:
    return PartialJudge(detector, THRESHOLDS, ["blaming"], clock=detector.clock)


WORDS = "well you should have rung us on Monday when it was still in the depot".split()


def say(judge: PartialJudge, words: Sequence[str], word_s: float = 0.4) -> list[tuple[Move, ...]]:
    """Each word as it comes."""
    return [judge.hear(0, " ".join(words[: n + 1]), n * word_s) for n in range(len(words))]


def test_looks_are_two_words_and_half_a_second_apart() -> None:
    """Not at every word, however fast they come."""
    detector = Listening()
    say(judge_of(detector), WORDS, word_s=0.3)
    lengths = [len(text.split()) for text in detector.heard]
    assert all(later - earlier >= 2 for earlier, later in pairwise(lengths))
    fast = Listening()
    say(judge_of(fast), WORDS, word_s=0.05)
    assert len(fast.heard) <= 2


def test_looking_never_takes_more_than_its_share() -> None:
    """On a slow machine there are fewer looks, not more work."""
    detector = Listening(cost_s=0.2)
    seconds = 60
    judge = judge_of(detector)
    for tenth in range(10 * seconds):
        judge.hear(0, " ".join(["word"] * (tenth // 3 + 1)), tenth / 10)
    assert detector.now_s <= CONFIG.share * seconds + 0.2


def test_a_long_turn_costs_no_more_than_its_last_words() -> None:
    """What is looked at has a bound, and its evidence is still in the place of the whole text."""
    detector = Listening()
    judge = judge_of(detector)
    words = ["so"] * 200 + WORDS
    found = [judge.hear(0, " ".join(words[:n]), float(n)) for n in (202, 204, 206, 208, 210)][-1]
    assert max(len(text.split()) for text in detector.heard) == CONFIG.most_words
    assert " ".join(words[:210])[slice(*found[0].evidence)] == "you should"


def test_nothing_is_looked_at_without_an_urgent_move() -> None:
    """The setting is empty as shipped, and then this costs nothing."""
    detector = Listening()
    judge = PartialJudge(detector, THRESHOLDS, [], clock=detector.clock)
    assert not any(say(judge, WORDS))
    assert detector.heard == []


def test_the_end_of_the_turn_bears_it_out_or_not() -> None:
    """A shown move stands unless the whole turn makes it fall under half of its threshold."""
    text = " ".join(WORDS)
    closed = {}
    for score in (0.3, 0.2):
        judge = judge_of(Listening())
        assert any(say(judge, WORDS))
        closed[score] = judge.close(0, text, (), {"blaming": score}, {"blaming"})
    (move,) = closed[0.3]
    assert (move.name, move.confidence, move.context) == ("blaming", 0.3, IN_PASSING)
    assert text[slice(*move.evidence)] == "you should"
    assert closed[0.2] == ()


def test_what_was_not_shown_is_not_added() -> None:
    """The moves of a turn are the detector's own, unless a card was up; and each turn begins anew."""
    judge = judge_of(Listening())
    say(judge, WORDS)
    own = (Move("owning", 0.8, (0, 4)),)
    assert judge.close(0, " ".join(WORDS), own, {"blaming": 0.4}, set()) == own
    assert judge.close(0, " ".join(WORDS), own, {"blaming": 0.4}, {"blaming"}) == own
    assert judge.hear(1, "you should", 90.0) == ()
