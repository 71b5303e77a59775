"""The room of commitments, put together: its page, its reminders, and its way in and out."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from coach.events import CallRecord, CallSummary
from coach.ports import Services
from coach.values.follow_up import Key
from ui.bridge import EventBridge
from ui.commitments.choices import CommitmentChoices
from ui.commitments.desk import CommitmentsDesk
from ui.commitments.naming import NamingDesk
from ui.commitments.reminders import LOOK_AGAIN_MS, ReminderDesk
from ui.running.call_runner import CallRunner
from ui.tray import Tray
from ui.window.main_window import COMMITMENTS, MainWindow
from ui.work import Background


class CommitmentsRoom(QObject):
    """``failed`` with a ``KnownError``; ``answered`` when the list of calls reads otherwise now."""

    failed = Signal(object)
    answered = Signal()
    settings_changed = Signal()

    def __init__(
        self,
        services: Services,
        background: Background,
        runner: CallRunner,
        bridge: EventBridge,
        window: MainWindow,
        tray: Tray,
    ) -> None:
        super().__init__(window)
        self._window = window
        self.desk = CommitmentsDesk(services, background, window.commitments, window.toast, self)
        self.reminders = ReminderDesk(services, background, runner, window.banners, tray, self)
        self.naming = NamingDesk(services, background, bridge, window, self.desk)
        self.choices = CommitmentChoices(services.settings, background, self)
        self.choices.changed.connect(self.settings_changed)
        self.choices.changed.connect(self.reminders.look)
        self.choices.failed.connect(self.failed)
        self.desk.failed.connect(self.failed)
        self.naming.failed.connect(self.failed)
        self.naming.changed.connect(self.desk.refresh)
        self.desk.opened.connect(self._open)
        self.desk.changed.connect(self.reminders.look)
        self.desk.given.connect(runner.answer_if_mine)
        self.desk.answered.connect(lambda _call_id: self.answered.emit())
        self.desk.named.connect(lambda _call_id: self.answered.emit())
        self.naming.changed.connect(self.answered)
        self.reminders.show_wanted.connect(self._show)
        self.reminders.snooze_wanted.connect(self.desk.snooze)
        self.reminders.given.connect(self.desk.refresh)
        window.room_entered.connect(self._enter)
        window.commitments.pressing_changed.connect(
            lambda count: window.navigation.set_count(COMMITMENTS, count)
        )
        self._runner = runner
        self.clock = QTimer(self, interval=LOOK_AGAIN_MS)
        self.clock.timeout.connect(self._pass_time)
        # After the call is in the store: what was promised in it is to be kept from now on.
        bridge.session_stopped.connect(lambda _stopped: self.desk.refresh())

    def begin(self) -> None:
        """The store is open."""
        self.desk.refresh()
        self.naming.refresh()
        self.reminders.begin()
        self.clock.start()

    @Slot()
    def refresh(self) -> None:
        """A commitment was edited elsewhere."""
        self.desk.refresh()
        self.reminders.look()

    @Slot()
    def _pass_time(self) -> None:
        """What was for tomorrow is for today, or past its time, without anything done to it."""
        if not self._runner.running:
            self.desk.refresh()

    def close(self) -> None:
        self.clock.stop()
        self.reminders.close()
        self.choices.close()

    @Slot(str)
    def _enter(self, room: str) -> None:
        if room == COMMITMENTS:
            self.desk.refresh()
            self._window.commitments.list.setFocus()

    @Slot(object, object, int)
    def _open(self, record: CallRecord, summary: CallSummary, turn_index: int) -> None:
        self._window.show_summary(record, summary, COMMITMENTS)
        self._window.summary.show_turn(turn_index)

    @Slot(object)
    def _show(self, key: Key) -> None:
        self._window.bring_forward()
        self._window.go_to(COMMITMENTS)
        self.desk.show_commitment(key)
