"""The passphrase of the kept calls: chosen once, asked for afterwards."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import text
from ui.dialogs.frame import PlainDialog
from ui.parts.label import Label

SHORTEST = 8


class PassphraseDialog(PlainDialog):
    """Emits ``offered(passphrase)``; the caller answers with ``refuse`` or ``accept``."""

    offered = Signal(str)

    def __init__(self, message: str, is_new: bool, parent: QWidget | None = None) -> None:
        title = "Choose a passphrase" if is_new else "Unlock your calls"
        words = (
            f"{message} It cannot be recovered: without it the kept calls stay closed." if is_new else message
        )
        super().__init__(title, words, parent)
        self._is_new = is_new
        self.first, self.second = QLineEdit(), QLineEdit()
        self._field("Passphrase", self.first)
        if is_new:
            self._field("The same again", self.second)
        self.cancel_button = self.add_button(text.CANCEL)
        self.ok_button = self.add_button("Lock with this" if is_new else "Unlock", "primary")
        self.cancel_button.clicked.connect(self.reject)
        self.ok_button.clicked.connect(self._offer)
        self.first.setFocus()

    def refuse(self, message: str) -> None:
        """The passphrase did not fit: say so and let the user try again."""
        self.show_error(message)
        self._set_busy(False)
        self.first.selectAll()
        self.first.setFocus()

    def _offer(self) -> None:
        passphrase = self.first.text()
        if self._is_new and len(passphrase) < SHORTEST:
            self.show_error(f"Take at least {SHORTEST} characters; a few words are easy to keep in mind.")
        elif self._is_new and passphrase != self.second.text():
            self.show_error("The two are not the same. Type it again.")
        elif passphrase:
            self.error_label.hide()
            self._set_busy(True)
            self.offered.emit(passphrase)

    def _set_busy(self, busy: bool) -> None:
        self.ok_button.setEnabled(not busy)

    def _field(self, label: str, field: QLineEdit) -> None:
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(label)
        name = Label(label)
        name.setBuddy(field)
        self.body.addWidget(name)
        self.body.addWidget(field)
