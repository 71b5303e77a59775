"""The line at the bottom: what is going on, what was dropped, how soon words come, and by which model."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from coach.events import DelayMeasured, Failure, OtherVoice, SessionStarted
from ui import text
from ui.bridge import EventBridge
from ui.look.theme import SPACE_4, set_role
from ui.parts.label import Label
from ui.state import FASTER_MODEL, USUAL_MODEL

_LEAK = "leak"
_LEAST_MESSAGE_PX = 160
_MODEL_TIP = (
    "It turns your words into text, on this machine. The settings can measure which one suits it best."
)


class StatusLine(QWidget):
    """What a call says of itself stays until the next one begins."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message_label = Label()
        self.dropped_label, self.delay_label, self.model_label = Label(), Label(), Label()
        self._message = self._model = ""
        self._dropped_s: Counter[str] = Counter()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_4)
        row.addWidget(self.message_label, 1)
        for label in (self.dropped_label, self.delay_label, self.model_label):
            row.addWidget(label)
            label.hide()
        for label in (self.message_label, self.dropped_label, self.delay_label, self.model_label):
            set_role(label, "caption")
        # Whatever it says, it takes only what the others leave.
        self.message_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._figures: dict[QLabel, tuple[str, str]] = {}

    def follow(self, bridge: EventBridge) -> None:
        """Show what the running call measures."""
        bridge.session_started.connect(self.begin)
        bridge.delay_measured.connect(self.show_delay)
        bridge.voice_dropped.connect(self.count_dropped)
        bridge.failure_raised.connect(self.note_model)

    def say(self, message: str) -> None:
        self._message = message
        self._make_room()
        self.message_label.setAccessibleName(f"Status: {message}")

    @Slot(object)
    def begin(self, started: SessionStarted) -> None:
        self._model = started.header.model
        self._dropped_s.clear()
        self._figures.clear()
        self._show_model(self._model)

    @Slot(object)
    def show_delay(self, measured: DelayMeasured) -> None:
        usual, rare = text.tenths(measured.p50_s), text.tenths(measured.p95_s)
        tip = (
            "From the last word you say to the words on the screen. "
            f"Half of them came within {usual}, 95 of 100 within {rare}."
        )
        words = f"Words after {usual}, seldom over {rare}"
        self._show(self.delay_label, words, f"Words after {usual}", f"Delay: {tip}", tip)

    @Slot(object)
    def count_dropped(self, dropped: OtherVoice) -> None:
        self._dropped_s[_LEAK if dropped.reason == _LEAK else "other"] += dropped.end_s - dropped.start_s
        total = text.seconds(self._dropped_s.total())
        parts = []
        if self._dropped_s["other"]:
            parts.append(f"{text.seconds(self._dropped_s['other'])} of other voices")
        if self._dropped_s[_LEAK]:
            parts.append(f"{text.seconds(self._dropped_s[_LEAK])} of the customer through the loudspeaker")
        tip = f"{' and '.join(parts)}. Dropped before any word was recognised: nothing of it is kept."
        words = f"Not your voice: {total}, dropped unheard"
        self._show(self.dropped_label, words, f"Not your voice: {total}", f"{words}. {tip}", tip)

    def why_no_summary(self) -> str:
        """Of a call in which no word was written down."""
        if not self._dropped_s.total():
            return "Nothing was said, so there is nothing to sum up."
        dropped = text.seconds(self._dropped_s.total())
        source = "other voices" if self._dropped_s["other"] else "the loudspeaker"
        return f"Nothing was heard of you, only {source} ({dropped}, dropped)."

    @Slot(object)
    def note_model(self, failure: Failure) -> None:
        """What this machine could not keep up with was given up, or taken up again."""
        if failure.code == USUAL_MODEL or (failure.code == FASTER_MODEL and failure.recovered):
            self._show_model(self._model)
        elif failure.code == FASTER_MODEL:
            self._show_model(f"{self._model}, eased", failure.message)

    def _show_model(self, name: str, tip: str = _MODEL_TIP) -> None:
        if self._model:
            self._show(self.model_label, f"Model: {name}", "", f"Speech model: {name}. {tip}", tip)
        else:
            self._figures.pop(self.model_label, None)
            self._make_room()

    def _show(self, label: QLabel, words: str, short: str, spoken: str, tip: str) -> None:
        """``short`` stands there where there is little room; where it is empty, nothing does."""
        self._figures[label] = (words, short)
        label.setAccessibleName(spoken)
        label.setToolTip(tip)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        metrics = self.message_label.fontMetrics()
        needed = min(_LEAST_MESSAGE_PX, metrics.horizontalAdvance(self._message))
        for words, _short in self._figures.values():
            needed += metrics.horizontalAdvance(words) + SPACE_4 + 2
        narrow = needed > self.width()
        left = self.width()
        for label in (self.dropped_label, self.delay_label, self.model_label):
            shown = self._figures.get(label, ("", ""))[narrow]
            label.setText(shown)
            label.setVisible(bool(shown))
            left -= metrics.horizontalAdvance(shown) + SPACE_4 + 2 if shown else 0
        self.message_label.setText(metrics.elidedText(self._message, Qt.TextElideMode.ElideRight, left))
