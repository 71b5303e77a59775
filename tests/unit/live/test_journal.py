"""What a call leaves in the store at its end, also where something was said of it elsewhere while it ran."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from coach.calls.record import apply
from coach.commitments.office import ALWAYS
from coach.errors import KnownError
from coach.events import Answer, CallRecord
from coach.live.journal import Journal
from coach.services.follow_up import EngineFollowUp
from coach.store.local import LocalStore
from tests.unit.store.store_parts import KEY, header, promise, turn


def quietly(_error: KnownError, _mended: bool) -> None:
    """Nobody listens."""


@pytest.mark.parametrize("late", [False, True])
def test_a_promise_that_is_answered_in_the_list_while_its_call_runs_stays_answered(
    tmp_path: Path, late: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the window or at the command line; its summary leaves it out too, also where it is saved late."""
    engines, other = (LocalStore(tmp_path / "calls.db", KEY) for _ in range(2))
    record = CallRecord(header())
    journal = Journal(engines, record, {})
    journal.begin(quietly)
    for item in (turn(0, "I'll call you back soon"), promise()):
        apply(record, item)
        journal.keep(item, quietly)
    room = EngineFollowUp(lambda: other, lambda: True, lambda _day: ALWAYS, dt.timedelta, dict)
    room.answer(("c1", "p1"), Answer.DROPPED)
    if late:
        with monkeypatch.context() as patch:
            patch.setattr(engines, "finish", _full)
            assert not journal.finish(quietly)[1]
        assert journal.retry(quietly)
    else:
        assert journal.finish(quietly)[1]
    kept, summary = other.load("c1")
    assert [made.answer for made in kept.commitments] == [Answer.DROPPED]
    assert record.commitments == kept.commitments
    assert summary is not None
    assert [section.lines for section in summary.sections if section.key == "commitments"] == [()]
    other.close()


def _full(*_call: object) -> None:
    raise KnownError("disk-full", "There is no room.")
