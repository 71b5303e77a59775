"""One call on its own thread: start, pause, resume, stop, and what may go wrong on the way.

The engine thread alone reads the source, runs the pipeline and writes to the store; what the user
asks for reaches it through a queue. It never polls: it waits for audio, or, while paused or without
a microphone, for the next command.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from coach.audio.block import level
from coach.calls.record import apply
from coach.errors import KnownError
from coach.events import (
    Block,
    CallSource,
    CueEnd,
    CueEnded,
    Event,
    Failure,
    FileProgress,
    Gap,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SessionStopped,
)
from coach.journal import Journal
from coach.pipeline import Pipeline
from coach.ports import AudioSource, Sink

log = logging.getLogger(__name__)

READ_TIMEOUT_S = 0.2
REATTACH_EVERY_S = 1.0
LEVEL_EVERY_S = 0.1


@dataclass(frozen=True, slots=True)
class _EndCue:
    cue_id: str
    end: CueEnd


_PAUSE, _RESUME, _STOP = "pause", "resume", "stop"
_Command = str | _EndCue


class Session:
    """A running call. Methods return at once; ``SessionStopped`` is the last event."""

    def __init__(
        self,
        source: AudioSource,
        pipeline: Pipeline,
        journal: Journal,
        sink: Sink,
        *,
        total_s: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source = source
        self._pipeline = pipeline
        self._journal = journal
        self._sink = sink
        self._total_s = total_s
        self._clock = clock
        self._commands: queue.SimpleQueue[_Command] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="sameside-engine", daemon=True)
        self._record = pipeline.coach.record
        self._live = self._record.header.source is CallSource.LIVE
        self._now_s = 0.0
        self._offset_s = 0.0
        self._level_due_s = 0.0
        self._dropped = 0
        self._stopping = False

    @property
    def call_id(self) -> str:
        return self._record.header.id

    def start(self) -> None:
        self._thread.start()

    def pause(self) -> None:
        self._commands.put(_PAUSE)

    def resume(self) -> None:
        self._commands.put(_RESUME)

    def stop(self) -> None:
        self._commands.put(_STOP)

    def end_cue(self, cue_id: str, end: CueEnd) -> None:
        self._commands.put(_EndCue(cue_id, end))

    def join(self, timeout_s: float) -> bool:
        """Wait for the engine thread; false when it is still running after ``timeout_s``."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._listen()
        except KnownError as error:
            self._emit(Failure(self._now_s, error.code, error.message))
        except Exception:
            log.exception("the engine stopped on a bug")
            self._emit(
                Failure(
                    self._now_s, "bug", "Sameside stopped on a fault of its own. The call so far is kept."
                )
            )
        finally:
            self._finish()

    def _listen(self) -> None:
        self._journal.begin(self._emit_failure)
        self._attach_first()
        self._emit(SessionStarted(self._record.header, self._source.name))
        while not self._stopping:
            try:
                block = self._source.read(READ_TIMEOUT_S)
            except EOFError:
                if not self._live:
                    self._flush()
                    self._tell_flaws()
                return
            except KnownError as error:
                if not self._live:
                    raise
                self._reattach(error)
                continue
            if block is not None:
                self._feed(block)
            self._obey_all()
        self._drain()

    def _tell_flaws(self) -> None:
        """What the user can act on in a recording that was read to its end."""
        warning: str | None = getattr(self._source, "warning", None)
        if warning is not None:
            self._emit(Failure(self._now_s, "recording-damaged", warning))
        elif not self._record.turns:
            self._emit(
                Failure(
                    self._now_s,
                    "no-speech",
                    f"No speech was heard in {self._source.name}. Check that it is the right recording, "
                    "and the agent's channel.",
                )
            )

    def _attach_first(self) -> None:
        """Start the source; a microphone that is missing is waited for, a file that fails ends the call."""
        try:
            self._source.start()
        except KnownError as error:
            if not self._live:
                raise
            self._reattach(error)

    def _feed(self, block: Block) -> None:
        block = replace(block, start_s=block.start_s + self._offset_s)
        self._mark_dropped(block)
        for event in self._pipeline.feed(block):
            self._emit(event)
        self._now_s = block.end_s
        if self._live and self._now_s >= self._level_due_s:
            self._level_due_s = self._now_s + LEVEL_EVERY_S
            self._sink(level(block))
        elif not self._live:
            self._sink(FileProgress(self._now_s, self._total_s))

    def _mark_dropped(self, block: Block) -> None:
        dropped: int = getattr(self._source, "dropped", 0)
        if dropped > self._dropped:
            self._dropped = dropped
            self._emit(
                Gap(self._now_s, max(block.start_s, self._now_s), "this machine was too busy to keep up")
            )

    def _drain(self) -> None:
        """What the microphone has already taken in is heard, so that no last sentence is lost."""
        self._source.stop()
        while self._live:
            try:
                block = self._source.read(0.0)
            except (EOFError, KnownError):
                break
            if block is None:
                break
            self._feed(block)
        self._flush()

    def _flush(self) -> None:
        for event in self._pipeline.flush():
            self._emit(event)

    def _obey_all(self) -> None:
        while True:
            try:
                command = self._commands.get_nowait()
            except queue.Empty:
                return
            self._obey(command)

    def _obey(self, command: _Command) -> None:
        if isinstance(command, _EndCue):
            for event in self._pipeline.coach.end_cue(CueEnded(command.cue_id, self._now_s, command.end)):
                self._emit(event)
        elif command == _STOP:
            self._stopping = True
        elif command == _PAUSE:
            self._wait_paused()

    def _wait_paused(self) -> None:
        self._drain()
        paused_at_s, since = self._now_s, self._clock()
        self._emit(SessionPaused(paused_at_s))
        while not self._stopping:
            command = self._commands.get()
            if command == _RESUME:
                break
            if command != _PAUSE:
                self._obey(command)
        self._skip(paused_at_s, since, "paused")
        if self._stopping:
            return
        self._attach_first()
        self._emit(SessionResumed(self._now_s))

    def _reattach(self, error: KnownError) -> None:
        """The microphone is gone: keep what was heard, say so, and try again until it is back."""
        self._flush()
        lost_at_s, since = self._now_s, self._clock()
        self._emit(Failure(lost_at_s, error.code, error.message))
        self._source.stop()
        while not self._stopping:
            try:
                self._source.start()
            except KnownError as again:
                log.info("microphone not back yet: %s", again.message)
            else:
                self._skip(lost_at_s, since, "no microphone")
                self._emit(Failure(self._now_s, error.code, "The microphone is back.", recovered=True))
                return
            try:
                command = self._commands.get(timeout=REATTACH_EVERY_S)
            except queue.Empty:
                continue
            if command == _STOP:
                self._stopping = True
        self._skip(lost_at_s, since, "no microphone")

    def _skip(self, start_s: float, since: float, reason: str) -> None:
        """Time that passed without audio becomes a gap, and the call's clock moves on by it."""
        passed_s = self._clock() - since
        self._offset_s += passed_s
        self._now_s = start_s + passed_s
        self._emit(Gap(start_s, self._now_s, reason))

    def _emit(self, event: Event) -> None:
        if isinstance(event, Gap):
            apply(self._record, event)
        self._journal.keep(event, self._emit_failure)
        self._sink(event)

    def _emit_failure(self, error: KnownError, recovered: bool) -> None:
        self._sink(Failure(self._now_s, error.code, error.message, recovered))

    def _finish(self) -> None:
        try:
            self._source.stop()
            self._flush()
        except Exception:
            log.exception("the last words could not be finished")
        self._record.duration_s = max(self._record.duration_s, self._now_s)
        summary, saved = self._journal.finish(self._emit_failure)
        self._sink(SessionStopped(self._record, summary, saved))
