"""Turns errors and failures into banners people can act on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from coach.errors import KnownError
from coach.events import Failure
from coach.ports import Services
from ui import text
from ui.readiness import PASSPHRASE_CODES, PASSPHRASE_NEW, Readiness
from ui.state import FASTER_MODEL, USUAL_MODEL, AppState, state_after
from ui.window.main_window import MainWindow
from ui.work import Background

_STORE_CODES = ("store-", "disk-")
_OF_MICROPHONES = (AppState.NO_MICROPHONE, AppState.NOT_HEARING)


class Notices(QObject):
    microphone_wanted = Signal()
    """The list of microphones is asked for, from a banner about the one in use."""
    _store_wanted = Signal()

    def __init__(self, services: Services, background: Background, window: MainWindow) -> None:
        super().__init__(window)
        self._services = services
        self._background = background
        self._window = window
        self._store_is_open = False

    def tell_policy(self) -> None:
        """What is wrong with what the organisation laid down: the user can only pass it on."""
        trouble = self._services.policy_trouble
        if trouble is not None:
            self._show(trouble.code, trouble.message)

    @Slot(object)
    def show_error(self, error: KnownError) -> None:
        """A banner; one about the store offers to try again."""
        self._window.toast.undo_failed()
        self._show(error.code, error.message)

    @Slot(object)
    def show_failure(self, failure: Failure) -> None:
        """What happened during a call. What has come right by itself takes its banner away."""
        if failure.code == USUAL_MODEL or failure.recovered:
            self._window.banners.dismiss(FASTER_MODEL if failure.code == USUAL_MODEL else failure.code)
            self._window.toast.say(failure.message)
        else:
            self._show(failure.code, failure.message)

    @Slot(bool)
    def call_runs(self, running: bool) -> None:
        """A call that begins tells itself of its microphone: what the one before said of it may be over.

        That recognition was eased is of no more use once nobody is heard.
        """
        if not running:
            self._window.banners.dismiss(FASTER_MODEL)
            return
        for banner in self._window.banners.banners:
            if state_after(banner.code) in _OF_MICROPHONES:
                self._window.banners.dismiss(banner.code)

    def follow(self, readiness: Readiness) -> None:
        """Tell why the store, or what else it gets ready, is not; the banner leads to another try."""
        readiness.failed.connect(self.show_error)
        readiness.opened.connect(self._store_opened)
        self._store_wanted.connect(readiness.open_store)

    @Slot()
    def _store_opened(self) -> None:
        """Nothing keeps it shut any more."""
        self._store_is_open = True
        for banner in self._window.banners.banners:
            if banner.code in PASSPHRASE_CODES or banner.code.startswith(_STORE_CODES):
                self._window.banners.dismiss(banner.code)

    def _try_again(self, code: str) -> None:
        """Before the store was open there is no call that could wait to be saved."""
        if self._store_is_open:
            self.retry_saving(code)
        else:
            self._store_wanted.emit()

    def retry_saving(self, code: str) -> None:
        def done(saved: bool) -> None:
            if saved:
                self._window.banners.dismiss(code)
                self._window.toast.say("The call is saved.")
            else:
                self._window.say("It could not be saved yet. Nothing is lost while Sameside stays open.")

        self._background.run(self._services.retry_saving, done, self.show_error)

    def _show(self, code: str, message: str) -> None:
        state = state_after(code)
        banner = self._window.banners.show_message(code, message, "danger" if state else "plain")
        if code.startswith(_STORE_CODES):
            banner.offer(text.TRY_AGAIN, lambda: self._try_again(code))
        elif code in PASSPHRASE_CODES:
            choose = code == PASSPHRASE_NEW
            banner.offer("Choose one…" if choose else "Enter it…", self._store_wanted.emit)
        elif state in _OF_MICROPHONES:
            banner.offer("Choose a microphone…", self.microphone_wanted.emit)
