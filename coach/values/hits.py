"""Where the words that were searched for stand in a snippet.

The store puts marks around them that nobody can say or type: brackets would look like what was hidden there.
"""

from __future__ import annotations

BEGINS, ENDS = "\x02", "\x03"


def parts(snippet: str) -> list[tuple[str, bool]]:
    """A snippet in pieces: (words, whether they were searched for)."""
    found: list[tuple[str, bool]] = []
    for number, piece in enumerate(snippet.split(BEGINS)):
        hit, closed, after = piece.partition(ENDS)
        found += [(hit, bool(number and closed)), (after, False)]
    return [part for part in found if part[0]]


def bare(snippet: str) -> str:
    """Without marks."""
    return "".join(words for words, _hit in parts(snippet))


def quoted(snippet: str, begins: str = "«", ends: str = "»") -> str:
    """With marks that can be read. Words found side by side are quoted as one."""
    joined = snippet.replace(f"{ENDS} {BEGINS}", " ")
    return "".join(f"{begins}{words}{ends}" if hit else words for words, hit in parts(joined))
