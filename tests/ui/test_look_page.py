"""Settings and menu are two ways to the same choice: the look, what is searched, the room Team."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from tests.fakes.desk import Desk, desk, services
from tests.fakes.services import FakeServices
from ui.look.theme import current_theme
from ui.settings.dialog import LOOK, SHARING, SettingsDialog
from ui.window.main_window import CALLS, COMMITMENTS, NOW, PLAYBOOK, TEAM

__all__ = ["desk", "services"]


def opened(desk: Desk) -> SettingsDialog:
    desk.app.ear.open_settings(LOOK)
    desk.settle()
    dialog = desk.app.ear.settings.dialog
    assert dialog is not None
    return dialog


def test_a_theme_chosen_in_the_settings_is_put_on_and_ticked_in_the_menu(
    desk: Desk, services: FakeServices
) -> None:
    """At once, and saved."""
    dialog = opened(desk)
    dialog.look.themes["dark"].click()
    desk.settle()
    assert current_theme().dark
    assert services.settings.appearance.theme == "dark"
    assert desk.window.actions_.themes["dark"].isChecked()
    assert services.saved_settings
    dialog.close()


def test_the_page_follows_the_menu(desk: Desk) -> None:
    """It never shows another choice than the one in force."""
    dialog = opened(desk)
    desk.window.actions_.themes["light"].trigger()
    assert dialog.look.themes["light"].isChecked()
    desk.window.actions_.reduced_motion.trigger()
    assert dialog.look.motion.isChecked() is desk.window.actions_.reduced_motion.isChecked()
    dialog.look.motion.click()
    assert dialog.look.motion.isChecked() is desk.window.actions_.reduced_motion.isChecked()
    dialog.close()


@pytest.mark.parametrize(
    ("room", "searched"), [(NOW, CALLS), (CALLS, CALLS), (COMMITMENTS, COMMITMENTS), (PLAYBOOK, PLAYBOOK)]
)
def test_search_is_for_the_room_one_is_in(desk: Desk, room: str, searched: str) -> None:
    """Where there is nothing to search, it is for the calls, and the menu says so."""
    window = desk.window
    window.go_to(room)
    assert window.actions_.search.text() == ("&Search" if room == searched else "&Search the calls")
    window.actions_.search.trigger()
    assert window.room == searched
    fields = {CALLS: window.calls.search, COMMITMENTS: window.commitments.search}
    field = fields.get(searched, window.playbook.search)
    assert window.focusWidget() is field


def test_a_supervisor_finds_the_way_to_the_room_team(desk: Desk, services: FakeServices) -> None:
    """Before it is switched on the menu leads to where that is done, then to the room."""
    team = desk.window.actions_.team
    assert team.isVisible()
    assert team.text() == "Read what others shar&e…"
    team.trigger()
    desk.settle()
    dialog = desk.app.ear.settings.dialog
    assert dialog is not None
    assert dialog.page == SHARING
    dialog.close()
    desk.window.show_team_room(True)
    team.trigger()
    assert desk.window.room == TEAM


def test_the_settings_are_reached_after_the_rooms(desk: Desk) -> None:
    """The Tab key goes down the left edge as the eye does."""
    navigation = desk.window.navigation
    buttons = navigation.findChildren(QPushButton)
    follows = navigation.settings_button.nextInFocusChain()
    assert follows not in buttons
    rooms = [button for button in buttons if button is not navigation.settings_button]
    assert rooms[-1].nextInFocusChain() is navigation.settings_button
