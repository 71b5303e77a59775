"""The microphone of the room of practice: one spoken answer at a time, never beside a call."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from coach.ports import Services
from coach.values.answers import AnswerEvent, AnswerFailed, AnswerHeard
from ui.practice.answer_box import AnswerBox
from ui.readiness import Readiness
from ui.running.call_runner import CallRunner, Phase
from ui.running.held_microphone import HeldMicrophone

CALL_RUNS = "A call is running. Type your answer, or speak it after the call."


class _HeldAnswer(HeldMicrophone):
    def finish(self) -> None:
        """What was said so far is the answer."""
        finish = getattr(self._control, "finish", None)
        if finish is not None:
            finish()


class Speaking(QObject):
    """Serves the answer boxes given to ``serve``."""

    def __init__(self, services: Services, readiness: Readiness, runner: CallRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._readiness = readiness
        self._runner = runner
        self._boxes: list[AnswerBox] = []
        self._box: AnswerBox | None = None
        self.microphone = _HeldAnswer(self)
        self.microphone.arrived.connect(self._take)
        runner.phase_changed.connect(self._give_way)
        # What could not be made ready is told in a banner; nobody waits for it.
        readiness.failed.connect(lambda _error: self.leave())
        readiness.declined.connect(self.leave)

    def serve(self, box: AnswerBox) -> None:
        self._boxes.append(box)
        box.speak_wanted.connect(lambda: self._begin(box))
        box.done_wanted.connect(self.microphone.finish)
        box.leave_wanted.connect(self._leave)

    def leave(self) -> None:
        """Give up an answer that is being spoken."""
        for box in self._boxes:
            box.leave()

    def close(self) -> None:
        self.microphone.close()

    def _begin(self, box: AnswerBox) -> None:
        """Consent, model files and store are asked for as before a call; then the microphone is opened."""
        self._leave()
        self._box = box
        self._readiness.before_call(lambda: self._listen(box))

    def _listen(self, box: AnswerBox) -> None:
        if self._box is box and not self._runner.running:
            device = self._services.settings.listening.device or None
            self.microphone.hold(lambda sink: self._services.hear_answer(device, sink))

    @Slot()
    def _leave(self) -> None:
        self._box = None
        self.microphone.release()

    @Slot(object)
    def _take(self, event: AnswerEvent) -> None:
        box = self._box
        if box is None:
            return
        if isinstance(event, AnswerHeard | AnswerFailed):
            self._leave()
        box.take(event)

    @Slot(object)
    def _give_way(self, phase: Phase) -> None:
        """A call comes first: it needs the microphone."""
        idle = phase is Phase.IDLE
        if not idle:
            self.leave()
        for box in self._boxes:
            box.set_speaking_allowed("" if idle else CALL_RUNS)
