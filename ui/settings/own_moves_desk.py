"""Brings the page about own moves and the engine together; the slow parts on a thread of their own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from coach.errors import KnownError
from coach.moves.own import to_table
from coach.ports import OwnMovesServices
from coach.values.own_moves import OwnListing, OwnMove, OwnProblem, Tried
from ui.settings.dialog import OWN_MOVES, SettingsDialog
from ui.settings.own_move_dialog import OwnMoveDialog
from ui.settings.own_moves_page import OwnMovesPage
from ui.work import Background

_Undo = Callable[[], OwnListing]


class OwnMovesDesk(QObject):
    def __init__(self, own_moves: OwnMovesServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._own_moves = own_moves
        self.background = Background(self)
        self._settings: SettingsDialog | None = None
        self._undo: _Undo | None = None
        self._sentence = ""
        self.editor: OwnMoveDialog | None = None

    @Slot(object)
    def attach(self, dialog: SettingsDialog) -> None:
        """A settings dialog was opened: the moves are listed once their page is shown."""
        self._settings = dialog
        page = dialog.own_moves
        page.sentence_typed.connect(self._try)
        page.add_wanted.connect(lambda: self._edit(None))
        page.edit_wanted.connect(self._edit)
        page.delete_wanted.connect(self._delete)
        page.undo_wanted.connect(self._take_back)
        dialog.page_entered.connect(lambda name: self._list() if name == OWN_MOVES else None)
        dialog.finished.connect(self._closed)

    def close(self) -> None:
        # Nobody reads any more what a sentence makes; a move that was saved just now is kept.
        self._sentence = ""
        self.background.finish()

    @property
    def _page(self) -> OwnMovesPage | None:
        return None if self._settings is None else self._settings.own_moves

    def _list(self) -> None:
        self.background.run(self._own_moves.listing, self._show, self._fail)

    def _try(self, sentence: str) -> None:
        """Only the latest sentence is looked at: what was typed on the way waits for nobody."""
        self._sentence = sentence

        def look() -> Tried | None:
            return self._own_moves.try_sentence(sentence) if sentence == self._sentence else None

        def tried(answer: Tried | None) -> None:
            if answer is not None and self._page is not None:
                self._page.trying.show_tried(answer)

        def failed(error: KnownError) -> None:
            if self._page is not None:
                self._page.trying.show_problem(error.message)

        self.background.run(look, tried, failed)

    def _edit(self, move: OwnMove | None) -> None:
        self.editor = editor = OwnMoveDialog(move, self._settings)
        editor.check_wanted.connect(self._check)
        editor.save_wanted.connect(self._save)
        editor.finished.connect(self._edited)
        editor.open()

    def _check(self, move: OwnMove) -> None:
        def checked(problems: list[OwnProblem]) -> None:
            if self.editor is not None and self.editor.move_written() == move:
                self.editor.show_problems([problem.message for problem in problems])

        self.background.run(lambda: self._own_moves.check({move.name: to_table(move)}), checked, self._refuse)

    def _save(self, move: OwnMove) -> None:
        editor = self.editor
        before = None if editor is None else editor.before
        old = before.name if before is not None else ""

        def undo() -> OwnListing:
            if before is None:
                return self._own_moves.remove(move.name)
            return self._own_moves.keep(before, move.name)

        def kept(listing: OwnListing) -> None:
            # Another may be open by now, and what is typed in it is not to go with this one.
            if editor is not None and self.editor is editor:
                editor.accept()
            self._did(f"“{move.called}” is {'changed' if before else 'added'}.", undo, listing)

        if editor is not None:
            editor.save_button.setEnabled(False)
        self.background.run(lambda: self._own_moves.keep(move, old), kept, self._refuse)

    def _delete(self, move: OwnMove) -> None:
        def deleted(listing: OwnListing) -> None:
            self._did(f"“{move.called}” is deleted.", lambda: self._own_moves.keep(move), listing)

        self.background.run(lambda: self._own_moves.remove(move.name), deleted, self._fail)

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        page = self._page
        if undo is None or page is None:
            return
        words = page.undo_label.text()
        page.offer_undo("")

        def failed(error: KnownError) -> None:
            if self._undo is None and self._page is page:
                # It may be tried again, once there is room on the disk.
                self._undo = undo
                page.offer_undo(words)
            self._fail(error)

        self.background.run(undo, self._changed, failed)

    def _did(self, words: str, undo: _Undo, listing: OwnListing) -> None:
        self._undo = undo
        if self._page is not None:
            self._page.offer_undo(words)
        self._changed(listing)

    def _changed(self, listing: OwnListing) -> None:
        """Another set of moves: the sentence that stands there is looked at again."""
        self._show(listing)
        if self._page is not None:
            self._page.trying.look()

    def _show(self, listing: OwnListing) -> None:
        if self._page is not None:
            self._page.show_listing(listing)

    def _refuse(self, error: KnownError) -> None:
        if self.editor is not None:
            self.editor.refuse(error.message)

    def _fail(self, error: KnownError) -> None:
        if self._page is not None:
            self._page.show_problem(error.message)

    @Slot(int)
    def _edited(self, _result: int) -> None:
        self.editor = None

    @Slot(int)
    def _closed(self, _result: int) -> None:
        self._settings, self._undo = None, None
