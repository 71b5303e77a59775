"""The part of the composition root that shares: preview, send, take back, and see what came of it."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from coach.calls.summary_json import summary_to_json
from coach.calls.words import said_in
from coach.errors import KnownError
from coach.machine.whole_files import write_whole
from coach.redaction.kinds import KINDS
from coach.services.share_post import HELD, Store, file_words
from coach.services.team import EngineTeam
from coach.settings import SET_BY, SharingSettings
from coach.sharing import package
from coach.sharing.folder import is_there, read_bounded
from coach.sharing.identity import Identity
from coach.sharing.leaving_out import leave_out, reads_as, redacted
from coach.values.revisions import ShownSummary
from coach.values.share_ports import SharingServices
from coach.values.shares import ENDING, WHOLE_COMMENT, Known, Left, Note, Outgoing, SharedCall, told_apart

Span = tuple[float, float]
"""(start, end) in seconds of a call."""


class Heard(Protocol):
    """The recordings of calls, as far as they are there."""

    def has_sound(self, call_id: str) -> bool: ...
    def excerpts(self, call_id: str, spans: Mapping[int, Sequence[Span]]) -> dict[int, bytes]:
        """The agent's sound in the spans of each turn, and of nothing beside them."""
        ...

    def words_before(self, call_id: str) -> Mapping[int, Sequence[str]]:
        """What turns said before they were put right, by their index."""
        ...


_HIDDEN = re.compile(rf"\[(?:{'|'.join(map(re.escape, KINDS))})\]")

Settled = Callable[[str], tuple[Collection[str], int]]
"""Of a call's commitments, the ids of those settled, and how many of them were kept."""


