"""Recordings in line without a disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from coach.values.batches import BatchItem, Forgotten, Reviewed


class MemoryBatch:
    """A ``BatchStore`` in a dictionary; everything else is asked of ``calls``, a ``CallStore``."""

    def __init__(self, calls: Any) -> None:
        self._calls = calls
        self.kept: dict[int, BatchItem] = {}
        self.voices: dict[int, bytes] = {}
        self.known: dict[str, Reviewed] = {}
        self.read_elsewhere: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._calls, name)

    def batch_items(self) -> list[BatchItem]:
        return [self.kept[number] for number in sorted(self.kept)]

    def add_batch_items(self, items: Sequence[BatchItem]) -> list[BatchItem]:
        first = max(self.kept, default=0) + 1
        made = [replace(item, id=first + place) for place, item in enumerate(items)]
        self.keep_batch_items(made)
        return made

    def keep_batch_items(self, items: Sequence[BatchItem]) -> None:
        self.kept.update({item.id: item for item in items})

    def forget_batch_items(self, ids: Sequence[int]) -> None:
        for number in ids:
            self.kept.pop(number, None)

        wanted = {item.side.voice_id for item in self.kept.values()}
        self.voices = {number: voice for number, voice in self.voices.items() if number in wanted}

    def put_back_batch_items(self, forgotten: Forgotten) -> None:
        self.voices |= forgotten.voices
        self.keep_batch_items(forgotten.items)

    def reviewed(self, digest: str) -> Reviewed | None:
        found = self.known.get(digest)
        return found if found is not None and found.call_id in self._calls.calls else None

    def keep_reviewed(self, digest: str, reviewed: Reviewed) -> None:
        self.known[digest] = reviewed

    def take_over_reviewed(self, noted: Mapping[str, Reviewed]) -> None:
        self.known = dict(noted) | self.known

    def half_read(self) -> dict[str, str]:
        return {one.call_id: digest for digest, one in self.known.items() if not one.finished}

    @contextmanager
    def reading_alone(self, digest: str) -> Iterator[bool]:
        if digest in self.read_elsewhere:
            yield False
            return
        self.read_elsewhere.add(digest)
        try:
            yield True
        finally:
            self.read_elsewhere.discard(digest)

    def forget_reviewed(self, digest: str) -> None:
        self.known.pop(digest, None)

    def keep_batch_voice(self, profile: bytes) -> int:
        self.voices[len(self.voices) + 1] = profile
        return len(self.voices)

    def batch_voice(self, voice_id: int) -> bytes | None:
        return self.voices.get(voice_id)
