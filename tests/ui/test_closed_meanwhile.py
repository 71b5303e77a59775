"""A window is closed, or a button pressed twice, before what it asked for has come."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from coach.errors import KnownError
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services, unopened_desk
from tests.fakes.services import MemoryStore
from tests.fakes.waiting import WAIT_S
from ui.commitments.brief import BriefDialog, NameDialog
from ui.dialogs.models import ModelsDialog
from ui.dialogs.passphrase import PassphraseDialog
from ui.settings.dialog import VOICE

__all__ = ["desk", "services", "unopened_desk"]


def held_back(desk: Desk) -> threading.Event:
    """What is asked for from now on waits until it is set."""
    held = threading.Event()
    desk.app.background.run(held.wait, lambda _held: None, lambda _error: None)
    return held


def let_go(desk: Desk, held: threading.Event) -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    held.set()
    desk.settle()


def test_a_passphrase_that_is_cancelled_while_it_is_tried(unopened_desk: Desk) -> None:
    """Its window is gone by then: nothing goes wrong."""
    desk = unopened_desk
    desk.services.passphrase = "correct horse"
    desk.open()
    dialog = desk.app.readiness.dialog
    assert isinstance(dialog, PassphraseDialog)
    held = held_back(desk)
    dialog.first.setText("correct horse")
    dialog.ok_button.click()
    dialog.cancel_button.click()
    let_go(desk, held)
    assert desk.app.readiness.dialog is None


@pytest.mark.parametrize("chosen", [True, False])
def test_a_passphrase_given_after_all_opens_all_that_waited_for_it(unopened_desk: Desk, chosen: bool) -> None:
    """The banner that stands where it was cancelled leads to it, and goes with its cause."""
    desk = unopened_desk
    desk.services.passphrase_unset, desk.services.passphrase = chosen, None if chosen else "correct horse"
    desk.open()
    dialog = desk.app.readiness.dialog
    assert isinstance(dialog, PassphraseDialog)
    dialog.cancel_button.click()
    (banner,) = desk.window.banners.banners
    assert banner.action_button.text() == ("Choose one…" if chosen else "Enter it…")
    assert desk.window.calls.empty.title.text() == "Not opened yet", "there may be calls"
    banner.action_button.click()
    desk.settle()
    dialog = desk.app.readiness.dialog
    assert isinstance(dialog, PassphraseDialog)
    dialog.first.setText("correct horse")
    if chosen:
        dialog.second.setText("correct hose")
        dialog.ok_button.click()
        dialog.second.setText("correct horse")
    dialog.ok_button.click()
    assert dialog.error_label.isHidden()
    desk.settle()
    desk.settle()
    assert desk.window.banners.banners == ()
    assert desk.window.calls.model.rowCount() == 6


def test_calls_that_another_program_held_are_opened_by_trying_again(
    unopened_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The banner stays until it works, and says nothing of a call that were saved."""
    desk = unopened_desk

    def held() -> MemoryStore:
        raise KnownError("store-locked", "Another program is using your calls.")

    with monkeypatch.context() as patch:
        patch.setattr(desk.services, "store", held)
        desk.open()
        (banner,) = desk.window.banners.banners
        banner.action_button.click()
        desk.settle()
    (banner,) = desk.window.banners.banners
    assert banner.code == "store-locked"
    banner.action_button.click()
    desk.settle()
    desk.settle()
    assert desk.window.banners.banners == ()
    assert desk.window.calls.model.rowCount() == 6


@pytest.mark.parametrize("asked", ["leak", "enrol"])
def test_what_was_asked_for_in_the_settings_comes_after_they_were_closed(desk: Desk, asked: str) -> None:
    """It stands over the window then."""
    desk.app.ear.open_settings(VOICE)
    desk.settle()
    settings = desk.app.ear.settings.dialog
    assert settings is not None
    held = held_back(desk)
    (desk.app.ear.check_leak if asked == "leak" else desk.app.ear.enrol)()
    settings.accept()
    let_go(desk, held)
    opened = desk.app.ear.leak.dialog if asked == "leak" else desk.app.ear.voice.dialog
    assert opened is not None
    opened.reject()


def test_a_download_is_left_where_the_app_is_closed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quit by the tray does not wait for hundreds of megabytes."""
    begun, left = threading.Event(), threading.Event()

    def fetch(progress: Callable[[str, int, int], None]) -> None:
        begun.set()
        ends_s = time.monotonic() + WAIT_S
        try:
            while time.monotonic() < ends_s:
                progress("downloading", 1, 100)
                left.wait(0.01)
        except Exception:
            left.set()
            raise

    desk.services.missing = ["whisper"]
    monkeypatch.setattr(desk.services, "models_missing", lambda: ["whisper"])
    monkeypatch.setattr(desk.services, "fetch_models", fetch)
    desk.app.start()
    desk.settle()
    dialog = desk.app.readiness.dialog
    assert isinstance(dialog, ModelsDialog)
    dialog.fetch()
    desk.qtbot.waitUntil(begun.is_set)
    desk.close()
    assert left.is_set()


def test_a_button_pressed_twice_opens_one_window(desk: Desk) -> None:
    """Whom a call was with, and its brief, are read first."""
    desk.app.desk.open(sample_call.header().id)
    desk.settle()
    page, commitments = desk.window.summary, desk.app.commitments.desk
    for kind, press in (
        (NameDialog, page.name_button.click),
        (BriefDialog, lambda: commitments.show_brief("Mrs Adeyemi")),
    ):
        press()
        press()
        desk.settle()
        dialogs = desk.window.findChildren(kind)
        assert len(dialogs) == 1
        dialogs[0].reject()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
