"""Is this turn English at all? The detector reads English only, and must say so instead of guessing."""

from __future__ import annotations

import functools
import logging
import re
import threading
from dataclasses import replace
from typing import Protocol

from coach.events import Turn

log = logging.getLogger(__name__)

_COMMON = frozenset(
    "a about all an and are as at be but by can could did do does don't for from get go got had has have he"
    " hello here how i i'd i'll i'm i've if in is it it's just let's like me more my no not now of on one or"
    " our out please right she so some sorry sure thank thanks that that's the them then there they this to"
    " up us was we we'd we'll we're were what when which who will with would yes yeah you you'd you'll"
    " you're your".split()
)
_FEWEST_WORDS = 4
"""Fewer words do not tell a language."""
_ENOUGH_COMMON = 0.2
"""A turn with this share of everyday English words is English: nothing need be loaded to know it."""
_ENGLISH_AT_LEAST = 0.005
"""Below this probability of English a turn is taken to be another language, whichever is most likely."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_loading = threading.Lock()


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


@functools.lru_cache(maxsize=8)
def foreign(text: str) -> str | None:
    """The ISO 639 code of the language of ``text`` where it is plainly not English; None in doubt.

    Uses py3langid (docs/decisions/0012-moves-detector.md), loaded at the first doubtful turn.
    """
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    if len(words) < _FEWEST_WORDS and not _is_other_script(words):
        return None
    if sum(word in _COMMON for word in words) >= _ENOUGH_COMMON * len(words):
        return None
    with _loading:
        identifier = _identifier()
        ranked = identifier.rank(text[:1000]) if identifier is not None else [("en", 1.0)]
    return ranked[0][0] if dict(ranked)["en"] < _ENGLISH_AT_LEAST else None


def with_language(turn: Turn) -> Turn:
    """``turn``, marked where it is in a language that is not judged; what was heard in its sound stays."""
    return turn if turn.language else replace(turn, language=foreign(turn.text) or "")


def _is_other_script(words: list[str]) -> bool:
    """Enough letters that no Western language is written with; not every script has spaces between words."""
    return sum(letter > "\u024f" for word in words for letter in word) >= 2 * _FEWEST_WORDS


@functools.cache
def _identifier() -> _Identifier | None:
    """None where there is no room to unpack it: then every turn is taken for English, as it mostly is."""
    from coach.moves.language_model import FiledIdentifier  # here, for it takes most of a second to load

    try:
        return FiledIdentifier()
    except OSError as error:
        log.warning("languages are not told apart, for their model cannot be unpacked: %s", error)
        return None
