"""Brings "unfair" together: the overlay, the transcripts, the page of the settings, and the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from coach.errors import KnownError
from coach.events import CueEnd, CueEnded, SessionStarted
from coach.ports import Services
from coach.values.judgements import Judgement, MoveFairness
from ui import text
from ui.bridge import EventBridge
from ui.live.model import TranscriptModel
from ui.live.view import TranscriptView
from ui.parts.saving import ask_where_to_save
from ui.running.call_runner import CallRunner
from ui.settings.dialog import FAIRNESS, SettingsDialog
from ui.window.main_window import MainWindow
from ui.work import Background


class FeedbackDesk(QObject):
    """``failed`` with a ``KnownError`` that no page shows."""

    failed = Signal(object)

    def __init__(
        self,
        services: Services,
        background: Background,
        runner: CallRunner,
        bridge: EventBridge,
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._feedback = services.feedback
        self._background = background
        self._runner = runner
        self._window = window
        self._dialog: SettingsDialog | None = None
        self._calls: dict[TranscriptModel, str] = {}
        self._follow(window.live.view)
        self._follow(window.summary.view)
        bridge.session_started.connect(self._begin)
        bridge.cue_ended.connect(self._on_cue_ended)
        window.summary.call_shown.connect(lambda call_id: self._show(window.summary.model, call_id))

    def attach(self, dialog: SettingsDialog) -> None:
        """Fill the page of settings that were opened."""
        self._dialog = dialog
        page = dialog.fairness
        dialog.page_entered.connect(lambda name: self._refresh_page() if name == FAIRNESS else None)
        dialog.finished.connect(self._closed)
        page.take_back_wanted.connect(self._take_back_on_page)
        page.restore_wanted.connect(self._restore_on_page)
        page.export_wanted.connect(self._ask_where)

    def contest(self, view: TranscriptView, turn_index: int, move: str) -> None:
        """Call a flag unfair; a cue that is still open for it ends with that."""
        call_id = self._calls.get(view.transcript)
        if call_id is None:
            return
        if view is self._window.live.view:
            for cue_id in view.transcript.open_cues(turn_index, move):
                self._runner.end_cue(cue_id, CueEnd.UNFAIR)

        def done(said: int) -> None:
            name = text.move_name(move)
            self._window.toast.say(
                f"Noted. “{name}” needs a surer sign from the next turn on.",
                text.UNDO,
                lambda: self._change(lambda: self._feedback.take_back([said])),
            )

        self._change(lambda: self._feedback.contest(call_id, turn_index, move), done)

    def take_back(self, view: TranscriptView, turn_index: int, move: str) -> None:
        call_id = self._calls.get(view.transcript)
        if call_id is None:
            return

        def taken_back() -> list[int]:
            found = self._feedback.of_call(call_id)
            ids = [one.id for one in found if (one.turn_index, one.move) == (turn_index, move)]
            return self._feedback.take_back(ids)

        def done(ids: list[int]) -> None:
            self._window.toast.say(
                "Taken back: it counts as fair again.", text.UNDO, lambda: self._restore(ids)
            )

        self._change(taken_back, done)

    def export(self, path: Path) -> None:
        """The dialog has asked whether a file that is there may be replaced."""

        def done(counted: tuple[int, int]) -> None:
            written, gone = counted
            left_out = f" Left out: {gone}, for their calls are deleted." if gone else ""
            said = f"{text.count_text(written, 'turn', 'turns')} saved as {path.name}.{left_out}"
            if self._dialog is not None:
                self._dialog.fairness.show_note(said)
            else:
                self._window.toast.say(said)

        self._background.run(lambda: self._feedback.export(path, replace=True), done, self._fail)

    def _follow(self, view: TranscriptView) -> None:
        view.unfair_wanted.connect(lambda turn_index, move: self.contest(view, turn_index, move))
        view.take_back_wanted.connect(lambda turn_index, move: self.take_back(view, turn_index, move))

    def _change(self, change: Callable[[], object], done: Callable[..., None] = lambda _result: None) -> None:
        def changed(result: object) -> None:
            done(result)
            self.refresh()

        self._background.run(change, changed, self._fail)

    def _restore(self, ids: list[int]) -> None:
        self._change(lambda: self._feedback.contest_again(ids))

    def _restore_on_page(self, ids: list[int]) -> None:
        def failed(error: KnownError) -> None:
            if self._dialog is not None:
                # It may be tried again.
                self._dialog.fairness.show_taken_back(ids)
            self._fail(error)

        self._background.run(lambda: self._feedback.contest_again(ids), lambda _ids: self.refresh(), failed)

    def _take_back_on_page(self, ids: list[int]) -> None:
        def done(changed: list[int]) -> None:
            # Nothing changed where it was pressed twice: the first can be undone all the same.
            if self._dialog is not None and changed:
                self._dialog.fairness.show_taken_back(changed)

        self._change(lambda: self._feedback.take_back(ids), done)

    @Slot(object)
    def _begin(self, started: SessionStarted) -> None:
        self._calls[self._window.live.model] = started.header.id

    @Slot(object)
    def _on_cue_ended(self, ended: CueEnded) -> None:
        """The call has kept it already; what is shown elsewhere follows."""
        if ended.end is CueEnd.UNFAIR:
            self._refresh_page()

    def _show(self, model: TranscriptModel, call_id: str) -> None:
        self._calls[model] = call_id
        self._mark(model, call_id)

    def _mark(self, model: TranscriptModel, call_id: str) -> None:
        def found(judgements: list[Judgement]) -> None:
            if self._calls.get(model) == call_id:
                model.show_contested({(one.turn_index or 0, one.move) for one in judgements})

        self._background.run(lambda: self._feedback.of_call(call_id), found, self._fail)

    @Slot()
    def refresh(self) -> None:
        """What was said of flags may have changed elsewhere."""
        for model, call_id in self._calls.items():
            self._mark(model, call_id)
        self._refresh_page()

    def _refresh_page(self) -> None:
        if self._dialog is None or self._dialog.page != FAIRNESS:
            return

        def found(moves: tuple[MoveFairness, ...]) -> None:
            if self._dialog is not None:
                self._dialog.fairness.show_moves(moves)

        self._background.run(self._feedback.overview, found, self._fail)

    def _fail(self, error: KnownError) -> None:
        """Where one looks: on the page if it is open, else in the window."""
        if self._dialog is not None and self._dialog.page == FAIRNESS:
            self._dialog.fairness.show_problem(error.message)
        else:
            self.failed.emit(error)

    def _ask_where(self) -> None:
        parent: QWidget = self._dialog or self._window
        name = f"Sameside unfair turns {dt.date.today():%Y-%m-%d}.jsonl"
        ask_where_to_save(parent, "Export as labelled turns", name, "JSON lines (*.jsonl)", self.export)

    @Slot(int)
    def _closed(self, _result: int) -> None:
        self._dialog = None
