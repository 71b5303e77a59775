"""A promise that was just heard, over the transcript of the running call."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import text
from ui.look.theme import SPACE_2, SPACE_3, SPACE_4, Theme, current_theme, icon, icon_pixmap, set_role
from ui.look.themed import follow_theme
from ui.parts.label import Label


class HeardBar(QFrame):
    """Hidden until there is one. ``confirmed`` and ``dropped`` when a button is pressed."""

    confirmed = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._flagged = False
        self._sign = Label()
        self.words_label, self.concern_label = Label(), Label()
        for label, role in ((self.words_label, "strong"), (self.concern_label, "flag")):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            set_role(label, role)
        self.confirm_button, self.drop_button = QPushButton(text.CONFIRM), QPushButton(text.DROP)
        for button, tip in ((self.confirm_button, text.CONFIRM_TIP), (self.drop_button, text.DROP_TIP)):
            button.setIconSize(QSize(18, 18))
            button.setToolTip(tip)
            # Talking goes on: a promise takes the keyboard from nobody.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.confirm_button.clicked.connect(self.confirmed)
        self.drop_button.clicked.connect(self.dropped)
        set_role(self.drop_button, "quiet")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.words_label)
        words.addWidget(self.concern_label)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, SPACE_2, SPACE_2, SPACE_2)
        row.setSpacing(SPACE_3)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        row.addWidget(self.confirm_button)
        row.addWidget(self.drop_button)
        self.hide()
        follow_theme(self, self._restyle)

    def show_words(self, words: str, concern: str, more: int) -> None:
        """``more`` promises wait behind this one."""
        shown = f"{words}  (+{more})" if more else words
        self.words_label.setText(shown)
        self.concern_label.setText(concern)
        self.concern_label.setVisible(bool(concern))
        self._flagged = bool(concern)
        self.setAccessibleName(f"{text.HEARD}: {words}. {concern}".strip())
        self._restyle(current_theme())
        self.show()

    def _restyle(self, theme: Theme) -> None:
        colours = theme.colours
        sign, tint = ("warning", colours.flag) if self._flagged else ("commitment", colours.accent)
        self._sign.setPixmap(icon_pixmap(sign, tint, 20, self.devicePixelRatioF()))
        self.confirm_button.setIcon(icon("check", colours.repaired))
        self.drop_button.setIcon(icon("close", colours.text_muted))
