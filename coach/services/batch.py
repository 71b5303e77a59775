"""The part of the composition root that goes through recordings in line, on a thread of its own."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from coach.errors import KnownError
from coach.events import FileProgress
from coach.machine.priority import give_way
from coach.ports import Progress
from coach.recordings.estimate import Estimate
from coach.recordings.finding import recordings_in
from coach.recordings.once import STOPS_ALL, OnceStore, take_once
from coach.recordings.report import Outcome, Result, as_csv
from coach.services.batch_items import as_found, outcome_of, put_back, size_of
from coach.services.batch_run import BatchEngine, Hold, RecordingRun, StoppedError, told_of_it
from coach.values.batches import (
    OVER,
    BatchEnded,
    BatchItem,
    BatchServices,
    BatchSink,
    BatchState,
    Forgotten,
    FoundVoice,
    ItemChanged,
    ItemProgress,
    SeveralVoicesError,
    Side,
)

log = logging.getLogger(__name__)

TOLD_EVERY_S = 0.25
_LINE = "the line of recordings"
"""What one program at a time goes through."""
MOST_TRIES = 2
"""A recording that was begun so often and never ended is left out: it may be what ends the program."""

_FAULT = "Sameside met a fault of its own on this recording. Its log says more; the others go on."
_VOICE_GONE = "The voice you picked for this recording is not kept any more. Pick it again."
_ELSEWHERE = (
    "Recordings are gone through already, in another window of Sameside. Wait for that, then go on here."
)
_LEFT_OUT = "Sameside ended twice while it read this recording, so it was left out. Try it again on its own."


class EngineBatch(BatchServices):
    """``store`` opens the store, and raises what it raises; ``any_kept`` is false where there is none yet."""

    def __init__(
        self,
        engine: BatchEngine,
        store: Callable[[], OnceStore],
        any_kept: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine = engine
        self._store = store
        self._any_kept = any_kept
        self._clock = clock
        self._lock = threading.RLock()
        self._items: dict[int, BatchItem] | None = None
        self._stored: dict[int, BatchItem] = {}
        """As the store had each when it was read or written here last: another window may change it."""
        self._thread: threading.Thread | None = None
        self._current: RecordingRun | None = None
        self._hold = Hold()
        self._estimate = Estimate(clock())
        self._told_s = 0.0
        self._leaving = self._ended = False
        self._put_back: dict[int, Side | None] = {}
        self._sink: BatchSink = lambda _event: None

    @property
    def running(self) -> bool:
        return self._thread is not None and self._thread.is_alive() and not self._ended

    def find(self, named: Sequence[Path], most: int | None) -> list[Path]:
        return recordings_in(named, most)

    def items(self) -> list[BatchItem]:
        with self._lock:
            return list(self._known().values())

    def add(self, paths: Sequence[Path], side: Side) -> list[BatchItem]:
        """Those that wait already are not added once more."""
        with self._lock:
            known = self._known()
            waiting = {one.path for one in known.values() if one.state not in OVER}
            fresh = [path for path in dict.fromkeys(paths) if path not in waiting]
            made = self._store().add_batch_items(
                [BatchItem(0, path, side, size_bytes=size_of(path)) for path in fresh]
            )
            self._note(made)
        return made

    def run(self, sink: BatchSink) -> None:
        with self._lock:
            if self.running:
                return
            self._sink, self._leaving, self._ended = sink, False, False
            self._thread = threading.Thread(target=self._work, name="sameside-batch", daemon=True)
            self._thread.start()

    def hold(self, on: bool) -> None:
        with self._lock:
            self._estimate.hold(on, self._clock())
        self._hold.set(on)

    def stop(self, ids: Sequence[int]) -> list[BatchItem]:
        with self._lock:
            chosen = [self._known()[one] for one in ids if one in self._known()]
            stopped = [
                replace(one, state=BatchState.STOPPED)
                for one in chosen
                if one.state in (BatchState.WAITING, BatchState.ASKING)
            ]
            current = self._current
            if current is not None and current.item.id in ids:
                # First, for it needs no room: the store may take nothing now.
                current.stop()
            self._keep(stopped)
        return stopped

    def again(self, ids: Sequence[int], side: Side | None = None) -> list[BatchItem]:
        with self._lock:
            chosen = [self._known()[one] for one in ids if one in self._known()]
            changed = [put_back(one, side) for one in chosen if one.state is not BatchState.RUNNING]
            current = self._current
            if current is not None and current.item.id in ids:
                other_side = side not in (None, current.item.side)
                if other_side:
                    current.stop()
                if current.stopped:
                    # Taken out and at once put back, or heard by another side than is wanted by now: it waits
                    # again as soon as it has stopped.
                    self._put_back[current.item.id] = side
            self._keep(changed)
        return changed

    def forget(self, ids: Sequence[int]) -> Forgotten:
        with self._lock:
            known = self._known()
            gone = [known[one] for one in ids if one in known and known[one].state in OVER]
            picked = {one.side.voice_id for one in gone if one.side.voice_id}
            found = {number: self._store().batch_voice(number) for number in picked}
            voices = {number: voice for number, voice in found.items() if voice is not None}
            self._store().forget_batch_items([one.id for one in gone])
            for one in gone:
                del known[one.id]
                self._stored.pop(one.id, None)
        return Forgotten(tuple(gone), voices)

    def put_back(self, forgotten: Forgotten) -> None:
        with self._lock:
            self._store().put_back_batch_items(forgotten)
            self._note(forgotten.items)
            self._in_order()

    def report(self) -> str:
        return as_csv([outcome_of(one) for one in self.items()])

    def channels(self, path: Path) -> int:
        return self._engine.channels(path)

    def voices(self, path: Path, progress: Progress, side: Side | None = None) -> list[FoundVoice]:
        return self._engine.voices_in(path, progress, self._channel(path, side or Side()), lone=False)

    def _channel(self, path: Path, side: Side) -> int | None:
        """Where it is read by ``side``: voices of a mix may be others, or count otherwise."""
        if side == Side() or self._engine.channels(path) < 2:
            return None
        found = self._engine.agent_channel(path) if side.find else None
        return side.channel if found is None else found

    def keep_voice(self, voice: FoundVoice, enrol: bool) -> int:
        if enrol:
            self._engine.enrol_picked(voice.profile)
            return 0
        return self._store().keep_batch_voice(voice.profile)

    def close(self) -> None:
        with self._lock:
            self._leaving = True
            if self._current is not None:
                self._current.stop()
        self._hold.wake()
        if self._thread is not None:
            self._thread.join()

    def _known(self) -> dict[int, BatchItem]:
        """Read once; what a crash left running waits again. That is not written down before it is begun anew:
        a full disk would refuse it, and the next start finds the same."""
        if self._items is None:
            found = self._store().batch_items() if self._any_kept() else []
            self._items = {one.id: as_found(one) for one in found}
            self._stored = {one.id: one for one in found}
        return self._items

    def _keep(self, changed: Sequence[BatchItem]) -> None:
        if changed:
            self._store().keep_batch_items(changed)
            self._note(changed)

    def _note(self, stored: Sequence[BatchItem]) -> None:
        of_each = {one.id: one for one in stored}
        self._known().update(of_each)
        self._stored |= of_each

    def _in_order(self) -> None:
        known = self._known()
        self._items = {number: known[number] for number in sorted(known)}

    def _catch_up(self) -> None:
        """What another window made of the line meanwhile counts, and what only this one knows stays."""
        with self._lock:
            known, now = self._known(), {one.id: one for one in self._store().batch_items()}
            other = [one for one in now.values() if one != self._stored.get(one.id)]
            for gone in self._stored.keys() - now.keys():
                known.pop(gone, None)
            known.update({one.id: as_found(one) for one in other})
            self._stored = now
            self._in_order()
        for one in other:
            self._sink(ItemChanged(as_found(one)))

    def _work(self) -> None:
        give_way()
        problem: KnownError | None = None
        try:
            with self._store().reading_alone(_LINE) as alone:
                if not alone:
                    raise KnownError("line-elsewhere", _ELSEWHERE)
                self._catch_up()
                while (item := self._next()) is not None:
                    self._take(item)
        except KnownError as error:
            problem = error
        except Exception:
            log.exception("the recordings in line stopped on a bug")
            problem = KnownError("bug", "Sameside met a fault of its own. Its log says more.")
        finally:
            with self._lock:
                # What is added from here on begins anew, though this thread takes a moment to end.
                self._ended = True
                self._sink(BatchEnded(problem))

    def _next(self) -> BatchItem | None:
        self._hold.wait(lambda: self._leaving)
        with self._lock:
            if self._leaving:
                return None
            return next((one for one in self._known().values() if one.state is BatchState.WAITING), None)

    def _take(self, item: BatchItem) -> None:
        """Raises ``KnownError`` for what every other recording would meet too; this one then waits again."""
        if item.tries >= MOST_TRIES:
            self._become(replace(item, state=BatchState.FAILED, why=_LEFT_OUT, tries=0))
            return
        voice = self._store().batch_voice(item.side.voice_id) if item.side.voice_id else None
        if item.side.voice_id and voice is None:
            # Heard without it, the words of everybody would be written down.
            self._become(replace(item, state=BatchState.FAILED, why=_VOICE_GONE, tries=0))
            return
        run = self._begun(item, voice)
        if run is None:
            return
        over = item
        try:
            self._become(run.item)
            over = self._hear(run)
        finally:
            with self._lock:
                self._current = None
                if run.stopped and not self._leaving and over.state is BatchState.WAITING:
                    # Taken out, and then something else went wrong: it is out all the same.
                    over = replace(over, state=BatchState.STOPPED, tries=0)
                self._estimate.end(over.state is BatchState.DONE, self._clock())
                wanted = self._put_back.get(over.id)
                if over.id in self._put_back and (
                    over.state is BatchState.STOPPED or wanted not in (None, over.side)
                ):
                    over = put_back(over, wanted)
                self._put_back.clear()
                self._known()[over.id] = over
            self._become(over)

    def _begun(self, item: BatchItem, voice: bytes | None) -> RecordingRun | None:
        """None where it was taken out, or changed, since it was chosen."""
        with self._lock:
            if self._known().get(item.id) != item:
                return None
            runs = replace(item, state=BatchState.RUNNING, tries=item.tries + 1, why="", notes=(), taken="")
            self._known()[item.id] = runs
            self._current = run = RecordingRun(self._engine, runs, voice, self._hold, self._progressed)
            self._estimate.begin(item.size_bytes, self._clock())
            if self._leaving:
                run.stop()
        return run

    def _hear(self, run: RecordingRun) -> BatchItem:
        item = run.item
        try:
            outcome = take_once(item.path, run.hear, self._store, again=item.again)
        except StoppedError as stopped:
            self._take_back(stopped.call_id)
            state = BatchState.WAITING if self._leaving else BatchState.STOPPED
            return replace(item, state=state, tries=0)
        except SeveralVoicesError:
            return replace(item, state=BatchState.ASKING, tries=0)
        except KnownError as error:
            if error.code in STOPS_ALL:
                raise
            return replace(
                item,
                state=BatchState.FAILED,
                why=told_of_it(error.message, item.path),
                taken=run.taken,
                tries=0,
            )
        except Exception:
            log.exception("a recording in line met a bug")
            return replace(item, state=BatchState.FAILED, why=_FAULT, tries=0)
        return self._done(item, run, outcome)

    def _done(self, item: BatchItem, run: RecordingRun, outcome: Outcome) -> BatchItem:
        if outcome.result is Result.KNOWN:
            return replace(item, state=BatchState.KNOWN, call_id=outcome.call_id, tries=0)
        if item.call_id and outcome.call_id and item.call_id != outcome.call_id:
            # Heard anew, by another side: the call of before gives way, and can be brought back for a week.
            with suppress(KnownError):
                self._store().delete(item.call_id)
        return replace(
            item,
            state=BatchState.DONE,
            call_id=outcome.call_id,
            duration_s=outcome.duration_s,
            flags=run.flags[0],
            repaired=run.flags[1],
            taken=run.taken,
            notes=tuple(run.notes),
            again=False,
            tries=0,
        )

    def _take_back(self, call_id: str) -> None:
        if call_id:
            # The store may never have taken it.
            with suppress(KnownError):
                self._store().erase(call_id)

    def _become(self, item: BatchItem) -> None:
        try:
            with self._lock:
                # Here first: where the disk is full it waits all the same, and does not seem to run for ever.
                self._known()[item.id] = item
                self._keep([item])
        finally:
            self._sink(ItemChanged(item))

    def _progressed(self, heard: FileProgress) -> None:
        now_s = self._clock()
        if now_s - self._told_s < TOLD_EVERY_S:
            return
        self._told_s = now_s
        with self._lock:
            current = self._current
            if current is None:
                return
            waiting = sum(one.size_bytes for one in self._known().values() if one.state is BatchState.WAITING)
            mine, rest = self._estimate.left(heard.at_s, heard.total_s, waiting, now_s)
        self._sink(ItemProgress(current.item.id, heard.at_s, heard.total_s, mine, rest))
