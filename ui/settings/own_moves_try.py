"""A sentence typed, and which moves it makes: how strongly, by which words, and why."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from coach.taxonomy import is_flag
from coach.values.own_moves import Tried, Verdict
from ui import text
from ui.look.theme import SPACE_1, SPACE_3, SPACE_4, current_theme, set_role
from ui.look.themed import empty, follow_theme
from ui.parts.announce import announce
from ui.parts.label import Label
from ui.settings.parts import wrapped

PAUSE_MS = 400
"""How long nothing is typed before the sentence is looked at."""
MOST_CHARS = 1000
_NEAREST = 3
_STEPS = 1000
_BAR_SIZE = (120, 12)
_START = "Type what an agent might say."
_LOOKING = "Looking…"
_NONE = "No move fires. Nearest to it:"


class TrySentence(QWidget):
    """``sentence_typed(text)`` once the typing pauses; ``show_tried`` answers."""

    sentence_typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setAccessibleName("Sentence to try")
        self.field.setPlaceholderText("I hear you, but that is our policy.")
        self.field.setMaxLength(MOST_CHARS)
        self.state_label = wrapped(_START, "muted")
        self.results = QVBoxLayout()
        self.results.setSpacing(SPACE_3)
        self.timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.timer.timeout.connect(self.look)
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self.look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(self.field)
        column.addWidget(self.state_label)
        column.addLayout(self.results)

    @property
    def sentence(self) -> str:
        return self.field.text().strip()

    def look(self) -> None:
        """Ask at once, without waiting for a pause; also after the own moves changed."""
        self.timer.stop()
        if self.sentence:
            self._say(_LOOKING)
            self.sentence_typed.emit(self.sentence)

    def show_tried(self, tried: Tried) -> None:
        """The answer; one to words that have changed since is passed over."""
        if tried.text != self.sentence:
            return
        fired = [one for one in tried.verdicts if one.fires]
        silent = [one for one in tried.verdicts if not one.fires][:_NEAREST]
        names = ", ".join(text.move_name(one.move) for one in fired)
        self._say("" if fired else _NONE)
        empty(self.results)
        for one in (*fired, *silent):
            self.results.addWidget(VerdictRow(one, tried.text))
        announce(self, f"Fires: {names}." if names else "No move fires.")

    def show_problem(self, message: str) -> None:
        empty(self.results)
        self._say(message)

    def _typed(self) -> None:
        if self.sentence:
            self.timer.start()
            return
        self.timer.stop()
        empty(self.results)
        self._say(_START)

    def _say(self, words: str) -> None:
        self.state_label.setText(words)
        self.state_label.setVisible(bool(words))


class VerdictRow(QWidget):
    """One move: its name, its strength against its bar, the words that carry it, and why."""

    def __init__(self, verdict: Verdict, sentence: str) -> None:
        super().__init__()
        name = text.move_name(verdict.move)
        self.name_label = wrapped(name, _role(verdict))
        self.name_label.setFixedWidth(150)
        self.strength = StrengthBar(verdict, name)
        quoted = f"“{sentence[slice(*verdict.evidence)]}”" if verdict.evidence else ""
        self.words_label = wrapped(" ".join(part for part in (quoted, verdict.why) if part), "caption")
        figures = Label(f"{verdict.strength:.2f}, fires from {verdict.bar:.2f}")
        set_role(figures, "caption")
        right = QHBoxLayout()
        right.setSpacing(SPACE_3)
        right.addWidget(self.strength)
        right.addWidget(figures)
        right.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(SPACE_1)
        column.addLayout(right)
        if self.words_label.text():
            column.addWidget(self.words_label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_4)
        row.addWidget(self.name_label, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)


def _role(verdict: Verdict) -> str:
    if not verdict.fires:
        return "muted"
    return "flag" if is_flag(verdict.move) else "repaired"


class StrengthBar(QProgressBar):
    """How strong a move is, in [0, 1], with a line where it begins to fire."""

    def __init__(self, verdict: Verdict, name: str) -> None:
        super().__init__()
        self._verdict = verdict
        self.setRange(0, _STEPS)
        self.setValue(round(_STEPS * verdict.strength))
        self.setTextVisible(False)
        self.setFixedSize(*_BAR_SIZE)
        fires = "fires" if verdict.fires else "does not fire"
        self.setAccessibleName(f"{name} {fires}: {verdict.strength:.2f}, from {verdict.bar:.2f} on")
        follow_theme(self, lambda _theme: self.update())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        colours, verdict = current_theme().colours, self._verdict
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        colour = colours.handle
        if verdict.fires:
            colour = colours.flag if is_flag(verdict.move) else colours.repaired
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.control_border), 1))
        painter.setBrush(QColor(colours.sunken))
        painter.drawRoundedRect(whole, 3, 3)
        filled = QRectF(whole).adjusted(1, 1, -1, -1)
        filled.setWidth(filled.width() * verdict.strength)
        painter.fillRect(filled, QColor(colour))
        painter.setPen(QPen(QColor(colours.text), 2))
        bar_x = round(whole.left() + whole.width() * verdict.bar)
        painter.drawLine(bar_x, 0, bar_x, self.height())
        painter.end()
