"""What both sides of sharing have in common: who the user is, whom they know, and files on their way out."""

from __future__ import annotations

import datetime as dt
import logging
import stat
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from coach.errors import KnownError
from coach.machine.whole_files import UnwrittenError, sweep, write_whole
from coach.settings import SET_BY, SharingSettings
from coach.sharing.envelope import MOST_BYTES, Shared, pack, pack_sealed, unpack
from coach.sharing.folder import is_empty, is_there
from coach.sharing.identity import Identity, Person, plain_name
from coach.sharing.package import Json, is_for
from coach.values.share_ports import InboxStore, SharingStore
from coach.values.shares import ENDING, Aside, KeptIdentity, Kind, Known, Me, Outgoing

log = logging.getLogger(__name__)

NOT_MINE = "share-not-for-you"
HELD = dt.timedelta(minutes=1)
"""How long what goes out by the user's rule can be stopped before anybody can see it."""


class Store(SharingStore, InboxStore, Protocol):
    """What is needed of the store here."""


class Post:
    """``store`` opens the store, and raises what it raises; where there is none yet (``any_kept``) it is not
    made only to find nothing in it. ``chosen`` gives the settings as they are now."""

    def __init__(
        self,
        store: Callable[[], Store],
        any_kept: Callable[[], bool],
        chosen: Callable[[], SharingSettings],
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now().astimezone(),
    ) -> None:
        self._store = store
        self._any_kept = any_kept
        self._chosen = chosen
        self._now = now

    def me(self) -> Me | None:
        mine = self._identity()
        return None if mine is None else _me(mine)

    def make_me(self, name: str) -> Me:
        shown = plain_name(name)
        if not shown:
            raise KnownError("name-missing", "Say a name, so that others know whose summary they read.")
        made = Identity.new(shown)
        sign, seal = made.secrets
        self._store().keep_identity(KeptIdentity(made.name, sign, seal))
        return _me(made)

    def replace_me(self, name: str = "") -> Me:
        old, store, now = self._needed(), self._store(), self._now()
        made = Identity.new(plain_name(name) or old.name)
        sign, seal = made.secrets
        store.replace_identity(KeptIdentity(made.name, sign, seal), now)
        chosen = self._chosen()
        for folder in dict.fromkeys(filter(None, (chosen.folder, *chosen.team_folders))):
            # Not sealed: whoever knows the old key is to learn of it, and nothing in it is secret.
            data, at = self._packed(old, "retired", uuid.uuid4().hex, {}, None)
            file = f"{at:%Y-%m-%d %H%M} {file_words(old.name)} retired {uuid.uuid4().hex[:8]}.{ENDING}"
            store.put_out(Outgoing(0, "", "retired", None, folder, file, at, at), data)
        self.deliver()
        return _me(made)

    def _to_leave(self, data: bytes) -> bytes:
        """What waits, as it goes out now: signed with the key the user has now, and a summary sealed to those
        who may read it now. It may have waited while a key was replaced, or a reader removed; or while it was
        laid down, or chosen, that summaries are sealed or that no sound goes along.

        Raises ``KnownError("share-no-reader")``.
        """
        try:
            said = self._opened(data)
        except KnownError as error:
            log.warning("what waits goes out as it is: %s", error.code)
            return data
        mine, known = self._needed(), self._known().values()
        is_mine = said.sender.sign_key == mine.public.sign_key
        before, said = said, self._as_chosen(said)
        if said.kind == "retired" or (
            is_mine and said == before and not (said.sealed and said.kind == "summary")
        ):
            return data
        if not said.sealed:
            return pack(mine, said.kind, said.id, said.made_at, said.body)
        if said.kind == "summary":
            readers = [one for one in known if one.reads and not one.retired]
            if not readers:
                raise KnownError(
                    "share-no-reader",
                    "Nobody is chosen any more who may read it. Choose somebody in the settings, "
                    "under Sharing.",
                )
        else:
            readers = [one for one in known if is_for(said.body, one.key)]
        to = [Person(one.name, one.key, one.seal_key) for one in readers]
        return pack_sealed(mine, to, said.kind, said.id, said.made_at, said.body)

    def _as_chosen(self, said: Shared) -> Shared:
        """A summary as strict as the settings are by now; what was sealed stays so."""
        if said.kind != "summary":
            return said
        chosen = self._chosen()
        body = {name: part for name, part in said.body.items() if name != "sound" or chosen.sound}
        return replace(said, body=body, sealed=said.sealed or chosen.seal)

    def _opened(self, data: bytes) -> Shared:
        """With the user's key, or one they have replaced since. Raises as ``unpack`` does."""
        keys: list[Identity | None] = [self._identity(), *self._retired()]
        for key in keys[:-1]:
            try:
                return unpack(data, key)
            except KnownError as error:
                if error.code != NOT_MINE:
                    raise
        return unpack(data, keys[-1])

    def people(self) -> list[Known]:
        kept = self._store().people() if self._any_kept() else []
        return [replace(one, words=Person(one.name, one.key, one.seal_key).words) for one in kept]

    def read_card(self, card: str) -> Known:
        person = Person.from_card(card)
        mine = self._identity()
        if mine is not None and person.sign_key == mine.public.sign_key:
            raise KnownError("key-own", "That is your own key. Paste the one that somebody gave you.")
        name = person.name or "Somebody"
        return Known(person.sign_key, person.seal_key, name, person.fingerprint, words=person.words)

    def add_person(self, person: Known) -> None:
        store, known = self._store(), self._known().get(person.key)
        if known is not None and known.retired and not person.retired:
            # Whoever has got hold of it would be believed again, and no file says a second time that it is.
            raise KnownError(
                "key-retired",
                f"{known.name} no longer uses this key. Ask for the line of the new one, and add that. Where "
                "this one is in use after all, remove it first, then add it again.",
            )
        store.keep_person(person)
        for aside in self._aside_of(person):
            # What waited only for this person to be known is read with the next look.
            store.forget_seen(aside.id)

    def _aside_of(self, person: Known) -> list[Aside]:
        every = self._store().set_aside()
        return [one for one in every if one.card and Person.from_card(one.card).sign_key == person.key]

    def remove_person(self, person: Known) -> None:
        self._store().remove_person(person.key)

    def deliver(self) -> int:
        if not self._any_kept():
            return 0
        store = self._store()
        for out, data in store.waiting(self._now()):
            try:
                self._must_be_allowed(out)
                self._must_be_there(store, out)
                _put(Path(out.folder) / out.name, self._to_leave(data), again=bool(out.trouble))
            except KnownError as error:
                if error.message != out.trouble:
                    store.note_trouble(out.id, error.message)
            else:
                if not store.note_sent(out.id, out.name, self._now()):
                    _remove_taken_back(store, out)
                elif out.kind == "summary":
                    _remove_renamed(store, out)
        return sum(out.sent_at is None for out in store.outgoing())

    def _must_be_allowed(self, out: Outgoing) -> None:
        """A summary that waited while the organisation laid down another folder, or none, waits on. So does
        one that goes by the user's rule, once that is switched off."""
        chosen = self._chosen()
        by_rule = out.kind == "summary" and out.hold_until - out.made_at > HELD / 2
        if by_rule and chosen.rule == "by-hand":
            why = SET_BY if chosen.is_laid_down("rule") else "You switched that off."
            raise KnownError(
                "share-rule-off", f"{why} No call is shared by itself: share this one, or take it back."
            )
        if (
            out.kind == "summary"
            and chosen.is_laid_down("folder")
            and Path(out.folder) != Path(chosen.folder)
        ):
            where = f"shared into {chosen.folder} only" if chosen.folder else "shared into a folder"
            raise KnownError(
                "share-laid-down", f"{SET_BY} {'It is' if chosen.folder else 'Nothing is'} {where}."
            )

    def _must_be_there(self, store: Store, out: Outgoing) -> None:
        folder = Path(out.folder)
        there = is_there(folder, self._mount(out.folder))
        if there and out.kind != "summary" and out.folder != self._chosen().folder:
            # Of a folder of others no mount is known. Where its share is away its place stands empty, though
            # files came from it: an answer put there would be hidden once the share is back.
            came = any(Path(file.path).parent == folder for file in store.seen())
            there = not (came and is_empty(folder))
        if not there:
            raise KnownError(
                "folder-unreachable",
                f"The folder {folder} cannot be reached now. It is tried again by itself.",
            )

    def _mount(self, folder: str) -> str:
        chosen = self._chosen()
        return chosen.mount if folder == chosen.folder else ""

    def _identity(self) -> Identity | None:
        kept = self._store().identity() if self._any_kept() else None
        return None if kept is None else Identity(kept.name, kept.sign, kept.seal)

    def _retired(self) -> list[Identity]:
        kept = self._store().retired_identities() if self._any_kept() else []
        return [Identity(one.name, one.sign, one.seal) for one in kept]

    def _needed(self) -> Identity:
        mine = self._identity()
        if mine is None:
            raise KnownError(
                "share-no-key", "You have no key to sign with yet. Make one in the settings, under Sharing."
            )
        return mine

    def _packed(
        self,
        mine: Identity,
        kind: Kind,
        id_: str,
        body: Json,
        readers: list[Known] | None,
        after: dt.datetime | None = None,
    ) -> tuple[bytes, dt.datetime]:
        """The signed file, sealed to ``readers`` unless that is None, and when it was made: later than
        ``after``, also where the clock was put back since, for readers take the latest for the newest."""
        at = self._now()
        if after is not None and at <= after:
            at = after + dt.timedelta(seconds=1)
        if readers is None:
            data = pack(mine, kind, id_, at.isoformat(), body)
        else:
            to = [Person(one.name, one.key, one.seal_key) for one in readers]
            data = pack_sealed(mine, to, kind, id_, at.isoformat(), body)
        if len(data) > MOST_BYTES:
            raise KnownError(
                "share-too-large", "This is too large to share. Leave some lines out, then try again."
            )
        return data, at

    def _answer(self, kind: Kind, share_id: str, body: Json, folder: str, reader: Known) -> str:
        """An answer to somebody's share, or to a note, for ``folder``; nobody else can read it."""
        mine, answer_id = self._needed(), uuid.uuid4().hex
        data, at = self._packed(mine, kind, answer_id, body, [reader])
        name = f"{at:%Y-%m-%d %H%M} {file_words(mine.name)} {kind} {answer_id[:8]}.{ENDING}"
        self._store().put_out(Outgoing(0, share_id, kind, None, folder, name, at, at), data)
        return answer_id

    def _known(self) -> dict[bytes, Known]:
        return {one.key: one for one in self._store().people()}


