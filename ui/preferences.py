"""What the user likes: look, motion, overlay and cues; chosen in the menus, remembered, in force at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from coach.events import Cue
from coach.ports import Services
from coach.settings import CueLevel, Theme
from ui import text
from ui.look.theme import apply_theme
from ui.overlay import CueOverlay
from ui.running.call_runner import CallRunner
from ui.settings.dialog import SettingsDialog
from ui.settings.look_page import LookPage
from ui.window.main_window import MainWindow

Name = TypeVar("Name", bound=str)


class Preferences(QObject):
    """``changed`` after each change, to be saved; ``cues_chosen`` after another level was."""

    changed = Signal()
    cues_chosen = Signal()

    def __init__(
        self, services: Services, window: MainWindow, overlay: CueOverlay, runner: CallRunner
    ) -> None:
        super().__init__(window)
        self._settings = services.settings
        self._window = window
        self._overlay = overlay
        self._runner = runner
        self._page: LookPage | None = None
        actions, appearance = window.actions_, services.settings.appearance
        actions.themes[appearance.theme].setChecked(True)
        actions.levels[services.settings.cues.level].setChecked(True)
        actions.reduced_motion.setChecked(appearance.reduced_motion)
        actions.lock_overlay.setChecked(appearance.overlay_locked)
        overlay.set_locked(appearance.overlay_locked)
        for theme, action in actions.themes.items():
            action.triggered.connect(_choosing(self._choose_theme, theme))
        for level, action in actions.levels.items():
            action.triggered.connect(_choosing(self._choose_level, level))
        actions.reduced_motion.toggled.connect(self._reduce_motion)
        actions.lock_overlay.toggled.connect(self._lock_overlay)

    @Slot(object)
    def show_cue(self, cue: Cue) -> None:
        """Put a cue on the overlay, unless cues were switched off since the call began."""
        if self._settings.cues.level != "off":
            self._overlay.show_cue(cue)

    @Slot(object)
    def fill(self, dialog: SettingsDialog) -> None:
        """A settings dialog was opened: its page and the menu are two ways to the same choice."""
        self._page = page = dialog.look
        actions = self._window.actions_
        page.theme_chosen.connect(lambda theme: actions.themes[cast(Theme, theme)].trigger())
        page.motion_chosen.connect(actions.reduced_motion.setChecked)
        dialog.finished.connect(self._closed)

    @Slot(int)
    def _closed(self, _result: int) -> None:
        self._page = None

    def _choose_theme(self, theme: Theme) -> None:
        self._settings.appearance.theme = theme
        if self._page is not None:
            self._page.show_theme(theme)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, theme)
        self.changed.emit()

    def _choose_level(self, level: CueLevel) -> None:
        self._settings.cues.level = level
        if level == "off":
            self._window.toast.say("Cues are off. Sameside goes on listening and writing down.")
        elif self._runner.running:
            self._window.toast.say(f"Cues: {text.CUE_LEVELS[level].lower()}, from now on.")
        self.cues_chosen.emit()
        self.changed.emit()

    def _reduce_motion(self, reduced: bool) -> None:
        self._settings.appearance.reduced_motion = reduced
        if self._page is not None:
            self._page.show_motion(reduced)
        self._overlay.apply_appearance()
        self.changed.emit()

    def _lock_overlay(self, locked: bool) -> None:
        self._settings.appearance.overlay_locked = locked
        self._overlay.set_locked(locked)
        self.changed.emit()


def _choosing(choose: Callable[[Name], None], name: Name) -> Callable[[], None]:
    return lambda: choose(name)
