"""The own vocabulary as it is typed: one term a line."""

from __future__ import annotations

from coach.settings import MAX_TERM_CHARS, MAX_TERMS

_SHOWN_CHARS = 24


def read_terms(typed: str) -> tuple[list[str], str]:
    """The terms, and what is wrong with them in a sentence; empty where all is well.

    Spaces at the ends and empty lines do not count; a term that is there twice counts once.
    """
    terms: dict[str, str] = {}
    for line in typed.splitlines():
        term = " ".join(line.split())
        if term:
            terms.setdefault(term.casefold(), term)
    found = list(terms.values())
    return found, _problem(found)


def _problem(terms: list[str]) -> str:
    for term in terms:
        shown = term if len(term) <= _SHOWN_CHARS else f"{term[:_SHOWN_CHARS]}…"
        if len(term) > MAX_TERM_CHARS:
            return (
                f"“{shown}” has {len(term)} characters; at most {MAX_TERM_CHARS} are taken. "
                "Put one name or term on a line."
            )
        if not any(letter.isalnum() for letter in term):
            return f"“{shown}” has no letter in it, so it cannot be heard. Take it out."
    if len(terms) > MAX_TERMS:
        return (
            f"These are {len(terms)} terms; at most {MAX_TERMS} are taken. Keep those heard wrong most often."
        )
    return ""
