"""Brings sharing, the summary page, the settings and the folders together; on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from coach.errors import KnownError
from coach.events import SessionStopped
from coach.ports import Services
from coach.settings import SET_BY
from coach.values.shares import ENDING, Known, Looked, Me, Note, Outgoing, SharedCall, told_apart
from ui import text
from ui.settings.dialog import SHARING, SettingsDialog
from ui.sharing.dialog import ShareDialog
from ui.sharing.replace_key import ReplaceKeyDialog
from ui.window.main_window import SUMMARY, MainWindow
from ui.work import Background

LOOK_EVERY_MS = 30_000
"""Folders on a network do not tell of changes, so they are looked at."""

_COMES_INTO_SIGHT = (QEvent.Type.Show, QEvent.Type.WindowActivate, QEvent.Type.WindowStateChange)
_RETIRED = "Somebody you know no longer uses the key you have of them."


class SharingDesk(QObject):
    """``failed`` with a ``KnownError``; ``changed`` when the settings are to be saved; ``looked`` with what a
    look into the folders brought."""

    failed = Signal(object)
    changed = Signal()
    looked = Signal(object)
    settings_wanted = Signal(str)

    def __init__(self, services: Services, window: MainWindow) -> None:
        super().__init__(window)
        self._services = services
        self._sharing = services.sharing
        self._window = window
        self.background = Background(self)
        self.dialog: ShareDialog | None = None
        self.replace_dialog: ReplaceKeyDialog | None = None
        self._settings: SettingsDialog | None = None
        self._known = SharedCall()
        self._new_calls: set[str] = set()
        self._looked_at = ""
        """The call whose summary is in the window."""
        self._seen = False
        """Whether the window could be looked at meanwhile: in the tray nobody sees a summary."""
        self._looking = self._asking = False
        self.timer = QTimer(self, interval=LOOK_EVERY_MS)
        self.timer.timeout.connect(self.look)
        page = window.summary
        page.share_wanted.connect(self.ask)
        page.call_shown.connect(self.refresh)
        page.call_shown.connect(self._follow_call)
        page.revised.connect(self.refresh)
        page.strip.acknowledge_wanted.connect(self._acknowledge)
        page.strip.take_back_wanted.connect(self._take_back)
        page.strip.answer_wanted.connect(self._ask_answer)
        window.room_entered.connect(self._follow_room)
        window.installEventFilter(self)

    def begin(self) -> None:
        """The store is open: what waits goes out, and answers come in."""
        self.timer.start()
        self.look()

    def close(self) -> None:
        self.timer.stop()
        self._leave()
        # What was to be shared goes out, though a look into the folders is before it.
        self.background.finish()

    @Slot()
    def look(self) -> None:
        if self._looking:
            return
        self._looking = True

        def done(looked: Looked) -> None:
            self._looking = False
            if looked.notes:
                notes = text.count_text(looked.notes, "note", "notes")
                self._window.toast.say(f"{notes} about calls you shared.", "Show", self._open_unread)
            if looked.retired:
                self._window.toast.say(_RETIRED, "Show", lambda: self.settings_wanted.emit(SHARING))
            # What waited may have gone out, or waits for another reason by now.
            if looked.news or any(out.sent_at is None for out in self._known.outgoing):
                self.refresh(self._window.summary.call_id)
            self.looked.emit(looked)

        def failed(_error: KnownError) -> None:
            # Asked again in half a minute; a store that is locked was told already.
            self._looking = False

        self.background.run(self._look, done, failed)

    def _look(self) -> Looked:
        self._sharing.deliver()
        return self._sharing.look()

    def refresh(self, call_id: str) -> None:
        def found(known: SharedCall) -> None:
            if self._window.summary.call_id == call_id:
                self._known = known
                self._window.summary.strip.show_shared(known)

        if call_id:
            self._run(lambda: self._sharing.of_call(call_id), found)

    @Slot()
    def ask(self) -> None:
        """Show what would go; without a key the settings come first."""
        call_id = self._window.summary.call_id

        def found(got: tuple[object, Me | None, list[Known], frozenset[int]]) -> None:
            self._asking = False
            shown, me, people, hearable = got
            if me is None:
                self._window.toast.say("First make your key, and add who may read what you share.")
                self.settings_wanted.emit(SHARING)
                return
            self.dialog = dialog = ShareDialog(
                shown,  # type: ignore[arg-type]
                self._to(people),
                bool(self._services.settings.sharing.folder),
                hearable,
                self._window,
            )
            dialog.share_wanted.connect(lambda left, sound: self.share(call_id, left, sound=sound))
            dialog.file_wanted.connect(partial(self._ask_file, call_id))
            dialog.open()

        def failed(error: KnownError) -> None:
            self._asking = False
            self.failed.emit(error)

        # Pressed again before it is there, it is not opened twice.
        if call_id and not self._asking:
            self._asking = True
            sharing = self._sharing
            self.background.run(
                lambda: (sharing.preview(call_id), sharing.me(), sharing.people(), sharing.hearable(call_id)),
                found,
                failed,
            )

    def share(self, call_id: str, left: frozenset[str], held: bool = False, sound: bool = False) -> None:
        self._run(
            lambda: self._sharing.share(call_id, left, held, sound),
            lambda out: self._tell_shared(call_id, out, held),
        )

    def _tell_shared(self, call_id: str, out: Outgoing, held: bool) -> None:
        self.refresh(call_id)
        undo = partial(self._undo, out)
        if out.sent_at is not None:
            self._window.toast.say("Summary shared.", text.UNDO, undo)
        elif held:
            self._window.toast.say("The summary is shared in a minute.", text.UNDO, undo)
        else:
            self._window.toast.say("The folder is away. It is shared once it is back.", text.UNDO, undo)

    def add_new(self, stopped: SessionStopped) -> None:
        """A call has just ended: with the rule, it is shared once its summary was looked at and left."""
        if stopped.saved and stopped.record.turns:
            self._new_calls.add(stopped.record.header.id)

    @Slot(object)
    def attach(self, dialog: SettingsDialog) -> None:
        """A settings dialog was opened: its page is filled once it is shown."""
        self._settings = dialog
        page = dialog.sharing
        page.key_wanted.connect(lambda name: self._setting(lambda: self._sharing.make_me(name)))
        page.replace_wanted.connect(self._ask_replace)
        page.card_pasted.connect(self._read_card)
        page.add_wanted.connect(lambda known: self._setting(lambda: self._sharing.add_person(known)))
        page.remove_wanted.connect(lambda known: self._setting(lambda: self._sharing.remove_person(known)))
        page.changed.connect(self.changed)
        dialog.page_entered.connect(lambda name: self._fill() if name == SHARING else None)
        dialog.finished.connect(self._closed)

    @Slot()
    def _closed(self) -> None:
        self._settings = None
        self.look()

    def _fill(self) -> None:
        def found(got: tuple[Me | None, list[Known]]) -> None:
            if self._settings is not None:
                self._settings.sharing.show_me(got[0])
                self._settings.sharing.show_people(got[1])

        self.background.run(lambda: (self._sharing.me(), self._sharing.people()), found, self._show_problem)

    def _setting(self, change: Callable[[], object]) -> None:
        def done(_done: object) -> None:
            if self._settings is not None:
                # What was wrong with the try before is no longer so.
                self._settings.sharing.show_problem("")
            self._fill()

        self.background.run(change, done, self._show_problem)

    def _read_card(self, card: str) -> None:
        def found(read: tuple[Known, list[Known]]) -> None:
            known, people = read
            if self._settings is not None:
                self._settings.sharing.show_found(known, _before(known, people))

        def failed(error: KnownError) -> None:
            if self._settings is not None:
                self._settings.sharing.show_card_problem(error.message)

        self.background.run(lambda: (self._sharing.read_card(card), self._sharing.people()), found, failed)

    def _ask_replace(self) -> None:
        self.replace_dialog = dialog = ReplaceKeyDialog(self._settings)
        dialog.confirmed.connect(lambda: self._setting(self._sharing.replace_me))
        dialog.finished.connect(lambda _result: setattr(self, "replace_dialog", None))
        dialog.open()

    def _show_problem(self, error: KnownError) -> None:
        if self._settings is not None:
            self._settings.sharing.show_problem(error.message)

    def _to(self, people: list[Known]) -> str:
        chosen = self._services.settings.sharing
        none = f"{SET_BY} Save it" if chosen.is_laid_down("folder") else "No folder is chosen: save it"
        where = f"Into {chosen.folder}" if chosen.folder else f"{none} as a file"
        called = told_apart(people)
        names = ", ".join(called[one.key] for one in people if one.reads)
        if not chosen.seal:
            return f"{where}. Not encrypted: whoever reaches it can read it."
        return f"{where}. Only for {names}." if names else f"{where}. Nobody may read it yet."

    def _ask_file(self, call_id: str, left: frozenset[str], sound: bool) -> None:
        dialog = QFileDialog(self._window, "Save the shared summary", str(Path.home()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"Shared summary (*.{ENDING})")
        dialog.setDefaultSuffix(ENDING)
        dialog.fileSelected.connect(lambda chosen: self.save(call_id, left, Path(chosen), sound))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_answer(self) -> None:
        dialog = QFileDialog(self._window, "Open an answer to what you shared", str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(f"Answers (*.{ENDING})")
        dialog.filesSelected.connect(self.take_in)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(list)
    def take_in(self, paths: list[str]) -> None:
        """Answers that came another way than by the folder, as by mail."""

        def done(looked: Looked) -> None:
            self.refresh(self._window.summary.call_id)
            self.looked.emit(looked)
            self._window.toast.say(_taken(looked, self._services.settings.sharing.team_room))

        for path in paths:
            self._run(partial(self._sharing.take_in, Path(path)), done)

    def save(self, call_id: str, left: frozenset[str], path: Path, sound: bool = False) -> None:
        """The dialog has asked whether a file that is there may be replaced."""

        def done(_none: None) -> None:
            self.refresh(call_id)
            self._window.toast.say(f"Saved as {path.name}.")

        self._run(lambda: self._sharing.export(call_id, left, path, True, sound), done)

    def _follow_room(self, room: str) -> None:
        self._look_at(self._window.summary.call_id if room == SUMMARY else "")

    def _follow_call(self, call_id: str) -> None:
        """The summary of another call may take the place of the one that is read."""
        if self._looked_at:
            self._look_at(call_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _COMES_INTO_SIGHT:
            self._seen = self._seen or self._in_sight
        return super().eventFilter(watched, event)

    @property
    def _in_sight(self) -> bool:
        return self._window.isVisible() and not self._window.isMinimized()

    def _look_at(self, call_id: str) -> None:
        left, seen = self._looked_at, self._seen
        self._looked_at, self._seen = call_id, self._in_sight or (seen and left == call_id)

        def done(out: Outgoing | None) -> None:
            if out is not None:
                self._tell_shared(left, out, held=True)

        if left != call_id:
            self._share_left(left, seen, done)

    def _leave(self) -> None:
        """With the app its summary is left too. It has its minute all the same, and goes out once Sameside is
        open again; there it can be taken back."""
        self._share_left(self._looked_at, self._seen, lambda _out: None)

    def _share_left(self, call_id: str, seen: bool, done: Callable[[Outgoing | None], None]) -> None:
        """By the rule, and not twice. One that was never seen is shared once it was looked at after all."""
        if not seen or call_id not in self._new_calls:
            return
        self._new_calls.discard(call_id)

        def share() -> Outgoing | None:
            known = self._sharing.of_call(call_id)
            return None if known.outgoing else self._sharing.share(call_id, frozenset(), True)

        if self._services.settings.sharing.rule == "after-closing":
            self._run(share, done)

    def _take_back(self) -> None:
        call_id, outgoing = self._window.summary.call_id, self._known.outgoing

        def take_back() -> None:
            for out in outgoing:
                self._sharing.take_back(out)

        def done(_none: None) -> None:
            self.refresh(call_id)
            self._window.toast.say("Taken back. Who has opened it keeps a copy.")

        self._run(take_back, done)

    def _undo(self, out: Outgoing) -> None:
        self._run(lambda: self._sharing.take_back(out), lambda _none: self.refresh(out.call_id or ""))

    def _acknowledge(self, note: Note) -> None:
        call_id = self._window.summary.call_id
        self._run(lambda: self._sharing.acknowledge(note), lambda _none: self.refresh(call_id))

    def _open_unread(self) -> None:
        def find() -> object:
            calls = {out.share_id: out.call_id for out in self._sharing.sent() if out.call_id}
            # The one that was written last: others may have been left as they are long ago.
            newest = (calls[note.share_id] for note in self._sharing.unread()[::-1] if note.share_id in calls)
            call_id = next(newest, None)
            return None if call_id is None else self._services.store().load(call_id)

        def found(call: object) -> None:
            if isinstance(call, tuple) and call[1] is not None:
                self._window.show_summary(call[0], call[1])

        self._run(find, found)

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self.background.run(work, done, self.failed.emit)


def _before(known: Known, people: list[Known]) -> Known | None:
    """Who of those one knows this may be under another key: by name, first name, or a retired key."""
    others = [one for one in people if one.key != known.key]

    def first(name: str) -> str:
        return name.casefold().split(maxsplit=1)[0] if name.split() else ""

    same = [one for one in others if one.name.casefold() == known.name.casefold()]
    alike = [one for one in others if first(one.name) == first(known.name)]
    retired = [one for one in others if one.retired]
    return next(iter(same or alike or (retired if len(retired) == 1 else [])), None)


def _taken(looked: Looked, room_shown: bool) -> str:
    """What a file that was opened by hand brought."""
    if looked.notes:
        return f"{text.count_text(looked.notes, 'note', 'notes')} taken in."
    if looked.receipts:
        return "Taken in: who opened it, or read your answer."
    if looked.summaries:
        where = "It is in the room Team." if room_shown else "To read it, show the room Team in the settings."
        return f"That is a summary somebody shared. {where}"
    return "Nothing new for you is in that file."
