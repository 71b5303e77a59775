"""Reminders: by the desktop's own notifications and in the window; never while a call runs."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from coach.errors import KnownError
from coach.ports import Services
from coach.values.follow_up import Followed, Reminder
from ui import text
from ui.commitments.words import action_text, due_text
from ui.parts.banner import BannerArea
from ui.running.call_runner import CallRunner, Phase
from ui.tray import Tray
from ui.work import Background

log = logging.getLogger(__name__)

LOOK_AGAIN_MS = 5 * 60_000
"""At least so often: a machine that slept, or whose clock was set, has timers that know nothing of it."""
SNOOZE_MINUTES = 15
_MOST_NAMED = 3
CODE = "reminder"

Tell = Callable[[str, str, str, object], bool]
Given = tuple[list[Reminder], dt.timedelta | None]


class ReminderDesk(QObject):
    """``show_wanted(key)`` when a reminder is to be looked at; ``given`` once some were."""

    show_wanted = Signal(object)
    snooze_wanted = Signal(object, int)
    given = Signal()

    def __init__(
        self,
        services: Services,
        background: Background,
        runner: CallRunner,
        banners: BannerArea,
        tray: Tray,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._settings = services.settings.follow_up
        self._follow_up = services.follow_up
        self._background = background
        self._runner = runner
        self._banners = banners
        self.tell: Tell = tray.tell
        self._open = self._looking = False
        self._in_banner: Followed | None = None
        self.timer = QTimer(self, singleShot=True, interval=LOOK_AGAIN_MS)
        self.timer.timeout.connect(self.look)
        runner.phase_changed.connect(self._on_phase)
        tray.told_clicked.connect(self._look_at)
        tray.told_later.connect(self._snooze)

    def begin(self) -> None:
        """The store is open: what fell due while the app was closed is told now."""
        self._open = True
        self.look()

    def close(self) -> None:
        self._open = False
        self.timer.stop()

    @Slot()
    def look(self) -> None:
        """Give what is due. During a call nothing is given; its end looks again."""
        if not self._open or self._looking or self._runner.running or not self._settings.reminders:
            return
        self._looking = True
        self._background.run(self._follow_up.reminders, self._give, self._fail)

    @Slot(object)
    def _on_phase(self, phase: Phase) -> None:
        if phase is Phase.IDLE:
            self.look()

    def _give(self, found: Given) -> None:
        self._looking = False
        due, later = found
        if due and self._runner.running:
            # A call began while the store was read.
            return
        wait = LOOK_AGAIN_MS
        if later is not None:
            wait = int(min(max(later.total_seconds() * 1000, 1000.0), LOOK_AGAIN_MS))
        self.timer.start(wait)
        if due:
            self._notify(due)
            self._background.run(lambda: self._follow_up.reminded(due), self._note_given, self._fail)

    def _note_given(self, _none: None) -> None:
        self.given.emit()

    def _fail(self, error: KnownError) -> None:
        # Whatever hinders the store is told where the agent works with it; a reminder only tries again.
        self._looking = False
        log.warning("no reminders: %s", error.code)
        self.timer.start(LOOK_AGAIN_MS)

    def _notify(self, due: list[Reminder]) -> None:
        title, words = message_of(due)
        later = f"In {SNOOZE_MINUTES} minutes" if len(due) == 1 else ""
        first = self._in_banner = due[0].followed
        self.tell(title, words, later, first)
        said = f"{title}. {words}" if words else title
        banner = self._banners.show_message(CODE, said, "plain")
        banner.offer("Show", lambda: self._look_at(first))
        if later:
            banner.also(later, lambda: self._snooze(first))

    @Slot(object)
    def _look_at(self, one: Followed) -> None:
        self._put_away(one)
        self.show_wanted.emit(one.key)

    @Slot(object)
    def _snooze(self, one: Followed) -> None:
        self._put_away(one)
        self.snooze_wanted.emit(one, SNOOZE_MINUTES)

    def _put_away(self, one: Followed) -> None:
        """The banner, unless it tells of another by now."""
        if self._in_banner is not None and self._in_banner.key == one.key:
            self._banners.dismiss(CODE)


def message_of(due: list[Reminder]) -> tuple[str, str]:
    """Title and words. What and when, and no customer's name: others may see the screen."""
    if len(due) == 1:
        one = due[0]
        when = due_text(one.followed, one.now.date(), close=True)
        return action_text(one.followed), f"Was due: {when}" if one.passed else f"Due: {when}"
    passed = sum(reminder.passed for reminder in due)
    title = f"{text.count_text(len(due), 'commitment', 'commitments')} to keep"
    names = [action_text(reminder.followed) for reminder in due[:_MOST_NAMED]]
    more = f" and {len(due) - _MOST_NAMED} more" if len(due) > _MOST_NAMED else ""
    late = f"{passed} past {'its' if passed == 1 else 'their'} time. " if passed else ""
    return title, f"{late}{', '.join(names)}{more}"
