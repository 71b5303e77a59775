"""The pill: state, time, level and budget at a glance; under the pointer, what can be done with the call."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QToolButton, QWidget

from ui import text
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, Colours, Theme, icon, icon_pixmap, set_role
from ui.overlay.budget import BudgetDots
from ui.overlay.promise import PromiseChip
from ui.parts.label import Label
from ui.state import HEARING, SILENCED, TROUBLES, AppState

ICON_PX = 22
_QUIETEST_DBFS = -60.0
_LOUDEST_DBFS = -12.0
_BAR_WEIGHTS = (0.55, 0.85, 1.0, 0.75)

_ICONS = {
    AppState.IDLE: "mark",
    AppState.PREPARING: "mark",
    AppState.LISTENING: "mark",
    AppState.PAUSED: "microphone-off",
    AppState.NO_MICROPHONE: "microphone-off",
    AppState.NOT_HEARING: "not-hearing",
    AppState.TROUBLE: "warning",
}


class LevelMeter(QWidget):
    """Four bars that follow the voice; flat in silence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._colour = QColor("black")
        self.setFixedSize(QSize(22, 18))
        self.setAccessibleName("Input level")

    @property
    def share(self) -> float:
        """How full the meter is, 0 to 1."""
        return self._share

    def set_level(self, rms_dbfs: float) -> None:
        share = (rms_dbfs - _QUIETEST_DBFS) / (_LOUDEST_DBFS - _QUIETEST_DBFS)
        share = min(1.0, max(0.0, share))
        moved = round(share * self.height()) != round(self._share * self.height())
        self._share = share
        if moved:
            self.update()

    def set_colour(self, colour: str) -> None:
        self._colour = QColor(colour)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        for index, weight in enumerate(_BAR_WEIGHTS):
            height = 4.0 + (self.height() - 4.0) * self._share * weight
            bar = QRectF(1 + index * 5.5, (self.height() - height) / 2, 3.5, height)
            painter.drawRoundedRect(bar, 1.75, 1.75)
        painter.end()


