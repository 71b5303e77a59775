"""The room of recordings: what waits, how far it is, what became of each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coach.values.batches import OVER, BatchItem, BatchState, ItemProgress
from ui import text
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, Theme, icon, icon_pixmap, set_role
from ui.look.themed import follow_theme
from ui.parts.label import Label
from ui.parts.middle import in_the_middle
from ui.parts.row_list import RowList
from ui.recordings.delegate import RecordingDelegate
from ui.recordings.detail import RecordingDetail
from ui.recordings.model import RecordingsModel
from ui.recordings.words import line_text, result_text, share

_STEPS = 1000
_ROOMY_PX = 620
_REPORT = "Report"


class RecordingsPage(QWidget):
    """Asks by signals; those about one recording carry its number."""

    files_wanted = Signal()
    folder_wanted = Signal()
    stop_all_wanted = Signal()
    go_on_wanted = Signal()
    copy_wanted = Signal()
    save_wanted = Signal()
    clear_wanted = Signal()
    summary_wanted = Signal(int)
    review_wanted = Signal(int)
    side_wanted = Signal(int)
    voice_wanted = Signal(int)
    again_wanted = Signal(int)
    stop_wanted = Signal(int)
    remove_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RecordingsModel(self)
        self.list = RowList("Recordings in line", self.model, RecordingDelegate)
        self.list.setUniformItemSizes(True)
        self.detail = RecordingDetail()
        self.count_label = Label()
        set_role(self.count_label, "muted")
        self.files_button, self.folder_button = QPushButton("Add files…"), QPushButton("Add a folder…")
        self.report_button = QPushButton(_REPORT)
        self.report_button.setAccessibleName(_REPORT)
        self.report_button.setMenu(self._report_menu())
        self.line_label, self.bar = Label(), QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far all of them are")
        self.stop_button, self.go_on_button = QPushButton("Stop all"), QPushButton("Go on")
        set_role(self.go_on_button, "primary")
        self.line = QFrame()
        self.empty = _Empty()
        self._running = False
        self._read: int | None = None
        self._lay_out()
        self._wire()
        follow_theme(self, self._restyle)
        self.show_items([])

    def _report_menu(self) -> QMenu:
        menu = QMenu(self)
        self.copy_action = menu.addAction("Copy the report", self.copy_wanted.emit)
        self.save_action = menu.addAction("Save the report…", self.save_wanted.emit)
        menu.addSeparator()
        self.clear_action = menu.addAction("Clear what is over", self.clear_wanted.emit)
        return menu

    def _lay_out(self) -> None:
        title = Label("Recordings")
        set_role(title, "display")
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        top.addWidget(title)
        top.addStretch(1)
        for button in (self.files_button, self.folder_button, self.report_button):
            button.setIconSize(QSize(18, 18))
            top.addWidget(button)
        set_role(self.line, "card")
        row = QHBoxLayout(self.line)
        row.setContentsMargins(SPACE_4, SPACE_2, SPACE_2, SPACE_2)
        row.setSpacing(SPACE_4)
        row.addWidget(self.line_label)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop_button)
        row.addWidget(self.go_on_button)
        card = QFrame()
        set_role(card, "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        inner.addWidget(self.list)
        inner.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_4)
        head = QVBoxLayout()
        head.setSpacing(SPACE_1)
        head.addLayout(top)
        head.addWidget(self.count_label)
        column.addLayout(head)
        column.addWidget(self.line)
        column.addWidget(card, 1)
        column.addWidget(self.detail)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = event.size().width() >= _ROOMY_PX
        self.report_button.setText(_REPORT if roomy else "")
        self.report_button.setToolTip("" if roomy else _REPORT)

    def _wire(self) -> None:
        self.files_button.clicked.connect(self.files_wanted)
        self.folder_button.clicked.connect(self.folder_wanted)
        self.empty.files_button.clicked.connect(self.files_wanted)
        self.empty.folder_button.clicked.connect(self.folder_wanted)
        self.stop_button.clicked.connect(self.stop_all_wanted)
        self.go_on_button.clicked.connect(self.go_on_wanted)
        self.list.activated.connect(lambda _index: self._activate())
        self.list.delete_pressed.connect(self._take_off)
        self.list.selectionModel().selectionChanged.connect(lambda *_which: self._show_detail())
        self.model.dataChanged.connect(lambda *_which: self._show_detail())
        detail = self.detail
        for wanted, said in (
            (detail.summary_wanted, self.summary_wanted),
            (detail.review_wanted, self.review_wanted),
            (detail.side_wanted, self.side_wanted),
            (detail.voice_wanted, self.voice_wanted),
            (detail.again_wanted, self.again_wanted),
            (detail.stop_wanted, self.stop_wanted),
            (detail.remove_wanted, self.remove_wanted),
        ):
            wanted.connect(lambda said=said: self._ask(said))

    @property
    def selected(self) -> BatchItem | None:
        rows = self.list.selectionModel().selectedRows()
        return self.model.item_at(rows[0].row()) if rows else None

    def select(self, item_id: int) -> None:
        row = self.model.row_of(item_id)
        if row is not None:
            self.list.setCurrentIndex(self.model.index(row))

    def show_items(self, items: Sequence[BatchItem]) -> None:
        before, row = self.selected, self.list.currentIndex().row()
        with self.list.kept_in_place():
            self.model.show(items)
            if before is not None and items:
                # One that was taken off leaves its place to the next.
                kept = self.model.row_of(before.id)
                self.list.setCurrentIndex(
                    self.model.index(min(row, len(items) - 1) if kept is None else kept)
                )
        self._offer()

    def add_items(self, items: Sequence[BatchItem]) -> None:
        self.model.add(items)
        self._offer()

    def change_item(self, item: BatchItem) -> None:
        if item.state is BatchState.RUNNING:
            self._follow(item.id)
        self.model.change(item)
        self._offer()

    def take_focus(self) -> None:
        """Whoever comes by keyboard is at the line, or at what begins one."""
        (self.list if self.model.items else self.empty.files_button).setFocus()

    def show_from(self, item_id: int) -> None:
        """Bring it and what follows it into sight."""
        self._scroll_to(item_id, QAbstractItemView.ScrollHint.PositionAtTop)

    def _follow(self, item_id: int) -> None:
        """The one that is read is kept in sight, unless somebody looks at others."""
        before, self._read = self._read, item_id
        row = self.model.row_of(item_id if before is None else before)
        if row is None or self.list.visualRect(self.model.index(row)).intersects(self.list.viewport().rect()):
            self._scroll_to(item_id, QAbstractItemView.ScrollHint.EnsureVisible)

    def _scroll_to(self, item_id: int, hint: QAbstractItemView.ScrollHint) -> None:
        row = self.model.row_of(item_id)
        if row is not None:
            self.list.scrollTo(self.model.index(row), hint)

    def show_progress(self, progress: ItemProgress | None) -> None:
        self.model.show_progress(progress)
        self._show_line()

    def set_running(self, running: bool) -> None:
        self._running = running
        if not running:
            self.model.show_progress(None)
        self._offer()

    def hold(self, on: bool) -> None:
        """A call runs: nothing is read meanwhile."""
        self.model.hold(on)
        self._offer()

    def _activate(self) -> None:
        item = self.selected
        if item is not None and item.state is BatchState.ASKING:
            self._ask(self.voice_wanted)
        elif item is not None and item.call_id:
            self._ask(self.summary_wanted)

    def _ask(self, said: Signal) -> None:
        item = self.selected
        if item is not None:
            said.emit(item.id)  # type: ignore[attr-defined] # a bound signal

    def _take_off(self) -> None:
        item = self.selected
        if item is not None:
            self._ask(self.remove_wanted if item.state in OVER else self.stop_wanted)

    def _offer(self) -> None:
        items = self.model.items
        # A stack takes the room of its largest page, shown or not; a hidden widget asks for none.
        self.list.setVisible(bool(items))
        self.empty.setVisible(not items)
        for widget in (self.files_button, self.folder_button, self.report_button):
            widget.setVisible(bool(items))
        waits = any(one.state is BatchState.WAITING for one in items)
        self.line.setVisible(self._running or waits)
        self.stop_button.setVisible(self._running)
        self.go_on_button.setVisible(waits and not self._running)
        self.clear_action.setEnabled(any(one.state in OVER for one in items))
        self.count_label.setText(result_text(items))
        self.count_label.setVisible(bool(self.count_label.text()))
        self._show_line()
        self._show_detail()

    def _show_line(self) -> None:
        items, progress = self.model.items, self.model.progress
        over = sum(one.state in OVER for one in items)
        left_s = progress.all_left_s if progress is not None else None
        held = self._running and self.model.held
        self.line_label.setText(line_text(items, left_s, held) if self._running else self._waiting_text())
        self.bar.setValue(round(_STEPS * (over + share(progress)) / len(items)) if items else 0)

    def _waiting_text(self) -> str:
        waiting = sum(one.state is BatchState.WAITING for one in self.model.items)
        return f"{text.count_text(waiting, 'recording waits', 'recordings wait')}"

    def _show_detail(self) -> None:
        item = self.selected
        running = item is not None and item.state is BatchState.RUNNING
        self.detail.show_item(item, self.model.waits(item) if item is not None and running else "")

    def _restyle(self, theme: Theme) -> None:
        c = theme.colours
        self.files_button.setIcon(icon("calls", c.text))
        self.folder_button.setIcon(icon("folder", c.text))
        self.report_button.setIcon(icon("export", c.text))
        self.stop_button.setIcon(icon("stop", c.text))
        self.go_on_button.setIcon(icon("start", c.on_accent))
        self.list.viewport().update()


class _Empty(QWidget):
    """What this room is for, and how to begin."""

    def __init__(self) -> None:
        super().__init__()
        self._sign = Label(alignment=Qt.AlignmentFlag.AlignHCenter)
        title = Label("Drop recordings here", alignment=Qt.AlignmentFlag.AlignHCenter)
        set_role(title, "title")
        words = Label(
            "One, many, or a whole folder: phone recordings, wav, mp3, m4a, ogg, flac, mp4. They are read "
            "one after the other on this machine, overnight if need be, and wait while you are in a call.",
            alignment=Qt.AlignmentFlag.AlignHCenter,
        )
        words.setWordWrap(True)
        set_role(words, "muted")
        self.files_button, self.folder_button = QPushButton("Add files…"), QPushButton("Add a folder…")
        set_role(self.files_button, "primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_3)
        buttons.addStretch(1)
        buttons.addWidget(self.files_button)
        buttons.addWidget(self.folder_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE_3)
        column.addStretch(2)
        column.addWidget(self._sign)
        column.addWidget(title)
        column.addLayout(in_the_middle(words, 520))
        column.addSpacing(SPACE_2)
        column.addLayout(buttons)
        column.addStretch(3)
        follow_theme(self, self._restyle)

    def _restyle(self, theme: Theme) -> None:
        self._sign.setPixmap(icon_pixmap("folder", theme.colours.text_muted, 40, self.devicePixelRatioF()))
