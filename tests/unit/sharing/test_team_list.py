"""The list of shared summaries: whose each is, what is still due in it, and where the words were said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.values.shares import Wanted
from tests.unit.sharing.share_parts import Someone, two

Pair = tuple[Someone, Someone, Path]
TODAY = dt.date(2026, 12, 4)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    agent, reader, folder = two(tmp_path)
    yield agent, reader, folder
    agent.store.close()
    reader.store.close()


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
