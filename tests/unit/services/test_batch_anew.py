"""A recording that is read anew, and then not: the call of before stays, and the recording is known by it."""

from __future__ import annotations

from pathlib import Path

from coach.values.batches import BatchState, ItemProgress, Side
from tests.unit.services.test_batch_services import Engine, Told, done, engine, folder

__all__ = ["engine", "folder"]


def test_what_is_taken_out_while_it_is_read_anew_stays_known(engine: Engine, folder: Path) -> None:
    """Added again it is not read a second time, and there is one call of it."""
    [item] = engine.batch.add([folder / "a.wav"], Side(0))
    told = Told()
    [first] = done(engine.batch, told)
    engine.slow = True
    engine.batch.again([item.id], Side(1))
    engine.batch.run(told.events.put)
    told.until(lambda event: isinstance(event, ItemProgress))
    engine.batch.stop([item.id])
    told.end()
    engine.slow = False
    engine.batch.add([folder / "a.wav"], Side(0))
    stopped, added = done(engine.batch, told)
    assert (stopped.state, added.state) == (BatchState.STOPPED, BatchState.KNOWN)
    assert added.call_id == first.call_id
    assert set(engine.memory.calls) == {first.call_id}
