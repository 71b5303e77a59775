"""What a search found is told apart from what stands around it, whatever that is."""

from __future__ import annotations

import pytest

from coach.values.hits import BEGINS, ENDS, bare, parts, quoted


@pytest.mark.parametrize(
    ("snippet", "found"),
    [
        ("no hit", [("no hit", False)]),
        ("a <hit> here", [("a ", False), ("hit", True), (" here", False)]),
        ("<one><two>", [("one", True), ("two", True)]),
        ("<call> [phone number]", [("call", True), (" [phone number]", False)]),
        ("[<phone> number]", [("[", False), ("phone", True), (" number]", False)]),
        ("an <open end", [("an ", False), ("open end", False)]),
        ("", []),
    ],
)
def test_the_hit_in_a_snippet_is_told_apart(snippet: str, found: list[tuple[str, bool]]) -> None:
    """The marks are not shown, and brackets are none."""
    marked = snippet.replace("<", BEGINS).replace(">", ENDS)
    assert parts(marked) == found
    assert bare(marked) == "".join(words for words, _hit in found)


def test_words_side_by_side_are_quoted_as_one() -> None:
    """Each word is a hit of its own to the store."""
    marked = f"I'll {BEGINS}call{ENDS} {BEGINS}you{ENDS} on [number]"
    assert quoted(marked) == "I'll «call you» on [number]"
    assert quoted(marked, "“", "”") == "I'll “call you” on [number]"
