"""A call that begins by itself when the agent speaks and ends after a long silence, where that was chosen."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from coach.errors import KnownError
from coach.events import (
    Failure,
    Gap,
    InterimWords,
    OtherVoice,
    SessionDropped,
    SessionStarted,
    SessionStopped,
    Turn,
    VadChanged,
    WordsHeard,
)
from coach.ports import EarSink, EnrolmentEvent, Services, SpeechBegan, WaitingControl
from coach.services.waiting import QuietEnd
from ui import text
from ui.bridge import EventBridge
from ui.readiness import Readiness
from ui.running.call_runner import CallRunner
from ui.running.held_microphone import HeldMicrophone
from ui.state import AppState, state_after
from ui.window.main_window import PRACTICE, MainWindow
from ui.work import Background

BEGAN = "You spoke, so a call began. Nothing from before is kept."
UNDONE = "The call is undone: nothing of it is kept. The next one begins by hand."
ENDS_SOON = "You have said nothing for long: the call ends in half a minute."
ENDED = "The call ended: you had said nothing for {minutes} minutes."
GO_ON = "Go on"
DEAF = "Speaking begins no call for now: press Start. {why}"
UNAGREED = "Speaking begins no call yet: read first what is captured where you talk now."
GONE = "The microphone is gone. Plug it in again, or choose another."
_CONSENT = "speech-unagreed"
LOOK_AGAIN_MS = 5_000
"""How often a microphone that is gone is looked for, to wait with it again."""


class SpeechDesk(QObject):
    """``failed`` with a ``KnownError``; ``forgotten`` when a call that was undone is gone."""

    failed = Signal(object)
    forgotten = Signal()

    def __init__(
        self,
        services: Services,
        background: Background,
        runner: CallRunner,
        bridge: EventBridge,
        window: MainWindow,
        overlay: QWidget,
        readiness: Readiness,
    ) -> None:
        super().__init__(window)
        self._services = services
        self._background = background
        self._runner = runner
        self._window = window
        self._overlay = overlay
        self._readiness = readiness
        self.microphone = HeldMicrophone(self)
        self._waits_for: str | None = None
        self._waits: WaitingControl | None = None
        self._deaf_of = ""
        """What was told last of why speaking begins no call; "" where it does, or is not to."""
        self.look_again = QTimer(self, singleShot=True, interval=LOOK_AGAIN_MS)
        self.look_again.timeout.connect(self._hold_again)
        self._unagreed = False
        """Whether it is told that nobody agreed yet to what is captured where one talks now."""
        self._ready = self._undone = self._by_hand = self._began = self._warned = False
        self._started: SessionStarted | None = None
        self._quiet, self._minutes = QuietEnd(0), 0
        self._now_s = 0.0
        self.microphone.arrived.connect(self._heard)
        runner.phase_changed.connect(lambda _phase: self.refresh())
        runner.refused.connect(self._stay_by_hand)
        runner.elapsed_changed.connect(self._look)
        bridge.session_started.connect(self._on_started)
        bridge.session_dropped.connect(self._on_dropped)
        bridge.vad_changed.connect(self._on_voice)
        bridge.voice_dropped.connect(self._on_other)
        bridge.interim_heard.connect(self._on_words)
        bridge.words_heard.connect(self._on_words)
        bridge.turn_closed.connect(self._on_words)
        bridge.gap_marked.connect(self._on_gap)

    @property
    def waiting(self) -> bool:
        """Whether the microphone is open only to notice that somebody speaks."""
        return self.microphone.held

    def begin(self) -> None:
        """The app is open and its store is too."""
        self._ready = True
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Take the microphone, or let go of it, as the settings and the state of the call want it."""
        settings = self._services.settings
        chosen = self._ready and settings.listening.start_by_speech and not self._runner.running
        agreed = settings.consent.covers(settings.listening.profile)
        self._tell_unagreed(chosen and not agreed)
        wanted = chosen and agreed and not self._by_hand
        device = settings.listening.device
        if not wanted:
            self._waits_for = None
            self._hears_again()
            self.microphone.release()
        elif self._waits_for != device:
            self._waits_for = device
            self._hears_again()
            self.microphone.hold(self._wait)
        self._window.call_bar.show_waiting(self.waiting and not self._deaf_of)
        if self._started is not None and self._minutes != self._end_minutes():
            self._count_quiet()
            self._go_on(self._now_s)

    def _tell_unagreed(self, unagreed: bool) -> None:
        """Chosen, and yet nothing would begin: also after a new text, or where one talks elsewhere now."""
        if unagreed is self._unagreed:
            return
        self._unagreed = unagreed
        if unagreed:
            banner = self._window.banners.show_message(_CONSENT, UNAGREED, "plain")
            banner.offer("Read it", lambda: self._readiness.before_call(self.refresh))
        else:
            self._window.banners.dismiss(_CONSENT)

    def _count_quiet(self) -> None:
        self._minutes = self._end_minutes()
        self._quiet = QuietEnd(self._minutes)

    def _go_deaf(self, failure: Failure) -> None:
        """Nobody talks on in the belief that it is noticed: told once, however often it is tried again."""
        self.microphone.release()
        self._window.call_bar.show_waiting(False)
        of_microphone = state_after(failure.code) in (AppState.NO_MICROPHONE, AppState.NOT_HEARING)
        if not self._deaf_of:
            self._deaf_of = failure.code
            # That what was heard is kept, as in a call, would not be true here.
            gone = failure.code in ("microphone-gone", "microphone-wrong")
            why = GONE if gone else failure.message
            self.failed.emit(KnownError(failure.code, DEAF.format(why=why)))
        if of_microphone:
            self.look_again.start()

    @Slot()
    def _hold_again(self) -> None:
        if self._waits_for is not None:
            self.microphone.hold(self._wait)

    def _hears_again(self) -> None:
        self.look_again.stop()
        if self._deaf_of:
            self._window.banners.dismiss(self._deaf_of)
            self._deaf_of = ""
            self._window.call_bar.show_waiting(self.waiting)

    def _wait(self, sink: EarSink) -> WaitingControl:
        self._waits = self._services.wait_for_speech(self._waits_for or None, sink)
        return self._waits

    def discards(self, stopped: SessionStopped) -> bool:
        """Whether the call that has just ended was undone: it is removed for good, and not shown."""
        self._started = None
        if not self._undone:
            return False
        self._undone = False
        call_id = stopped.record.header.id
        self._background.run(
            lambda: self._services.undo_call(call_id),
            lambda _none: self.forgotten.emit(),
            self.failed.emit,
        )
        self._window.toast.say(UNDONE)
        return True

    def close(self) -> None:
        self._ready = False
        self.look_again.stop()
        self.microphone.close()

    @Slot(object)
    def _heard(self, event: EnrolmentEvent) -> None:
        if isinstance(event, Failure):
            self._go_deaf(event)
            return
        self._hears_again()
        if isinstance(event, SpeechBegan) and self._may_begin():
            self._began = True
            self._runner.start_live(self._waits.hand_over() if self._waits else None)

    @Slot(object)
    def _stay_by_hand(self, _error: KnownError) -> None:
        """The call could not begin: to try that again at every word would help nobody."""
        self._began, self._by_hand = False, True
        self.refresh()

    def _may_begin(self) -> bool:
        """Not while something else of Sameside may be what was spoken to, or heard."""
        others = [
            one
            for one in QApplication.topLevelWidgets()
            if one.isVisible() and one.isWindow() and one not in (self._window, self._overlay)
        ]
        return not others and self._window.room != PRACTICE

    @Slot(object)
    def _on_started(self, started: SessionStarted) -> None:
        self._started = started
        self._count_quiet()
        # While the models loaded nobody could tell whether the agent spoke.
        self._quiet.missed(self._now_s)
        self._warned = self._by_hand = False
        if self._began:
            self._began = False
            # Minutes later nobody means to lose the call by a key.
            self._window.toast.say(BEGAN, text.UNDO, lambda: self._undo(started), lasts=False)

    @Slot(object)
    def _on_dropped(self, dropped: SessionDropped) -> None:
        if self._began and not dropped.code:
            # Who takes it back before it began does not want it to begin at the next word.
            self._by_hand = True
            self._window.toast.say(UNDONE)
        self._began = False
        self.refresh()

    def _undo(self, began: SessionStarted) -> None:
        # Another may run by now, begun by hand.
        if self._runner.running and self._started is began:
            self._undone = self._by_hand = True
            self._runner.stop()

    def _end_minutes(self) -> int:
        return self._services.settings.listening.end_after_quiet_minutes

    @Slot(object)
    def _on_voice(self, changed: VadChanged) -> None:
        self._quiet.changed(changed)

    @Slot(object)
    def _on_other(self, dropped: OtherVoice) -> None:
        self._quiet.other(dropped)

    @Slot(object)
    def _on_words(self, heard: InterimWords | WordsHeard | Turn) -> None:
        """Words are the agent's, or may be: what others say never becomes any."""
        words = (*heard.committed, *heard.tentative) if isinstance(heard, InterimWords) else heard.words
        if words:
            self._go_on(words[-1].end_s)

    @Slot(object)
    def _on_gap(self, gap: Gap) -> None:
        self._quiet.missed(gap.end_s - gap.start_s)

    @Slot(float)
    def _look(self, now_s: float) -> None:
        """The time of the call tells: no clock of its own runs here."""
        self._now_s = now_s
        if self._started is None:
            return
        left_s = self._quiet.left_s(now_s)
        if left_s is None:
            if self._warned and not self._quiet.undecided(now_s):
                self._go_on(self._quiet.latest_s)
            return
        if left_s == 0.0:
            self._quiet = QuietEnd(0)
            self._window.toast.say(ENDED.format(minutes=self._end_minutes()))
            self._runner.stop()
        elif not self._warned:
            self._warned = True
            self._window.toast.say(ENDS_SOON, GO_ON, lambda: self._go_on(self._now_s))

    def _go_on(self, at_s: float) -> None:
        self._quiet.heard(at_s)
        if self._warned:
            self._warned = False
            self._window.toast.put_away()
