"""Smoother wordings that a language model on this machine proposes; the agent takes those that fit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from coach.values.revisions import ShownLine
from ui import text
from ui.dialogs.frame import PlainDialog
from ui.look.theme import SPACE_1, SPACE_3, SPACE_6, set_role
from ui.parts.label import Label

_WORDS = (
    "Only repetitions, filler words and grammar may change: a wording that says anything else is dropped. "
    "What you take is marked as your edit, and the words you said stay beside it."
)
_LIST_PX = 260


class SmoothDialog(PlainDialog):
    """``taken(list of (line, words))``; closing it before the model has answered asks for nothing more."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Smoother wording", _WORDS, parent)
        self.boxes: list[tuple[QCheckBox, ShownLine, str]] = []
        self.state_label = Label("Asking the language model on this machine…")
        self.state_label.setWordWrap(True)
        set_role(self.state_label, "muted")
        self.waiting = QProgressBar()
        self.waiting.setRange(0, 0)
        self.waiting.setAccessibleName("Asking the language model")
        self.body.addWidget(self.waiting)
        self.body.addWidget(self.state_label)
        self.cancel_button = self.add_button(text.CANCEL)
        self.cancel_button.clicked.connect(self.reject)
        self.take_button = self.add_button("Take", "primary")
        self.take_button.setEnabled(False)
        self.take_button.clicked.connect(self._take)
        self.fit()

    def show_proposals(self, proposals: list[tuple[ShownLine, str]], dropped: int) -> None:
        self.waiting.hide()
        left_out = f" {text.count_text(dropped, 'wording', 'wordings')} said something else: dropped."
        found = "" if proposals else "Nothing to smooth."
        self.state_label.setText(f"{found}{left_out if dropped else ''}".strip())
        self.state_label.setVisible(bool(self.state_label.text()))
        if proposals:
            listed = self._list(proposals)
            self.body.insertWidget(0, listed)
            # Hidden it would not count in the height that is taken.
            listed.show()
            self.boxes[0][0].setFocus()
        self._offer()
        self.fit()

    def show_failure(self, message: str) -> None:
        self.waiting.hide()
        self.state_label.hide()
        self.show_error(message)

    def _list(self, proposals: list[tuple[ShownLine, str]]) -> QScrollArea:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, SPACE_3, 0)
        column.setSpacing(SPACE_3)
        for line, words in proposals:
            column.addLayout(self._proposal(line, words))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        wanted = inner.heightForWidth(self.maximumWidth() - 2 * SPACE_6 - SPACE_3)
        area.setFixedHeight(min(_LIST_PX, wanted + SPACE_3))
        return area

    def _proposal(self, line: ShownLine, words: str) -> QVBoxLayout:
        box = QCheckBox(f"At {text.clock(line.own.at_s)}")
        box.setAccessibleName(f"{words} In place of: {line.text}")
        box.setChecked(True)
        box.toggled.connect(self._offer)
        self.boxes.append((box, line, words))
        column = QVBoxLayout()
        column.setSpacing(SPACE_1)
        column.addWidget(box)
        for shown, role in ((words, "strong"), (f"“{line.text}”", "muted")):
            label = Label(shown)
            label.setWordWrap(True)
            label.setContentsMargins(SPACE_6, 0, 0, 0)
            set_role(label, role)
            column.addWidget(label)
        return column

    def _offer(self) -> None:
        self.take_button.setEnabled(any(box.isChecked() for box, _line, _words in self.boxes))

    def _take(self) -> None:
        self.taken.emit([(line, words) for box, line, words in self.boxes if box.isChecked()])
        self.accept()
