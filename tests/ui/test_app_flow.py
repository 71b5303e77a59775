"""The app from start to finish, over services without a microphone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThreadPool, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit

from coach.errors import KnownError
from coach.events import CueEnd, Failure
from coach.values.hits import BEGINS, ENDS
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services, unnamed_controls, unopened_desk
from ui.dialogs.consent import ConsentDialog
from ui.dialogs.models import ModelsDialog
from ui.dialogs.passphrase import PassphraseDialog
from ui.running.call_runner import Phase
from ui.state import AppState
from ui.window.main_window import CALLS, NOW, SUMMARY

__all__ = ["desk", "services", "unopened_desk"]


def test_a_call_goes_from_start_to_summary_to_list(desk: Desk) -> None:
    """Start, talk, stop: the summary opens by itself and the call stands first in the list."""
    call = desk.start()
    call.play(sample_call.events())
    desk.settle()
    assert desk.window.live.model.rowCount() == len(sample_call.turns()) + 1
    desk.stop()
    assert desk.window.room == SUMMARY
    assert desk.window.summary.record is not None
    assert desk.window.summary.record.header.id == "live"
    assert desk.window.calls.model.row_of("live") is not None
    assert desk.window.live.welcoming


def test_search_delete_and_undo(desk: Desk) -> None:
    """A word said finds its call; deleted, it is gone at once; undone, it is back."""
    page = desk.window.calls
    page.search.setText("daughter")
    desk.settle()
    assert [page.model.call_at(row).id for row in range(page.model.rowCount())] == ["sample"]
    assert f"{BEGINS}daughter{ENDS}" in page.model.call_at(0).snippet
    page.select_row(0)
    page.delete_button.click()
    desk.settle()
    assert page.is_empty
    assert "sample" in desk.services.memory.deleted
    desk.window.toast.action_button.click()
    desk.settle()
    assert page.model.row_of("sample") == 0
    assert "sample" in desk.services.memory.calls


def test_the_overlay_shows_the_cue_and_answers_it(desk: Desk) -> None:
    """A cue raised stands on the overlay; the user's word about it reaches the call."""
    call = desk.start()
    call.send(*sample_call.turns()[:3], sample_call.cues()[1])
    desk.settle()
    assert desk.app.overlay.isVisible()
    assert desk.app.overlay.cue == sample_call.cues()[1]
    desk.app.overlay.cue_contested.emit("c2")
    assert call.cue_ends == [("c2", CueEnd.UNFAIR)]


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    """A key as the window gets it; window managers leave it active when the overlay appears."""
    desk.window.activateWindow()
    desk.qtbot.waitUntil(desk.window.isActiveWindow)
    QTest.keyClick(desk.window, key, modifier)


def test_keyboard_alone_runs_a_call(desk: Desk) -> None:
    """Every step has a key: start, pause, resume, stop, search, pages, back."""
    window, runner = desk.window, desk.app.runner
    control, alt, alone = (
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.NoModifier,
    )
    press(desk, Qt.Key.Key_R, control)
    desk.qtbot.waitUntil(lambda: runner.phase is Phase.RUNNING)
    press(desk, Qt.Key.Key_P, control)
    desk.qtbot.waitUntil(lambda: runner.phase is Phase.PAUSED)
    assert window.call_bar.pause_button.text() == "Resume"
    press(desk, Qt.Key.Key_P, control)
    desk.qtbot.waitUntil(lambda: runner.phase is Phase.RUNNING)
    press(desk, Qt.Key.Key_R, control)
    desk.qtbot.waitUntil(lambda: window.room == SUMMARY)
    press(desk, Qt.Key.Key_Escape, alone)
    assert window.room == CALLS
    press(desk, Qt.Key.Key_1, alt)
    assert window.room == NOW
    press(desk, Qt.Key.Key_2, alt)
    assert window.room == CALLS
    press(desk, Qt.Key.Key_F, control)
    assert isinstance(window.focusWidget(), QLineEdit)


