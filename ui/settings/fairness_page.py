"""What was called unfair, how far that has raised each move, and how to take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from coach.values.judgements import Judgement, MoveFairness
from ui import text
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, current_theme, set_role
from ui.look.themed import follow_theme
from ui.parts.label import Label
from ui.settings.parts import SettingsPage, button_row, wrapped

_STEPS = 1000
_BAR_PX = 10
_NONE = "Nothing is called unfair"
_HOW = (
    "When a cue is wrong, press Unfair on it. In a transcript, right-click a flagged turn (or press the menu "
    "key). That kind of flag then needs a surer sign."
)
_SOME = "Flags you called unfair"
_WHAT = (
    "Each of these moves now needs a surer sign before you are told of it. Every further time counts less, "
    "and there is a limit: no move can be switched off. A cue you take up brings the move back a little."
)
_DELETED = "The words went with their call, which is deleted."


class FairnessPage(SettingsPage):
    """``take_back_wanted(ids)`` and ``restore_wanted(ids)`` change what counts; ``show_moves`` follows."""

    take_back_wanted = Signal(list)
    restore_wanted = Signal(list)
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Fairness", parent)
        self._cards: list[QWidget] = []
        self._all: list[int] = []
        self.take_back_buttons: dict[int, QPushButton] = {}
        self._add_undo()
        self._add_head()
        self.show_moves(())

    def _add_undo(self) -> None:
        """A line at the top, for the toast of the window lies behind the settings."""
        self.undo_bar = QFrame()
        set_role(self.undo_bar, "sunken")
        self.undo_label = Label()
        self.undo_button = QPushButton(text.UNDO)
        self._taken_back: list[int] = []
        self.undo_button.clicked.connect(self._undo)
        row = QHBoxLayout(self.undo_bar)
        row.setContentsMargins(SPACE_4, SPACE_2, SPACE_2, SPACE_2)
        row.addWidget(self.undo_label, 1)
        row.addWidget(self.undo_button)
        self.undo_bar.hide()
        self.column.insertWidget(self.column.count() - 1, self.undo_bar)

    def _add_head(self) -> None:
        head = self.add_card(_NONE, _HOW)
        labels = head.itemAt(0).layout()
        self.head_label, self.words_label = (labels.itemAt(place).widget() for place in range(2))
        self.export_button = QPushButton("Export…")
        self.export_button.setToolTip("The turns you called unfair as labelled data, JSON lines")
        self.export_button.setAccessibleDescription("Save the turns you called unfair as labelled data")
        self.export_button.clicked.connect(self.export_wanted)
        self.reset_button = QPushButton("Take all back")
        self.reset_button.setAccessibleDescription(
            "Every move is flagged as shipped again; this can be undone"
        )
        self.reset_button.clicked.connect(lambda: self.take_back_wanted.emit(self._all))
        self.problem_label = wrapped("", "danger")
        self.problem_label.hide()
        self.note_label = wrapped("", "muted")
        head.addLayout(button_row(self.export_button, self.reset_button))
        head.addWidget(self.note_label)
        head.addWidget(self.problem_label)

    def show_moves(self, moves: Sequence[MoveFairness]) -> None:
        """Every move with something to take back, most raised first."""
        held = self.isAncestorOf(self.focusWidget() or self) and self.focusWidget() is not self.undo_button
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards, self.take_back_buttons = [], {}
        self._all = [one.id for move in moves for one in move.unfair]
        self.head_label.setText(_SOME if moves else _NONE)
        self.words_label.setText(_WHAT if moves else _HOW)
        self.reset_button.setVisible(bool(moves))
        self.export_button.setVisible(any(one.text for move in moves for one in move.unfair))
        self.show_note("")
        for move in moves:
            self._add_move(move)
        if held and not self.undo_bar.isHidden():
            self.undo_button.setFocus()

    def show_taken_back(self, ids: list[int]) -> None:
        """Offer to undo it, until something else is taken back or the settings close."""
        self._taken_back = ids
        count = text.count_text(len(ids), "flag counts", "flags count")
        self.undo_label.setText(f"Taken back: {count} as fair again.")
        self.undo_bar.setAccessibleName(self.undo_label.text())
        self.undo_bar.setVisible(bool(ids))

    def show_note(self, words: str) -> None:
        """What an export came to, in the place of what went wrong before."""
        self.show_problem("")
        self.note_label.setText(words)
        self.note_label.setAccessibleName(words)
        self.note_label.setVisible(bool(words))

    def show_problem(self, message: str) -> None:
        self.note_label.hide()
        self.problem_label.setText(message)
        self.problem_label.setAccessibleName(message)
        self.problem_label.setVisible(bool(message))

    def _undo(self) -> None:
        ids, self._taken_back = self._taken_back, []
        self.undo_bar.hide()
        self.restore_wanted.emit(ids)

    def _add_move(self, move: MoveFairness) -> None:
        name = text.move_name(move.move)
        card = self.add_card(name, _needs(move))
        self._cards.append(card.parentWidget())
        card.addLayout(_bar(move, name))
        card.addWidget(wrapped(_counted(move), "caption"))
        for one in move.unfair:
            card.addLayout(self._row(one, name))
        if len(move.unfair) > 1:
            reset = QPushButton("Take all of these back")
            reset.setAccessibleName(f"Take back every {name}")
            reset.clicked.connect(self._taker([one.id for one in move.unfair]))
            card.addLayout(button_row(reset))

    def _row(self, one: Judgement, name: str) -> QHBoxLayout:
        words = f"“{' '.join(one.words.split())}”" if one.text else _DELETED
        said_at = one.said_at.astimezone()
        where = f"{one.call_title} · {text.clock(one.at_s)} · " if one.text else ""
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(wrapped(words, "" if one.text else "muted"))
        column.addWidget(wrapped(f"{where}called unfair on {text.date_time_text(said_at)}", "caption"))
        button = QPushButton("Take back")
        set_role(button, "small")
        button.setAccessibleName(f"Take back {name}: {words}")
        button.clicked.connect(self._taker([one.id]))
        self.take_back_buttons[one.id] = button
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        row.addLayout(column, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _taker(self, ids: list[int]) -> Callable[[], None]:
        return lambda: self.take_back_wanted.emit(ids)


def percent(share: float) -> str:
    """A share in [0, 1] in whole percent, as the user's locale writes it: "51 %"."""
    locale = QLocale()
    return f"{locale.toString(round(100 * share))} {locale.percent()}"


