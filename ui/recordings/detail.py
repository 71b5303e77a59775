"""What there is to know and to do about the chosen recording."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from coach.values.batches import OVER, BatchItem, BatchState
from coach.values.file_names import shown_name
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, Theme, icon, set_role
from ui.look.themed import follow_theme
from ui.parts.label import Label
from ui.recordings.words import LEAVING, STATES

_ASKS = (
    "Several people speak in it, and Sameside does not know which voice is yours. Until you say "
    "so, not a word of it is written down."
)


class RecordingDetail(QFrame):
    """Asks by signals; hidden until something is chosen. What is not possible for it is not offered."""

    summary_wanted = Signal()
    review_wanted = Signal()
    side_wanted = Signal()
    voice_wanted = Signal()
    again_wanted = Signal()
    stop_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.path_label, self.words_label, self.why_label = Label(), Label(), Label()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        for label, role in (
            (self.path_label, "caption"),
            (self.words_label, ""),
            (self.why_label, "danger"),
        ):
            label.setWordWrap(True)
            label.setSizePolicy(policy)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if role:
                set_role(label, role)
        self.voice_button = QPushButton("Which voice is yours?")
        set_role(self.voice_button, "primary")
        self.summary_button, self.review_button = QPushButton("Summary"), QPushButton("Go through it")
        self.side_button, self.again_button = QPushButton("Your side…"), QPushButton("Try again")
        self.stop_button, self.remove_button = QPushButton("Take out"), QPushButton("Remove")
        self._lay_out()
        self.voice_button.clicked.connect(self.voice_wanted)
        self.summary_button.clicked.connect(self.summary_wanted)
        self.review_button.clicked.connect(self.review_wanted)
        self.side_button.clicked.connect(self.side_wanted)
        self.again_button.clicked.connect(self.again_wanted)
        self.stop_button.clicked.connect(self.stop_wanted)
        self.remove_button.clicked.connect(self.remove_wanted)
        self.side_button.setToolTip("Say where you are on it, and have it reviewed by that")
        self.remove_button.setToolTip("Take it off this list; its call stays among your calls")
        follow_theme(self, self._restyle)
        self.hide()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(SPACE_1)
        for label in (self.path_label, self.why_label, self.words_label):
            words.addWidget(label)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_2)
        for button in self._buttons:
            button.setIconSize(QSize(18, 18))
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addLayout(words)
        column.addLayout(buttons)

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.voice_button,
            self.summary_button,
            self.review_button,
            self.side_button,
            self.again_button,
            self.stop_button,
            self.remove_button,
        )

    def show_item(self, item: BatchItem | None, waits: str = "") -> None:
        """``waits``: why it does not go on, where it is the one that is read."""
        self.setVisible(item is not None)
        if item is None:
            return
        self.path_label.setText(shown_name(str(item.path)))
        asks = item.state is BatchState.ASKING
        found = [_ASKS] if asks else [one for one in (item.taken, *item.notes) if one]
        said = " ".join(found) or ("" if item.why else waits or f"{STATES[item.state]}.")
        self.words_label.setText(said)
        self.why_label.setText(item.why)
        self.words_label.setVisible(bool(self.words_label.text()))
        self.why_label.setVisible(bool(item.why))
        self.setAccessibleName(f"{self.path_label.text()}. {item.why or self.words_label.text()}")
        over, waiting = item.state in OVER, item.state is BatchState.WAITING
        has_call = over and bool(item.call_id) and item.state in (BatchState.DONE, BatchState.KNOWN)
        self.summary_button.setVisible(has_call)
        self.review_button.setVisible(has_call)
        self.voice_button.setVisible(asks)
        self.side_button.setVisible(over or waiting or asks)
        self.again_button.setVisible(item.state in (BatchState.FAILED, BatchState.STOPPED, BatchState.KNOWN))
        self.again_button.setText("Review again" if item.state is BatchState.KNOWN else "Try again")
        self.stop_button.setVisible(not over and waits != LEAVING)
        self.remove_button.setVisible(over)

    def _restyle(self, theme: Theme) -> None:
        c = theme.colours
        self.voice_button.setIcon(icon("voice", c.on_accent))
        names = ("calls", "start", "voice", "another", "stop", "close")
        for button, name in zip(self._buttons[1:], names, strict=True):
            button.setIcon(icon(name, c.text))
