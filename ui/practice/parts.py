"""What the pages of practice share: cards, words that wrap, chips of moves, a scrolling column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from coach.taxonomy import is_flag
from ui import text
from ui.look.theme import (
    SPACE_2,
    SPACE_3,
    SPACE_4,
    SPACE_5,
    Theme,
    current_theme,
    icon,
    icon_pixmap,
    set_role,
)
from ui.look.themed import follow_theme
from ui.parts.chips import CHIP_HEIGHT, Chip, chip_size, flow, paint_chip
from ui.parts.label import Label
from ui.parts.middle import in_the_middle

WIDEST = 1040
"""A page wider than this is not read with ease."""


def label(words: str, role: str = "", wrap: bool = True) -> QLabel:
    made = Label(words)
    made.setWordWrap(wrap)
    if role:
        set_role(made, role)
    return made


def card(role: str = "card") -> tuple[QFrame, QVBoxLayout]:
    """A card and the column to fill it."""
    frame = QFrame()
    set_role(frame, role)
    column = QVBoxLayout(frame)
    column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
    column.setSpacing(SPACE_2)
    return frame, column


def row(*widgets: QWidget, stretch: int = -1) -> QHBoxLayout:
    """Side by side; ``stretch`` is where the free room goes, the end by default."""
    made = QHBoxLayout()
    made.setSpacing(SPACE_2)
    if widgets and widgets[0].property("role") == "small":
        # Its words begin where those above do, not its border, which is not seen.
        made.addSpacing(-SPACE_2)
    for place, widget in enumerate(widgets):
        if place == stretch:
            made.addStretch(1)
        made.addWidget(widget)
    if not 0 <= stretch < len(widgets):
        made.addStretch(1)
    return made


class PressButton(QPushButton):
    """One that Enter presses too, outside of a dialog as well: once, however long it is held. What follows
    is on a button that has the keyboard next, and is to be read first."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setAutoDefault(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)


def button(words: str, role: str = "") -> QPushButton:
    """As ``PressButton`` says."""
    made = PressButton(words)
    if role:
        set_role(made, role)
    return made


def primary(words: str) -> QPushButton:
    made = button(words, "primary")
    made.setMinimumWidth(112)
    return made


class SayButton(QPushButton):
    """Hear a customer's line, or stop it; there where a voice is installed."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoDefault(True)
        set_role(self, "small")
        self.show_saying(False)
        self.hide()
        follow_theme(self, lambda theme: self.setIcon(icon("loudspeaker", theme.colours.text_muted)))

    def show_saying(self, saying: bool) -> None:
        self.setText("Stop the&m" if saying else "Hear the&m")
        self.setToolTip("Stop reading their line" if saying else "Hear their line again")


class Sign(Label):
    """An icon in a colour of the theme; ``show_sign`` changes it."""

    def __init__(self, name: str, colour: str, size_px: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._colour, self._size_px = name, colour, size_px
        follow_theme(self, self._restyle)

    def show_sign(self, name: str, colour: str) -> None:
        self._name, self._colour = name, colour
        self._restyle(current_theme())

    def _restyle(self, theme: Theme) -> None:
        tint = getattr(theme.colours, self._colour)
        self.setPixmap(icon_pixmap(self._name, tint, self._size_px, self.devicePixelRatioF()))


class MoveChips(QWidget):
    """Moves as chips, in lines as wide as there is room. Says their names to a screen reader."""

    def __init__(self, moves: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.moves: tuple[str, ...] = ()
        self._chips: list[Chip] = []
        self.show_moves(moves)
        follow_theme(self, lambda _theme: self.update())

    def show_moves(self, moves: Sequence[str], nothing: str = "No move heard") -> None:
        self.moves = tuple(dict.fromkeys(moves))
        self._chips = [
            Chip(
                "flag" if is_flag(move) else "repair",
                text.move_name(move),
                "flag" if is_flag(move) else "repaired",
            )
            for move in self.moves
        ] or [Chip("gap", nothing, "plain")]
        self.setAccessibleName(", ".join(chip.label for chip in self._chips))
        self.updateGeometry()
        self._fix_height()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(flow(self._chips, 0, 0, max(1, width))[1])

    def sizeHint(self) -> QSize:
        widest = max(chip_size(chip, 400).width() for chip in self._chips)
        return QSize(round(widest), CHIP_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, CHIP_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fix_height()

    def _fix_height(self) -> None:
        height = self.heightForWidth(max(1, self.width()))
        if height != self.minimumHeight():
            self.setMinimumHeight(height)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        places, _bottom = flow(self._chips, 0, 0, self.width())
        theme, ratio = current_theme(), self.devicePixelRatioF()
        for chip, place in zip(self._chips, places, strict=True):
            paint_chip(painter, QRectF(place), chip, theme, ratio)
        painter.end()


class Column(QScrollArea):
    """A page that scrolls, no wider than can be read with ease. Fill ``body``."""

    def __init__(self, name: str, widest: int = WIDEST, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner, middle = QWidget(), QWidget()
        middle.setMaximumWidth(widest)
        self.body = QVBoxLayout(middle)
        self._leave_room()
        self.body.setSpacing(SPACE_4)
        across = QHBoxLayout(inner)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(middle, 1)
        across.addStretch(0)
        self.setWidget(inner)
        self.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._leave_room())

    def _leave_room(self) -> None:
        """Between a page and its scroll bar; without one it ends where the rest of the window does."""
        beside = SPACE_2 if self.verticalScrollBar().maximum() else 0
        self.body.setContentsMargins(0, 0, beside, SPACE_4)

    def to_top(self) -> None:
        self.verticalScrollBar().setValue(0)


class Calm(QWidget):
    """A sign, a title and a few words in the middle: an empty page, or one moment of waiting."""

    def __init__(self, sign: str, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.sign = Sign(sign, "accent", 48)
        self.sign.setAlignment(middle)
        self.title, self.words = label(title, "title"), label(words, "muted")
        self.title.setAlignment(middle)
        self.words.setAlignment(middle | Qt.AlignmentFlag.AlignTop)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(SPACE_3)
        self.buttons.addStretch(1)
        self.buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE_3)
        column.addStretch(2)
        column.addWidget(self.sign)
        column.addWidget(self.title)
        column.addLayout(in_the_middle(self.words, 440))
        column.addSpacing(SPACE_2)
        column.addLayout(self.buttons)
        column.addStretch(3)

    def explain(self, title: str, words: str) -> None:
        self.title.setText(title)
        self.words.setText(words)

    def add_button(self, added: QPushButton) -> QPushButton:
        self.buttons.insertWidget(self.buttons.count() - 1, added)
        return added
