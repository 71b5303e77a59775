"""Brings the room of practice and the engine together, off the main thread."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from coach.errors import KnownError
from coach.ports import Services
from coach.practice.drills import Drill
from coach.practice.judging import Feedback
from coach.practice.rhythm import Rhythm
from coach.practice_services import EnginePractice
from ui import text
from ui.call_runner import CallRunner
from ui.practice.page import DRILL, PracticePage
from ui.practice.speaking import Speaking
from ui.practice.words import TODAY, return_text
from ui.readiness import Readiness
from ui.toast import Toast
from ui.work import Background

T = TypeVar("T")

_SHUT = "Your practice is kept in the same locked store as your calls. It opens once the store does."


class PracticeDesk(QObject):
    """``failed`` with a ``KnownError`` that the room itself does not show."""

    failed = Signal(object)

    def __init__(
        self,
        services: Services,
        readiness: Readiness,
        runner: CallRunner,
        page: PracticePage,
        toast: Toast,
        parent: QObject,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._readiness = readiness
        self._page = page
        self._toast = toast
        self._today = today
        self._practice: EnginePractice | None = None
        self._opening = False
        # One for the answers, one for what loads long: nobody waits for the detector who does not need it.
        self.background, self._loading = Background(self), Background(self)
        self.speaking = Speaking(services, readiness, runner, self)
        self.speaking.serve(page.drill.box)
        page.open_wanted.connect(self.enter)
        page.part_entered.connect(self._enter_part)
        page.today.asked.connect(lambda _count, _move: self._refresh())
        page.today.started.connect(self._start)
        page.today.other_wanted.connect(page.go_to)
        page.drill.answered.connect(self._answer_drill)
        page.drill.undo_wanted.connect(self._take_back)
        page.drill.left.connect(page.go_home)
        page.drill.round_wanted.connect(self._next_round)

    @property
    def busy(self) -> bool:
        return self.background.busy or self._loading.busy

    @Slot()
    def enter(self) -> None:
        """The room is entered: open what there is to practise, or look what is due by now."""
        if self._practice is None:
            self._open()
        elif self._page.part == TODAY:
            self._refresh()

    def close(self) -> None:
        """Let go of the microphone and the threads."""
        self.speaking.close()
        self.background.close()
        self._loading.close()

    def _open(self) -> None:
        if self._opening:
            return
        self._opening = True
        self._page.show_waiting()

        def make() -> EnginePractice:
            return self._services.practice(random.Random(), names=text.MOVE_NAMES)

        # Where the store stays shut nobody answers, so the way to ask again is there from the beginning.
        self._page.show_waiting(_SHUT)
        self._readiness.store_open(lambda: self._run(make, self._opened, self._not_opened))
        self._opening = False

    def _opened(self, practice: EnginePractice) -> None:
        if self._practice is None:
            self._practice = practice
            self._loading.run(practice.prepare, lambda _none: None, lambda _error: None)
            self._page.show_ready()

    def _not_opened(self, error: KnownError) -> None:
        self._page.show_waiting(error.message)

    def _run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        self.background.run(work, done, failed or self.failed.emit)

    def _enter_part(self, part: str) -> None:
        if part == TODAY:
            self._refresh()

    def _refresh(self) -> None:
        """What comes today, anew."""
        practice, page = self._practice, self._page.today
        if practice is None:
            return
        count, move = page.count, page.move_name or None

        def look() -> tuple[list[Drill], set[str], Rhythm]:
            drills = practice.drills(count, move)
            again = {drill.id for drill in drills if practice.due_at(drill.id) is not None}
            return drills, again, practice.rhythm()

        self._run(look, lambda found: self._show_today(*found))

    def _show_today(self, drills: list[Drill], again: set[str], rhythm: Rhythm) -> None:
        page = self._page.today
        focused = page.isAncestorOf(page.window().focusWidget() or self._page)
        page.show_today(drills, again, rhythm)
        if self._page.part == TODAY and self._page.isVisible() and not focused:
            page.focus_start()

    def _start(self, first: int) -> None:
        if self._practice is not None and self._page.today.drills:
            self._page.drill.show_round(self._page.today.drills, first, self._practice.points)
            self._page.go_to(DRILL)

    def _next_round(self) -> None:
        """Another round right away, or home where nothing is left."""
        practice, page = self._practice, self._page
        if practice is None:
            return
        count, move = page.today.count, page.today.move_name or None

        def begin(drills: list[Drill]) -> None:
            if drills:
                page.drill.show_round(drills, 0, practice.points)
            else:
                page.go_home()

        self._run(lambda: practice.drills(count, move), begin)

    def _answer_drill(self, drill: Drill, said: str) -> None:
        practice = self._practice
        if practice is None:
            return

        def judge() -> tuple[Feedback, dt.datetime | None]:
            return practice.answer_drill(drill, said), practice.due_at(drill.id)

        def show(found: tuple[Feedback, dt.datetime | None]) -> None:
            feedback, due = found
            self._page.drill.show_feedback(drill, feedback, return_text(due, self._today()))

        def fail(error: KnownError) -> None:
            self._page.drill.fail()
            self.failed.emit(error)

        self._run(judge, show, fail)

    def _take_back(self) -> None:
        practice = self._practice
        if practice is not None:
            self._run(practice.take_back, lambda _done: self._page.drill.show_taken_back())
