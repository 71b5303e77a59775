"""An organisation's own playbook: only what is different, laid over the shipped one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from coach.coaching.playbook import (
    FLAGS,
    VERSION,
    Authority,
    Entry,
    Line,
    Note,
    Playbook,
    Prepared,
    Problem,
    Said,
    Sources,
    Text,
    Topics,
    fitting_repairs,
    sayings,
    sounding,
    too_few_lines,
)
from coach.places import Key
from coach.taxonomy import MOVES, REPAIR

_CONFIG = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, config=_CONFIG)
class OwnEntry:
    """Changes to one move or flag. What is left out stays as shipped.

    Lines and examples come before the shipped ones. ``leave_out`` drops shipped lines by their words,
    ``only_these`` all of them.
    """

    title: Text | None = None
    name: Text | None = None
    why: Text | None = None
    sources: Sources | None = None
    praise: Text | None = None
    say: tuple[Line, ...] = ()
    examples: tuple[Said, ...] = ()
    leave_out: tuple[Text, ...] = ()
    only_these: bool = False


@dataclass(frozen=True, slots=True, config=_CONFIG)
class OwnPlaybook:
    """The file of an organisation. ``own`` holds moves it adds, which ``coach.moves`` reads."""

    version: int = VERSION
    moves: Mapping[str, OwnEntry] = Field(default_factory=dict)
    flags: Mapping[str, OwnEntry] = Field(default_factory=dict)
    authority: Authority | None = None
    prepared: Mapping[str, Prepared] = Field(default_factory=dict)
    practice: Note | None = None
    sources: Mapping[str, Text] = Field(default_factory=dict)
    topics: Topics = Field(default_factory=dict)
    own: Mapping[str, Any] = Field(default_factory=dict)

    def entries(self) -> Iterator[tuple[Key, OwnEntry]]:
        yield from ((("moves", name), entry) for name, entry in self.moves.items())
        yield from ((("flags", name), entry) for name, entry in self.flags.items())


def merged(shipped: Playbook, ours: OwnPlaybook) -> Playbook:
    """The shipped playbook with ``ours`` over it. Names ``ours`` may not have are left out."""
    return dataclasses.replace(
        shipped,
        moves=_over(shipped.moves, ours.moves),
        flags=_over(shipped.flags, ours.flags),
        authority=ours.authority or shipped.authority,
        prepared={**shipped.prepared, **ours.prepared},
        practice=ours.practice or shipped.practice,
        sources={**shipped.sources, **ours.sources},
        topics={
            topic: tuple(dict.fromkeys((*shipped.topics.get(topic, ()), *ours.topics.get(topic, ()))))
            for topic in {**shipped.topics, **ours.topics}
        },
    )


def _over(shipped: Mapping[str, Entry], ours: Mapping[str, OwnEntry]) -> dict[str, Entry]:
    return {name: _entry(entry, ours[name]) if name in ours else entry for name, entry in shipped.items()}


def _entry(shipped: Entry, ours: OwnEntry) -> Entry:
    dropped = {sounding(line) for line in ours.leave_out}
    said = dropped | {sounding(line.line) for line in ours.say}
    shown = dropped | {sounding(line) for line in ours.examples}
    kept = () if ours.only_these else shipped.say
    examples = () if ours.only_these else shipped.examples
    return dataclasses.replace(
        shipped,
        title=ours.title or shipped.title,
        name=ours.name or shipped.name,
        why=ours.why or shipped.why,
        sources=ours.sources or shipped.sources,
        praise=ours.praise or shipped.praise,
        say=(*ours.say, *(line for line in kept if sounding(line.line) not in said)),
        examples=(*ours.examples, *(line for line in examples if sounding(line) not in shown)),
    )


def own_problems(ours: OwnPlaybook, shipped: Playbook) -> Iterator[Problem]:
    """What the types cannot say of an organisation's file."""
    whole = merged(shipped, ours)
    for key, entry in ours.entries():
        table, name = str(key[0]), str(key[1])
        known = MOVES if table == "moves" else FLAGS
        if name not in known:
            yield Problem(key, f"“{name}” is no {_KIND[table]}", _instead(name, known))
            continue
        yield from _sources(key, entry, whole)
        yield from _say(key, entry)
        yield from _leave_out(key, entry, shipped.entry(name))
        if name not in REPAIR:
            yield from too_few_lines(key, whole.entry(name))
    for plan, prepared in ours.prepared.items():
        yield from _sources(("prepared", plan), prepared, whole)
    for section, note in (("authority", ours.authority), ("practice", ours.practice)):
        if note is not None:
            yield from _sources((section,), note, whole)
    yield from _repeated(ours, whole)


