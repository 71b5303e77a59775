"""The part of the composition root that reads: what others share, and what comes back about one's own."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from coach.errors import KnownError
from coach.services.share_post import NOT_MINE, Post, Store
from coach.sharing import package
from coach.sharing.choosing import wanted_of
from coach.sharing.envelope import Shared
from coach.sharing.folder import files_in, read_bounded
from coach.sharing.trends import by_week
from coach.values.shares import (
    NOT_READ,
    Aside,
    Draft,
    FoundFile,
    InboxRow,
    KeptShare,
    Known,
    Looked,
    Note,
    Opened,
    Trend,
    Wanted,
    told_apart,
)

log = logging.getLogger(__name__)

UNKNOWN = "share-unknown-sender"


class EngineTeam(Post):
    """Reading. Only what is signed by somebody the user knows is taken in."""

    def look(self) -> Looked:
        folders = self._folders()
        if not folders:
            return Looked()
        store, counts, unreachable = self._store(), Counter[str](), list[str]()
        if self._chosen().team_room:
            store.forget_code(NOT_READ)
        seen = store.seen()
        for folder in folders:
            try:
                new = [file for file in files_in(Path(folder)) if file not in seen]
            except KnownError:
                unreachable.append(folder)
                continue
            for file in new:
                counts[self._look_at(store, file)] += 1
        return _looked(counts, unreachable)

    def take_in(self, path: Path) -> Looked:
        path, store = path.resolve(), self._store()
        shared = self._unpacked(path)
        try:
            outcome = self._taken(store, shared, str(path.parent), by_hand=True)
        except UnknownSenderError as error:
            # Set aside, so that its sender can be added and the file taken in then.
            aside = Aside(0, str(path), error.code, error.message, self._now(), error.card)
            store.note_seen(FoundFile(str(path), 0, 0.0), aside)
            raise
        share_id = shared.id if shared.kind == "summary" and outcome != "own" else ""
        return replace(_looked(Counter([outcome]), []), share_id=share_id)

    def add_person(self, person: Known) -> None:
        """What of theirs was opened by hand and set aside is taken in at once: no look finds it."""
        folders, aside = self._folders(), self._aside_of(person)
        super().add_person(person)
        for path in (Path(one.path) for one in aside):
            if str(path.parent) not in folders:
                try:
                    self.take_in(path)
                except KnownError as error:
                    log.info("what was set aside is not taken in now: %s", error.code)

    def inbox(self, wanted: Wanted | None = None) -> list[InboxRow]:
        if not self._any_kept():
            return []
        wanted, store, rows = wanted or Wanted(), self._store(), []
        names = told_apart(store.people())
        for kept in store.inbox(wanted.words):
            try:
                share = package.read_summary(kept.body)
            except KnownError as error:
                log.warning("a kept share is not shown: %s", error.code)
                continue
            rows.append(
                InboxRow(
                    kept.id,
                    kept.person,
                    kept.share_id,
                    names.get(kept.person, "Somebody you removed"),
                    kept.folder,
                    kept.sealed,
                    kept.opened,
                    share,
                    kept.snippet,
                    kept.notes,
                    kept.draft,
                )
            )
        return wanted_of(rows, wanted)

    def open(self, row: InboxRow) -> tuple[Note, ...]:
        store = self._store()
        sender = self._known().get(row.person)
        first = store.note_opened(row.id, self._now())
        told = first and self._chosen().tell_opened and self._identity() is not None
        if told and sender is not None and not sender.retired:
            body = package.receipt_body(row.share_id, row.person, "opened")
            self._answer("receipt", row.share_id, body, row.folder, sender)
            self.deliver()
        return tuple(one for one in store.notes(row.share_id) if one.mine and one.person == row.person)

    def write_note(self, row: InboxRow, text: str, at_s: float, line_id: str = "") -> Note:
        text = text.strip()
        if not text or len(text) > package.MOST_NOTE:
            raise KnownError(
                "note-length",
                f"A note has from one to {package.MOST_NOTE} characters. Change it, then send it.",
            )
        sender = self._known().get(row.person)
        if sender is None:
            raise KnownError(
                "person-unknown", "You removed whoever shared this, so there is nobody to send a note to."
            )
        if sender.retired:
            raise KnownError(
                "person-retired",
                f"{sender.name} no longer uses the key this was shared with, so no note can be sealed to it. "
                "Ask them to share it again.",
            )
        body = package.note_body(row.share_id, row.person, text, at_s, line_id)
        note_id = self._answer("note", row.share_id, body, row.folder, sender)
        made = Note(note_id, row.share_id, row.person, True, text, at_s, line_id, self._now())
        self._store().keep_note(made)
        self.deliver()
        return made

    def keep_draft(self, row_id: int, draft: Draft) -> None:
        self._store().keep_draft(row_id, draft)

    def clip(self, row: InboxRow, turn: int) -> bytes:
        found = self._store().clip(row.id, turn)
        if found is None:
            raise KnownError("clip-missing", "No sound came with this turn.")
        return found

    def delete(self, row_id: int) -> None:
        self._store().delete_share(row_id)

    def restore(self, row_id: int) -> None:
        self._store().restore_share(row_id)

    def set_aside(self) -> Sequence[Aside]:
        return self._store().set_aside() if self._any_kept() else []

    def look_again(self, aside: Aside) -> None:
        self._store().forget_seen(aside.id)

    def trend(self) -> Trend:
        rows = self.inbox()
        # In the list an earlier key is told apart by its name; here both are one person.
        people = self._known() if rows else {}
        return by_week(
            replace(row, name=people[row.person].name) if row.person in people else row for row in rows
        )

    def _folders(self) -> list[str]:
        """Nobody answers who was never shared with, so without a key only a reader looks."""
        chosen = self._chosen()
        mine = [chosen.folder] if chosen.folder and self._identity() is not None else []
        return list(dict.fromkeys([*mine, *(chosen.team_folders if chosen.team_room else ())]))

    def _look_at(self, store: Store, file: FoundFile) -> str:
        """What a file came to: the name of a count of ``Looked``."""
        try:
            shared = self._unpacked(Path(file.path))
            outcome = self._taken(store, shared, str(Path(file.path).parent))
        except KnownError as error:
            if error.code == "file-unreadable":
                # It may be readable the next time.
                return "unreadable"
            if error.code == NOT_MINE:
                store.note_seen(file)
                return "not_mine"
            if error.code not in _FAULTS:
                # No room, a locked store: not the file's fault, so it is read again.
                raise
            card = error.card if isinstance(error, UnknownSenderError) else ""
            store.note_seen(file, Aside(0, file.path, error.code, error.message, self._now(), card))
            return "aside"
        store.note_seen(file, self._later(file) if outcome == NOT_READ else None)
        return outcome

    def _unpacked(self, path: Path) -> Shared:
        """What was sealed to a key the user has replaced since is opened too."""
        return self._opened(read_bounded(path))

    def _later(self, file: FoundFile) -> Aside:
        return Aside(0, file.path, NOT_READ, "", self._now())

    def _taken(self, store: Store, shared: Shared, folder: str, by_hand: bool = False) -> str:
        mine = [one.public.sign_key for one in (self._identity(), *self._retired()) if one is not None]
        if shared.sender.sign_key in mine:
            return "own"
        if shared.kind == "retired":
            known = shared.sender.sign_key in self._known()
            return "retired" if known and store.retire_person(shared.sender.sign_key) else "not_mine"
        if shared.kind == "summary":
            if not by_hand and not self._chosen().team_room:
                return NOT_READ
            return self._take_summary(store, shared, folder, by_hand)
        return self._take_answer(store, shared, mine)

    def _take_summary(self, store: Store, shared: Shared, folder: str, by_hand: bool) -> str:
        self._must_know(shared)
        share = package.read_summary(shared.body)
        body, clips = package.clips_of(shared.body)
        if not self._chosen().sound:
            # Nor is any offered to be heard.
            body, clips = body | {"sound": []}, {}
        kept = KeptShare(
            shared.sender.sign_key,
            shared.id,
            package.made_at(shared),
            share.started_at,
            folder,
            shared.sealed,
            body,
            tuple(package.words_of(share)),
            clips,
        )
        return "summaries" if store.put_in(kept, by_hand) else "known"

    def _take_answer(self, store: Store, shared: Shared, mine: list[bytes]) -> str:
        """Only what names a key of the user's, and a share or a note of theirs: a copy proves nothing."""
        sender = shared.sender.sign_key
        if shared.kind == "note":
            note = package.read_note(shared, mine)
            if note is None:
                return "not_mine"
            self._must_know(shared)
            _must_be_shared(store, note.share_id)
            return "notes" if store.keep_note(note) else "known"
        receipt = package.read_receipt(shared, mine)
        if receipt is None:
            return "not_mine"
        self._must_know(shared)
        at = package.made_at(shared)
        if receipt.what == "acknowledged":
            store.acknowledge(receipt.note or "", sender, at)
            return "receipts"
        _must_be_shared(store, receipt.share)
        return "receipts" if store.keep_opened(receipt.share, Opened(sender, at)) else "known"

    def _must_know(self, shared: Shared) -> None:
        people = self._known()
        known = people.get(shared.sender.sign_key)
        if known is None:
            raise UnknownSenderError(shared, {one.name.casefold() for one in people.values()})
        if known.retired:
            raise KnownError(
                "share-retired-key",
                f"It is signed with a key that {known.name} no longer uses. Ask them to share it again.",
            )


