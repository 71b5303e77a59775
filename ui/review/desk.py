"""Brings the window of review, the engine and the output together, off the main thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from coach.errors import KnownError
from coach.ports import Services
from coach.taxonomy import is_flag
from coach.values.reviewing import Correction, FlagHelp, FlagNote, Review
from ui import text
from ui.review.correct_dialog import CorrectDialog
from ui.review.paper import Paper
from ui.review.pictures import Pictures
from ui.review.sound_desk import SoundDesk
from ui.review.window import ReviewWindow
from ui.work import Background

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Read:
    review: Review
    contested: frozenset[tuple[int, str]]
    helps: dict[tuple[int, str], FlagHelp]


class ReviewDesk(QObject):
    """``failed`` with a ``KnownError`` that no window shows; ``changed`` when a call reads otherwise now:
    its record and its summary. One window at a time."""

    failed = Signal(object)
    changed = Signal(object, object)
    judged = Signal()
    """A flag was called unfair, or that was taken back."""
    shown = Signal()

    def __init__(
        self,
        services: Services,
        parent: QObject | None = None,
        in_call: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._in_call = in_call
        self.background = Background(self)
        self.pictures = Pictures(services.review, self)
        self.window: ReviewWindow | None = None
        self.sound: SoundDesk | None = None
        self.dialog: CorrectDialog | None = None
        self.paper: Paper | None = None
        self._undo: Callable[[], None] | None = None
        self._opening = ""
        self._writing: dict[tuple[str, int, str], str] = {}
        """Notes by call, turn and move that are being kept: what is read before that lacks them."""

    @property
    def busy(self) -> bool:
        return self.background.busy or self.pictures.busy

    def open(self, call_id: str) -> None:
        """Open the window of a call; one that is open already comes forward."""
        window = self.window
        if window is not None and window.review is not None and window.review.record.header.id == call_id:
            window.raise_()
            window.activateWindow()
            return
        if self.dialog is not None:
            # Words that are being put right would go with their window.
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        if call_id == self._opening:
            # Pressed twice.
            return
        self._opening = call_id

        def failed(error: KnownError) -> None:
            self._opening = ""
            self._fail(error)

        self._run(lambda: self._read(call_id), self._opened, failed)

    def close(self) -> None:
        """Let go of the output, the file and the threads."""
        player = self.sound.player if self.sound is not None else None
        if self.window is not None:
            self.window.close()
        self.pictures.close()
        # A note that was being written is kept.
        self.background.finish()
        if player is not None:
            player.close()

    def _opened(self, read: _Read) -> None:
        self._opening = ""
        if self.dialog is not None:
            # Begun meanwhile: as above.
            return
        if self.window is not None:
            self.window.close()
        self.window = window = ReviewWindow()
        self.paper = Paper(window, self.background, self._tell, self._fail)
        self.sound = SoundDesk(window, self._services.review, self.background, self.pictures, self._in_call)
        self._wire(window)
        window.show_review(self._with_notes(read.review), read.contested, read.helps)
        window.show()
        window.wave.setFocus()
        self.sound.take(read.review.sound)
        self.shown.emit()

    def _wire(self, window: ReviewWindow) -> None:
        window.closed.connect(self._closed)
        window.undo_wanted.connect(self._undo_last)
        window.correct_wanted.connect(self._ask_words)
        window.moment.unfair_toggled.connect(self._set_unfair)
        window.view.unfair_wanted.connect(lambda index, move: self._set_unfair(index, move, True))
        window.view.take_back_wanted.connect(lambda index, move: self._set_unfair(index, move, False))
        window.moment.note_changed.connect(self._keep_note)
        window.moment.put_back_wanted.connect(self._put_back)

    def _read(self, call_id: str) -> _Read:
        """On the other thread."""
        engine, feedback = self._services.review, self._services.feedback
        review = engine.open(call_id)
        contested = frozenset(
            (one.turn_index, one.move) for one in feedback.of_call(call_id) if one.turn_index is not None
        )
        helps = {
            (index, move.name): engine.help_for(review.record, index, move.name)
            for index, moves in review.record.moves.items()
            for move in moves
            if is_flag(move.name)
        }
        return _Read(review, contested, helps)

    def _refresh(self, then: Callable[[], None] = lambda: None) -> None:
        call_id = self._call_id
        if call_id is None:
            return

        def show(read: _Read) -> None:
            if self.window is not None and self._call_id == call_id:
                self.window.show_review(self._with_notes(read.review), read.contested, read.helps)
                if self.sound is not None:
                    self.sound.follow()
                self.changed.emit(read.review.record, read.review.summary)
                then()

        self._run(lambda: self._read(call_id), show)

    @property
    def _call_id(self) -> str | None:
        review = self.window.review if self.window is not None else None
        return review.record.header.id if review is not None else None

    def _run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        self.background.run(work, done, failed or self._fail)

    def _fail(self, error: KnownError) -> None:
        if self.window is not None:
            self.window.banners.show_message(error.code, error.message)
        else:
            self.failed.emit(error)

    def _tell(self, said: str, undo: Callable[[], None] | None = None) -> None:
        self._undo = undo
        if self.window is not None:
            self.window.toast.say(said, text.UNDO if undo else "", undo)

    def _undo_last(self) -> None:
        undo, self._undo = self._undo, None
        if undo is not None and self.window is not None:
            self.window.toast.put_away()
            undo()

    @Slot()
    def _closed(self) -> None:
        if self.sound is not None:
            self.sound.close()
        window, self.window = self.window, None
        self._undo, self.sound, self.paper, self.dialog = None, None, None, None
        if window is not None:
            window.deleteLater()

    def _set_unfair(self, turn_index: int, move: str, unfair: bool) -> None:
        call_id, feedback = self._call_id, self._services.feedback
        if call_id is None:
            return

        def change() -> list[int]:
            if unfair:
                return [feedback.contest(call_id, turn_index, move)]
            mine = [
                one for one in feedback.of_call(call_id) if (one.turn_index, one.move) == (turn_index, move)
            ]
            return feedback.take_back([one.id for one in mine])

        def done(ids: list[int]) -> None:
            back = feedback.take_back if unfair else feedback.contest_again
            said = "Noted as unfair." if unfair else "Taken back: it counts as fair again."
            self._judged(
                call_id,
                said,
                lambda: self._run(lambda: back(ids), lambda _ids: self._judged(call_id, "Undone.", None)),
            )

        def refused(error: KnownError) -> None:
            self._fail(error)
            if self.window is not None and self._call_id == call_id:
                # The button that was pressed is as it was.
                self.window.show_contested(self.window.contested)

        self._run(change, done, refused)

    def _judged(self, call_id: str, said: str, undo: Callable[[], None] | None) -> None:
        if self._call_id == call_id:
            self._tell(said, undo)
            self._refresh()
        self.judged.emit()

    def _keep_note(self, turn_index: int, move: str, words: str) -> None:
        """Kept in the window at once, so that it is there when the turn is chosen again."""
        window, call_id, engine = self.window, self._call_id, self._services.review
        if window is None or window.review is None or call_id is None:
            return
        notes = {(one.turn_index, one.move): one.text for one in window.review.notes}
        before = notes.get((turn_index, move), "")
        key = (call_id, turn_index, move)
        self._writing[key] = words
        window.review = self._with_notes(window.review)

        def undo() -> None:
            self._run(
                lambda: engine.keep_note(call_id, turn_index, move, before), lambda _none: self._refresh()
            )

        def done(_none: None) -> None:
            if self._writing.get(key) == words:
                del self._writing[key]
            if self._call_id == call_id:
                self._tell("Note kept." if words else "Note removed.", undo)
                self._reread_notes(call_id)

        # Refused, it stays where it was written, and in ``_writing``.
        self._run(lambda: engine.keep_note(call_id, turn_index, move, words), done)

    def _with_notes(self, review: Review) -> Review:
        """With the notes that are still being kept, in place of what was read of them."""
        written = {
            (turn_index, move): words
            for (call_id, turn_index, move), words in self._writing.items()
            if call_id == review.record.header.id
        }
        if not written:
            return review
        others = [one for one in review.notes if (one.turn_index, one.move) not in written]
        mine = [FlagNote(*of, words) for of, words in written.items() if words]
        return replace(review, notes=(*others, *mine))

    def _reread_notes(self, call_id: str) -> None:
        """Without drawing anything anew: somebody may be writing."""

        def show(review: Review) -> None:
            if self.window is not None and self._call_id == call_id:
                self.window.review = self._with_notes(review)

        self._run(lambda: self._services.review.open(call_id), show)

    def _ask_words(self, turn_index: int, word: object) -> None:
        window, call_id = self.window, self._call_id
        turn = window.turn(turn_index) if window is not None else None
        if window is None or turn is None or call_id is None:
            return
        self.dialog = dialog = CorrectDialog(turn, word, window)  # type: ignore[arg-type]
        dialog.offered.connect(lambda words: self._correct(dialog, call_id, turn_index, words))
        dialog.finished.connect(self._dialog_closed)
        dialog.open()

    @Slot()
    def _dialog_closed(self) -> None:
        self.dialog = None

    def _correct(self, dialog: CorrectDialog, call_id: str, turn_index: int, words: str) -> None:
        # Cancelled while it was kept, the dialog is gone.
        def done(made: Correction) -> None:
            if self.dialog is dialog:
                dialog.accept()
            undo = lambda: self._put_back(made.id)  # noqa: E731 - said once, where it is offered
            self._refresh(lambda: self._tell(_corrected_words(made), undo))

        def refused(error: KnownError) -> None:
            if self.dialog is dialog:
                dialog.refuse(error.message)
            else:
                self._fail(error)

        self._run(lambda: self._services.review.correct(call_id, turn_index, words), done, refused)

    def _put_back(self, correction_id: int) -> None:
        call_id = self._call_id
        if call_id is None:
            return
        self._run(
            lambda: self._services.review.undo_correction(call_id, correction_id),
            lambda _none: self._refresh(lambda: self._tell("Put back as it was heard.")),
        )


def _corrected_words(made: Correction) -> str:
    others = len(made.before.others)
    if not others:
        return "Corrected. Flags, commitments and summary follow."
    return f"Corrected. {text.count_text(others, 'other turn reads', 'other turns read')} otherwise now, too."
