"""Recordings in line: values, and what keeps and works through them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from coach.errors import KnownError
from coach.values.file_names import shown_name


class BatchState(Enum):
    """``ASKING``: waits until the agent says which voice is theirs. ``KNOWN``: reviewed before, so not done
    again. ``STOPPED``: taken out of the line by the agent."""

    WAITING = "waiting"
    ASKING = "asking"
    RUNNING = "running"
    DONE = "done"
    KNOWN = "known"
    FAILED = "failed"
    STOPPED = "stopped"


SEVERAL_VOICES = "several-voices"
"""The code of ``SeveralVoicesError``."""

OVER = frozenset({BatchState.DONE, BatchState.KNOWN, BatchState.FAILED, BatchState.STOPPED})


@dataclass(frozen=True, slots=True)
class Side:
    """Where the agent is on a recording.

    ``channel`` from 0, None for all of them; of a recording with one channel it says nothing. ``find``: the
    channel on which the voice is found, or ``channel`` where it is on none. ``voice_id``: only this voice
    that was picked; 0 is the enrolled one, if there is one. ``everyone``: the agent said that every voice on
    it is theirs; without that, of two voices on one track neither is written down unasked.
    """

    channel: int | None = None
    find: bool = False
    voice_id: int = 0
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One recording in line. ``id`` is 0 until it is kept.

    ``taken`` says in a sentence what counted as the agent's, ``why`` what failed, ``notes`` what was found
    in it that the agent should know. ``again``: also where it was reviewed before; ``tries``: how often it
    was begun.
    """

    id: int
    path: Path
    side: Side = Side()
    state: BatchState = BatchState.WAITING
    size_bytes: int = 0
    call_id: str = ""
    duration_s: float = 0.0
    flags: int = 0
    repaired: int = 0
    taken: str = ""
    why: str = ""
    notes: tuple[str, ...] = ()
    again: bool = False
    tries: int = 0


@dataclass(frozen=True, slots=True)
class ItemChanged:
    """A recording in line is now this."""

    item: BatchItem


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """How far the one that runs is. Seconds left are None where they cannot be told yet."""

    item_id: int
    at_s: float
    total_s: float
    left_s: float | None
    all_left_s: float | None


@dataclass(frozen=True, slots=True)
class BatchEnded:
    """Nothing runs any more. ``problem``: what every other recording would meet too; those still wait."""

    problem: KnownError | None = None


BatchEvent = ItemChanged | ItemProgress | BatchEnded
BatchSink = Callable[[BatchEvent], None]


@dataclass(frozen=True, slots=True, eq=False)
class FoundVoice:
    """A voice in a recording: how long it speaks, by what was listened to, and its clearest moment.

    ``profile`` lets only this voice through, as an enrolled one does; ``narrow``: heard over a telephone.
    """

    profile: bytes
    speech_s: float
    start_s: float
    end_s: float
    narrow: bool


class SeveralVoicesError(KnownError):
    """Nobody is enrolled and none was picked: nothing tells which of ``voices`` is the agent's.

    ``shared_channel``: a channel was said to be the agent's, but others are heard on it as well.
    """

    def __init__(self, path: Path, voices: Sequence[FoundVoice], shared_channel: bool = False) -> None:
        name = shown_name(path.name)
        where = "on your channel of" if shared_channel else "in"
        super().__init__(
            SEVERAL_VOICES,
            f"{len(voices)} people speak {where} {name}, and Sameside "
            "does not know which voice is yours. Nothing was written down.",
        )
        self.voices = tuple(voices)
        self.shared_channel = shared_channel


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The call of a recording that was read before; not ``finished`` where it was cut off."""

    call_id: str
    finished: bool


@dataclass(frozen=True, slots=True, eq=False)
class Forgotten:
    """What was taken off the list, with the voices that were picked for it: all that Undo needs."""

    items: tuple[BatchItem, ...]
    voices: Mapping[int, bytes]


class BatchStore(Protocol):
    """Keeps the line, voices that were picked for it, and what was reviewed before. Raises ``KnownError``."""

    def batch_items(self) -> list[BatchItem]:
        """In line, the first that was added first."""
        ...

    def add_batch_items(self, items: Sequence[BatchItem]) -> list[BatchItem]:
        """All or none; each with its number."""
        ...

    def keep_batch_items(self, items: Sequence[BatchItem]) -> None: ...
    def forget_batch_items(self, ids: Sequence[int]) -> None:
        """A picked voice goes with the last recording that it was picked for."""
        ...

    def put_back_batch_items(self, forgotten: Forgotten) -> None:
        """With the numbers they had, so in their old places."""
        ...

    def keep_batch_voice(self, profile: bytes) -> int: ...
    def batch_voice(self, voice_id: int) -> bytes | None: ...
    def reviewed(self, digest: str) -> Reviewed | None:
        """What a recording with this digest became, where that call is among the calls."""
        ...

    def keep_reviewed(self, digest: str, reviewed: Reviewed) -> None: ...
    def take_over_reviewed(self, noted: Mapping[str, Reviewed]) -> None:
        """All of it or nothing; what is there already stays as it is."""
        ...

    def forget_reviewed(self, digest: str) -> None: ...
    def half_read(self) -> dict[str, str]:
        """Calls of recordings that were begun and not read to their end, each with the digest."""
        ...

    def reading_alone(self, digest: str) -> AbstractContextManager[bool]:
        """While it is held nobody else gets True for this recording, neither here nor in another program. The
        line as a whole is held in the same way, by a name of its own."""
        ...


class BatchServices(Protocol):
    """Recordings reviewed one after the other, on a thread of their own. Methods raise ``KnownError``.

    Events reach the sink on that thread, in order; ``BatchEnded`` is the last of a run.
    """

    @property
    def running(self) -> bool: ...
    def find(self, named: Sequence[Path], most: int | None) -> list[Path]:
        """The recordings that are meant. Raises as ``recordings_in`` does."""
        ...

    def items(self) -> list[BatchItem]:
        """The line as it was left, also by a crash: what ran then waits again."""
        ...

    def add(self, paths: Sequence[Path], side: Side) -> list[BatchItem]: ...
    def run(self, sink: BatchSink) -> None:
        """Go through those that wait. Returns at once; does nothing while it runs."""
        ...

    def hold(self, on: bool) -> None:
        """Stand still while a call runs, which needs the machine; go on where it stood."""
        ...

    def stop(self, ids: Sequence[int]) -> list[BatchItem]:
        """Take them out of the line; what was heard so far of the one that runs is not kept."""
        ...

    def again(self, ids: Sequence[int], side: Side | None = None) -> list[BatchItem]:
        """Put them in line again, with another ``side`` if one is given."""
        ...

    def forget(self, ids: Sequence[int]) -> Forgotten:
        """Take what is over off the list. Calls stay."""
        ...

    def put_back(self, forgotten: Forgotten) -> None: ...

    def report(self) -> str:
        """What became of each recording, as CSV."""
        ...

    def channels(self, path: Path) -> int: ...
    def voices(
        self, path: Path, progress: Callable[[str, int, int], None], side: Side | None = None
    ) -> list[FoundVoice]:
        """Voices where ``side`` is read of a recording, the one that speaks most first; three at most."""
        ...

    def keep_voice(self, voice: FoundVoice, enrol: bool) -> int:
        """Keep a picked voice for recordings in line; with ``enrol`` it is the agent's from now on."""
        ...

    def close(self) -> None:
        """Stop, and wait for it; what ran waits again."""
        ...
