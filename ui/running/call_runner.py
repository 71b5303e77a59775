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
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SessionStopped,
    Turn,
)
from coach.ports import AudioSource, CallControl, Services, Sink
from coach.settings import CueSettings
from ui import text
from ui.bridge import EventBridge
from ui.state import TROUBLES, AppState, state_after
from ui.work import Background

_JOIN_S = 30.0


class Phase(Enum):
    """Where a call is. ``PREPARING`` loads models, ``STOPPING`` finishes the last words and saves."""

    IDLE = "idle"
    PREPARING = "preparing"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"


class CallRunner(QObject):
    phase_changed = Signal(object)
    state_changed = Signal(object)
    elapsed_changed = Signal(float)
    refused = Signal(object)
    """A ``KnownError``: the call could not begin."""
    hearing_changed = Signal(bool)
    """Whether the microphone of the call that is prepared is open."""

    def __init__(
        self, services: Services, background: Background, sink: Sink, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._sink = sink
        self._background = background
        self._call: CallControl | None = None
        self._phase = Phase.IDLE
        self._troubles: set[AppState] = set()
        self._stop_wanted = False
        self._waited: AudioSource | None = None
        self._letting_go = Background(self)

    def follow(self, bridge: EventBridge) -> None:
        """Hear what the running call says of itself."""
        bridge.session_started.connect(self._on_started)
        bridge.session_paused.connect(self._on_paused)
        bridge.session_resumed.connect(self._on_resumed)
        bridge.session_stopped.connect(self._on_stopped)
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
    def state(self) -> AppState:
        if self._phase is Phase.PAUSED:
            # Said before any trouble: whoever paused must see that nothing is heard.
            return AppState.PAUSED
        for trouble in TROUBLES:
            if trouble in self._troubles:
                return trouble
        return {
            Phase.IDLE: AppState.IDLE,
            Phase.PREPARING: AppState.IDLE,
        }.get(self._phase, AppState.LISTENING)

    def start_live(self, waited: AudioSource | None = None) -> None:
        """Listen to the chosen microphone, or to the one that ``waited`` for somebody to speak and is open.
        Does nothing while a call runs."""
        if self.running:
            self._put_back(waited)
            return
        device = self._services.settings.listening.device or None
        self._stop_wanted = False
        self._troubles.clear()
        self._set_phase(Phase.PREPARING)
        if waited is not None:
            self._load(device, waited)
        else:
            self._background.run(
                lambda: self._services.open_microphone(device),
                lambda source: self._load(device, source),
                self._refuse,
            )

    def pause(self) -> None:
        if self._call is not None and self._phase is Phase.RUNNING:
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
        if self._call is None:
            self._stop_wanted = self._phase is Phase.PREPARING
            self._let_go()
        elif self._phase is not Phase.STOPPING:
            self._set_phase(Phase.STOPPING)
            self._call.stop()

    def black_out(self) -> None:
        """Hear nothing for half a minute from now on; again, half a minute more."""
        if self._call is not None and self._phase is Phase.RUNNING:
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

    def choose_cues(self, cues: CueSettings) -> None:
        """How often cues may come in the running call, from now on; kept apart from the settings."""
        if self._call is not None:
            self._call.choose_cues(cues.model_copy(deep=True))

    def use_microphone(self, device_key: str) -> bool:
        """Go on with another microphone, "" for the system's default; false where no call runs."""
        if self._call is None or self._phase is Phase.STOPPING:
            return False
        self._call.use_microphone(device_key or None)
        return True

    def close(self) -> None:
        """Wait until microphones that no call took are let go of."""
        self._letting_go.finish()

    def _load(self, device: str | None, waited: AudioSource | None) -> None:
        """The models, while ``waited`` hears; None where the microphone could not be opened yet."""
        self._waited = waited
        if self._stop_wanted:
            self._drop()
            return
        self.hearing_changed.emit(waited is not None)
        self._background.run(
            lambda: self._services.live_call(device, self._sink, waited=waited), self._begin, self._refuse
        )

    def _begin(self, call: CallControl) -> None:
        if self._stop_wanted:
            self._drop()
            return
        self._waited = None
        self._call = call
        self.elapsed_changed.emit(0.0)
        call.start()

    def _put_back(self, waited: AudioSource | None) -> None:
        """A microphone that was open for a call that does not begin is let go of."""
        if waited is not None:
            self._letting_go.run(waited.stop, lambda _none: None, self.refused.emit)

    def _let_go(self) -> None:
        """At once: the models may load for long, and nobody is to be heard meanwhile."""
        waited, self._waited = self._waited, None
        self._put_back(waited)
        self.hearing_changed.emit(False)

    def _drop(self) -> None:
        self._let_go()
        self._set_phase(Phase.IDLE)

    def _refuse(self, error: KnownError) -> None:
        self._drop()
        self.refused.emit(error)

    def _set_phase(self, phase: Phase) -> None:
        self._phase = phase
        self.phase_changed.emit(phase)
        self.state_changed.emit(self.state)

    @Slot(object)
    def _on_started(self, _started: SessionStarted) -> None:
        if self._phase is Phase.PREPARING:
            self._set_phase(Phase.RUNNING)

    @Slot(object)
    def _on_paused(self, _paused: SessionPaused) -> None:
        if self._phase is Phase.RUNNING:
            self._set_phase(Phase.PAUSED)

    @Slot(object)
    def _on_resumed(self, _resumed: SessionResumed) -> None:
        if self._phase is Phase.PAUSED:
            self._set_phase(Phase.RUNNING)

    @Slot(object)
    def _on_stopped(self, _stopped: SessionStopped) -> None:
        call, self._call = self._call, None
        self._troubles.clear()
        self._set_phase(Phase.IDLE)
        if call is not None:
            self._background.run(lambda: call.join(_JOIN_S), lambda _ended: None, self.refused.emit)

    @Slot(object)
    def _on_failure(self, failure: Failure) -> None:
        trouble = state_after(failure.code)
        if trouble is None:
            return
        if failure.recovered:
            self._troubles.discard(trouble)
        else:
            self._troubles.add(trouble)
        self.state_changed.emit(self.state)

    @Slot(object)
    def _on_heard(self, heard: Level) -> None:
        self.elapsed_changed.emit(heard.at_s)

    @Slot(object)
    def _on_turn(self, turn: Turn) -> None:
        self.elapsed_changed.emit(turn.end_s)
