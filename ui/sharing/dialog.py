"""Exactly what would be shared of a call: every line can be left out, and takes its words along."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coach.events import Turn
from coach.sharing.leaving_out import leave_out
from coach.values.revisions import ShownLine, ShownSummary
from coach.values.shares import WHOLE_COMMENT
from ui import text
from ui.look.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, set_role
from ui.parts.label import Label
from ui.parts.more import More
from ui.parts.room import fit_the_screen

_FIRST_SIZE = QSize(720, 720)
_SMALLEST = QSize(480, 360)
_INDENT = 32
"""Where the words of a check box begin, in pixels."""
_SOUND = (
    "Only the seconds in which these words were said are cut out of the recording. "
    "Nothing else of it goes along."
)
_WHOLE = "The figures and the first sentence count the whole call, also what you leave out."


class ShareDialog(QDialog):
    """``share_wanted(left, sound)`` and ``file_wanted(left, sound)`` with the ids of the lines that are left
    out, and whether sound goes along. ``hearable`` are the turns whose sound could."""

    share_wanted = Signal(object, bool)
    file_wanted = Signal(object, bool)

    def __init__(
        self,
        shown: ShownSummary,
        to: str,
        can_share: bool,
        hearable: frozenset[int] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Share the summary")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shown = shown
        self._hearable = hearable
        self.sound_box = QCheckBox()
        self.sound_label = _label("", "muted")
        self.sound_label.setContentsMargins(_INDENT, 0, 0, 0)
        self.left: set[str] = set()
        self.boxes: dict[str, QCheckBox] = {}
        self._turn_labels: dict[int, QLabel] = {}
        self.none_label = _label("None.", "muted")
        self._going = {turn.index for turn in shown.turns}
        self.share_button, self.file_button = QPushButton("Share"), QPushButton("Save as a file…")
        self.cancel_button = QPushButton(text.CANCEL)
        self._lay_out(to)
        self.share_button.setEnabled(can_share)
        self._show_turns()
        fit_the_screen(self, _FIRST_SIZE, _SMALLEST)

    def _lay_out(self, to: str) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, SPACE_3, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(_label(self._shown.headline, "strong"))
        column.addWidget(_label(_WHOLE, "caption"))
        if self._shown.comment:
            column.addWidget(self._row(WHOLE_COMMENT, [_label(self._shown.comment, "")], "Your comment"))
        for section in self._shown.to_read:
            column.addWidget(_label(section.title, "subtitle"))
            lines = More([partial(self._line, line) for line in section.lines], SPACE_3)
            lines.show_rows()
            column.addWidget(lines)
        column.addWidget(_label("Your words that go along", "subtitle"))
        makers = [partial(self._turn, turn) for turn in self._shown.turns]
        self._turns = More(makers, of=("turn", "turns"))
        self._turns.show_rows()
        self._turns.more_shown.connect(lambda _count: self._offer_turns())
        column.addWidget(self._turns)
        column.addWidget(self.none_label)
        column.addWidget(self.sound_box)
        column.addWidget(self.sound_label)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_3)
        buttons.addWidget(self.file_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.share_button)
        set_role(self.share_button, "primary")
        self.share_button.setDefault(True)
        self.file_button.setAutoDefault(False)
        self.cancel_button.setAutoDefault(False)
        self.share_button.clicked.connect(lambda: self._answer(self.share_wanted))
        self.file_button.clicked.connect(lambda: self._answer(self.file_wanted))
        self.cancel_button.clicked.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_4)
        outer.setSpacing(SPACE_3)
        outer.addWidget(_label(self._shown.header.title, "title"))
        outer.addWidget(_label(to, "muted"))
        outer.addWidget(area, 1)
        outer.addLayout(buttons)

    def _line(self, line: ShownLine) -> QWidget:
        return self._row(line.id, _words(line), line.text)

    def _row(self, line_id: str, words: list[QLabel], name: str) -> QWidget:
        box = QCheckBox()
        box.setChecked(True)
        box.setAccessibleName(f"Share: {name}")
        box.toggled.connect(partial(self._leave, line_id))
        self.boxes[line_id] = box
        column = QVBoxLayout()
        column.setSpacing(0)
        for label in words:
            column.addWidget(label)
        made = QWidget()
        made.setFocusProxy(box)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        return made

    def _turn(self, turn: Turn) -> QWidget:
        label = self._turn_labels[turn.index] = _label(f"{text.clock(turn.start_s)}  {turn.text}", "muted")
        if turn.index not in self._going:
            label.hide()
        return label

    @property
    def turn_labels(self) -> list[QLabel]:
        """Those that go along, as far as they were asked for."""
        return [label for index, label in self._turn_labels.items() if index in self._going]

    def _leave(self, line_id: str, shared: bool) -> None:
        if shared:
            self.left.discard(line_id)
        else:
            self.left.add(line_id)
        self._show_turns()

    def _show_turns(self) -> None:
        turns = leave_out(self._shown, self.left).turns
        self._going = {turn.index for turn in turns}
        for index, label in self._turn_labels.items():
            label.setVisible(index in self._going)
        self.none_label.setVisible(not turns)
        self._offer_turns()
        self._show_sound(turns)

    def _offer_turns(self) -> None:
        """Those that were left out are not to be asked for."""
        self._turns.offer_only(len(self._going - self._turn_labels.keys()))

    def _show_sound(self, turns: Sequence[Turn]) -> None:
        """How much of the recording could go along; of a live call there is none."""
        heard = [turn for turn in turns if turn.index in self._hearable]
        seconds = sum(turn.end_s - turn.start_s for turn in heard)
        self.sound_box.setText(f"With my &voice in these turns, {text.clock(seconds)} in all")
        self.sound_box.setAccessibleName(f"With my voice in these turns, {text.spoken_clock(seconds)} in all")
        for widget in (self.sound_box, self.sound_label):
            widget.setVisible(bool(heard))
        kept_back = len(turns) - len(heard)
        words = text.count_text(kept_back, "turn", "turns")
        self.sound_label.setText(
            f"{_SOUND} {f'Without sound: {words} in which something was hidden.' if kept_back else ''}"
        )

    @property
    def sound(self) -> bool:
        return self.sound_box.isChecked() and not self.sound_box.isHidden()

    def _answer(self, signal: object) -> None:
        signal.emit(frozenset(self.left), self.sound)  # type: ignore[attr-defined]
        self.accept()


def _words(line: ShownLine) -> list[QLabel]:
    made = [_label(f"{text.clock(line.own.at_s)}  {line.text}", "strong")]
    if line.detail:
        made.append(_label(line.detail, "muted"))
    if line.quote:
        made.append(_label(f"“{line.quote}”", "muted"))
    if line.edited:
        made.append(_label(f"Edited; it read: {line.own.text}", "caption"))
    if line.comment:
        made.append(_label(f"You say: {line.comment}", "accent"))
    if line.contested:
        made.append(_label("You called this unfair", "flag"))
    return made


def _label(words: str, role: str) -> QLabel:
    label = Label(words)
    label.setWordWrap(True)
    if role:
        set_role(label, role)
    return label
