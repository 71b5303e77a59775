"""What keeps what is shared and read, and what gives it to the app, as Protocols."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from coach.values.revisions import ShownSummary
from coach.values.shares import (
    Aside,
    Draft,
    FoundFile,
    InboxRow,
    KeptIdentity,
    KeptShare,
    Known,
    Left,
    Looked,
    Me,
    Note,
    Opened,
    Outgoing,
    SharedCall,
    Trend,
    Wanted,
)


class SharingStore(Protocol):
    """The user's side: keys, people, what goes out and what is answered. Raises ``KnownError``."""

    def identity(self) -> KeptIdentity | None: ...
    def keep_identity(self, identity: KeptIdentity) -> None:
        """Raises ``KnownError`` ("identity-there")."""
        ...

    def replace_identity(self, identity: KeptIdentity, at: dt.datetime) -> None:
        """The one before stays among the retired, to read what was sealed to it."""
        ...

    def retired_identities(self) -> list[KeptIdentity]: ...
    def people(self) -> list[Known]: ...
    def keep_person(self, person: Known) -> None:
        """New, or in the place of the one with the same key."""
        ...

    def remove_person(self, key: bytes) -> None: ...
    def retire_person(self, key: bytes) -> bool:
        """They no longer use this key; false where that was known."""
        ...

    def put_out(self, out: Outgoing, data: bytes) -> int:
        """A newer file of the same share takes the place of one that still waits."""
        ...

    def waiting(self, now: dt.datetime) -> list[tuple[Outgoing, bytes]]:
        """What is to go out now, oldest first; nothing of a deleted call."""
        ...

    def note_sent(self, out_id: int, name: str, at: dt.datetime) -> bool:
        """False where it was taken back meanwhile."""
        ...

    def note_trouble(self, out_id: int, trouble: str) -> None: ...
    def take_back_out(self, out_id: int) -> bool:
        """Forget it; whether it was still waiting."""
        ...

    def outgoing(self, call_id: str | None = None) -> list[Outgoing]:
        """Newest first."""
        ...

    def notes(self, share_id: str) -> list[Note]: ...
    def keep_note(self, note: Note) -> bool:
        """False where it is there already."""
        ...

    def acknowledge(self, note_id: str, person: bytes, at: dt.datetime) -> Note:
        """Raises ``KnownError`` ("note-unknown")."""
        ...

    def keep_opened(self, share_id: str, opened: Opened) -> bool: ...
    def opened(self, share_id: str) -> list[Opened]: ...
    def unread_notes(self) -> list[Note]: ...


class InboxStore(Protocol):
    """The reader's side. Raises ``KnownError`` ("share-unknown")."""

    def seen(self) -> set[FoundFile]: ...
    def note_seen(self, file: FoundFile, aside: Aside | None = None) -> None: ...
    def forget_seen(self, aside_id: int) -> None: ...
    def forget_code(self, code: str) -> None:
        """Whatever was set aside for this reason is read anew."""
        ...

    def set_aside(self) -> list[Aside]: ...
    def put_in(self, share: KeptShare, by_hand: bool = False) -> bool:
        """False where this one or a newer one of the same share is there. A newer one takes its place. What
        was deleted stays so, unless its file was opened ``by_hand``."""
        ...

    def inbox(self, words: str = "") -> list[KeptShare]:
        """Newest call first, without their ``words``; with words, those that hold every one of them."""
        ...

    def clip(self, row_id: int, turn: int) -> bytes | None:
        """The sound that came with a turn."""
        ...

    def note_opened(self, row_id: int, at: dt.datetime) -> bool:
        """Whether it was opened for the first time."""
        ...

    def delete_share(self, row_id: int) -> None: ...
    def restore_share(self, row_id: int) -> None: ...
    def purge_shares(self, older_than: dt.datetime) -> int: ...
    def keep_draft(self, row_id: int, draft: Draft) -> None:
        """In the place of the one before."""
        ...


class SharingServices(Protocol):
    """Sharing and reading without a server. Methods raise ``KnownError``."""

    def me(self) -> Me | None: ...
    def make_me(self, name: str) -> Me: ...
    def replace_me(self, name: str = "") -> Me:
        """A new key. The old one signs nothing any more but that it is retired, into the folders in use; what
        was sealed to it can still be read. Raises ``KnownError`` ("share-no-key")."""
        ...

    def people(self) -> list[Known]: ...
    def read_card(self, card: str) -> Known:
        """Who a card is of, before they are taken in ("key-unreadable", "key-own")."""
        ...

    def add_person(self, person: Known) -> None: ...
    def remove_person(self, person: Known) -> None:
        """``add_person`` undoes it."""
        ...

    def preview(self, call_id: str, left: Left = ()) -> ShownSummary:
        """Exactly what would be shared: redacted, edited, commented, without the lines left out."""
        ...

    def hearable(self, call_id: str) -> frozenset[int]:
        """The turns whose sound could go along: the recording is there, and nothing in them was hidden."""
        ...

    def share(self, call_id: str, left: Left = (), held: bool = False, sound: bool = False) -> Outgoing:
        """Into the folder of the settings, now or as soon as it can be reached; ``held``: not before a minute
        has passed. ``sound``: with that of the turns that go along, as far as ``hearable`` has them.
        ("share-no-key", "share-no-folder", "share-no-reader", "share-too-large")"""
        ...

    def export(
        self, call_id: str, left: Left, path: Path, replace: bool = False, sound: bool = False
    ) -> None:
        """The same as a file ("file-exists", "file-no-room", "file-unwritable")."""
        ...

    def take_back(self, out: Outgoing) -> None:
        """While it waits, or by removing the file ("share-taken" where that cannot be done any more)."""
        ...

    def deliver(self) -> int:
        """Try all that waits; how many files still do."""
        ...

    def sent(self) -> list[Outgoing]:
        """What was shared of all calls, newest first."""
        ...

    def of_call(self, call_id: str) -> SharedCall: ...
    def acknowledge(self, note: Note) -> None: ...
    def unread(self) -> list[Note]: ...
    def look(self) -> Looked:
        """Take in what is new in the folders."""
        ...

    def take_in(self, path: Path) -> Looked:
        """One file that came by another way; what is wrong with it is raised."""
        ...

    def inbox(self, wanted: Wanted | None = None) -> list[InboxRow]: ...
    def open(self, row: InboxRow) -> tuple[Note, ...]:
        """It is read now; the agent is told, if the settings say so. The notes about it come back."""
        ...

    def clip(self, row: InboxRow, turn: int) -> bytes:
        """The sound that came with a turn of a shared summary. Raises ``KnownError`` ("clip-missing")."""
        ...

    def write_note(self, row: InboxRow, text: str, at_s: float, line_id: str = "") -> Note: ...
    def keep_draft(self, row_id: int, draft: Draft) -> None:
        """A note that is still being written, in the place of the one before."""
        ...

    def delete(self, row_id: int) -> None: ...
    def restore(self, row_id: int) -> None: ...
    def set_aside(self) -> Sequence[Aside]: ...
    def look_again(self, aside: Aside) -> None:
        """Its file is read anew with the next look, if it is still there."""
        ...

    def trend(self) -> Trend: ...
