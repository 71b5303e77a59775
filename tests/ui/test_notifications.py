"""A reminder reaches the desktop over D-Bus where there is no tray, and a click on it comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from jeepney.io.blocking import open_dbus_connection
from pytestqt.qtbot import QtBot

from coach.values.follow_up import Reminder
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services, unopened_desk
from tests.fakes.notifications import FakeDesktop
from tests.fakes.portal import private_bus
from ui.commitments.reminders import CODE, SNOOZE_MINUTES
from ui.keys.notes import DesktopNotes
from ui.tray import SHOWN_MS

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=sample_call.ZONE)
__all__ = ["desk", "services", "unopened_desk"]


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDesktop]:
    with private_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        made = FakeDesktop(open_dbus_connection("SESSION"))
        yield made
        made.stop()


@pytest.fixture
def notes() -> Iterator[DesktopNotes]:
    made = DesktopNotes("sameside")
    yield made
    made.close()


def fail() -> None:
    pytest.fail("nobody was to be told that nothing was shown")


def test_a_notification_is_shown_and_its_click_comes_back(
    desktop: FakeDesktop, notes: DesktopNotes, qtbot: QtBot
) -> None:
    """With its words, never taken for markup; the click on another program's is none of ours."""
    assert notes.tell("Call you back", "Due: <b>Thu</b> & 14:00", SHOWN_MS, fail)
    qtbot.waitUntil(lambda: bool(desktop.asked) and bool(notes._shown))
    program, _replaces, icon, title, words, actions, hints, shown_ms = desktop.asked[0]
    assert (program, title, shown_ms) == ("Sameside", "Call you back", SHOWN_MS)
    assert icon.startswith("file://"), "no icon of ours need be installed"
    assert Path(url2pathname(urlsplit(icon).path)).is_file()
    assert words == "Due: &lt;b&gt;Thu&lt;/b&gt; &amp; 14:00"
    assert actions[0] == "default"
    assert hints["desktop-entry"] == ("s", "sameside")
    with qtbot.assertNotEmitted(notes.clicked, wait=100):
        desktop.click(77)
    with qtbot.waitSignal(notes.clicked):
        desktop.click(1)


def test_where_nobody_shows_it_that_is_said(
    desktop: FakeDesktop, notes: DesktopNotes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desktop that refuses, and a machine without a session bus: the window's own banner is there."""
    desktop.deaf = True
    told: list[bool] = []
    assert notes.tell("Call you back", "", SHOWN_MS, lambda: told.append(True))
    qtbot.waitUntil(lambda: told == [True])
    notes.close()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    assert not notes.tell("Call you back", "", SHOWN_MS, fail)


def test_a_reminder_of_the_app_is_shown_by_the_desktop(desktop: FakeDesktop, desk: Desk) -> None:
    """Ten minutes before noon: what and when are in the notification, and a click opens the promise."""
    desk.services.clock.now = NOON - dt.timedelta(minutes=10)
    reminders = desk.app.commitments.reminders
    reminders.look()
    desk.qtbot.waitUntil(lambda: bool(desktop.asked))
    assert desktop.asked[0][3:5] == ("Deliver the replacement", "Due: today 12:00")
    notes = desk.app.tray.notes
    assert notes is not None
    desk.qtbot.waitUntil(lambda: bool(notes._shown))
    with desk.qtbot.waitSignal(reminders.show_wanted):
        desktop.click(1)


def test_the_button_of_a_reminder_puts_it_off(desktop: FakeDesktop, desk: Desk) -> None:
    """A reminder of one promise has a button for later; it is reminded of again, and the window says when."""
    desk.services.clock.now = NOON - dt.timedelta(minutes=10)
    reminders = desk.app.commitments.reminders
    reminders.look()
    desk.qtbot.waitUntil(lambda: bool(desktop.asked))
    assert desktop.asked[0][5][2:] == ["later", "In 15 minutes"]
    notes = desk.app.tray.notes
    assert notes is not None
    desk.qtbot.waitUntil(lambda: bool(notes._shown))
    with desk.qtbot.waitSignal(reminders.snooze_wanted) as asked:
        desktop.click(1, "later")
    assert asked.args is not None
    assert asked.args[1] == SNOOZE_MINUTES


def test_an_older_notification_is_about_its_own_promise(desktop: FakeDesktop, desk: Desk) -> None:
    """Desktops keep them: the button of the first puts off the first, though another has come since."""
    first, second = desk.services.follow_up.overview().all[:2]
    reminders = desk.app.commitments.reminders
    for number, one in enumerate((first, second), start=1):
        reminders._give(([Reminder(one, NOON, False, NOON)], None))
        desk.qtbot.waitUntil(lambda number=number: len(desktop.asked) == number)
    notes = desk.app.tray.notes
    assert notes is not None
    desk.qtbot.waitUntil(lambda: len(notes._shown) == 2)
    with desk.qtbot.waitSignal(reminders.snooze_wanted) as asked:
        desktop.click(1, "later")
    assert asked.args is not None
    assert asked.args[0].key == first.key
    assert CODE in [banner.code for banner in desk.window.banners.banners]
    with desk.qtbot.waitSignal(reminders.show_wanted) as shown:
        desktop.click(2)
    assert shown.args == [second.key]
