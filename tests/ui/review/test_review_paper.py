"""The card to take away, on its way to a printer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtPrintSupport import QPrintDialog
from pytestqt.qtbot import QtBot

from ui.review.desk import ReviewDesk
from ui.review.window import ReviewWindow


def test_the_card_is_printed_where_the_dialog_says(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow, tmp_path: Path
) -> None:
    """Print… asks for a printer, here a file, puts the card there and says so."""
    window.takeaway.print_button.click()
    [dialog] = window.findChildren(QPrintDialog)
    assert dialog.isVisible()
    dialog.printer().setOutputFileName(str(tmp_path / "card.pdf"))
    dialog.done(QPrintDialog.DialogCode.Accepted)
    qtbot.waitUntil(lambda: window.findChildren(QPrintDialog) == [])
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
    assert window.toast.message_label.text() == "Sent to the printer."


def test_a_card_that_is_not_printed_leaves_nothing_behind(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow
) -> None:
    """Who changes their mind is told nothing."""
    window.takeaway.print_button.click()
    [dialog] = window.findChildren(QPrintDialog)
    dialog.reject()
    qtbot.waitUntil(lambda: window.findChildren(QPrintDialog) == [])
    assert not window.toast.isVisible()
