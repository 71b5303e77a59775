"""Every key on one page: in the window, in any window, in a review and where one practises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMainWindow,
    QMenu,
    QMenuBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from ui import text
from ui.keys.combos import ACTIONS
from ui.look.theme import SPACE_3, SPACE_4, SPACE_6, set_role
from ui.parts.label import Label
from ui.parts.room import fit_the_screen
from ui.parts.search_field import SearchField
from ui.settings.parts import wrapped

Keys = list[tuple[str, str]]
"""What is done, and the keys for it as Qt writes them."""

IN_REVIEW: Keys = [
    ("Play or pause", "Space"),
    ("Five seconds back or on; in the transcript a word", "Left / Right"),
    ("One second back or on", "Shift+Left / Shift+Right"),
    ("The start, the end", "Home / End"),
    ("The mark before or after; in the transcript the turn", "Up / Down"),
    ("The mark before or after, wherever you are", "Ctrl+Left / Ctrl+Right"),
    ("Hear the turn that is chosen in the transcript", "Enter"),
    ("Hear the turn again and again", "Ctrl+L"),
    ("Slower, faster", "[ / ]"),
    ("Closer, farther, all of it", "+ / - / 0"),
    ("Correct words", "F2"),
    ("Undo the last thing", "Ctrl+Z"),
    ("This turn, to take away, summary", "Alt+1 / Alt+2 / Alt+3"),
    ("Close the review", "Ctrl+W"),
]
ELSEWHERE: Keys = [
    ("Open what is chosen in a list", "Enter"),
    ("Delete what is chosen in a list; can be undone", "Delete"),
    ("Delete the chosen call for good; asks first", "Shift+Delete"),
    ("Edit a line of the summary", "F2"),
    ("Save what was written in several lines", "Ctrl+Enter"),
    ("Give an answer in practice; begin a line of it", "Enter / Shift+Enter"),
    ("Speak an answer in practice", "Ctrl+M"),
    ("Choose an answer of the quiz", "A / B / C"),
    ("The menu of what is chosen", "Shift+F10"),
]
_FIRST_SIZE = QSize(600, 640)
_SMALLEST = QSize(420, 360)


class KeysDialog(QDialog):
    """``keys`` for any window are those that work, by action; ``why_off`` says why none does."""

    def __init__(self, window: QMainWindow, keys: Mapping[str, str], why_off: str = "") -> None:
        super().__init__(window)
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = Label("Keys")
        set_role(heading, "title")
        self.search = SearchField("Search")
        self.search.setAccessibleName("Search the keys")
        self.search.setMaximumWidth(240)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("Keys")
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels(["What it does", "Keys"])
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setIndentation(0)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        for title, group in groups(window.menuBar(), keys).items():
            self._add(title, group)
        self.tree.setCurrentItem(self.tree.topLevelItem(0).child(0))
        self.off_label = wrapped(why_off, "muted")
        self.off_label.setVisible(bool(why_off))
        self.close_button = QPushButton(text.CLOSE)
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        self.search.textChanged.connect(self._filter)
        self._lay_out(heading)
        fit_the_screen(self, _FIRST_SIZE, _SMALLEST)
        self.search.setFocus()

    def _lay_out(self, heading: QLabel) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        top.addWidget(heading)
        top.addStretch(1)
        top.addWidget(self.search, 2)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_4)
        column.addLayout(top)
        column.addWidget(self.off_label)
        column.addWidget(self.tree, 1)
        column.addLayout(bottom)

    def _add(self, title: str, group: Keys) -> None:
        top = QTreeWidgetItem(self.tree, [title])
        top.setFlags(Qt.ItemFlag.NoItemFlags)
        top.setFirstColumnSpanned(True)
        font = top.font(0)
        font.setWeight(font.Weight.DemiBold)
        top.setFont(0, font)
        for what, keys in group:
            row = QTreeWidgetItem(top, [what, keys])
            row.setToolTip(0, what)
            row.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{what}: {keys}")
        top.setExpanded(True)

    def _filter(self, words: str) -> None:
        wanted = words.casefold().split()
        for place in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(place)
            rows = [top.child(number) for number in range(top.childCount())]
            for row in rows:
                said = f"{row.text(0)} {row.text(1)}".casefold()
                row.setHidden(not all(word in said for word in wanted))
            top.setHidden(all(row.isHidden() for row in rows))


def groups(bar: QMenuBar, keys: Mapping[str, str]) -> dict[str, Keys]:
    """All there are, by where they work. On Wayland the desktop may have given others than were asked for."""
    found = {f"Menu {menu.title().replace('&', '')}": list(_of(menu)) for menu in _menus(bar)}
    found["In any window"] = [(words, keys[name]) for name, words in ACTIONS.items() if name in keys]
    found["Everywhere in Sameside"] = ELSEWHERE
    found["In a review"] = IN_REVIEW
    return {title: group for title, group in found.items() if group}


def _menus(bar: QMenuBar) -> Iterator[QMenu]:
    for action in bar.actions():
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield menu


def _of(menu: QMenu, before: str = "") -> Iterator[tuple[str, str]]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _of(inner, f"{_words(action)}: ")
        elif action.isVisible() and not action.shortcut().isEmpty():
            yield (
                f"{before}{_words(action)}",
                action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            )


def _words(action: QAction) -> str:
    return action.text().replace("&", "").rstrip("…")
