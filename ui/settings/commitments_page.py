"""Reminders, and when the office works: what "close of business" and "three business days" are counted by."""

from __future__ import annotations

import datetime as dt
from typing import get_args

from PySide6.QtCore import QLocale, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from coach.settings import FollowUpSettings, OfficeSettings, Weekday
from ui import text
from ui.look.theme import SPACE_3, SPACE_4, set_role
from ui.parts.announce import announce
from ui.parts.flow import Flow
from ui.settings.days_off import countries, country_code, country_name, days_of, days_text
from ui.settings.parts import SettingsPage, explained, labelled, laid_down, wrapped

_LEADS = (0, 5, 10, 15, 30, 60, 120)
_WIDTH, _CLOCK_WIDTH, _COUNTRY_WIDTH = 150, 116, 240
_STEP_MINUTES = 30
_DAY_NAMES: dict[Weekday, str] = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
_REMIND_WORDS = "By the desktop and in the window, never while a call runs."
_OFFICE_WORDS = (
    "“By close of business” and “within three business days” are counted by this, from the next call on."
)
_COUNTRY_WORDS = "A country, or a part of one such as GB-ENG, US-CA or DE-BY. Empty: no public holidays."
_CLOSED_WORDS = "As “24 Dec 2026”, with commas between the days."


