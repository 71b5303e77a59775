"""The call at a glance, beside its transcript: flags and repairs counted, promises listed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from coach.events import Answer, CallHeader, Commitment, CueEnd, CueEnded, MovesFound, OtherVoice, Turn
from coach.taxonomy import is_flag
from ui import text
from ui.look.theme import SPACE_1, SPACE_3, SPACE_4, SPACE_5, Theme, icon_pixmap, set_role
from ui.look.themed import empty, follow_theme
from ui.parts.label import Label
from ui.parts.link_row import LinkRow
from ui.when import near_due_text

WIDTH = 288


class Glance(QFrame):
    """Empties itself when a call begins. A promise clicked is ``turn_chosen(turn_index)``."""

    turn_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.setFixedWidth(WIDTH)
        self._header: CallHeader | None = None
        self._flags = self._repaired = 0
        self._promises: dict[str, LinkRow] = {}
        title = Label("This call")
        set_role(title, "subtitle")
        self.flags_label, self.repaired_label = Label(), Label()
        self._flag_sign, self._repair_sign, self._talk_sign = Label(), Label(), Label()
        self.talk_label = Label()
        self._talk_s = {"you": 0.0, "others": 0.0}
        self._balanced, self._counted = False, True
        self._promise_title = Label("Commitments")
        set_role(self._promise_title, "caption")
        self.none_yet = Label("None yet. A promise you make is noted here with its time.")
        self.none_yet.setWordWrap(True)
        set_role(self.none_yet, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        column.setSpacing(SPACE_3)
        column.addWidget(title)
        column.addLayout(self._counts())
        self._line = line = QFrame()
        set_role(line, "line")
        column.addSpacing(SPACE_1)
        column.addWidget(line)
        column.addSpacing(SPACE_1)
        column.addWidget(self._promise_title)
        column.addWidget(self.none_yet)
        column.addWidget(self._promise_list(), 1)
        self._show_counts()
        follow_theme(self, self._restyle)

    def _counts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_3)
        grid.setVerticalSpacing(SPACE_3)
        grid.setColumnStretch(1, 1)
        for row, (sign, label) in enumerate(
            (
                (self._flag_sign, self.flags_label),
                (self._repair_sign, self.repaired_label),
                (self._talk_sign, self.talk_label),
            )
        ):
            grid.addWidget(sign, row, 0)
            grid.addWidget(label, row, 1)
        return grid

    def _promise_list(self) -> QScrollArea:
        inner = QWidget()
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(SPACE_1)
        self._rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        return area

    def begin(self, header: CallHeader) -> None:
        self._header = header
        self._flags = self._repaired = 0
        self._talk_s = {"you": 0.0, "others": 0.0}
        self._promises.clear()
        empty(self._rows, keep=1)
        self._show_counts()

    def show_balance(self, shown: bool) -> None:
        """Whether the talking time of others is counted beside the agent's own."""
        self._balanced = shown
        self._show_counts()

    def show_counts(self, shown: bool) -> None:
        """Whether flags and repairs are counted where the agent sees it while talking."""
        self._counted = shown
        self._show_counts()

    @Slot(object)
    def count_turn(self, turn: Turn) -> None:
        self._talk_s["you"] += turn.end_s - turn.start_s
        self._show_counts()

    @Slot(object)
    def count_other(self, dropped: OtherVoice) -> None:
        self._talk_s["others"] += dropped.end_s - dropped.start_s
        self._show_counts()

    @Slot(object)
    def count_flags(self, found: MovesFound) -> None:
        if any(is_flag(move.name) for move in found.moves):
            self._flags += 1
            self._show_counts()

    @Slot(object)
    def count_repair(self, ended: CueEnded) -> None:
        if ended.end is CueEnd.REPAIRED:
            self._repaired += 1
            self._show_counts()

    @Slot(object)
    def add_commitment(self, made: Commitment) -> None:
        today = self._header.started_at.date() if self._header else None
        action = made.action[:1].upper() + made.action[1:]
        detail = f"{text.OWNERS[made.owner]} · {near_due_text(made.due, today)}"
        if made.answer is Answer.CONFIRMED:
            detail = f"{detail} · {text.CONFIRMED.lower()}"
        place = self._rows.count() - 1
        if (before := self._promises.pop(made.id, None)) is not None:
            place = self._rows.indexOf(before)
            self._rows.removeWidget(before)
            before.deleteLater()
        if made.answer is not Answer.DROPPED:
            row = LinkRow(action, detail, inset=0)
            row.clicked.connect(lambda: self.turn_chosen.emit(made.turn_index))
            self._rows.insertWidget(place, row)
            self._promises[made.id] = row
        self._show_counts()

    def _show_counts(self) -> None:
        self.flags_label.setText(text.count_text(self._flags, "turn flagged", "turns flagged"))
        self.repaired_label.setText(text.count_text(self._repaired, "cue repaired", "cues repaired"))
        you, others = self._talk_s["you"], self._talk_s["others"]
        self.talk_label.setText(f"You {text.clock(you)} · others {text.clock(others)}")
        self.talk_label.setAccessibleName(
            f"You talked {text.spoken_clock(you)}, others {text.spoken_clock(others)}"
        )
        self.talk_label.setToolTip("How long you and others talked; of others never a word is kept.")
        for part in (self._talk_sign, self.talk_label):
            part.setVisible(self._balanced)
        for part in (self._flag_sign, self.flags_label, self._repair_sign, self.repaired_label):
            part.setVisible(self._counted)
        self._line.setVisible(self._balanced or self._counted)
        self.none_yet.setVisible(not self._promises)

    def _restyle(self, theme: Theme) -> None:
        ratio = self.devicePixelRatioF()
        self._flag_sign.setPixmap(icon_pixmap("flag", theme.colours.flag, SPACE_4, ratio))
        self._talk_sign.setPixmap(icon_pixmap("voice", theme.colours.text_muted, SPACE_4, ratio))
        self._repair_sign.setPixmap(icon_pixmap("repair", theme.colours.repaired, SPACE_4, ratio))
