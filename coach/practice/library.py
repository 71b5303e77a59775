"""Everything there is to practise with, read and checked together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass as checked

from coach.practice.content import CONFIG, QuizItem, Situation, WhatIf
from coach.practice.reading import damaged, line_of, read_toml
from coach.practice.scenario import Scenario
from coach.practice.scenario_check import problems

Entry = Situation | QuizItem | WhatIf | Scenario


@checked(frozen=True, slots=True, config=CONFIG)
class _Situations:
    situation: tuple[Situation, ...]


@checked(frozen=True, slots=True, config=CONFIG)
class _Quiz:
    item: tuple[QuizItem, ...]


@checked(frozen=True, slots=True, config=CONFIG)
class _WhatIfs:
    turn: tuple[WhatIf, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """``assets/practice``, in the order of its files."""

    situations: tuple[Situation, ...]
    quiz: tuple[QuizItem, ...]
    what_ifs: tuple[WhatIf, ...]
    scenarios: tuple[Scenario, ...]

    def scenario(self, scenario_id: str) -> Scenario | None:
        return next((one for one in self.scenarios if one.id == scenario_id), None)


def load_library(folder: Path, sources: Collection[str]) -> Library:
    """The exercises in ``folder``; ``sources`` are the ids of the playbook.

    Raises ``KnownError``: "practice-missing", or "practice-damaged" naming file, line and key.
    """
    paths = folder / "situations.toml", folder / "quiz.toml", folder / "what_if.toml"
    situations = read_toml(paths[0], TypeAdapter(_Situations)).situation
    quiz = read_toml(paths[1], TypeAdapter(_Quiz)).item
    what_ifs = read_toml(paths[2], TypeAdapter(_WhatIfs)).turn
    lists: tuple[Sequence[Entry], ...] = (situations, quiz, what_ifs)
    for path, table, entries in zip(paths, ("situation", "item", "turn"), lists, strict=True):
        for place, problem in _problems(entries, sources):
            raise damaged(path, line_of(path.read_text(encoding="utf-8"), (table, place)), problem)
    files = sorted((folder / "roleplay").glob("*.toml"))
    scenarios = tuple(load_scenario(file, sources) for file in files)
    for place, problem in _problems(scenarios, ()):
        raise damaged(files[place], line_of(files[place].read_text(encoding="utf-8"), ("id",)), problem)
    return Library(situations, quiz, what_ifs, scenarios)


def load_scenario(path: Path, sources: Collection[str]) -> Scenario:
    """One role-play, sound as a machine. Raises ``KnownError`` as ``load_library``."""
    scenario = read_toml(path, TypeAdapter(Scenario))
    for problem in (*_unknown(scenario, sources), *problems(scenario)):
        key = problem.split(":")[0].split(".")
        raise damaged(path, line_of(path.read_text(encoding="utf-8"), key), problem)
    return scenario


def _problems(entries: Sequence[Entry], sources: Collection[str]) -> Iterator[tuple[int, str]]:
    """What the types cannot say, each with the place of its entry."""
    ids: set[str] = set()
    lines: dict[str, str] = {}
    for place, entry in enumerate(entries):
        if entry.id in ids:
            yield place, f"the id {entry.id} appears twice"
        ids.add(entry.id)
        if not isinstance(entry, Scenario):
            yield from ((place, f"{entry.id}: {problem}") for problem in _unknown(entry, sources))
        for line in lines_of(entry):
            key = " ".join(line.casefold().split())
            if key in lines:
                yield place, f"{entry.id}: the line “{line}” is also in {lines[key]}"
            lines[key] = entry.id


def _unknown(entry: Entry, sources: Collection[str]) -> list[str]:
    return [f"sources: {source} is not in the playbook" for source in entry.sources if source not in sources]


def lines_of(entry: Entry) -> list[str]:
    """Every line that somebody says in an entry."""
    match entry:
        case Situation():
            return [entry.said, entry.customer, *entry.good, entry.poor]
        case QuizItem():
            options = [] if entry.kind == "name-move" else [*entry.right, *entry.wrong]
            return [*([entry.turn] if entry.turn else []), *options]
        case WhatIf():
            return [
                entry.customer,
                entry.said,
                *(line for way in entry.instead for line in (way.say, way.reply)),
            ]
        case Scenario():
            return [line for state in entry.states.values() for line in (state.says, *state.again)]
