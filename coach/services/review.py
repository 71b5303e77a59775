"""The part of the composition root for going through a recording again."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from coach.audio.excerpt import ClipSource, Span, cut, sound_in
from coach.audio.media_file import probe
from coach.audio.player import Player
from coach.audio.waveform import waveforms
from coach.calls.record import turn_at
from coach.calls.summary import conclude
from coach.coaching.lines import better_lines
from coach.coaching.playbook import Playbook
from coach.errors import KnownError
from coach.events import CallHeader, CallRecord, CallSource, CallSummary, Event, SessionStopped
from coach.ports import Sink
from coach.services import correcting
from coach.services.correcting import Judges
from coach.values.reviewing import (
    Correction,
    FlagHelp,
    FlagNote,
    Picture,
    Playing,
    Recording,
    Review,
    ReviewServices,
    ReviewStore,
    Sound,
    SoundState,
)

log = logging.getLogger(__name__)

BETTER_LINES = 3


class _Calls(ReviewStore, Protocol):
    def load(self, call_id: str) -> tuple[CallRecord, CallSummary | None]: ...


class EngineReview(ReviewServices):
    """``store`` opens the store, and raises what it raises. ``judges`` gives what judges the turns of a call,
    ``playbook`` the one in effect; pictures are kept in the folder ``cache``."""

    def __init__(
        self,
        store: Callable[[], _Calls],
        judges: Callable[[CallHeader], Judges],
        playbook: Callable[[], Playbook],
        cache: Path,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now().astimezone(),
    ) -> None:
        self._store = store
        self._judges = judges
        self._playbook = playbook
        self._cache = cache
        self._now = now

    def open(self, call_id: str) -> Review:
        store = self._store()
        record, summary = store.load(call_id)
        if summary is None:
            raise KnownError("call-unfinished", "This call is still running, so it has no summary yet.")
        sound = sound_of(store.recording(call_id))
        notes, corrections = store.flag_notes(call_id), store.corrections(call_id)
        return Review(record, summary, sound, tuple(notes), tuple(corrections))

    def point_to(self, call_id: str, path: Path) -> Sound:
        path = path.resolve()
        probe(path)
        found = _look(call_id, path, None)
        known = self._store().recording(call_id)
        same = known is None or _same(known, found)
        channel = None if known is None else known.channel
        # Of another file only the place is kept: what was heard stays known, so it is told every time.
        kept = found if same or known is None else replace(known, path=str(path), modified_s=0.0)
        if (known is None or not known.sha256) and self._was_read(call_id):
            # The agent's word for it is enough to listen, but nothing shows that this is what was heard.
            kept = replace(kept, sha256="")
        self._store().keep_recording(replace(kept, channel=channel))
        return Sound(SoundState.HERE if same else SoundState.ALTERED, path)

    def player(self, path: Path) -> Playing:
        return Player(path)

    def clip_player(self, clip: bytes) -> Playing:
        samples = sound_in(clip)
        return Player(Path("clip"), source=lambda: ClipSource(samples))

    def has_sound(self, call_id: str) -> bool:
        """Whether the recording of a call is there, as it was heard."""
        return self._heard_in(call_id) is not None

    def excerpts(self, call_id: str, spans: Mapping[int, Sequence[Span]]) -> dict[int, bytes]:
        """The agent's sound in the spans of each turn, as clips; none where the recording is gone."""
        recording = self._heard_in(call_id)
        if recording is None:
            return {}
        clips = cut(Path(recording.path), recording.channel, list(spans.values()))
        return dict(zip(spans, clips, strict=True))

    def words_before(self, call_id: str) -> dict[int, list[str]]:
        """What turns said before they were put right, by their index."""
        found: dict[int, list[str]] = {}
        for one in self._store().corrections(call_id):
            found.setdefault(one.turn_index, []).append(one.before.turn.text)
        return found

    def _heard_in(self, call_id: str) -> Recording | None:
        """None too for what a call was only pointed to: others may be on it, at other seconds."""
        recording = self._store().recording(call_id)
        if recording is None or not recording.sha256 or sound_of(recording).state is not SoundState.HERE:
            return None
        return recording if self._was_read(call_id) else None

    def _was_read(self, call_id: str) -> bool:
        """Whether it is the call of a recording, and not a live one."""
        record, _ = self._store().load(call_id)
        return record.header.source is CallSource.FILE

    def pictures(self, path: Path) -> Iterator[Picture]:
        return waveforms(path, self._cache)

    def help_for(self, record: CallRecord, turn_index: int, move: str) -> FlagHelp:
        playbook, turn = self._playbook(), turn_at(record, turn_index)
        raised = (
            cue for cue in record.cues if (cue.because.turn_index, cue.because.move) == (turn_index, move)
        )
        cue = next(raised, None)
        shown = [] if cue is None else [cue.say, *cue.alternatives]
        try:
            entry = playbook.entry(move)
        except KeyError:
            # A move of one's own that was taken out of the playbook since.
            return FlagHelp("" if cue is None else cue.why, tuple(shown[:BETTER_LINES]), {})
        more = better_lines(entry.say, playbook.topics, turn.text if turn else "", BETTER_LINES * 2)
        lines = list(dict.fromkeys([*shown, *more]))[:BETTER_LINES]
        return FlagHelp(
            entry.why, tuple(lines), {key: playbook.sources.get(key, "") for key in entry.sources}
        )

    def keep_note(self, call_id: str, turn_index: int, move: str, text: str) -> None:
        self._store().keep_flag_note(call_id, FlagNote(turn_index, move, text.strip()))

    def correct(self, call_id: str, turn_index: int, text: str) -> Correction:
        store = self._store()
        with store.changing():
            record, _ = store.load(call_id)
            before = correcting.correct(record, turn_index, text, self._judges(record.header))
            turn = turn_at(record, turn_index)
            assert turn is not None
            made = Correction(turn_index, self._now(), before, turn.text)
            return replace(made, id=store.keep_correction(record, self._conclude(record), made))

    def undo_correction(self, call_id: str, correction_id: int) -> None:
        store = self._store()
        with store.changing():
            self._undo_correction(store, call_id, correction_id)

    def _undo_correction(self, store: _Calls, call_id: str, correction_id: int) -> None:
        record, _ = store.load(call_id)
        standing = [one for one in store.corrections(call_id) if not one.undone]
        wanted = next((one for one in standing if one.id == correction_id), None)
        later = [one for one in standing if one.id > correction_id]
        if wanted is None or any(one.turn_index == wanted.turn_index for one in later):
            raise KnownError(
                "correction-unknown", "This turn was changed since. Open the call again, then try once more."
            )
        anew = correcting.take_out(record, wanted, later, self._judges(record.header))
        store.undo_correction(record, self._conclude(record), correction_id, anew)

    def noting(self, path: Path, channel: int | None, sink: Sink) -> Sink:
        """``sink``, and once its call is kept, where the recording of the call is."""
        try:
            before = path.stat()
        except OSError as error:
            raise _unreadable(path, error) from error

        def heard(event: Event) -> None:
            if isinstance(event, SessionStopped) and event.saved:
                self._note(event.record.header.id, path, channel, (before.st_size, before.st_mtime))
            sink(event)

        return heard

    def _note(self, call_id: str, path: Path, channel: int | None, before: tuple[int, float]) -> None:
        heard = Recording(call_id, str(path.resolve()), before[0], before[1], "", channel)
        try:
            found = _look(call_id, path.resolve(), channel)
        except KnownError:
            # Gone while it was heard: where it was tells where to look for it.
            found = heard
        # Where it changed meanwhile, what is there now is not what was heard.
        same = (found.size_bytes, found.modified_s) == before
        try:
            self._store().keep_recording(found if same else heard)
        except KnownError as error:
            log.warning("where the recording of a call is was not kept: %s", error.message)

    def _conclude(self, record: CallRecord) -> CallSummary:
        names: Mapping[str, str] = self._playbook().names()
        return conclude(record, names)


