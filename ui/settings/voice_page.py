"""Whose voice is listened to: the profile of the agent's own, and what happens with others."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QWidget

from coach.settings import SET_BY, ListeningSettings
from ui import text
from ui.look.theme import SPACE_3, Theme, current_theme, icon_pixmap, set_role
from ui.look.themed import follow_theme
from ui.parts.label import Label
from ui.settings.parts import SettingsPage, button_row, explained, laid_down

_OWN_NOW = "Every other voice is dropped before a word of it is recognised. Nothing of it is kept."
_OWN_LATER = f"{_OWN_NOW} In force as soon as your voice is enrolled."


class VoicePage(SettingsPage):
    """What is chosen leaves as signals."""

    enrol_wanted = Signal()
    delete_wanted = Signal()
    own_voice_chosen = Signal(bool)
    talk_time_chosen = Signal(bool)

    def __init__(self, settings: ListeningSettings, parent: QWidget | None = None) -> None:
        super().__init__("Your voice", parent)
        self._settings = settings
        self._enrolled_on: dt.date | None = None
        card = self.add_card(
            "Voice profile",
            "Made from half a minute of reading aloud. It is kept locked on this machine and never shared; "
            "the sound itself is not kept.",
        )
        self._sign, self.state_label = Label(), Label()
        state = QHBoxLayout()
        state.setSpacing(SPACE_3)
        state.addWidget(self._sign)
        state.addWidget(self.state_label, 1)
        self.enrol_button = QPushButton("Enrol my voice…")
        self.delete_button = QPushButton("Delete my voice…")
        set_role(self.delete_button, "danger")
        self.enrol_button.clicked.connect(self.enrol_wanted)
        self.delete_button.clicked.connect(self.delete_wanted)
        card.addLayout(state)
        card.addLayout(button_row(self.enrol_button, self.delete_button))
        others = self.add_card("Other voices")
        self.own_voice = QCheckBox("Write down &my voice only")
        self.own_voice.setChecked(settings.own_voice_only)
        self._own_line = explained(self.own_voice, _OWN_NOW)
        self.talk_time = QCheckBox("Count how &long others talk")
        self.talk_time.setChecked(settings.other_talk_time)
        others.addLayout(self._own_line)
        others.addWidget(laid_down(settings, "own_voice_only", self.own_voice))
        others.addLayout(
            explained(
                self.talk_time,
                "Only for how long, for the balance of talking and listening; never a word. "
                "Leave it off where strangers talk around you.",
            )
        )
        others.addWidget(laid_down(settings, "other_talk_time", self.talk_time))
        self.own_voice.toggled.connect(self.own_voice_chosen)
        self.talk_time.toggled.connect(self.talk_time_chosen)
        follow_theme(self, self._restyle)
        self.show_enrolled(None)

    def show_enrolled(self, on: dt.date | None) -> None:
        self._enrolled_on = on
        state = f"Enrolled on {text.date_text(on, long=True)}" if on else "Not enrolled yet"
        self.state_label.setText(state)
        self.state_label.setAccessibleName(f"Voice profile: {state}")
        self.enrol_button.setText("Enrol it anew…" if on else "Enrol my voice…")
        set_role(self.enrol_button, "" if on else "primary")
        held = self.delete_button.hasFocus()
        self.delete_button.setVisible(on is not None)
        if held and on is None:
            self.enrol_button.setFocus()
        line = self._own_line.itemAt(1).widget()
        assert isinstance(line, QLabel)
        line.setText(_OWN_NOW if on else _OWN_LATER)
        set_by = SET_BY if self._settings.is_laid_down("own_voice_only") else ""
        self.own_voice.setAccessibleDescription(f"{set_by} {line.text()}".strip())
        self._restyle(current_theme())

    def show_running(self, running: bool) -> None:
        """During a call its microphone is opened for nothing else."""
        self.enrol_button.setEnabled(not running)
        self.enrol_button.setToolTip("Once the call has stopped" if running else "")

    def _restyle(self, theme: Theme) -> None:
        c = theme.colours
        name, colour = ("check", c.repaired) if self._enrolled_on else ("why", c.text_muted)
        self._sign.setPixmap(icon_pixmap(name, colour, 20, self.devicePixelRatioF()))
