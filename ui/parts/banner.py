"""Banners: what went wrong, or what was put right, at the top of the page until it is dismissed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from ui.look.theme import SPACE_2, SPACE_3, SPACE_4, Theme, icon, icon_pixmap, set_role
from ui.look.themed import follow_theme
from ui.parts.announce import announce
from ui.parts.label import Label

_ICON_PX = 20
_MOST = 3


class Banner(QFrame):
    """``kind`` is danger, good or plain; ``code`` is what the message is about."""

    def __init__(self, code: str, message: str, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = code
        self.kind = kind
        set_role(self, "banner" if kind == "plain" else f"banner-{kind}")
        self.setAccessibleName(message)
        self._sign = Label()
        self.message_label = Label(message)
        self.message_label.setWordWrap(True)
        self.message_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action_button = QPushButton()
        self.action_button.hide()
        self.close_button = QToolButton()
        set_role(self.close_button, "quiet")
        self.close_button.setAccessibleName("Dismiss this message")
        self.close_button.setToolTip("Dismiss")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, SPACE_2, SPACE_2, SPACE_2)
        row.setSpacing(SPACE_3)
        row.addWidget(self._sign)
        row.addWidget(self.message_label, 1)
        row.addWidget(self.action_button)
        row.addWidget(self.close_button)
        follow_theme(self, self._restyle)

    def offer(self, label: str, act: Callable[[], None]) -> None:
        self.action_button.setText(label)
        self.action_button.clicked.connect(lambda: act())
        self.action_button.show()

    def also(self, label: str, act: Callable[[], None]) -> None:
        """One thing more to do about it."""
        button = QPushButton(label)
        set_role(button, "quiet")
        button.clicked.connect(lambda: act())
        self._row.insertWidget(self._row.count() - 1, button)

    def _restyle(self, theme: Theme) -> None:
        c = theme.colours
        name, colour = {
            "danger": ("warning", c.danger),
            "good": ("check", c.repaired),
        }.get(self.kind, ("why", c.accent_text))
        self._sign.setPixmap(icon_pixmap(name, colour, _ICON_PX, self.devicePixelRatioF()))
        self.close_button.setIcon(icon("close", c.text))


class BannerArea(QWidget):
    """At most three banners, the newest on top; a new one about the same thing takes the old one's place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Messages")
        self._banners: list[Banner] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, SPACE_4)
        self._column.setSpacing(SPACE_2)
        self.hide()

    @property
    def banners(self) -> tuple[Banner, ...]:
        return tuple(self._banners)

    def show_message(self, code: str, message: str, kind: str = "danger") -> Banner:
        self.dismiss(code)
        banner = Banner(code, message, kind)
        banner.close_button.clicked.connect(lambda: self._remove(banner))
        self._banners.insert(0, banner)
        self._column.insertWidget(0, banner)
        for old in self._banners[_MOST:]:
            self._remove(old)
        self.show()
        announce(banner, message)
        return banner

    def dismiss(self, code: str) -> None:
        for banner in [one for one in self._banners if one.code == code]:
            self._remove(banner)

    def dismiss_newest(self) -> bool:
        """For the Escape key; false when there was nothing to dismiss."""
        if not self._banners:
            return False
        self._remove(self._banners[0])
        return True

    def _remove(self, banner: Banner) -> None:
        if banner in self._banners:
            self._banners.remove(banner)
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._banners))
