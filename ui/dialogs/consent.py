"""What is captured and what is not, read once before the first call."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from ui import text
from ui.dialogs.frame import PlainDialog, points_card
from ui.theme import set_role

POINTS = (
    (
        "microphone",
        "Your side only",
        "Sameside hears the microphone you choose. Wear a headset, so that it hears you alone.",
    ),
    (
        "lock",
        "It stays here",
        "Your words are kept on this machine, locked. Nothing is sent anywhere.",
    ),
    (
        "calls",
        "Words, not sound",
        "Sound is forgotten once it is turned into words. Only the words are kept.",
    ),
    ("mark", "Words, not moods", "Sameside looks at what you said. It does not guess how anyone feels."),
    ("trash", "Yours to delete", "You can pause at any time, and delete any call from the list."),
)


class ConsentDialog(PlainDialog):
    """``accepted`` where the user agrees; closing it any other way is ``rejected``.

    ``read_again`` shows the same text later, with nothing to agree to.
    """

    def __init__(self, parent: QWidget | None = None, read_again: bool = False) -> None:
        title = "What is captured" if read_again else "Before your first call"
        super().__init__(title, "This is what Sameside does with what you say.", parent)
        self.body.addWidget(points_card(POINTS))
        note = QLabel("Where your company or the law asks for it, tell people that you use a coach.")
        note.setWordWrap(True)
        set_role(note, "caption")
        self.body.addWidget(note)
        self.later_button = self.add_button("Not now")
        self.agree_button = self.add_button(text.CLOSE if read_again else "I agree", "primary")
        self.later_button.setVisible(not read_again)
        self.later_button.clicked.connect(self.reject)
        self.agree_button.clicked.connect(self.accept)
        self.agree_button.setFocus()
