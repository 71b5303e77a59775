"""Brings the room of commitments and the store together, off the main thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from coach.commitments.lifecycle import current
from coach.errors import KnownError
from coach.events import Answer, CallRecord, CallSummary, Due
from coach.ports import Services
from coach.values.follow_up import Brief, ExportFormat, Followed, Key, Overview, StepKind
from ui import text
from ui.commitments.brief import BriefDialog, NameDialog
from ui.commitments.edit import FOUR_TODAY, EditDialog, quick_times
from ui.commitments.page import CommitmentsPage
from ui.commitments.words import STEPS, action_text
from ui.parts.saving import ask_where_to_save
from ui.parts.toast import Toast
from ui.work import Background

T = TypeVar("T")

_ENDINGS: dict[ExportFormat, tuple[str, str]] = {
    "ics": ("Commitments.ics", "Calendar (*.ics)"),
    "csv": ("Commitments.csv", "Table (*.csv)"),
    "text": ("Commitments.txt", "Text (*.txt)"),
}


class CommitmentsDesk(QObject):
    """``opened(record, summary, turn_index)`` when a promise's second was asked for; ``failed`` with a
    ``KnownError``; ``changed`` when something was done to a commitment."""

    opened = Signal(object, object, int)
    failed = Signal(object)
    changed = Signal()
    answered = Signal(str)
    """A promise of this call was dropped, confirmed or brought back."""
    given = Signal(object, object)
    """The same by its ``Key`` and ``Answer``: the call may still run."""
    named = Signal(str)
    """Whom this call was with is known, or known otherwise."""

    def __init__(
        self, services: Services, background: Background, page: CommitmentsPage, toast: Toast, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._follow_up = services.follow_up
        self._background = background
        self._page = page
        self._toast = toast
        self._reading = self._again = self._asking = False
        self._wanted: Key | None = None
        self.edit_dialog: EditDialog | None = None
        self.brief_dialog: BriefDialog | None = None
        self.name_dialog: NameDialog | None = None
        detail = page.detail
        detail.step_wanted.connect(self._settle)
        detail.change_wanted.connect(self._ask_change)
        detail.answer_wanted.connect(self._answer)
        detail.undo_wanted.connect(self._undo)
        detail.snooze_wanted.connect(self._snooze)
        detail.open_wanted.connect(self._open_chosen)
        detail.brief_wanted.connect(self._ask_brief)
        detail.name_wanted.connect(self._ask_name)
        page.export_wanted.connect(self._ask_where)
        page.copy_wanted.connect(self._copy)

    @Slot()
    def refresh(self) -> None:
        """Read all commitments anew. Asked for again meanwhile, it reads once more."""
        if self._reading:
            self._again = True
            return
        self._reading, self._again = True, False
        self._background.run(self._follow_up.overview, self._show, self._fail)

    def show_commitment(self, key: Key) -> None:
        """Choose it in the list, once the list is read."""
        self._wanted = key
        self.refresh()

    def open_second(self, call_id: str, turn_index: int) -> None:
        def found(kept: tuple[CallRecord, CallSummary | None]) -> None:
            record, summary = kept
            if summary is None:
                self.failed.emit(
                    KnownError("call-unfinished", "This call is still running, so it has no summary yet.")
                )
            else:
                self.opened.emit(record, summary, turn_index)

        self._background.run(lambda: self._services.store().load(call_id), found, self.failed.emit)

    def _show(self, overview: Overview) -> None:
        self._reading = False
        if self._again:
            self.refresh()
            return
        if not _reads_alike(self._page.overview, overview):
            self._page.show_overview(overview)
        wanted, self._wanted = self._wanted, None
        if wanted is not None and not self._page.choose(wanted):
            # Such as a reminder of a call that was deleted since.
            self._toast.say("That commitment is not here any more.")

    def _fail(self, error: KnownError) -> None:
        self._reading = False
        self.failed.emit(error)

    def _run(self, work: Callable[[], object], done: Callable[[object], None] = lambda _result: None) -> None:
        def finished(result: object) -> None:
            done(result)
            self.refresh()
            self.changed.emit()

        self._background.run(work, finished, self.failed.emit)

    @Slot(object)
    def _settle(self, kind: StepKind) -> None:
        one = self._page.chosen
        if one is not None:
            self._run(
                lambda: self._follow_up.settle(one, kind), lambda made: self._offer_undo(one, kind, made)
            )

    def _offer_undo(self, one: Followed, kind: StepKind, step: object) -> None:
        number = cast("int", step)
        self._toast.say(f"{STEPS[kind]}: {action_text(one)}.", text.UNDO, lambda: self._undo(number, True))

    @Slot(int, bool)
    def _undo(self, step_id: int, undone: bool) -> None:
        change = self._follow_up.take_back if undone else self._follow_up.do_again
        self._run(lambda: change(step_id))

    @Slot(object)
    def _answer(self, answer: Answer) -> None:
        one = self._page.chosen
        if one is None:
            return
        before = one.heard.answer

        def told() -> None:
            if answer is Answer.DROPPED:
                self._toast.say(
                    f"“{action_text(one)}” is no commitment.", text.UNDO, lambda: self.give(one.key, before)
                )

        self.give(one.key, answer, told)

    def give(self, key: Key, answer: Answer, then: Callable[[], None] = lambda: None) -> None:
        def done(_none: object) -> None:
            self.given.emit(key, answer)
            self.answered.emit(key[0])
            then()

        self._run(lambda: self._follow_up.answer(key, answer), done)

    @Slot(int)
    def _snooze(self, minutes: int) -> None:
        one = self._page.chosen
        if one is not None:
            self.snooze(one, minutes)

    def snooze(self, one: Followed, minutes: int) -> None:
        def done(_none: object) -> None:
            self._toast.say(f"“{action_text(one)}” comes back {_later(minutes)}.")

        self._run(lambda: self._follow_up.snooze(one.key, minutes), done)

    @Slot(object)
    def _ask_change(self, kind: StepKind) -> None:
        one = self._page.chosen
        if one is None:
            return
        quick = quick_times(self._follow_up.read_due(FOUR_TODAY))
        self.edit_dialog = dialog = EditDialog(one, kind, quick, self._page.window())
        dialog.due_asked.connect(lambda words: self._read_due(dialog, words))
        dialog.save_wanted.connect(lambda action, due: self._change(dialog, action, due))
        dialog.finished.connect(lambda _result: setattr(self, "edit_dialog", None))
        dialog.open()

    def _read_due(self, dialog: EditDialog, words: str) -> None:
        # Quick, and nothing of the disk: the answer comes while one types.
        try:
            dialog.show_read(words, self._follow_up.read_due(words))
        except KnownError as error:
            dialog.refuse_due(words, error.message)

    def _change(self, dialog: EditDialog, action: str, due: Due) -> None:
        one, kind = dialog.followed, dialog.kind
        made = current(one)
        if (made.action, made.due) == (action, due) and kind is StepKind.EDITED:
            dialog.accept()
            return

        def kept(step: int) -> None:
            # Cancelled while it was kept, the dialog is gone.
            if self.edit_dialog is dialog:
                dialog.accept()
            self._offer_undo(one, kind, step)
            self.refresh()
            self.changed.emit()

        def refused(error: KnownError) -> None:
            if self.edit_dialog is dialog:
                dialog.refuse(error.message)
            else:
                self.failed.emit(error)

        self._background.run(lambda: self._follow_up.change(one, kind, action, due), kept, refused)

    @Slot()
    def _open_chosen(self) -> None:
        one = self._page.chosen
        if one is not None:
            self.open_second(one.call_id, one.heard.turn_index)

    @Slot()
    def _ask_brief(self) -> None:
        one = self._page.chosen
        if one is not None and one.about:
            self.show_brief(one.about)

    def show_brief(self, about: str) -> None:
        """What to know before the next contact, in a window of its own."""
        self._ask(
            lambda: (self._follow_up.brief(about), self._follow_up.overview()),
            lambda found: self._show_brief(*found),
        )

    def _ask(self, read: Callable[[], T], show: Callable[[T], None]) -> None:
        """Read what a dialog shows. Pressed again before it is there, it is not opened twice."""
        if self._asking:
            return
        self._asking = True

        def found(what: T) -> None:
            self._asking = False
            show(what)

        def failed(error: KnownError) -> None:
            self._asking = False
            self.failed.emit(error)

        self._background.run(read, found, failed)

    def _show_brief(self, brief: Brief, overview: Overview) -> None:
        self.brief_dialog = dialog = BriefDialog(brief, overview, self._page.window())
        dialog.open_wanted.connect(self.open_second)
        dialog.copied.connect(lambda: self._toast.say("Copied."))
        dialog.finished.connect(lambda _result: setattr(self, "brief_dialog", None))
        dialog.open()
        dialog.fit()

    @Slot()
    def _ask_name(self) -> None:
        one = self._page.chosen
        if one is not None:
            self.ask_name(one.call_id, one.about)

    def ask_name(self, call_id: str, shown: str = "") -> None:
        """Whom a call was with; ``shown`` stands in the field where nobody has named it yet."""

        def found(read: tuple[str, list[str]]) -> None:
            reference, known = read
            self.name_dialog = dialog = NameDialog(reference or shown, known, self._page.window())
            dialog.name_wanted.connect(lambda name: self._name(call_id, reference, name))
            dialog.finished.connect(lambda _result: setattr(self, "name_dialog", None))
            dialog.open()

        self._ask(lambda: (self._follow_up.reference(call_id), self._follow_up.abouts()), found)

    def _name(self, call_id: str, before: str, name: str) -> None:
        def done(_none: object) -> None:
            said = f"This call is about {name}." if name else "This call has no name now."
            self._toast.say(said, text.UNDO, lambda: self._set_name(call_id, before))
            self.named.emit(call_id)

        self._run(lambda: self._follow_up.set_reference(call_id, name), done)

    def _set_name(self, call_id: str, name: str) -> None:
        self._run(
            lambda: self._follow_up.set_reference(call_id, name), lambda _none: self.named.emit(call_id)
        )

    @Slot(str)
    def _ask_where(self, form: ExportFormat) -> None:
        name, kinds = _ENDINGS[form]
        folder = self._services.settings.export.folder
        export = partial(self.export, form)
        ask_where_to_save(self._page.window(), "Export commitments", name, kinds, export, folder)

    def export(self, form: ExportFormat, path: Path) -> None:
        """The dialog has asked whether a file that is there may be replaced."""
        chosen = self._page.shown

        def done(_none: None) -> None:
            count = text.count_text(len(chosen), "commitment", "commitments")
            self._toast.say(f"{count} saved as {path.name}.")

        self._background.run(
            lambda: self._follow_up.export(chosen, form, path, replace=True), done, self.failed.emit
        )

    @Slot()
    def _copy(self) -> None:
        chosen = self._page.shown

        def done(written: bytes) -> None:
            QGuiApplication.clipboard().setText(written.decode())
            self._toast.say(f"{text.count_text(len(chosen), 'commitment', 'commitments')} copied.")

        self._background.run(lambda: self._follow_up.written(chosen, "text"), done, self.failed.emit)


def _reads_alike(before: Overview | None, now: Overview) -> bool:
    """Whether all that is shown would be the same: nobody is disturbed for that."""
    if before is None or before.now.date() != now.now.date():
        return False
    return replace(before, now=now.now) == now


def _later(minutes: int) -> str:
    if minutes < 60:
        return f"in {minutes} minutes"
    hours = minutes // 60
    return "in a day" if hours == 24 else f"in {text.count_text(hours, 'hour', 'hours')}"
