"""The app is closed in the middle of something: what was chosen and written last is kept."""

from __future__ import annotations

import threading

import pytest

from coach.values.own_moves import OwnLine, OwnMove
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services
from ui.closing import SAVE_FIRST
from ui.summary.revise_dialogs import CommentDialog
from ui.window.main_window import PRACTICE

__all__ = ["desk", "services"]


def test_a_choice_that_waits_is_saved(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Microphones are still being looked for, say, when the app is closed."""
    held, saved = threading.Event(), []
    desk.app.background.run(held.wait, lambda _held: None, lambda _error: None)
    monkeypatch.setattr(desk.services, "save_settings", lambda: saved.append("settings"))
    desk.window.actions_.reduced_motion.toggle()
    closer = threading.Timer(0.05, held.set)
    closer.start()
    desk.close()
    closer.join()
    assert saved == ["settings"]


def test_settings_that_are_saved_with_their_window_are_saved_without_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Quit by the tray while the settings are open: how solid the overlay is, and the own words."""
    saved = []
    settings = desk.services.settings

    def save() -> None:
        saved.append((settings.appearance.overlay_opacity, settings.listening.vocabulary))

    desk.app.ear.open_settings()
    desk.settle()
    monkeypatch.setattr(desk.services, "save_settings", save)
    dialog = desk.app.ear.settings.dialog
    assert dialog is not None
    dialog.overlay.opacity_chosen.emit(0.6)
    dialog.words.terms_changed.emit(["Adeyemi"])
    desk.close()
    assert saved[-1] == (0.6, ["Adeyemi"])


def test_a_country_that_is_still_looked_up_is_kept(desk: Desk) -> None:
    """Quit by the tray with the name just written: nobody is left to be answered."""
    desk.app.ear.open_settings()
    desk.settle()
    dialog = desk.app.ear.settings.dialog
    assert dialog is not None
    dialog.commitments.country.setText("Germany")
    dialog.commitments.country.editingFinished.emit()
    saved = desk.services.saved_settings
    desk.close()
    assert desk.services.settings.office.country == "DE"
    assert desk.services.saved_settings > saved


def test_an_own_move_that_waits_to_be_saved_is_kept(desk: Desk) -> None:
    """Save was pressed while a sentence was still being looked at."""
    move = OwnMove(
        "Trade_words", "Plain words", "It shuts people out.", (OwnLine("It waits."),), phrases=("a",)
    )
    held = threading.Event()
    desk.app.own_moves.background.run(held.wait, lambda _held: None, lambda _error: None)
    desk.app.own_moves._save(move)
    closer = threading.Timer(0.05, held.set)
    closer.start()
    desk.close()
    closer.join()
    assert desk.services.own_moves.personal == {"Trade_words": move}


def test_an_answer_in_practice_that_waits_is_kept(desk: Desk) -> None:
    """The answer before it is still being judged."""
    desk.window.go_to(PRACTICE)
    desk.settle()
    held, kept = threading.Event(), []
    practice = desk.app.practice
    practice.background.run(held.wait, lambda _held: None, lambda _error: None)
    practice._run(lambda: kept.append("answer"), lambda _none: None)
    closer = threading.Timer(0.05, held.set)
    closer.start()
    desk.close()
    closer.join()
    assert kept == ["answer"]


@pytest.fixture
def comment(desk: Desk) -> CommentDialog:
    """The window for a comment, open on a summary."""
    with desk.qtbot.waitSignal(desk.app.desk.opened):
        desk.app.desk.open(sample_call.header().id)
    desk.settle()
    desk.window.summary.comment_button.click()
    dialog = desk.window.findChild(CommentDialog)
    assert isinstance(dialog, CommentDialog)
    return dialog


def test_what_is_being_written_is_saved_before_the_app_closes(desk: Desk, comment: CommentDialog) -> None:
    """Quit by the tray or by its key, with half a comment written."""
    comment.comment_edit.setPlainText("It began badly.")
    desk.app.closing.quit()
    desk.app.closing.quit()
    assert not desk.closed
    assert comment.error_label.text() == SAVE_FIRST
    comment.save_button.click()
    desk.qtbot.waitUntil(lambda: desk.closed)
    assert desk.services.summaries.revision(sample_call.header().id).comment == "It began badly."


def test_what_is_cancelled_or_was_not_changed_holds_nothing_up(desk: Desk, comment: CommentDialog) -> None:
    comment.comment_edit.setPlainText("It began badly.")
    comment.comment_edit.clear()
    desk.app.closing.quit()
    assert desk.closed


def test_a_machine_that_is_shut_down_does_not_wait_for_a_window(desk: Desk, comment: CommentDialog) -> None:
    comment.comment_edit.setPlainText("It began badly.")
    desk.app.closing.leave()
    assert desk.closed


def test_a_part_that_fails_as_it_is_closed_keeps_nothing_open(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parts after it keep what was written last, and the fault goes to the log as any other."""

    def fail() -> None:
        raise RuntimeError("gone")

    kept: list[str] = []
    monkeypatch.setattr(desk.app.files, "close", fail)
    monkeypatch.setattr(desk.services, "close", lambda: kept.append("store"))
    with desk.qtbot.captureExceptions() as faults:
        desk.app.closing.leave()
    assert (desk.closed, kept, [str(fault[1]) for fault in faults]) == (True, ["store"], ["gone"])
