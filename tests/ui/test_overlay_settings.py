"""The settings page about the overlay and the keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes.desk import Desk, desk, services, unnamed_controls
from tests.ui.test_keys import FakeKeyboard, take_keys
from ui.overlay.place import layout_key
from ui.overlay.sharing import CAN_HIDE, CANNOT_HIDE, WORDS
from ui.settings.dialog import OVERLAY, SettingsDialog
from ui.settings.overlay_page import OverlayPage

__all__ = ["desk", "services"]


@pytest.fixture
def keyboard(desk: Desk) -> FakeKeyboard:
    made = FakeKeyboard()
    take_keys(desk, made)
    return made


@pytest.fixture
def dialog(desk: Desk, keyboard: FakeKeyboard) -> Iterator[SettingsDialog]:
    desk.app.ear.open_settings(OVERLAY)
    desk.settle()
    made = desk.app.ear.settings.dialog
    assert made is not None
    yield made
    if desk.app.ear.settings.dialog is made:
        made.accept()


def test_how_solid_it_is_shows_at_once_and_is_kept_when_the_page_closes(
    desk: Desk, dialog: SettingsDialog
) -> None:
    """The slider moves the overlay while it is moved, and the file is written once."""
    saved = desk.services.saved_settings
    for percent in (90, 80, 70):
        dialog.overlay.opacity.setValue(percent)
    assert desk.services.settings.appearance.overlay_opacity == 0.7
    assert dialog.overlay.opacity_label.text() == "70 %"
    assert desk.services.saved_settings == saved
    dialog.accept()
    desk.settle()
    assert desk.services.saved_settings == saved + 1


def test_a_screen_is_chosen_by_name_and_remembered(
    desk: Desk, dialog: SettingsDialog, qapp: QApplication
) -> None:
    """The overlay goes to the corner of that screen; its place is kept for this arrangement of screens."""
    page = dialog.overlay
    assert page.screens.itemText(0).startswith("Screen 1 (")
    page.screens.activated.emit(0)
    key = layout_key([(screen.name(), screen.geometry()) for screen in qapp.screens()])
    area = qapp.primaryScreen().availableGeometry()
    place = desk.services.settings.appearance.overlay_place[key]
    assert desk.app.overlay.geometry().topLeft().toTuple() == tuple(place)
    assert desk.app.overlay.geometry().right() == area.right() - 16


def test_the_lock_here_in_the_menu_and_in_the_tray_is_one(desk: Desk, dialog: SettingsDialog) -> None:
    """Whichever is used, all three show it, and a locked overlay can always be unlocked."""
    lock, tray = desk.window.actions_.lock_overlay, desk.app.tray.lock_action
    for ticked, switch in (
        (True, dialog.overlay.lock.click),
        (False, tray.trigger),
        (True, lock.trigger),
        (False, dialog.overlay.lock.click),
    ):
        switch()
        assert {dialog.overlay.lock.isChecked(), lock.isChecked(), tray.isChecked()} == {ticked}
        assert desk.services.settings.appearance.overlay_locked is ticked


def test_screen_sharing_is_promised_only_where_the_system_keeps_it(desk: Desk) -> None:
    """Where the overlay cannot be hidden the box cannot be ticked, and the page says so."""
    settings = desk.services.settings
    for ability, usable in ((CAN_HIDE, True), (CANNOT_HIDE, False)):
        page = OverlayPage(settings.appearance, settings.keys, ability)
        desk.qtbot.addWidget(page)
        assert page.private.isEnabled() is page.private.isChecked() is usable
        assert page.private.accessibleDescription() == WORDS[ability]


def test_a_key_is_chosen_by_pressing_it(desk: Desk, dialog: SettingsDialog, keyboard: FakeKeyboard) -> None:
    """While the field waits every key is given back; afterwards the new one works and is kept."""
    page = dialog.overlay
    page.recording.emit(True)
    assert keyboard.held == {}
    QTest.keySequence(page.edits["start_end"], QKeySequence("Ctrl+Alt+K"))
    assert desk.services.settings.keys.start_end == "Ctrl+Alt+K"
    page.recording.emit(False)
    assert set(keyboard.held) == {"start_end", "lock"}
    keyboard.press("Ctrl+Alt+K")
    desk.qtbot.waitUntil(lambda: desk.app.runner.running)
    desk.settle()


def test_a_conflict_is_told_beside_the_key(
    desk: Desk, dialog: SettingsDialog, keyboard: FakeKeyboard
) -> None:
    """The same key twice, a key of the window's own menu, a key of another program: each says which."""
    page = dialog.overlay
    for keys, told in (("Ctrl+Shift+F9", "Lock or unlock"), ("Ctrl+R", "Start"), ("K", "Hold Ctrl")):
        page.edits["start_end"].setKeySequence(QKeySequence(keys))
        assert told in page.problem_labels["start_end"].text()
        assert page.problem_labels["start_end"].isVisible()
        assert "start_end" not in keyboard.held
    taken = QKeySequence("Ctrl+Alt+J")
    keyboard.taken = {taken[0]}
    page.edits["start_end"].setKeySequence(taken)
    assert "Another program" in page.problem_labels["start_end"].text()
    page.clear_buttons["start_end"].click()
    assert desk.services.settings.keys.start_end == ""
    assert not page.problem_labels["start_end"].isVisible()


def test_keys_switched_off_are_given_back(desk: Desk, dialog: SettingsDialog, keyboard: FakeKeyboard) -> None:
    """One tick gives all keys back and greys their fields; another takes them again."""
    page = dialog.overlay
    page.keys_on.click()
    assert keyboard.closed
    assert not page.edits["pause"].isEnabled()
    page.keys_on.click()
    assert set(keyboard.held) == {"start_end", "lock"}


def test_why_no_key_works_is_shown(desk: Desk, dialog: SettingsDialog) -> None:
    """Without a way to have keys the reason stands where they would be set."""
    desk.app.keys.hotkeys._give_back()
    desk.app.keys.hotkeys._make = lambda _pressed: "This desktop gives no program keys of its own."
    desk.app.keys.hotkeys.apply()
    assert dialog.overlay.why_off_label.isVisible()
    assert not dialog.overlay.edits["pause"].isEnabled()


def test_every_control_of_the_page_has_a_name(desk: Desk, dialog: SettingsDialog) -> None:
    """A screen reader can name each field, and hears what is wrong with it."""
    assert unnamed_controls(dialog) == []
    dialog.overlay.edits["why"].setKeySequence(QKeySequence("Ctrl+Shift+F1"))
    assert "Said it" in dialog.overlay.edits["why"].accessibleDescription()
