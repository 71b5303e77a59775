"""Recordings in line: none is lost or done twice, one that fails stops no other, and a call comes first."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from coach.errors import KnownError
from coach.events import Failure, FileProgress, OtherVoice
from coach.ports import Sink
from coach.recordings.ledger import digest_of
from coach.services.batch import MOST_TRIES, EngineBatch
from coach.values.batches import BatchEnded, BatchEvent, BatchItem, BatchState, ItemProgress, Side
from tests.fakes import sample_call
from tests.fakes.batch import MemoryBatch
from tests.fakes.services import FakeServices, ScriptedCall
from tests.fakes.waiting import WAIT_S

LOOK_S = 0.02


class Told:
    """A sink that can be waited for."""

    def __init__(self) -> None:
        self.events: Queue[BatchEvent] = Queue()
        self.seen: list[BatchEvent] = []

    def until(self, met: Callable[[BatchEvent], bool]) -> BatchEvent:
        while True:
            event = self.events.get(timeout=WAIT_S)
            self.seen.append(event)
            if met(event):
                return event

    def end(self) -> BatchEnded:
        ended = self.until(lambda event: isinstance(event, BatchEnded))
        assert isinstance(ended, BatchEnded)
        return ended


class SlowCall(ScriptedCall):
    """Reads until it is let on; a ``stop`` ends it early. It is over once it is kept."""

    def start(self) -> None:
        self.asked.append("start")
        self.over = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        self.send(FileProgress(10.0, 100.0))
        self.services.go_on.wait(WAIT_S)
        super().stop()
        self.over.set()

    def join(self, timeout_s: float) -> bool:
        return self.over.wait(min(timeout_s, LOOK_S))

    def stop(self) -> None:
        self.asked.append("stop")
        self.services.go_on.set()

    services: Engine


class Engine(FakeServices):
    """Every recording says what the sample call says; ``before`` is told each path when it is begun."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()
        self.slow = False
        self.before: Callable[[Path, Sink], None] = lambda _path, _sink: None
        self.began: list[str] = []

    def file_call(self, path: Path, channel: int | None, sink: Sink, **chosen: Any) -> ScriptedCall:
        self.before(path, sink)
        call = super().file_call(path, channel, sink, **chosen)
        self.began.append(path.name)
        if self.slow:
            call = SlowCall(call.header, sink, self._finished)
            call.services = self
        return call


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = Engine()
    yield made
    made.go_on.set()
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.wav", "b.wav", "c.wav"):
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


def done(batch: EngineBatch, told: Told) -> list[BatchItem]:
    batch.run(told.events.put)
    told.end()
    return batch.items()


def test_each_recording_becomes_a_call(engine: Engine, folder: Path) -> None:
    """In order, with its flags, its length and what was taken as the agent's; a copy is known from before."""
    (folder / "b.wav").write_bytes(b"a.wav")
    engine.batch.add(sorted(folder.iterdir()), Side(1))
    items = done(engine.batch, Told())
    assert [one.state for one in items] == [BatchState.DONE, BatchState.KNOWN, BatchState.DONE]
    assert engine.opened == [(folder / "a.wav", 1), (folder / "c.wav", 1)]
    assert items[0].call_id == items[1].call_id != items[2].call_id
    assert items[0].duration_s > 0
    assert items[0].flags > 0
    assert items[0].taken == "Taken as yours: the right channel."
    assert engine.line.batch_items() == items


def test_what_fails_says_why_and_stops_no_other(engine: Engine, folder: Path) -> None:
    """A file that is none, one that vanished, a fault of ours: the rest is read, the report names them."""

    def before(path: Path, _sink: Sink) -> None:
        if path.name == "a.wav":
            raise KnownError("not-audio", "This is no recording.")
        if path.name == "b.wav":
            raise ZeroDivisionError

    engine.before = before
    engine.batch.add([folder / name for name in ("a.wav", "b.wav", "gone.wav", "c.wav")], Side())
    engine.channels = lambda path: 1 if path.exists() else _missing(path)  # type: ignore[method-assign]
    items = done(engine.batch, Told())
    assert [one.state.value for one in items] == ["failed", "failed", "failed", "done"]
    assert items[0].why == "This is no recording."
    assert "fault of its own" in items[1].why
    assert "does not exist" in items[2].why
    assert [row.split(",")[1] for row in engine.batch.report().splitlines()[1:]] == [
        "failed",
        "failed",
        "failed",
        "reviewed",
    ]


def _missing(path: Path) -> int:
    raise KnownError("file-missing", f"{path} does not exist.")


def test_a_full_disk_stops_the_line_and_loses_nothing(engine: Engine, folder: Path) -> None:
    """What every other recording would meet too is told once; all of them still wait."""

    def before(_path: Path, _sink: Sink) -> None:
        raise KnownError("disk-full", "There is no room.")

    engine.before = before
    engine.batch.add([folder / "a.wav", folder / "b.wav"], Side())
    told = Told()
    engine.batch.run(told.events.put)
    problem = told.end().problem
    assert problem is not None
    assert problem.code == "disk-full"
    assert [one.state for one in engine.batch.items()] == [BatchState.WAITING] * 2
    engine.before = lambda _path, _sink: None
    assert [one.state for one in done(engine.batch, told)] == [BatchState.DONE] * 2