def _needs(move: MoveFairness) -> str:
    return (
        f"You are told of it where Sameside is at least {percent(move.now)} sure; as shipped it is "
        f"{percent(move.shipped)}."
    )


def _counted(move: MoveFairness) -> str:
    times = text.count_text(len(move.unfair), "time", "times")
    if not move.confirmed:
        return f"Called unfair {times}."
    taken_up = text.count_text(move.confirmed, "cue of it was", "cues of it were")
    return f"Called unfair {times}; {taken_up} taken up, which brings it back a little."


class RaisedBar(QProgressBar):
    """From the shipped threshold at the left to the limit at the right, outlined so that it is seen."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_BAR_PX)
        follow_theme(self, lambda _theme: self.update())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        colours = current_theme().colours
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = whole.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.control_border), 1))
        painter.setBrush(QColor(colours.sunken))
        painter.drawRoundedRect(whole, radius, radius)
        filled = QRectF(whole)
        filled.setWidth(max(whole.height(), whole.width() * self.value() / self.maximum()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(filled, radius, radius)
        painter.end()


def _bar(move: MoveFairness, name: str) -> QVBoxLayout:
    bar = RaisedBar()
    bar.setRange(0, _STEPS)
    bar.setValue(round(_STEPS * move.share))
    bar.setTextVisible(False)
    bar.setAccessibleName(f"{name}: raised by {percent(move.share)} of what is possible")
    ends = QHBoxLayout()
    for words, side in (
        (f"as shipped {percent(move.shipped)}", Qt.AlignmentFlag.AlignLeft),
        (f"limit {percent(move.limit)}", Qt.AlignmentFlag.AlignRight),
    ):
        label = Label(words)
        set_role(label, "caption")
        ends.addWidget(label, 1, side)
    column = QVBoxLayout()
    column.setSpacing(SPACE_1)
    column.addWidget(bar)
    column.addLayout(ends)
    return column