def test_a_failed_save_can_be_tried_again(desk: Desk) -> None:
    """A full disk is a banner with a button; the button saves, and the banner goes."""
    call = desk.start()
    call.send(Failure(3.0, "disk-full", "The disk is full. Free some space, then try again."))
    desk.settle()
    (banner,) = desk.window.banners.banners
    assert desk.app.runner.state is AppState.TROUBLE
    desk.services.saves = False
    banner.action_button.click()
    desk.settle()
    assert desk.window.banners.banners == (banner,)
    desk.services.saves = True
    banner.action_button.click()
    desk.settle()
    assert desk.window.banners.banners == ()


def test_a_microphone_that_comes_back_takes_its_banner_away(desk: Desk) -> None:
    """Trouble that has passed does not stay on the screen; window, overlay and tray agree about it."""
    call = desk.start()
    call.send(Failure(3.0, "microphone-gone", "The microphone is gone. Plug it in again."))
    desk.settle()
    assert shown_states(desk) == {AppState.NO_MICROPHONE}
    assert desk.app.overlay.pill.state_label.text() == "No microphone"
    assert desk.window.banners.banners[0].action_button.text() == "Choose a microphone…"
    call.send(Failure(9.0, "microphone-gone", "The microphone is back.", recovered=True))
    desk.settle()
    assert desk.window.banners.banners == ()
    assert shown_states(desk) == {AppState.LISTENING}
    assert desk.app.overlay.pill.meter.isVisible()


def shown_states(desk: Desk) -> set[AppState]:
    return {desk.app.runner.state, desk.app.overlay.pill.state, desk.app.tray.state}


def test_the_focus_stays_where_it_disturbs_nobody(desk: Desk) -> None:
    """Neither the start of a call nor its summary puts the focus on a button that nobody chose."""
    desk.window.activateWindow()
    desk.qtbot.waitUntil(desk.window.live.welcome.start_button.hasFocus)
    call = desk.start()
    call.play(sample_call.events())
    desk.settle()
    assert not isinstance(desk.window.focusWidget(), QAbstractButton | QAbstractItemView)
    desk.stop()
    assert not isinstance(desk.window.focusWidget(), QAbstractButton | QAbstractItemView)


def test_getting_ready_says_so(desk: Desk) -> None:
    """While models load there is nothing to press, and words that say why."""
    welcome = desk.window.live.welcome
    assert welcome.title.text() == "Ready when you are"
    seen = []
    desk.app.runner.phase_changed.connect(
        lambda phase: seen.append((phase, welcome.title.text(), welcome.offers.isVisible()))
    )
    desk.start()
    assert seen[0] == (Phase.PREPARING, "One moment", False)
    desk.stop()
    assert welcome.title.text() == "Ready when you are"


def test_a_call_that_cannot_begin_says_why(desk: Desk) -> None:
    """A known error while preparing is a banner, and everything is ready for another try."""
    desk.services.call_error = KnownError("model-damaged", "The model is damaged. Fetch it again.")
    desk.app.start()
    desk.settle()
    desk.settle()
    assert desk.window.banners.banners[0].message_label.text() == "The model is damaged. Fetch it again."
    assert desk.app.runner.phase is Phase.IDLE


