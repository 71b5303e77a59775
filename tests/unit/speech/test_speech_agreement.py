from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coach.events import Word
from coach.speech.agreement import Agreement


def words(text: str) -> list[Word]:
    return [Word(word, float(at), at + 1.0, 0.9) for at, word in enumerate(text.split())]


def texts(found: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in found)


def test_what_two_hypotheses_agree_on_is_committed() -> None:
    """A word is believed when it was heard the same way twice in a row; the rest may still change."""
    agreement = Agreement()
    committed, tentative = agreement.offer(words("I am sorry for the"))
    assert (texts(committed), texts(tentative)) == ("", "I am sorry for the")
    committed, tentative = agreement.offer(words("I am sorry, for a weight"))
    assert (texts(committed), texts(tentative)) == ("I am sorry, for", "a weight")


def test_case_and_punctuation_are_no_disagreement() -> None:
    """A full stop that comes and goes does not hold a word back."""
    agreement = Agreement()
    agreement.offer(words("Yes. I"))
    committed, _ = agreement.offer(words("yes, I"))
    assert texts(committed) == "yes, I"


def test_the_next_run_begins_with_nothing() -> None:
    """Words of one run are not held against those of the next."""
    agreement = Agreement()
    agreement.offer(words("good morning"))
    agreement.reset()
    committed, tentative = agreement.offer(words("good evening"))
    assert (texts(committed), texts(tentative)) == ("", "good evening")


@given(st.lists(st.lists(st.sampled_from(["a", "b", "c"]), max_size=6), max_size=8))
def test_a_committed_word_never_changes(hypotheses: list[list[str]]) -> None:
    """Whatever is heard later, what was committed stays as it was shown."""
    agreement = Agreement()
    before: tuple[Word, ...] = ()
    for hypothesis in hypotheses:
        committed, tentative = agreement.offer(words(" ".join(hypothesis)))
        assert committed[: len(before)] == before
        assert len(committed) + len(tentative) >= len(hypothesis)
        before = committed