class CommitmentsSettingsPage(SettingsPage):
    """``kept(section, name, value)`` for each choice that can be taken; names are those of the settings.

    ``country_asked(code)`` when a country was written: whoever knows answers with ``show_country``.
    """

    kept = Signal(str, str, object)
    country_asked = Signal(str)

    def __init__(
        self, follow_up: FollowUpSettings, office: OfficeSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__("Commitments", parent)
        self._office = office
        self._add_reminders(follow_up)
        self._add_hours(office)
        self._add_holidays(office)

    def _add_reminders(self, follow_up: FollowUpSettings) -> None:
        card = self.add_card("Reminders")
        self.remind = QCheckBox("&Remind me of what I promised")
        self.remind.setChecked(follow_up.reminders)
        self.lead = QComboBox()
        for minutes in sorted({*_LEADS, follow_up.lead_minutes}):
            before = f"{text.count_text(minutes, 'minute', 'minutes')} before"
            self.lead.addItem(before if minutes else "At the time", minutes)
        self.lead.setCurrentIndex(self.lead.findData(follow_up.lead_minutes))
        self.lead.setFixedWidth(_WIDTH + 30)
        self.lead.setEnabled(follow_up.reminders)
        self.remind.toggled.connect(self._keep_remind)
        self.lead.activated.connect(
            lambda _row: self.kept.emit("follow_up", "lead_minutes", self.lead.currentData())
        )
        card.addLayout(explained(self.remind, _REMIND_WORDS))
        card.addLayout(_short("Of a &time", self.lead))

    def _keep_remind(self, on: bool) -> None:
        self.lead.setEnabled(on)
        self.kept.emit("follow_up", "reminders", on)

    def _add_hours(self, office: OfficeSettings) -> None:
        card = self.add_card("When you work", _OFFICE_WORDS)
        self.opens, self.closes = _clock(office.opens), _clock(office.closes)
        for field in (self.opens, self.closes):
            field.activated.connect(lambda _row: self._keep_times())
        card.addLayout(Flow(_named("&Open from", self.opens), _named("t&o", self.closes), across=SPACE_4))
        card.addWidget(laid_down(office, "opens", self.opens))
        closes = laid_down(office, "closes", self.closes)
        if office.is_laid_down("opens"):
            closes.hide()
        card.addWidget(closes)
        self.days: dict[Weekday, QCheckBox] = {}
        for day in get_args(Weekday):
            box = self.days[day] = QCheckBox(_DAY_NAMES[day][:3])
            box.setAccessibleName(_DAY_NAMES[day])
            box.setChecked(day in office.working_days)
            box.toggled.connect(self._keep_days)
        card.addLayout(Flow(*self.days.values(), across=SPACE_3))
        card.addWidget(laid_down(office, "working_days", *self.days.values()))
        self.hours_note = wrapped("", "danger")
        self.hours_note.hide()
        card.addWidget(self.hours_note)

    def _keep_times(self) -> None:
        """Both: one that made no sense before may do so with the other."""
        if self.opens.currentData() >= self.closes.currentData():
            self._say(self.hours_note, "It has to open before it closes.", wrong=True)
            return
        self.hours_note.hide()
        chosen = {
            "opens": dt.time(*divmod(self.opens.currentData(), 60)),
            "closes": dt.time(*divmod(self.closes.currentData(), 60)),
        }
        # One after the other, and at no time closed before it opens.
        later = chosen["opens"] >= self._office.closes
        for name in ("closes", "opens") if later else ("opens", "closes"):
            if chosen[name] != getattr(self._office, name):
                self.kept.emit("office", name, chosen[name])

    def _keep_days(self) -> None:
        chosen = [day for day, box in self.days.items() if box.isChecked()]
        if not chosen:
            self._say(self.hours_note, "At least one day has to be a working day.", wrong=True)
            return
        self.hours_note.hide()
        self.kept.emit("office", "working_days", chosen)

    def _add_holidays(self, office: OfficeSettings) -> None:
        card = self.add_card("Days off")
        self.country = QLineEdit(country_name(office.country))
        self.country.setMaximumWidth(_COUNTRY_WIDTH)
        self.country.setPlaceholderText("Germany")
        names = QCompleter(list(countries()), self.country)
        names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.country.setCompleter(names)
        self.country.editingFinished.connect(self._ask_country)
        self.country_note = wrapped(_COUNTRY_WORDS, "muted")
        self.closed = QLineEdit(days_text(office.closed))
        self.closed.editingFinished.connect(self._keep_closed)
        self.closed_note = wrapped(_CLOSED_WORDS, "muted")
        card.addLayout(labelled("&Public holidays of", self.country))
        card.addWidget(self.country_note)
        card.addWidget(laid_down(office, "country", self.country))
        card.addLayout(labelled("&Closed on", self.closed))
        card.addWidget(self.closed_note)
        card.addWidget(laid_down(office, "closed", self.closed))

    def _ask_country(self) -> None:
        code = country_code(self.country.text())
        if code != self._office.country:
            self.country_asked.emit(code)
        elif self.country_note.property("role") == "danger":
            # What was wrong with another one that stood there.
            self._say(self.country_note, _COUNTRY_WORDS, wrong=False)

    def show_country(self, code: str, holidays: int, error: str = "") -> None:
        """What is known of a country that was asked for; one that is known is kept."""
        if code != country_code(self.country.text()):
            return
        if error:
            self._say(self.country_note, error, wrong=True)
            return
        named = text.count_text(holidays, "public holiday", "public holidays")
        self._say(self.country_note, f"{named} this year." if code else _COUNTRY_WORDS, wrong=False)
        self.kept.emit("office", "country", code)

    def _keep_closed(self) -> None:
        try:
            days = days_of(self.closed.text())
        except ValueError as error:
            self._say(self.closed_note, f"“{error}” is no day. {_CLOSED_WORDS}", wrong=True)
            return
        self._say(self.closed_note, _CLOSED_WORDS, wrong=False)
        if days != self._office.closed:
            self.kept.emit("office", "closed", days)

    def _say(self, note: QLabel, words: str, *, wrong: bool) -> None:
        if note.text() != words:
            note.setText(words)
            set_role(note, "danger" if wrong else "muted")
            if wrong:
                announce(note, words)
        note.show()


def _clock(at: dt.time) -> QComboBox:
    """Every half hour, as minutes of the day; a time that was set otherwise is among them."""
    set_to = at.hour * 60 + at.minute
    field = QComboBox()
    for minutes in sorted({*range(0, 24 * 60, _STEP_MINUTES), set_to}):
        shown = QLocale().toString(QTime(*divmod(minutes, 60)), QLocale.FormatType.ShortFormat)
        field.addItem(shown, minutes)
    field.setCurrentIndex(field.findData(set_to))
    field.setFixedWidth(_CLOCK_WIDTH)
    return field


def _named(words: str, field: QWidget) -> QWidget:
    """As ``_short``, in one piece."""
    piece = QWidget()
    row = labelled(words, field)
    row.setContentsMargins(0, 0, 0, 0)
    piece.setLayout(row)
    return piece


def _short(words: str, field: QWidget) -> QHBoxLayout:
    """A field that is no wider than what is in it, with its name before it."""
    row = labelled(words, field)
    row.setStretchFactor(field, 0)
    row.addStretch(1)
    return row
