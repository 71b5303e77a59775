from __future__ import annotations

from coach.events import Word
from coach.settings import MAX_TERM_CHARS, MAX_TERMS
from coach.speech.vocabulary import bounded, likely_terms, mentions, overreaches

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


def test_only_terms_that_were_nearly_heard_are_shown() -> None:
    """A name misheard in one or two words is likely; one spelled right, or not there at all, is not."""
    assert likely_terms(words("It will be in Glen mire on Friday"), TERMS) == ("Glanmire",)
    assert likely_terms(words("Your home hub plus is here"), TERMS) == ()
    assert likely_terms(words("Your HomeHub Plus is in Glanmire."), TERMS) == ()
    assert likely_terms(words("I am sorry that your parcel is late"), TERMS) == ()
    assert likely_terms([], TERMS) == ()


def test_few_terms_are_shown_however_many_are_near() -> None:
    """The prompt stays short."""
    many = [f"Glanmire{letter}" for letter in "abcdefghij"]
    assert len(likely_terms(words("Glanmire"), many)) <= 5


def test_a_name_put_right_is_believed() -> None:
    """The name changes, the sentence around it stays."""
    before, after = words("It will be in Glen mire on Friday"), words("It will be in Glanmire on Friday")
    assert mentions(after, TERMS)
    assert not overreaches(before, after, TERMS)


def test_a_list_that_changes_other_words_is_not() -> None:
    """What was heard without it counts for more than a name."""
    assert overreaches(words("lobster on a glen mire"), words("lopster Ellen Glanmire"), TERMS)


def test_a_text_of_little_but_terms_is_not() -> None:
    """The list repeated back is no sentence of the agent's."""
    listed = words("Glanmire HomeHub Plus Glanmire HomeHub Plus Glanmire")
    assert overreaches(words("glen mire"), listed, TERMS)
    assert not overreaches(words("glen mire"), words("Glanmire"), TERMS)


def test_text_without_terms_is_left_alone() -> None:
    """Words that are no terms are not the vocabulary's business."""
    assert not mentions(words("I am sorry"), TERMS)
    assert not overreaches(words("I am sorry"), words("I am sorry"), TERMS)
