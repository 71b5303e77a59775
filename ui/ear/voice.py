"""The voice profile: made by reading aloud, known by its day, deleted for good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from coach.errors import KnownError
from coach.events import Failure
from coach.ports import EnrolmentEvent, Services, VoiceEnrolled
from ui.dialogs.delete_voice import DeleteVoiceDialog
from ui.enrolment.dialog import EnrolmentDialog
from ui.running.held_microphone import HeldMicrophone
from ui.work import Background


class Voice(QObject):
    """``changed(day or None)`` whenever it is known anew whether the voice is enrolled."""

    closed = Signal()
    """The dialog has gone, and with it its microphone."""
    changed = Signal(object)
    deleted = Signal()
    failed = Signal(object)
    """A ``KnownError``."""

    def __init__(self, services: Services, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self.microphone = HeldMicrophone(self)
        self.microphone.arrived.connect(self._take)
        self.enrolled_on: dt.date | None = None
        self.dialog: EnrolmentDialog | None = None
        self.question: DeleteVoiceDialog | None = None

    def refresh(self) -> None:
        """Look whether there is a profile; the store must be open."""
        self._background.run(self._services.voice_enrolled, self._know, self.failed.emit)

    def enrol(self, microphone: str, front: Callable[[], QWidget]) -> None:
        """Open the dialog; ``microphone`` is the name of the one that will be listened to.

        ``front`` is the window it stands over once the text is there: the settings may be closed.
        """
        if self.dialog is not None:
            return
        self._background.run(
            self._services.reading_text,
            lambda sentences: self._open(sentences, microphone, front()),
            self.failed.emit,
        )

    def ask_to_delete(self, parent: QWidget) -> None:
        if self.question is None and self.enrolled_on is not None:
            self.question = DeleteVoiceDialog(parent)
            self.question.finished.connect(self._answered)
            self.question.open()

    def close(self) -> None:
        self.microphone.close()

    def leave(self) -> None:
        """A call begins: a reading that runs is given up, and keeps nothing."""
        if self.dialog is not None:
            self.dialog.reject()

    def _open(self, sentences: tuple[str, ...], microphone: str, parent: QWidget) -> None:
        if self.dialog is not None:
            return
        self.dialog = dialog = EnrolmentDialog(sentences, microphone, parent)
        dialog.reading_wanted.connect(self._read)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _read(self) -> None:
        device = self._services.settings.listening.device or None
        self.microphone.hold(lambda sink: self._services.enrol(device, sink))

    def _take(self, event: EnrolmentEvent) -> None:
        if self.dialog is not None:
            self.dialog.take(event)
        if isinstance(event, VoiceEnrolled):
            self.microphone.release()
            self._know(event.on)
        elif isinstance(event, Failure):
            self.microphone.release()

    def _closed(self, _result: int) -> None:
        self.dialog = None
        self.microphone.release()
        self.closed.emit()

    def _answered(self, result: int) -> None:
        self.question = None
        if result:
            self._background.run(self._services.delete_voice, lambda _none: self._gone(), self._fail)

    def _gone(self) -> None:
        self._know(None)
        self.deleted.emit()

    def _fail(self, error: KnownError) -> None:
        self.failed.emit(error)
        self.refresh()

    def _know(self, on: dt.date | None) -> None:
        self.enrolled_on = on
        self.changed.emit(on)
