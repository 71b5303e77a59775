"""Brings the list of past calls and the store together, off the main thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from coach.errors import KnownError
from coach.events import CallListing, CallRecord, CallSummary
from coach.ports import CallStore, Services
from coach.services.keeping import past_keeping, waited_for
from ui import text
from ui.dialogs.erase_call import EraseCallDialog
from ui.window.main_window import CALLS, MainWindow
from ui.work import Background

CODE = "retired"
"""The banner that tells which calls were kept long enough."""


class CallsDesk(QObject):
    """``opened(record, summary, room)`` when a call was asked for in a room and read; ``failed`` with a
    ``KnownError``."""

    opened = Signal(object, object, str)
    failed = Signal(object)
    listed = Signal()
    changed = Signal()
    """A call was deleted or came back: what else shows something of it reads otherwise now."""

    def __init__(
        self,
        services: Services,
        background: Background,
        window: MainWindow,
        parent: QObject,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now().astimezone(),
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._services = services
        self._background = background
        self._page = page = window.calls
        self._toast, self._banners = window.toast, window.banners
        self._listing = False
        self._again = False
        window.room_entered.connect(lambda room: self._enter() if room == CALLS else None)
        page.search_changed.connect(lambda _query: self.refresh())
        page.open_wanted.connect(lambda call_id: self.open(call_id))
        page.delete_wanted.connect(self.delete)
        page.erase_wanted.connect(self.ask_to_erase)
        page.restore_wanted.connect(self.bring_back)
        page.deleted_toggled.connect(lambda _shown: self.refresh())

    def _enter(self) -> None:
        """A call may have been kept by a command in the terminal since the list was read."""
        self._page.take_focus()
        self.refresh()

    def refresh(self) -> None:
        """Read the list for what stands in the search box. Typing fast asks once, for the last words."""
        if self._listing:
            self._again = True
            return
        self._listing, self._again = True, False
        query, deleted = self._page.search.text(), self._page.shows_deleted

        def read() -> tuple[list[CallListing], int]:
            store = self._services.store()
            return store.listing(query, deleted=deleted), len(store.listing(deleted=True))

        self._background.run(read, lambda found: self._show(*found, query), self._fail)

    def open(self, call_id: str, room: str = "calls") -> None:
        """``room`` is where Back leads to."""
        self._background.run(
            lambda: self._services.store().load(call_id),
            lambda found: self._open(*found, room),
            self.failed.emit,
        )

    def delete(self, call_id: str) -> None:
        """Delete at once and offer to undo it: no question asked, nothing lost."""
        self._change(lambda store: store.delete(call_id), lambda: self._offer_undo(call_id))

    def ask_to_erase(self, call: CallListing) -> None:
        """For good, as where a customer asks to be forgotten: only after a question."""
        dialog = EraseCallDialog(call.title, self._page)
        dialog.accepted.connect(lambda: self._erase(call.id))
        dialog.open()

    def _erase(self, call_id: str) -> None:
        self._change(lambda store: store.forget(call_id), self._tell_erased)

    def _tell_erased(self) -> None:
        # Whoever presses Ctrl+Z now means this call, and would get another one back.
        self._toast.forget_undos()
        self._toast.say("Call deleted for good.")

    def bring_back(self, call_id: str) -> None:
        """Out of the list of those that were deleted."""
        self._change(lambda store: store.restore(call_id), lambda: self._toast.say("Back among your calls."))

    def restore(self, *call_ids: str) -> None:
        def put_back(store: CallStore) -> None:
            for call_id in call_ids:
                store.restore(call_id)

        self._change(put_back, lambda: None)

    def retire(self) -> None:
        """Delete the calls that were kept for as long as the agent wanted, and offer to undo it."""
        privacy = self._services.settings.privacy
        days = privacy.keep_days
        # The organisation's limit, unless the agent chose less.
        why = (
            "as your organisation set it"
            if days == privacy.most("keep_days")
            else "as you chose in the settings"
        )

        def delete_old() -> list[str]:
            store = self._services.store()
            waiting = waited_for(self._services.follow_up.overview())
            old = past_keeping(store.listing(), waiting, days, self._now())
            for call_id in old:
                store.delete(call_id)
            return old

        if days:
            self._background.run(delete_old, lambda old: self._tell_retired(old, days, why), self.failed.emit)

    def _tell_retired(self, old: list[str], days: int, why: str) -> None:
        if old:
            calls = text.count_text(len(old), "call", "calls")
            kept = text.count_text(days, "day", "days")
            message = (
                f"{calls} older than {kept} deleted, {why}. For seven days they are "
                "among the deleted calls of the room Calls."
            )
            # It was not asked for just now: it stays until it is seen, whatever else is said at a start.
            self._banners.show_message(CODE, message, "plain").offer(text.UNDO, lambda: self._unretire(old))
            self.refresh()

    def _unretire(self, old: list[str]) -> None:
        self._banners.dismiss(CODE)
        self.restore(*old)

    def _change(self, change: Callable[[CallStore], None], then: Callable[[], None]) -> None:
        def done(_none: None) -> None:
            then()
            self.refresh()
            self.changed.emit()

        self._background.run(lambda: change(self._services.store()), done, self.failed.emit)

    def _offer_undo(self, call_id: str) -> None:
        self._toast.say("Call deleted.", text.UNDO, lambda: self.restore(call_id))

    def _show(self, calls: list[CallListing], deleted: int, query: str) -> None:
        self._listing = False
        if self._again:
            self.refresh()
            return
        if self._page.shows_deleted and not deleted:
            # The last of them is back, or gone.
            self._page.deleted_button.setChecked(False)
            self.refresh()
            return
        self._page.show_calls(calls, query, deleted)
        self.listed.emit()

    def _fail(self, error: KnownError) -> None:
        self._listing = False
        self.failed.emit(error)

    def _open(self, record: CallRecord, summary: CallSummary | None, room: str) -> None:
        if summary is None:
            self.failed.emit(
                KnownError("call-unfinished", "This call is still running, so it has no summary yet.")
            )
        else:
            self.opened.emit(record, summary, room)
