"""Before the next contact: what is still open with a customer, and what the last call was about."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from coach.values.follow_up import Brief, Followed, Overview, PastCall
from ui import text
from ui.commitments.with_bar import MOST_CHARS
from ui.commitments.words import STATES, action_text, due_text
from ui.dialogs.frame import PlainDialog
from ui.look.theme import SPACE_1, SPACE_2, set_role
from ui.parts.label import Label
from ui.parts.link_row import LinkRow
from ui.when import moment_text

_SECTIONS = {
    "about": "What it was about",
    "moments": "Moments that went wrong",
    "missing": "What did not come up",
    "keep": "Kept",
    "try": "To try",
}
"""What of the last summary helps before a call; its commitments stand above, as they are now."""
_TALLEST_PX = 420


class BriefDialog(PlainDialog):
    """``open_wanted(call_id, turn_index)`` when a line is chosen; ``copied`` when all was copied."""

    open_wanted = Signal(str, int)
    copied = Signal()

    def __init__(self, brief: Brief, overview: Overview, parent: QWidget | None = None) -> None:
        calls = text.count_text(brief.calls, "call", "calls")
        super().__init__(f"Before you talk to {brief.about}", f"{calls} so far.", parent)
        self.links: list[LinkRow] = []
        self._lines: list[str] = [brief.about]
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, SPACE_2, 0)
        self._column.setSpacing(SPACE_1)
        self._promises("Still to be kept", brief.open, overview)
        self._promises("Settled last", brief.settled, overview)
        if brief.last is not None:
            self._last(brief.last)
        self._column.addStretch(1)
        self.scroll_area = QScrollArea()
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll_area.setAccessibleName("Brief")
        self.scroll_area.setWidget(self._inner)
        self.scroll_area.setFixedHeight(_TALLEST_PX)
        self.body.addWidget(self.scroll_area)
        self.copy_button = self.add_button("Copy as text")
        self.copy_button.clicked.connect(self.copy)
        self.close_button = self.add_button(text.CLOSE, "primary")
        self.close_button.clicked.connect(self.accept)
        self.close_button.setFocus()

    def copy(self) -> str:
        made = "\n".join(self._lines) + "\n"
        QGuiApplication.clipboard().setText(made)
        self.copied.emit()
        return made

    def _promises(self, title: str, every: tuple[Followed, ...], overview: Overview) -> None:
        if not every:
            return
        self._heading(title)
        for one in every:
            due = due_text(one, overview.now.date())
            state = STATES[overview.states[one.key]] if one.key in overview.states else ""
            detail = " · ".join(part for part in (text.OWNERS[one.heard.owner], due, state) if part)
            self._link(action_text(one), detail, one.heard.start_s, one.call_id, one.heard.turn_index)

    def _last(self, past: PastCall) -> None:
        self._heading(f"Last call, {moment_text(past.started_at)}")
        for key, title in _SECTIONS.items():
            lines = [line for section, line in past.lines if section == key]
            if lines:
                label = Label(title)
                set_role(label, "caption")
                self._column.addWidget(label)
            for line in lines:
                self._link(line.text, line.detail, line.at_s, past.call_id, line.turn_index)

    def _heading(self, title: str) -> None:
        label = Label(title)
        label.setWordWrap(True)
        set_role(label, "subtitle")
        label.setContentsMargins(0, SPACE_2, 0, 0)
        self._column.addWidget(label)
        self._lines += ["", title]

    def _link(self, title: str, detail: str, at_s: float, call_id: str, turn_index: int) -> None:
        row = LinkRow(title, detail, "", at_s, inset=0)
        row.setAutoDefault(False)
        row.clicked.connect(self._opener(call_id, turn_index))
        self._column.addWidget(row)
        self.links.append(row)
        self._lines.append(f"  {title}" + (f" ({detail})" if detail else ""))

    def _opener(self, call_id: str, turn_index: int) -> Callable[[], None]:
        def open_it() -> None:
            self.open_wanted.emit(call_id, turn_index)
            self.accept()

        return open_it


class NameDialog(PlainDialog):
    """Whom or what a call was about, with what was named before to choose from."""

    is_written_in = True

    name_wanted = Signal(str)

    def __init__(self, name: str, known: list[str], parent: QWidget | None = None) -> None:
        super().__init__(
            "Whom was this call about?",
            "A customer's name or a reference. Calls with the same name are kept together.",
            parent,
        )
        self.field = QLineEdit(name)
        self.field.setMaxLength(MOST_CHARS)
        self.field.setAccessibleName("Customer or reference")
        self.field.setPlaceholderText("Mrs Adeyemi, or order 4117")
        completer = QCompleter(known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        self.field.selectAll()
        self.body.addWidget(self.field)
        self.cancel_button = self.add_button(text.CANCEL)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button = self.add_button("Save", "primary")
        self.save_button.clicked.connect(self._save)
        self.field.setFocus()

    def _save(self) -> None:
        self.name_wanted.emit(self.field.text().strip())
        self.accept()
