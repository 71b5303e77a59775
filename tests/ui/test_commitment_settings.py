"""The settings page about commitments: reminders, hours, days, holidays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from tests.fakes.desk import Desk, desk, services, unnamed_controls, unopened_desk
from ui.settings.commitments_page import CommitmentsSettingsPage
from ui.settings.dialog import COMMITMENTS, SettingsDialog

__all__ = ["desk", "services", "unopened_desk"]


@pytest.fixture
def page(desk: Desk) -> Iterator[CommitmentsSettingsPage]:
    desk.app.ear.open_settings()
    dialog = desk.window.findChild(SettingsDialog)
    assert dialog is not None
    dialog.go_to(COMMITMENTS)
    desk.settle()
    yield dialog.commitments
    dialog.close()
    desk.settle()


def test_reminders_can_be_changed_and_switched_off(desk: Desk, page: CommitmentsSettingsPage) -> None:
    """Kept at once; how long before has no effect without them."""
    kept, before = desk.services.settings.follow_up, desk.services.saved_settings
    page.lead.setCurrentIndex(page.lead.findData(30))
    page.lead.activated.emit(page.lead.currentIndex())
    page.remind.click()
    desk.settle()
    assert (kept.lead_minutes, kept.reminders) == (30, False)
    assert not page.lead.isEnabled()
    assert desk.services.saved_settings == before + 2
    assert unnamed_controls(page.window()) == []


def set_time(field: QComboBox, at: dt.time) -> None:
    field.setCurrentIndex(field.findData(at.hour * 60 + at.minute))
    field.activated.emit(field.currentIndex())


def test_hours_and_days_that_make_no_sense_are_told_and_not_kept(
    desk: Desk, page: CommitmentsSettingsPage
) -> None:
    """Closing before opening, or never open: a sentence, and the settings as they were."""
    office = desk.services.settings.office
    assert (page.opens.currentText(), page.closes.currentText()) != ("", "")
    set_time(page.opens, dt.time(9, 30))
    assert office.opens == dt.time(9, 30)
    set_time(page.closes, dt.time(9))
    assert office.closes == dt.time(17)
    assert page.hours_note.text() == "It has to open before it closes."
    page.days["sat"].click()
    assert office.working_days[-1] == "sat"
    for box in page.days.values():
        box.setChecked(False)
    assert len(office.working_days) == 1
    assert "At least one day" in page.hours_note.text()


def test_hours_that_make_sense_together_are_both_kept(desk: Desk, page: CommitmentsSettingsPage) -> None:
    """An evening shift is set one field at a time: what is shown at the end is what counts."""
    office = desk.services.settings.office
    set_time(page.opens, dt.time(18))
    assert page.hours_note.isVisibleTo(page)
    set_time(page.closes, dt.time(22))
    assert (office.opens, office.closes) == (dt.time(18), dt.time(22))
    assert not page.hours_note.isVisibleTo(page)
    set_time(page.closes, dt.time(7))
    set_time(page.opens, dt.time(5))
    assert (office.opens, office.closes) == (dt.time(5), dt.time(7))


def test_a_country_is_kept_once_its_holidays_are_known(desk: Desk, page: CommitmentsSettingsPage) -> None:
    """Known, it says how many; unknown, it says what to write; emptied, there are none."""
    office = desk.services.settings.office
    page.country.setText("Atlantis")
    page.country.editingFinished.emit()
    desk.settle()
    assert office.country == ""
    assert "Atlantis" in page.country_note.text()
    page.country.setText("GB-ENG")
    page.country.editingFinished.emit()
    desk.settle()
    assert office.country == "GB-ENG"
    assert "public holidays this year" in page.country_note.text()
    page.country.clear()
    page.country.editingFinished.emit()
    desk.settle()
    assert office.country == ""


def test_days_off_are_dates(desk: Desk, page: CommitmentsSettingsPage) -> None:
    """Sorted and once each; a day that does not exist is told, and the others stay as they were."""
    office = desk.services.settings.office
    page.closed.setText("2026-12-31, 2026-12-24,2026-12-24")
    page.closed.editingFinished.emit()
    assert office.closed == [dt.date(2026, 12, 24), dt.date(2026, 12, 31)]
    page.closed.setText("2026-02-30")
    page.closed.editingFinished.emit()
    assert len(office.closed) == 2
    assert "“2026-02-30” is no day" in page.closed_note.text()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_country_is_kept_though_the_settings_are_closed_at_once(desk: Desk) -> None:
    """Also under a list of completions, which takes the word that the field was left."""
    desk.app.ear.open_settings(COMMITMENTS)
    desk.settle()
    dialog = desk.app.ear.settings.dialog
    assert dialog is not None
    dialog.commitments.country.setFocus()
    QTest.keyClicks(dialog.commitments.country, "Germany")
    dialog.close()
    assert desk.services.settings.office.country == ""
    desk.settle()
    assert desk.services.settings.office.country == "DE"


def test_what_was_wrong_goes_once_it_is_put_right(desk: Desk, page: CommitmentsSettingsPage) -> None:
    """As it was before: nothing is to be kept, and nothing is wrong."""
    page.country.setText("Atlantis")
    page.country.editingFinished.emit()
    desk.settle()
    page.country.clear()
    page.country.editingFinished.emit()
    assert "Atlantis" not in page.country_note.text()
