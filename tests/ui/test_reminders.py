"""Reminders: in time, once, not during a call, and of what fell due while nobody looked."""

from __future__ import annotations

import datetime as dt

import pytest

from coach.errors import KnownError
from coach.values.follow_up import State
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services, unopened_desk
from ui.commitments.reminders import CODE
from ui.window.main_window import COMMITMENTS

__all__ = ["desk", "services", "unopened_desk"]

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=sample_call.ZONE)
DELIVERY = ("sample", sample_call.commitments()[0].id)


def look(desk: Desk) -> None:
    desk.app.commitments.reminders.look()
    desk.settle()


def banner_words(desk: Desk) -> list[str]:
    return [banner.message_label.text() for banner in desk.window.banners.banners if banner.code == CODE]


@pytest.fixture
def told(desk: Desk) -> list[tuple[str, str]]:
    """What the desktop's notifications were given."""
    given: list[tuple[str, str]] = []

    def tell(title: str, words: str, _later: str, _about: object) -> bool:
        given.append((title, words))
        return True

    desk.app.commitments.reminders.tell = tell
    return given


def test_nothing_is_told_before_its_time(desk: Desk) -> None:
    """And the next look is no later than five minutes away, whatever the clock does."""
    assert banner_words(desk) == []
    timer = desk.app.commitments.reminders.timer
    assert timer.isActive()
    assert timer.interval() <= 5 * 60_000


def test_a_reminder_is_given_once_by_desktop_and_window(told: list[tuple[str, str]], desk: Desk) -> None:
    """What and when, and no customer's name where others may see the screen."""
    desk.services.clock.now = NOON - dt.timedelta(minutes=10)
    look(desk)
    assert told == [("Deliver the replacement", "Due: today 12:00")]
    assert "Deliver the replacement" in banner_words(desk)[0]
    desk.window.banners.dismiss(CODE)
    look(desk)
    assert len(told) == 1
    assert banner_words(desk) == []


def test_what_fell_due_while_the_app_was_closed_is_told_at_the_start(unopened_desk: Desk) -> None:
    """In one message, however many there are."""
    unopened_desk.services.clock.now = NOON + dt.timedelta(days=6)
    unopened_desk.open()
    unopened_desk.settle()
    (words,) = banner_words(unopened_desk)
    assert words.startswith("3 commitments to keep. 3 past their time.")


def test_a_call_is_not_disturbed(desk: Desk) -> None:
    """What comes due while one talks is told when the call is over."""
    desk.start()
    desk.services.clock.now = NOON - dt.timedelta(minutes=10)
    look(desk)
    assert banner_words(desk) == []
    desk.stop()
    assert len(banner_words(desk)) == 1


def test_show_leads_to_the_commitment(desk: Desk) -> None:
    """One click, from the window's message or the desktop's."""
    desk.services.clock.now = NOON - dt.timedelta(minutes=10)
    look(desk)
    desk.app.tray.icon.messageClicked.emit()
    desk.settle()
    assert desk.window.room == COMMITMENTS
    assert desk.window.commitments.chosen is not None
    assert desk.window.commitments.chosen.key == DELIVERY
    assert banner_words(desk) == []


def test_a_snoozed_reminder_comes_back(desk: Desk) -> None:
    """A quarter of an hour later, once."""
    desk.services.clock.now = NOON - dt.timedelta(minutes=10)
    look(desk)
    desk.app.commitments.reminders._snooze(desk.services.follow_up.overview().all[0])
    desk.settle()
    assert banner_words(desk) == []
    desk.services.clock.now += dt.timedelta(minutes=15)
    look(desk)
    assert len(banner_words(desk)) == 1


def test_switched_off_nobody_is_reminded(desk: Desk) -> None:
    """By the setting, at once."""
    desk.services.settings.follow_up.reminders = False
    desk.services.clock.now = NOON
    look(desk)
    assert banner_words(desk) == []


def test_a_store_that_fails_is_tried_again_quietly(desk: Desk) -> None:
    """A reminder that cannot be read is no alarm; the next look gives it."""
    desk.services.clock.now = NOON - dt.timedelta(minutes=10)
    desk.services.kept.error = KnownError("store-locked", "Another program holds the store.")
    look(desk)
    assert banner_words(desk) == []
    desk.services.kept.error = None
    look(desk)
    assert len(banner_words(desk)) == 1


def test_a_reminder_of_what_is_gone_is_told_once_and_searches_on(desk: Desk) -> None:
    """Its call was deleted before it was pressed: that is said, and later the search stays as it is."""
    desk.services.clock.now = NOON - dt.timedelta(minutes=10)
    look(desk)
    del desk.services.memory.calls["sample"]
    desk.app.tray.icon.messageClicked.emit()
    desk.settle()
    assert desk.window.toast.message_label.text() == "That commitment is not here any more."
    desk.window.commitments.search.setText("refund")
    desk.app.commitments.desk.refresh()
    desk.settle()
    assert desk.window.commitments.search.text() == "refund"


def test_the_list_follows_the_clock_though_nobody_touches_it(desk: Desk) -> None:
    """Left open over noon: what was for today is past its time then, also where nobody is reminded."""
    desk.services.settings.follow_up.reminders = False
    desk.window.go_to(COMMITMENTS)
    desk.settle()
    overview = desk.window.commitments.overview
    assert overview is not None
    assert overview.states[DELIVERY] is State.DUE
    clock = desk.app.commitments.clock
    assert clock.isActive()
    desk.services.clock.now = NOON + dt.timedelta(minutes=1)
    clock.timeout.emit()
    desk.settle()
    later = desk.window.commitments.overview
    assert later is not None
    assert later.states[DELIVERY] is State.OVERDUE


def test_the_clock_disturbs_nobody_who_reads(desk: Desk) -> None:
    """Where all reads as before, what has the keyboard keeps it."""
    desk.window.go_to(COMMITMENTS)
    desk.settle()
    before = desk.window.commitments.overview
    desk.services.clock.now += dt.timedelta(minutes=5)
    desk.app.commitments.clock.timeout.emit()
    desk.settle()
    assert desk.window.commitments.overview is before
