"""Promises as they are heard: shown at once, confirmed or dropped by one key, never in the way."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from coach.events import Answer, CallHeader, Commitment, MovesFound, Owner, SessionStarted
from coach.ports import Services
from coach.values.follow_up import Heard, Key
from ui import text
from ui.bridge import EventBridge
from ui.overlay import CueOverlay
from ui.parts.announce import announce
from ui.running.call_runner import CallRunner
from ui.when import near_due_text
from ui.window.main_window import MainWindow

SHOWN_S = 45.0
"""How long of the call a promise may wait for an answer; it stays in the list all the same."""


class HeardDesk(QObject):
    """Keeps the latest promise without an answer on the page and on the overlay."""

    answered_late = Signal(object, object)
    """A ``Key`` and what is said of it, of a call that is over: to be kept in the store."""

    def __init__(
        self,
        services: Services,
        runner: CallRunner,
        bridge: EventBridge,
        window: MainWindow,
        overlay: CueOverlay,
    ) -> None:
        super().__init__(window)
        self._follow_up = services.follow_up
        self._runner = runner
        self._window = window
        self._bar = window.live.heard
        self._overlay = overlay
        self._header: CallHeader | None = None
        self._moves: dict[int, tuple[str, ...]] = {}
        self._waiting: dict[str, tuple[Commitment, Heard]] = {}
        self._since_s: dict[str, float] = {}
        self._now_s = 0.0
        bridge.session_started.connect(self._begin)
        bridge.session_stopped.connect(lambda _stopped: self._clear())
        bridge.moves_found.connect(self._note_moves)
        bridge.commitment_heard.connect(self._take)
        runner.elapsed_changed.connect(self._pass_time)
        for shown in (self._bar, overlay.pill.promise):
            shown.confirmed.connect(self.confirm)
            shown.dropped.connect(self.drop)

    @property
    def current(self) -> Commitment | None:
        """The promise that the keys answer: the latest that is shown."""
        return next(reversed(self._waiting.values()))[0] if self._waiting else None

    @Slot()
    def confirm(self) -> None:
        self._answer(Answer.CONFIRMED)

    @Slot()
    def drop(self) -> None:
        made, header = self.current, self._header
        self._answer(Answer.DROPPED)
        if made is not None and header is not None:
            key = header.id, made.id
            self._window.toast.say(
                f"“{_words(made)}” is no commitment.", text.UNDO, lambda: self._bring_back(key)
            )

    def _bring_back(self, key: Key) -> None:
        """Its call may be over by then, and the next one have a promise of the same number."""
        if not self._runner.answer_if_mine(key, Answer.OPEN):
            self.answered_late.emit(key, Answer.OPEN)

    def _answer(self, answer: Answer) -> None:
        made = self.current
        if made is None:
            return
        self._runner.answer_commitment(made.id, answer)
        done = text.CONFIRMED if answer is Answer.CONFIRMED else text.DROPPED
        announce(self._overlay, f"{done}: {_words(made)}")
        self._window.say(f"{done}: {_words(made)}")

    @Slot(object)
    def _begin(self, started: SessionStarted) -> None:
        self._header = started.header
        self._moves.clear()
        self._clear()

    @Slot(object)
    def _note_moves(self, found: MovesFound) -> None:
        self._moves[found.turn_index] = tuple(move.name for move in found.moves)

    @Slot(object)
    def _take(self, made: Commitment) -> None:
        """Heard, heard again with another time, or answered from wherever."""
        self._waiting.pop(made.id, None)
        if made.answer is Answer.OPEN and made.owner is not Owner.CUSTOMER and self._header is not None:
            heard = self._follow_up.heard(made, self._header, self._moves.get(made.turn_index, ()))
            self._waiting[made.id] = (made, heard)
            # Said while the models loaded, it is long ago where it is heard, and shown only now.
            self._since_s[made.id] = max(made.end_s, self._now_s)
        self._show()

    @Slot(float)
    def _pass_time(self, now_s: float) -> None:
        self._now_s = now_s
        gone = [name for name in self._waiting if now_s - self._since_s[name] > SHOWN_S]
        for name in gone:
            del self._waiting[name]
        if gone:
            self._show()

    def _clear(self) -> None:
        self._waiting.clear()
        self._since_s.clear()
        self._show()

    def _show(self) -> None:
        if not self._waiting:
            self._bar.hide()
            self._overlay.pill.show_promise("")
            return
        made, heard = next(reversed(self._waiting.values()))
        concern = text.CONCERNS[heard.concerns[0]] if heard.concerns else ""
        today = self._header.started_at.date() if self._header is not None else None
        what = heard.what[:1].upper() + heard.what[1:]
        when = near_due_text(made.due, today) if made.due is not None else ""
        words = f"{what} · {when}" if when else what
        self._bar.show_words(words, concern, len(self._waiting) - 1)
        if self._overlay.pill.show_promise(what, concern, when):
            announce(self._overlay, self._overlay.pill.promise.accessibleName())


def _words(made: Commitment) -> str:
    return made.action[:1].upper() + made.action[1:]
