"""Calls that were kept long enough are deleted when the app starts, which is told and can be undone."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.fakes.desk import Desk, services, unopened_desk
from tests.fakes.services import FakeServices
from ui.calls.desk import CODE
from ui.settings.dialog import PRIVACY

__all__ = ["services", "unopened_desk"]

LATER = dt.datetime(2027, 6, 1, 9, tzinfo=dt.UTC)


@pytest.fixture
def old_desk(unopened_desk: Desk, services: FakeServices) -> Desk:
    """Months after the calls it has, none of which anybody waits for."""
    unopened_desk.app.desk._now = lambda: LATER
    for record, _summary in services.memory.calls.values():
        record.commitments.clear()
    return unopened_desk


def live(services: FakeServices) -> set[str]:
    return {call.id for call in services.memory.listing() if call.source.value == "live"}


def test_old_calls_go_at_the_start_and_come_back_by_undo(old_desk: Desk, services: FakeServices) -> None:
    """Nothing goes behind one's back: the window says how many, and one press brings all of them back."""
    services.settings.privacy.keep_days = 90
    services.memory.now = lambda: LATER
    before = live(services)
    assert before
    old_desk.open()
    old_desk.window.toast.say("Something else that is said at a start.")
    old_desk.window.toast.put_away()
    (banner,) = [one for one in old_desk.window.banners.banners if one.code == CODE]
    assert "older than 90 days" in banner.message_label.text()
    assert live(services) == set()
    banner.action_button.click()
    old_desk.settle()
    assert live(services) == before
    assert CODE not in [one.code for one in old_desk.window.banners.banners]
    old_desk.app.desk.retire()
    old_desk.settle()
    assert live(services) == before, "the next start leaves them"


def test_calls_stay_unless_one_chose_otherwise(old_desk: Desk, services: FakeServices) -> None:
    """At first nothing is ever deleted but by hand."""
    before = live(services)
    old_desk.open()
    assert live(services) == before


def test_the_days_are_chosen_in_the_settings(old_desk: Desk, services: FakeServices) -> None:
    """In force from the next start, and saved."""
    services.settings.consent.first_run_done = True
    old_desk.open()
    old_desk.app.ear.open_settings(PRIVACY)
    old_desk.settle()
    dialog = old_desk.app.ear.settings.dialog
    assert dialog is not None
    box = dialog.privacy.keeping
    box.setCurrentIndex(box.findData(30))
    box.activated.emit(box.currentIndex())
    old_desk.settle()
    assert services.settings.privacy.keep_days == 30
    assert services.saved_settings
    assert live(services)
    dialog.close()
