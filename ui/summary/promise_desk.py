"""A commitment that is edited in a summary: the commitment itself changes, and all that shows it follows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from coach.commitments.lifecycle import current
from coach.errors import KnownError
from coach.events import Due
from coach.ports import Services
from coach.values.follow_up import Followed, Key, StepKind
from coach.values.revisions import LineRevision, ShownLine
from ui import text
from ui.commitments.edit import FOUR_TODAY, quick_times
from ui.summary.promise_dialog import PromiseDialog
from ui.window.main_window import MainWindow
from ui.work import Background


class PromiseEditor(QObject):
    """``changed(call_id)`` when a commitment or its comment reads otherwise, ``failed`` with an error.

    ``line_wanted(line_id)`` where the commitment is not followed, so that only its line can be edited.
    """

    changed = Signal(str)
    failed = Signal(object)
    line_wanted = Signal(str)

    def __init__(
        self, services: Services, background: Background, window: MainWindow, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._follow_up = services.follow_up
        self._summaries = services.summaries
        self._background = background
        self._window = window
        self.dialog: PromiseDialog | None = None
        self._asking = False

    def edit(self, call_id: str, line: ShownLine) -> None:
        if self._asking or self.dialog is not None:
            # The key was pressed again before its dialog was there.
            return
        self._asking = True
        key: Key = (call_id, line.own.subject)

        def found(one: Followed | None) -> None:
            self._asking = False
            if one is None or one.dropped:
                self.line_wanted.emit(line.id)
            else:
                self._open(one, line)

        def failed(error: KnownError) -> None:
            self._asking = False
            self.failed.emit(error)

        self._background.run(lambda: self._follow_up.followed(key), found, failed)

    def _open(self, one: Followed, line: ShownLine) -> None:
        quick = quick_times(self._follow_up.read_due(FOUR_TODAY))
        self.dialog = dialog = PromiseDialog(line, one, quick, self._window)
        dialog.due_asked.connect(lambda words: self._read_due(dialog, words))
        dialog.save_wanted.connect(lambda action, due: self._save(dialog, line, action, due))
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _read_due(self, dialog: PromiseDialog, words: str) -> None:
        try:
            dialog.show_read(words, self._follow_up.read_due(words))
        except KnownError as error:
            dialog.refuse_due(words, error.message)

    def _save(self, dialog: PromiseDialog, line: ShownLine, action: str, due: Due) -> None:
        one, comment, made = dialog.followed, dialog.comment, current(dialog.followed)
        edited = (action, due) != (made.action, made.due)

        def keep() -> tuple[int | None, LineRevision | None]:
            step = self._follow_up.change(one, StepKind.EDITED, action, due) if edited else None
            try:
                said = self._comment(one.call_id, line.id, comment) if comment != line.comment else None
            except KnownError:
                # Both or nothing: what is said to have failed is tried again as a whole.
                if step is not None:
                    self._follow_up.take_back(step)
                raise
            return step, said

        def kept(made: tuple[int | None, LineRevision | None]) -> None:
            # Cancelled while it was kept, the dialog is gone.
            if self.dialog is dialog:
                dialog.accept()
            self.changed.emit(one.call_id)
            step, said = made
            if step is not None or said is not None:
                words = "Commitment edited." if step is not None else "Comment kept."
                self._window.toast.say(words, text.UNDO, lambda: self._undo(one.call_id, line.id, step, said))

        def refused(error: KnownError) -> None:
            if self.dialog is dialog:
                dialog.refuse(error.message)
            else:
                self.failed.emit(error)

        self._background.run(keep, kept, refused)

    def _comment(self, call_id: str, line_id: str, comment: str) -> LineRevision:
        """What stood there before. What was once edited in the line alone stays as it is."""
        before = self._summaries.revision(call_id).of(line_id)
        words = (before.text, before.detail, before.was_text, before.was_detail)
        return self._summaries.revise(call_id, line_id, LineRevision(*words, comment))

    def _undo(self, call_id: str, line_id: str, step: int | None, said: LineRevision | None) -> None:
        def back() -> None:
            if step is not None:
                self._follow_up.take_back(step)
            if said is not None:
                self._summaries.revise(call_id, line_id, said)

        self._background.run(back, lambda _none: self.changed.emit(call_id), self.failed.emit)
