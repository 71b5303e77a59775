"""An organisation's playbook file: read, checked line by line, and laid over the shipped one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pydantic import TypeAdapter, ValidationError

from coach.coaching.own_playbook import OwnPlaybook, merged, own_problems
from coach.coaching.playbook import VERSION, Playbook, Problem
from coach.coaching.playbook_errors import explained, mended
from coach.errors import KnownError
from coach.places import Key, Place, Places

MOST_BYTES = 1_000_000
"""Of a playbook file: fifty times the shipped one's words. More is another file, and is not read."""

_AT = re.compile(
    r"^(?P<wrong>.*?) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$", re.S
)

_PARTS = re.compile(r"\((?:'[^']*',? ?)+\)")
"""A key as tomllib shows it: ('moves', 'blaming')."""

_SYNTAX = {
    "Invalid value": 'Text stands between straight quotation marks: key = "text".',
    "Illegal character": "A quotation mark is missing at the end of the line, or one inside needs a \\.",
    "Unterminated string": "A quotation mark is missing at the end.",
    "Expected '=' after a key": "Write key = value. A section's name stands in brackets: [moves.blaming].",
    "Expected ']'": "A bracket ] is missing: at the end of a section's name.",
    "Unclosed array": "A list ends with ], and a comma stands between its entries.",
    "Unclosed inline table": "An entry { ... } stands on one line, with commas inside, and ends with }.",
    "Expected newline or end": "One value goes on a line. A quotation mark inside text needs a \\ before it.",
    "Cannot overwrite a value": "The same key stands there twice. Keep one of them.",
    "Cannot declare": "The same section stands there twice. Put both together under one heading.",
    "Cannot mutate immutable": "The same key stands there twice. Keep one of them.",
    "Duplicate inline table key": "The same key stands twice between { and }. Keep one of them.",
    "Unescaped '\\'": "Write \\\\ for a backslash inside quotation marks.",
    "Invalid initial character": "A key is a plain word, such as title. A comment begins with #.",
    "Invalid statement": "A line is key = value, a [section], or a comment that begins with #.",
    "Found invalid character": "Save the file as plain text, with ordinary line ends.",
}
"""What to do about what tomllib says, by how it begins."""


class OwnMistake(Protocol):
    """What is wrong with a move an organisation added; ``where`` is its key, such as "own.stairs.say"."""

    @property
    def where(self) -> str: ...
    @property
    def message(self) -> str: ...


