"""The customers of practice: whether they are heard, and who words what they say."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from coach.settings import SET_BY, LocalModelSettings, PracticeSettings
from ui.settings.parts import SettingsPage, explained, laid_down

_SPEAK_WORDS = "By the voice of {voice}. Never during a call, and not while you speak your answer."
_NO_VOICE = (
    "No voice is installed on this machine, so customers are text. On Debian and Ubuntu: install espeak-ng, "
    "then open Sameside again."
)
_MODEL_WORDS = (
    "The model at {address} says each written line in its own words, as an answer to yours. Where the call "
    "goes is decided by the moves heard, as it is written. Where the model is away or strays, the written "
    "line stands. Nothing leaves this machine."
)


class PracticeSettingsPage(SettingsPage):
    """``kept(name, value)`` for each choice; names are those of ``PracticeSettings``."""

    kept = Signal(str, object)

    def __init__(
        self, practice: PracticeSettings, model: LocalModelSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__("Practice", parent)
        self._practice = practice
        self._card = self.add_card("Customers' voice")
        self.speak = QCheckBox("Customers &speak aloud")
        self.speak.setChecked(practice.customers_speak)
        self.speak.clicked.connect(lambda on: self.kept.emit("customers_speak", on))
        words = self.add_card("Customers' words")
        self.model = QCheckBox("Let a language &model word them")
        self.model.setChecked(practice.model_customers)
        self.model.clicked.connect(lambda on: self.kept.emit("model_customers", on))
        self._model_lines = explained(self.model, "")
        words.addLayout(self._model_lines)
        words.addWidget(laid_down(practice, "model_customers", self.model))
        self.show_address(model.address)

    def show_address(self, address: str) -> None:
        """Where the words of customers would go; another may be chosen while this page is open."""
        words = _MODEL_WORDS.format(address=address)
        line = self._model_lines.itemAt(1).widget()
        assert isinstance(line, QLabel)
        line.setText(words)
        set_by = SET_BY if self._practice.is_laid_down("model_customers") else ""
        self.model.setAccessibleDescription(f"{set_by} {words}".strip())

    def show_voice(self, voice: str) -> None:
        """The voice that is installed; empty where none is."""
        self.speak.setEnabled(bool(voice))
        self._card.addLayout(explained(self.speak, _SPEAK_WORDS.format(voice=voice) if voice else _NO_VOICE))
        self._card.addWidget(laid_down(self._practice, "customers_speak", self.speak))
