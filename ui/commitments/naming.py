"""Whom calls are with: given before, in or after a call, kept with it, and used for the brief."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from coach.errors import KnownError
from coach.events import CallSource, SessionStarted, SessionStopped
from coach.ports import Services
from coach.values.follow_up import Brief, Overview
from ui.bridge import EventBridge
from ui.commitments.desk import CommitmentsDesk
from ui.window.main_window import MainWindow
from ui.work import Background


class NamingDesk(QObject):
    """``failed`` with a ``KnownError``. A name that cannot be kept yet is tried again when the call ends."""

    failed = Signal(object)
    changed = Signal()

    def __init__(
        self,
        services: Services,
        background: Background,
        bridge: EventBridge,
        window: MainWindow,
        desk: CommitmentsDesk,
    ) -> None:
        super().__init__(window)
        self._follow_up = services.follow_up
        self._background = background
        self._page = window.summary
        self.bar = window.live.with_bar
        self._known: set[str] = set()
        self._call_id = ""
        self._kept = ""
        self.bar.typed.connect(self._look_up)
        self.bar.named.connect(self._keep)
        self.bar.brief_wanted.connect(desk.show_brief)
        bridge.session_started.connect(self._begin)
        bridge.session_stopped.connect(self._end)
        self._page.call_shown.connect(self._show_reference)
        self._page.name_wanted.connect(desk.ask_name)
        desk.named.connect(self._show_reference)
        desk.named.connect(lambda _call_id: self.refresh())

    @Slot()
    def refresh(self) -> None:
        """Read anew whom calls were with."""
        self._background.run(self._follow_up.abouts, self._show_known, self.failed.emit)

    def _show_known(self, names: list[str]) -> None:
        self._known = {name.casefold() for name in names}
        self.bar.show_known(names)
        self._look_up(self.bar.name)

    @Slot(str)
    def _look_up(self, name: str) -> None:
        if name.casefold() not in self._known:
            self.bar.show_brief(None, None)
            return

        def found(read: tuple[Brief, Overview]) -> None:
            # Typing went on meanwhile: what was read is of no use then.
            if self.bar.name == name:
                self.bar.show_brief(*read)

        self._background.run(
            lambda: (self._follow_up.brief(name), self._follow_up.overview()), found, self.failed.emit
        )

    @Slot(object)
    def _begin(self, started: SessionStarted) -> None:
        live = started.header.source is CallSource.LIVE
        self._call_id, self._kept = (started.header.id, "") if live else ("", "")
        self.bar.setVisible(live)
        if self.bar.name:
            self._keep(self.bar.name)

    @Slot(str)
    def _keep(self, name: str) -> None:
        """During a call at once, so that it is there after a crash; before one it waits in the field."""
        call_id = self._call_id
        if not call_id or name == self._kept:
            return

        # Not only once it is kept: cleared meanwhile, it would be kept all the same.
        self._kept = name
        # The call may not be in the store yet, as when the disk is full: its end tries again, and says so.
        self._background.run(
            lambda: self._follow_up.set_reference(call_id, name), lambda _none: None, lambda _error: None
        )

    @Slot(object)
    def _end(self, stopped: SessionStopped) -> None:
        call_id, name, self._call_id = self._call_id, self.bar.name, ""
        self.bar.setVisible(True)
        if not call_id:
            return
        self.bar.clear()

        def done(_none: object) -> None:
            self._show_reference(call_id)
            self.refresh()
            self.changed.emit()

        def refused(error: KnownError) -> None:
            # A call in which nothing was said may be gone already.
            if stopped.record.turns:
                self.failed.emit(error)

        if name or self._kept:
            self._background.run(lambda: self._follow_up.set_reference(call_id, name), done, refused)

    @Slot(str)
    def _show_reference(self, call_id: str) -> None:
        def found(reference: str) -> None:
            self._page.show_reference(call_id, reference)

        self._background.run(lambda: self._follow_up.reference(call_id), found, self.failed.emit)
