"""What the room says where it has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.commitments.words import CUSTOMERS, LEFT_OUT, SETTLED_VIEW, TO_KEEP
from ui.look.theme import SPACE_3, Theme, icon_pixmap, set_role
from ui.look.themed import follow_theme
from ui.parts.label import Label

_WORDS: dict[str, tuple[str, str]] = {
    TO_KEEP: ("Nothing is to be kept", "What you promise in a call comes here by itself, with its time."),
    SETTLED_VIEW: (
        "Nothing is settled yet",
        "What you mark as kept is found here again.",
    ),
    CUSTOMERS: ("The customer owes you nothing", "What customers were to do stands here, apart from yours."),
    LEFT_OUT: (
        "Nothing was left out",
        "What was no commitment after all can be brought back here.",
    ),
}


class EmptyRoom(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = Label(alignment=Qt.AlignmentFlag.AlignHCenter)
        self.title = Label(alignment=Qt.AlignmentFlag.AlignHCenter)
        self.words = Label(alignment=Qt.AlignmentFlag.AlignHCenter)
        for label, role in ((self.title, "title"), (self.words, "muted")):
            label.setWordWrap(True)
            set_role(label, role)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE_3)
        column.addStretch(2)
        for part in (self._sign, self.title, self.words):
            column.addWidget(part)
        column.addStretch(3)
        follow_theme(self, self._restyle)

    def explain(self, view: str, query: str) -> None:
        title, words = _WORDS[view]
        if query.strip():
            title, words = "Nothing found", f"No commitment here has the words “{query.strip()}”."
        self.title.setText(title)
        self.words.setText(words)

    def _restyle(self, theme: Theme) -> None:
        pixmap = icon_pixmap("commitment", theme.colours.text_muted, 40, self.devicePixelRatioF())
        self._sign.setPixmap(pixmap)
