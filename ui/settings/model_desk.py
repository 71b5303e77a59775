"""Keeps what is chosen about a language model on this machine, and tries it off the main thread."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Signal, Slot

from coach.errors import KnownError
from coach.ports import Services
from coach.values.revisions import ModelTrial
from ui.settings.dialog import SettingsDialog
from ui.settings.model_page import ModelPage
from ui.work import Background


class ModelDesk(QObject):
    """``changed`` after each choice, to be saved. ``background`` may wait long: models are slow."""

    changed = Signal()

    def __init__(self, services: Services, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._summaries = services.summaries
        self._settings = services.settings.local_model
        self._background = background
        self._page: ModelPage | None = None

    @Slot(object)
    def attach(self, dialog: SettingsDialog) -> None:
        """A settings dialog was opened."""
        self._page = dialog.model
        self._page.kept.connect(self._keep)
        self._page.try_wanted.connect(self._try)
        dialog.finished.connect(self._closed)

    @Slot(str, object)
    def _keep(self, name: str, value: object) -> None:
        setattr(self._settings, name, value)
        self.changed.emit()

    @Slot(str, str)
    def _try(self, address: str, name: str) -> None:
        page = self._page

        def ask() -> tuple[ModelTrial, float]:
            began = time.monotonic()
            return self._summaries.try_model(address, name), time.monotonic() - began

        def found(got: tuple[ModelTrial, float]) -> None:
            if page is not None and self._page is page:
                page.show_trial(*got)

        def failed(error: KnownError) -> None:
            if page is not None and self._page is page:
                page.show_problem(error.message)

        self._background.run(ask, found, failed)

    @Slot(int)
    def _closed(self, _result: int) -> None:
        self._page = None
