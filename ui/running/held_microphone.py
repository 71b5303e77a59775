"""A microphone the app holds open for a meter or a reading, and its events on the main thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from coach.errors import KnownError
from coach.events import Failure
from coach.ports import EarSink, EnrolmentEvent, ListeningControl

_JOIN_S = 5.0


class HeldMicrophone(QObject):
    """``hold`` lets go of the last one first. Nothing that was sent before ``release`` arrives after it."""

    arrived = Signal(object)
    """An ``EnrolmentEvent`` of the microphone held now."""

    _sent = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._control: ListeningControl | None = None
        self._left: list[ListeningControl] = []
        self._run = 0
        # Queued even from the main thread: a slot then never runs inside the caller's own call.
        self._sent.connect(self._send_on, Qt.ConnectionType.QueuedConnection)

    @property
    def held(self) -> bool:
        return self._control is not None

    def hold(self, take: Callable[[EarSink], ListeningControl]) -> None:
        """``take(sink)`` opens the microphone and returns at once; what it refuses arrives as a failure."""
        self.release()
        run = self._run
        try:
            self._control = take(lambda event: self._sent.emit(run, event))
        except KnownError as error:
            self._sent.emit(run, Failure(0.0, error.code, error.message))

    def release(self) -> None:
        self._run += 1
        control, self._control = self._control, None
        if control is not None:
            control.stop()
            self._left = [one for one in self._left if not one.join(0.0)] + [control]

    def close(self) -> None:
        """Let go, and wait until the system has its microphone back."""
        self.release()
        for control in self._left:
            control.join(_JOIN_S)
        self._left.clear()

    @Slot(int, object)
    def _send_on(self, run: int, event: EnrolmentEvent) -> None:
        if run == self._run:
            self.arrived.emit(event)
