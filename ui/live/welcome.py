"""What stands on the page "Now" while nothing is going on: an invitation, and the first steps once."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.live.first_steps import WIDTH, FirstSteps
from ui.look.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, Theme, icon, icon_pixmap, set_role
from ui.look.themed import follow_theme
from ui.parts.label import Label
from ui.parts.middle import in_the_middle

_INVITATION = (
    "Sameside listens to your side only. When a turn makes things harder, "
    "it shows one line that repairs it. Otherwise it keeps quiet."
)
_PREPARING = "Sameside loads what it needs to turn words into text. That takes a few seconds."
_HEARING = (
    "You can speak already. The words follow in a few seconds, once what turns them into text is loaded."
)
_ROOM_FOR_SIGN_PX, _ROOM_FOR_BOTH_PX = 330, 580
_ROOM_FOR_DROP_PX = 460


class Welcome(QWidget):
    """What stands there while nothing is going on."""

    start_wanted = Signal()
    open_wanted = Signal()
    example_wanted = Signal()
    steps_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = Label(alignment=Qt.AlignmentFlag.AlignHCenter)
        self.title = title = Label(alignment=Qt.AlignmentFlag.AlignHCenter)
        set_role(title, "display")
        self._hears = False
        self._words = words = Label(alignment=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        words.setWordWrap(True)
        set_role(words, "muted")
        self.start_button = QPushButton("Start listening")
        set_role(self.start_button, "primary")
        self.open_button = QPushButton("Open recordings…")
        self.start_button.clicked.connect(self.start_wanted)
        self.open_button.clicked.connect(self.open_wanted)
        self.example_button = QPushButton("See an example")
        self.example_button.setAccessibleDescription("A call that goes wrong and is put right, step by step")
        set_role(self.example_button, "quiet")
        self.example_button.clicked.connect(self.example_wanted)
        for button in (self.start_button, self.open_button, self.example_button):
            button.setAutoDefault(True)  # so that Enter presses it too
            button.setIconSize(QSize(18, 18))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_2, 0, SPACE_2)
        column.addStretch(2)
        for widget, gap in ((self._sign, SPACE_4), (title, SPACE_2)):
            column.addWidget(widget)
            column.addSpacing(gap)
        column.addLayout(in_the_middle(words, 440))
        column.addSpacing(SPACE_6)
        column.addWidget(self._offers())
        column.addStretch(3)
        self._make_room()
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
        row.addWidget(self.example_button)
        row.addStretch(1)
        self._drop = Label("Or drop recordings, or a folder of them, anywhere on this window.")
        set_role(self._drop, "caption")
        self.steps = FirstSteps()
        self.steps.hide()
        column = QVBoxLayout(self.offers)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_4)
        column.addLayout(row)
        column.addWidget(self._drop, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(in_the_middle(self.steps, WIDTH))
        return self.offers

    def set_offered(self, offered: bool) -> None:
        """Whether a call can be begun; while it cannot, one is being made ready."""
        self.offers.setVisible(offered)
        self._hears = self._hears and not offered
        self.title.setText("Ready when you are" if offered else "One moment")
        self._words.setText(_INVITATION if offered else _HEARING if self._hears else _PREPARING)

    def show_hearing(self, hears: bool) -> None:
        """Whether the microphone of the call that is made ready is open."""
        self._hears = hears
        self.set_offered(not self.offers.isHidden())

    def offer_steps(self, offered: bool) -> None:
        """Show or put away the first steps; the focus does not get lost with them."""
        if not offered and self.steps.isAncestorOf(self.focusWidget() or self):
            self.start_button.setFocus()
        self.steps.setVisible(offered)
        self._make_room()
        self.steps_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Beside the first steps the ornaments go where there is little room."""
        crowded = not self.steps.isHidden()
        self._sign.setVisible(self.height() >= (_ROOM_FOR_BOTH_PX if crowded else _ROOM_FOR_SIGN_PX))
        self._drop.setVisible(not crowded or self.height() >= _ROOM_FOR_DROP_PX)

    def _restyle(self, theme: Theme) -> None:
        self._sign.setPixmap(icon_pixmap("logo", theme.colours.accent, 72, self.devicePixelRatioF()))
        self.start_button.setIcon(icon("microphone", theme.colours.on_accent))
        self.open_button.setIcon(icon("folder", theme.colours.text))
        self.example_button.setIcon(icon("mark", theme.colours.text_muted))
