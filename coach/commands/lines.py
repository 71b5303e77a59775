"""Reading JSON and JSON lines a program sends, with errors that name the line; writing JSON lines."""

from __future__ import annotations

import datetime as dt
import enum
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from coach.errors import KnownError

Model = TypeVar("Model", bound=BaseModel)


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
            "input-damaged", f"{path} is not UTF-8 text (byte {error.start}). Save it as UTF-8."
        ) from error


def parse(model: type[Model], text: str, where: str) -> Model:
    """One JSON value as ``model``. Raises ``KnownError`` naming ``where`` and the field."""
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        wrong = f"{field}: {first['msg']}" if field else first["msg"]
        raise KnownError("input-damaged", f"{where}: {wrong}.") from error


def read_lines(model: type[Model], path: str) -> Iterator[Model]:
    """Each non-empty line as ``model``. Raises ``KnownError`` naming the line."""
    name = "standard input" if path == "-" else path
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if line.strip():
            yield parse(model, line, f"{name}, line {number}")


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
