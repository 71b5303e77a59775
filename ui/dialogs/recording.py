"""Which side of a recording is the agent's, asked before it is opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from ui import text
from ui.dialogs.frame import PlainDialog
from ui.theme import current_theme

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

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(
            "Where are you on this recording?",
            f"Sameside looks at your side only. On many systems the agent has one channel of {path.name} "
            "and the customer the other.",
            parent,
        )
        self.path = path
        self.group = QButtonGroup(self)
        for number, (label, _channel) in enumerate(CHANNELS):
            choice = QRadioButton(label)
            choice.setStyleSheet(_choice_style())
            self.group.addButton(choice, number)
            self.body.addWidget(choice)
        self.group.button(0).setChecked(True)
        self.group.button(0).setFocus()
        self.cancel_button = self.add_button(text.CANCEL)
        self.open_button = self.add_button("Open", "primary")
        self.cancel_button.clicked.connect(self.reject)
        self.open_button.clicked.connect(self.accept)

    @property
    def channel(self) -> int | None:
        return CHANNELS[self.group.checkedId()][1]


def _choice_style() -> str:
    """Fusion's own indicator all but vanishes on our ground; a chosen one is a ring, not a colour alone."""
    colours = current_theme().colours
    return f"""
QRadioButton {{ padding: 4px; border: 2px solid transparent; border-radius: 6px; }}
QRadioButton:focus {{ border-color: {colours.focus}; }}
QRadioButton::indicator {{
  width: 14px; height: 14px; border: 2px solid {colours.control_border}; border-radius: 9px;
  background: {colours.surface}; }}
QRadioButton::indicator:checked {{
  width: 6px; height: 6px; border: 6px solid {colours.accent}; border-radius: 9px; }}
"""