class EngineSharing(EngineTeam, SharingServices):
    """``shown`` gives a summary as its agent made it, ``hide`` what is hidden in a text."""

    def __init__(
        self,
        store: Callable[[], Store],
        any_kept: Callable[[], bool],
        chosen: Callable[[], SharingSettings],
        shown: Callable[[str], ShownSummary],
        settled: Settled,
        hide: Callable[[str], str],
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now().astimezone(),
        heard: Heard | None = None,
    ) -> None:
        super().__init__(store, any_kept, chosen, now)
        self._shown = shown
        self._settled = settled
        self._hide = hide
        self._heard = heard

    def preview(self, call_id: str, left: Left = ()) -> ShownSummary:
        shown = redacted(self._shown(call_id), self._hide)
        there = {WHOLE_COMMENT, *(line.id for section in shown.sections for line in section.lines)}
        if unknown := sorted(set(left) - there):
            # A slip, or the summary was changed since: what was to stay here must not go.
            raise KnownError(
                "line-unknown",
                f"There is no line {unknown[0]} in this summary to leave out. Look at the preview again, "
                "which has the ids.",
            )
        return leave_out(shown, left)

    def hearable(self, call_id: str) -> frozenset[int]:
        if self._heard is None or not self._chosen().sound or not self._heard.has_sound(call_id):
            return frozenset()
        # What was hidden in the words would still be heard, also where the agent put other words there since.
        before = self._heard.words_before(call_id)
        return frozenset(
            turn.index
            for turn in self.preview(call_id).turns
            if not any(map(_HIDDEN.search, (turn.text, *before.get(turn.index, ()))))
        )

    def share(self, call_id: str, left: Left = (), held: bool = False, sound: bool = False) -> Outgoing:
        chosen = self._chosen()
        folder = chosen.folder
        if not folder and chosen.is_laid_down("folder"):
            raise KnownError(
                "share-laid-down", f"{SET_BY} Nothing is shared into a folder. Save a file instead."
            )
        if not folder:
            raise KnownError(
                "share-no-folder",
                "There is no folder to share in yet. Choose one in the settings, under Sharing.",
            )
        data, out = self._made(call_id, left, folder, sound)
        if held:
            out = replace(out, hold_until=out.hold_until + HELD)
        out_id = self._store().put_out(out, data)
        self.deliver()
        # Shared once more, or taken back, by another program meanwhile it is no longer there.
        found = (one for one in self._store().outgoing(call_id) if one.id == out_id)
        return next(found, replace(out, id=out_id))

    def export(
        self, call_id: str, left: Left, path: Path, replace: bool = False, sound: bool = False
    ) -> None:
        path = path.resolve()
        data, out = self._made(call_id, left, str(path.parent), sound, path.name)
        write_whole(path, data, replace)
        store = self._store()
        store.note_sent(store.put_out(out, data), path.name, self._now())

    def take_back(self, out: Outgoing) -> None:
        path, store = Path(out.folder) / out.name, self._store()
        of_call = store.outgoing(out.call_id)
        sent = next((one for one in of_call if one.id == out.id), out).sent_at
        if sent is not None:
            try:
                # Where a network share is away, its empty place is a folder too: the file is still there.
                gone = is_there(path.parent, self._mount(out.folder))
                if gone:
                    path.unlink(missing_ok=True)
            except OSError:
                gone = False
            if not gone:
                raise KnownError(
                    "share-taken", f"{path} cannot be removed now, so it was not taken back. Try again later."
                )
            # A newer one had taken the place of those before, so none of them is there any more.
            for one in of_call:
                if one.sent_at is not None and (one.folder, one.name) == (out.folder, out.name):
                    store.take_back_out(one.id)
        store.take_back_out(out.id)

    def sent(self) -> list[Outgoing]:
        every = self._store().outgoing() if self._any_kept() else []
        return [one for one in every if one.kind == "summary"]

    def of_call(self, call_id: str) -> SharedCall:
        if not self._any_kept():
            return SharedCall()
        store = self._store()
        out = [one for one in store.outgoing(call_id) if one.kind == "summary"]
        if not out:
            return SharedCall()
        share_id = out[0].share_id
        names = told_apart(store.people())
        notes = tuple(note for note in store.notes(share_id) if not note.mine)
        opened = tuple(store.opened(share_id))
        return SharedCall(share_id, tuple(out), opened, notes, names, self._changed(call_id, out[0]))

    def _changed(self, call_id: str, out: Outgoing) -> bool:
        """Whether the summary says something else by now than the file that lies in its folder, or waits.
        A file that cannot be read now says nothing about that."""
        try:
            said = self._opened(self._data(out))
            package.read_summary(said.body)
            now = summary_to_json(self.preview(call_id))
        except KnownError:
            return False
        return not reads_as(said.body["summary"], now)

    def _data(self, out: Outgoing) -> bytes:
        if out.sent_at is None:
            waiting = self._store().waiting(out.hold_until)
            return next((data for one, data in waiting if one.id == out.id), b"")
        return read_bounded(Path(out.folder) / out.name)

    def acknowledge(self, note: Note) -> None:
        """The note's writer is told, in the folder in which the call was shared."""
        store, now = self._store(), self._now()
        before = store.acknowledge(note.id, note.person, now)
        sender = self._known().get(note.person)
        folders = [out.folder for out in store.outgoing() if out.share_id == note.share_id]
        if before.acknowledged_at is None and sender is not None and not sender.retired and folders:
            body = package.receipt_body(note.share_id, note.person, "acknowledged", note.id)
            self._answer("receipt", note.share_id, body, folders[0], sender)
            self.deliver()

    def unread(self) -> list[Note]:
        return self._store().unread_notes() if self._any_kept() else []

    def _made(
        self, call_id: str, left: Left, folder: str, sound: bool, name: str = ""
    ) -> tuple[bytes, Outgoing]:
        """``name`` is that of the file, where the user chose one."""
        mine, shown = self._needed(), self.preview(call_id, left)
        if not any(section.lines for section in shown.sections):
            raise KnownError("share-empty", "Nothing is left to share. Keep at least one line.")
        if sound and not self._chosen().sound:
            why = SET_BY if self._chosen().is_laid_down("sound") else "You switched it off in the settings."
            raise KnownError("share-no-sound", f"{why} No sound goes along with a summary.")
        settled, kept = self._settled(call_id)
        clips = self._clips(call_id, shown) if sound else {}
        alone = self._chosen().count_alone
        body = package.summary_body(summary_to_json(shown), settled, kept, alone, clips)
        _must_be_readable(body)
        before = [out for out in self._store().outgoing(call_id) if out.kind == "summary"]
        # The same for a call that was shared before, so that the newer one takes its place.
        share_id = before[0].share_id if before else uuid.uuid4().hex
        after = max((out.made_at for out in before), default=None)
        data, at = self._packed(mine, "summary", share_id, body, self._readers(), after)
        name = name or _name(mine, shown, share_id)
        return data, Outgoing(0, share_id, "summary", call_id, folder, name, at, self._now())

    def _clips(self, call_id: str, shown: ShownSummary) -> dict[int, bytes]:
        allowed = self.hearable(call_id)
        spans = {turn.index: said_in(turn) for turn in shown.turns if turn.index in allowed}
        return self._heard.excerpts(call_id, spans) if self._heard is not None and spans else {}

    def _readers(self) -> list[Known] | None:
        if not self._chosen().seal:
            return None
        readers = [one for one in self._store().people() if one.reads and not one.retired]
        if not readers:
            raise KnownError(
                "share-no-reader",
                "Nobody is chosen yet who may read what you share. Add them in the settings, under Sharing.",
            )
        return readers


def _must_be_readable(body: package.Json) -> None:
    """What no reader would take in must not leave: the agent would believe it was read."""
    try:
        package.read_summary(body)
    except KnownError as error:
        if error.code != "share-malformed":
            raise
        raise KnownError(
            "share-too-long",
            "Something in this summary is longer than a shared one may hold, such as a comment. Shorten it, "
            "or leave its line out, then try again.",
        ) from error


def _name(mine: Identity, shown: ShownSummary, share_id: str) -> str:
    """By whom and when, never whom it was with: "2026-11-27 1405 Ann Agent 3f9a1c2b.sameside"."""
    return f"{shown.header.started_at:%Y-%m-%d %H%M} {file_words(mine.name)} {share_id[:8]}.{ENDING}"
