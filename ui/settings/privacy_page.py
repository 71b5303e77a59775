"""What is hidden in the words before they are kept, and a field to try it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QWidget

from coach.redaction.hiding import Choice, find, hide
from coach.settings import SET_BY, PrivacySettings
from ui.look.theme import set_role
from ui.parts.label import Label
from ui.settings.parts import SettingsPage, explained, labelled, laid_down, spread, wrapped
from ui.text import count_text

_MOST_CHARS = 2_000
_ALWAYS = (
    "Card, account and ID numbers, security codes, when cards expire, PINs, passwords, answers to security "
    "questions, dates of birth, phone numbers, e-mail addresses and postcodes. Amounts, times and dates that "
    "something is due stay."
)
_DAYS = (0, 30, 90, 180, 365)
_KEEPING = (
    "When Sameside starts, older ones are deleted. It tells you, and offers to undo it until you close it. "
    "Calls with a promise that is still to be kept stay, and so do recordings."
)
_EXAMPLE = "So that's four one double seven, and I'll ring you on 07700 900123 at half past four."


class PrivacyPage(SettingsPage):
    """Each choice by its signal; what is tried stays here."""

    names_chosen = Signal(bool)
    references_chosen = Signal(bool)
    keep_days_chosen = Signal(int)

    def __init__(self, settings: PrivacySettings, parent: QWidget | None = None) -> None:
        super().__init__("Privacy", parent)
        card = self.add_card("Hidden before anything is kept", _ALWAYS)
        self.names = QCheckBox("Hide &names of people too")
        self.references = QCheckBox("Hide order, booking and case n&umbers")
        self.names.setChecked(settings.hide_names)
        self.references.setChecked(settings.hide_references)
        card.addLayout(explained(self.names, "Not every name is noticed, and now and then another word is."))
        card.addWidget(laid_down(settings, "hide_names", self.names))
        card.addLayout(
            explained(
                self.references, "You may need them to follow up on what you promised, so they are kept."
            )
        )
        card.addWidget(laid_down(settings, "hide_references", self.references))
        card.addWidget(wrapped("Both count from the next call on.", "caption"))
        self._add_keeping(settings)
        trial = self.add_card("Try it", "Type what you might say. Nothing of it leaves this page.")
        self.editor = QPlainTextEdit(_EXAMPLE)
        self.editor.setAccessibleName("A sentence to try")
        self.editor.setTabChangesFocus(True)
        self.editor.setMaximumHeight(84)
        self.result = wrapped("", "strong")
        self.result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        kept_as = Label("Kept as")
        set_role(kept_as, "caption")
        trial.addWidget(self.editor)
        trial.addWidget(kept_as)
        trial.addWidget(self.result)
        self.names.toggled.connect(self.names_chosen)
        self.references.toggled.connect(self.references_chosen)
        for changed in (self.editor.textChanged, self.names.toggled, self.references.toggled):
            changed.connect(self._try)
        self._try()

    def _add_keeping(self, settings: PrivacySettings) -> None:
        card = self.add_card("How long calls are kept", _KEEPING)
        self.keeping = QComboBox()
        most = settings.most("keep_days")
        offered = {*_DAYS, settings.keep_days, most or 0}
        for days in sorted(days for days in offered if most is None or 0 < days <= most):
            self.keeping.addItem(count_text(days, "day", "days") if days else "Until I delete them", days)
        self.keeping.setCurrentIndex(self.keeping.findData(settings.keep_days))
        self.keeping.activated.connect(lambda _row: self.keep_days_chosen.emit(self.keeping.currentData()))
        card.addLayout(labelled("&Keep live calls", self.keeping))
        spread(self.keeping)
        if most is not None:
            limit = f"{SET_BY} At most {count_text(most, 'day', 'days')}."
            self.keeping.setAccessibleDescription(limit)
            card.addWidget(wrapped(limit, "caption"))

    @Slot()
    def _try(self) -> None:
        written = self.editor.toPlainText()[:_MOST_CHARS]
        choice = Choice(self.names.isChecked(), self.references.isChecked())
        shown = hide(written, find(written, choice))
        self.result.setText(shown)
        self.result.setAccessibleName(f"Kept as: {shown}")
