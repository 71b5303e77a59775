"""The playbook: for every move and flag its plain words, its sources and the lines to say next."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from coach.errors import KnownError
from coach.places import Key
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
VERSION = 1
"""Of the playbook's form. A file without one is of the first."""
LEAST_LINES = 4
"""Lines each move and flag needs, on the phone and at a counter alike: a long call must not run out."""
MOST_WORDS = 20

Where = Literal["phone", "counter"]
Topic = Literal["delay", "money", "fault", "delivery", "booking", "person", "access", "rule", "unknown"]
"""What a turn can be about. The words by which each is known are the playbook's."""

_CONFIG = ConfigDict(extra="forbid")


def fitting_repairs(move: str) -> tuple[str, ...]:
    """The repairs that answer a contentious move or a whole-call flag, best first."""
    return FITTING_REPAIRS[move] if move in FITTING_REPAIRS else FLAG_REPAIRS[move]


def _short(line: str) -> str:
    words = len(line.split())
    if words > MOST_WORDS:
        raise ValueError(f"longer than {MOST_WORDS} words ({words})")
    return line


Text = Annotated[str, Field(min_length=1)]
Said = Annotated[str, Field(min_length=1), AfterValidator(_short)]
Sources = Annotated[tuple[str, ...], Field(min_length=1)]
Topics = Mapping[Topic, tuple[Text, ...]]


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Line:
    """Words to say next, at most 20, and the repair they make.

    ``where``: the only place they suit; None for both. ``about``: topics they are kept for; empty for any.
    """

    line: Said
    makes: Text
    where: Where | None = None
    about: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Entry:
    """One move or flag. ``say`` for what can be repaired, ``praise`` and ``examples`` for what repairs."""

    title: Text
    why: Text
    sources: Sources
    name: str = ""
    say: tuple[Line, ...] = ()
    praise: str = ""
    examples: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Allowance:
    """Something the agent may give without asking, and up to where."""

    what: Text
    limit: str = ""


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Authority:
    """The card of what the agent decides alone."""

    title: Text
    why: Text
    sources: Sources
    may: tuple[Allowance, ...]
    ask_first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Prepared:
    """The plan for a failure that is expected to come one day."""

    failure: Text
    plan: tuple[str, ...]
    line: Said
    sources: Sources


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Note:
    title: Text
    why: Text
    sources: Sources


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Playbook:
    """Everything ``assets/playbook.toml`` says. ``sources`` maps an id (A1 ... E8) to its point.

    ``own`` are moves an organisation added, by their name without the "own." it has elsewhere. They are read
    by ``coach.moves``, not here.
    """

    moves: Mapping[str, Entry]
    flags: Mapping[str, Entry]
    authority: Authority
    prepared: Mapping[str, Prepared]
    practice: Note
    sources: Mapping[str, Text]
    topics: Topics = Field(default_factory=dict)
    version: int = VERSION
    own: Mapping[str, Entry] = Field(default_factory=dict)

    def entry(self, move: str) -> Entry:
        """The entry of a move, an own move or a whole-call flag. Raises ``KeyError`` for any other name."""
        if move.startswith("own."):
            return self.own[move.removeprefix("own.")]
        return self.moves[move] if move in self.moves else self.flags[move]

    def names(self) -> dict[str, str]:
        """What each move is called for people, such as "Arguing the point"."""
        moves = {**self.moves, **{f"own.{name}": entry for name, entry in self.own.items()}}
        return {name: entry.name or entry.title for name, entry in moves.items()}

    def spoken(self, where: Where) -> Playbook:
        """The same playbook with only the lines that suit the phone, or a counter."""

        def suiting(entries: Mapping[str, Entry]) -> dict[str, Entry]:
            return {
                name: dataclasses.replace(entry, say=suiting_lines(entry.say, where))
                for name, entry in entries.items()
            }

        return dataclasses.replace(
            self, moves=suiting(self.moves), flags=suiting(self.flags), own=suiting(self.own)
        )


def suiting_lines(lines: tuple[Line, ...], where: Where) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.where in (None, where))


class Problem(NamedTuple):
    """A mistake at ``key``: ``wrong`` says what, ``mend`` what to do about it."""

    key: Key
    wrong: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{key_words(self.key)}: {self.wrong}"


