"""The pill: state, elapsed time and a small level meter."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui import text
from ui.state import TROUBLES, AppState
from ui.theme import SPACE_1, SPACE_2, SPACE_3, Theme, icon_pixmap, set_role

ICON_PX = 22
_QUIETEST_DBFS = -60.0
_LOUDEST_DBFS = -12.0
_BAR_WEIGHTS = (0.55, 0.85, 1.0, 0.75)

_ICONS = {
    AppState.IDLE: "mark",
    AppState.LISTENING: "mark",
    AppState.PAUSED: "pause",
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
        self._share = min(1.0, max(0.0, share))
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
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = AppState.IDLE
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.icon_label = QLabel()
        self.icon_label.setFixedSize(ICON_PX, ICON_PX)
        self.state_label = QLabel()
        self.elapsed_label = QLabel(text.clock(0))
        self.meter = LevelMeter()
        set_role(self.state_label, "strong")
        set_role(self.elapsed_label, "muted")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_3, SPACE_2, SPACE_3 + SPACE_1, SPACE_2)
        row.setSpacing(SPACE_2)
        row.addWidget(self.icon_label)
        row.addWidget(self.state_label)
        row.addWidget(self.meter)
        row.addWidget(self.elapsed_label)

    @property
    def state(self) -> AppState:
        return self._state

    def fitted_size(self) -> QSize:
        """The size its content needs now, hidden parts left out."""
        self._row.activate()
        return self._row.sizeHint()

    def set_elapsed(self, seconds: float) -> None:
        self.elapsed_label.setText(text.clock(seconds))
        self.elapsed_label.setAccessibleName(f"Elapsed time {text.spoken_clock(seconds)}")
        # The widest digits, so that the pill does not breathe as seconds pass.
        widest = re.sub(r"\d", "0", text.clock(seconds))
        self.elapsed_label.setMinimumWidth(self.elapsed_label.fontMetrics().horizontalAdvance(widest))

    def show_state(self, state: AppState, theme: Theme) -> None:
        self._state = state
        colours = theme.colours
        trouble = state in TROUBLES
        tint = {AppState.LISTENING: colours.accent, AppState.PAUSED: colours.text_muted}.get(
            state, colours.danger if trouble else colours.text_muted
        )
        self.icon_label.setPixmap(icon_pixmap(_ICONS[state], tint, ICON_PX, self.devicePixelRatioF()))
        self.state_label.setText(text.STATE_NAMES[state])
        self.state_label.setAccessibleName(f"State: {text.STATE_NAMES[state]}")
        set_role(self.state_label, "danger" if trouble else "strong")
        self.meter.set_colour(colours.accent)
        self.meter.setVisible(state is AppState.LISTENING)
        self.elapsed_label.setVisible(state in (AppState.LISTENING, AppState.PAUSED))
