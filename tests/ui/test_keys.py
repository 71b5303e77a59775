"""Keys for any window: what can be had, what is taken, and that each does what its click does."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from ctypes import wintypes

import pytest
from PySide6.QtCore import QKeyCombination, Qt
from pytestqt.qtbot import QtBot

from coach.events import CueEnd
from coach.settings import KeySettings
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services
from ui.keys.choose import NO_DISPLAY, make_grabber
from ui.keys.combos import ACTIONS, ALWAYS, TAKEN, problem, read, wanted
from ui.keys.grabber import Pressed, Told
from ui.keys.hotkeys import Hotkeys
from ui.keys.windows import WM_HOTKEY, WindowsKeys
from ui.running.call_runner import Phase

__all__ = ["desk", "services"]


class FakeKeyboard:
    """A system whose keys can be had, but for those in ``taken``."""

    def __init__(self) -> None:
        self.taken: set[QKeyCombination] = set()
        self.held: dict[str, QKeyCombination] = {}
        self.closed = False
        self._pressed: Pressed = lambda _name: None

    def make(self, pressed: Pressed, told: Told) -> FakeKeyboard:
        self._pressed, self.closed = pressed, False
        return self

    def bind(self, combos: Mapping[str, QKeyCombination]) -> dict[str, str]:
        self.held = {name: combo for name, combo in combos.items() if combo not in self.taken}
        return {name: TAKEN for name in combos if name not in self.held}

    def press(self, keys: str) -> None:
        for name, combo in self.held.items():
            if combo == read(keys):
                self._pressed(name)

    def close(self) -> None:
        self.held, self.closed = {}, True


@pytest.fixture
def keyboard() -> FakeKeyboard:
    return FakeKeyboard()


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("Ctrl+Shift+F12", ""),
        ("Alt+K", ""),
        ("Meta+9", ""),
        ("", ""),
        ("K", "Hold Ctrl"),
        ("Shift+F1", "Hold Ctrl"),
        ("Ctrl+Escape", "Press one key"),
        ("Ctrl+K, Ctrl+J", "Press one key"),
        ("nonsense", "Press one key"),
        ("Ctrl+Shift+F7", "key for “Pause listening, or resume” already"),
        ("Ctrl+R", "key for “Start” in the window already"),
    ],
)
def test_a_key_that_cannot_be_had_is_told_why(keys: str, told: str) -> None:
    """No plain letter is taken from other windows, and no key does two things."""
    found = problem("why", keys, wanted(KeySettings()), {"Ctrl+R": "Start"})
    assert told in found
    assert bool(found) == bool(told)


def test_the_keys_that_are_shipped_are_all_different_and_can_be_had() -> None:
    """A new installation has a working key for everything."""
    keys = wanted(KeySettings())
    assert keys.keys() == ACTIONS.keys()
    assert [problem(name, written, keys, {}) for name, written in keys.items()] == [""] * len(ACTIONS)


def test_most_keys_are_taken_only_during_a_call(qtbot: QtBot, keyboard: FakeKeyboard) -> None:
    """Other programs have their keys back as soon as the call is over, and all of them once switched off."""
    settings = KeySettings()
    hotkeys = Hotkeys(settings, make=keyboard.make)
    hotkeys.apply()
    assert set(keyboard.held) == set(ALWAYS)
    hotkeys.set_in_call(True)
    assert set(keyboard.held) == set(ACTIONS)
    hotkeys.set_in_call(False)
    assert set(keyboard.held) == set(ALWAYS)
    settings.enabled = False
    hotkeys.apply()
    assert keyboard.closed


def test_a_key_another_program_has_is_told_and_the_others_work(qtbot: QtBot, keyboard: FakeKeyboard) -> None:
    """One conflict is named; it does not cost the other keys."""
    keyboard.taken = {read("Ctrl+Shift+F7")}  # type: ignore[arg-type]
    hotkeys = Hotkeys(KeySettings(), make=keyboard.make)
    hotkeys.apply()
    hotkeys.set_in_call(True)
    assert hotkeys.problems == {"pause": TAKEN}
    assert "pause" not in hotkeys.shown()
    with qtbot.waitSignal(hotkeys.pressed) as told:
        keyboard.press("Ctrl+Shift+F8")
    assert told.args == ["start_end"]


def test_two_actions_on_one_key_leave_it_alone(qtbot: QtBot, keyboard: FakeKeyboard) -> None:
    """A key that is set twice does neither, until the settings are mended."""
    hotkeys = Hotkeys(KeySettings(pause="Ctrl+Shift+F8"), make=keyboard.make)
    hotkeys.apply()
    hotkeys.set_in_call(True)
    assert not {"pause", "start_end"} & set(keyboard.held)


def test_while_a_key_is_chosen_all_are_given_back(qtbot: QtBot, keyboard: FakeKeyboard) -> None:
    """A key that is taken would never reach the field in which it is chosen."""
    hotkeys = Hotkeys(KeySettings(), make=keyboard.make)
    hotkeys.apply()
    hotkeys.suspend(True)
    assert keyboard.held == {}
    hotkeys.suspend(False)
    assert set(keyboard.held) == set(ALWAYS)


def test_without_a_way_to_have_keys_it_says_why(qtbot: QtBot) -> None:
    """Where no key can be had nothing breaks, and the reason is there to be shown."""
    hotkeys = Hotkeys(KeySettings())
    hotkeys.apply()
    hotkeys.set_in_call(True)
    assert hotkeys.why_off == NO_DISPLAY == make_grabber(lambda _name: None, lambda: None)
    assert hotkeys.shown() == {}
    hotkeys.close()


def take_keys(desk: Desk, keyboard: FakeKeyboard) -> None:
    hotkeys = desk.app.keys.hotkeys
    hotkeys._make = keyboard.make
    hotkeys._give_back()
    hotkeys.apply()


def test_a_call_is_run_by_keys_alone(desk: Desk, keyboard: FakeKeyboard) -> None:
    """Start, why, another line, said it, not now, unfair, pause, resume, end: no window is needed."""
    take_keys(desk, keyboard)
    press, overlay, runner = keyboard.press, desk.app.overlay, desk.app.runner
    press("Ctrl+Shift+F8")
    desk.qtbot.waitUntil(lambda: runner.phase is Phase.RUNNING)
    call = desk.services.call
    assert call is not None
    for cue, key, end in (
        (sample_call.cues()[0], "Ctrl+Shift+F1", CueEnd.REPAIRED),
        (sample_call.cues()[1], "Ctrl+Shift+F2", CueEnd.DISMISSED),
        (sample_call.cues()[1], "Ctrl+Shift+F3", CueEnd.UNFAIR),
    ):
        call.send(*sample_call.turns()[:3], cue)
        desk.settle()
        press("Ctrl+Shift+F4")
        assert overlay.card.why_panel.isVisible()
        press("Ctrl+Shift+F5")
        press(key)
        desk.settle()
        assert call.cue_ends[-1] == (cue.id, end)
        assert overlay.cue is None
    press("Ctrl+Shift+F6")
    assert "black out 30" in call.asked
    press("Ctrl+Shift+F7")
    desk.qtbot.waitUntil(lambda: runner.phase is Phase.PAUSED)
    press("Ctrl+Shift+F7")
    desk.qtbot.waitUntil(lambda: runner.phase is Phase.RUNNING)
    press("Ctrl+Shift+F8")
    desk.qtbot.waitUntil(lambda: runner.phase is Phase.IDLE)
    desk.settle()


def test_a_key_unlocks_what_no_click_can_reach(desk: Desk, keyboard: FakeKeyboard) -> None:
    """The lock has a key; menu and tray follow it."""
    take_keys(desk, keyboard)
    keyboard.press("Ctrl+Shift+F9")
    assert desk.app.overlay.windowFlags() & Qt.WindowType.WindowTransparentForInput
    assert desk.app.tray.lock_action.isChecked()
    desk.app.tray.lock_action.trigger()
    assert not desk.app.overlay.windowFlags() & Qt.WindowType.WindowTransparentForInput
    assert not desk.window.actions_.lock_overlay.isChecked()


def test_keys_without_a_cue_do_nothing(desk: Desk, keyboard: FakeKeyboard) -> None:
    """A key pressed too late ends no other cue."""
    take_keys(desk, keyboard)
    call = desk.start()
    for key in ("F1", "F2", "F3", "F4", "F5"):
        keyboard.press(f"Ctrl+Shift+{key}")
    desk.settle()
    assert call.cue_ends == []
    assert desk.app.overlay.pill.isVisible()


class FakeUser32:
    """Registers keys; ``F3`` belongs to somebody else."""

    def __init__(self) -> None:
        self.keys: dict[int, tuple[int, int]] = {}

    def RegisterHotKey(self, window: None, number: int, modifiers: int, code: int) -> int:
        if code == 0x72:
            return 0
        self.keys[number] = (modifiers, code)
        return 1

    def UnregisterHotKey(self, window: None, number: int) -> int:
        del self.keys[number]
        return 1


def test_windows_is_asked_for_the_right_keys(qtbot: QtBot) -> None:
    """Modifiers and virtual keys are Windows' own, held keys do not repeat, and all are given back."""
    told: list[str] = []
    user32 = FakeUser32()
    keys = WindowsKeys(told.append, user32)
    combos = {"a": read("Ctrl+Shift+F1"), "b": read("Alt+K"), "c": read("Ctrl+F3"), "d": read("Meta+Left")}
    problems = keys.bind(combos)  # type: ignore[arg-type]
    assert problems == {"c": TAKEN}
    assert user32.keys == {1: (0x4006, 0x70), 2: (0x4001, ord("K")), 4: (0x4008, 0x25)}
    message = wintypes.MSG(None, WM_HOTKEY, 2, 0, 0, wintypes.POINT(0, 0))
    at = ctypes.addressof(message)
    assert keys.nativeEventFilter(b"windows_generic_MSG", at) == (True, 0)
    message.wParam = 3
    assert keys.nativeEventFilter(b"windows_generic_MSG", at) == (False, 0)
    assert keys.nativeEventFilter(b"xcb_generic_event_t", 0) == (False, 0)
    assert told == ["b"]
    keys.close()
    assert user32.keys == {}