class UnknownSenderError(KnownError):
    def __init__(self, shared: Shared, known_names: Collection[str]) -> None:
        sender = shared.sender
        known = sender.name.casefold() in known_names
        namesake = "You know somebody of that name by another key: take care. " if known else ""
        super().__init__(
            UNKNOWN,
            f"Its sender, who says to be {sender.name or 'somebody'}, is not among the people you know. "
            f"{namesake}Compare these words with them, then add them: {sender.words}.",
        )
        self.card = sender.card()


_FAULTS = {
    UNKNOWN,
    "share-too-large",
    "share-unreadable",
    "share-newer",
    "share-altered",
    "share-malformed",
    "share-no-evidence",
    "share-unasked",
    "share-retired-key",
    "note-unknown",
}
"""What is the matter with a file, as opposed to the machine."""


def _must_be_shared(store: Store, share_id: str) -> None:
    if all(out.share_id != share_id or out.kind != "summary" for out in store.outgoing()):
        raise KnownError("share-unasked", "This answers a summary that you did not share. It was set aside.")


def _looked(counts: Counter[str], unreachable: list[str]) -> Looked:
    return Looked(
        counts["summaries"],
        counts["notes"],
        counts["receipts"],
        counts["aside"],
        counts["not_mine"],
        tuple(unreachable),
        counts["retired"],
    )
