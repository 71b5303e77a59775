"""Brings the page of a summary and what the agent makes of it together, off the main thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from coach.calls.file_name import file_name
from coach.errors import KnownError
from coach.machine.whole_files import write_whole
from coach.ports import Services
from coach.settings import ExportForm
from coach.values.revisions import WHOLE_CALL, LineRevision, ShownLine, ShownSummary, Smoothed
from ui import text
from ui.parts.saving import ask_where_to_save
from ui.settings.model_desk import ModelDesk
from ui.summary.pdf import summary_pdf
from ui.summary.promise_desk import PromiseEditor
from ui.summary.revise_dialogs import CommentDialog, LineDialog
from ui.summary.smooth_dialog import SmoothDialog
from ui.window.main_window import SUMMARY, MainWindow
from ui.work import Background

_FILTERS: dict[ExportForm, str] = {
    "html": "Web page (*.html)",
    "pdf": "PDF (*.pdf)",
    "md": "Markdown (*.md)",
    "json": "JSON (*.json)",
}


class SummaryDesk(QObject):
    """``failed`` with a ``KnownError``; ``chosen`` when a form or folder to export to was chosen anew."""

    failed = Signal(object)
    chosen = Signal()

    def __init__(
        self,
        services: Services,
        background: Background,
        window: MainWindow,
        open_folder: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(window)
        self._summaries = services.summaries
        self._settings = services.settings.export
        self._background = background
        self._window = window
        self._open_folder = open_folder
        self._store = services.store
        self._kept: set[str] = set()
        """Calls that were read from the store."""
        self.page = page = window.summary
        page.call_shown.connect(self.refresh)
        page.model.contested_changed.connect(lambda: self.refresh(page.call_id))
        page.edit_wanted.connect(self.edit)
        page.comment_wanted.connect(self.comment)
        page.export_wanted.connect(self.ask_where)
        # A model takes its time, and nothing else is to wait for it.
        self.model_work = Background(self)
        self.model = ModelDesk(services, self.model_work, self)
        self.model.changed.connect(self.chosen)
        self.model.changed.connect(self._offer_smoothing)
        self.promises = PromiseEditor(services, background, window, self)
        self.promises.failed.connect(self.failed)
        self.promises.line_wanted.connect(self.edit_line)
        self.promises.changed.connect(self.refresh_if_shown)
        self.smooth_dialog: SmoothDialog | None = None
        page.smooth_wanted.connect(self.smooth)

    def refresh(self, call_id: str) -> None:
        """Read what was made of the call; one that is not kept has nothing to read, and stays as it is."""
        self._offer_smoothing()

        def found(shown: ShownSummary) -> None:
            self._kept.add(call_id)
            if self.page.call_id == call_id:
                self.page.show_revised(shown)

        def failed(error: KnownError) -> None:
            if error.code != "call-unknown":
                self.failed.emit(error)

        self._background.run(lambda: self._summaries.shown(call_id), found, failed)

    def refresh_if_shown(self, call_id: str = "") -> None:
        """A commitment was edited, of this call or of any."""
        shown = self.page.shown
        if shown is not None and call_id in ("", shown.header.id):
            self.refresh(shown.header.id)

    def _offer_smoothing(self) -> None:
        self.page.show_smoothing(self._summaries.can_smooth)

    def edit(self, line_id: str) -> None:
        """A line; of a commitment the commitment itself."""
        line = self.page.line(line_id)
        if line is not None and line_id.startswith("commitments."):
            self.promises.edit(self.page.call_id, line)
        else:
            self.edit_line(line_id)

    def edit_line(self, line_id: str) -> None:
        line = self.page.line(line_id)
        if line is not None:
            # Another summary may take its place while one writes: that of a call that ends.
            call_id = self.page.call_id
            dialog = LineDialog(line, self._window)
            dialog.revised.connect(lambda revision: self.revise(line_id, revision, call_id=call_id))
            dialog.open()

    def comment(self) -> None:
        shown = self.page.shown
        if shown is not None:
            call_id = shown.header.id
            dialog = CommentDialog(shown.comment, self._window)
            dialog.commented.connect(
                lambda said: self.revise(WHOLE_CALL, LineRevision(comment=said), call_id=call_id)
            )
            dialog.open()

    def revise(self, line_id: str, revision: LineRevision, is_undo: bool = False, call_id: str = "") -> None:
        """Keep it, and offer to undo it. ``call_id`` where another call may be shown by now."""
        call_id = call_id or self.page.call_id

        def done(before: LineRevision) -> None:
            self.refresh(call_id)
            if not is_undo and before != revision:
                undo = partial(self.revise, line_id, before, True, call_id)
                self._window.toast.say(_said(line_id, revision, before), text.UNDO, undo)

        def kept() -> LineRevision:
            return self._summaries.revise(call_id, line_id, revision)

        self._background.run(kept, done, self.failed.emit)

    def smooth(self) -> None:
        """Ask the language model on this machine for smoother wordings; the agent takes those that fit."""
        shown = self.page.shown
        if shown is None or self.smooth_dialog is not None:
            return
        self.smooth_dialog = dialog = SmoothDialog(self._window)
        dialog.taken.connect(lambda taken: self.take(taken, shown.header.id))
        # First it is forgotten: what is only about to ask then asks nobody.
        dialog.finished.connect(self._forget_dialog)
        dialog.finished.connect(self._summaries.stop_asking)
        dialog.open()

        def found(smoothed: Smoothed) -> None:
            if self.smooth_dialog is dialog:
                lines = {line.id: line for section in shown.sections for line in section.lines}
                proposals = [(lines[line_id], words) for line_id, words in smoothed.lines]
                dialog.show_proposals(proposals, smoothed.dropped)

        def failed(error: KnownError) -> None:
            if self.smooth_dialog is dialog:
                dialog.show_failure(error.message)

        def wanted() -> bool:
            return self.smooth_dialog is dialog

        self.model_work.run(lambda: self._summaries.smooth(shown, wanted), found, failed)

    def take(self, taken: list[tuple[ShownLine, str]], call_id: str) -> None:
        """Keep the wordings as the agent's own edits; one undo takes all of them back."""
        edits = [
            (line.id, LineRevision(words, line.detail, line.own.text, line.own.detail, line.comment))
            for line, words in taken
        ]
        self._revise_all(call_id, edits, is_undo=False)

    def _revise_all(self, call_id: str, edits: list[tuple[str, LineRevision]], is_undo: bool) -> None:
        def kept() -> list[tuple[str, LineRevision]]:
            return [(line_id, self._summaries.revise(call_id, line_id, edit)) for line_id, edit in edits]

        def done(before: list[tuple[str, LineRevision]]) -> None:
            self.refresh(call_id)
            if not is_undo:
                edited = f"{text.count_text(len(edits), 'line', 'lines')} edited."
                undo = partial(self._revise_all, call_id, before, is_undo=True)
                self._window.toast.say(edited, text.UNDO, undo)

        self._background.run(kept, done, self.failed.emit)

    def _forget_dialog(self) -> None:
        self.smooth_dialog = None

    def close(self) -> None:
        # A model may take a minute, and nobody waits for it any more.
        self.smooth_dialog = None
        self._summaries.stop_asking()
        self.model_work.close()

    def ask_where_again(self) -> None:
        """In the form chosen last, where a summary is looked at."""
        if self._window.room == SUMMARY:
            self.ask_where(self._settings.form)

    def ask_where(self, form: ExportForm) -> None:
        """Where the last one went, under a name that sorts."""
        shown = self.page.shown
        if shown is None:
            return
        name, folder = file_name(shown.header, form), self._settings.folder

        def export(path: Path) -> None:
            self.export(shown, path, form)

        ask_where_to_save(self._window, "Export the summary", name, _FILTERS[form], export, folder)

    def _check_still_kept(self, call_id: str) -> None:
        """What was never kept can be exported as long as it is shown; what was deleted cannot."""
        if call_id in self._kept:
            store = self._store()
            if call_id in {call.id for call in store.listing(limit=_EVERY, deleted=True)}:
                raise KnownError("call-deleted", _DELETED)
            # Deleted for good, it is unknown.
            store.load(call_id)

    def export(self, shown: ShownSummary, path: Path, form: ExportForm) -> None:
        """The dialog has asked whether a file that is there may be replaced."""

        def write() -> None:
            self._check_still_kept(shown.header.id)
            if form == "pdf":
                write_whole(path, summary_pdf(shown), replace=True)
            else:
                self._summaries.export(shown, path, form, replace=True)

        def done(_none: None) -> None:
            self._settings.form, self._settings.folder = form, str(path.parent)
            self.chosen.emit()
            folder = QUrl.fromLocalFile(str(path.parent))
            self._window.toast.say(
                f"Saved as {path.name}.", "Show in folder", lambda: _ignore(self._open_folder(folder))
            )

        self._background.run(write, done, self.failed.emit)


_EVERY = 1_000_000
"""More calls than anybody has."""
_DELETED = "This call was deleted meanwhile, so it was not exported. Bring it back in the room Calls first."


def _said(line_id: str, revision: LineRevision, before: LineRevision) -> str:
    if line_id == WHOLE_CALL:
        return "Comment kept." if revision.comment else "Comment taken away."
    if revision.text != before.text or revision.detail != before.detail:
        return "Line edited." if revision.text is not None else "The line reads as it was written."
    return "Comment kept." if revision.comment else "Comment taken away."


def _ignore(_result: object) -> None:
    """Whether a window of folders opened is for the system to show."""
