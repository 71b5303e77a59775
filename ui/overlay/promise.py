"""A promise that was just heard, in the pill: what and when, and the two answers to it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ui import text
from ui.look.theme import SPACE_1, SPACE_2, Theme, current_theme, icon, icon_pixmap, set_role
from ui.look.themed import follow_theme
from ui.parts.label import Label, plain_tip

_SIGN_PX = 16
_WIDEST_PX, _LEAST_PX = 250, 90


class PromiseChip(QWidget):
    """Hidden until there is one. ``confirmed`` and ``dropped`` when a button is pressed."""

    confirmed = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flagged = False
        self._keys: Mapping[str, str] = {}
        self.sign_label, self.words_label, self.concern_label = Label(), Label(), Label()
        set_role(self.words_label, "strong")
        set_role(self.concern_label, "flag")
        self.confirm_button, self.drop_button = _button(text.CONFIRM), _button(text.DROP)
        self.confirm_button.clicked.connect(self.confirmed)
        self.drop_button.clicked.connect(self.dropped)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_2, 0, 0, 0)
        row.setSpacing(SPACE_1 + 2)
        for part in (self.sign_label, self.words_label, self.concern_label):
            row.addWidget(part)
        row.addWidget(self.confirm_button)
        row.addWidget(self.drop_button)
        self.hide()
        follow_theme(self, self._restyle)

    def show_words(self, what: str, concern: str = "", when: str = "") -> None:
        """What is too long is cut, the time never; all of it is in the tip and for screen readers."""
        metrics = QFontMetrics(self.words_label.font())
        due = f" · {when}" if when else ""
        room_px = max(_LEAST_PX, _WIDEST_PX - metrics.horizontalAdvance(due))
        cut = metrics.elidedText(what, Qt.TextElideMode.ElideRight, room_px)
        self.words_label.setText(cut + due)
        words = what + due
        self.concern_label.setText(concern)
        self.concern_label.setVisible(bool(concern))
        self._flagged = bool(concern)
        said = f"{text.HEARD}: {words}" + (f". {concern}" if concern else "")
        self.setToolTip(plain_tip(said))
        self.setAccessibleName(said)
        self._restyle(current_theme())
        self.show()

    def show_keys(self, keys: Mapping[str, str]) -> None:
        self._keys = keys
        for button, words, name in (
            (self.confirm_button, text.CONFIRM_TIP, "confirm"),
            (self.drop_button, text.DROP_TIP, "drop"),
        ):
            hint = f"{words} ({keys[name]})" if name in keys else words
            button.setToolTip(hint)
            button.setAccessibleDescription(hint)

    def _restyle(self, theme: Theme) -> None:
        colours, ratio = theme.colours, self.devicePixelRatioF()
        sign, tint = ("warning", colours.flag) if self._flagged else ("commitment", colours.accent)
        self.sign_label.setPixmap(icon_pixmap(sign, tint, _SIGN_PX, ratio))
        self.confirm_button.setIcon(icon("check", colours.repaired))
        self.drop_button.setIcon(icon("close", colours.text_muted))


def _button(name: str) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setCursor(Qt.CursorShape.ArrowCursor)
    button.setIconSize(QSize(18, 18))
    set_role(button, "quiet-icon")
    return button
