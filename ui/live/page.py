"""The page "Now": an invitation to start, then the running call as it is heard."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coach.events import CallSource, SessionStarted
from ui.bridge import EventBridge
from ui.live.glance import Glance
from ui.live.model import TranscriptModel
from ui.live.view import TranscriptView
from ui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, SPACE_8, Theme, icon, icon_pixmap, set_role
from ui.themed import follow_theme

_NARROW_PX = 820
_INVITATION = (
    "Sameside listens to your side of the call only. When a turn makes things harder, "
    "it shows one line that repairs it. Otherwise it keeps quiet."
)
_LISTENING = "Listening. Your words appear here as you speak."
_READING = "Going through the recording. Your words appear here as they are found."
_PREPARING = "Sameside loads what it needs to turn words into text. That takes a few seconds."


class Welcome(QWidget):
    """What stands there while nothing is going on."""

    start_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter)
        self.title = title = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter)
        set_role(title, "display")
        self._words = words = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        words.setWordWrap(True)
        words.setFixedWidth(410)
        set_role(words, "muted")
        self.start_button = QPushButton("Start listening")
        set_role(self.start_button, "primary")
        self.open_button = QPushButton("Open a recording…")
        self.start_button.clicked.connect(self.start_wanted)
        self.open_button.clicked.connect(self.open_wanted)
        for button in (self.start_button, self.open_button):
            button.setIconSize(QSize(18, 18))
        column = QVBoxLayout(self)
        column.addStretch(2)
        for widget, gap in ((self._sign, SPACE_4), (title, SPACE_2)):
            column.addWidget(widget)
            column.addSpacing(gap)
        # Through a row: a label centred by its alignment is never given the height its words need.
        explained = QHBoxLayout()
        explained.addStretch(1)
        explained.addWidget(words)
        explained.addStretch(1)
        column.addLayout(explained)
        column.addSpacing(SPACE_6)
        column.addWidget(self._offers())
        column.addStretch(3)
        self.set_offered(True)
        follow_theme(self, self._restyle)

    def _offers(self) -> QWidget:
        self.offers = QWidget()
        policy = self.offers.sizePolicy()
        # What stands above does not jump when these go.
        policy.setRetainSizeWhenHidden(True)
        self.offers.setSizePolicy(policy)
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        row.addStretch(1)
        row.addWidget(self.start_button)
        row.addWidget(self.open_button)
        row.addStretch(1)
        drop = QLabel("Or drop an audio file anywhere on this window.")
        set_role(drop, "caption")
        column = QVBoxLayout(self.offers)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_4)
        column.addLayout(row)
        column.addWidget(drop, 0, Qt.AlignmentFlag.AlignHCenter)
        return self.offers

    def set_offered(self, offered: bool) -> None:
        """Whether a call can be begun; while it cannot, one is being made ready."""
        self.offers.setVisible(offered)
        self.title.setText("Ready when you are" if offered else "One moment")
        self._words.setText(_INVITATION if offered else _PREPARING)

    def _restyle(self, theme: Theme) -> None:
        self._sign.setPixmap(icon_pixmap("logo", theme.colours.accent, 72, self.devicePixelRatioF()))
        self.start_button.setIcon(icon("microphone", theme.colours.on_accent))
        self.open_button.setIcon(icon("folder", theme.colours.text))


class LivePage(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.welcome = Welcome()
        self.model = TranscriptModel(self)
        self.view = TranscriptView(self.model, live=True)
        self.glance = Glance()
        self.glance.turn_chosen.connect(self.view.show_turn)
        self.waiting = QLabel()
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
        call = QWidget()
        row = QHBoxLayout(call)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_4)
        row.addWidget(card, 1)
        row.addWidget(self.glance)
        self._stack = QStackedWidget()
        self._call = call
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(call)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

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
        live = started.header.source is CallSource.LIVE
        self.waiting.setText(_LISTENING if live else _READING)
        self._transcript.setCurrentWidget(self.waiting)
        held = self.welcome.hasFocus()
        self._stack.setCurrentWidget(self._call)
        if held:
            self._call.setFocus()

    def set_offered(self, offered: bool) -> None:
        """Whether a call can be begun. A focus on what goes away stays on this page, on nothing of it."""
        if not offered and self.welcome.isAncestorOf(self.focusWidget() or self):
            self.welcome.setFocus()
        self.welcome.set_offered(offered)

    def show_welcome(self) -> None:
        self._stack.setCurrentWidget(self.welcome)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.glance.setVisible(event.size().width() >= _NARROW_PX)
