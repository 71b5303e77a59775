"""One recording of the line, from its beginning to what became of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from coach.calls.phrases import clock
from coach.errors import KnownError
from coach.events import Event, FileProgress, SessionStopped
from coach.ports import CallControl, Progress, Sink
from coach.recordings.once import READ_TO_ITS_END, WithdrawnError
from coach.recordings.report import Outcome, Result
from coach.services.watching import Watch
from coach.values.batches import BatchItem, FoundVoice

_JOIN_S = 0.5

_ALL_YOURS = "No second voice was found in it, so all that is said in it was taken as yours."
_SIDES = {0: "the left channel", 1: "the right channel"}


class BatchEngine(Protocol):
    """What a recording in line asks of the engine."""

    def file_call(
        self,
        path: Path,
        channel: int | None,
        sink: Sink,
        *,
        voice: bytes | None = None,
        everyone: bool = False,
        told: Progress = ...,
    ) -> CallControl: ...
    def channels(self, path: Path) -> int: ...
    def knows_voice(self) -> bool: ...
    def agent_channel(self, path: Path, picked: bytes | None = None) -> int | None: ...
    def voices_in(
        self, path: Path, progress: Progress, channel: int | None = None, *, lone: bool = True
    ) -> list[FoundVoice]: ...
    def enrol_picked(self, picked: bytes) -> None: ...


class StoppedError(WithdrawnError):
    """The agent took the recording out, or leaves; ``call_id`` is the half call, or ""."""

    def __init__(self, call_id: str = "") -> None:
        super().__init__("stopped")
        self.call_id = call_id


class Hold:
    """Lets the thread of a recording stand still while a call runs."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._on = False

    def set(self, on: bool) -> None:
        with self._changed:
            self._on = on
            self._changed.notify_all()

    def wake(self) -> None:
        """Whoever waits looks again whether it is to stop."""
        with self._changed:
            self._changed.notify_all()

    def wait(self, stopped: Callable[[], bool]) -> None:
        with self._changed:
            self._changed.wait_for(lambda: not self._on or stopped())


class RecordingRun:
    """``hear`` runs on the thread of the line; ``stop`` may be said from any. The rest is read after."""

    def __init__(
        self,
        engine: BatchEngine,
        item: BatchItem,
        voice: bytes | None,
        hold: Hold,
        told: Callable[[FileProgress], None],
    ) -> None:
        self.item = item
        self.taken = ""
        self.notes: list[str] = []
        self.flags = (0, 0)
        self._engine = engine
        self._voice = voice
        self._hold = hold
        self._told = told
        self._stop = threading.Event()

    def stop(self) -> None:
        self._stop.set()
        self._hold.wake()

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    def hear(self, begun: Callable[[str], None]) -> Outcome:
        """Raises ``KnownError`` for what failed, and ``StoppedError``."""
        path = self.item.path
        channel, self.taken = self._side(self._engine.channels(path))
        watch = Watch()
        if self._stop.is_set():
            raise StoppedError

        def sink(event: Event) -> None:
            watch(event)
            if isinstance(event, FileProgress):
                self._told(event)
                self._hold.wait(self._stop.is_set)

        everyone = self.item.side.everyone
        call = self._engine.file_call(
            path, channel, sink, voice=self._voice, everyone=everyone, told=self._listening
        )
        begun(call.call_id)
        # Also where it is to stop already: only a call that was begun closes what it holds open.
        call.start()
        while not call.join(_JOIN_S):
            if self._stop.is_set():
                call.stop()
        if self._stop.is_set():
            raise StoppedError(call.call_id)
        return self._outcome(watch, watch.stopped())

    def _listening(self, _what: str, _done: int, _total: int) -> None:
        """Who speaks in it is looked for, which takes some seconds: a call comes first then too."""
        self._hold.wait(self._stop.is_set)
        if self._stop.is_set():
            raise StoppedError

    def _side(self, channels: int) -> tuple[int | None, str]:
        """The channel to hear, and what counts as the agent's, in a sentence."""
        side = self.item.side
        if channels < 2:
            return None, self._who()
        if side.find:
            found = self._engine.agent_channel(self.item.path, self._voice)
            if found is not None:
                return found, f"Yours is {_SIDES.get(found, f'channel {found}')}, where your voice was found."
            if side.channel is None:
                return None, f"Your voice was found on none of its channels alone. {self._who()}"
            return side.channel, f"Taken as yours: {_named(side.channel)}. Your voice was found on neither."
        if side.channel is None:
            return None, f"All {channels} channels together. {self._who()}"
        only = " Only the voice you picked was written down." if self._voice is not None else ""
        return side.channel, f"Taken as yours: {_named(side.channel)}.{only}"

    def _who(self) -> str:
        if self._voice is not None:
            return "Only the voice you picked was written down."
        if self._engine.knows_voice():
            return "Only your enrolled voice was written down."
        if self.item.side.everyone:
            return "Every voice in it was taken as yours, as you said."
        return _ALL_YOURS

    def _outcome(self, watch: Watch, stopped: SessionStopped) -> Outcome:
        try:
            watch.tell()
        except KnownError as error:
            if error.code not in READ_TO_ITS_END:
                raise
            if error.code == "no-speech":
                # Where nothing was said, nothing was taken as anybody's.
                self.taken = self.taken.removesuffix(_ALL_YOURS).strip()
            heard_others = error.code == "no-speech" and watch.others_note
            self.notes.append(
                self._not_you(watch) if heard_others else told_of_it(error.message, self.item.path)
            )
        else:
            if watch.others_note:
                self.notes.append(watch.others_note)
        self.notes += [told_of_it(note.message, self.item.path) for note in watch.notes]
        record, summary = stopped.record, stopped.summary
        self.flags = summary.flags_raised, summary.flags_repaired
        call_id = record.header.id if stopped.saved else ""
        return Outcome(self.item.path, Result.REVIEWED, "", call_id, record.duration_s)

    def _not_you(self, watch: Watch) -> str:
        long = clock(watch.others_s)
        return f"Somebody speaks in it for {long}, but not with your voice. If it is yours, pick it."


def told_of_it(message: str, path: Path) -> str:
    """``message`` where the recording's name stands beside it anyway."""
    name = path.name
    return f"It{message[len(name) :]}" if message.startswith(name) else message.replace(name, "it")


def _named(channel: int) -> str:
    return _SIDES.get(channel, f"channel {channel}")
