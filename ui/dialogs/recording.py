"""Which side of a recording is the agent's, asked before it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from coach.values.batches import Side
from coach.values.file_names import shown_name
from ui import text
from ui.dialogs.frame import PlainDialog
from ui.look.theme import set_role
from ui.parts.label import Label

SIDES: tuple[tuple[str, Side], ...] = (
    ("Both channels, or a recording with one", Side()),
    ("Left channel", Side(0)),
    ("Right channel", Side(1)),
    ("In each, the channel with my voice", Side(find=True)),
    ("Every voice on it is mine, as when I practise alone", Side(everyone=True)),
)
LEFT, RIGHT, FIND, EVERYONE = 1, 2, 3, 4
"""``FIND`` only where a voice is known and several recordings are opened, or it was chosen before."""

_OF_ALL = {1: "Somewhere on it: only my voice counts", 2: "Somewhere on all channels: only my voice counts"}
"""The first choice, where it is known how many channels there are."""

AUDIO_PATTERNS = (
    "*.wav *.mp3 *.m4a *.aac *.ogg *.oga *.opus *.flac *.wma *.aiff *.aif *.amr "
    "*.mp4 *.m4b *.mov *.mkv *.webm *.3gp"
)
FILE_FILTER = f"Recordings ({AUDIO_PATTERNS});;All files (*)"


class RecordingDialog(PlainDialog):
    """``accepted`` with ``side``. ``before``: what is set for it already, to begin with; ``channels``: how
    many it has, 0 where that is not known, or several are meant."""

    def __init__(
        self,
        paths: Sequence[Path],
        parent: QWidget | None = None,
        *,
        may_find: bool = False,
        before: Side | None = None,
        channels: int = 0,
    ) -> None:
        one, one_track = len(paths) == 1, channels == 1
        title = "Where are you on this recording?" if one else "Where are you on these recordings?"
        super().__init__(title, _about(paths, one_track), parent)
        self.path = paths[0]
        self.group = QButtonGroup(self)
        first = _number(before) if before is not None else FIND if may_find else 0
        if one_track and first in (LEFT, RIGHT):
            first = 0
        for number, (label, _side) in enumerate(SIDES):
            if number == FIND and not may_find and first != FIND:
                continue
            if number in (LEFT, RIGHT) and one_track:
                continue
            choice = QRadioButton(label if number else _OF_ALL.get(min(channels, 2), label))
            self.group.addButton(choice, number)
            self.body.addWidget(choice)
        self._chosen = before is not None
        self.group.button(first).setChecked(True)
        self.group.button(first).setFocus()
        self.group.idClicked.connect(self._note_choice)
        self.found_label = Label()
        self.found_label.setWordWrap(True)
        set_role(self.found_label, "muted")
        self.found_label.hide()
        self.body.addWidget(self.found_label)
        self.cancel_button = self.add_button(text.CANCEL)
        self.open_button = self.add_button("Review it" if one else "Review them", "primary")
        self.cancel_button.clicked.connect(self.reject)
        self.open_button.clicked.connect(self.accept)

    def suggest(self, channel: int | None) -> None:
        """Choose the channel with the enrolled voice, unless something was chosen; None says nothing."""
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


def _about(paths: Sequence[Path], one_track: bool) -> str:
    name, count = shown_name(paths[0].name), len(paths)
    if one_track:
        return f"Sameside looks at your side only. On {name} everybody is on one track."
    one = count == 1
    which = name if one else f"each of these {text.count_text(count, 'recording', 'recordings')}"
    later = "" if one else " You can change it for each of them later."
    return (
        f"Sameside looks at your side only. On many systems the agent has one channel of {which} "
        f"and the customer the other.{later}"
    )


def _number(before: Side) -> int:
    """Where it stands among the choices; a voice that was picked is one of those on all channels."""
    if before.everyone:
        return EVERYONE
    if before.find:
        return FIND
    return 0 if before.channel is None or before.channel > 1 else before.channel + 1
