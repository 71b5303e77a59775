"""Enrolling a voice: what it is for, a short text to read aloud, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coach.events import Failure, Level
from coach.ports import EnrolmentEvent, EnrolmentHeard, VoiceEnrolled
from ui import text
from ui.dialogs.frame import PlainDialog, points_card
from ui.enrolment.reading import ReadingText
from ui.enrolment.ring import ProgressRing
from ui.look.theme import SPACE_3, SPACE_4, SPACE_5, current_theme, icon_pixmap, set_role
from ui.parts.announce import announce
from ui.parts.label import Label
from ui.parts.microphones import InputMeter
from ui.parts.room import room_for
from ui.settings.parts import wrapped

WIDTH = 680
_GOOD = "Good. Read on in your usual voice."
_ENOUGH = "That is enough. One moment: the profile is made."
_START = "Read aloud, as you would talk to a customer."
_PROBLEMS = {
    "too-quiet": "You are hard to hear. Come closer to the microphone, or speak up a little.",
    "too-loud": "That is too loud for the microphone. Move it a little away from your mouth.",
    "noisy": "There is noise around you. If you can, find a quieter place.",
    "another-voice": "Another voice is heard too. Let yours be the only one for this half minute.",
}
"""What is wrong in plain words, where the engine brings none."""


class EnrolmentDialog(PlainDialog):
    """Asks by ``reading_wanted``; ``take`` shows what comes of it. Closed at any moment it keeps nothing."""

    reading_wanted = Signal()

    def __init__(self, sentences: Sequence[str], microphone: str, parent: QWidget | None = None) -> None:
        super().__init__("Enrol your voice", "", parent)
        self.setFixedWidth(min(WIDTH, room_for(self).width()))
        self.done_ = False
        self.words_label.setText(
            "Read a short text aloud for about half a minute. Sameside makes a profile of your voice from "
            "it, so that it writes down your words and drops every other voice unheard."
        )
        self.text_view = ReadingText(sentences)
        self.ring = ProgressRing()
        self.meter = InputMeter()
        self.advice_label = wrapped(_START, "strong")
        self.advice_label.setMinimumHeight(40)
        self.stack = QStackedWidget()
        self._before = self._explanation(microphone)
        self._reading = self._reading_page()
        self._after = self._result_page()
        for page in (self._before, self._reading, self._after):
            self.stack.addWidget(page)
        self.body.addWidget(self.stack)
        self.cancel_button = self.add_button(text.CANCEL)
        self.main_button = self.add_button("Start reading", "primary")
        self.cancel_button.clicked.connect(self.reject)
        self.main_button.clicked.connect(self._press)
        self.main_button.setFocus()

    def _explanation(self, microphone: str) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(
            points_card(
                (
                    (
                        "microphone",
                        microphone,
                        "Use the microphone you wear on calls. The settings have others.",
                    ),
                    (
                        "lock",
                        "It stays here",
                        "The profile is kept locked on this machine. The sound is not kept.",
                    ),
                    ("trash", "Yours to delete", "At any time, at once and for good. You can enrol again."),
                )
            )
        )
        column.addStretch(1)
        return page

    def _reading_page(self) -> QWidget:
        page = QWidget()
        side = QVBoxLayout()
        side.setSpacing(SPACE_4)
        side.addWidget(self.ring)
        side.addWidget(self.meter)
        side.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(SPACE_5)
        top.addWidget(self.text_view, 1)
        top.addLayout(side)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addLayout(top, 1)
        column.addWidget(self.advice_label)
        return page

    def _result_page(self) -> QWidget:
        page = QWidget()
        self.result_sign = Label()
        self.result_title, self.result_label = Label(), wrapped("", "muted")
        set_role(self.result_title, "subtitle")
        words = QVBoxLayout()
        words.addStretch(1)
        words.addWidget(self.result_title)
        words.addWidget(self.result_label)
        words.addStretch(2)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_4)
        sign = QVBoxLayout()
        sign.addStretch(1)
        sign.addWidget(self.result_sign)
        sign.addStretch(2)
        row.addLayout(sign)
        row.addLayout(words, 1)
        return page

    @property
    def reading(self) -> bool:
        return self.stack.currentWidget() is self._reading

    @Slot(object)
    def take(self, event: EnrolmentEvent) -> None:
        """One event of the reading."""
        if isinstance(event, Level):
            self.meter.set_level(event)
        elif isinstance(event, EnrolmentHeard):
            self._show_heard(event)
        elif isinstance(event, VoiceEnrolled):
            self._show_enrolled()
        else:
            self._show_failed(event)

    def _press(self) -> None:
        if self.done_:
            self.accept()
            return
        self.words_label.hide()
        self.stack.setCurrentWidget(self._reading)
        self.main_button.hide()
        self.text_view.show_spoken(0.0)
        self.ring.show_seconds(0.0, 1.0)
        self._advise(_START, trouble=False)
        self.cancel_button.setFocus()
        self.reading_wanted.emit()

    def _show_heard(self, heard: EnrolmentHeard) -> None:
        self.ring.show_seconds(heard.clean_s, heard.wanted_s)
        self.text_view.show_spoken(heard.clean_s)
        if heard.clean_s >= heard.wanted_s:
            self._advise(_ENOUGH, trouble=False)
        elif heard.problem:
            self._advise(heard.advice or _PROBLEMS.get(heard.problem, heard.problem), trouble=True)
        elif heard.clean_s > 0:
            self._advise(_GOOD, trouble=False)

    def _advise(self, words: str, trouble: bool) -> None:
        if words != self.advice_label.text():
            self.advice_label.setText(words)
            self.advice_label.setAccessibleName(words)
            set_role(self.advice_label, "danger" if trouble else "strong")
            announce(self.advice_label, words)

    def _show_enrolled(self) -> None:
        self.done_ = True
        self._show_result(
            "check",
            "Your voice is enrolled",
            "From the next call on Sameside knows your voice. Where you talk is a setting: with a headset a "
            "doubtful voice is kept and marked, on the shop floor it is dropped.",
        )
        self.cancel_button.hide()
        self.main_button.setText("Done")

    def _show_failed(self, failure: Failure) -> None:
        self._show_result("warning", "That did not work", failure.message)
        self.cancel_button.setText(text.CLOSE)
        self.main_button.setText(text.TRY_AGAIN)

    def _show_result(self, sign: str, title: str, words: str) -> None:
        colours = current_theme().colours
        tint = colours.repaired if sign == "check" else colours.danger
        self.result_sign.setPixmap(icon_pixmap(sign, tint, 40, self.devicePixelRatioF()))
        self.result_title.setText(title)
        self.result_label.setText(words)
        self.result_label.setAccessibleName(f"{title}. {words}")
        announce(self.result_label, f"{title}. {words}")
        self.stack.setCurrentWidget(self._after)
        self.meter.clear()
        self.main_button.show()
        self.main_button.setFocus()
