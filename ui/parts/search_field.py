"""A search box with its sign inside, and a button that clears it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QToolButton, QWidget

from ui.look.theme import SPACE_2, SPACE_3, Theme, icon, icon_pixmap, set_role
from ui.look.themed import follow_theme
from ui.parts.label import Label

_SIGN_PX = 18
_BUTTON_PX = 26


class SearchField(QLineEdit):
    """Escape clears it first, and only then reaches the window. Down goes into the list ``below``."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.below: QAbstractItemView | None = None
        # Recordings are dropped on the window, wherever on it.
        self.setAcceptDrops(False)
        self.setPlaceholderText(placeholder)
        self._sign = Label(self)
        self._sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clear_button = QToolButton(self)
        self.clear_button.setAccessibleName("Clear the search")
        self.clear_button.setToolTip("Clear the search")
        self.clear_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(self.clear_button, "inside")
        self.clear_button.setIconSize(QSize(16, 16))
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.hide()
        self.setTextMargins(_SIGN_PX + SPACE_2, 0, _BUTTON_PX, 0)
        self.textChanged.connect(lambda words: self.clear_button.setVisible(bool(words)))
        follow_theme(self, self._restyle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        if event.key() == Qt.Key.Key_Down and self._go_below():
            return
        super().keyPressEvent(event)

    def _go_below(self) -> bool:
        view = self.below
        if view is None or not view.isVisible() or view.model().rowCount() == 0:
            return False
        if not view.currentIndex().isValid():
            view.setCurrentIndex(view.model().index(0, 0))
        view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        middle = self.height() // 2
        self._sign.setGeometry(SPACE_3, middle - _SIGN_PX // 2, _SIGN_PX, _SIGN_PX)
        left = self.width() - _BUTTON_PX - SPACE_2
        self.clear_button.setGeometry(left, middle - _BUTTON_PX // 2, _BUTTON_PX, _BUTTON_PX)

    def _restyle(self, theme: Theme) -> None:
        muted = theme.colours.text_muted
        self._sign.setPixmap(icon_pixmap("search", muted, _SIGN_PX, self.devicePixelRatioF()))
        self.clear_button.setIcon(icon("close", muted))
