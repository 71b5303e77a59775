"""The bar at the top: what the call is doing, the microphone, and start, pause and stop."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import text
from ui.look.theme import (
    SPACE_1,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    SPACE_6,
    Theme,
    current_theme,
    icon,
    icon_pixmap,
    set_role,
)
from ui.look.themed import follow_theme
from ui.parts.label import Label
from ui.parts.microphones import InputMeter, MicrophoneChoice
from ui.running.call_runner import ENDS, HEARS, Phase
from ui.state import HEARING, SILENCED, TROUBLES, AppState

_PHASE_WORDS = {
    Phase.DROPPING: "Stopping",
    Phase.STOPPING: "Finishing and saving",
}
_STATE_ICONS = {
    AppState.IDLE: "mark",
    AppState.PREPARING: "microphone",
    AppState.LISTENING: "microphone",
    AppState.PAUSED: "microphone-off",
    AppState.NO_MICROPHONE: "microphone-off",
    AppState.NOT_HEARING: "not-hearing",
    AppState.TROUBLE: "warning",
}
WORDS_ONLY = "Words only, on this machine"
WAITING = "Microphone open, waiting"
WAITING_TIP = "A call begins when you speak. Until then nothing of what is heard is kept."
_SIGN_PX = 24
_ROOMY_PX = 860
_METER_PX = 640


class CallBar(QFrame):
    start_wanted = Signal()
    stop_wanted = Signal()
    pause_toggled = Signal()
    black_out_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._phase = Phase.IDLE
        self._state = AppState.IDLE
        self._blacked_out = False
        self._idle_words = WORDS_ONLY
        self.sign = Label()
        self.state_label = Label()
        set_role(self.state_label, "subtitle")
        self.elapsed_label = Label()
        set_role(self.elapsed_label, "muted")
        self.microphones = MicrophoneChoice()
        self.meter = InputMeter()
        self.pause_button = QPushButton(text.PAUSE)
        self.main_button = QPushButton(text.START)
        self.black_out_button = QPushButton(text.BLACK_OUT)
        self.black_out_button.setToolTip(
            f"Hear nothing for {text.BLACK_OUT_S} seconds, as while a card is read (Ctrl+B)"
        )
        self.black_out_button.setAccessibleName(text.BLACK_OUT)
        self.black_out_button.clicked.connect(self.black_out_wanted)
        for button in (self.black_out_button, self.pause_button, self.main_button):
            button.setIconSize(QSize(18, 18))
            button.setMinimumWidth(104)
        self.main_button.clicked.connect(self._press_main)
        self.pause_button.clicked.connect(self.pause_toggled)
        self._lay_out()
        self.show_elapsed(0.0)
        follow_theme(self, lambda _theme: self._refresh())

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.state_label)
        words.addWidget(self.elapsed_label)
        self._row = row = QHBoxLayout(self)
        self.set_low(False)
        row.setSpacing(SPACE_4)
        row.addWidget(self.sign)
        row.addLayout(words)
        row.addStretch(1)
        row.addWidget(self.microphones, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.meter, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(SPACE_2)
        row.addWidget(self.black_out_button)
        row.addWidget(self.pause_button)
        row.addWidget(self.main_button)

    def set_low(self, low: bool) -> None:
        """Whether the window has little height."""
        above = SPACE_1 if low else SPACE_3
        self._row.setContentsMargins(SPACE_4 if low else SPACE_6, above, SPACE_2 if low else SPACE_4, above)

    def show_phase(self, phase: Phase, state: AppState) -> None:
        """What is offered: nothing can be asked while a call is saved."""
        # A call that gets ready has its clock at once: the words of an idle bar leave no room for buttons.
        begins_or_ends = (self._phase is Phase.IDLE) is not (phase is Phase.IDLE)
        self._phase, self._state = phase, state
        if begins_or_ends:
            self.show_elapsed(0.0)
        if phase not in HEARS:
            self.meter.clear()
        self._refresh()

    def show_waiting(self, waiting: bool) -> None:
        """Whether the microphone is open only to notice that somebody speaks."""
        self._idle_words = WAITING if waiting else WORDS_ONLY
        self.elapsed_label.setToolTip(WAITING_TIP if waiting else "")
        if self._phase is Phase.IDLE:
            self.show_elapsed(0.0)
            self._make_room()

    def show_blacked_out(self, blacked_out: bool) -> None:
        self._blacked_out = blacked_out
        self._refresh()

    @Slot(float)
    def show_elapsed(self, seconds: float) -> None:
        idle = self._phase is Phase.IDLE
        self.elapsed_label.setText(self._idle_words if idle else text.clock(seconds))
        self.elapsed_label.setAccessibleName(
            self.elapsed_label.text() if idle else f"Elapsed time {text.spoken_clock(seconds)}"
        )

    def words(self) -> str:
        """The state in words, as the label and the status line have it."""
        if self._dark:
            return text.BLACKED_OUT
        if self._phase in _PHASE_WORDS:
            return _PHASE_WORDS[self._phase]
        return text.STATE_NAMES[self._state]

    @property
    def _dark(self) -> bool:
        return self._blacked_out and self._phase in HEARS and self._state in HEARING

    def _press_main(self) -> None:
        (self.start_wanted if self._phase is Phase.IDLE else self.stop_wanted).emit()

    def _refresh(self) -> None:
        theme = current_theme()
        self._refresh_sign(theme)
        idle = self._phase is Phase.IDLE
        self.main_button.setText(text.START if idle else text.STOP)
        self.main_button.setToolTip(f"{self.main_button.text()} (Ctrl+R)")
        self.main_button.setEnabled(self._phase not in ENDS)
        set_role(self.main_button, "primary" if idle else "danger")
        colours = theme.colours
        self.main_button.setIcon(
            icon("start", colours.on_accent) if idle else icon("stop", colours.danger_text)
        )
        paused = self._phase is Phase.PAUSED
        self.pause_button.setText(text.RESUME if paused else text.PAUSE)
        self.pause_button.setToolTip(f"{self.pause_button.text()} (Ctrl+P)")
        self.pause_button.setIcon(icon("start" if paused else "pause", colours.text))
        self.pause_button.setVisible(not idle)
        self.pause_button.setEnabled(self._phase in (*HEARS, Phase.PAUSED))
        self.black_out_button.setIcon(icon("black-out", colours.text))
        self.black_out_button.setVisible(not idle)
        self.black_out_button.setEnabled(self._phase in HEARS)
        self.microphones.setEnabled(self._phase not in ENDS)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """During a call the microphone is seldom changed: its list goes first where there is little room."""
        idle = self._phase is Phase.IDLE
        roomy = self.width() >= _ROOMY_PX
        # Its sign is enough where there is little room; the tooltip and a screen reader say the rest.
        self.black_out_button.setText(text.BLACK_OUT if roomy else "")
        self.black_out_button.setMinimumWidth(104 if roomy else 0)
        # While a call is saved it has nothing to do, and what is said then is long.
        self.black_out_button.setVisible(not idle and (roomy or self._phase not in ENDS))
        for button in (self.pause_button, self.main_button):
            button.setMinimumWidth(104 if roomy or idle else 0)
        self.microphones.setVisible(idle or roomy)
        # What an idle bar says here the corner of the window says too; an open microphone and a clock stay.
        said_elsewhere = idle and self._idle_words == WORDS_ONLY
        self.elapsed_label.setVisible(not said_elsewhere or self.width() >= _METER_PX)
        # Where there is no room for it, the state still says when nothing is heard.
        heard = not idle and self._phase not in ENDS
        self.meter.setVisible(heard and self.width() >= _METER_PX)

    def _refresh_sign(self, theme: Theme) -> None:
        colours = theme.colours
        silenced = self._state in SILENCED
        trouble = self._state in TROUBLES or silenced
        listening = self._state in HEARING and not self._dark
        tint = colours.danger if trouble else colours.accent if listening else colours.text_muted
        sign = "black-out" if self._dark else _STATE_ICONS[self._state]
        pixmap = icon_pixmap(sign, tint, _SIGN_PX, self.devicePixelRatioF())
        self.sign.setPixmap(pixmap)
        set_role(self.state_label, "danger" if silenced else "subtitle")
        self.state_label.setText(self.words())
        self.state_label.setAccessibleName(f"State: {self.words()}")