class PillView(QWidget):
    """Asks by signals. Its size stays the same when the pointer comes, so that nothing moves under it."""

    pause_pressed = Signal()
    end_pressed = Signal()
    black_out_pressed = Signal()
    listen_again_pressed = Signal()
    content_resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = AppState.IDLE
        self._keys: Mapping[str, str] = {}
        self._slow = self._pointed_at = self._promised = self._budget_known = False
        self._dark_s: int | None = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.icon_label = Label()
        self.icon_label.setFixedSize(ICON_PX, ICON_PX)
        self.state_label = Label()
        self.note_label = Label()
        set_role(self.note_label, "flag")
        self.glance = self._glance()
        self.controls = self._controls()
        self._middle = QWidget()
        self._stack = QStackedLayout(self._middle)
        self._stack.addWidget(self.glance)
        self._stack.addWidget(self.controls)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_3, SPACE_2, SPACE_3 + SPACE_1, SPACE_2)
        row.setSpacing(SPACE_2)
        row.addWidget(self.icon_label)
        row.addWidget(self.state_label)
        row.addWidget(self.note_label)
        row.addWidget(self._middle)
        self.promise = PromiseChip()
        row.addWidget(self.promise)

    def _glance(self) -> QWidget:
        self.meter = LevelMeter()
        self.elapsed_label = Label(text.clock(0))
        set_role(self.elapsed_label, "muted")
        self.dots = BudgetDots()
        glance = QWidget()
        row = QHBoxLayout(glance)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        for part in (self.meter, self.elapsed_label, self.dots):
            row.addWidget(part)
        row.addStretch(1)
        return glance

    def _controls(self) -> QWidget:
        self.pause_button = _button(text.PAUSE)
        self.pause_button.clicked.connect(self._press_pause)
        self.black_out_button = _button(text.BLACK_OUT)
        self.black_out_button.clicked.connect(self.black_out_pressed)
        self.end_button = _button(text.END_CALL)
        self.end_button.clicked.connect(self.end_pressed)
        controls = QWidget()
        row = QHBoxLayout(controls)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_1)
        row.addWidget(self.pause_button)
        row.addWidget(self.black_out_button)
        row.addWidget(self.end_button)
        row.addStretch(1)
        return controls

    @property
    def state(self) -> AppState:
        return self._state

    @property
    def silenced(self) -> bool:
        """Whether the pill says, as loudly as it can, that nothing is heard."""
        return self._state in SILENCED or self.blacked_out

    @property
    def blacked_out(self) -> bool:
        return self._dark_s is not None and self._state in HEARING

    def ground(self, colours: Colours) -> str:
        """The colour the pill stands on."""
        if self.blacked_out:
            return colours.text
        return colours.danger if self.silenced else colours.surface

    def fitted_size(self) -> QSize:
        """The size its content needs now, hidden parts left out."""
        # From the inside out: a layout would hear of a change within it only from the event loop.
        inner_ones = (self.promise.layout(), self.glance.layout(), self.controls.layout())
        for inner in (*inner_ones, self._stack, self._row):
            inner.invalidate()
            inner.activate()
        return self._row.sizeHint()

    def point_at(self, pointed_at: bool) -> None:
        """The pointer came or went: what can be done takes the place of what is to be seen."""
        self._pointed_at = pointed_at
        self._choose_middle()

    def show_promise(self, what: str, concern: str = "", when: str = "") -> bool:
        """A promise that was heard, and what it lacks; no words put it away. True where it is new."""
        before = self.promise.accessibleName() if self._promised else ""
        self._promised = bool(what)
        if what:
            self.promise.show_words(what, concern, when)
        self._show_note()
        self.content_resized.emit()
        return self._promised and self.promise.accessibleName() != before

    def set_elapsed(self, seconds: float) -> None:
        self.elapsed_label.setText(text.clock(seconds))
        self.elapsed_label.setAccessibleName(f"Elapsed time {text.spoken_clock(seconds)}")
        # The widest digits, so that the pill does not breathe as seconds pass.
        widest = re.sub(r"\d", "0", text.clock(seconds))
        self.elapsed_label.setMinimumWidth(self.elapsed_label.fontMetrics().horizontalAdvance(widest))

    def set_budget(self, left: int, most: int) -> None:
        """Cues that may still come; with none the pill says so, for dots alone are easily overlooked."""
        self._budget_known = True
        self.dots.show_budget(left, most)
        self.dots.setVisible(most > 0)
        self._show_note()

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Keys to tell on hover, by what they do."""
        self._keys = keys
        self.promise.show_keys(keys)
        self._tell_keys()

    def set_slow(self, slow: bool) -> None:
        """This machine is too busy for the speech model that was chosen."""
        self._slow = slow
        self._show_note()

    def show_black_out(self, left_s: int | None, theme: Theme) -> None:
        """Seconds for which nothing will be heard; None once it is over."""
        began_or_ended = (left_s is None) != (self._dark_s is None)
        self._dark_s = left_s
        if began_or_ended:
            self.show_state(self._state, theme)
        else:
            self._say_state()

    def show_state(self, state: AppState, theme: Theme) -> None:
        self._state = state
        colours = theme.colours
        trouble = state in TROUBLES
        tint = colours.danger if trouble else colours.text_muted
        tint = colours.surface if self.silenced else colours.accent if state in HEARING else tint
        sign = "black-out" if self.blacked_out else _ICONS[state]
        self.icon_label.setPixmap(icon_pixmap(sign, tint, ICON_PX, self.devicePixelRatioF()))
        set_role(self.state_label, "alarm" if self.silenced else "danger" if trouble else "strong")
        self._say_state()
        self.meter.set_colour(colours.accent)
        self.dots.set_colours(colours.accent, colours.control_border)
        self.meter.setVisible(state in HEARING)
        self._middle.setVisible(state is not AppState.IDLE)
        self._show_controls(theme)
        self._choose_middle()
        self._show_note()

    def _say_state(self) -> None:
        words = f"{text.BLACKED_OUT}, {self._dark_s} s" if self.blacked_out else text.STATE_NAMES[self._state]
        self.state_label.setText(words)
        self.state_label.setAccessibleName(f"State: {words}")

    def _show_controls(self, theme: Theme) -> None:
        """Signs while all goes well; words where nothing is heard, for then they are what is looked for."""
        words = self.silenced
        resume = text.LISTEN_AGAIN if self.blacked_out else text.RESUME if words else text.PAUSE
        for button, name, sign, tint, shown in (
            (self.pause_button, resume, "pause", theme.colours.text, True),
            (
                self.black_out_button,
                self._more,
                "black-out",
                theme.colours.text,
                self.blacked_out or not words,
            ),
            (self.end_button, text.END_CALL, "stop", theme.colours.danger, not self.blacked_out),
        ):
            button.setText(name if words else "")
            button.setAccessibleName(name)
            button.setIcon(QIcon() if words else icon(sign, tint))
            button.setVisible(shown)
            set_role(button, "alarm-dark" if self.blacked_out else "alarm" if words else "quiet-icon")
        self._tell_keys()

    @property
    def _more(self) -> str:
        return f"{text.BLACK_OUT_S} s more" if self.blacked_out else text.BLACK_OUT

    def _tell_keys(self) -> None:
        pause = "Listen again" if self.silenced else "Pause: stop listening"
        for button, words, name in (
            (self.pause_button, pause, "" if self.blacked_out else "pause"),
            (self.black_out_button, f"Hear nothing for {text.BLACK_OUT_S} seconds", "black_out"),
            (self.end_button, "End the call and show its summary", "start_end"),
        ):
            hint = f"{words} ({self._keys[name]})" if name in self._keys else words
            button.setToolTip(hint)
            button.setAccessibleDescription(hint)

    def _press_pause(self) -> None:
        (self.listen_again_pressed if self.blacked_out else self.pause_pressed).emit()

    def _choose_middle(self) -> None:
        shown = self.controls if self._pointed_at or self.silenced else self.glance
        self._stack.setCurrentWidget(shown)

    def _show_note(self) -> None:
        listening = self._state is AppState.LISTENING
        spent = self.dots.most > 0 and self.dots.left == 0
        off = self._budget_known and self.dots.most == 0
        quiet = text.CUES_OFF if off else text.NO_CUES_LEFT if spent else ""
        words = text.BUSY_MACHINE if self._slow else quiet
        self.note_label.setText(words)
        self.note_label.setToolTip(text.BUSY_MACHINE_TIP if self._slow else self.dots.toolTip())
        set_role(self.note_label, "flag" if self._slow else "muted")
        self.note_label.setVisible(listening and bool(words) and not self.blacked_out)
        self.promise.setVisible(listening and self._promised and not self.blacked_out)


def _button(name: str) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setCursor(Qt.CursorShape.ArrowCursor)
    button.setIconSize(QSize(18, 18))
    return button
