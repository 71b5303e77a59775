"""The playbook: for every move and flag its plain words, its sources and the lines to say next."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from coach.errors import KnownError
from coach.taxonomy import FITTING_REPAIRS, MOVES, REPAIR

FLAG_REPAIRS: dict[str, tuple[str, ...]] = {
    "no_apology": ("owning", "apologising", "learning", "asking_input"),
    "no_commitment": ("committing",),
    "no_ask": ("asking_input",),
    "no_root_cause": ("root_cause", "learning"),
    "monologue": ("learning", "asking_input", "reflecting"),
    "perks_alone": ("apologising", "owning", "root_cause", "committing"),
}
"""For every whole-call flag the repairs that answer it, best first."""

FLAGS = tuple(FLAG_REPAIRS)
LEAST_LINES = 4
MOST_WORDS = 20

_CONFIG = ConfigDict(extra="forbid")


def fitting_repairs(move: str) -> tuple[str, ...]:
    """The repairs that answer a contentious move or a whole-call flag, best first."""
    return FITTING_REPAIRS[move] if move in FITTING_REPAIRS else FLAG_REPAIRS[move]


def _short(line: str) -> str:
    if len(line.split()) > MOST_WORDS:
        raise ValueError(f"longer than {MOST_WORDS} words")
    return line


_Text = Annotated[str, Field(min_length=1)]
_Said = Annotated[str, Field(min_length=1), AfterValidator(_short)]
_Sources = Annotated[tuple[str, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Line:
    """Words to say next, at most 20, and the repair they make."""

    line: _Said
    makes: _Text


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Entry:
    """One move or flag. ``say`` for what can be repaired, ``praise`` for what repairs."""

    title: _Text
    why: _Text
    sources: _Sources
    name: str = ""
    say: tuple[Line, ...] = ()
    praise: str = ""


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Allowance:
    """Something the agent may give without asking, and up to where."""

    what: _Text
    limit: str = ""


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Authority:
    """The card of what the agent decides alone."""

    title: _Text
    why: _Text
    sources: _Sources
    may: tuple[Allowance, ...]
    ask_first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Prepared:
    """The plan for a failure that is expected to come one day."""

    failure: _Text
    plan: tuple[str, ...]
    line: _Said
    sources: _Sources


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Note:
    title: _Text
    why: _Text
    sources: _Sources


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Playbook:
    """Everything ``assets/playbook.toml`` says. ``sources`` maps an id (A1 ... E8) to its point."""

    moves: Mapping[str, Entry]
    flags: Mapping[str, Entry]
    authority: Authority
    prepared: Mapping[str, Prepared]
    practice: Note
    sources: Mapping[str, _Text]

    def entry(self, move: str) -> Entry:
        """The entry of a move or of a whole-call flag. Raises ``KeyError`` for any other name."""
        return self.moves[move] if move in self.moves else self.flags[move]

    def names(self) -> dict[str, str]:
        """What each move is called for people, such as "Arguing the point"."""
        return {name: entry.name or entry.title for name, entry in self.moves.items()}


def load_playbook(path: Path) -> Playbook:
    """The playbook at ``path``.

    Raises ``KnownError``: "playbook-missing", or "playbook-damaged" naming the key that is wrong.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise KnownError(
            "playbook-missing", f"The playbook {path} cannot be opened ({error.strerror}). Put the file back."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _damaged(path, str(error)) from error
    try:
        playbook = TypeAdapter(Playbook).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _damaged(path, f"{where}: {first['msg']}") from error
    for problem in _problems(playbook):
        raise _damaged(path, problem)
    return playbook


def _damaged(path: Path, problem: str) -> KnownError:
    return KnownError(
        "playbook-damaged",
        f"The playbook {path} has a mistake: {problem}. Correct that entry, or put the original file back.",
    )


def _problems(playbook: Playbook) -> Iterator[str]:
    """What the types cannot say, each as ``key: what is wrong``."""
    yield from _names(playbook)
    for name, entry in playbook.moves.items():
        yield from _entry(f"moves.{name}", entry, () if name in REPAIR else FITTING_REPAIRS[name])
    for name, entry in playbook.flags.items():
        yield from _entry(f"flags.{name}", entry, FLAG_REPAIRS[name])
    yield from _unknown_sources(playbook)
    yield from _repeated_lines(playbook)


def _names(playbook: Playbook) -> Iterator[str]:
    for table, there, wanted in (("moves", playbook.moves, MOVES), ("flags", playbook.flags, FLAGS)):
        for name in wanted:
            if name not in there:
                yield f"{table}.{name}: missing"
        for name in there:
            if name not in wanted:
                yield f"{table}.{name}: not a known name"


def _entry(key: str, entry: Entry, repairs: tuple[str, ...]) -> Iterator[str]:
    if key.startswith("moves.") and not entry.name:
        yield f"{key}.name: missing"
    if not repairs:
        if not entry.praise:
            yield f"{key}.praise: missing"
        return
    if len(entry.say) < LEAST_LINES:
        yield f"{key}.say: needs at least {LEAST_LINES} lines"
    for number, line in enumerate(entry.say, start=1):
        if line.makes not in repairs:
            yield f"{key}.say: line {number} makes {line.makes}, which is none of {', '.join(repairs)}"


def _unknown_sources(playbook: Playbook) -> Iterator[str]:
    for key, sources in cited(playbook).items():
        for source in sources:
            if source not in playbook.sources:
                yield f"{key}.sources: {source} is not in [sources]"


def _repeated_lines(playbook: Playbook) -> Iterator[str]:
    seen: dict[str, str] = {}
    for table, entries in (("moves", playbook.moves), ("flags", playbook.flags)):
        for name, entry in entries.items():
            for said in entry.say:
                if said.line in seen:
                    yield f"{table}.{name}.say: the line “{said.line}” is also in {seen[said.line]}"
                seen[said.line] = f"{table}.{name}"


def cited(playbook: Playbook) -> dict[str, tuple[str, ...]]:
    """Every section that names sources, by its key in the file, with the ids it names."""
    found: dict[str, tuple[str, ...]] = {}
    for table in ("moves", "flags", "prepared"):
        entries: Mapping[str, Entry | Prepared] = getattr(playbook, table)
        found |= {f"{table}.{name}": entry.sources for name, entry in entries.items()}
    return found | {"authority": playbook.authority.sources, "practice": playbook.practice.sources}
