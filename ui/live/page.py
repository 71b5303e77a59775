"""The page "Now": an invitation to start, then the running call as it is heard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coach.events import SessionStarted
from ui.bridge import EventBridge
from ui.commitments.chip import HeardBar
from ui.commitments.with_bar import WithBar
from ui.live.glance import Glance
from ui.live.model import TranscriptModel
from ui.live.view import TranscriptView
from ui.live.welcome import Welcome
from ui.look.theme import SPACE_2, SPACE_4, SPACE_8, set_role
from ui.parts.label import Label
from ui.parts.middle import ShownPage

_NARROW_PX = 820
_LOW_PX = 520
_ROOM_FOR_BOTH_PX = 460
_LISTENING = "Listening. Your words appear here as you speak."


class LivePage(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.welcome = Welcome()
        self.model = TranscriptModel(self)
        self.view = TranscriptView(self.model, live=True)
        self.glance = Glance()
        self.heard = HeardBar()
        self.with_bar = WithBar()
        self._with = QWidget()
        with_room = QVBoxLayout(self._with)
        with_room.setContentsMargins(0, 0, 0, 0)
        with_room.addWidget(self.with_bar)
        self.glance.turn_chosen.connect(self.view.show_turn)
        self.welcome.steps_changed.connect(self._make_room)
        self.waiting = Label(_LISTENING)
        set_role(self.waiting, "muted")
        self.waiting.setContentsMargins(SPACE_8, SPACE_8, SPACE_8, SPACE_8)
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        card = QFrame()
        set_role(card, "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        self._transcript = QStackedWidget()
        self._transcript.addWidget(self.waiting)
        self._transcript.addWidget(self.view)
        inner.addWidget(self._transcript)
        left = QVBoxLayout()
        left.setSpacing(SPACE_2)
        left.addWidget(card, 1)
        left.addWidget(self.heard)
        call = QWidget()
        row = QHBoxLayout(call)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_4)
        row.addLayout(left, 1)
        row.addWidget(self.glance)
        self._stack = ShownPage()
        self._call = call
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(call)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._with)
        column.addWidget(self._stack, 1)

    def follow(self, bridge: EventBridge) -> None:
        """Show what the running call sends."""
        bridge.session_started.connect(self.begin)
        bridge.interim_heard.connect(self.model.interim)
        bridge.words_heard.connect(self.model.hear)
        bridge.turn_closed.connect(self.model.close_turn)
        bridge.moves_found.connect(self.model.mark_moves)
        bridge.cue_raised.connect(self.model.add_cue)
        bridge.cue_ended.connect(self.model.end_cue)
        bridge.commitment_heard.connect(self.model.add_commitment)
        bridge.gap_marked.connect(self.model.add_gap)
        bridge.turn_closed.connect(self.glance.count_turn)
        bridge.voice_dropped.connect(self.glance.count_other)
        bridge.moves_found.connect(self.glance.count_flags)
        bridge.cue_ended.connect(self.glance.count_repair)
        bridge.commitment_heard.connect(self.glance.add_commitment)
        self.model.rowsInserted.connect(lambda: self._transcript.setCurrentWidget(self.view))

    @property
    def welcoming(self) -> bool:
        return self._stack.currentWidget() is self.welcome

    @Slot(object)
    def begin(self, started: SessionStarted) -> None:
        self.model.begin(started.header)
        self.glance.begin(started.header)
        self._transcript.setCurrentWidget(self.waiting)
        held = self.welcome.hasFocus()
        self._stack.setCurrentWidget(self._call)
        self._make_room()
        if held:
            self._call.setFocus()

    def set_offered(self, offered: bool) -> None:
        """Whether a call can be begun. A focus on what goes away stays on this page, on nothing of it."""
        if not offered and self.welcome.isAncestorOf(self.focusWidget() or self):
            self.welcome.setFocus()
        self.welcome.set_offered(offered)

    def show_welcome(self) -> None:
        self.model.grace.stop()
        self._stack.setCurrentWidget(self.welcome)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.glance.setVisible(event.size().width() >= _NARROW_PX)
        self.with_bar.card.set_roomy(event.size().height() >= _LOW_PX)
        self._make_room()

    @Slot()
    def _make_room(self) -> None:
        """In a low window the first steps have the room of whom a call is with, until they are put away."""
        crowded = self.welcoming and not self.welcome.steps.isHidden()
        self._with.setVisible(not crowded or self.height() >= _ROOM_FOR_BOTH_PX)
