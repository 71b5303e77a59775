"""One call on its own thread: start, pause, resume, stop, and what may go wrong on the way.

The engine thread alone reads the source, runs the pipeline and writes to the store; what the user
asks for reaches it through a queue. It never polls: it waits for audio, or, while paused or without
a microphone, for the next command. It hears from the start on, while the models of the call still load
beside it: so a call that gets ready is paused and blacked out as any other.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from coach.audio.block import FLOOR_DBFS, level
from coach.audio.watch import SourceWatch
from coach.errors import KnownError
from coach.events import (
    SAMPLE_RATE_HZ,
    Block,
    CallHeader,
    CallSource,
    Event,
    Failure,
    FileProgress,
    Gap,
    Level,
    SessionPaused,
    SessionResumed,
    SessionStarted,
)
from coach.live.asked import AgentsWord, Ask, Command, Lost, Use, look_again_s, take_word
from coach.live.blackout import BlackOut, ReadAhead
from coach.live.call_time import CallTime
from coach.live.hearer import Hearer, Ready
from coach.live.holes import Holes
from coach.live.steering import Steering
from coach.machine.clock import awake_or_not
from coach.machine.priority import give_way
from coach.ports import AudioSource, Sink

log = logging.getLogger(__name__)

READ_TIMEOUT_S = 0.2
LEVEL_EVERY_S = 0.1


class Session(Steering):
    """A running call. Methods return at once; ``SessionStopped`` is the last event, or ``SessionDropped``.

    ``ready`` is what it hears with, or makes that, while what is said is kept. Stopped before it is made, or
    where it cannot be made, the call is dropped: it never began, and nothing of it is kept.
    """

    def __init__(
        self,
        source: AudioSource,
        header: CallHeader,
        ready: Ready | Callable[[], Ready],
        sink: Sink,
        *,
        total_s: float = 0.0,
        clock: Callable[[], float] = awake_or_not,
    ) -> None:
        self._source = source
        self._header = header
        self._sink = sink
        self._total_s = total_s
        Steering.__init__(self, clock)
        self._thread = threading.Thread(target=self._run, name="sameside-engine", daemon=True)
        self._hearer = Hearer(ready, sink, self._emit_failure, lambda: self._commands.put(Ask.LOOK))
        self._live = header.source is CallSource.LIVE
        self._level_due_s = 0.0
        self._holes = Holes(source)
        self._stopping = self._found_source = self._begun = False
        self._attached = False
        self._lost: Lost | None = None
        self._told_early: KnownError | None = None
        self._paused: tuple[float, float] | None = None
        self._watch = SourceWatch(source) if self._live else None
        self._ahead = ReadAhead(source)
        self._time = CallTime(clock, self._ahead, timed=self._live)
        self._black_out = BlackOut(clock, self._place, self._hearer.emit, self._hearer.flush)

    @property
    def _now_s(self) -> float:
        return self._time.now_s

    @property
    def call_id(self) -> str:
        return self._header.id

    def start(self) -> None:
        self._thread.start()

    def black_out(self, seconds: float = 30.0) -> None:
        self._black_out.press(seconds)
        self._commands.put(Ask.LOOK)

    def end_black_out(self) -> None:
        self._black_out.end_now()
        self._commands.put(Ask.LOOK)

    def join(self, timeout_s: float) -> bool:
        """Wait for the engine thread, and for models that still load; false after ``timeout_s``."""
        until = time.monotonic() + timeout_s
        self._thread.join(timeout_s)
        return not self._thread.is_alive() and self._hearer.join(max(0.0, until - time.monotonic()))

    def _run(self) -> None:
        give_way()
        try:
            self._listen()
        except KnownError as error:
            self._hearer.fail(error)
        except Exception:
            log.exception("the engine stopped on a bug")
            self._hearer.fail()
        finally:
            self._finish()

    def _listen(self) -> None:
        if self._hearer.given:
            self._hearer.begin()
        self._attach()
        # The microphone first: it hears what is said meanwhile.
        self._hearer.make()
        while not self._attached and not self._stopping:
            self._try_again()
        self._found_source = True
        self._begin()
        while not self._stopping:
            if behind := self._hearer.behind:
                self._hearer.catch_up()
            elif not self._attached:
                self._try_again()
                continue
            # The clock and a black-out go on meanwhile.
            if self._attached and not self._hearer.full and not self._read(0.0 if behind else READ_TIMEOUT_S):
                return
            self._obey_all()
        if self._hearer.ready is not None:
            self._drain()
            self._close_lost()

    def _begin(self) -> None:
        """Once there is a source, and what hears it: what was kept of it comes next."""
        if not (self._begun or self._stopping) and self._hearer.made() and self._found_source:
            self._hearer.begin()
            self._begun = True
            self._emit(SessionStarted(self._header, self._source.name))

    def _read(self, timeout_s: float) -> bool:
        """The next block of the source; false when it has come to its end."""
        try:
            block = self._ahead.read(timeout_s)
        except EOFError:
            while not (self._begun or self._stopping):
                self._obey(self._commands.get())
            if not self._live and self._hearer.ready is not None:
                self._flush()
                self._hearer.tell_flaws(self._source, self._now_s)
            return False
        except KnownError as error:
            if not self._live:
                raise
            self._lose(error)
            return True
        if block is not None:
            self._feed(block)
            self._look_ahead()
        return True

    def _attach(self) -> None:
        """Start the source; a microphone that is missing is waited for, a file that fails ends the call."""
        try:
            self._source.start()
        except KnownError as error:
            if not self._live:
                raise
            self._lose(error)
        else:
            self._note_attached()

    def _note_attached(self) -> None:
        self._attached = True
        self._time.opened()
        if self._hearer.ready is not None and self._hearer.ready.pace is not None:
            self._hearer.ready.pace.restart()

    def _lose(self, error: KnownError) -> None:
        """The microphone is gone: keep what was heard, and say so, once until it is heard again."""
        self._detach()
        lost = self._lost or Lost(self._now_s, self._time.last_heard(), "")
        if not lost.code:
            # Told before the last words, which may take their time.
            if self._told_early is None:
                self._emit_failure(error, False)
            lost = replace(lost, code=error.code)
        self._lost, self._told_early = lost, None
        self._flush()

    def _look_ahead(self) -> None:
        """A microphone that is gone is told at once, however much of its sound is still to be heard."""
        ended: KnownError | None = getattr(self._source, "ended", None)
        if ended is not None and self._lost is None and self._told_early is None:
            self._told_early = ended
            self._emit_failure(ended, False)

    def _detach(self) -> None:
        self._source.stop()
        self._attached = False
        self._hearer.emit_all(self._watch.end(self._now_s) if self._watch else ())

    def _try_again(self) -> None:
        """Look whether the microphone is back; where not, wait a little for what the user asks for."""
        try:
            self._source.start()
        except KnownError as again:
            log.info("microphone not back yet: %s", again.message)
        else:
            self._note_attached()
            return
        try:
            command = self._commands.get(timeout=look_again_s(self._lost, self._clock()))
        except queue.Empty:
            return
        self._obey(command)

    def _found(self, block: Block) -> None:
        """The first sound after the microphone was lost: the time between is a gap."""
        lost, self._lost = self._lost, None
        if lost is None:
            return
        length_s = len(block.samples) / SAMPLE_RATE_HZ
        self._skip(lost.at_s, lost.since, lost.reason, self._time.last_heard() - length_s)
        if lost.code:
            self._emit(Failure(self._now_s, lost.code, "The microphone is back.", recovered=True))

    def _feed(self, block: Block) -> None:
        self._found(block)
        block = self._time.placed(block)
        if (hole := self._holes.before(block, self._now_s)) is not None:
            self._emit(hole)
        self._time.in_hand(block)
        self._black_out.take_presses()
        if self._black_out.drops(block):
            self._time.reach(block)
            self._tell_progress(Level(self._now_s, FLOOR_DBFS, FLOOR_DBFS))
            return
        self._hearer.take(block)
        self._time.reach(block)
        self._hearer.emit_all(self._watch.feed(block) if self._watch else ())
        self._tell_progress(level(block))

    def _place(self, clock_s: float) -> tuple[float, float]:
        """Where in the call a moment of the clock is, as ``BlackOut`` asks for it."""
        away = self._paused or (self._lost and (self._lost.at_s, self._lost.since))
        return self._time.place_away(clock_s, *away) if away else self._time.place(clock_s)

    def _tell_progress(self, heard: Level) -> None:
        if self._live and self._now_s >= self._level_due_s:
            self._level_due_s = self._now_s + LEVEL_EVERY_S
            self._sink(heard)
        elif not self._live:
            self._sink(FileProgress(self._now_s, self._total_s))

    def _drain(self) -> None:
        """What was said until quiet was asked for is heard, so that no last sentence is lost."""
        self._detach()
        if (ended := self._told_early) is not None:
            # Closed before its loss was come to: there is no sound to tell that it is over.
            self._told_early = None
            self._emit_failure(KnownError(ended.code, "The microphone was closed."), True)
        while self._live:
            try:
                block = self._ahead.read(0.0)
            except (EOFError, KnownError):
                break
            if block is None:
                break
            if (self._ahead.arrived_s or 0.0) <= self._heard_until:
                self._feed(block)
            else:
                self._time.leave_out(block)
        self._flush()

    def _flush(self) -> None:
        self._hearer.flush()

    def _obey_all(self) -> None:
        while True:
            try:
                command = self._commands.get_nowait()
            except queue.Empty:
                return
            self._obey(command)

    def _take_words(self) -> None:
        """The agent's word on what was shown while the last words were heard."""
        while True:
            try:
                command = self._commands.get_nowait()
            except queue.Empty:
                return
            if isinstance(command, AgentsWord):
                self._obey(command)

    def _obey(self, command: Command) -> None:
        if isinstance(command, AgentsWord):
            if self._hearer.ready is not None:
                coach = self._hearer.ready.pipeline.coach
                self._hearer.emit_all(take_word(coach, command, self._now_s))
        elif isinstance(command, Use):
            self._change_microphone(command.device_key)
        elif command is Ask.LOOK:
            self._black_out.take_presses()
            self._begin()
        elif command is Ask.STOP:
            self._stopping = True
        elif command is Ask.PAUSE:
            self._wait_paused()

    def _change_microphone(self, device_key: str | None) -> None:
        choose: Callable[[str | None], None] | None = getattr(self._source, "choose", None)
        if choose is None:
            return
        was_attached = self._attached
        if was_attached:
            self._drain()
            since = self._time.now_at or self._time.last_heard()
            self._lost = self._lost or Lost(self._now_s, since, "", "microphone changed")
        choose(device_key)
        if was_attached:
            self._attach()

    def _wait_paused(self) -> None:
        self._drain()
        self._close_lost()
        self._black_out.cut(self._now_s)
        since, paused_at_s = max(self._quiet_from.popleft(), self._time.now_at), self._now_s
        self._paused = paused_at_s, since
        self._emit(SessionPaused(paused_at_s))
        while not self._stopping and (command := self._hearer.next_of(self._commands)) is not Ask.RESUME:
            if command is Ask.PAUSE:
                self._quiet_from.popleft()
            else:
                self._obey(command)
        self._paused = None
        self._skip(paused_at_s, since, "paused")
        if self._stopping:
            return
        if self._lost is not None:
            self._lost = replace(self._lost, at_s=self._now_s, since=self._clock())
        self._attach()
        while not self._attached and not self._stopping:
            self._try_again()
        self._emit(SessionResumed(self._now_s))

    def _close_lost(self) -> None:
        """A microphone still missing when the call pauses or ends: what is lost so far becomes a gap."""
        if self._lost is not None:
            self._skip(self._lost.at_s, self._lost.since, self._lost.reason)

    def _skip(self, start_s: float, since: float, reason: str, until: float | None = None) -> None:
        """Time that passed without audio becomes a gap, and the call's clock moves on by it."""
        self._time.skip(start_s, since, until)
        self._black_out.cut(start_s)
        self._emit(Gap(start_s, self._now_s, reason))
        self._black_out.go_on(self._now_s)

    def _emit(self, event: Event) -> None:
        self._hearer.emit(event)

    def _emit_failure(self, error: KnownError, recovered: bool) -> None:
        self._sink(Failure(self._now_s, error.code, error.message, recovered))

    def _finish(self) -> None:
        try:
            self._source.stop()
            self._flush()
            while self._hearer.behind:
                self._hearer.catch_up()
        except Exception:
            log.exception("the last words could not be finished")
            self._hearer.give_up()
        try:
            # Also where hearing failed: how long nothing was to be heard is known all the same.
            self._black_out.close(self._now_s)
            self._take_words()
        except Exception:
            log.exception("what was asked last could not be done")
        self._sink(self._hearer.end(self._now_s))
