"""Going through a recording again without a sound card: what was played is written down."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import functools
from collections.abc import Iterable, Iterator
from pathlib import Path

from coach.errors import KnownError
from coach.events import CallRecord, CallSummary
from coach.redaction.redactor import Redactor
from coach.services.correcting import Judges
from coach.services.playbook_choice import shipped_playbook
from coach.services.review import EngineReview
from coach.values.reviewing import Correction, FlagNote, Picture, Playback, Recording
from tests.fakes import sample_call
from tests.fakes.engine import FakeDetector, FakeExtractor

Calls = dict[str, tuple[CallRecord, CallSummary | None]]
NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=sample_call.ZONE)


class MemoryReview:
    """A ``ReviewStore`` over the calls of a memory store."""

    def __init__(self, calls: Calls) -> None:
        self.calls = calls
        self.recordings: dict[str, Recording] = {}
        self.notes: dict[str, dict[tuple[int, str], FlagNote]] = {}
        self.made: dict[str, list[Correction]] = {}

    def load(self, call_id: str) -> tuple[CallRecord, CallSummary | None]:
        """As from a disk: what is changed in it changes nothing that is kept."""
        if call_id not in self.calls:
            raise KnownError("call-unknown", "This call is no longer among your calls.")
        record, summary = self.calls[call_id]
        fields = {
            field.name: (
                list(value) if isinstance(value, list) else dict(value) if isinstance(value, dict) else value
            )
            for field in dataclasses.fields(record)
            for value in (getattr(record, field.name),)
        }
        return CallRecord(**fields), summary

    def changing(self) -> contextlib.nullcontext[None]:
        return contextlib.nullcontext()

    def keep_recording(self, recording: Recording) -> None:
        self.recordings[recording.call_id] = recording

    def recording(self, call_id: str) -> Recording | None:
        return self.recordings.get(call_id)

    def keep_flag_note(self, call_id: str, note: FlagNote) -> None:
        mine = self.notes.setdefault(call_id, {})
        mine.pop((note.turn_index, note.move), None)
        if note.text:
            mine[note.turn_index, note.move] = note

    def flag_notes(self, call_id: str) -> list[FlagNote]:
        return list(self.notes.get(call_id, {}).values())

    def keep_correction(self, record: CallRecord, summary: CallSummary, correction: Correction) -> int:
        self.calls[record.header.id] = (record, summary)
        mine = self.made.setdefault(record.header.id, [])
        mine.append(dataclasses.replace(correction, id=len(mine) + 1))
        return len(mine)

    def undo_correction(
        self,
        record: CallRecord,
        summary: CallSummary,
        correction_id: int,
        anew: Iterable[Correction] = (),
    ) -> None:
        self.calls[record.header.id] = (record, summary)
        mine = self.made[record.header.id]
        mine[correction_id - 1] = dataclasses.replace(mine[correction_id - 1], undone=True)
        for one in anew:
            mine[one.id - 1] = one

    def corrections(self, call_id: str) -> list[Correction]:
        return list(self.made.get(call_id, []))


class FakePlayer:
    """A ``Playing`` whose place the test sets; ``asked`` is all it was told."""

    def __init__(self, path: Path, problem: KnownError | None = None) -> None:
        self.path = path
        self.asked: list[tuple[object, ...]] = []
        self.playback = Playback(0.0, False)
        self.closed = False
        self._problem = problem

    def play(self, from_s: float, until_s: float | None = None, loop: bool = False) -> None:
        self.asked.append(("play", round(from_s, 2), until_s, loop))
        self.playback = Playback(from_s, self._problem is None, self._problem)

    def pause(self) -> None:
        self.asked.append(("pause",))
        self.playback = Playback(self.playback.at_s, False)

    def seek(self, at_s: float) -> None:
        self.asked.append(("seek", round(at_s, 2)))
        self.playback = Playback(at_s, self.playback.playing)

    def set_speed(self, speed: float) -> None:
        self.asked.append(("speed", speed))

    def close(self) -> None:
        self.closed = True

    def reach(self, at_s: float, playing: bool = True) -> None:
        self.playback = Playback(at_s, playing)


class FakeReview(EngineReview):
    """The real rules over a store in memory and a scripted detector; ``players`` are those that were made.

    ``no_output`` makes playing fail; ``picture_error`` makes the picture fail.
    """

    def __init__(
        self, store: MemoryReview, cache: Path = Path("/nowhere"), moves: dict[str, str] | None = None
    ) -> None:
        detector = FakeDetector(moves or {"should have": "blaming", "sorry": "apologising"})
        super().__init__(
            lambda: store,
            lambda _header: Judges(detector, FakeExtractor(), Redactor()),
            functools.cache(shipped_playbook),
            cache,
            lambda: NOW,
        )
        self.store = store
        self.clips: list[bytes] = []
        self.players: list[FakePlayer] = []
        self.no_output: KnownError | None = None
        self.picture_error: KnownError | None = None

    def clip_player(self, clip: bytes) -> FakePlayer:
        self.clips.append(clip)
        self.players.append(FakePlayer(Path("clip")))
        return self.players[-1]

    def player(self, path: Path) -> FakePlayer:
        self.players.append(FakePlayer(path, self.no_output))
        return self.players[-1]

    def pictures(self, path: Path) -> Iterator[Picture]:
        if self.picture_error is not None:
            raise self.picture_error
        return super().pictures(path)
