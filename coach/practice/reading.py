"""Reading a TOML file into typed values, with errors that name the file, the line and the key."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from coach.errors import KnownError
from coach.places import Places

Value = TypeVar("Value")


def read_toml(path: Path, kind: TypeAdapter[Value]) -> Value:
    """The file as ``kind``. Raises ``KnownError``: "practice-missing", "practice-damaged"."""
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise KnownError(
            "practice-missing",
            f"{path} cannot be opened ({error.strerror}). Reinstall Sameside, or put it back.",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise damaged(path, 0, str(error)) from error
    try:
        return kind.validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        raise damaged(path, line_of(text, first["loc"]), f"{where}: {said}") from error


def damaged(path: Path, line: int, problem: str) -> KnownError:
    """The error for a mistake in a practice file; ``line`` is 0 where it is not known."""
    where = f", line {line}" if line else ""
    return KnownError(
        "practice-damaged", f"{path}{where}: {problem}. Correct that entry, or put the original file back."
    )


def line_of(text: str, key: Sequence[str | int]) -> int:
    """The line, from 1, where ``key`` is written, or the nearest table around it."""
    return Places(text).of(tuple(key))[0]
