"""A language model on this machine: off unless it is turned on here, with what it may do said beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget

from coach.errors import KnownError
from coach.machine.local_model import loopback
from coach.settings import LocalModelSettings
from coach.values.revisions import ModelTrial
from ui.look.theme import SPACE_2, set_role
from ui.parts.announce import announce
from ui.settings.parts import SettingsPage, button_row, explained, labelled, laid_down, wrapped

_WHAT = (
    "Sameside needs none. If you run one yourself, behind an address as OpenAI's programs have it, it may "
    "propose smoother wordings of your own words in a summary. You choose what to take."
)
_GUARD = (
    "A wording that adds a fact, a number or a name is dropped. Nothing is sent but to this machine: an "
    "address elsewhere is refused."
)
_TRYING = "Asking it. The first answer of a model may take a while…"


class ModelPage(SettingsPage):
    """``kept(name, value)`` for each choice that can be taken; ``try_wanted(address, name)``."""

    kept = Signal(str, object)
    try_wanted = Signal(str, str)

    def __init__(self, settings: LocalModelSettings, parent: QWidget | None = None) -> None:
        super().__init__("Language model", parent)
        self._settings = settings
        self._refused = False
        card = self.add_card("A language model on this machine", _WHAT)
        self.enabled = QCheckBox("&Propose smoother wording in summaries")
        self.enabled.setChecked(settings.enabled)
        self.enabled.toggled.connect(lambda on: self.kept.emit("enabled", on))
        card.addLayout(explained(self.enabled, _GUARD))
        card.addWidget(laid_down(settings, "enabled", self.enabled))
        self.address = QLineEdit(settings.address)
        self.address.setPlaceholderText("http://127.0.0.1:8080/v1")
        self.address.editingFinished.connect(self._keep_address)
        self.name = QLineEdit(settings.name)
        self.name.setPlaceholderText("Only where the server has several")
        self.name.editingFinished.connect(self._keep_name)
        fields = [labelled("&Address", self.address), labelled("&Model", self.name)]
        names = [row.itemAt(0).widget() for row in fields]
        # Asked before the first is fixed, which would widen the next.
        width = max(each.sizeHint().width() for each in names) + SPACE_2
        for name, row in zip(names, fields, strict=True):
            name.setFixedWidth(width)
            card.addLayout(row)
        self.try_button = QPushButton("&Try it")
        self.try_button.clicked.connect(self._try)
        card.addLayout(button_row(self.try_button))
        self.note = wrapped("", "muted")
        self.note.hide()
        card.addWidget(self.note)

    def show_trial(self, trial: ModelTrial, took_s: float) -> None:
        self.try_button.setEnabled(True)
        if trial.words:
            self._say(f"It answers, after {took_s:.1f} s. “{trial.sentence}” became “{trial.words}”", "muted")
        else:
            self._say(
                f"It answers, after {took_s:.1f} s, but its wording of “{trial.sentence}” says something "
                "else, so it would be dropped. Another model may do better.",
                "danger",
            )

    def show_problem(self, message: str) -> None:
        self.try_button.setEnabled(True)
        self._say(message, "danger")

    def _keep_address(self) -> bool:
        address = self.address.text().strip()
        try:
            loopback(address)
        except KnownError as error:
            self._say(error.message, "danger")
            self._refused = True
            return False
        if self._refused or address != self._settings.address:
            self.note.hide()
            self._refused = False
        if address != self._settings.address:
            self.kept.emit("address", address)
        return True

    def _keep_name(self) -> None:
        name = self.name.text().strip()
        if name != self._settings.name:
            self.note.hide()
            self.kept.emit("name", name)

    def _try(self) -> None:
        if self._keep_address():
            self._keep_name()
            self.try_button.setEnabled(False)
            self._say(_TRYING, "muted")
            self.try_wanted.emit(self._settings.address, self._settings.name)

    def _say(self, words: str, role: str) -> None:
        self.note.setText(words)
        set_role(self.note, role)
        self.note.show()
        announce(self.note, words)
