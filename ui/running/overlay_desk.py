"""Keeps the overlay in step with the call, and takes what is done on it to the call."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QObject, Signal, Slot

from coach.coaching.pacing import Pacing
from coach.events import BlackedOut, Cue, CueEnd, CueEnded, Failure, SessionStarted
from coach.settings import CueSettings
from ui.bridge import EventBridge
from ui.overlay import CueOverlay
from ui.overlay.budget import BudgetCount
from ui.running.call_runner import CallRunner
from ui.state import FASTER_MODEL, USUAL_MODEL


class OverlayDesk(QObject):
    """``placed`` when the user moved the overlay, to be saved."""

    placed = Signal()

    def __init__(
        self,
        overlay: CueOverlay,
        cues: CueSettings,
        runner: CallRunner,
        bridge: EventBridge,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._overlay = overlay
        self._cues = cues
        self._runner = runner
        self._budget = BudgetCount(Pacing.chosen(cues))
        self._dark_until_s: float | None = None
        self._now_s = 0.0
        runner.running_changed.connect(self._renew)
        bridge.session_started.connect(self._begin)
        bridge.level_changed.connect(overlay.set_level)
        bridge.cue_raised.connect(self._count)
        bridge.cue_ended.connect(overlay.end_cue)
        bridge.failure_raised.connect(self._note_failure)
        runner.elapsed_changed.connect(overlay.set_elapsed)
        runner.elapsed_changed.connect(self._show_budget)
        overlay.cue_said.connect(lambda cue_id: runner.end_cue(cue_id, CueEnd.REPAIRED))
        overlay.cue_dismissed.connect(lambda cue_id: runner.end_cue(cue_id, CueEnd.DISMISSED))
        overlay.cue_contested.connect(lambda cue_id: runner.end_cue(cue_id, CueEnd.UNFAIR))
        overlay.pill.pause_pressed.connect(runner.toggle_pause)
        overlay.pill.end_pressed.connect(runner.stop)
        overlay.pill.black_out_pressed.connect(runner.black_out)
        overlay.pill.listen_again_pressed.connect(runner.end_black_out)
        overlay.placed.connect(self.placed)
        bridge.blacked_out.connect(self._black_out)
        ends = (bridge.session_paused, bridge.session_dropped, bridge.session_stopped)
        for ended in (bridge.black_out_ended, *ends):
            ended.connect(self._end_black_out)
        runner.elapsed_changed.connect(self._count_down)

    @Slot(bool)
    def _renew(self, running: bool) -> None:
        """A full budget, from the press of Start on: nothing of the call before."""
        if running:
            self._budget = BudgetCount(Pacing.chosen(self._cues))
            self._overlay.set_slow(False)
            self._show_budget(0.0)

    @Slot(object)
    def _begin(self, _started: SessionStarted) -> None:
        """What was chosen while the call was made ready counts too."""
        self._runner.choose_cues(self._cues)

    @Slot()
    def choose_cues(self) -> None:
        """Another level or limit was chosen: in force in a running call at once.

        Switched off, a card goes at once too, however busy the engine is; its own word follows.
        """
        self._runner.choose_cues(self._cues)
        self._budget.choose(Pacing.chosen(self._cues))
        self._show_budget(self._now_s)
        cue = self._overlay.cue
        if cue is not None and not self._budget.most:
            self._overlay.end_cue(CueEnded(cue.id, self._now_s, CueEnd.WITHDRAWN))

    @Slot(object)
    def _count(self, cue: Cue) -> None:
        self._budget.count(cue.at_s)
        self._show_budget(cue.at_s)

    @Slot(float)
    def _show_budget(self, now_s: float) -> None:
        self._now_s = now_s
        left, most = self._budget.left(now_s), self._budget.most
        dots = self._overlay.pill.dots
        if (left, most) != (dots.left, dots.most):
            self._overlay.set_budget(left, most)

    @Slot(object)
    def _black_out(self, blacked_out: BlackedOut) -> None:
        """Also when it was made longer."""
        self._dark_until_s = blacked_out.until_s
        self._count_down(blacked_out.start_s)

    @Slot(float)
    def _count_down(self, now_s: float) -> None:
        if self._dark_until_s is not None:
            self._overlay.set_black_out(max(0, ceil(self._dark_until_s - now_s)))

    @Slot(object)
    def _end_black_out(self, _event: object) -> None:
        if self._dark_until_s is not None:
            self._dark_until_s = None
            self._overlay.set_black_out(None)

    @Slot(object)
    def _note_failure(self, failure: Failure) -> None:
        if failure.code in (FASTER_MODEL, USUAL_MODEL):
            self._overlay.set_slow(failure.code == FASTER_MODEL and not failure.recovered)
