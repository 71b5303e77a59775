"""The list of shared summaries: whose each is, what is still due in it, and where the words were said."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from coach.values.shares import Known, Wanted, told_apart
from tests.unit.sharing.share_parts import Pair, Someone, pair

__all__ = ["pair"]
TODAY = dt.date(2026, 12, 4)


def test_what_was_settled_when_it_was_shared_is_due_no_more(pair: Pair) -> None:
    """Due while it is open; kept and shared again, nobody waits for it. What is left out stays untold."""
    agent, reader, _folder = pair
    promised = agent.record.commitments[0].id
    agent.sharing.share("c1")
    reader.sharing.look()
    assert len(reader.sharing.inbox(Wanted(due_by=TODAY))) == 1
    agent.settled = frozenset({promised, "p-of-a-line-left-out"})
    agent.sharing.share("c1")
    reader.sharing.look()
    assert reader.sharing.inbox(Wanted(due_by=TODAY)) == []
    (row,) = reader.sharing.inbox()
    assert row.share.figures.settled == 2
    assert "left-out" not in str(reader.store.inbox()[0].body)


def known(number: int, name: str, fingerprint: str, retired: bool = False) -> Known:
    return Known(bytes([number]) * 32, "", name, fingerprint, retired=retired)


@pytest.mark.parametrize(
    ("people", "called"),
    [
        ([known(1, "Ann", "11111 2"), known(2, "Bob", "22222 3")], ["Ann", "Bob"]),
        ([known(1, "Ann", "11111 2"), known(2, "ANN", "22222 3")], ["Ann (11111)", "ANN (22222)"]),
        ([known(1, "Ann", "11111 2"), known(2, "Ann", "11111 3")], ["Ann (11111 2)", "Ann (11111 3)"]),
        (
            [known(1, "Ann", "11111 2", retired=True), known(2, "Ann", "22222 3")],
            ["Ann (earlier key 11111)", "Ann"],
        ),
        ([known(1, "Ann", "11111 2", retired=True)], ["Ann"]),
    ],
    ids=["two names", "one name", "alike in their first digits", "a key that was replaced", "gone"],
)
def test_two_people_of_one_name_are_told_apart(people: list[Known], called: list[str]) -> None:
    """By as many digits of the fingerprints as it takes; a name that is borne once stays as it is."""
    found = told_apart(people)
    assert [found[one.key] for one in people] == called


def test_the_list_says_which_of_two_namesakes_shared(pair: Pair, tmp_path: Path) -> None:
    """Each summary bears the digits of its own sender."""
    agent, reader, folder = pair
    other = Someone(tmp_path / "other")
    other.sharing.make_me("Ann Agent")
    other.settings.folder = str(folder)
    other.sharing.add_person(reader.known_as())
    other.settings.seal = False
    reader.sharing.add_person(other.known_as())
    for one in (agent, other):
        one.sharing.share("c1")
    reader.sharing.look()
    digits = {one.key: one.fingerprint.split()[0] for one in (agent.known_as(), other.known_as())}
    rows = reader.sharing.inbox()
    assert len(rows) == 2
    assert {row.person: row.name for row in rows} == {
        key: f"Ann Agent ({first})" for key, first in digits.items()
    }
    other.store.close()
