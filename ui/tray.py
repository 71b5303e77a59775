"""The tray icon: what Sameside is doing at a glance, and the way to everything else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from ui import text
from ui.keys.nameplate import APP_ID
from ui.look.icons import icon
from ui.state import HEARING, TROUBLES, AppState

if TYPE_CHECKING:
    from ui.keys.notes import DesktopNotes

_ICONS = {
    AppState.IDLE: "tray-idle",
    AppState.PREPARING: "tray-listening",
    AppState.LISTENING: "tray-listening",
    AppState.PAUSED: "tray-paused",
    AppState.NO_MICROPHONE: "tray-trouble",
    AppState.NOT_HEARING: "tray-trouble",
    AppState.TROUBLE: "tray-trouble",
}


SHOWN_MS = 20_000
"""How long a notification is asked to stay; many desktops decide that themselves."""


class Tray(QObject):
    """Asks by signals, does nothing itself. Where a desktop has no tray it stays unseen."""

    start_chosen = Signal()
    pause_chosen = Signal()
    resume_chosen = Signal()
    stop_chosen = Signal()
    overlay_toggled = Signal(bool)
    window_chosen = Signal()
    quit_chosen = Signal()
    told_clicked = Signal(object)
    told_later = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.menu = QMenu()
        self.start_action = self._action(text.START, self.start_chosen.emit)
        self.pause_action = self._action(text.PAUSE, self.pause_chosen.emit)
        self.resume_action = self._action(text.RESUME, self.resume_chosen.emit)
        self.stop_action = self._action(text.STOP, self.stop_chosen.emit)
        self.menu.addSeparator()
        self.overlay_action = self.menu.addAction(text.SHOW_OVERLAY)
        self.overlay_action.setCheckable(True)
        self.overlay_action.triggered.connect(self.overlay_toggled)
        self.lock_action = self.menu.addAction(text.LOCK_OVERLAY)
        self.lock_action.setCheckable(True)
        self.window_action = self._action(text.OPEN_WINDOW, self.window_chosen.emit)
        self.menu.addSeparator()
        self.quit_action = self._action(text.QUIT, self.quit_chosen.emit)
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self._about: object = None
        self.icon.messageClicked.connect(lambda: self._click(self._about))
        self.notes = _notes(self)
        if self.notes is not None:
            self.notes.clicked.connect(self._click)
            self.notes.later.connect(self.told_later)
        self._wanted = False
        self.state = AppState.IDLE
        self.set_state(AppState.IDLE)

    def show(self) -> None:
        """Appear in the tray; where there is none yet, look again whenever the state changes."""
        self._wanted = True
        if not self.icon.isVisible() and self.is_available():
            self.icon.show()

    def hide(self) -> None:
        self._wanted = False
        self.icon.hide()
        if self.notes is not None:
            self.notes.close()

    def tell(self, title: str, words: str, later: str = "", about: object = None) -> bool:
        """A notification of the desktop; false where it has none.

        ``told_clicked`` when it is clicked, ``told_later`` when the button named ``later`` is, both with what
        it is ``about``: older ones stay to be pressed. About nothing, a click is ``window_chosen``. Only
        desktops on D-Bus have buttons: they are asked first.
        """
        if not self._wanted:
            return False
        # Of messages by the icon only the last can be clicked.
        self._about = about
        if self.notes is not None and self.notes.tell(
            title, words, SHOWN_MS, lambda: self._by_icon(title, words), later, about
        ):
            return True
        return self._by_icon(title, words)

    def _by_icon(self, title: str, words: str) -> bool:
        if not (self._wanted and self.is_available() and QSystemTrayIcon.supportsMessages()):
            return False
        self.icon.showMessage(title, words, self.icon.icon(), SHOWN_MS)
        return True

    @staticmethod
    def is_available() -> bool:
        """Whether the window may be closed to the tray: without one it must stay reachable."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    @Slot(object)
    def set_state(self, state: AppState, *, ending: bool = False) -> None:
        """Icon, tooltip, and which of start, pause, resume and stop are offered: none while a call ends.

        Trouble changes the picture only: the call it interrupts can still be paused or stopped.
        """
        self.state = state
        self.icon.setIcon(icon(_ICONS[state], "#000000"))
        self.icon.setToolTip(f"{text.PRODUCT}: {text.STATE_NAMES[state]}")
        if self._wanted:
            self.show()
        if ending:
            for action in (self.start_action, self.pause_action, self.resume_action, self.stop_action):
                action.setVisible(False)
            return
        if state in TROUBLES:
            if self.resume_action.isVisible():
                # Resumed into trouble that was there before: the call goes on.
                self.resume_action.setVisible(False)
                self.pause_action.setVisible(True)
            return
        self.start_action.setVisible(state is AppState.IDLE)
        self.pause_action.setVisible(state in HEARING)
        self.resume_action.setVisible(state is AppState.PAUSED)
        self.stop_action.setVisible(state is not AppState.IDLE)

    def follow_lock(self, lock: QAction) -> None:
        """The window's own lock, from here too: a locked overlay takes no click that could unlock it."""
        self.lock_action.setChecked(lock.isChecked())
        lock.toggled.connect(self.lock_action.setChecked)
        self.lock_action.toggled.connect(lock.setChecked)

    def set_overlay_shown(self, shown: bool) -> None:
        """Tick or untick "Show overlay" without asking for anything."""
        self.overlay_action.setChecked(shown)

    def _action(self, name: str, chosen: Callable[[], None]) -> QAction:
        action = self.menu.addAction(name)
        action.triggered.connect(lambda: chosen())
        return action

    @Slot(object)
    def _click(self, about: object) -> None:
        if about is None:
            self.window_chosen.emit()
        else:
            self.told_clicked.emit(about)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self.window_chosen.emit()


def _notes(parent: QObject) -> DesktopNotes | None:
    """What shows notifications with a button, and where there is no tray: Linux desktops, on D-Bus."""
    if sys.platform != "linux":
        return None
    from ui.keys.notes import DesktopNotes

    return DesktopNotes(APP_ID, parent)
