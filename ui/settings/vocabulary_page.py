"""Names and terms of one's own trade, to be spelled right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from coach.settings import MAX_TERM_CHARS, MAX_TERMS
from ui.look.theme import set_role
from ui.parts.label import Label
from ui.settings.parts import SettingsPage, wrapped
from ui.settings.terms import read_terms


class VocabularyPage(SettingsPage):
    """``terms_changed(list)`` when what stands there can be taken; until then the last good list counts."""

    terms_changed = Signal(list)

    def __init__(self, terms: list[str], parent: QWidget | None = None) -> None:
        super().__init__("Your words", parent)
        card = self.add_card(
            "Names and terms of your trade",
            "Products, places, people: words Sameside should know how to spell. One on a line, "
            f"at most {MAX_TERMS} of at most {MAX_TERM_CHARS} characters.",
        )
        self.editor = QPlainTextEdit("\n".join(terms))
        self.editor.setAccessibleName("Names and terms, one on a line")
        self.editor.setPlaceholderText("Parcelo Express\nNieuwegein\nMrs Szymborska")
        self.editor.setTabChangesFocus(True)
        self.editor.setMinimumHeight(150)
        self.problem_label = wrapped("", "danger")
        self.count_label = Label()
        set_role(self.count_label, "caption")
        above = QHBoxLayout()
        above.addWidget(self.problem_label, 1)
        above.addWidget(self.count_label)
        card.addLayout(above)
        card.addWidget(self.editor, 1)
        card.addWidget(
            wrapped("They help a word to be recognised; they never put words in your mouth.", "caption")
        )
        self._terms = list(terms)
        self.editor.textChanged.connect(self._read)
        self._show(len(terms), "")

    def _read(self) -> None:
        terms, problem = read_terms(self.editor.toPlainText())
        self._show(len(terms), problem)
        if not problem and terms != self._terms:
            self._terms = terms
            self.terms_changed.emit(terms)

    def _show(self, count: int, problem: str) -> None:
        self.count_label.setText(f"{count} of {MAX_TERMS}")
        self.count_label.setAccessibleName(f"{count} of at most {MAX_TERMS} terms")
        self.problem_label.setText(f"{problem} Until then the last good list counts." if problem else "")
        self.problem_label.setAccessibleName(problem)
        self.editor.setAccessibleDescription(problem)
