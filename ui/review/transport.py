"""Play, where it is, how fast, a turn again and again, which moves are shown, and how close."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QToolButton, QWidget

from coach.events import CallRecord
from coach.taxonomy import is_flag
from ui import text
from ui.look.theme import SPACE_2, SPACE_3, Theme, current_theme, icon, set_role
from ui.look.themed import follow_theme
from ui.parts.label import Label
from ui.review.marks import ALL, FLAGS, REPAIRS

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


class Transport(QWidget):
    toggle_wanted = Signal()
    speed_chosen = Signal(float)
    loop_toggled = Signal(bool)
    choice_changed = Signal(str)
    mark_wanted = Signal(bool)
    """True: the one before."""
    zoom_wanted = Signal(float)
    """A factor; 0 for all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.play_button = QPushButton("Play")
        self.play_button.setMinimumWidth(112)
        set_role(self.play_button, "primary")
        self.play_button.clicked.connect(self.toggle_wanted)
        self.place_label = Label()
        set_role(self.place_label, "strong")
        self.back_button = self._small("chevron-left", "Mark before (Ctrl+Left)")
        self.next_button = self._small("chevron-right", "Mark after (Ctrl+Right)")
        self.back_button.clicked.connect(lambda: self.mark_wanted.emit(True))
        self.next_button.clicked.connect(lambda: self.mark_wanted.emit(False))
        self.loop_button = self._small("another", "Loop the turn you look at (Ctrl+L)")
        self.loop_button.setCheckable(True)
        self.loop_button.toggled.connect(self.loop_toggled)
        self.speed_box = QComboBox()
        self.speed_box.setAccessibleName("Speed")
        self.speed_box.setToolTip("Speed; the pitch stays ( [ slower, ] faster )")
        for speed in SPEEDS:
            self.speed_box.addItem(f"{speed:g} ×", speed)
        self.speed_box.setCurrentIndex(SPEEDS.index(1.0))
        self.speed_box.currentIndexChanged.connect(lambda place: self.speed_chosen.emit(SPEEDS[place]))
        self.choice_box = QComboBox()
        self.choice_box.setAccessibleName("Moves shown")
        self.choice_box.setMinimumWidth(152)
        self.choice_box.currentIndexChanged.connect(
            lambda _place: self.choice_changed.emit(self.choice_box.currentData() or ALL)
        )
        self.out_button, self.all_button = self._word("−", "Zoom out (−)"), self._word("All", "Show all (0)")
        self.in_button = self._word("+", "Zoom in (+, or Ctrl and the wheel)")
        for button, factor in ((self.out_button, 0.625), (self.all_button, 0.0), (self.in_button, 1.6)):
            button.clicked.connect(lambda _checked=False, factor=factor: self.zoom_wanted.emit(factor))
        self._playing = False
        self._lay_out()
        self.show_place(0.0, 0.0)
        follow_theme(self, self._restyle)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        for widget in (self.play_button, self.back_button, self.next_button):
            row.addWidget(widget)
        row.addSpacing(SPACE_3)
        row.addWidget(self.place_label)
        row.addStretch(1)
        for widget in (self.loop_button, self.speed_box, self.choice_box):
            row.addWidget(widget)
        row.addSpacing(SPACE_2)
        for widget in (self.out_button, self.all_button, self.in_button):
            row.addWidget(widget)

    def _small(self, sign: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(18, 18))
        button.setToolTip(tip)
        button.setAccessibleName(tip.partition(" (")[0])
        button.setProperty("sign", sign)
        return button

    def _word(self, words: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setToolTip(tip)
        button.setAccessibleName(tip.partition(" (")[0])
        return button

    def show_moves(self, record: CallRecord, choice: str) -> str:
        """What there is to choose from: the moves of this call, flags first; what of it is chosen now."""
        found = sorted(
            {move.name for moves in record.moves.values() for move in moves},
            key=lambda move: (not is_flag(move), text.move_name(move)),
        )
        self.choice_box.blockSignals(True)
        self.choice_box.clear()
        for label, name in (("All turns", ALL), ("Flags", FLAGS), ("Repairs", REPAIRS)):
            self.choice_box.addItem(label, name)
        if found:
            self.choice_box.insertSeparator(self.choice_box.count())
        for move in found:
            self.choice_box.addItem(text.move_name(move), move)
        self.choice_box.setCurrentIndex(max(0, self.choice_box.findData(choice)))
        self.choice_box.blockSignals(False)
        return str(self.choice_box.currentData())

    def show_playing(self, playing: bool) -> None:
        if playing != self._playing:
            self._playing = playing
            self._restyle(current_theme())

    def show_place(self, at_s: float, total_s: float) -> None:
        # As wide as it will ever be for this recording, so that nothing beside it moves.
        widest = self.fontMetrics().horizontalAdvance(f"{text.clock(total_s)} / {text.clock(total_s)}")
        self.place_label.setMinimumWidth(widest + SPACE_3)
        self.place_label.setText(f"{text.clock(at_s)} / {text.clock(total_s)}")
        self.place_label.setAccessibleName(f"{text.spoken_clock(at_s)} of {text.spoken_clock(total_s)}")

    def set_sound(self, there: bool) -> None:
        for widget in (self.play_button, self.loop_button, self.speed_box):
            widget.setEnabled(there)
        self._restyle(current_theme())

    def step_speed(self, by: int) -> None:
        place = min(max(self.speed_box.currentIndex() + by, 0), self.speed_box.count() - 1)
        self.speed_box.setCurrentIndex(place)

    def _restyle(self, theme: Theme) -> None:
        colours = theme.colours
        self.play_button.setText(text.PAUSE if self._playing else "Play")
        self.play_button.setToolTip("Play or pause (Space)")
        sign = "pause" if self._playing else "start"
        there = self.play_button.isEnabled()
        self.play_button.setIcon(icon(sign, colours.on_accent if there else colours.text_muted))
        for button in (self.back_button, self.next_button, self.loop_button):
            button.setIcon(icon(str(button.property("sign")), colours.text))
        self.place_label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