def key_words(key: Key) -> str:
    """``moves.blaming.say.0.line``; what stands in a list is counted from 0, as everywhere in TOML."""
    return ".".join(str(part) for part in key)


def load_playbook(path: Path) -> Playbook:
    """The whole playbook at ``path``; own moves (``[own.NAME]``) are left to ``coach.moves``.

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
    data.pop("own", None)
    try:
        playbook: Playbook = TypeAdapter(Playbook).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise _damaged(path, f"{key_words(first['loc'])}: {first['msg']}") from error
    for problem in problems(playbook):
        raise _damaged(path, str(problem))
    return playbook


def _damaged(path: Path, problem: str) -> KnownError:
    return KnownError(
        "playbook-damaged",
        f"The playbook {path} has a mistake: {problem}. Correct that entry, or put the original file back.",
    )


def problems(playbook: Playbook) -> Iterator[Problem]:
    """What the types cannot say of a whole playbook."""
    yield from _names(playbook)
    for name, entry in playbook.moves.items():
        if name in MOVES:
            yield from _entry(("moves", name), entry, () if name in REPAIR else FITTING_REPAIRS[name])
    for name, entry in playbook.flags.items():
        if name in FLAGS:
            yield from _entry(("flags", name), entry, FLAG_REPAIRS[name])
    yield from _unknown_sources(playbook)
    yield from _repeated_lines(playbook)


def _names(playbook: Playbook) -> Iterator[Problem]:
    for table, there, wanted in (("moves", playbook.moves, MOVES), ("flags", playbook.flags, FLAGS)):
        for name in wanted:
            if name not in there:
                yield Problem((table, name), "missing")
        for name in there:
            if name not in wanted:
                yield Problem((table, name), "not a known name")


def _entry(key: Key, entry: Entry, repairs: tuple[str, ...]) -> Iterator[Problem]:
    if key[0] == "moves" and not entry.name:
        yield Problem((*key, "name"), "missing")
    if not repairs:
        if not entry.praise:
            yield Problem((*key, "praise"), "missing")
        return
    yield from too_few_lines(key, entry)
    for number, line in enumerate(entry.say, start=1):
        if line.makes not in repairs:
            yield Problem(
                (*key, "say"), f"line {number} makes {line.makes}, which is none of {', '.join(repairs)}"
            )


def too_few_lines(key: Key, entry: Entry) -> Iterator[Problem]:
    for where in ("phone", "counter"):
        count = len(suiting_lines(entry.say, where))
        if count < LEAST_LINES:
            place = "on the phone" if where == "phone" else "at a counter"
            yield Problem(
                (*key, "say"), f"needs at least {LEAST_LINES} lines for use {place}, and has {count}"
            )


def _unknown_sources(playbook: Playbook) -> Iterator[Problem]:
    for section, sources in cited(playbook).items():
        for source in sources:
            if source not in playbook.sources:
                yield Problem((*section.split("."), "sources"), f"{source} is not in [sources]")


def _repeated_lines(playbook: Playbook) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for key, line in sayings(playbook):
        plain = sounding(line)
        if plain in seen:
            yield Problem(key[:3], f"the line “{line}” is also in {seen[plain]}")
        seen[plain] = key_words(key[:2])


def sayings(playbook: Playbook) -> Iterator[tuple[Key, str]]:
    """Every line to say and every example, with its place."""
    for table, entries in (("moves", playbook.moves), ("flags", playbook.flags)):
        for name, entry in entries.items():
            yield from (((table, name, "say", n), said.line) for n, said in enumerate(entry.say))
            yield from (((table, name, "examples", n), line) for n, line in enumerate(entry.examples))


def sounding(line: str) -> str:
    """The line as it sounds, so that a comma or a capital makes no other line of it."""
    kept = "".join(mark for mark in line.casefold().replace("’", "'") if mark.isalnum() or mark in " '")
    return " ".join(kept.split())


def cited(playbook: Playbook) -> dict[str, tuple[str, ...]]:
    """Every section that names sources, by its key in the file, with the ids it names."""
    found: dict[str, tuple[str, ...]] = {}
    for table in ("moves", "flags", "prepared"):
        entries: Mapping[str, Entry | Prepared] = getattr(playbook, table)
        found |= {f"{table}.{name}": entry.sources for name, entry in entries.items()}
    return found | {"authority": playbook.authority.sources, "practice": playbook.practice.sources}
