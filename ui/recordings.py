"""Several recordings, one after the other, and what became of each."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from coach.errors import KnownError
from coach.events import Failure, SessionStopped
from coach.recordings.report import Outcome, Result, as_csv, counted
from ui import text
from ui.bridge import EventBridge
from ui.call_runner import CallRunner
from ui.main_window import NOW, MainWindow

CODE = "recordings"
"""The one banner that tells how far it is, and at the end what came of it."""


class RecordingQueue(QObject):
    """Runs through ``runner`` one file at a time. What fails does not stop the rest."""

    def __init__(self, runner: CallRunner, bridge: EventBridge, window: MainWindow) -> None:
        super().__init__(window)
        self._runner = runner
        self._window = window
        self._waiting: deque[Path] = deque()
        self._channel: int | None = None
        self._current: Path | None = None
        self._why = ""
        self._total = 0
        self.outcomes: list[Outcome] = []
        bridge.failure_raised.connect(self._note_failure)
        bridge.session_stopped.connect(self._on_stopped)
        runner.refused.connect(self._on_refused)

    @property
    def running(self) -> bool:
        return self._current is not None or bool(self._waiting)

    def start(self, paths: Sequence[Path], channel: int | None) -> None:
        """``channel`` is the agent's in all of them. More may be added while some wait."""
        if not self.running:
            self.outcomes, self._total = [], 0
        self._waiting.extend(paths)
        self._channel = channel
        self._total += len(paths)
        if self._current is None:
            self._next()

    @Slot()
    def stop(self) -> None:
        """The one that runs is heard to its end; those that wait are let go, and the report names them."""
        self.outcomes += [Outcome(path, Result.NOT_BEGUN) for path in self._waiting]
        self._waiting.clear()
        if self._current is None:
            self._finish()
        else:
            self._tell()

    @Slot()
    def copy_report(self) -> None:
        QGuiApplication.clipboard().setText(as_csv(self.outcomes))
        self._window.toast.say("Report copied.")

    @Slot()
    def _next(self) -> None:
        if not self._waiting:
            self._finish()
            return
        self._current, self._why = self._waiting.popleft(), ""
        self._tell()
        self._window.go_to(NOW)
        self._runner.open_file(self._current, self._channel)

    def _tell(self) -> None:
        if self._current is None:
            return
        done = sum(one.result is not Result.NOT_BEGUN for one in self.outcomes)
        message = f"Recording {done + 1} of {self._total}: {self._current.name}."
        banner = self._window.banners.show_message(CODE, message, "plain")
        if self._waiting:
            banner.offer("Stop after this one", self.stop)

    def _finish(self) -> None:
        if not self.outcomes:
            return
        recordings = text.count_text(len(self.outcomes), "recording", "recordings")
        failed = [one for one in self.outcomes if one.result is Result.FAILED]
        names = ", ".join(one.path.name for one in failed[:3]) + (" …" if len(failed) > 3 else "")
        message = f"{recordings}: {counted(self.outcomes)}.{f' Failed: {names}.' if failed else ''}"
        banner = self._window.banners.show_message(CODE, message, "danger" if failed else "good")
        banner.offer("Copy the report", self.copy_report)

    @Slot(object)
    def _note_failure(self, failure: Failure) -> None:
        if self._current is not None and not failure.recovered:
            self._why = self._why or failure.message

    @Slot(object)
    def _on_stopped(self, stopped: SessionStopped) -> None:
        if self._current is None:
            return
        result = Result.REVIEWED if stopped.record.turns else Result.FAILED
        call_id = stopped.record.header.id if stopped.saved else ""
        self._note(Outcome(self._current, result, self._why, call_id, stopped.record.duration_s))

    @Slot(object)
    def _on_refused(self, error: KnownError) -> None:
        if self._current is not None:
            self._note(Outcome(self._current, Result.FAILED, error.message))

    def _note(self, outcome: Outcome) -> None:
        self._current = None
        self.outcomes.append(outcome)
        # Whoever else hears of the call's end shows its summary first.
        QTimer.singleShot(0, self, self._next)
