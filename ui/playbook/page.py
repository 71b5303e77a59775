"""The room "Playbook": what helps, what one may give, the plans for what will go wrong, and the sources."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coach.values.handbook import Handbook
from ui.look.theme import SPACE_2, SPACE_3, set_role
from ui.parts.label import Label, plain_tip
from ui.parts.middle import ShownPage
from ui.parts.search_field import SearchField
from ui.parts.two_panes import TwoPanes
from ui.playbook.entries import DECIDE, GROUPS, Entry, entries, matching
from ui.playbook.leaf import Leaf
from ui.practice.parts import Calm, label

_LIST_PX, _LEAST_HEIGHT_PX = 256, 180
_KEY = Qt.ItemDataRole.UserRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


class PlaybookPage(QWidget):
    """Shows a ``Handbook``. The leaf beside the list asks by its own signals."""

    entered = Signal(str)
    """The key of the entry that is shown now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book: Handbook | None = None
        self._entries: dict[str, Entry] = {}
        self.search = SearchField("Search lines and moves")
        self.search.setAccessibleName("Search the playbook")
        self.search.setMaximumWidth(280)
        self.own_label = label("", "muted", wrap=False)
        self.trouble_label = label("", "danger")
        self.trouble_label.hide()
        self.list = QListWidget()
        self.list.setAccessibleName("Pages of the playbook")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_role(self.list, "inside")
        self.leaf = Leaf()
        self.calm = Calm(
            "search", "Nothing found", "The playbook has no page with all of these words. Try fewer of them."
        )
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.currentItemChanged.connect(lambda now, _before: self._show(now))
        self.leaf.chosen.connect(self.go_to)

    def _lay_out(self) -> None:
        title = Label("Playbook")
        set_role(title, "display")
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        top.addWidget(title)
        top.addWidget(self.own_label, 0, Qt.AlignmentFlag.AlignBottom)
        top.addStretch(1)
        top.addWidget(self.search, 3)
        frame = QFrame()
        set_role(frame, "card")
        frame.setMinimumWidth(_LIST_PX)
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        inner.addWidget(self.list)
        self.stack = ShownPage()
        self.stack.addWidget(self.leaf)
        self.stack.addWidget(self.calm)
        self.panes = TwoPanes(
            frame, self.stack, widths=(_LIST_PX, 720), shares=(0, 1), least_height_px=_LEAST_HEIGHT_PX
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addLayout(top)
        column.addWidget(self.trouble_label)
        column.addWidget(self.panes, 1)

    @property
    def key(self) -> str:
        """Of the entry that is shown."""
        now = self.list.currentItem()
        return str(now.data(_KEY)) if now is not None else ""

    def show_book(self, book: Handbook) -> None:
        """Keeps the place where somebody reads."""
        if book == self.book:
            return
        before, self.book = self.key, book
        self._entries = {entry.key: entry for entry in entries(book)}
        self.own_label.setText("With your organisation's own" if book.own else "")
        self.trouble_label.setText(book.trouble)
        self.trouble_label.setVisible(bool(book.trouble))
        self.list.clear()
        group = ""
        for entry in self._entries.values():
            if entry.group != group:
                group = entry.group
                self._add_heading(GROUPS[group][0])
            self._add(entry)
        self.go_to(before if before in self._entries else DECIDE)
        self._filter(self.search.text())

    def go_to(self, key: str) -> None:
        """Show one entry, also where a search has hidden it."""
        item = self._item(key)
        if item is not None:
            if item.isHidden():
                self.search.clear()
            self.list.setCurrentItem(item)
            self.list.scrollToItem(item)

    def _add_heading(self, words: str) -> None:
        heading = QListWidgetItem(words)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        font = self.font()
        font.setWeight(QFont.Weight.DemiBold)
        heading.setFont(font)
        heading.setData(_KEY, "")
        self.list.addItem(heading)

    def _add(self, entry: Entry) -> None:
        item = QListWidgetItem(entry.title)
        item.setData(_KEY, entry.key)
        item.setToolTip(plain_tip(entry.title))
        kind = GROUPS[entry.group][1] or GROUPS[entry.group][0]
        item.setData(_SPOKEN, f"{entry.title}. {kind}")
        self.list.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    def _item(self, key: str) -> QListWidgetItem | None:
        return next((item for item in self._items() if key and item.data(_KEY) == key), None)

    def _filter(self, words: str) -> None:
        """Only entries with these words; a heading stands where one of its group is left."""
        if self.book is None:
            return
        found = matching(self.book, words)
        heading: QListWidgetItem | None = None
        for item in self._items():
            key = str(item.data(_KEY))
            if not key:
                heading = item
                item.setHidden(True)
                continue
            item.setHidden(key not in found)
            if key in found and heading is not None:
                heading.setHidden(False)
        self.stack.setCurrentWidget(self.leaf if found else self.calm)
        if found and self.key not in found:
            first = next(key for key in self._entries if key in found)
            self.list.setCurrentItem(self._item(first))

    def _show(self, item: QListWidgetItem | None) -> None:
        entry = self._entries.get(str(item.data(_KEY))) if item is not None else None
        if entry is not None and self.book is not None:
            self.leaf.show_entry(entry, self.book)
            self.entered.emit(entry.key)
