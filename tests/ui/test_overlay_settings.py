"""The settings page about the overlay and the keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from coach.settings import Settings
from tests.fakes.desk import Desk, desk, services, unnamed_controls
from tests.ui.test_keys import FakeKeyboard
from ui.keys.desk import window_keys
from ui.keys.hotkeys import Hotkeys
from ui.overlay import CueOverlay
from ui.overlay.place import layout_key
from ui.overlay.sharing import CAN_HIDE, CANNOT_HIDE, WORDS
from ui.overlay_settings import OverlaySettings
from ui.settings.dialog import OVERLAY
from ui.settings.overlay_page import OverlayPage
from ui.tray import Tray
from ui.window.menus import Actions

__all__ = ["desk", "services"]


class Dialog(QObject):
    """What the page's owner knows of the settings dialog."""

    finished = Signal(int)

    def __init__(self, overlay: OverlayPage) -> None:
        super().__init__()
        self.overlay = overlay


class Rig:
    """The page with all it works on, and no other part of the app."""

    def __init__(self, qtbot: QtBot, keyboard: FakeKeyboard) -> None:
        self.settings = Settings()
        self.settings.appearance.reduced_motion = True
        self.window = QMainWindow()
        self.actions = Actions(self.window)
        self.overlay = CueOverlay(self.settings.appearance)
        self.tray = Tray()
        self.tray.follow_lock(self.actions.lock_overlay)
        self.hotkeys = Hotkeys(
            self.settings.keys, make=keyboard.make, in_window=lambda: window_keys(self.actions)
        )
        self.hotkeys.apply()
        self.page = OverlayPage(self.settings.appearance, self.settings.keys, CAN_HIDE)
        for widget in (self.window, self.overlay, self.tray.menu, self.page):
            qtbot.addWidget(widget)
        self.dialog = Dialog(self.page)
        self.owner = OverlaySettings(self.settings, self.overlay, self.hotkeys, self.actions)
        self.saved = 0
        self.owner.changed.connect(self._save)
        self.owner.fill(self.dialog)
        self.page.show()

    def _save(self) -> None:
        self.saved += 1


@pytest.fixture
def keyboard() -> FakeKeyboard:
    return FakeKeyboard()


@pytest.fixture
def rig(qtbot: QtBot, qapp: QApplication, keyboard: FakeKeyboard) -> Rig:
    return Rig(qtbot, keyboard)


def test_how_solid_it_is_shows_at_once_and_is_kept_when_the_page_closes(rig: Rig) -> None:
    """The slider moves the overlay while it is moved, and the file is written once."""
    for percent in (90, 80, 70):
        rig.page.opacity.setValue(percent)
    assert rig.settings.appearance.overlay_opacity == 0.7
    assert rig.page.opacity_label.text() == "70 %"
    assert rig.saved == 0
    rig.dialog.finished.emit(0)
    assert rig.saved == 1


def test_a_screen_is_chosen_by_name_and_remembered(rig: Rig, qapp: QApplication) -> None:
    """The overlay goes to the corner of that screen; its place is kept for this arrangement of screens."""
    assert rig.page.screens.itemText(0).startswith("Screen 1 (")
    rig.page.screens.activated.emit(0)
    key = layout_key([(screen.name(), screen.geometry()) for screen in qapp.screens()])
    place = rig.settings.appearance.overlay_place[key]
    assert list(rig.overlay.geometry().getRect()) == place
    assert rig.overlay.geometry().right() == qapp.primaryScreen().availableGeometry().right() - 16


def test_the_lock_here_in_the_menu_and_in_the_tray_is_one(rig: Rig) -> None:
    """Whichever is used, all three show it, and a locked overlay can always be unlocked."""
    lock, tray = rig.actions.lock_overlay, rig.tray.lock_action
    for ticked, switch in (
        (True, rig.page.lock.click),
        (False, tray.trigger),
        (True, lock.trigger),
        (False, rig.page.lock.click),
    ):
        switch()
        assert {rig.page.lock.isChecked(), lock.isChecked(), tray.isChecked()} == {ticked}


def test_screen_sharing_is_promised_only_where_the_system_keeps_it(rig: Rig, qtbot: QtBot) -> None:
    """Where the overlay cannot be hidden the box cannot be ticked, and the page says so."""
    for ability, usable in ((CAN_HIDE, True), (CANNOT_HIDE, False)):
        page = OverlayPage(rig.settings.appearance, rig.settings.keys, ability)
        qtbot.addWidget(page)
        assert page.private.isEnabled() is page.private.isChecked() is usable
        assert page.private.accessibleDescription() == WORDS[ability]
    rig.page.private.click()
    assert not rig.settings.appearance.overlay_private


def test_a_key_is_chosen_by_pressing_it(rig: Rig, keyboard: FakeKeyboard, qtbot: QtBot) -> None:
    """While the field waits every key is given back; afterwards the new one works and is kept."""
    rig.page.recording.emit(True)
    assert keyboard.held == {}
    QTest.keySequence(rig.page.edits["start_end"], QKeySequence("Ctrl+Alt+K"))
    assert rig.settings.keys.start_end == "Ctrl+Alt+K"
    rig.page.recording.emit(False)
    assert set(keyboard.held) == {"start_end", "lock"}
    with qtbot.waitSignal(rig.hotkeys.pressed) as told:
        keyboard.press("Ctrl+Alt+K")
    assert told.args == ["start_end"]


def test_a_conflict_is_told_beside_the_key(rig: Rig, keyboard: FakeKeyboard) -> None:
    """The same key twice, a key of the window's own menu, a key of another program: each says which."""
    edit, told = rig.page.edits["start_end"], rig.page.problem_labels["start_end"]
    for keys, words in (("Ctrl+Shift+F9", "Lock or unlock"), ("Ctrl+R", "Start"), ("K", "Hold Ctrl")):
        edit.setKeySequence(QKeySequence(keys))
        assert words in told.text()
        assert told.isVisible()
        assert edit.accessibleDescription() == told.text()
        assert "start_end" not in keyboard.held
    taken = QKeySequence("Ctrl+Alt+J")
    keyboard.taken = {taken[0]}
    edit.setKeySequence(taken)
    assert "Another program" in told.text()
    rig.page.clear_buttons["start_end"].click()
    assert rig.settings.keys.start_end == ""
    assert not told.isVisible()


def test_keys_switched_off_are_given_back(rig: Rig, keyboard: FakeKeyboard) -> None:
    """One tick gives all keys back and greys their fields; another takes them again."""
    rig.page.keys_on.click()
    assert keyboard.closed
    assert not rig.page.edits["pause"].isEnabled()
    rig.page.keys_on.click()
    assert set(keyboard.held) == {"start_end", "lock"}


def test_why_no_key_works_is_shown(rig: Rig) -> None:
    """Without a way to have keys the reason stands where they would be set."""
    rig.hotkeys.close()
    rig.hotkeys._make = lambda _pressed, _told: "This desktop gives no program keys of its own."
    rig.hotkeys.apply()
    assert rig.page.why_off_label.isVisible()
    assert not rig.page.edits["pause"].isEnabled()


def test_the_page_is_in_the_settings_and_every_control_has_a_name(desk: Desk) -> None:
    """It opens by its name, shows what is set, and a screen reader can name each field."""
    desk.app.ear.open_settings(OVERLAY)
    desk.settle()
    dialog = desk.app.ear.settings.dialog
    assert dialog is not None
    assert dialog.overlay.why_off_label.text() == desk.app.keys.hotkeys.why_off != ""
    assert unnamed_controls(dialog) == []
    dialog.accept()