def file_words(name: str) -> str:
    """A person's name as a part of a file's name: letters, digits and spaces, whatever it held."""
    kept = "".join(char if char.isalnum() or char in " -" else " " for char in name)
    return " ".join(kept.split())[:40].strip() or "Somebody"


def _put(path: Path, data: bytes, *, again: bool) -> None:
    try:
        # The name holds the id of what is shared, so a file of that name is an older one of the same.
        write_whole(path, data, replace=True)
    except UnwrittenError as error:
        full = error.code == "file-no-room"
        raise KnownError(
            error.code,
            f"There is no room in the folder {path.parent}. It is tried again by itself."
            if full
            else f"The folder {path.parent} took nothing now ({error.reason}). It is tried again by itself.",
        ) from error
    if again:
        sweep(path)
    try:
        # Whoever may read the folder may read its files: what only some may read is sealed.
        path.chmod(stat.S_IMODE(path.parent.stat().st_mode) & 0o666)
    except OSError as error:
        log.info("the file's rights stay as they are: %s", error)


def _remove_taken_back(store: Store, out: Outgoing) -> None:
    """It was taken back, by another program perhaps, just while it was written. A newer one stays."""
    if all((one.folder, one.name) != (out.folder, out.name) for one in store.outgoing()):
        with suppress(OSError):
            (Path(out.folder) / out.name).unlink(missing_ok=True)


def _remove_renamed(store: Store, out: Outgoing) -> None:
    """What ``out`` takes the place of, where it has another name: that of the user was another then."""
    ending = f" {out.share_id[:8]}.{ENDING}"
    for one in store.outgoing(out.call_id):
        same = (one.kind, one.share_id, one.folder) == (out.kind, out.share_id, out.folder)
        if same and one.sent_at is not None and one.name != out.name and one.name.endswith(ending):
            with suppress(OSError):
                (Path(one.folder) / one.name).unlink(missing_ok=True)
                store.take_back_out(one.id)


def _me(identity: Identity) -> Me:
    public = identity.public
    return Me(public.name, public.sign_key, public.fingerprint, public.card(), public.words)
