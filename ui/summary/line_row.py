"""A line of a summary with what the agent made of it, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from coach.taxonomy import is_flag
from coach.values.revisions import ShownLine
from ui import text
from ui.look.theme import Theme, icon, set_role
from ui.look.themed import follow_theme
from ui.parts.link_row import LinkRow

EDIT = "Edit or comment…"


class LineRow(LinkRow):
    """Clicked, it opens its second. ``unfair_toggled(bool)``: call its flag unfair, or take that back."""

    edit_wanted = Signal(str)
    unfair_toggled = Signal(bool)

    def __init__(self, line: ShownLine, title: str, detail: str, parent: QWidget | None = None) -> None:
        super().__init__(title, detail, line.quote, line.own.at_s, parent=parent)
        self.line = line
        if line.contested:
            self.add_words(text.YOU_CALLED_UNFAIR, "flag")
        if line.edited:
            before = " · ".join(part for part in (line.own.text, line.own.detail) if part)
            self.add_words(f"Edited by you. It read: {before}", "caption")
        if line.comment:
            self.add_words(f"Your comment: {line.comment}", "")
        self.edit_button = QToolButton()
        set_role(self.edit_button, "quiet-icon")
        self.edit_button.setIconSize(QSize(16, 16))
        self.edit_button.setFixedSize(24, 24)
        self.edit_button.setToolTip(f"{EDIT} (F2)")
        self.edit_button.setAccessibleName(f"{EDIT} {title}")
        # One stop of the Tab key a line: F2 and the menu key do the same.
        self.edit_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.edit_button.clicked.connect(self._ask_to_edit)
        self.add_at_end(self.edit_button)
        follow_theme(self, self._restyle)

    def menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Show where it was said", self.click)
        menu.addAction(EDIT, self._ask_to_edit).setShortcut(Qt.Key.Key_F2)
        if self.line.id.startswith("moments.") and is_flag(self.line.own.subject):
            label = "Take back: it was unfair" if self.line.contested else "This was unfair"
            contested = self.line.contested
            menu.addAction(label, lambda: self.unfair_toggled.emit(not contested))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self._ask_to_edit()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.menu().popup(self.mapToGlobal(self.rect().center()) if by_keyboard else event.globalPos())

    def _ask_to_edit(self) -> None:
        self.edit_wanted.emit(self.line.id)

    def _restyle(self, theme: Theme) -> None:
        self.edit_button.setIcon(icon("edit", theme.colours.text_muted))
