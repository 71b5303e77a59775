"""The one running call, as the window, the tray and the overlay steer it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, Signal, Slot

from coach.errors import KnownError
from coach.events import (
    Answer,
    CueEnd,
    Failure,
    Level,
    SessionDropped,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SessionStopped,
    Turn,
)
from coach.ports import AudioSource, CallControl, Services, Sink
from coach.settings import CueSettings
from coach.values.follow_up import Key
from ui import text
from ui.bridge import EventBridge
from ui.state import TROUBLES, AppState, state_after
from ui.work import Background

_JOIN_S = 30.0


class Phase(Enum):
    """Where a call is. ``PREPARING`` hears while models load, ``DROPPING`` lets go of a call that was stopped
    before they had, ``STOPPING`` finishes the last words and saves."""

    IDLE = "idle"
    PREPARING = "preparing"
    RUNNING = "running"
    PAUSED = "paused"
    DROPPING = "dropping"
    STOPPING = "stopping"


HEARS = (Phase.PREPARING, Phase.RUNNING)
"""In which the agent is heard, but for what is blacked out."""
ENDS = (Phase.DROPPING, Phase.STOPPING)
"""In which nothing can be asked of the call any more."""


class CallRunner(QObject):
    phase_changed = Signal(object)
    state_changed = Signal(object)
    elapsed_changed = Signal(float)
    refused = Signal(object)
    """A ``KnownError``: the call could not begin."""
    hearing_changed = Signal(bool)
    """Whether a call that is prepared hears already."""
    running_changed = Signal(bool)

    def __init__(self, services: Services, sink: Sink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._sink = sink
        self._call: CallControl | None = None
        self._phase = Phase.IDLE
        self._troubles: set[AppState] = set()
        self._begun = self._hears = self._dark = False
        self._elapsed_s = 0.0
        # Two: a microphone that no call took does not stay open for as long as models load.
        self._letting_go, self._ending = Background(self), Background(self)

    def follow(self, bridge: EventBridge) -> None:
        """Hear what the running call says of itself."""
        bridge.session_started.connect(self._on_started)
        bridge.session_paused.connect(self._on_paused)
        bridge.session_resumed.connect(self._on_resumed)
        bridge.session_dropped.connect(self._on_dropped)
        bridge.session_stopped.connect(self._on_stopped)
        bridge.blacked_out.connect(lambda _dark: self._note_dark(True))
        bridge.black_out_ended.connect(lambda _ended: self._note_dark(False))
        bridge.failure_raised.connect(self._on_failure)
        bridge.level_changed.connect(self._on_heard)
        bridge.turn_closed.connect(self._on_turn)

    @property
    def phase(self) -> Phase:
        return self._phase

    @property
    def running(self) -> bool:
        return self._phase is not Phase.IDLE

    @property
    def begun(self) -> bool:
        """Whether there is something of the call to be saved."""
        return self._begun

    @property
    def state(self) -> AppState:
        if self._phase is Phase.PAUSED:
            # Said before any trouble: whoever paused must see that nothing is heard.
            return AppState.PAUSED
        for trouble in TROUBLES:
            if trouble in self._troubles:
                return trouble
        return {
            Phase.IDLE: AppState.IDLE,
            Phase.PREPARING: AppState.PREPARING,
            Phase.DROPPING: AppState.PREPARING,
        }.get(self._phase, AppState.LISTENING)

    def start_live(self, waited: AudioSource | None = None) -> None:
        """Listen to the chosen microphone, or to the one that ``waited`` for somebody to speak and is open.
        Does nothing while a call runs."""
        if self.running:
            if waited is not None:
                self._letting_go.run(waited.stop, lambda _none: None, self.refused.emit)
            return
        device = self._services.settings.listening.device or None
        self._call = call = self._services.live_call(device, self._sink, waited=waited)
        self._begun = self._dark = False
        self._elapsed_s = 0.0
        self._troubles.clear()
        self._set_phase(Phase.PREPARING)
        self.elapsed_changed.emit(0.0)
        call.start()

    def pause(self) -> None:
        if self._call is not None and self._phase in HEARS:
            self._call.pause()

    def resume(self) -> None:
        if self._call is not None and self._phase is Phase.PAUSED:
            self._call.resume()

    def toggle_pause(self) -> None:
        if self._phase is Phase.PAUSED:
            self.resume()
        else:
            self.pause()

    def stop(self) -> None:
        """Finish and save. A call that is still being prepared is dropped before it begins."""
        if self._call is not None and self._phase not in ENDS:
            self._set_phase(Phase.STOPPING if self._begun else Phase.DROPPING)
            self._call.stop()

    def black_out(self) -> None:
        """Hear nothing for half a minute from now on; again, half a minute more."""
        if self._call is not None and self._phase in HEARS:
            self._call.black_out(text.BLACK_OUT_S)

    def end_black_out(self) -> None:
        if self._call is not None:
            self._call.end_black_out()

    def end_cue(self, cue_id: str, end: CueEnd) -> None:
        if self._call is not None:
            self._call.end_cue(cue_id, end)

    def answer_commitment(self, commitment_id: str, answer: Answer) -> None:
        if self._call is not None:
            self._call.answer_commitment(commitment_id, answer)

    @Slot(object, object)
    def answer_if_mine(self, key: Key, answer: Answer) -> bool:
        """What was said elsewhere of a promise, or of an earlier one; false where its call runs no longer."""
        if self._call is None or self._call.call_id != key[0]:
            return False
        self._call.answer_commitment(key[1], answer)
        return True

    def choose_cues(self, cues: CueSettings) -> None:
        """How often cues may come in the running call, from now on; kept apart from the settings."""
        if self._call is not None:
            self._call.choose_cues(cues.model_copy(deep=True))

    def use_microphone(self, device_key: str) -> bool:
        """Go on with another microphone, "" for the system's default; false where no call runs."""
        if self._call is None or self._phase in ENDS:
            return False
        self._call.use_microphone(device_key or None)
        return True

    def close(self) -> None:
        """Wait until what was begun beside calls has come to its end: models that load are not cut off."""
        self._letting_go.finish()
        self._ending.finish()

    def _set_phase(self, phase: Phase) -> None:
        flipped = (phase is Phase.IDLE) is not (self._phase is Phase.IDLE)
        self._phase = phase
        self._show_hearing()
        self.phase_changed.emit(phase)
        self.state_changed.emit(self.state)
        if flipped:
            self.running_changed.emit(self.running)

    def _note_dark(self, dark: bool) -> None:
        self._dark = dark
        self._show_hearing()

    def _show_hearing(self, heard: bool = False) -> None:
        """Once sound came in, until it does not any more."""
        hears = self._phase is Phase.PREPARING and not self._dark and not self._troubles
        hears = hears and (heard or self._hears)
        if hears is not self._hears:
            self._hears = hears
            self.hearing_changed.emit(hears)

    def _over(self) -> None:
        call, self._call = self._call, None
        self._troubles.clear()
        self._begun = False
        if call is not None:
            # First: who hears of the phase may close.
            self._ending.run(lambda: call.join(_JOIN_S), lambda _ended: None, self.refused.emit)
        self._set_phase(Phase.IDLE)

    @Slot(object)
    def _on_started(self, _started: SessionStarted) -> None:
        self._begun = True
        if self.running:
            self._set_phase(Phase.RUNNING if self._phase is Phase.PREPARING else self._phase)

    @Slot(object)
    def _on_paused(self, _paused: SessionPaused) -> None:
        if self._phase in HEARS:
            self._set_phase(Phase.PAUSED)

    @Slot(object)
    def _on_resumed(self, _resumed: SessionResumed) -> None:
        if self._phase is Phase.PAUSED:
            self._set_phase(Phase.RUNNING if self._begun else Phase.PREPARING)

    @Slot(object)
    def _on_dropped(self, dropped: SessionDropped) -> None:
        self._over()
        if dropped.code:
            self.refused.emit(KnownError(dropped.code, dropped.message))

    @Slot(object)
    def _on_stopped(self, _stopped: SessionStopped) -> None:
        self._over()

    @Slot(object)
    def _on_failure(self, failure: Failure) -> None:
        trouble = state_after(failure.code)
        if trouble is None:
            return
        if failure.recovered:
            self._troubles.discard(trouble)
        else:
            self._troubles.add(trouble)
        self._show_hearing()
        self.state_changed.emit(self.state)

    @Slot(object)
    def _on_heard(self, heard: Level) -> None:
        self._show_hearing(heard=True)
        self._tell_elapsed(heard.at_s)

    @Slot(object)
    def _on_turn(self, turn: Turn) -> None:
        self._tell_elapsed(turn.end_s)

    def _tell_elapsed(self, at_s: float) -> None:
        """A turn that was said while the models loaded is from long ago."""
        if at_s >= self._elapsed_s:
            self._elapsed_s = at_s
            self.elapsed_changed.emit(at_s)
