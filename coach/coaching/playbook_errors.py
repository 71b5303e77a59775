"""What pydantic finds wrong with a playbook's form, in words for the person who wrote the file."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from coach.coaching.own_playbook import OwnEntry, OwnPlaybook
from coach.coaching.playbook import (
    FLAG_REPAIRS,
    MOST_WORDS,
    Allowance,
    Authority,
    Line,
    Note,
    Prepared,
    Problem,
    fitting_repairs,
)
from coach.places import Key
from coach.taxonomy import FITTING_REPAIRS, REPAIR

_ONE_PER_KEY = ("[key]",)
_WANTED = {
    "line": "the words to say, in quotation marks",
    "makes": "the repair the line makes, such as owning",
    "title": "three words for the card",
    "why": "one sentence: why it matters",
    "sources": 'the ids it rests on, such as ["B1"]',
    "failure": "what went wrong, in a few words",
    "plan": "a list of steps",
    "may": "a list of what the agent may give",
    "what": "what the agent may give",
}
_TYPES = {
    "string_type": 'must be text: "..."',
    "tuple_type": "must be a list: [ ... ]",
    "mapping_type": "must be a section with keys of its own",
    "dict_type": "must be a section with keys of its own",
    "dataclass_type": "must be a section with keys of its own, or { ... } in a list",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "string_too_short": "is empty",
    "too_short": "is an empty list",
}


def explained(error: ValidationError, table: Mapping[str, Any]) -> Iterator[Problem]:
    """Each error with its key in the file, what is wrong and how to mend it."""
    for one in error.errors():
        key = tuple(part for part in one["loc"] if part not in _ONE_PER_KEY)
        yield _problem(key, one, _value(table, key))


def mended(table: Mapping[str, Any], error: ValidationError) -> OwnPlaybook | None:
    """The rest of the file, so that its other mistakes can be told as well; None where too little is left.

    What is wrong is taken out or stands in for what is meant, and nothing in a list changes its place.
    """
    rest = copy.deepcopy(dict(table))
    for one in error.errors():
        key = tuple(part for part in one["loc"] if part not in _ONE_PER_KEY)
        _mend(rest, key, is_missing=one["type"] == "missing")
    try:
        return TypeAdapter(OwnPlaybook).validate_python(rest)
    except ValidationError:
        return None


def _mend(rest: dict[str, Any], key: Key, *, is_missing: bool) -> None:
    place, last = _value(rest, key[:-1]), key[-1] if key else ""
    if key[2:3] == ("say",) and len(key) in (4, 5):
        # Lines keep their number: the stand-in says nothing that another line could repeat.
        stand_in = {"line": f"({key[:2]}, {key[3]})", "makes": _repair(key)}
        if len(key) == 4:
            _value(rest, key[:3])[key[3]] = stand_in
        elif last in stand_in:
            place[last] = stand_in[str(last)]
        else:
            place.pop(last, None)
    elif isinstance(place, dict) and not is_missing:
        place.pop(last, None)
    elif len(key) > 1:
        _mend(rest, key[:-1], is_missing=False)


def _repair(key: Key) -> str:
    name = str(key[1])
    return fitting_repairs(name)[0] if name in {*FITTING_REPAIRS, *FLAG_REPAIRS} else REPAIR[0]


def _value(table: Mapping[str, Any], key: Key) -> Any:
    value: Any = table
    for part in key:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _problem(key: Key, error: ErrorDetails, value: Any) -> Problem:
    name, kind = _said(key), error["type"]
    if kind == "missing":
        return Problem(key, f"“{name}” is missing", f"Add it: {_WANTED.get(name, name)}.")
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return Problem(key, f"“{name}” is not a key of this place", _instead(name, _known(key[:-1])))
    if kind == "literal_error":
        allowed = tuple(str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", "))
        return Problem(
            key, f"“{error['input']}” is none of {', '.join(allowed)}", _instead(str(error["input"]), allowed)
        )
    if kind == "value_error":
        count = len(value.split()) if isinstance(value, str) else 0
        return Problem(
            key,
            f"the line has {count} words, and at most {MOST_WORDS} can be said in one breath",
            f"Take out {count - MOST_WORDS}, or make two lines of it.",
        )
    return Problem(
        key,
        f"“{name}” {_TYPES.get(kind, error['msg'])}",
        f"It is {_WANTED[name]}." if name in _WANTED else "",
    )


def _said(key: Key) -> str:
    last = key[-1] if key else ""
    return f"entry {last + 1}" if isinstance(last, int) else last


def _known(place: Key) -> tuple[str, ...]:
    """The keys there can be at ``place``."""
    match place:
        case ():
            kind: type = OwnPlaybook
        case ("moves" | "flags", _):
            kind = OwnEntry
        case ("moves" | "flags", _, "say", _):
            kind = Line
        case ("authority", "may", _):
            kind = Allowance
        case ("authority",):
            kind = Authority
        case ("prepared", _):
            kind = Prepared
        case ("practice",):
            kind = Note
        case _:
            return ()
    return tuple(field.name for field in dataclasses.fields(kind))


def _instead(word: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(word, known, n=1, cutoff=0.5)
    if close:
        return f"Did you mean “{close[0]}”?"
    return f"There can be: {', '.join(known)}." if known else ""
