"""The first steps on the welcome page: offered once, taken in any order or not at all."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject, Signal, Slot

from coach.errors import KnownError
from coach.ports import LeakVerdict, ModelChoice
from coach.settings import ConsentSettings
from ui import text
from ui.dialogs.leak_check import TITLES
from ui.ear.leak import LeakCheck
from ui.ear.measuring import Measuring
from ui.ear.voice import Voice
from ui.live.first_steps import ENROL, LEAK, MEASURE, FirstSteps
from ui.live.welcome import Welcome


class Steps(QObject):
    """``changed`` once they are put away, which is remembered."""

    changed = Signal()
    enrol_wanted = Signal()
    leak_check_wanted = Signal()

    def __init__(
        self,
        consent: ConsentSettings,
        welcome: Welcome,
        voice: Voice,
        measuring: Measuring,
        leak: LeakCheck,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._consent = consent
        self._welcome = welcome
        self._measuring = measuring
        self.card: FirstSteps = welcome.steps
        self.card.step_wanted.connect(self._take)
        self.card.skipped.connect(self.put_away)
        measuring.started.connect(lambda: self.card.show_busy(MEASURE, "Measuring. About ten seconds."))
        measuring.ended.connect(lambda: self.card.show_step(MEASURE, False))
        measuring.measured.connect(self._measured)
        measuring.failed.connect(self._unmeasured)
        voice.changed.connect(self._enrolled)
        leak.judged.connect(self._judged)

    def offer(self) -> None:
        """Show them where they were never put away; nothing waits for them."""
        self._welcome.offer_steps(not self._consent.first_steps_done)

    @Slot()
    def put_away(self) -> None:
        self._consent.first_steps_done = True
        self._welcome.offer_steps(False)
        self.changed.emit()

    @Slot(str)
    def _take(self, step: str) -> None:
        if step == MEASURE:
            self._measuring.toggle()
        elif step == ENROL:
            self.enrol_wanted.emit()
        else:
            self.leak_check_wanted.emit()

    @Slot(object)
    def _measured(self, choice: ModelChoice) -> None:
        words = f"Model {choice.model}: words about {text.tenths(choice.delay_s)} after you stop speaking."
        self.card.show_step(MEASURE, True, words)

    @Slot(object)
    def _unmeasured(self, error: KnownError) -> None:
        self.card.show_step(MEASURE, False, error.message)

    @Slot(object)
    def _enrolled(self, on: dt.date | None) -> None:
        self.card.show_step(
            ENROL, on is not None, f"Enrolled on {text.date_text(on, long=True)}." if on else ""
        )

    @Slot(object)
    def _judged(self, verdict: LeakVerdict) -> None:
        done = verdict.verdict != "could-not-tell"
        self.card.show_step(LEAK, done, f"{TITLES[verdict.verdict]}.")
