"""Which side of a recording is the agent's, asked before it is opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QWidget

from ui import text
from ui.dialogs.frame import PlainDialog
from ui.theme import set_role

CHANNELS: tuple[tuple[str, int | None], ...] = (
    ("Both channels, or a recording with one", None),
    ("Left channel", 0),
    ("Right channel", 1),
)

AUDIO_PATTERNS = (
    "*.wav *.mp3 *.m4a *.aac *.ogg *.oga *.opus *.flac *.wma *.aiff *.aif *.amr "
    "*.mp4 *.m4b *.mov *.mkv *.webm *.3gp"
)
FILE_FILTER = f"Recordings ({AUDIO_PATTERNS});;All files (*)"


class RecordingDialog(PlainDialog):
    """``accepted`` with ``channel`` as the engine takes it: None, 0 or 1."""

    def __init__(self, path: Path, parent: QWidget | None = None, *, count: int = 1) -> None:
        one = count == 1
        which = path.name if one else f"each of these {count} recordings"
        super().__init__(
            "Where are you on this recording?" if one else "Where are you on these recordings?",
            f"Sameside looks at your side only. On many systems the agent has one channel of {which} "
            "and the customer the other.",
            parent,
        )
        self.path = path
        self.group = QButtonGroup(self)
        for number, (label, _channel) in enumerate(CHANNELS):
            choice = QRadioButton(label)
            self.group.addButton(choice, number)
            self.body.addWidget(choice)
        self._chosen = False
        self.group.button(0).setChecked(True)
        self.group.button(0).setFocus()
        self.group.idClicked.connect(self._note_choice)
        self.found_label = QLabel()
        self.found_label.setWordWrap(True)
        set_role(self.found_label, "muted")
        self.found_label.hide()
        self.body.addWidget(self.found_label)
        self.cancel_button = self.add_button(text.CANCEL)
        self.open_button = self.add_button("Open", "primary")
        self.cancel_button.clicked.connect(self.reject)
        self.open_button.clicked.connect(self.accept)

    def suggest(self, channel: int | None) -> None:
        """Choose the channel with the enrolled voice, unless the user was quicker; None says nothing."""
        if channel is None:
            return
        label, number = next((label, n) for n, (label, one) in enumerate(CHANNELS) if one == channel)
        self.found_label.setText(f"Your voice was found on the {label.lower()}.")
        self.found_label.setAccessibleName(self.found_label.text())
        self.found_label.show()
        self.fit()
        if not self._chosen:
            held = self.group.checkedButton().hasFocus()
            self.group.button(number).setChecked(True)
            if held:
                self.group.button(number).setFocus()

    def _note_choice(self, _number: int) -> None:
        self._chosen = True

    @property
    def channel(self) -> int | None:
        return CHANNELS[self.group.checkedId()][1]
