"""The end of a call, known from the agent's own closing words (``assets/closing.toml``)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from coach.errors import KnownError

_WORD = re.compile(r"[a-z0-9']+")
_NEAR_END_WORDS = 12
"""An offer to do more stands this near the end of its turn, a goodbye a little nearer."""
_GOODBYE_WORDS = 8


@checked(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class _File:
    last_offer: tuple[str, ...]
    goodbye: tuple[str, ...]
    not_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Closing:
    """Phrases, each as plain words. Without any, no turn closes a call."""

    last_offer: tuple[str, ...] = ()
    goodbye: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()

    def found_in(self, text: str) -> str | None:
        """The words of ``text`` by which the call is about to end; None in doubt."""
        if _first(self.not_with, _spaced(text)) is not None:
            return None
        for phrases, reach in ((self.last_offer, _NEAR_END_WORDS), (self.goodbye, _GOODBYE_WORDS)):
            start = _start_of_last(text, reach)
            found = _first(phrases, _spaced(text[start:]))
            if found is not None:
                return _as_written(text, found, start)
        return None


def load_closing(path: Path) -> Closing:
    """The closing words at ``path``. Raises ``KnownError`` ("closing-damaged") naming what is wrong."""
    try:
        read = TypeAdapter(_File).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        said = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise KnownError(
            "closing-damaged",
            f"The closing words {path} cannot be read: {said}. Correct the file, or put the original back.",
        ) from error
    return Closing(read.last_offer, read.goodbye, read.not_with)


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _spaced(text: str) -> str:
    """The words with a space on either side, so that whole words can be looked for."""
    return f" {' '.join(_WORD.findall(_plain(text)))} "


def _first(phrases: tuple[str, ...], spaced: str) -> str | None:
    return next((phrase for phrase in phrases if _spaced(phrase) in spaced), None)


def _start_of_last(text: str, words: int) -> int:
    """The character at which the last ``words`` words of ``text`` begin."""
    starts = [match.start() for match in _WORD.finditer(_plain(text))]
    return starts[-words] if len(starts) > words else 0


def _as_written(text: str, phrase: str, start: int) -> str:
    """The stretch of ``text`` that says ``phrase``, as it stands there."""
    between = r"[^a-z0-9']+".join(re.escape(word) for word in _WORD.findall(phrase))
    found = re.compile(between).search(_plain(text), start)
    return text[slice(*found.span())] if found else text
