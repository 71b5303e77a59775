"""The window: a shell around the rooms. It asks by signals; ``ui/app.py`` answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from coach.events import CallRecord, CallSummary
from coach.machine.whole_files import is_folder
from ui import text
from ui.calls.page import CallsPage
from ui.commitments.page import CommitmentsPage
from ui.live.page import LivePage
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6, current_theme
from ui.parts.banner import BannerArea
from ui.parts.room import ROOM_FOR_FRAME
from ui.parts.toast import Toast
from ui.playbook.page import PlaybookPage
from ui.practice.page import PracticePage
from ui.recordings.page import RecordingsPage
from ui.running.call_runner import Phase
from ui.state import AppState
from ui.summary.page import SummaryPage
from ui.supervisor.page import TeamPage
from ui.window.call_bar import CallBar
from ui.window.drop_sign import DropSign
from ui.window.menus import Actions
from ui.window.navigation import Navigation
from ui.window.room_area import RoomArea
from ui.window.status_line import StatusLine

FIRST_SIZE = QSize(1280, 800)
SMALLEST = QSize(900, 560)
NARROW_PX, LOW_PX = 860, 520
"""Below these sizes of a window its rooms have more of it: names go, signs stay, gaps are smaller."""
SCROLLS_BELOW_PX = 700
"""Above it every room has the height it needs, with messages over it too."""
NOW, CALLS, SUMMARY, PRACTICE = "now", "calls", "summary", "practice"
COMMITMENTS, TEAM, RECORDINGS, PLAYBOOK = "commitments", "team", "recordings", "playbook"


class MainWindow(QMainWindow):
    file_dropped = Signal(object)
    """A ``Path``."""
    files_dropped = Signal(object)
    """Several ``Path``s, or a folder."""
    close_wanted = Signal()
    room_entered = Signal(str)
    team_room_wanted = Signal()
    """The room Team is asked for, and is not switched on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(text.PRODUCT)
        self.setAcceptDrops(True)
        self._fit_the_screen()
        self._may_close = False
        self._back_to = CALLS
        self.actions_ = Actions(self)
        self.navigation = Navigation()
        self.call_bar = CallBar()
        self.banners = BannerArea()
        self.live, self.calls, self.summary = LivePage(), CallsPage(), SummaryPage()
        self.commitments = CommitmentsPage()
        self.practice, self.playbook = PracticePage(), PlaybookPage()
        self.room_area = RoomArea()
        self.pages = self.room_area.rooms
        self._rooms: dict[str, QWidget] = {NOW: self.live, CALLS: self.calls, SUMMARY: self.summary}
        self._rooms[COMMITMENTS] = self.commitments
        self._rooms[PRACTICE] = self.practice
        self.team, self.recordings = TeamPage(), RecordingsPage()
        self._rooms[TEAM], self._rooms[RECORDINGS] = self.team, self.recordings
        self._rooms[PLAYBOOK] = self.playbook
        for page in self._rooms.values():
            self.pages.addWidget(page)
        self.navigation.add_room(NOW, "Now", "microphone", "Alt+1")
        self.navigation.add_room(CALLS, "Calls", "calls", "Alt+2")
        self.navigation.add_room(RECORDINGS, "Recordings", "folder", "Alt+6")
        self.navigation.add_room(COMMITMENTS, "Commitments", "commitment", "Alt+3")
        self.navigation.add_room(PRACTICE, "Practice", "practice", "Alt+4")
        self.navigation.add_room(PLAYBOOK, "Playbook", "playbook", "Alt+7")
        self.team_button = self.navigation.add_room(TEAM, "Team", "voice", "Alt+5")
        self.show_team_room(False)
        self.navigation.tint(current_theme())
        self.status = StatusLine()
        middle = self._lay_out()
        self.toast, self.drop_sign = Toast(middle), DropSign(middle)
        self.toast.keep_clear(self.live.heard)
        self._make_room()
        self.navigation.chosen.connect(self.go_to)
        self._room = ""
        self._search_fields = {
            COMMITMENTS: self.commitments.search,
            PLAYBOOK: self.playbook.search,
            TEAM: self.team.search,
        }
        self.go_to(NOW)
        self.show_phase(Phase.IDLE, AppState.IDLE)

    def _fit_the_screen(self) -> None:
        rooms = [screen.availableGeometry().size() for screen in QGuiApplication.screens()]
        self.setMinimumSize(smallest_size(rooms))
        self.resize(first_size(rooms))

    def _lay_out(self) -> QWidget:
        self._content = content = QVBoxLayout()
        content.setSpacing(0)
        content.addWidget(self.call_bar)
        content.addSpacing(SPACE_3)
        content.addWidget(self.banners)
        content.addWidget(self.room_area, 1)
        content.addSpacing(SPACE_1)
        content.addWidget(self.status)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addLayout(content, 1)
        self.setCentralWidget(middle)
        return middle

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        narrow, low = self.width() < NARROW_PX, self.height() < LOW_PX
        side, above = SPACE_3 if narrow else SPACE_6, SPACE_2 if low else SPACE_4
        self._content.setContentsMargins(side, above, side, SPACE_1 if low else SPACE_2)
        self.navigation.set_room(narrow, low)
        self.room_area.set_small(narrow or self.height() < SCROLLS_BELOW_PX)
        self.call_bar.set_low(low)

    def show_team_room(self, shown: bool) -> None:
        """Only there for whoever reads what others share."""
        self._team_shown = shown
        self.team_button.setVisible(shown)
        self.actions_.team.setText("T&eam" if shown else "Read what others shar&e…")

    @property
    def room(self) -> str:
        return self._room

    def ask_for(self, room: str) -> None:
        """By the menu or its key. The room of a supervisor is offered there before it is switched on."""
        if room == TEAM and not self._team_shown:
            self.team_room_wanted.emit()
        else:
            self.go_to(room)

    def go_to(self, room: str) -> None:
        """Show a room; the summary belongs to the calls."""
        if room != self._room:
            self.toast.forget_undos()
        self._room = room
        self.actions_.search.setText(
            "&Search" if room in {CALLS, *self._search_fields} else "&Search the calls"
        )
        self.pages.setCurrentWidget(self._rooms[room])
        self.navigation.mark(self._back_to if room == SUMMARY else room)
        self.room_entered.emit(room)

    def show_phase(self, phase: Phase, state: AppState, begun: bool = True) -> None:
        self.call_bar.show_phase(phase, state)
        self.actions_.show_phase(phase, begun)
        self.live.set_offered(phase is Phase.IDLE)
        self.say(self.call_bar.words())

    def show_summary(self, record: CallRecord, summary: CallSummary, back_to: str = CALLS) -> None:
        """``back_to`` is the room that Back leads to."""
        self._back_to = back_to
        if record.header.id != self.summary.call_id:
            # It may take the place of another call's: what was done to that one is out of sight.
            self.toast.forget_undos()
        self.summary.show_call(record, summary)
        self.go_to(SUMMARY)
        # Qt would put the focus on the first button, which nobody has asked for.
        self.summary.setFocus()

    def leave_summary(self) -> None:
        self.go_to(self._back_to)

    def say(self, message: str) -> None:
        """The status line at the bottom."""
        self.status.say(message)

    def search(self) -> None:
        """In a room that has something to search there, else in the calls, as the menu says."""
        field = self._search_fields.get(self._room)
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.selectAll()
            return
        self.go_to(CALLS)
        self.calls.focus_search()

    @Slot()
    def bring_forward(self) -> None:
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def undo(self) -> None:
        """Ctrl+Z: what was done last in this room and offered to be undone."""
        if not self.toast.undo():
            self.say("There is nothing to undo here.")

    def go_back(self) -> None:
        """Escape: the nearest thing that can be put away, else back from the summary to where one was."""
        if self.toast.put_away() or self.banners.dismiss_newest():
            return
        if self._room == SUMMARY:
            self.leave_summary()
        elif self._room == PRACTICE:
            self.practice.go_back()
        elif self._room == CALLS:
            self.calls.search.clear()
        elif (field := self._search_fields.get(self._room)) is not None:
            field.clear()

    def close_for_good(self) -> None:
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.close_wanted.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()
            self.drop_sign.appear()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop_sign.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop_sign.hide()
        paths = _dropped(event)
        if paths:
            event.acceptProposedAction()
        if len(paths) > 1 or any(map(is_folder, paths)):
            self.files_dropped.emit(paths)
        elif paths:
            self.file_dropped.emit(paths[0])


def first_size(screens: Sequence[QSize]) -> QSize:
    """The size to open with, wholly on the first of the screens with its frame."""
    return FIRST_SIZE.boundedTo(screens[0] - ROOM_FOR_FRAME) if screens else FIRST_SIZE


def smallest_size(screens: Sequence[QSize]) -> QSize:
    """Never more than the first of the screens has room for, as at 200 % on a small one."""
    return SMALLEST.boundedTo(screens[0] - ROOM_FOR_FRAME) if screens else SMALLEST


def _dropped(event: QDropEvent) -> list[Path]:
    """What was dropped; whether it is a recording is for the engine to say."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
