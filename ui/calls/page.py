"""Past calls: search them, open one, delete one and think better of it."""

from __future__ import annotations

from contextlib import nullcontext

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coach.events import CallListing
from ui import text
from ui.calls.delegate import CallDelegate
from ui.calls.model import CallsModel
from ui.look.theme import (
    SPACE_1,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    Theme,
    current_theme,
    icon,
    icon_pixmap,
    set_role,
)
from ui.look.themed import follow_theme
from ui.parts.label import Label
from ui.parts.row_list import RowList
from ui.parts.search_field import SearchField

_DAYS = "Each can be brought back for seven days after it was deleted; then it goes for good."


class CallsPage(QWidget):
    """Asks by signals: ``search_changed(query)``, ``open_wanted(id)``, ``delete_wanted(id)``."""

    search_changed = Signal(str)
    open_wanted = Signal(str)
    delete_wanted = Signal(str)
    erase_wanted = Signal(object)
    """A ``CallListing`` that is to go for good."""
    restore_wanted = Signal(str)
    deleted_toggled = Signal(bool)
    """Those that were deleted are to be listed, or the others again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = CallsModel(self)
        self.search = SearchField("Search what you said")
        self.search.setAccessibleName("Search calls")
        self.search.textChanged.connect(self.search_changed)
        self._asked = ("", False)
        self._lists_deleted = False
        """What is in the list now; what was asked for may still be read."""
        self.list = RowList("Past calls", self.model, CallDelegate)
        self.search.below = self.list
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.open_button, self.delete_button = QPushButton("Open"), QPushButton("Delete")
        self.title_label, self.count_label, self.days_label = Label(), Label(), Label(_DAYS)
        set_role(self.count_label, "muted")
        set_role(self.days_label, "caption")
        self.deleted_button = QPushButton(checkable=True)
        set_role(self.deleted_button, "small")
        self.empty = _Empty()
        self._lay_out()
        self.open_button.clicked.connect(self.open_selected)
        self.delete_button.clicked.connect(self.delete_selected)
        self.deleted_button.clicked.connect(self.deleted_toggled)
        self.list.activated.connect(self.open_selected)
        self.list.delete_pressed.connect(self.delete_selected)
        self.list.erase_pressed.connect(self.erase_selected)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.selectionModel().selectionChanged.connect(self._offer)
        follow_theme(self, self._restyle)
        self.show_calls([], "")
        self.empty.wait()

    def _lay_out(self) -> None:
        set_role(self.title_label, "display")
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        top.addWidget(self.title_label)
        self.count_label.setContentsMargins(0, 0, 0, SPACE_1)
        top.addWidget(self.count_label, 0, Qt.AlignmentFlag.AlignBottom)
        top.addStretch(1)
        top.addWidget(self.search)
        self.search.setMinimumWidth(140)
        self.search.setMaximumWidth(320)
        for button in (self.open_button, self.delete_button):
            button.setIconSize(QSize(18, 18))
            top.addWidget(button)
        top.setStretchFactor(self.search, 3)
        card = QFrame()
        set_role(card, "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        inner.addWidget(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_4)
        column.addLayout(top)
        column.addWidget(card, 1)
        column.addLayout(self._below())

    def _below(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        row.addWidget(self.deleted_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.days_label.setWordWrap(True)
        row.addWidget(self.days_label, 1)
        return row

    @property
    def shows_deleted(self) -> bool:
        """Whether those that were deleted are asked for."""
        return self.deleted_button.isChecked()

    @property
    def selected(self) -> CallListing | None:
        rows = self.list.selectionModel().selectedRows()
        return self.model.call_at(rows[0].row()) if rows else None

    @property
    def is_empty(self) -> bool:
        return self._stack.currentWidget() is self.empty

    def show_calls(self, calls: list[CallListing], query: str, deleted: int = 0) -> None:
        """Fill the list; the selection stays on the same call where it is still there.

        ``deleted``: how many were deleted and can be brought back.
        """
        self._lists_deleted = self.shows_deleted
        self._name(deleted)
        before = self.selected
        row = self.list.currentIndex().row()
        asked, self._asked = self._asked, (query, self.shows_deleted)
        if asked != self._asked:
            self.list.scrollToTop()
        with self.list.kept_in_place() if asked == self._asked else nullcontext():
            self.model.show(calls)
            if before is not None and calls:
                kept = self.model.row_of(before.id)
                self.select_row(kept if kept is not None else min(row, len(calls) - 1))
        self.count_label.setText(text.count_text(len(calls), "call", "calls") if calls else "")
        self.empty.explain(query, self.shows_deleted)
        self._stack.setCurrentWidget(self.list if calls else self.empty)
        self._offer()

    def select_row(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row))

    def take_focus(self) -> None:
        """Whoever comes by keyboard is at the call that was chosen, or at the search."""
        (self.list if self.selected is not None else self.search).setFocus()

    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _name(self, deleted: int) -> None:
        """What one looks at, and the way to the other list where there is something in it."""
        shown = self.shows_deleted
        self.title_label.setText("Deleted" if shown else "Calls")
        self.list.setAccessibleName("Deleted calls" if shown else "Past calls")
        self.open_button.setText("Bring back" if shown else "Open")
        self.delete_button.setText("Delete…" if shown else "Delete")
        self.delete_button.setToolTip("Delete for good, after a question" if shown else "")
        count = text.count_text(deleted, "deleted call", "deleted calls")
        self.deleted_button.setText("Back to your calls" if shown else count)
        self.deleted_button.setVisible(shown or deleted > 0)
        self.days_label.setVisible(shown)
        self._restyle(current_theme())

    def open_selected(self) -> None:
        """A deleted one is brought back."""
        if self.selected is not None:
            wanted = self.restore_wanted if self._lists_deleted else self.open_wanted
            wanted.emit(self.selected.id)

    def delete_selected(self) -> None:
        """A deleted one goes for good, once that was asked."""
        if self._lists_deleted:
            self.erase_selected()
        elif self.selected is not None:
            self.delete_wanted.emit(self.selected.id)

    def erase_selected(self) -> None:
        if self.selected is not None:
            self.erase_wanted.emit(self.selected)

    def _offer(self) -> None:
        chosen = self.selected is not None
        self.open_button.setEnabled(chosen)
        self.delete_button.setEnabled(chosen)

    def _show_menu(self, at: QPoint) -> None:
        if self.selected is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        colours = current_theme().colours
        shown = self._lists_deleted
        sign, words = ("another", "Bring back") if shown else ("calls", "Open")
        menu.addAction(icon(sign, colours.text), words, self.open_selected)
        if not shown:
            menu.addAction(icon("trash", colours.danger_text), "Delete", self.delete_selected)
        menu.addAction(icon("trash", colours.danger_text), "Delete for good…", self.erase_selected)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _restyle(self, theme: Theme) -> None:
        colours = theme.colours
        self.open_button.setIcon(icon("another" if self._lists_deleted else "calls", colours.text))
        self.delete_button.setIcon(icon("trash", colours.text))
        self.list.viewport().update()


class _Empty(QWidget):
    """Says why the list is empty."""

    def __init__(self) -> None:
        super().__init__()
        self._sign = Label(alignment=Qt.AlignmentFlag.AlignHCenter)
        self.title = Label(alignment=Qt.AlignmentFlag.AlignHCenter)
        self.words = Label(alignment=Qt.AlignmentFlag.AlignHCenter)
        self.words.setWordWrap(True)
        set_role(self.title, "title")
        set_role(self.words, "muted")
        column = QVBoxLayout(self)
        column.setSpacing(SPACE_3)
        column.addStretch(2)
        column.addWidget(self._sign)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addStretch(3)
        follow_theme(self, self._restyle)

    def wait(self) -> None:
        """Nothing was listed yet: there may be calls, in a store that is still locked."""
        self.title.setText("Not opened yet")
        self.words.setText("Your calls are kept locked, on this machine. They are listed once they are open.")

    def explain(self, query: str, deleted: bool = False) -> None:
        if query.strip():
            self.title.setText("Nothing found")
            self.words.setText(f"No call has the words “{query.strip()}”. Try fewer or other words.")
        elif deleted:
            self.title.setText("No deleted calls")
            self.words.setText("None that could be brought back.")
        else:
            self.title.setText("No calls yet")
            self.words.setText("Calls you have had with Sameside are kept here, locked, on this machine.")

    def _restyle(self, theme: Theme) -> None:
        pixmap = icon_pixmap("calls", theme.colours.text_muted, 40, self.devicePixelRatioF())
        self._sign.setPixmap(pixmap)