def test_the_line_goes_on_after_a_crash(engine: Engine, folder: Path) -> None:
    """What ran when the program ended waits again, and is left out when that happens a second time."""
    engine.batch.add([folder / "a.wav", folder / "b.wav"], Side())
    cut, waiting = engine.line.batch_items()
    engine.line.keep_batch_items([replace(cut, state=BatchState.RUNNING, tries=1)])
    again = EngineBatch(engine, lambda: engine.line, lambda: True)
    assert [one.state for one in again.items()] == [BatchState.WAITING] * 2
    assert [one.state for one in done(again, Told())] == [BatchState.DONE] * 2
    engine.line.keep_batch_items(
        [replace(cut, state=BatchState.RUNNING, tries=MOST_TRIES), replace(waiting, state=BatchState.WAITING)]
    )
    last = done(EngineBatch(engine, lambda: engine.line, lambda: True), Told())
    assert [one.state for one in last] == [BatchState.FAILED, BatchState.KNOWN]
    assert "left out" in last[0].why


def test_one_and_all_can_be_taken_out(engine: Engine, folder: Path) -> None:
    """The half call of the one that runs is not kept; both can be put back."""
    engine.slow = True
    told = Told()
    ids = [one.id for one in engine.batch.add([folder / "a.wav", folder / "b.wav"], Side())]
    engine.batch.run(told.events.put)
    told.until(lambda event: isinstance(event, ItemProgress))
    engine.batch.stop(ids)
    told.end()
    assert [one.state for one in engine.batch.items()] == [BatchState.STOPPED] * 2
    assert engine.memory.calls == {}
    engine.slow = False
    engine.batch.again(ids)
    assert [one.state for one in done(engine.batch, told)] == [BatchState.DONE] * 2


def test_leaving_keeps_the_line(engine: Engine, folder: Path) -> None:
    """Quitting stops the one that runs, keeps no half call, and both wait for the next start."""
    engine.slow = True
    told = Told()
    engine.batch.add([folder / "a.wav", folder / "b.wav"], Side())
    engine.batch.run(told.events.put)
    told.until(lambda event: isinstance(event, ItemProgress))
    engine.batch.close()
    assert [(one.state, one.tries) for one in engine.line.batch_items()] == [(BatchState.WAITING, 0)] * 2
    assert engine.memory.calls == {}


def test_a_call_comes_first(engine: Engine, folder: Path) -> None:
    """On hold no recording is begun; let go, the line goes on by itself."""
    told = Told()
    engine.batch.hold(True)
    engine.batch.add([folder / "a.wav"], Side())
    engine.batch.run(told.events.put)
    assert engine.began == []
    engine.batch.hold(False)
    told.end()
    assert engine.began == ["a.wav"]


def test_another_side_replaces_the_call(engine: Engine, folder: Path) -> None:
    """Reviewed again with the other channel there is one call of it, and the old one can be brought back."""
    [item] = engine.batch.add([folder / "a.wav"], Side(0))
    told = Told()
    [first] = done(engine.batch, told)
    engine.batch.again([item.id], Side(1))
    [second] = done(engine.batch, told)
    assert engine.opened == [(folder / "a.wav", 0), (folder / "a.wav", 1)]
    assert set(engine.memory.calls) == {second.call_id}
    assert set(engine.memory.deleted) == {first.call_id}


@pytest.mark.parametrize(
    ("channels", "side", "found", "taken"),
    [
        (
            1,
            Side(1),
            None,
            "No second voice was found in it, so all that is said in it was taken as",
        ),
        (1, Side(1, everyone=True), None, "Every voice in it was taken as yours, as you said."),
        (2, Side(find=True), 0, "Yours is the left channel, where your voice was found."),
        (2, Side(find=True), None, "Your voice was found on none of its channels alone. No second voice"),
        (2, Side(), None, "All 2 channels together. No second voice was found"),
    ],
)
def test_what_was_taken_is_said(
    engine: Engine, folder: Path, channels: int, side: Side, found: int | None, taken: str
) -> None:
    """A recording with one channel has no other; nothing is taken as the agent's without saying so."""
    engine.channel_count, engine.channel = channels, found
    engine.batch.add([folder / "a.wav"], side)
    [item] = done(engine.batch, Told())
    assert item.taken.startswith(taken)
    assert engine.opened == [(folder / "a.wav", found if channels > 1 else None)]


def test_a_recording_that_is_read_elsewhere_is_left_alone(engine: Engine, folder: Path) -> None:
    """By the command line, say: its half call there is not taken for one that a crash left."""
    elsewhere = digest_of(folder / "a.wav")
    engine.line.read_elsewhere.add(elsewhere)
    engine.batch.add([folder / "a.wav", folder / "b.wav"], Side(1))
    first, second = done(engine.batch, Told())
    assert (first.state, second.state) == (BatchState.FAILED, BatchState.DONE)
    assert first.why.startswith("It is being read already")
    assert engine.began == ["b.wav"]
    engine.line.read_elsewhere.discard(elsewhere)
    engine.batch.again([first.id])
    assert done(engine.batch, Told())[0].state is BatchState.DONE


