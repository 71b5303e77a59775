"""Reading JSON and JSON lines a program sends, with errors that name the line; writing JSON lines."""

from __future__ import annotations

import datetime as dt
import enum
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError

from coach.errors import KnownError

Model = TypeVar("Model", bound=BaseModel)

FIRST_YEAR, LAST_YEAR = 1900, 2999


def read_text(path: str) -> str:
    """The text of a file; ``-`` is standard input. Raises ``KnownError`` (input-missing, input-damaged)."""
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return data.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise KnownError("input-missing", f"There is no file {path}. Check the name.") from error
    except IsADirectoryError as error:
        raise KnownError("input-missing", f"{path} is a folder. Name a file in it.") from error
    except PermissionError as error:
        raise KnownError("input-missing", f"{path} may not be read. Change its permissions.") from error
    except UnicodeDecodeError as error:
        raise KnownError(
            "input-damaged", f"{_named(path)} is not UTF-8 text (byte {error.start}). Save it as UTF-8."
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise KnownError("input-missing", f"{path} cannot be read ({reason}). Check the name.") from error


def _named(path: str) -> str:
    return "standard input" if path == "-" else path


def parse(model: type[Model], text: str, where: str) -> Model:
    """One JSON value as ``model``. Raises ``KnownError`` naming ``where`` and the field."""
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        wrong = f"{field}: {said}" if field else said
        raise KnownError("input-damaged", f"{where}: {wrong}.") from error


def read_lines(model: type[Model], path: str) -> Iterator[Model]:
    """Each non-empty line as ``model``. Raises ``KnownError`` naming the line."""
    name = _named(path)
    # JSON text may hold U+2028 and its like, at which splitlines would cut.
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            yield parse(model, line, f"{name}, line {number}")


def read_moment(text: str, where: str) -> dt.datetime:
    """A date and time a person wrote, with a zone only where they gave one.

    ``where`` names it in the message. Raises ``KnownError`` ("bad-date").
    """
    try:
        return _in_reach(dt.datetime.fromisoformat(text))
    except ValueError as error:
        raise KnownError(
            "bad-date",
            f"{where} {text} is not a date and time of the years {FIRST_YEAR} to {LAST_YEAR}. "
            "Write it like 2026-11-20T16:05.",
        ) from error


def _in_reach(written: dt.datetime) -> dt.datetime:
    # At the ends of the calendar there is no day before or after to count to.
    if not FIRST_YEAR <= written.year <= LAST_YEAR:
        raise ValueError(f"the year {written.year} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return written


CallMoment = Annotated[dt.datetime, AfterValidator(_in_reach)]
"""When a call took place, as a program sends it."""


def _an_id(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("must be text or a whole number")
    return value


LineId = Annotated[str | int, BeforeValidator(_an_id)]
"""What a program names its line by; it comes back as it was."""


def number(text: str) -> int:
    """The number of something kept, as an argument. Raises ``ValueError`` for what no store counts to."""
    found = int(text)
    if abs(found) >= 1 << 63:
        raise ValueError(text)
    return found


TurnText = Annotated[str, Field(max_length=100_000)]
"""What was said in one turn: two hours of speech, and no more."""


def local(written: dt.datetime) -> dt.datetime:
    """``written`` with a zone: this machine's where it has none."""
    return written if written.tzinfo else written.astimezone()


def one_line(message: str) -> str:
    return " ".join(message.split())


def plain(value: object) -> object:
    """Enumerations by value, dates as ISO text, tuples as lists: what JSON can hold."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def write_line(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
