"""Going through a recording again: values, and what keeps and gives them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from coach.errors import KnownError
from coach.events import CallRecord, CallSummary, Commitment, CueEnded, Move, Turn


@dataclass(frozen=True, slots=True)
class Recording:
    """Where the sound of a call is. It is not copied: only its place and what it was are kept.

    ``sha256`` is of the whole file as it was heard, empty where it is not known; ``modified_s`` is the file's
    own time, in seconds since 1970. ``channel`` is the agent's, from 0; None where all were mixed.
    """

    call_id: str
    path: str
    size_bytes: int
    modified_s: float
    sha256: str
    channel: int | None = None


class SoundState(Enum):
    """``NONE``: no recording is known for this call. ``GONE``: it is not where it was, or cannot be read."""

    HERE = "here"
    ALTERED = "altered"
    GONE = "gone"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Sound:
    """The recording of a call as it is found now; ``path`` is where it is, or was."""

    state: SoundState
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class TurnState:
    """A turn and what was made of it. ``others`` are turns that stood on its words, as they were then."""

    turn: Turn
    moves: tuple[Move, ...]
    commitments: tuple[Commitment, ...]
    cue_ends: tuple[CueEnded, ...] = ()
    others: tuple[TurnState, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """Words of a turn that were misheard, put right by the agent. ``before`` is all there was of it.

    ``id`` is 0 until it is kept; ``said`` is the turn's text since. ``undone``: put back as it was.
    """

    turn_index: int
    at: dt.datetime
    before: TurnState
    said: str
    id: int = 0
    undone: bool = False


@dataclass(frozen=True, slots=True)
class FlagNote:
    """What the agent wrote about a flag, for nobody else: it is in no summary, file or package."""

    turn_index: int
    move: str
    text: str


@dataclass(frozen=True, slots=True)
class FlagHelp:
    """Why a flagged move makes things worse, three better lines, and the points of its sources by id."""

    why: str
    lines: tuple[str, ...]
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Review:
    """A call with all there is to go through it again."""

    record: CallRecord
    summary: CallSummary
    sound: Sound
    notes: tuple[FlagNote, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Playback:
    """Where a player is, in seconds of the recording. ``problem``: why it stopped before its end."""

    at_s: float
    playing: bool
    problem: KnownError | None = None


class Playing(Protocol):
    """A recording on an output. Every method returns at once; ``playback`` tells what came of it."""

    @property
    def playback(self) -> Playback: ...
    def play(self, from_s: float, until_s: float | None = None, loop: bool = False) -> None: ...
    def pause(self) -> None: ...
    def seek(self, at_s: float) -> None: ...
    def set_speed(self, speed: float) -> None:
        """``speed`` within 0.5 to 2; the pitch stays."""
        ...

    def close(self) -> None: ...


class Picture(Protocol):
    """The lowest and highest samples of a recording, at any scale; ``whole`` once all of it is in."""

    @property
    def whole(self) -> bool: ...
    @property
    def duration_s(self) -> float: ...
    @property
    def clipped(self) -> bool: ...
    @property
    def silent(self) -> bool: ...
    def between(self, start_s: float, end_s: float, columns: int) -> NDArray[np.float32]:
        """Shape (``columns``, 2), in [-1, 1]."""
        ...


class ReviewStore(Protocol):
    """Keeps where recordings are, notes and corrections. Raises ``KnownError`` ("call-unknown")."""

    def changing(self) -> AbstractContextManager[None]:
        """While a call is read, changed and written again: no other program does so meanwhile."""
        ...

    def keep_recording(self, recording: Recording) -> None: ...
    def recording(self, call_id: str) -> Recording | None: ...
    def keep_flag_note(self, call_id: str, note: FlagNote) -> None:
        """In place of the one before; one without words removes it."""
        ...

    def flag_notes(self, call_id: str) -> list[FlagNote]: ...
    def keep_correction(self, record: CallRecord, summary: CallSummary, correction: Correction) -> int:
        """The corrected record, its summary and the correction, all or nothing; returns its id."""
        ...

    def undo_correction(
        self,
        record: CallRecord,
        summary: CallSummary,
        correction_id: int,
        anew: Iterable[Correction] = (),
    ) -> None:
        """The record as it was before, its summary, and that the correction is undone: all or nothing."""
        ...

    def corrections(self, call_id: str) -> list[Correction]:
        """Oldest first, also those undone."""
        ...


class ReviewServices(Protocol):
    """A call gone through again. Methods raise ``KnownError``."""

    def open(self, call_id: str) -> Review:
        """Raises "call-unknown", "call-unfinished"."""
        ...

    def point_to(self, call_id: str, path: Path) -> Sound:
        """The recording is there now; taken also where it is not the one that was heard: ``ALTERED``.

        Raises what ``MediaFile`` raises for a file without sound.
        """
        ...

    def player(self, path: Path) -> Playing: ...
    def clip_player(self, clip: bytes) -> Playing:
        """For sound that came with a shared summary. Raises ``KnownError`` ("clip-unreadable")."""
        ...

    def pictures(self, path: Path) -> Iterator[Picture]:
        """The picture as it grows; the last is the whole one."""
        ...

    def help_for(self, record: CallRecord, turn_index: int, move: str) -> FlagHelp: ...
    def keep_note(self, call_id: str, turn_index: int, move: str, text: str) -> None: ...
    def correct(self, call_id: str, turn_index: int, text: str) -> Correction:
        """The turn's words put right; flags, commitments and summary follow. Raises "correction-empty"."""
        ...

    def undo_correction(self, call_id: str, correction_id: int) -> None:
        """Raises "correction-unknown": it is not the latest of its turn, or was undone already."""
        ...


def standing_corrections(corrections: Sequence[Correction]) -> dict[int, Correction]:
    """The latest correction that stands, by the turn's index."""
    return {one.turn_index: one for one in corrections if not one.undone}


def followed_corrections(corrections: Sequence[Correction]) -> dict[int, Correction]:
    """The latest standing correction of another turn that made a turn read otherwise, by the turn's index."""
    return {other.turn.index: one for one in corrections if not one.undone for other in one.before.others}