def test_a_line_that_cannot_be_kept_still_waits(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full when a recording is begun: told once, and it goes on when there is room."""

    def full(_items: object) -> None:
        raise KnownError("disk-full", "There is no room.")

    engine.batch.add([folder / "a.wav"], Side())
    told = Told()
    with monkeypatch.context() as patch:
        patch.setattr(engine.line, "keep_batch_items", full)
        engine.batch.run(told.events.put)
        problem = told.end().problem
    assert problem is not None
    assert [(one.state, one.tries) for one in engine.batch.items()] == [(BatchState.WAITING, 0)]
    assert [one.state for one in done(engine.batch, told)] == [BatchState.DONE]


def test_what_was_put_back_on_another_side_is_heard_by_that(engine: Engine, folder: Path) -> None:
    """Also where it was put back before it had come to a stop."""
    engine.slow = True
    told = Told()
    [item] = engine.batch.add([folder / "a.wav"], Side(0))
    engine.batch.run(told.events.put)
    told.until(lambda event: isinstance(event, ItemProgress))
    with engine.batch._lock:  # so that it cannot stop between
        engine.batch.stop([item.id])
        engine.batch.again([item.id], Side(1))
        engine.slow = False
    told.end()
    assert [channel for _path, channel in engine.opened] == [0, 1]
    assert [one.state for one in engine.batch.items()] == [BatchState.DONE]


def test_findings_are_no_failures(engine: Engine, folder: Path) -> None:
    """Silence, clipping and other voices are told with the recording, which counts as reviewed."""

    def before(_path: Path, sink: Sink) -> None:
        sink(OtherVoice(0.0, 70.0))
        sink(Failure(80.0, "recording-clipped", "It is clipped."))

    engine.before = before
    engine.batch.add([folder / "a.wav"], Side())
    [item] = done(engine.batch, Told())
    assert item.state is BatchState.DONE
    assert item.notes == ("Other voices spoke for 1:10; not a word of it was kept.", "It is clipped.")

    def silent(_path: Path, sink: Sink) -> None:
        sink(Failure(80.0, "no-speech", "No speech was heard. It is silent."))

    engine.before = silent
    engine.batch.add([folder / "b.wav"], Side())
    item = done(engine.batch, Told())[1]
    assert (item.state, item.notes) == (BatchState.DONE, ("No speech was heard. It is silent.",))
    # Where nothing was said, nothing was taken as anybody's; what was found comes before that.
    assert item.taken == "All 2 channels together."
    assert "No speech was heard. It is silent. All 2 channels together." in engine.batch.report()


def test_what_waits_already_is_not_added_twice(engine: Engine, folder: Path) -> None:
    """Nor the same file named twice; once it is over it may be added again, and is known then."""
    assert len(engine.batch.add([folder / "a.wav", folder / "a.wav"], Side())) == 1
    assert engine.batch.add([folder / "a.wav"], Side()) == []
    engine.batch.forget([1])
    assert len(engine.batch.items()) == 1
    done(engine.batch, Told())
    engine.batch.forget([1])
    assert engine.batch.items() == engine.line.batch_items() == []


def test_a_line_in_a_store_that_is_not_there_yet_is_empty() -> None:
    """Looking makes no store."""
    services = FakeServices()

    def refuse() -> MemoryBatch:
        raise AssertionError("the store was opened")

    assert EngineBatch(services, refuse, lambda: False).items() == []


@pytest.mark.parametrize(
    ("side", "channels", "heard"),
    [
        (Side(), 2, None),
        (Side(1), 2, 1),
        (Side(1), 1, None),
        (Side(find=True), 2, 0),
        (Side(voice_id=3), 2, None),
    ],
)
def test_voices_are_looked_for_where_the_recording_is_read(
    engine: Engine, folder: Path, side: Side, channels: int, heard: int | None
) -> None:
    """Others on the agent's own channel are told apart on that channel, not in a mix of all."""
    engine.channel_count, engine.channel = channels, 0
    engine.batch.voices(folder / "a.wav", lambda _what, _done, _total: None, side)
    assert engine.voices_asked == [heard]


def test_the_sample_call_has_flags() -> None:
    """What the tests above count on."""
    assert sample_call.record().moves


def test_what_is_added_as_the_line_ends_begins_anew(engine: Engine, folder: Path) -> None:
    """The end was told, and its thread has not ended yet: the recording is read all the same."""
    told = Told()

    def sink(event: BatchEvent) -> None:
        if isinstance(event, BatchEnded):
            engine.batch.add([folder / "b.wav"], Side(1))
            engine.batch.run(told.events.put)

    engine.batch.add([folder / "a.wav"], Side(1))
    engine.batch.run(sink)
    told.end()
    assert [one.state for one in engine.batch.items()] == [BatchState.DONE] * 2
