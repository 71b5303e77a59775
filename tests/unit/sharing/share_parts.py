"""Two people, a folder between them, and calls to share: for the tests of sharing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from coach.calls.record import apply
from coach.calls.shown import show
from coach.calls.summary import summarise
from coach.events import CallRecord
from coach.redaction.hiding import find, hide
from coach.services.sharing import EngineSharing
from coach.settings import SharingSettings
from coach.store.key import StoreKey
from coach.store.local import LocalStore
from coach.values.revisions import LineRevision, Revision, ShownSummary
from coach.values.shares import Known
from tests.unit.calls.call_parts import TITLES, call, promise

KEY = StoreKey("keyring", bytes(range(32)))
NOW = dt.datetime(2026, 11, 27, 14, 5, tzinfo=dt.UTC)
COMMENT = "Their number is 4111 1111 1111 1111."


def sample() -> CallRecord:
    record = call(
        ("You should have called us first.", {"blaming": "You should have called"}),
        ("I am sorry, that was on me.", {"owning": "that was on me"}),
        "I'll call you back on Friday with a date.",
    )
    due = dt.date(2026, 12, 4)
    apply(record, promise(record.turns[2], "I'll call you back on Friday", "call you back", due=due))
    return record


def shown(record: CallRecord) -> ShownSummary:
    revision = Revision(COMMENT, {"keep.1.owning": LineRevision(comment="Glad of that.")})
    return show(record, summarise(record, TITLES), revision, {(0, "blaming")})


@dataclass
class Someone:
    """One person at their own machine. ``now`` goes on by a second each time it is asked."""

    home: Path
    record: CallRecord = field(default_factory=sample)
    settings: SharingSettings = field(default_factory=SharingSettings)
    now: dt.datetime = NOW
    shown: Callable[[CallRecord], ShownSummary] = shown
    settled: frozenset[str] = frozenset({"p-7", "p-8", "p-9"})

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True)
        self.store = LocalStore(self.home / "calls.db", KEY)
        self.store.finish(self.record, summarise(self.record, TITLES))
        self.sharing = EngineSharing(
            lambda: self.store,
            lambda: True,
            lambda: self.settings,
            lambda _call_id: self.shown(self.record),
            lambda _call_id: (self.settled, 2),
            lambda text: hide(text, find(text)),
            self._tick,
        )

    def _tick(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=1)
        return self.now

    def known_as(self) -> Known:
        me = self.sharing.me()
        assert me is not None
        return self.sharing_of_a_stranger(me.card)

    @staticmethod
    def sharing_of_a_stranger(card: str) -> Known:
        from coach.sharing.identity import Person

        person = Person.from_card(card)
        return Known(person.sign_key, person.seal_key, person.name, person.fingerprint)


def two(tmp_path: Path) -> tuple[Someone, Someone, Path]:
    """An agent who shares in a folder, and a supervisor who reads there; they know each other."""
    folder = tmp_path / "between"
    folder.mkdir()
    agent, reader = Someone(tmp_path / "agent"), Someone(tmp_path / "reader")
    agent.sharing.make_me("Ann Agent")
    reader.sharing.make_me("Sue Supervisor")
    agent.settings.folder, agent.settings.rule = str(folder), "after-closing"
    reader.settings.team_room, reader.settings.team_folders = True, [str(folder)]
    known = reader.known_as()
    agent.sharing.add_person(Known(known.key, known.seal_key, "Sue", known.fingerprint, reads=True))
    reader.sharing.add_person(agent.known_as())
    return agent, reader, folder


Pair = tuple[Someone, Someone, Path]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """``two``, whose stores are closed in the end."""
    agent, reader, folder = two(tmp_path)
    yield agent, reader, folder
    agent.store.close()
    reader.store.close()
