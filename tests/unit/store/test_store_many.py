"""Years of calls: every one of them is listed."""

from __future__ import annotations

from pathlib import Path

from coach.events import CallRecord
from coach.store.local import LocalStore
from tests.unit.store.store_parts import KEY, header, summary, turn

MANY = 230


def test_every_call_is_listed_and_found_however_many_there_are(tmp_path: Path) -> None:
    """The oldest too; only where a limit is named there are no more."""
    store = LocalStore(tmp_path / "calls.db", KEY)
    for number in range(MANY):
        name = f"c{number}"
        store.finish(CallRecord(header(name, hours=-number), turns=[turn(0, "parcel")]), summary(name))
    assert [one.id for one in store.listing()] == [f"c{number}" for number in range(MANY)]
    assert len(store.listing("parcel")) == MANY
    assert len(store.listing(limit=3)) == 3
    store.close()