def test_a_bug_while_preparing_leaves_nobody_waiting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of our own is raised as one, and the app is ready for another try."""

    def broken(_device: str | None, _sink: object, *, waited: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(desk.services, "live_call", broken)
    with desk.qtbot.captureExceptions() as bugs:
        desk.app.start()
        desk.qtbot.waitUntil(lambda: bool(bugs))
    assert [kind for kind, _bug, _where in bugs] == [ZeroDivisionError]
    assert desk.app.runner.phase is Phase.IDLE


def test_a_dropped_recording_is_reviewed(desk: Desk) -> None:
    """A recording asks for its channel, runs through the same flow, and its summary opens."""
    desk.window.file_dropped.emit(Path("calls/monday.wav"))
    dialog = desk.asked_where()
    dialog.group.button(1).setChecked(True)
    dialog.open_button.click()
    desk.qtbot.waitUntil(lambda: desk.window.room == SUMMARY)
    assert desk.services.opened == [(Path("calls/monday.wav"), 0)]
    assert desk.window.summary.title_label.text() == "monday"


def test_the_first_run_asks_once(unopened_desk: Desk) -> None:
    """Nothing is opened or heard before the user agreed; the answer is remembered."""
    desk = unopened_desk
    desk.services.settings.consent.first_run_done = False
    desk.app.open()
    dialog = desk.app.readiness.dialog
    assert isinstance(dialog, ConsentDialog)
    desk.settle()
    assert desk.window.calls.model.rowCount() == 0
    dialog.agree_button.click()
    desk.settle()
    assert desk.services.settings.consent.first_run_done
    assert desk.services.saved_settings == 1
    assert desk.window.calls.model.rowCount() == 6


def test_a_call_asked_for_during_the_first_run_starts_after_it(unopened_desk: Desk) -> None:
    """``app --listen`` on a new machine listens once the question is answered."""
    desk = unopened_desk
    desk.services.settings.consent.first_run_done = False
    desk.app.open()
    desk.app.start()
    dialog = desk.app.readiness.dialog
    assert isinstance(dialog, ConsentDialog)
    dialog.agree_button.click()
    desk.qtbot.waitUntil(lambda: desk.app.runner.phase is Phase.RUNNING)


def test_a_declined_consent_starts_nothing(unopened_desk: Desk) -> None:
    """ "Not now" leaves the microphone alone; the next start asks again."""
    desk = unopened_desk
    desk.services.settings.consent.first_run_done = False
    for _ in range(2):
        desk.app.start()
        dialog = desk.app.readiness.dialog
        assert isinstance(dialog, ConsentDialog)
        dialog.later_button.click()
        desk.settle()
    assert desk.services.call is None


def test_missing_models_are_fetched_before_the_call(desk: Desk) -> None:
    """The download shows its progress, and the call begins when it is done."""
    desk.services.missing = ["base"]
    desk.app.start()
    desk.settle()
    dialog = desk.app.readiness.dialog
    assert isinstance(dialog, ModelsDialog)
    dialog.fetch_button.click()
    desk.qtbot.waitUntil(lambda: desk.app.runner.phase is Phase.RUNNING)
    assert desk.services.missing == []


def test_a_cancelled_download_ends_and_starts_no_call(desk: Desk) -> None:
    """Cancel reaches the working thread at its next report."""
    desk.services.missing = ["base"]
    desk.app.start()
    desk.settle()
    dialog = desk.app.readiness.dialog
    assert isinstance(dialog, ModelsDialog)
    desk.services.before_step = lambda _step: dialog._cancelled.set()
    dialog.fetch_button.click()
    dialog.reject()
    desk.settle()
    assert desk.services.missing == ["base"]
    assert desk.services.call is None


def test_a_wrong_passphrase_says_so_and_asks_again(unopened_desk: Desk) -> None:
    """The calls stay locked until the right words come; the dialog does not go away."""
    desk = unopened_desk
    desk.services.passphrase = "correct horse"
    desk.app.open()
    desk.settle()
    dialog = desk.app.readiness.dialog
    assert isinstance(dialog, PassphraseDialog)
    dialog.first.setText("wrong horse")
    dialog.ok_button.click()
    desk.settle()
    assert dialog.error_label.text() == "That is not the passphrase of your calls."
    dialog.first.setText("correct horse")
    dialog.ok_button.click()
    desk.settle()
    desk.settle()
    assert desk.window.calls.model.rowCount() == 6


def test_a_new_passphrase_is_typed_twice(unopened_desk: Desk) -> None:
    """A slip of the finger cannot lock the calls for good."""
    desk = unopened_desk
    desk.services.passphrase_unset = True
    desk.app.open()
    desk.settle()
    dialog = desk.app.readiness.dialog
    assert isinstance(dialog, PassphraseDialog)
    dialog.first.setText("correct horse")
    dialog.second.setText("correct hose")
    dialog.ok_button.click()
    assert "not the same" in dialog.error_label.text()
    dialog.second.setText("correct horse")
    dialog.ok_button.click()
    desk.settle()
    assert desk.services.passphrase == "correct horse"


def test_recovered_calls_are_announced(unopened_desk: Desk) -> None:
    """After a crash the app says what it finished."""
    unopened_desk.services.recoverable = ["past-0"]
    unopened_desk.open()
    (banner,) = unopened_desk.window.banners.banners
    assert "1 call that was cut off" in banner.message_label.text()


def test_closing_the_window_during_a_call_asks_where_there_is_no_tray(desk: Desk) -> None:
    """Without a tray the window is not simply gone; "keep listening" keeps all as it was."""
    desk.start()
    desk.window.close()
    dialog = desk.app.closing.dialog
    assert dialog is not None
    dialog.stay_button.click()
    assert desk.window.isVisible()
    assert desk.app.runner.phase is Phase.RUNNING


def test_closing_the_window_during_a_call_goes_to_the_tray(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a tray the call goes on; this is said once, not every time."""
    said: list[str] = []
    desk.app.tray.hide()  # a tray that is really shown needs a desktop
    monkeypatch.setattr(desk.app.tray, "is_available", lambda: True)
    monkeypatch.setattr(desk.app.tray, "tell", lambda _title, words: said.append(words))
    desk.start()
    for _ in range(2):
        desk.window.close()
        assert not desk.window.isVisible()
        desk.window.bring_forward()
    assert len(said) == 1
    assert desk.app.runner.phase is Phase.RUNNING


