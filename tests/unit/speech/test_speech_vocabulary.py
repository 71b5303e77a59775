from __future__ import annotations

from coach.events import Word
from coach.settings import MAX_TERM_CHARS, MAX_TERMS
from coach.speech.vocabulary import bounded, mentions, overreaches

TERMS = ("Glanmire", "HomeHub Plus")


def words(text: str, probability: float = 0.9) -> list[Word]:
    return [Word(word, float(at), at + 1.0, probability) for at, word in enumerate(text.split())]


def test_the_list_is_bounded_and_cleaned() -> None:
    """However much is given, only so much is shown to the recogniser, and nothing empty or twice."""
    given = ["  HomeHub   Plus ", "HomeHub Plus", "", "...", "x" * 500, *(f"term {n}" for n in range(200))]
    used = bounded(given)
    assert used[0] == "HomeHub Plus"
    assert len(used) == MAX_TERMS
    assert len(set(used)) == len(used)
    assert max(len(term) for term in used) <= MAX_TERM_CHARS


def test_a_term_that_was_heard_clearly_is_believed() -> None:
    """Among other words, and sure of itself."""
    heard = words("Your HomeHub Plus will be in Glanmire on Friday.")
    assert mentions(heard, TERMS)
    assert not overreaches(heard, TERMS)


def test_a_term_read_into_the_sound_is_not() -> None:
    """Low probability is how a term shows that was put there by the list."""
    assert overreaches(words("in Glanmire", probability=0.2), TERMS)


def test_a_text_of_little_but_terms_is_not() -> None:
    """The list repeated back is no sentence of the agent's."""
    assert overreaches(words("Glanmire HomeHub Plus Glanmire HomeHub Plus Glanmire"), TERMS)
    assert not overreaches(words("Glanmire"), TERMS)


def test_text_without_terms_is_left_alone() -> None:
    """Doubtful words that are no terms are not the vocabulary's business."""
    assert not mentions(words("I am sorry"), TERMS)
    assert not overreaches(words("I am sorry", probability=0.1), TERMS)
