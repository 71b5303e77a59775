"""A recording that is read anew, and then not: the call of before stays, and the recording is known by it.

And what goes on beside it, as a full disk or a faulty playbook, neither holds the line nor fails a recording.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from coach.errors import KnownError
from coach.events import Failure
from coach.ports import Sink
from coach.services.batch import EngineBatch
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


def full(*_asked: object) -> None:
    raise KnownError("disk-full", "There is no room.")


def test_what_a_crash_left_waits_also_where_the_disk_is_full(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would seem to be read for ever, and could neither be taken out nor begun."""
    engine.batch.add([folder / "a.wav"], Side())
    [cut] = engine.line.batch_items()
    engine.line.keep_batch_items([replace(cut, state=BatchState.RUNNING, tries=1)])
    monkeypatch.setattr(engine.line, "keep_batch_items", full)
    batch = EngineBatch(engine, lambda: engine.line, lambda: True)
    for _look in range(2):
        with suppress(KnownError):
            assert [one.state for one in batch.items()] == [BatchState.WAITING]
    assert [one.state for one in batch.items()] == [BatchState.WAITING]


def test_what_is_read_stops_also_where_the_disk_is_full(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken out with all others, which cannot be written down: it is out all the same, and not read on."""
    engine.slow = True
    told = Told()
    ids = [one.id for one in engine.batch.add([folder / "a.wav", folder / "b.wav"], Side())]
    engine.batch.run(told.events.put)
    told.until(lambda event: isinstance(event, ItemProgress))
    monkeypatch.setattr(engine.line, "keep_batch_items", full)
    with pytest.raises(KnownError, match="no room"):
        engine.batch.stop(ids)
    engine.go_on.set()
    told.end()
    assert engine.batch.items()[0].state is BatchState.STOPPED


def test_what_is_taken_out_as_the_line_comes_to_a_stop_is_out(engine: Engine, folder: Path) -> None:
    """The store is locked in the same moment: it does not wait to be read after all."""

    def before(_path: Path, _sink: Sink) -> None:
        engine.batch.stop([1])
        raise KnownError("store-locked", "Another program has it.")

    engine.before = before
    engine.batch.add([folder / "a.wav"], Side())
    [item] = done(engine.batch, Told())
    assert item.state is BatchState.STOPPED


def test_a_playbook_with_a_mistake_fails_no_recording(engine: Engine, folder: Path) -> None:
    """It was read to its end with the shipped one, and is known from then on."""

    def before(_path: Path, sink: Sink) -> None:
        sink(Failure(0.0, "playbook-damaged", "There is a mistake in line 3."))

    engine.before = before
    engine.batch.add([folder / "a.wav"], Side())
    [item] = done(engine.batch, Told())
    assert (item.state, item.why, bool(item.call_id)) == (BatchState.DONE, "", True)
    engine.batch.forget([item.id])
    engine.batch.add([folder / "a.wav"], Side())
    [item] = done(engine.batch, Told())
    assert item.state is BatchState.KNOWN


def test_a_side_that_is_chosen_while_it_is_read_counts(engine: Engine, folder: Path) -> None:
    """It came to its turn while the question was open: it is read by the side that was answered."""
    engine.slow = True
    told = Told()
    [item] = engine.batch.add([folder / "a.wav"], Side(0))
    engine.batch.run(told.events.put)
    told.until(lambda event: isinstance(event, ItemProgress))
    with engine.batch._lock:  # so that it cannot go on between
        engine.batch.again([item.id], Side(1))
        engine.slow = False
    engine.go_on.set()
    told.end()
    [heard] = engine.batch.items()
    assert (heard.state, heard.side) == (BatchState.DONE, Side(1))
    assert [channel for _path, channel in engine.opened] == [0, 1]
    assert set(engine.memory.calls) == {heard.call_id}


def test_two_windows_go_through_the_line_one_after_the_other(engine: Engine, folder: Path) -> None:
    """What one is reading the other leaves alone, and what it has read is not read or undone by the other."""
    other = EngineBatch(engine, lambda: engine.line, lambda: True)
    [first] = engine.batch.add([folder / "a.wav"], Side())
    assert [one.state for one in other.items()] == [BatchState.WAITING]
    engine.slow, told = True, Told()
    engine.batch.run(told.events.put)
    told.until(lambda event: isinstance(event, ItemProgress))
    refused = Told()
    other.run(refused.events.put)
    problem = refused.end().problem
    assert problem is not None
    assert problem.code == "line-elsewhere"
    engine.go_on.set()
    told.end()
    [read] = engine.batch.items()
    assert read.state is BatchState.DONE
    [_later] = engine.batch.add([folder / "b.wav"], Side())
    engine.slow = False
    assert [one.state for one in done(other, Told())] == [BatchState.DONE] * 2
    assert engine.line.batch_items()[0] == read
    assert engine.began == ["a.wav", "b.wav"]
    assert first.id == read.id
