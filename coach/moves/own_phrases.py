"""Exact words of an own move, found whatever their case, punctuation and endings."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENDINGS = ("s", "es", "ed", "ing", "e")
_FEWEST_LETTERS = 3
"""What is left of a word without its ending, at least: "is" is no plural."""

Span = tuple[int, int]


def words_of(text: str) -> list[tuple[frozenset[str], Span]]:
    """Each word of ``text`` in the forms by which it is compared, with its range of characters."""
    return [(_forms(match.group()), match.span()) for match in _WORD.finditer(text)]


def find_phrase(phrases: Sequence[str], text: str) -> tuple[str, Span] | None:
    """The first of ``phrases`` that is said in ``text``, and where; whole words only.

    Regular endings do not count: "charge back" is found in "charged back"; irregular forms are other words.
    """
    said = words_of(text)
    for phrase in phrases:
        wanted = [forms for forms, _ in words_of(phrase)]
        for at in range(len(said) - len(wanted) + 1):
            if wanted and all(not forms.isdisjoint(said[at + n][0]) for n, forms in enumerate(wanted)):
                return phrase, (said[at][1][0], said[at + len(wanted) - 1][1][1])
    return None


def _forms(word: str) -> frozenset[str]:
    """The word and what it may be without a regular ending; two words match where they share a form."""
    plain = word.casefold().replace("’", "'").removesuffix("'s").replace("'", "")
    forms = {plain} | {plain.removesuffix(ending) for ending in _ENDINGS}
    if plain.endswith(("ies", "ied")):
        forms.add(plain[:-3] + "y")
    # "stopped" is "stop": the doubled letter belongs to the ending.
    forms |= {form[:-1] for form in forms if form[-1:] == form[-2:-1] and form[-1:] not in "aeiou"}
    return frozenset(form for form in forms if form == plain or len(form) >= _FEWEST_LETTERS)