def sound_of(recording: Recording | None) -> Sound:
    """The recording of a call as it is found now. The whole file is only read where its time has changed."""
    if recording is None:
        return Sound(SoundState.NONE)
    path = Path(recording.path)
    try:
        now = path.stat()
        with path.open("rb"):
            pass
    except (OSError, ValueError):
        return Sound(SoundState.GONE, path)
    if now.st_size != recording.size_bytes:
        return Sound(SoundState.ALTERED, path)
    if now.st_mtime == recording.modified_s:
        return Sound(SoundState.HERE, path)
    try:
        same = bool(recording.sha256) and _look("", path, None).sha256 == recording.sha256
    except KnownError:
        return Sound(SoundState.GONE, path)
    return Sound(SoundState.HERE if same else SoundState.ALTERED, path)


def _same(known: Recording, found: Recording) -> bool:
    """Of a recording that was gone before its end, only the size is known."""
    if not known.sha256:
        return known.size_bytes == found.size_bytes
    return known.sha256 == found.sha256


def _look(call_id: str, path: Path, channel: int | None) -> Recording:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        now = path.stat()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    return Recording(call_id, str(path), now.st_size, now.st_mtime, digest, channel)


def _unreadable(path: Path, error: OSError | ValueError) -> KnownError:
    reason = getattr(error, "strerror", None) or str(error)
    return KnownError(
        "file-unreadable", f"{path} cannot be read ({reason}). Check that it is there and may be read."
    )
