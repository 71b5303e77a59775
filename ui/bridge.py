"""The only place where an event of the engine becomes a Qt signal."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot

from coach.errors import BugError
from coach.events import (
    BlackedOut,
    BlackOutEnded,
    Commitment,
    Cue,
    CueEnded,
    DelayMeasured,
    Event,
    Failure,
    FileProgress,
    Gap,
    InterimWords,
    Level,
    MovesFound,
    OtherVoice,
    SessionDropped,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SessionStopped,
    Turn,
    VadChanged,
    WordsHeard,
)


class EventBridge(QObject):
    """Give ``sink`` to a call; connect to the signals.

    Each signal carries its event, arrives on the thread the bridge lives on, and in the order sent.
    """

    level_changed = Signal(object)
    vad_changed = Signal(object)
    interim_heard = Signal(object)
    words_heard = Signal(object)
    voice_dropped = Signal(object)
    delay_measured = Signal(object)
    turn_closed = Signal(object)
    moves_found = Signal(object)
    cue_raised = Signal(object)
    cue_ended = Signal(object)
    commitment_heard = Signal(object)
    gap_marked = Signal(object)
    failure_raised = Signal(object)
    file_progressed = Signal(object)
    session_started = Signal(object)
    session_paused = Signal(object)
    session_resumed = Signal(object)
    session_dropped = Signal(object)
    session_stopped = Signal(object)
    blacked_out = Signal(object)
    black_out_ended = Signal(object)

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._signals: dict[type[Event], SignalInstance] = {
            Level: self.level_changed,
            VadChanged: self.vad_changed,
            InterimWords: self.interim_heard,
            WordsHeard: self.words_heard,
            OtherVoice: self.voice_dropped,
            DelayMeasured: self.delay_measured,
            Turn: self.turn_closed,
            MovesFound: self.moves_found,
            Cue: self.cue_raised,
            CueEnded: self.cue_ended,
            Commitment: self.commitment_heard,
            Gap: self.gap_marked,
            Failure: self.failure_raised,
            FileProgress: self.file_progressed,
            SessionStarted: self.session_started,
            SessionPaused: self.session_paused,
            SessionResumed: self.session_resumed,
            SessionDropped: self.session_dropped,
            SessionStopped: self.session_stopped,
            BlackedOut: self.blacked_out,
            BlackOutEnded: self.black_out_ended,
        }
        # Queued even from the main thread: a slot then never runs inside the caller's own call.
        self._arrived.connect(self._send_on, Qt.ConnectionType.QueuedConnection)

    def sink(self, event: Event) -> None:
        """Take one event, from any thread; returns at once. Raises ``BugError`` for anything else."""
        if type(event) not in self._signals:
            raise BugError(f"{type(event).__name__} is not an event")
        self._arrived.emit(event)

    @Slot(object)
    def _send_on(self, event: Event) -> None:
        self._signals[type(event)].emit(event)
