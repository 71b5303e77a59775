"""Which side of a recording is the agent's, asked before it is opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QWidget

from coach.values.batches import Side
from ui import text
from ui.dialogs.frame import PlainDialog
from ui.theme import set_role

SIDES: tuple[tuple[str, Side], ...] = (
    ("Both channels, or a recording with one", Side()),
    ("Left channel", Side(0)),
    ("Right channel", Side(1)),
    ("In each, the channel with my voice", Side(find=True)),
)
"""The last one only where a voice is known, and several recordings are opened."""
FIND = 3

AUDIO_PATTERNS = (
    "*.wav *.mp3 *.m4a *.aac *.ogg *.oga *.opus *.flac *.wma *.aiff *.aif *.amr "
    "*.mp4 *.m4b *.mov *.mkv *.webm *.3gp"
)
FILE_FILTER = f"Recordings ({AUDIO_PATTERNS});;All files (*)"


class RecordingDialog(PlainDialog):
    """``accepted`` with ``side``, or with ``channel`` as a single call takes it: None, 0 or 1."""

    def __init__(
        self, path: Path, parent: QWidget | None = None, *, count: int = 1, may_find: bool = False
    ) -> None:
        one = count == 1
        name = path.name.encode("utf-8", "replace").decode()
        which = name if one else f"each of these {text.count_text(count, 'recording', 'recordings')}"
        super().__init__(
            "Where are you on this recording?" if one else "Where are you on these recordings?",
            f"Sameside looks at your side only. On many systems the agent has one channel of {which} "
            f"and the customer the other.{'' if one else ' You can change it for each of them later.'}",
            parent,
        )
        self.path = path
        self.group = QButtonGroup(self)
        for number, (label, _side) in enumerate(SIDES if may_find else SIDES[:FIND]):
            choice = QRadioButton(label)
            self.group.addButton(choice, number)
            self.body.addWidget(choice)
        self._chosen = False
        first = self.group.button(FIND if may_find else 0)
        first.setChecked(True)
        first.setFocus()
        self.group.idClicked.connect(self._note_choice)
        self.found_label = QLabel()
        self.found_label.setWordWrap(True)
        set_role(self.found_label, "muted")
        self.found_label.hide()
        self.body.addWidget(self.found_label)
        self.cancel_button = self.add_button(text.CANCEL)
        self.open_button = self.add_button("Open" if one else "Review them", "primary")
        self.cancel_button.clicked.connect(self.reject)
        self.open_button.clicked.connect(self.accept)

    def suggest(self, channel: int | None) -> None:
        """Choose the channel with the enrolled voice, unless the user was quicker; None says nothing."""
        if channel is None:
            return
        label, number = next((label, n) for n, (label, one) in enumerate(SIDES) if one == Side(channel))
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
    def side(self) -> Side:
        return SIDES[self.group.checkedId()][1]

    @property
    def channel(self) -> int | None:
        return self.side.channel
