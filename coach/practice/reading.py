"""Reading a TOML file into typed values, with errors that name the file, the line and the key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from coach.errors import KnownError

Value = TypeVar("Value")
Key = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=")


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
    """The line, from 1, where ``key`` is written, or the nearest table around it; 0 where there is none."""
    lines = _lines(text)
    wanted = tuple(key)
    while wanted and wanted not in lines:
        wanted = wanted[:-1]
    return lines.get(wanted, 0)


def _lines(text: str) -> dict[Key, int]:
    """Every table and key, by its path as pydantic names it, with the line it is written on."""
    found: dict[Key, int] = {}
    counts: dict[Key, int] = {}
    table: Key = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            table = _table(header[2].split("."), header[1] == "[[", counts)
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, key[1]), number)
    return found


def _table(names: list[str], is_array: bool, counts: dict[Key, int]) -> Key:
    table: Key = ()
    for place, name in enumerate(names):
        table = (*table, name.strip())
        last = place == len(names) - 1
        if last and is_array:
            counts[table] = counts.get(table, -1) + 1
        if table in counts:
            table = (*table, counts[table])
    return table
