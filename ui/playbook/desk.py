"""Brings the playbook into its room, and leads from there to practice and to trying a sentence."""

from __future__ import annotations

from PySide6.QtCore import QObject

from coach.ports import Services
from ui.ear.desk import EarDesk
from ui.settings.dialog import OWN_MOVES
from ui.window.main_window import PLAYBOOK, PRACTICE, MainWindow


class PlaybookDesk(QObject):
    def __init__(self, services: Services, window: MainWindow, ear: EarDesk) -> None:
        super().__init__(window)
        self._services, self._window, self._ear = services, window, ear
        window.room_entered.connect(self._enter)
        leaf = window.playbook.leaf
        leaf.practise_wanted.connect(self._practise)
        leaf.try_wanted.connect(lambda: ear.open_settings(OWN_MOVES))

    def _enter(self, room: str) -> None:
        if room == PLAYBOOK:
            self._window.playbook.show_book(self._services.handbook())

    def _practise(self, move: str) -> None:
        """Drills on one move, in the room for it."""
        practice = self._window.practice
        practice.choose_move(move)
        self._window.go_to(PRACTICE)
