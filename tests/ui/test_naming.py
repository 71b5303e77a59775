"""Whom a call is with: said before, in or after it, kept with the call, and met with what is still open."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coach.errors import KnownError
from coach.events import CallSource, SessionStarted
from coach.services.follow_up import MAX_REFERENCE_CHARS
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services, unnamed_controls, unopened_desk
from ui.commitments.with_bar import WithBar
from ui.window.main_window import SUMMARY

__all__ = ["desk", "services", "unopened_desk"]


@pytest.fixture
def bar(desk: Desk) -> WithBar:
    """Of an app that knows the sample call, which was with Mrs Adeyemi."""
    desk.services.kept.references["sample"] = "Mrs Adeyemi"
    desk.app.commitments.naming.refresh()
    desk.settle()
    return desk.window.live.with_bar


def finish_typing(desk: Desk, bar: WithBar, name: str) -> None:
    bar.field.setText(name)
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    desk.settle()


def test_the_brief_appears_when_the_name_is_typed(desk: Desk, bar: WithBar) -> None:
    """What is still to be kept with them, and the last call; gone with another name; every control named."""
    assert bar.card.isHidden()
    bar.field.setText("mrs adeyemi")
    desk.settle()
    assert not bar.card.isHidden()
    assert "1 call so far, 3 commitments still to be kept." in bar.card.heading.text()
    assert any("Last call" in line for line in bar.card.lines)
    assert unnamed_controls(desk.window) == []
    bar.field.setText("Mrs Adeyemi-Jones")
    desk.settle()
    assert bar.card.isHidden()


def test_the_whole_brief_opens_from_it(desk: Desk, bar: WithBar) -> None:
    """One click away; the card itself can be put away."""
    bar.field.setText("Mrs Adeyemi")
    desk.settle()
    bar.card.whole_button.click()
    desk.settle()
    dialog = desk.app.commitments.desk.brief_dialog
    assert dialog is not None
    assert "Mrs Adeyemi" in dialog.windowTitle()
    dialog.close_button.click()
    bar.card.close_button.click()
    assert bar.card.isHidden()


def test_a_name_that_is_chosen_from_the_list_is_taken_whole(desk: Desk, bar: WithBar) -> None:
    """Never the letters that were typed to find it, which would be kept as the name of a call."""
    names = list[str]()
    bar.named.connect(names.append)
    bar.field.setText("ade")
    # As Qt has it: the field hears of the choice after those who asked before.
    bar.field.completer().activated.emit("Mrs Adeyemi")
    bar.field.setText("Mrs Adeyemi")
    desk.settle()
    assert names == ["Mrs Adeyemi"]


def test_a_name_given_before_the_call_is_kept_with_it(desk: Desk, bar: WithBar) -> None:
    """It waits in the field until the call begins; when it has ended, the field is free for the next one."""
    finish_typing(desk, bar, "  order   4117 ")
    call = desk.start()
    call.play(sample_call.events())
    desk.settle()
    assert desk.services.kept.references[call.call_id] == "order 4117"
    desk.stop()
    assert desk.window.room == SUMMARY
    assert desk.window.summary.title_label.text() == "order 4117"
    assert bar.field.text() == ""
    assert "order 4117" in desk.services.follow_up.abouts()


def test_a_name_given_in_the_call_is_kept_at_once_and_can_be_changed(desk: Desk, bar: WithBar) -> None:
    """So that it is there after a crash; what is in the field when the call ends counts."""
    call = desk.start()
    finish_typing(desk, bar, "Mr Okafor")
    assert desk.services.kept.references[call.call_id] == "Mr Okafor"
    bar.field.setText("Mr Okafor, order 12")
    call.play(sample_call.events())
    desk.stop()
    assert desk.services.kept.references[call.call_id] == "Mr Okafor, order 12"


def test_a_name_that_cannot_be_kept_yet_is_tried_again_at_the_end(desk: Desk, bar: WithBar) -> None:
    """The store may be away while the call runs; nothing is said then, and nothing is lost."""
    kept, told = desk.services.kept, list[KnownError]()
    desk.app.commitments.failed.connect(told.append)
    call = desk.start()
    kept.name_error = KnownError("call-unknown", "There is no such call.")
    finish_typing(desk, bar, "Mr Okafor")
    assert call.call_id not in kept.references
    kept.name_error = None
    call.play(sample_call.events())
    desk.stop()
    assert kept.references[call.call_id] == "Mr Okafor"
    assert told == []


def test_after_the_call_it_is_said_on_the_summary_and_undone(desk: Desk, bar: WithBar) -> None:
    """The title says it; undo brings the title back."""
    page = desk.window.summary
    desk.window.show_summary(*desk.services.memory.load("sample"))
    desk.settle()
    assert page.title_label.text() == "Mrs Adeyemi"
    page.name_button.click()
    desk.settle()
    dialog = desk.app.commitments.desk.name_dialog
    assert dialog is not None
    assert dialog.field.text() == "Mrs Adeyemi"
    dialog.field.setText("Ms Bello")
    dialog.save_button.click()
    desk.settle()
    assert page.title_label.text() == "Ms Bello"
    desk.window.toast.action_button.click()
    desk.settle()
    assert page.title_label.text() == "Mrs Adeyemi"


def test_a_recording_has_a_title_of_its_own(desk: Desk, bar: WithBar) -> None:
    """The field is for live calls: it goes while a recording is read, and what stands in it stays."""
    bar.field.setText("Mrs Adeyemi")
    before = dict(desk.services.kept.references)
    header = replace(sample_call.header("file"), source=CallSource.FILE)
    desk.app.bridge.sink(SessionStarted(header, "call.wav"))
    desk.settle()
    assert bar.isHidden()
    assert desk.services.kept.references == before
    assert bar.name == "Mrs Adeyemi"


def test_a_name_that_is_cleared_before_it_was_kept_is_gone(desk: Desk, bar: WithBar) -> None:
    """The wrong customer, taken out again at once while the store is busy: the call has no name."""
    call = desk.start()
    call.play(sample_call.events())
    held = threading.Event()
    desk.app.background.run(held.wait, lambda _held: None, lambda _error: None)
    for name in ("Mr Okafor", ""):
        bar.field.setText(name)
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
    desk.app.runner.stop()
    desk.qtbot.waitUntil(lambda: not desk.app.runner.running)
    held.set()
    desk.settle()
    assert desk.services.kept.references.get(call.call_id, "") == ""


def test_a_name_is_no_longer_than_what_is_kept_of_it(desk: Desk) -> None:
    """In the dialog as in the field: nothing is cut without a word."""
    desk.app.commitments.desk.ask_name("sample")
    desk.settle()
    dialog = desk.app.commitments.desk.name_dialog
    assert dialog is not None
    assert dialog.field.maxLength() == MAX_REFERENCE_CHARS
    dialog.reject()
