"""What the room "Playbook" lists: one entry for each thing to read, in groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coach.values.handbook import Advice, Decide, Handbook, Plan
from ui import text

DECIDE = "decide"
AT_HAND, REPAIRS, SOURS, MISSING, SOURCES = "at-hand", "repairs", "sours", "missing", "sources"
GROUPS: dict[str, tuple[str, str]] = {
    AT_HAND: ("Ready at hand", ""),
    REPAIRS: ("Repairs", "It repairs"),
    SOURS: ("Makes it worse", "It makes a conversation worse"),
    MISSING: ("Missing from a call", "Easily forgotten"),
    SOURCES: ("Where it comes from", ""),
}
"""Heading in the list, and what a screen reader and the page say of one of the group."""

ARTICLES: dict[str, str] = {
    "A": "Six ways back on track",
    "B": "Five tips from a mediator",
    "C": "Do's and don'ts of recovery",
    "D": "Out of defeat, a victory",
    "E": "Turning bad moments good",
}
"""The five articles that the points are from, by the letter of their ids."""

FLAG_NAMES: dict[str, str] = {
    "no_apology": "No sorry",
    "no_commitment": "No next step",
    "no_ask": "No question what they want",
    "no_root_cause": "No look for the cause",
    "monologue": "A long explanation",
    "perks_alone": "A perk and nothing else",
}

ELSEWHERE: dict[str, str] = {
    "B5": "Commitments reminds you to look after them; selling while they complain is flagged.",
    "B6": "Practice: your own turns again, written situations, a quiz, what-ifs and role-plays.",
    "C4": "A call that closes without a next step says so; what is past its time comes first in Commitments.",
    "C7": "The summary shows where you went for the cause, and says when nobody did.",
    "C8": "Team: the filter by move finds all calls with the same trouble among those that were shared.",
    "D1": "A bare sorry after an apology counts as a hollow one: once and briefly is enough.",
    "D4": "Commitments: followed until they are kept, with reminders and the share you kept in time.",
    "E2": "The cause you found stands in the summary you share, so that the next one can be prevented.",
    "E4": "The share of talking and listening, if you let it be counted (settings, page Your voice).",
    "E7": "Commitments tells what was kept early from what was kept in time.",
    "E8": "What customers suggest has a part of its own in the summary, and goes along when you share it.",
}
"""Where a point is at work beside the moves that name it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. ``about`` is what it is made from; the letter of an article for sources."""

    key: str
    group: str
    title: str
    about: Decide | Plan | Advice | str


@dataclass(frozen=True, slots=True)
class Use:
    """Where a point is at work: the entry to go to."""

    key: str
    title: str
    kind: str


def entries(book: Handbook) -> list[Entry]:
    """Every row, in the order of the list."""
    made = [Entry(DECIDE, AT_HAND, book.decide.title, book.decide)]
    made += [Entry(f"plan.{plan.name}", AT_HAND, plan.failure, plan) for plan in book.plans]
    for group, all_of in ((REPAIRS, book.repairs), (SOURS, book.sours), (MISSING, book.missing)):
        made += [Entry(one.name, group, advice_name(one), one) for one in all_of]
    made += [Entry(letter, SOURCES, words, letter) for letter, words in ARTICLES.items()]
    return made


def advice_name(advice: Advice) -> str:
    """What the move is called in a transcript."""
    return FLAG_NAMES.get(advice.name) or text.MOVE_NAMES.get(advice.name, advice.title)


def points_of(letter: str, book: Handbook) -> list[tuple[str, str]]:
    """The points of one article: id and words."""
    return [(key, words) for key, words in book.points.items() if key.startswith(letter)]


def uses(point: str, book: Handbook) -> list[Use]:
    """Everything in the playbook that stands on a point."""
    found = []
    for entry in entries(book):
        if not isinstance(entry.about, str) and point in entry.about.sources:
            kind = GROUPS[entry.group][1] or (
                "A plan" if isinstance(entry.about, Plan) else "What you may give"
            )
            found.append(Use(entry.key, entry.title, kind))
    return found


def matching(book: Handbook, words: str) -> set[str]:
    """Keys of the entries that have all of the words somewhere, in whatever order."""
    wanted = words.casefold().split()
    return {
        entry.key
        for entry in entries(book)
        if all(word in "\n".join(_texts(entry, book)).casefold() for word in wanted)
    }


def _texts(entry: Entry, book: Handbook) -> Iterator[str]:
    yield entry.title
    about = entry.about
    if isinstance(about, str):
        for point, words in points_of(about, book):
            yield f"{point} {words} {ELSEWHERE.get(point, '')}"
        return
    if isinstance(about, Decide):
        yield from (f"{what} {limit}" for what, limit in about.may)
        yield from (about.why, *about.ask_first)
    elif isinstance(about, Plan):
        yield from (*about.steps, about.line)
    else:
        yield from (about.title, about.why, about.card, *(line.line for line in about.lines))
    yield from (f"{source} {book.points.get(source, '')}" for source in about.sources)
