"""What came of sharing a call, above its summary: where it is, who opened it, and their notes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coach.values.shares import SharedCall
from ui import text
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from ui.look.themed import empty
from ui.parts.label import Label
from ui.parts.link_row import LinkRow


class SharedStrip(QFrame):
    """``acknowledge_wanted(note)``, ``take_back_wanted()``, ``answer_wanted()``, ``second_wanted(at_s)``."""

    acknowledge_wanted = Signal(object)
    take_back_wanted = Signal()
    answer_wanted = Signal()
    second_wanted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.words_label = Label()
        self.words_label.setWordWrap(True)
        set_role(self.words_label, "muted")
        self.take_back_button = QPushButton("Take back")
        set_role(self.take_back_button, "small")
        self.take_back_button.setToolTip("Remove it from the folder; who has opened it keeps a copy")
        self.take_back_button.clicked.connect(self.take_back_wanted)
        self.answer_button = QPushButton("Open an answer…")
        set_role(self.answer_button, "small")
        self.answer_button.setToolTip("A file somebody sent you about this call, as by mail")
        self.answer_button.clicked.connect(self.answer_wanted)
        self.acknowledge_buttons: list[QPushButton] = []
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        top.addWidget(self.words_label, 1)
        top.addWidget(self.answer_button)
        top.addWidget(self.take_back_button)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(SPACE_1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_2, SPACE_2, SPACE_2)
        column.setSpacing(SPACE_1)
        column.addLayout(top)
        column.addLayout(self._notes)
        self.hide()

    def show_shared(self, known: SharedCall) -> None:
        """Hidden where the call was never shared."""
        self.setVisible(bool(known.outgoing))
        empty(self._notes)
        self.acknowledge_buttons = []
        if not known.outgoing:
            return
        words = shared_words(known)
        self.words_label.setText(words)
        self.setAccessibleName(words)
        for note in known.notes:
            name = known.names.get(note.person, "Somebody you removed")
            row = LinkRow(
                note.text, f"{name}, {text.date_time_text(note.made_at.astimezone())}", "", note.moment_s
            )
            row.clicked.connect(partial(self.second_wanted.emit, note.at_s))
            self._notes.addWidget(row)
            if note.acknowledged_at is None:
                button = QPushButton("Acknowledge")
                set_role(button, "small")
                button.setAccessibleName(f"Tell {name} that you read it")
                button.clicked.connect(partial(self.acknowledge_wanted.emit, note))
                row.add_at_end(button)
                self.acknowledge_buttons.append(button)


def shared_words(known: SharedCall) -> str:
    """ "Shared on 27/11/26 14:05. Opened by Sue." """
    last = known.outgoing[0]
    if last.sent_at is None:
        said = f"Waits to be shared. {last.trouble}".strip()
    else:
        said = f"Shared {text.date_time_text(last.sent_at.astimezone())}."
    changed = " You changed it since: share it again to replace that." if known.changed else ""
    names = sorted({known.names.get(one.person, "somebody you removed") for one in known.opened})
    opened = f"Opened by {', '.join(names)}." if names else "Not opened yet."
    return f"{said} {opened}{changed}"
