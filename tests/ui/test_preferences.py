"""What the user chooses in the menus: in force at once, and remembered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from coach.settings import Theme
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services, unopened_desk
from tests.fakes.services import FakeServices
from ui.look.theme import apply_theme, current_theme

__all__ = ["desk", "services", "unopened_desk"]


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    apply_theme(qapp, "light")


@pytest.mark.parametrize(("theme", "dark"), [("dark", True), ("light", False)])
def test_a_theme_chosen_is_put_on_and_kept(desk: Desk, theme: Theme, dark: bool) -> None:
    """The window changes its look at once; the choice is saved."""
    desk.window.actions_.themes[theme].trigger()
    desk.settle()
    assert current_theme().dark is dark
    assert desk.services.settings.appearance.theme == theme
    assert desk.services.saved_settings == 1


def test_one_theme_and_one_level_are_ticked(unopened_desk: Desk, services: FakeServices) -> None:
    """The menus tick what the settings say, and ticking one unticks the other."""
    actions = unopened_desk.window.actions_
    assert [name for name, action in actions.themes.items() if action.isChecked()] == ["system"]
    actions.levels["quiet"].trigger()
    assert [name for name, action in actions.levels.items() if action.isChecked()] == ["quiet"]
    assert services.settings.cues.level == "quiet"


def test_cues_switched_off_go_and_stay_away(desk: Desk) -> None:
    """A cue on the overlay goes at once, later ones are not shown, the call goes on, and the pill says so."""
    call = desk.start()
    first, second = sample_call.cues()[:2]
    call.send(*sample_call.turns()[:3], first)
    desk.settle()
    assert desk.app.overlay.cue == first
    desk.window.actions_.levels["off"].trigger()
    call.send(second)
    desk.settle()
    assert [cues.level for cues in call.cues_chosen] == ["standard", "off"]
    assert call.cue_ends == []
    assert desk.app.overlay.pill.note_label.text() == "Cues off"
    assert not desk.app.overlay.pill.dots.isVisibleTo(desk.app.overlay)
    assert desk.app.overlay.cue is None
    assert not call.ended
    assert "Cues are off" in desk.window.toast.message_label.text()


def test_another_level_during_a_call_counts_at_once(desk: Desk) -> None:
    """The running call is told, with a copy of the settings, and the budget shown is the new one."""
    desk.window.actions_.levels["new"].trigger()
    assert not desk.window.toast.isVisible()
    call = desk.start()
    desk.settle()
    assert desk.app.overlay.pill.dots.most == 12
    desk.window.actions_.levels["quiet"].trigger()
    assert desk.window.toast.message_label.text() == "Cues: quiet, from now on."
    assert call.cues_chosen[-1].level == "quiet"
    assert call.cues_chosen[-1] is not desk.services.settings.cues
    assert (desk.app.overlay.pill.dots.left, desk.app.overlay.pill.dots.most) == (3, 3)


def test_off_and_on_again_shows_the_next_cue(desk: Desk) -> None:
    """Switched on again in the same call, cues come as before, and the ones before count in the budget."""
    call = desk.start()
    first, second = sample_call.cues()[:2]
    call.send(*sample_call.turns()[:3], first)
    desk.settle()
    desk.window.actions_.levels["off"].trigger()
    desk.window.actions_.levels["standard"].trigger()
    call.send(second)
    desk.settle()
    assert desk.app.overlay.cue == second
    assert desk.app.overlay.pill.dots.left == 6


def test_a_locked_overlay_lets_clicks_through_and_stays_locked(desk: Desk) -> None:
    """The lock is in force at once, and again at the next start."""
    lock = desk.window.actions_.lock_overlay
    lock.trigger()
    desk.settle()
    flag = Qt.WindowType.WindowTransparentForInput
    assert desk.app.overlay.windowFlags() & flag
    assert desk.services.settings.appearance.overlay_locked
    lock.trigger()
    assert not desk.app.overlay.windowFlags() & flag
    assert not desk.services.settings.appearance.overlay_locked


def test_what_was_chosen_last_time_is_in_force(services: FakeServices, qapp: QApplication) -> None:
    """A new start takes lock and motion from the settings."""
    from ui.app import App

    services.settings.appearance.overlay_locked = True
    app = App(services)
    assert app.window.actions_.lock_overlay.isChecked()
    assert app.window.actions_.reduced_motion.isChecked()
    assert app.overlay.windowFlags() & Qt.WindowType.WindowTransparentForInput
    app.closing.quit()
    for widget in (app.window, app.overlay, app.tray.menu):
        widget.deleteLater()
    app.deleteLater()


def test_reduced_motion_stops_a_card_that_is_fading_in(desk: Desk) -> None:
    """Movement ends where it is, and the card stands there whole."""
    motion = desk.window.actions_.reduced_motion
    motion.trigger()
    assert not desk.services.settings.appearance.reduced_motion
    call = desk.start()
    call.send(*sample_call.turns()[:3], sample_call.cues()[1])
    desk.settle()
    motion.trigger()
    assert desk.services.settings.appearance.reduced_motion
    assert not desk.app.overlay.fade.is_running
    assert desk.app.overlay.cue is not None


def test_every_choice_has_a_key_of_its_own(desk: Desk) -> None:
    """No two actions share a key, and each preference can be reached without the mouse."""
    actions = desk.window.actions_
    keyed = [*actions.themes.values(), *actions.levels.values(), actions.lock_overlay, actions.reduced_motion]
    assert all(not action.shortcut().isEmpty() for action in keyed)
    every = [
        action.shortcut().toString()
        for action in desk.window.findChildren(QAction)
        if not action.shortcut().isEmpty()
    ]
    assert len(every) >= 18
    assert len(every) == len(set(every))
