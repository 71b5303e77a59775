"""The menu bar: everything the window can do, with its keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from coach.settings import CueLevel, Theme
from ui import text
from ui.running.call_runner import ENDS, HEARS, Phase

Name = TypeVar("Name", bound=str)

_LEVEL_KEYS: dict[CueLevel, str] = {
    "new": "Ctrl+1",
    "standard": "Ctrl+2",
    "quiet": "Ctrl+3",
    "off": "Ctrl+4",
}
_THEMES: dict[Theme, tuple[str, str]] = {
    "system": ("As the &system has it", "Ctrl+Shift+S"),
    "light": ("&Light", "Ctrl+Shift+L"),
    "dark": ("&Dark", "Ctrl+Shift+D"),
}


class Actions:
    """Every action of the window. The keys work wherever the focus is."""

    def __init__(self, window: QMainWindow) -> None:
        self.window = window
        bar = window.menuBar()
        call = bar.addMenu("&Call")
        self.start_stop = self._add(call, "&Start", "Ctrl+R")
        self.pause = self._add(call, "&Pause", "Ctrl+P")
        self.black_out = self._add(call, f"&Black out {text.BLACK_OUT_S} seconds", "Ctrl+B")
        self.confirm = self._add(call, "Confirm the c&ommitment", "Ctrl+K")
        self.drop = self._add(call, "&Not a commitment", "Ctrl+D")
        call.addSeparator()
        self.levels = self._choices(
            call.addMenu("C&ues"),
            {level: (text.CUE_LEVELS[level], keys) for level, keys in _LEVEL_KEYS.items()},
        )
        call.addSeparator()
        self.open_recording = self._add(call, "&Open recordings…", "Ctrl+O")
        self.open_folder = self._add(call, "Open a &folder of recordings…", "Ctrl+Shift+F")
        self.export = self._add(call, "&Export the summary…", "Ctrl+E")
        self.review = self._add(call, "Re&view the call that is shown", "Ctrl+Shift+R")
        call.addSeparator()
        self.settings = self._add(call, "S&ettings…", "Ctrl+,")
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        call.addSeparator()
        self.quit = self._add(call, f"&Quit {text.PRODUCT}", QKeySequence(QKeySequence.StandardKey.Quit))
        if self.quit.shortcut().isEmpty():
            self.quit.setShortcut("Ctrl+Q")
        view = bar.addMenu("&View")
        self.now = self._add(view, "&Now", "Alt+1")
        self.calls = self._add(view, "&Calls", "Alt+2")
        self.commitments = self._add(view, "Co&mmitments", "Alt+3")
        self.practice = self._add(view, "P&ractice", "Alt+4")
        self.team = self._add(view, "T&eam", "Alt+5")
        self.recordings = self._add(view, "Recor&dings", "Alt+6")
        self.playbook = self._add(view, "Pla&ybook", "Alt+7")
        view.addSeparator()
        self.search = self._add(view, "&Search", "Ctrl+F")
        self.jump = self._add(view, "&Jump to latest", "Ctrl+End")
        view.addSeparator()
        self.overlay = self._tick(view, "Show o&verlay", "Ctrl+Shift+O")
        self.lock_overlay = self._tick(view, "Loc&k overlay (clicks go through)", "Ctrl+L")
        view.addSeparator()
        self.themes = self._choices(view.addMenu("&Theme"), _THEMES)
        self.reduced_motion = self._tick(view, "&Reduced motion", "Ctrl+Shift+M")
        view.addSeparator()
        self.undo = self._add(view, "&Undo", "Ctrl+Z")
        self.back = self._add(view, "&Back or dismiss", "Esc")
        self._add_help(bar.addMenu("&Help"))

    def _add_help(self, help_menu: QMenu) -> None:
        self.keys = self._add(help_menu, "&Keys", "F1")
        self.example = self._add(help_menu, "See an &example…")
        self.privacy = self._add(help_menu, "&What is captured")
        self.about = self._add(help_menu, f"&About {text.PRODUCT}")
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

    def show_phase(self, phase: Phase, begun: bool) -> None:
        """Start or stop, pause or resume: what the two actions do now. Of a call that has not ``begun``
        nothing was heard that could be answered: it may be paused while its models load."""
        idle = phase is Phase.IDLE
        self.start_stop.setText(f"&{text.START if idle else text.STOP}")
        self.start_stop.setEnabled(phase not in ENDS)
        self.pause.setText("&Resume" if phase is Phase.PAUSED else "&Pause")
        self.pause.setEnabled(phase in (*HEARS, Phase.PAUSED))
        self.black_out.setEnabled(phase in HEARS)
        for answer in (self.confirm, self.drop):
            answer.setEnabled(begun and phase in (Phase.RUNNING, Phase.PAUSED))

    def connect_all(self, slots: dict[QAction, Callable[[], object]]) -> None:
        for action, slot in slots.items():
            action.triggered.connect(_without_checked(slot))

    def connect_rooms(self, go_to: Callable[[str], object]) -> None:
        """The entries of the rooms, by the names the window has for them."""
        for room in ("now", "calls", "commitments", "practice", "team", "recordings", "playbook"):
            action: QAction = getattr(self, room)
            action.triggered.connect(_without_checked(partial(go_to, room)))

    def _tick(self, menu: QMenu, label: str, keys: str) -> QAction:
        action = self._add(menu, label, keys)
        action.setCheckable(True)
        return action

    def _choices(self, menu: QMenu, choices: Mapping[Name, tuple[str, str]]) -> dict[Name, QAction]:
        """One of several; ``choices`` gives label and keys of each."""
        group = QActionGroup(self.window)
        made = {}
        for name, (label, keys) in choices.items():
            made[name] = self._tick(menu, label, keys)
            group.addAction(made[name])
        return made

    def _add(self, menu: QMenu, label: str, keys: str | QKeySequence = "") -> QAction:
        action = menu.addAction(label)
        if keys:
            action.setShortcut(QKeySequence(keys))
        return action


def _without_checked(slot: Callable[[], object]) -> Callable[[bool], object]:
    def triggered(_checked: bool) -> object:
        return slot()

    return triggered
