"""What one writes and presses in the review while something else of it is kept or read."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coach.errors import KnownError
from tests.fakes.services import FakeServices
from tests.ui.review.conftest import opened, settle
from ui.review.desk import ReviewDesk
from ui.review.moment_page import FlagCard
from ui.review.window import ReviewWindow


def flag(window: ReviewWindow) -> FlagCard:
    if window.turn_index != 1:
        window.look_at(1)
    return window.moment.cards[0]


def notes(services: FakeServices) -> list[str]:
    return [one.text for one in services.review.open("sample").notes]


def full(*_args: object) -> None:
    raise KnownError("disk-full", "The disk is full.")


def test_a_note_goes_on_while_the_flag_is_judged(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow, services: FakeServices
) -> None:
    """Called unfair, and a note begun at once: the words and the keyboard stay where they are."""
    flag(window).unfair_button.click()
    flag(window).note.setFocus()
    QTest.keyClicks(flag(window).note, "not what ")
    settle(qtbot, desk)
    settle(qtbot, desk)
    note = flag(window).note
    assert window.focusWidget() is note
    QTest.keyClicks(note, "I said")
    assert note.toPlainText() == "not what I said"
    window.moment.settle()
    settle(qtbot, desk)
    assert notes(services) == ["not what I said"]


def test_the_button_that_was_pressed_keeps_the_keyboard(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow
) -> None:
    """Space calls it unfair, Space again takes that back."""
    for unfair in (True, False):
        button = flag(window).unfair_button
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        settle(qtbot, desk)
        settle(qtbot, desk)
        assert window.focusWidget() is flag(window).unfair_button
        assert flag(window).unfair_button.isChecked() is unfair


def test_what_could_not_be_noted_does_not_look_noted(
    qtbot: QtBot,
    desk: ReviewDesk,
    window: ReviewWindow,
    services: FakeServices,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The store is full: the button is as it was, and the banner says why."""
    monkeypatch.setattr(services.feedback, "contest", full)
    flag(window).unfair_button.click()
    settle(qtbot, desk)
    assert [banner.code for banner in window.banners.banners] == ["disk-full"]
    assert not flag(window).unfair_button.isChecked()


def test_a_note_that_could_not_be_kept_is_still_there(
    qtbot: QtBot,
    desk: ReviewDesk,
    window: ReviewWindow,
    services: FakeServices,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another turn and back: the words are not lost, and changed they are kept."""
    monkeypatch.setattr(services.review, "keep_note", full)
    flag(window).note.setPlainText("my own words")
    window.moment.settle()
    settle(qtbot, desk)
    monkeypatch.undo()
    window.look_at(2)
    assert flag(window).note.toPlainText() == "my own words"
    flag(window).note.setPlainText("my own words.")
    window.moment.settle()
    settle(qtbot, desk)
    assert notes(services) == ["my own words."]


def test_a_note_that_waits_is_kept_where_the_app_is_closed(
    desk: ReviewDesk, window: ReviewWindow, services: FakeServices
) -> None:
    """Something else is still being read: the note comes after it all the same."""
    held = threading.Event()
    desk.background.run(held.wait, lambda _held: None, lambda _error: None)
    flag(window).note.setPlainText("my own words")
    window.moment.settle()
    closer = threading.Timer(0.05, held.set)
    closer.start()
    desk.close()
    closer.join()
    assert notes(services) == ["my own words"]


def test_undo_in_the_next_window_leaves_the_last_one_alone(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow, services: FakeServices
) -> None:
    """A note is kept as the window closes: Ctrl+Z in another one does not take it away."""
    flag(window).note.setPlainText("my own words")
    window.close()
    settle(qtbot, desk)
    again = opened(qtbot, desk)
    again.undo_wanted.emit()
    settle(qtbot, desk)
    assert notes(services) == ["my own words"]


def test_a_card_that_could_not_be_saved_is_told_after_the_window_was_closed(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow, tmp_path: Path
) -> None:
    """In the main window then: nothing is lost without a word."""
    failures: list[KnownError] = []
    desk.failed.connect(failures.append)
    assert desk.paper is not None
    desk.paper.save(tmp_path / "away" / "card.pdf")
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    settle(qtbot, desk)
    assert len(failures) == 1


def test_a_review_asked_for_twice_opens_once(qtbot: QtBot, desk: ReviewDesk) -> None:
    """A double click: no window that closes again under one's hands."""
    shown: list[ReviewWindow | None] = []
    desk.shown.connect(lambda: shown.append(desk.window))
    desk.open("sample")
    desk.open("sample")
    settle(qtbot, desk)
    assert len(shown) == 1


def test_words_that_are_being_put_right_stay_where_another_review_is_asked_for(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow, services: FakeServices
) -> None:
    """Their window is not closed over them; that review can be asked for again."""
    another = next(call_id for call_id in services.memory.calls if call_id != "sample")
    desk.open(another)
    window.look_at(2)
    window.ask_to_correct()
    dialog = desk.dialog
    assert dialog is not None
    dialog.field.setPlainText("half a sen")
    settle(qtbot, desk)
    desk.open(another)
    settle(qtbot, desk)
    assert desk.window is window
    assert desk.dialog is dialog
    assert dialog.isVisible()
    dialog.reject()
    assert desk.dialog is None