def test_quitting_saves_the_running_call_first(desk: Desk) -> None:
    """Quit means stop, save, leave, in this order."""
    desk.start()
    desk.app.closing.quit()
    desk.qtbot.waitUntil(lambda: desk.closed)
    assert "live" in desk.services.memory.calls
    assert desk.services.memory.closed


def test_quitting_stays_open_when_the_call_could_not_be_saved(desk: Desk) -> None:
    """Nothing is lost by leaving: an unsaved call keeps the window open."""
    desk.services.saves = False
    call = desk.start()
    call.send(Failure(3.0, "disk-full", "The disk is full."))
    desk.app.closing.quit()
    desk.qtbot.waitUntil(lambda: desk.app.runner.phase is Phase.IDLE)
    desk.settle()
    assert not desk.closed
    assert desk.window.isVisible()


def test_nothing_is_left_behind(desk: Desk) -> None:
    """After closing there is no visible window, no running timer of ours, no working thread."""
    desk.start().play(sample_call.events())
    desk.stop()
    desk.close()
    assert not desk.window.isVisible()
    assert not desk.app.overlay.isVisible()
    owners = (desk.app, desk.window, desk.app.overlay)
    assert not [timer for owner in owners for timer in owner.findChildren(QTimer) if timer.isActive()]
    assert QThreadPool.globalInstance().activeThreadCount() == 0
    assert not desk.app.background.busy


def test_every_control_of_a_freshly_opened_app_has_a_name(desk: Desk) -> None:
    """Also what is not to be seen yet, such as the buttons of a commitment before one is chosen."""
    assert unnamed_controls(desk.window) == []


def test_every_control_has_a_name(desk: Desk) -> None:
    """A screen reader can name each control of every page."""
    desk.start().play(sample_call.events())
    desk.stop()
    QApplication.processEvents()
    assert unnamed_controls(desk.window) == []
