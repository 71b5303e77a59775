"""An answer is judged by the moves heard in it, and told kindly."""

from __future__ import annotations

import pytest

from coach.practice.judging import Task, Verdict, compare, judge_answer, kind_words, not_english
from coach.values.practice_log import Grade
from tests.unit.practice.practice_parts import NAMES, SpelledJudge

TASK = Task("blaming", ("owning", "offering"))


@pytest.mark.parametrize(
    ("answer", "verdict", "grade", "missing"),
    [
        ("owning offering it all", Verdict.REPAIRED, Grade.EASY, ()),
        ("owning it all", Verdict.REPAIRED, Grade.GOOD, ("offering",)),
        ("partnering then", Verdict.REPAIRED, Grade.GOOD, ("owning", "offering")),
        ("owning yet blaming", Verdict.ON_THE_WAY, Grade.HARD, ("offering",)),
        ("thanking you kindly", Verdict.ON_THE_WAY, Grade.HARD, ("owning", "offering")),
        ("blaming you", Verdict.NOT_YET, Grade.AGAIN, ("owning", "offering")),
        ("well then", Verdict.NOT_YET, Grade.AGAIN, ("owning", "offering")),
        ("owning", Verdict.NOTHING_SAID, Grade.AGAIN, ("offering",)),
        ("   ", Verdict.NOTHING_SAID, Grade.AGAIN, ("owning", "offering")),
    ],
)
def test_a_fitting_repair_without_trouble_repairs(
    answer: str, verdict: Verdict, grade: Grade, missing: tuple[str, ...]
) -> None:
    """Trouble in the same breath, or another repair, is a start; nothing or trouble alone comes again."""
    feedback = judge_answer(SpelledJudge(), answer, TASK)
    assert (feedback.verdict, feedback.grade, feedback.missing) == (verdict, grade, missing)


def test_trouble_is_told_apart() -> None:
    """The same move again, and another one, are two different things to hear."""
    feedback = judge_answer(SpelledJudge(), "blaming selling owning now", TASK)
    assert (feedback.still, feedback.new, feedback.fitting) == (("blaming",), ("selling",), ("owning",))


def test_a_drill_without_needs_takes_any_fitting_repair() -> None:
    """Own turns have no author: one repair that answers the move is enough, and it is the full mark."""
    feedback = judge_answer(SpelledJudge(), "empathising with you", Task("blaming"))
    assert (feedback.verdict, feedback.grade) == (Verdict.REPAIRED, Grade.EASY)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("", "Take your time. One sentence is enough to begin with."),
        ("owning offering it", "That repairs it. Heard: taking your part, offering."),
        ("owning it all", "That repairs it. Heard: taking your part. If you like, add this: offering."),
        (
            "owning yet blaming",
            "A good start. Heard: taking your part. One part pulls the other way: putting it on the customer."
            " Try it without that.",
        ),
        ("thanking you", "A good start. Heard: thanking. What is still open: taking your part."),
        (
            "blaming you",
            "The same move is in it again: putting it on the customer."
            " Try to bring this in: taking your part.",
        ),
        ("selling you", "This one was heard: selling. Try to bring this in: taking your part."),
        ("well then", "Nothing in it makes things worse. Try to bring this in: taking your part."),
    ],
)
def test_words_name_what_was_good_first(answer: str, words: str) -> None:
    """Never a grade and never a scolding: what was heard, and one thing to try."""
    assert kind_words(judge_answer(SpelledJudge(), answer, TASK), NAMES) == words


def test_a_turn_without_needs_is_told_what_answers_it_best() -> None:
    """Another repair, or none, is answered with the one to try; a fitting one needs no more."""
    own = Task("convincing")
    for answer in ("owning it all", "well then"):
        feedback = judge_answer(SpelledJudge(), answer, own)
        assert feedback.missing == ("learning",)
        assert "asking to understand" in kind_words(feedback, NAMES)
    assert judge_answer(SpelledJudge(), "reflecting on it", own).missing == ()


def test_another_language_is_not_judged() -> None:
    """It is told as what it is, not as an answer that repairs nothing."""
    feedback = not_english(" Es tut mir leid. ")
    assert (feedback.verdict, feedback.moves, feedback.answer) == (
        Verdict.NOT_ENGLISH,
        (),
        "Es tut mir leid.",
    )
    assert "English" in kind_words(feedback, NAMES)


def test_two_tries_are_compared() -> None:
    """What went, what came, and what is still there; repairs that were there before are no news, those that
    are missing now are."""
    seen = compare(("blaming", "selling", "owning"), ("selling", "owning", "learning"), NAMES)
    assert (seen.gone, seen.kept, seen.gained) == (("blaming",), ("selling",), ("learning",))
    assert seen.words == "Gone: putting it on the customer. New: asking to understand. Still there: selling."
    worse = compare(("owning", "apologising"), ("apologising", "blaming"), NAMES)
    assert (worse.gained, worse.lost) == (("blaming",), ("owning",))
    assert worse.words == "New: putting it on the customer. Not in it this time: taking your part."
    assert compare(("owning",), ("owning",), NAMES).words == "The same moves as before."
    assert compare((), (), NAMES).words == "No move, as before."
