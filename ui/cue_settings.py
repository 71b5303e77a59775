"""Keeps what is chosen on the settings page about cues."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Signal, Slot

from coach.settings import CueLevel, CueSettings
from ui.settings.cues_page import CuesPage
from ui.settings.dialog import SettingsDialog
from ui.window.menus import Actions


class CueChoices(QObject):
    """``changed`` after each choice, to be saved. The level is the menu's too: one follows the other."""

    changed = Signal()
    counts_chosen = Signal(bool)
    """Whether the running call counts its flags and repairs where the agent sees it."""

    def __init__(self, cues: CueSettings, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cues = cues
        self._actions = actions
        self._page: CuesPage | None = None
        for level, action in actions.levels.items():
            action.triggered.connect(lambda _on=False, level=level: self._show_level(level))

    @Slot(object)
    def fill(self, dialog: SettingsDialog) -> None:
        """A settings dialog was opened."""
        self._page = page = dialog.cues
        page.level_chosen.connect(lambda level: self._actions.levels[cast(CueLevel, level)].trigger())
        page.kept.connect(self._keep)
        dialog.finished.connect(self._closed)

    @Slot(str, object)
    def _keep(self, name: str, value: object) -> None:
        setattr(self._cues, name, value)
        if name == "counts":
            self.counts_chosen.emit(value)
        self.changed.emit()

    def _show_level(self, level: CueLevel) -> None:
        if self._page is not None:
            self._page.show_level(level)

    @Slot(int)
    def _closed(self, _result: int) -> None:
        self._page = None
