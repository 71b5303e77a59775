"""Brings the room Team and what was shared together, off the main thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from coach.errors import KnownError
from coach.ports import Services
from coach.values.shares import ENDING, Aside, Draft, InboxRow, Known, Looked, Note
from ui import text
from ui.settings.dialog import SHARING
from ui.sharing.desk import SharingDesk
from ui.supervisor.clips import Clips
from ui.window.main_window import TEAM, MainWindow


class TeamDesk(QObject):
    """``sharing`` is the other side, which looks into the folders for both. ``failed`` with a ``KnownError``;
    ``listed`` when the inbox was shown."""

    failed = Signal(object)
    listed = Signal()

    def __init__(
        self, services: Services, window: MainWindow, in_call: Callable[[], bool] = lambda: False
    ) -> None:
        super().__init__(window)
        self._settings = services.settings.sharing
        self._sharing = services.sharing
        self.sharing = sharing_desk = SharingDesk(services, window)
        self._window = window
        self._listing = False
        self._again = False
        self._asked = False
        """Whether somebody pressed *Look now* and waits for what came of it."""
        self._away = ""
        """The folder the status line says cannot be reached."""
        self.page = page = window.team
        page.wanted_changed.connect(self.refresh)
        page.open_wanted.connect(self.open)
        page.delete_wanted.connect(self.delete)
        page.note_wanted.connect(self.note)
        page.reading.draft_kept.connect(self._keep_draft)
        page.look_wanted.connect(self._look_now)
        page.file_wanted.connect(self._ask_file)
        page.trend_wanted.connect(lambda: self._run(self._sharing.trend, page.show_trend))
        page.aside_wanted.connect(self._show_aside)
        page.know_wanted.connect(self._know)
        page.again_wanted.connect(self._look_again)
        self.clips = Clips(services, sharing_desk.background, page.reading, self, in_call)
        self.clips.failed.connect(self.failed)
        window.room_entered.connect(lambda _room: self.clips.stop())
        sharing_desk.looked.connect(self._looked)
        sharing_desk.changed.connect(self.show_room)
        window.room_entered.connect(lambda room: self.refresh() if room == TEAM else None)
        self.show_room()

    @Slot()
    def show_room(self) -> None:
        """As the settings have it; who is in it when it goes is shown the way out."""
        self._window.show_team_room(self._settings.team_room)
        if not self._settings.team_room and self._window.room == TEAM:
            self._window.go_to("now")

    def close(self) -> None:
        self.page.reading.keep_draft()
        self.clips.close()
        self.sharing.close()

    @Slot()
    def refresh(self) -> None:
        """Typing fast asks once, for the last words."""
        if self._listing:
            self._again = True
            return
        self._listing, self._again = True, False
        wanted = self.page.wanted(dt.datetime.now().astimezone().date())

        def found(got: tuple[list[InboxRow], list[Known], int]) -> None:
            self._listing = False
            if self._again:
                self.refresh()
                return
            self.page.filters.show_people(got[1])
            if self.page.wanted(dt.datetime.now().astimezone().date()) != wanted:
                # Whom it was narrowed to was removed: the list is of everybody again, as the filter says.
                self.refresh()
                return
            self.page.show_inbox(got[0], wanted)
            self.page.show_how_many_aside(got[2])
            self.listed.emit()

        def failed(error: object) -> None:
            self._listing = False
            self.failed.emit(error)

        self.sharing.background.run(
            lambda: (
                self._sharing.inbox(wanted),
                self._sharing.people(),
                len(self._sharing.set_aside()),
            ),
            found,
            failed,
        )

    @Slot(object)
    def open(self, row: InboxRow) -> None:
        def found(notes: tuple[Note, ...]) -> None:
            self.clips.stop()
            self.page.show_share(row, notes)
            if not row.opened:
                self.refresh()

        self._run(lambda: self._sharing.open(row), found)

    @Slot(object)
    def delete(self, row: InboxRow) -> None:
        """At once, and undone with one click; the file of its sender stays."""

        def done(_none: None) -> None:
            self.clips.stop()
            self.page.show_calm()
            self.refresh()
            self._window.toast.say("Summary deleted here.", text.UNDO, lambda: self._restore(row))

        self._run(lambda: self._sharing.delete(row.id), done)

    def note(self, row: InboxRow, words: str, at_s: float, line_id: str) -> None:
        reading = self.page.reading

        def done(_note: Note) -> None:
            reading.show_sent()
            self._window.toast.say("The note is on its way to the agent.")
            read = self.page.pages.currentWidget() is reading
            if read and reading.row is not None and reading.row.id == row.id:
                # Nobody is led back from what they read by now.
                self.open(row)
            self.refresh()

        def failed(error: KnownError) -> None:
            reading.show_unsent()
            self.failed.emit(error)

        def write() -> Note:
            made = self._sharing.write_note(row, words, at_s, line_id)
            self._sharing.keep_draft(row.id, Draft())
            return made

        self.sharing.background.run(write, done, failed)

    @Slot(int, object)
    def _keep_draft(self, row_id: int, draft: Draft) -> None:
        self._run(lambda: self._sharing.keep_draft(row_id, draft), lambda _none: None)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self._window, "Open a shared summary", str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(f"Shared summaries (*.{ENDING})")
        dialog.filesSelected.connect(self.take_in)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(list)
    def take_in(self, paths: list[str]) -> None:
        """Files that came another way than by a folder. Of several, each that fails is named."""
        for path in map(Path, paths):
            failed = partial(self._refuse, path.name) if len(paths) > 1 else self.failed.emit
            done = self._taken if len(paths) == 1 else self._listed_anew
            self.sharing.background.run(partial(self._taken_in, path), done, failed)

    def _taken_in(self, path: Path) -> tuple[Looked, InboxRow | None]:
        """And its summary, where it is one that is among the others now."""
        looked = self._sharing.take_in(path)
        every = self._sharing.inbox() if looked.share_id else []
        return looked, next((row for row in every if row.share_id == looked.share_id), None)

    def _taken(self, found: tuple[Looked, InboxRow | None]) -> None:
        """Whoever opens a file wants to read it."""
        looked, row = found
        if row is not None:
            self.open(row)
        elif not looked.news:
            self._window.toast.say("Nothing in this file is new here.")
        self.refresh()

    def _listed_anew(self, _found: object) -> None:
        self.refresh()

    def _refuse(self, name: str, error: KnownError) -> None:
        self.failed.emit(KnownError(f"{error.code}-{name}", f"{name}: {error.message}"))

    def _restore(self, row: InboxRow) -> None:
        self._run(lambda: self._sharing.restore(row.id), lambda _none: self.refresh())

    def _show_aside(self) -> None:
        self._run(self._sharing.set_aside, self.page.show_aside)

    def _know(self, aside: Aside) -> None:
        def know() -> None:
            self._sharing.add_person(self._sharing.read_card(aside.card))

        self._run(know, lambda _none: self._after_aside())

    def _look_again(self, aside: Aside) -> None:
        self._run(lambda: self._sharing.look_again(aside), lambda _none: self._after_aside())

    def _after_aside(self) -> None:
        self._show_aside()
        self.sharing.look()

    @Slot()
    def _look_now(self) -> None:
        if not self._settings.team_folders and not self._settings.folder:
            wanted = self.sharing.settings_wanted
            self._window.toast.say("No folder is read yet.", "Add one", lambda: wanted.emit(SHARING))
            return
        self._asked = True
        self.sharing.look()

    @Slot(object)
    def _looked(self, looked: Looked) -> None:
        asked, self._asked = self._asked, False
        if self._window.room != TEAM:
            return
        away = looked.unreachable[0] if looked.unreachable else ""
        if away:
            self._window.say(f"{away} cannot be reached now.")
        elif self._away:
            self._window.say(f"{self._away} can be reached again.")
        self._away = away
        if asked and not (away or looked.notes or looked.retired):
            # Of those the other side has told by now, with a way there.
            self._window.toast.say(_brought(looked))
        if looked.aside and self.page.shows_aside:
            # Also what was looked at again and is no better.
            self._show_aside()
        if looked.receipts:
            self._show_read()
        self.refresh()

    def _show_read(self) -> None:
        """A note may have been read since its summary was opened. Nobody is moved from a line or a sound."""
        reading = self.page.reading
        read = self.page.pages.currentWidget() is reading
        within = reading.area.isAncestorOf(self._window.focusWidget() or self._window)
        if read and not within and self.clips.player is None and reading.row is not None:
            self.open(reading.row)

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self.sharing.background.run(work, done, self.failed.emit)


def _brought(looked: Looked) -> str:
    """What a look that was asked for came to, also where that is nothing."""
    counts = (
        (looked.summaries, "new summary", "new summaries"),
        (looked.receipts, "new answer", "new answers"),
        (looked.aside, "file set aside", "files set aside"),
    )
    told = [text.count_text(*one) for one in counts if one[0]]
    return f"{', '.join(told)}." if told else "Nothing new."
