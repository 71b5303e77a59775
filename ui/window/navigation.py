"""The rooms of the app, at the left edge."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import text
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6, Theme, icon, icon_pixmap, set_role
from ui.look.themed import follow_theme
from ui.parts.label import Label

WIDTH = 208
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
        self._labels: dict[str, str] = {}
        self._group = QButtonGroup(self)
        self._logo, self._lock = Label(), Label()
        name = Label(text.PRODUCT)
        set_role(name, "title")
        top = QHBoxLayout()
        top.setContentsMargins(SPACE_2, 0, 0, 0)
        top.setSpacing(SPACE_3)
        top.addWidget(self._logo)
        top.addWidget(name, 1)
        here = Label("Stays on this machine")
        set_role(here, "caption")
        bottom = QHBoxLayout()
        bottom.setContentsMargins(SPACE_2, 0, 0, 0)
        bottom.setSpacing(SPACE_2)
        bottom.addWidget(self._lock)
        bottom.addWidget(here, 1)
        self.settings_button = self._button("Settings", "Ctrl+,")
        self.settings_button.clicked.connect(self.settings_wanted)
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE_1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_6, SPACE_3, SPACE_4)
        column.addLayout(top)
        column.addSpacing(SPACE_6)
        column.addLayout(self._column)
        column.addStretch(1)
        column.addWidget(self.settings_button)
        column.addSpacing(SPACE_2)
        column.addLayout(bottom)
        follow_theme(self, self._restyle)

    def add_room(self, name: str, label: str, sign: str, keys: str) -> QPushButton:
        button = self._button(label, keys)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(button)
        self._column.addWidget(button)
        self._rooms[name] = (button, sign)
        self._labels[name] = label
        return button

    def _button(self, label: str, keys: str) -> QPushButton:
        button = QPushButton(label)
        set_role(button, "quiet")
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setToolTip(f"{label} ({keys})")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        return button

    def set_count(self, name: str, count: int) -> None:
        """How many things wait in a room, behind its name."""
        button, label = self._rooms[name][0], self._labels[name]
        button.setText(f"{label}  {count}" if count else label)
        button.setAccessibleName(f"{label}, {count} waiting" if count else label)

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
