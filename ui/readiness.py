"""What must be in place before a call or the list of calls: consent, model files, an open store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from coach.errors import KnownError
from coach.ports import CallStore, Services
from coach.settings import CONSENT_TEXTS, Profile
from ui.dialogs.consent import ConsentDialog
from ui.dialogs.models import ModelsDialog
from ui.dialogs.passphrase import PassphraseDialog
from ui.work import Background

Then = Callable[[], None]
Dialog = ConsentDialog | ModelsDialog | PassphraseDialog

PASSPHRASE_NEW = "passphrase-new"
PASSPHRASE_CODES = (PASSPHRASE_NEW, "passphrase-needed", "passphrase-wrong")


class Readiness(QObject):
    """Each method calls ``then`` once its condition holds; where the user declines, nothing happens.

    One dialog is open at a time: what is asked for meanwhile waits for its answer.
    """

    failed = Signal(object)
    """A ``KnownError`` that no dialog can answer."""
    declined = Signal()
    """A dialog was answered with no: what it was asked for does not happen."""
    opened = Signal()
    """The store is open: said once, the first time, before what asked for it goes on."""

    def __init__(
        self,
        services: Services,
        background: Background,
        window: QWidget,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        super().__init__(window)
        self._today = today
        self._services = services
        self._background = background
        self._window = window
        self.dialog: Dialog | None = None
        self._waiting: list[Then] = []
        self._is_open = False

    def before_call(self, then: Then) -> None:
        """Consent to what is captured where one talks, then the model files, then the store."""
        self._consent(lambda: self.models_here(lambda: self.store_open(then)), everywhere=False)

    def consented(self, then: Then) -> None:
        """Any of the texts about what is captured was agreed to, wherever one talks now."""
        self._consent(then, everywhere=True)

    def read_again(self) -> None:
        """The text for where one talks, with the day it was agreed to."""
        consent, profile = self._services.settings.consent, self._services.settings.listening.profile
        dialog = ConsentDialog(
            QApplication.activeModalWidget() or self._window,
            profile,
            read_again=True,
            agreed_on=consent.agreed_on.get(profile),
        )
        dialog.open()

    def close(self) -> None:
        """Nothing is asked any more; a download is left, and goes on another time."""
        if self.dialog is not None:
            self.dialog.reject()

    def _consent(self, then: Then, everywhere: bool) -> None:
        consent, profile = self._services.settings.consent, self._services.settings.listening.profile
        if consent.covers(profile) or (everywhere and consent.first_run_done):
            then()
        elif self.dialog is None:
            dialog = ConsentDialog(
                self._window,
                profile,
                first=not consent.first_run_done,
                changed=consent.agreed(profile),
                agreed_on=consent.agreed_on.get(profile),
                choose=not self._services.settings.listening.is_laid_down("profile"),
            )
            self._open(dialog, lambda: self._remember(dialog.profile, then))
        else:
            self._waiting.append(lambda: self._consent(then, everywhere))

    def models_here(self, then: Then) -> None:
        self._background.run(
            self._services.models_missing, lambda missing: self._fetch(missing, then), self.failed.emit
        )

    def store_open(self, then: Then) -> None:
        """Also asks for the passphrase, as often as it is wrong."""

        def opened(_store: CallStore) -> None:
            self._go_on(then)

        self._background.run(self._services.store, opened, lambda error: self._ask(error, then))

    def open_store(self) -> None:
        """Nothing but that: what waits for it hears of it by ``opened``."""
        self.store_open(lambda: None)

    def _go_on(self, then: Then) -> None:
        if not self._is_open:
            self._is_open = True
            self.opened.emit()
        then()

    def _remember(self, profile: Profile, then: Then) -> None:
        consent = self._services.settings.consent
        # At the very first it is chosen in the dialog.
        self._services.settings.listening.profile = profile
        consent.agreed_on = {**consent.agreed_on, profile: self._today()}
        consent.texts = {**consent.texts, profile: CONSENT_TEXTS[profile]}
        consent.first_run_done = True
        self._background.run(self._services.save_settings, lambda _none: None, self.failed.emit)
        then()

    def _fetch(self, missing: list[str], then: Then) -> None:
        if not missing:
            then()
        elif self.dialog is None:
            dialog = ModelsDialog(self._services, missing, self._background, self._window)
            self._open(dialog, then)
        else:
            self._waiting.append(lambda: self.models_here(then))

    def _ask(self, error: KnownError, then: Then) -> None:
        if error.code not in PASSPHRASE_CODES:
            self.failed.emit(error)
        elif self.dialog is None:
            dialog = PassphraseDialog(error.message, error.code == PASSPHRASE_NEW, self._window)
            dialog.offered.connect(lambda passphrase: self._unlock(dialog, passphrase))
            self._open(dialog, lambda: self._go_on(then), lambda: self.failed.emit(error))
        else:
            self._waiting.append(lambda: self.store_open(then))

    def _unlock(self, dialog: PassphraseDialog, passphrase: str) -> None:
        def unlocked(_none: None) -> None:
            # Cancelled while it was tried, the dialog is gone.
            if self.dialog is dialog:
                dialog.accept()

        def refused(error: KnownError) -> None:
            if self.dialog is dialog:
                dialog.refuse(error.message)

        self._background.run(lambda: self._services.unlock(passphrase), unlocked, refused)

    def _open(self, dialog: Dialog, accepted: Then, declined: Then = lambda: None) -> None:
        def finish(result: int) -> None:
            # Cleared first: what follows may open the next dialog.
            self.dialog = None
            (accepted if result else declined)()
            if not result:
                self.declined.emit()
            waiting, self._waiting = self._waiting, []
            for ask_again in waiting if result else []:
                ask_again()

        self.dialog = dialog
        dialog.finished.connect(finish)
        dialog.open()
