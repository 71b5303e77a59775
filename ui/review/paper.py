"""The card to take away, on paper or as a PDF: the dialogs, and what follows them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog

from coach.calls.file_name import file_name
from coach.errors import KnownError
from ui.parts.saving import ask_where_to_save
from ui.review.card_print import CardContent, print_card, save_card
from ui.review.window import ReviewWindow
from ui.work import Background


class Paper(QObject):
    """``tell`` and ``fail`` say what came of it: the window may be closed by then."""

    def __init__(
        self,
        window: ReviewWindow,
        background: Background,
        tell: Callable[[str], None],
        fail: Callable[[KnownError], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._tell = tell
        self._fail = fail
        window.takeaway.print_wanted.connect(self.ask_printer)
        window.takeaway.save_wanted.connect(self.ask_where)

    @property
    def content(self) -> CardContent | None:
        page, review = self._window.takeaway, self._window.review
        if review is None:
            return None
        return CardContent(review.record.header, page.takeaways, page.say_instead)

    def ask_printer(self) -> None:
        content = self.content
        if content is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle("Print the card")

        def put_on_paper() -> None:
            if print_card(content, printer):
                self._tell("Sent to the printer.")
            else:
                self._fail(KnownError("card-unprinted", "The printer did not take it. Save it as a PDF."))

        dialog.accepted.connect(put_on_paper)
        dialog.finished.connect(dialog.deleteLater)
        # PySide gives a print dialog another ``open``, which wants a slot by its name.
        QDialog.open(dialog)

    def ask_where(self) -> None:
        review = self._window.review
        if review is None:
            return
        name = card_name(file_name(review.record.header, "pdf"))
        ask_where_to_save(self._window, "Save the card", name, "PDF (*.pdf)", self.save)

    def save(self, path: Path) -> None:
        """The dialog has asked whether a file that is there may be replaced."""
        content = self.content
        if content is not None:
            self._background.run(
                lambda: save_card(content, path),
                lambda _none: self._tell(f"Saved as {path.name}."),
                self._fail,
            )


def card_name(summary_name: str) -> str:
    """ "2026-11-22 1605 Parcel that never came card.pdf": sorts beside the summary of the same call."""
    return f"{Path(summary_name).stem} card.pdf"