_KIND = {"moves": "move Sameside knows", "flags": "whole-call flag"}


def _instead(word: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(word, known, n=1)
    return f"Did you mean “{close[0]}”?" if close else f"Use one of: {', '.join(known)}."


def _sources(key: Key, section: OwnEntry | Prepared | Authority | Note, whole: Playbook) -> Iterator[Problem]:
    for number, source in enumerate(section.sources or ()):
        if source not in whole.sources:
            yield Problem(
                (*key, "sources", number),
                f"there is no source “{source}”",
                f'Use ids such as A1 or E8, or explain yours under [sources]: {source} = "...".',
            )


def _say(key: Key, entry: OwnEntry) -> Iterator[Problem]:
    name = str(key[1])
    if name in REPAIR:
        if entry.say:
            yield Problem(
                (*key, "say"), f"{name} repairs, so it is not answered", "Call the list “examples”."
            )
        return
    if entry.examples:
        yield Problem((*key, "examples"), "only moves that repair have examples", "Call the list “say”.")
    if entry.praise:
        yield Problem((*key, "praise"), "only moves that repair are praised", "Take the line out.")
    repairs = fitting_repairs(name)
    for number, line in enumerate(entry.say):
        if line.makes not in repairs:
            wrong = "is no move that repairs" if line.makes not in REPAIR else f"does not answer {name}"
            close = get_close_matches(line.makes, repairs, n=1)
            mend = f"Did you mean “{close[0]}”?" if close else f"What answers it: {', '.join(repairs)}."
            yield Problem((*key, "say", number, "makes"), f"“{line.makes}” {wrong}", mend)


def _leave_out(key: Key, entry: OwnEntry, shipped: Entry) -> Iterator[Problem]:
    lines = [line.line for line in shipped.say] + list(shipped.examples)
    there = {sounding(line) for line in lines}
    for number, line in enumerate(entry.leave_out):
        if sounding(line) not in there:
            close = get_close_matches(line, lines, n=1)
            mend = (
                f"Did you mean “{close[0]}”?" if close else f"“sameside playbook show {key[1]}” lists them."
            )
            yield Problem((*key, "leave_out", number), f"no shipped line says “{line}”", mend)


def _repeated(ours: OwnPlaybook, whole: Playbook) -> Iterator[Problem]:
    """Lines of ours said before: in ours, or in what is left of the shipped playbook."""
    seen: dict[str, Key] = {}
    own: list[tuple[Key, str]] = []
    for key, entry in ours.entries():
        own += [((*key, "say", n, "line"), line.line) for n, line in enumerate(entry.say)]
        own += [((*key, "examples", n), line) for n, line in enumerate(entry.examples)]
    in_ours = {(key[:2], sounding(line)) for key, line in own}
    kept = [(key[:2], sounding(line)) for key, line in sayings(whole)]
    shipped = {plain: key for key, plain in kept if (key, plain) not in in_ours}
    for key, line in own:
        plain = sounding(line)
        where = seen.get(plain) or shipped.get(plain)
        if where is not None:
            yield Problem(
                key,
                f"“{line}” is also a line of {'.'.join(str(part) for part in where[:2])}",
                "Say it in other words: no line appears twice, so that none is heard twice in a call.",
            )
        seen.setdefault(plain, key)