CheckOwn = Callable[[Mapping[str, object]], Iterable[OwnMistake]]
"""The tables under ``[own]`` to their mistakes."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """``line`` and ``column`` count from 1; ``key`` is empty where the text is no TOML at all."""

    line: int
    column: int
    key: str
    wrong: str
    mend: str


def _unread(_tables: Mapping[str, object]) -> Iterable[OwnMistake]:
    return ()


def check(path: Path, shipped: Playbook, check_own: CheckOwn = _unread) -> list[Mistake]:
    """Every mistake in the file, in its order. Raises ``KnownError`` ("playbook-missing")."""
    _, mistakes = _checked(_read(path), shipped, check_own)
    return sorted(mistakes, key=lambda mistake: (mistake.line, mistake.column))


def load_over(shipped: Playbook, path: Path) -> Playbook:
    """``shipped`` with the organisation's file over it.

    Raises ``KnownError``: "playbook-missing", "playbook-newer", or "playbook-damaged" with the first mistake.
    """
    ours, mistakes = _checked(_read(path), shipped, _unread)
    if ours is None or mistakes:
        first = min(mistakes, key=lambda mistake: (mistake.line, mistake.column))
        code = "playbook-newer" if first.key == "version" else "playbook-damaged"
        more = f" and {len(mistakes) - 1} more" if len(mistakes) > 1 else ""
        raise KnownError(
            code,
            f"Your playbook {path} has a mistake in line {first.line}{more}, so the shipped one is used: "
            f"{first.wrong}. {first.mend} “sameside playbook check” lists all.".replace("..", "."),
        )
    return merged(shipped, ours)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise KnownError("playbook-missing", f"There is no file {path}. Check the name.") from error
    except IsADirectoryError as error:
        raise KnownError("playbook-missing", f"{path} is a folder. Name the file in it.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise KnownError(
            "playbook-missing",
            f"The playbook {path} cannot be read ({reason}). Check its name and permissions.",
        ) from error


def _checked(data: bytes, shipped: Playbook, check_own: CheckOwn) -> tuple[OwnPlaybook | None, list[Mistake]]:
    text = _text(data)
    if isinstance(text, Mistake):
        return None, [text]
    table = _table(text)
    if isinstance(table, Mistake):
        return None, [table]
    places = Places(text)

    def placed(problems: Iterable[Problem]) -> list[Mistake]:
        return [_mistake(problem, places.of(problem.key)) for problem in problems]

    version = _version(table)
    if version is not None:
        return None, placed([version])
    try:
        ours: OwnPlaybook = TypeAdapter(OwnPlaybook).validate_python(table)
    except ValidationError as error:
        rest = mended(table, error)
        more = own_problems(rest, shipped) if rest else ()
        return None, placed([*explained(error, table), *more, *_of_own(table, check_own)])
    return ours, placed([*own_problems(ours, shipped), *_of_own(table, check_own)])


def _mistake(problem: Problem, place: Place) -> Mistake:
    return Mistake(*place, _said_key(problem.key), problem.wrong, problem.mend)


def _said_key(key: Key) -> str:
    """``moves.blaming.say 3``: what stands in a list is counted from 1, as people do."""
    words = ""
    for part in key:
        words += f" {part + 1}" if isinstance(part, int) else f"{'.' if words else ''}{part}"
    return words


def _text(data: bytes) -> str | Mistake:
    if len(data) > MOST_BYTES:
        return Mistake(
            1,
            1,
            "",
            "the file is longer than 1 MB, far more than a playbook",
            "Name the playbook's own file.",
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Mistake(1, 1, "", "the file is UTF-16, not UTF-8", "Save it again with the encoding UTF-8.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        start = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode("utf-8", "replace")) + 1
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"the byte {data[error.start]:#04x} is not UTF-8 text"
        return Mistake(line, column, "", byte, "Save the file again with the encoding UTF-8.")


def _table(text: str) -> dict[str, Any] | Mistake:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _syntax(str(error), text)
    except RecursionError:
        return Mistake(1, 1, "", "brackets are nested too deeply", "A playbook needs three levels at most.")
    except ValueError as error:
        return Mistake(
            1, 1, "", f"a value cannot be read ({error})", "A playbook holds text, not long numbers."
        )
    if not table:
        return Mistake(
            1,
            1,
            "",
            "there is nothing in it",
            "Write what is to be different: docs/playbook.md has an example.",
        )
    return table


def _syntax(said: str, text: str) -> Mistake:
    found = _AT.match(said)
    wrong = found["wrong"] if found else said
    wrong = _PARTS.sub(lambda parts: ".".join(re.findall(r"'([^']*)'", parts[0])), wrong)
    if found and found["line"]:
        line, column = int(found["line"]), int(found["column"])
    else:
        lines = text.rstrip().split("\n")
        line, column = len(lines), len(lines[-1]) + 1
        wrong = f"Unclosed array, or else {wrong.lower()}" if wrong == "Invalid value" else wrong
    shown = text.split("\n")[line - 1]
    mend = next((hint for begins, hint in _SYNTAX.items() if wrong.startswith(begins)), "")
    if re.search("[“”‘]", shown) and not re.search("[\"']", shown):
        mend = 'Use straight quotation marks (") around text, not curly ones.'
    return Mistake(line, column, "", f"this is not TOML: {wrong[0].lower()}{wrong[1:]}", mend)


def _version(table: Mapping[str, Any]) -> Problem | None:
    version = table.get("version", VERSION)
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        return Problem(
            ("version",), f"“{version}” is no version", f"Write version = {VERSION}, or take it out."
        )
    if version > VERSION:
        return Problem(
            ("version",),
            f"the file is of version {version}, and this Sameside knows up to {VERSION}",
            "Update Sameside, or ask for the file in the older form.",
        )
    return None


def _of_own(table: Mapping[str, Any], check_own: CheckOwn) -> Iterator[Problem]:
    tables = table.get("own", {})
    if isinstance(tables, Mapping):
        for problem in check_own(tables):
            parts = problem.where.split(".")
            yield Problem(tuple(int(part) if part.isdigit() else part for part in parts), problem.message)
