"""What is captured and what is not where one talks, read once before the first call there."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QHBoxLayout, QLabel, QRadioButton, QWidget

from coach.settings import Profile
from ui import text
from ui.dialogs.frame import PlainDialog, points_card
from ui.look.theme import SPACE_3, set_role
from ui.parts.label import Label

Point = tuple[str, str, str]

_STAYS = ("lock", "It stays here", "Your words are kept on this machine, locked. Nothing is sent anywhere.")
_NO_SOUND = (
    "calls",
    "Words, not sound",
    "Sound is forgotten once it is turned into words. Only the words are kept.",
)
_NO_MOODS = (
    "mark",
    "Words, not moods",
    "Sameside looks at what you said. It does not guess how anyone feels.",
)
_YOURS = ("trash", "Yours to delete", "You can pause at any time, and delete any call from the list.")

POINTS: dict[Profile, tuple[Point, ...]] = {
    "headset": (
        (
            "microphone",
            "Your side only",
            "Sameside hears the microphone you choose. Wear a headset, so that it hears you alone.",
        ),
        _STAYS,
        _NO_SOUND,
        _NO_MOODS,
        _YOURS,
    ),
    "shop-floor": (
        (
            "microphone",
            "An open microphone",
            "It hears who stands near you too. Enrol your voice: then every other voice is dropped "
            "before it becomes words, and only its seconds are counted.",
        ),
        (
            "voice",
            "In doubt, dropped",
            "What is not clearly your voice is dropped unheard. No recognition of voices is perfect: "
            "now and then a word of someone else may slip through.",
        ),
        _STAYS,
        _NO_SOUND,
        _NO_MOODS,
        _YOURS,
    ),
    "practice": (
        (
            "folder",
            "Recordings of practice",
            "Sameside reads the recordings you open, and no others. Use only those whose every speaker "
            "knows of it and agreed.",
        ),
        (
            "voice",
            "Your voice becomes words",
            "What is more likely someone else is dropped unheard, once your voice is enrolled. "
            "The recording itself stays where it is, as it is.",
        ),
        _STAYS,
        _NO_MOODS,
        ("trash", "Yours to delete", "You can delete any practice talk from the list."),
    ),
}
"""What to read for each place one talks in: sign, heading, what it means. Where a text means something else,
its number in ``coach.settings.CONSENT_TEXTS`` goes up by one: then everybody is asked again."""

PLACES: dict[Profile, str] = {
    "headset": "with a headset",
    "shop-floor": "on the shop floor",
    "practice": "for recorded practice",
}
CHOICES: dict[Profile, str] = {
    "headset": "With a &headset",
    "shop-floor": "On the shop &floor",
    "practice": "In &recordings",
}
FIRST_TITLE = "Before your first call"
_NOTES: dict[Profile, str] = {
    "headset": "Where your company or the law asks for it, tell people that you use a coach.",
    "shop-floor": (
        "Tell people near you that a microphone is on, by word or sign. In many places the law asks for it."
    ),
    "practice": "A recording others are heard on is theirs too: ask before you open it here.",
}


class ConsentDialog(PlainDialog):
    """``accepted`` where the user agrees; closing it any other way is ``rejected``.

    ``read_again`` shows the same text later, with the day it was agreed to and nothing to agree to;
    ``changed`` another text than the one that was agreed to, to be agreed to anew. Without ``choose`` where
    one talks was laid down by the organisation.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        profile: Profile = "headset",
        *,
        first: bool = True,
        read_again: bool = False,
        changed: bool = False,
        agreed_on: dt.date | None = None,
        choose: bool = True,
    ) -> None:
        title = FIRST_TITLE if first else f"Before your first call {PLACES[profile]}"
        title = f"What is captured {PLACES[profile]}" if read_again else title
        title = f"What is captured {PLACES[profile]} has changed" if changed else title
        words = "This is what Sameside does with what you say."
        super().__init__(title, f"{words} Please read it once more." if changed else words, parent)
        self.profile: Profile = profile
        self.places: dict[Profile, QRadioButton] = {}
        if first and choose and not read_again:
            self._ask_where()
        self._points = points_card(POINTS[profile])
        self.body.addWidget(self._points)
        self._note = Label(_NOTES[profile])
        self._note.setWordWrap(True)
        set_role(self._note, "caption")
        self.body.addWidget(self._note)
        self.agreed_label = Label(
            f"You agreed to {'an earlier text' if changed else 'this'} on {text.date_text(agreed_on, True)}."
            if agreed_on
            else ""
        )
        set_role(self.agreed_label, "muted")
        self.agreed_label.setVisible(agreed_on is not None)
        self.body.addWidget(self.agreed_label)
        self.later_button = self.add_button("Not now")
        self.agree_button = self.add_button(text.CLOSE if read_again else "I agree", "primary")
        self.later_button.setVisible(not read_again)
        self.later_button.clicked.connect(self.reject)
        self.agree_button.clicked.connect(self.accept)
        self.agree_button.setFocus()
        self.fit()

    def _ask_where(self) -> None:
        """At the very first: whoever stands at a counter has another text than whoever wears a headset."""
        self.words_label.setText("Where will Sameside hear you?")
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        for profile, words in CHOICES.items():
            button = self.places[profile] = QRadioButton(words)
            button.setChecked(profile == self.profile)
            button.toggled.connect(lambda on, name=profile: self._show_place(name) if on else None)
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def _show_place(self, profile: Profile) -> None:
        """The text for another place, in the same window."""
        self.profile = profile
        points = points_card(POINTS[profile])
        self.body.replaceWidget(self._points, points)
        self._points.hide()
        self._points.deleteLater()
        self._points = points
        points.show()
        self._note.setText(_NOTES[profile])
        # Their layout knows what the new words need once they have their font.
        for label in points.findChildren(QLabel):
            label.ensurePolished()
        for layout in (points.layout(), self.body):
            layout.invalidate()
            layout.activate()
        self.fit()
