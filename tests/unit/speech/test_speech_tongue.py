"""A recording in another language is told as one; English is not mistaken for Norwegian."""

from __future__ import annotations

from coach.speech.tongue import LEAST_S, Taken, Tongue

GERMAN, ENGLISH, NORWEGIAN = Taken(0.06, "de"), Taken(0.97, "en"), Taken(0.12, "nn")


def test_one_long_piece_or_some_short_ones_tell() -> None:
    """A recording says within its first half minute that it is none for this coach."""
    long, short = Tongue(), Tongue()
    long.hear(20.0, GERMAN)
    assert long.language == "de"
    for _ in range(3):
        short.hear(6.0, GERMAN)
    assert short.language == "de"


def test_one_odd_piece_does_not() -> None:
    """Some seconds on a telephone are taken for anything."""
    tongue = Tongue()
    tongue.hear(6.0, NORWEGIAN)
    assert tongue.language == ""
    tongue.hear(12.0, ENGLISH)
    tongue.hear(6.0, NORWEGIAN)
    assert tongue.language == ""


def test_who_goes_on_in_english_is_heard_in_english() -> None:
    """A greeting in another language is not held against the rest."""
    tongue = Tongue()
    tongue.hear(12.0, GERMAN)
    tongue.hear(12.0, ENGLISH)
    assert tongue.language == ""


def test_it_is_looked_at_seldom_once_it_is_english() -> None:
    """What is sure costs next to nothing; short pieces are never looked at."""
    tongue = Tongue()
    assert not tongue.wants(LEAST_S - 1)
    assert tongue.wants(12.0)
    tongue.hear(12.0, ENGLISH)
    assert [tongue.wants(20.0) for _ in range(3)] == [False, False, True]
    tongue.hear(20.0, GERMAN)
    assert tongue.wants(20.0)
