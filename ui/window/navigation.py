"""The rooms of the app, at the left edge."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import text
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6, Theme, icon, icon_pixmap, set_role
from ui.look.themed import follow_theme
from ui.parts.label import Label

WIDTH, NARROW_WIDTH = 208, 68
_MOST = 99
"""A longer number would be cut off; how many it is, the tip and a screen reader say."""
_ICON_PX = 20


class Navigation(QFrame):
    """One checkable button a room, in the order added; ``chosen(name)`` when one is pressed."""

    chosen = Signal(str)
    settings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "sidebar")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("Rooms")
        self._rooms: dict[str, tuple[QPushButton, str]] = {}
        self._narrow = False
        self._group = QButtonGroup(self)
        self._logo, self._lock = Label(), Label()
        self._name, self._here = Label(text.PRODUCT), Label("Stays on this machine")
        set_role(self._name, "title")
        set_role(self._here, "caption")
        self._top = self._line(self._logo, self._name, SPACE_3)
        self._bottom = self._line(self._lock, self._here, SPACE_2)
        self.settings_button = self._button("Settings", "Ctrl+,")
        self.settings_button.clicked.connect(self.settings_wanted)
        self._column = QVBoxLayout()
        self._outer = column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addLayout(self._column)
        column.addStretch(1)
        column.addWidget(self.settings_button)
        column.addWidget(self._bottom)
        self.set_room(False, False)
        follow_theme(self, self._restyle)

    @staticmethod
    def _line(sign: Label, words: Label, gap_px: int) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(SPACE_2, 0, 0, 0)
        row.setSpacing(gap_px)
        row.addWidget(sign)
        row.addWidget(words, 1)
        return line

    def set_room(self, narrow: bool, low: bool) -> None:
        """Narrow, signs alone name the rooms; low, only the rooms are there."""
        if narrow != self._narrow:
            self._narrow = narrow
            set_role(self, "sidebar-narrow" if narrow else "sidebar")
            for button in (self.settings_button, *self._group.buttons()):
                set_role(button, "quiet")
        self.setFixedWidth(NARROW_WIDTH if narrow else WIDTH)
        self._name.setVisible(not narrow)
        self._top.setVisible(not low)
        self._bottom.setVisible(not low and not narrow)
        side = SPACE_1 if narrow else SPACE_3
        self._outer.setContentsMargins(side, SPACE_2 if low else SPACE_6, side, SPACE_2 if low else SPACE_4)
        self._column.setContentsMargins(0, 0 if low else SPACE_6, 0, SPACE_1)
        self._column.setSpacing(0 if low else SPACE_1)
        self._bottom.setContentsMargins(0, SPACE_2, 0, 0)
        for button in (self.settings_button, *self._group.buttons()):
            self._tell(button)

    def add_room(self, name: str, label: str, sign: str, keys: str) -> QPushButton:
        button = self._button(label, keys)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(button)
        self._column.addWidget(button)
        self._rooms[name] = (button, sign)
        return button

    def _button(self, label: str, keys: str) -> QPushButton:
        button = QPushButton(label)
        button.setProperty("room", label)
        button.setProperty("keys", keys)
        set_role(button, "quiet")
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tell(button)
        return button

    def set_count(self, name: str, count: int) -> None:
        """How many things wait in a room, behind its name."""
        button = self._rooms[name][0]
        button.setProperty("count", count)
        self._tell(button)

    def _tell(self, button: QAbstractButton) -> None:
        label, count = button.property("room"), button.property("count") or 0
        shown = (text.number(count) if count <= _MOST else f"{_MOST}+") if count else ""
        gap = "  " if count <= _MOST else " "
        button.setText(shown if self._narrow else f"{label}{gap}{shown}".strip())
        words = f"{label}, {count} waiting" if count else label
        button.setAccessibleName(words)
        button.setToolTip(f"{words} ({button.property('keys')})")

    def mark(self, name: str) -> None:
        """Show where the user is, without choosing."""
        self._rooms[name][0].setChecked(True)

    def _restyle(self, theme: Theme) -> None:
        colours, ratio = theme.colours, self.devicePixelRatioF()
        self._logo.setPixmap(icon_pixmap("logo", colours.accent, 32, ratio))
        self.settings_button.setIcon(icon("settings", colours.text_muted))
        self._lock.setPixmap(icon_pixmap("lock", colours.text_muted, 16, ratio))
        for button, sign in self._rooms.values():
            button.setIcon(_two_state_icon(sign, colours.text_muted, colours.accent_text, ratio))

    def tint(self, theme: Theme) -> None:
        """Once all rooms are added."""
        self._restyle(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The settings stand below the rooms, and are reached after them. Not heeded before it is shown.
        self.setTabOrder(self._group.buttons()[-1], self.settings_button)


def _two_state_icon(name: str, off: str, on: str, ratio: float) -> QIcon:
    made = QIcon()
    made.addPixmap(icon_pixmap(name, off, _ICON_PX, ratio), QIcon.Mode.Normal, QIcon.State.Off)
    made.addPixmap(icon_pixmap(name, on, _ICON_PX, ratio), QIcon.Mode.Normal, QIcon.State.On)
    return made
