"""Keeps what is chosen on the settings page about commitments."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from PySide6.QtCore import QObject, Signal, Slot

from coach.commitments.public_holidays import public_holidays
from coach.errors import KnownError
from coach.settings import Settings
from ui.settings.commitments_page import CommitmentsSettingsPage
from ui.settings.dialog import SettingsDialog
from ui.work import Background


class CommitmentChoices(QObject):
    """``changed`` after each choice, to be saved; ``failed`` where no page is there any more to say it."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, settings: Settings, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._background = background
        self._page: CommitmentsSettingsPage | None = None
        self._asked: str | None = None
        """The country that is being looked up: it is to be kept though the settings are closed meanwhile."""

    @Slot(object)
    def fill(self, dialog: SettingsDialog) -> None:
        """A settings dialog was opened."""
        self._page = dialog.commitments
        self._page.kept.connect(self._keep)
        self._page.country_asked.connect(self._look_up)
        dialog.finished.connect(self._closed)

    @Slot(str, str, object)
    def _keep(self, section: str, name: str, value: object) -> None:
        setattr(getattr(self._settings, section), name, value)
        self.changed.emit()

    @Slot(str)
    def _look_up(self, code: str) -> None:
        """The table of holidays takes a moment to load, so it is asked elsewhere."""
        self._asked = code

        def known(holidays: int) -> None:
            if self._page is not None:
                self._page.show_country(code, holidays)
            elif self._asked == code:
                self._keep("office", "country", code)
            self._answered(code)

        def unknown(error: KnownError) -> None:
            if self._page is not None:
                self._page.show_country(code, 0, error.message)
            elif self._asked == code:
                self.failed.emit(error)
            self._answered(code)

        self._background.run(lambda: _holidays(code), known, unknown)

    def close(self) -> None:
        """What was asked last is not answered any more once the app closes."""
        code, self._asked = self._asked, None
        if code is None:
            return
        with suppress(KnownError):
            _holidays(code)
            self._keep("office", "country", code)

    def _answered(self, code: str) -> None:
        if self._asked == code:
            self._asked = None

    @Slot(int)
    def _closed(self, _result: int) -> None:
        self._page = None


def _holidays(code: str) -> int:
    """How many there are this year. Raises ``KnownError`` where the country is not known."""
    year = dt.date.today().year
    return sum(day.year == year for day in public_holidays(code, year)) if code else 0
