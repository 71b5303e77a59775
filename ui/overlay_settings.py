"""Keeps what is chosen on the settings page about the overlay and the keys."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from coach.settings import Settings
from ui.keys.hotkeys import Hotkeys
from ui.overlay import CueOverlay
from ui.settings.dialog import SettingsDialog
from ui.settings.overlay_page import OverlayPage
from ui.window.menus import Actions


class OverlaySettings(QObject):
    """``changed`` after each choice, to be saved."""

    changed = Signal()

    def __init__(
        self,
        settings: Settings,
        overlay: CueOverlay,
        hotkeys: Hotkeys,
        actions: Actions,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._overlay = overlay
        self._hotkeys = hotkeys
        self._actions = actions
        self._page: OverlayPage | None = None
        self._unsaved = False
        hotkeys.changed.connect(self._show_keys)
        actions.lock_overlay.toggled.connect(self._show_locked)

    @Slot(object)
    def fill(self, dialog: SettingsDialog) -> None:
        """A settings dialog was opened."""
        self._page = page = dialog.overlay
        page.opacity_chosen.connect(self._choose_opacity)
        page.screen_chosen.connect(self._choose_screen)
        page.lock_chosen.connect(self._actions.lock_overlay.setChecked)
        page.private_chosen.connect(self._choose_private)
        page.keys_switched.connect(self._switch_keys)
        page.key_chosen.connect(self._choose_key)
        page.recording.connect(self._hotkeys.suspend)
        page.configure_wanted.connect(self._hotkeys.configure)
        dialog.finished.connect(self._closed)
        page.show_screens(screens(), self._overlay.screen_name())
        self._show_keys()

    def _choose_opacity(self, opacity: float) -> None:
        self._settings.appearance.overlay_opacity = opacity
        self._overlay.apply_appearance()
        self._unsaved = True

    def _choose_screen(self, name: str) -> None:
        for screen in QGuiApplication.screens():
            if screen.name() == name:
                self._overlay.stand_on(screen)

    def _choose_private(self, private: bool) -> None:
        self._settings.appearance.overlay_private = private
        self._overlay.apply_appearance()
        self.changed.emit()

    def _switch_keys(self, on: bool) -> None:
        self._settings.keys.enabled = on
        self._hotkeys.apply()
        self.changed.emit()

    def _choose_key(self, name: str, keys: str) -> None:
        setattr(self._settings.keys, name, keys)
        self._hotkeys.apply()
        self.changed.emit()

    @Slot()
    def _show_keys(self) -> None:
        if self._page is not None:
            self._page.show_keys(self._hotkeys.why_off, self._hotkeys.told())
            self._page.show_given(self._hotkeys.given, self._hotkeys.can_configure)

    @Slot(bool)
    def _show_locked(self, locked: bool) -> None:
        if self._page is not None:
            self._page.show_locked(locked)

    @Slot(int)
    def _closed(self, _result: int) -> None:
        self._page = None
        self._hotkeys.suspend(False)
        if self._unsaved:
            self._unsaved = False
            self.changed.emit()


def screens() -> list[tuple[str, str]]:
    """Name of each screen, and what to call it: its number from the left, its size."""
    found = sorted(QGuiApplication.screens(), key=lambda one: (one.geometry().x(), one.geometry().y()))
    named = []
    for number, screen in enumerate(found, 1):
        size = screen.size() * screen.devicePixelRatio()
        main = ", the main one" if screen is QGuiApplication.primaryScreen() else ""
        named.append((screen.name(), f"Screen {number} ({size.width()} × {size.height()}{main})"))
    return named
