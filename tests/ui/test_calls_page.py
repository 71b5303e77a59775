"""The list of past calls."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from coach.errors import KnownError
from coach.values.follow_up import State
from tests.fakes.desk import Desk, desk, services
from tests.fakes.services import MemoryStore, fill_past_calls
from ui.calls.delegate import chips_of
from ui.calls.page import CallsPage
from ui.dialogs.erase_call import EraseCallDialog
from ui.window.main_window import CALLS, SUMMARY

__all__ = ["desk", "services"]


@pytest.fixture
def store() -> MemoryStore:
    made = MemoryStore()
    fill_past_calls(made)
    return made


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, store: MemoryStore) -> CallsPage:
    made = CallsPage()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show_calls(store.listing(), "")
    made.show()
    return made


def test_an_empty_list_says_why(page: CallsPage) -> None:
    """No calls yet and nothing found are two different things."""
    page.show_calls([], "")
    assert page.is_empty
    assert page.empty.title.text() == "No calls yet"
    page.show_calls([], "giraffe")
    assert page.empty.title.text() == "Nothing found"
    assert "giraffe" in page.empty.words.text()


def test_opening_and_deleting_need_a_chosen_call(qtbot: QtBot, page: CallsPage, store: MemoryStore) -> None:
    """The buttons wait for a choice; Enter and Delete do what they do."""
    assert not page.open_button.isEnabled()
    page.select_row(1)
    wanted = store.listing()[1].id
    with qtbot.waitSignal(page.open_wanted, check_params_cb=lambda call_id: call_id == wanted):
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.delete_wanted, check_params_cb=lambda call_id: call_id == wanted):
        QTest.keyClick(page.list, Qt.Key.Key_Delete)


def test_the_choice_stays_on_its_call(page: CallsPage, store: MemoryStore) -> None:
    """A list read again does not move the choice to another call; a deleted one gives it to its neighbour."""
    page.select_row(2)
    chosen = page.selected
    assert chosen is not None
    store.delete(store.listing()[0].id)
    page.show_calls(store.listing(), "")
    assert page.selected is not None
    assert page.selected.id == chosen.id
    store.delete(chosen.id)
    page.show_calls(store.listing(), "")
    assert page.selected is not None
    assert page.list.currentIndex().row() == 1


def test_a_row_is_read_out_whole(page: CallsPage) -> None:
    """Title, day and counts, in one sentence."""
    said = page.model.data(page.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Parcel that never came, ")
    assert "4 flags, 3 repaired · 3 commitments" in said


def test_a_call_without_flags_has_no_empty_chips(store: MemoryStore) -> None:
    """Silence is the default, in the list too."""
    quiet = next(call for call in store.listing() if call.title.startswith("Invoice"))
    assert chips_of(quiet) == []


def test_opening_a_call_shows_its_summary(desk: Desk) -> None:
    """The list leads to the summary, and a call that is gone is said plainly."""
    desk.window.calls.open_wanted.emit("past-1")
    desk.settle()
    assert desk.window.room == SUMMARY
    assert desk.window.summary.title_label.text() == "Broadband down since Monday"
    desk.app.desk.open("never")
    desk.settle()
    assert desk.window.banners.banners[0].code == "call-unknown"


def test_typing_fast_ends_with_the_last_words(desk: Desk) -> None:
    """The list always answers what stands in the box now."""
    for words in ("k", "ke", "kettle", "fuse"):
        desk.window.calls.search.setText(words)
    desk.settle()
    desk.settle()
    model = desk.window.calls.model
    assert [model.call_at(row).title for row in range(model.rowCount())] == ["Kettle that trips the fuse"]


def test_a_call_goes_for_good_only_after_a_question(desk: Desk) -> None:
    """Kept where one thinks better of it; once agreed to, nothing brings it back."""
    page, memory = desk.window.calls, desk.services.memory
    desk.window.go_to(CALLS)
    page.select_row(0)
    chosen = page.selected
    assert chosen is not None
    for answer, left in (("keep_button", True), ("delete_button", False)):
        page.list.erase_pressed.emit()
        (dialog,) = [one for one in page.findChildren(EraseCallDialog) if one.isVisible()]
        assert chosen.title in dialog.words_label.text()
        getattr(dialog, answer).click()
        desk.settle()
        assert (chosen.id in memory.calls) is left
    assert chosen.id not in memory.deleted


def test_down_leads_from_the_search_into_the_list(page: CallsPage) -> None:
    """The first call is chosen, or the one that was; with nothing found one stays in the search."""
    page.search.setFocus()
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.list.hasFocus()
    assert page.list.currentIndex().row() == 0
    page.select_row(1)
    page.search.setFocus()
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.list.currentIndex().row() == 1
    page.show_calls([], "giraffe")
    page.search.setFocus()
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.search.hasFocus()


def test_deleted_calls_have_a_place_and_come_back_from_there(desk: Desk) -> None:
    """Also long after the message is gone; once none is left, one is among the calls again."""
    page, memory = desk.window.calls, desk.services.memory
    desk.window.go_to(CALLS)
    assert page.deleted_button.isHidden()
    before = set(memory.calls)
    page.select_row(0)
    page.delete_selected()
    desk.settle()
    (gone,) = memory.deleted
    assert page.deleted_button.text() == "1 deleted call"
    page.deleted_button.click()
    desk.settle()
    assert [page.model.call_at(row).id for row in range(page.model.rowCount())] == [gone]
    assert page.title_label.text() == "Deleted"
    assert "seven days" in page.days_label.text()
    assert not page.days_label.isHidden()
    page.select_row(0)
    assert page.open_button.text() == "Bring back"
    page.open_button.click()
    desk.settle()
    assert set(memory.calls) == before
    assert page.title_label.text() == "Calls"
    assert page.model.rowCount() == len(before)
    assert page.deleted_button.isHidden()


def test_among_the_deleted_calls_delete_means_for_good(desk: Desk) -> None:
    """After the question, as everywhere."""
    page, memory = desk.window.calls, desk.services.memory
    desk.window.go_to(CALLS)
    page.select_row(0)
    page.delete_selected()
    desk.settle()
    page.deleted_button.click()
    desk.settle()
    page.select_row(0)
    page.delete_button.click()
    (dialog,) = [one for one in page.findChildren(EraseCallDialog) if one.isVisible()]
    dialog.delete_button.click()
    desk.settle()
    assert memory.deleted == {}
    assert page.title_label.text() == "Calls"


def test_after_deleting_for_good_undo_brings_back_no_other_call(desk: Desk) -> None:
    """Ctrl+Z would be meant for the call that is gone; the one before has its place among the deleted."""
    page, memory = desk.window.calls, desk.services.memory
    desk.window.go_to(CALLS)
    page.select_row(0)
    page.delete_selected()
    desk.settle()
    page.select_row(0)
    page.erase_selected()
    (dialog,) = [one for one in page.findChildren(EraseCallDialog) if one.isVisible()]
    dialog.delete_button.click()
    desk.settle()
    there = set(memory.calls)
    desk.window.undo()
    desk.settle()
    assert set(memory.calls) == there
    assert len(memory.deleted) == 1


def test_undone_is_said_once_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails is told as such, never as undone, and can be tried again."""
    page, memory, toast = desk.window.calls, desk.services.memory, desk.window.toast
    desk.window.go_to(CALLS)
    page.select_row(0)
    page.delete_selected()
    desk.settle()
    restore = memory.restore

    def refuse(_call_id: str) -> None:
        raise KnownError("store-full", "There is no room.")

    monkeypatch.setattr(memory, "restore", refuse)
    desk.window.undo()
    assert not toast.isVisible()
    desk.settle()
    assert "Undone." not in toast.message_label.text()
    assert [banner.code for banner in desk.window.banners.banners] == ["store-full"]
    monkeypatch.setattr(memory, "restore", restore)
    desk.window.undo()
    desk.qtbot.waitUntil(lambda: toast.message_label.text() == "Undone.")
    assert memory.deleted == {}


def test_a_key_means_the_calls_that_are_in_sight(desk: Desk) -> None:
    """Until those that were deleted are listed, Delete deletes a call and Return opens it, and back again."""
    page = desk.window.calls
    desk.window.go_to(CALLS)
    desk.settle()
    page.select_row(0)
    page.delete_selected()
    desk.settle()
    asked: list[str] = []
    page.erase_wanted.connect(lambda _call: asked.append("for good"))
    page.delete_wanted.connect(lambda _call: asked.append("delete"))
    page.restore_wanted.connect(lambda _call: asked.append("bring back"))
    page.deleted_button.click()
    page.select_row(0)
    page.delete_selected()
    assert asked == ["delete"]
    assert page.list.accessibleName() == "Past calls"
    desk.settle()
    assert page.list.accessibleName() == "Deleted calls"
    page.select_row(0)
    page.deleted_button.click()
    page.open_selected()
    assert asked == ["delete", "bring back"]
    desk.settle()


def test_whoever_enters_by_keyboard_is_at_the_chosen_call(desk: Desk) -> None:
    """Coming back from a summary too; where none is chosen, at the search."""
    calls = desk.window.calls
    desk.window.go_to(CALLS)
    assert calls.search.hasFocus()
    calls.select_row(0)
    calls.open_selected()
    desk.settle()
    assert desk.window.room == SUMMARY
    desk.window.go_back()
    assert desk.window.room == CALLS
    assert calls.list.hasFocus()


def test_a_call_kept_meanwhile_by_another_program_is_seen(desk: Desk) -> None:
    """As by ``sameside review --save`` in a terminal, while the window is open."""
    calls = desk.window.calls
    (first, *_others) = desk.services.store().listing()
    desk.services.store().delete(first.id)
    desk.window.go_to(CALLS)
    desk.settle()
    assert calls.model.row_of(first.id) is None
    desk.window.go_to("now")
    desk.services.store().restore(first.id)
    desk.window.go_to(CALLS)
    desk.settle()
    assert calls.model.row_of(first.id) is not None


def test_what_a_deleted_call_promised_presses_no_more(desk: Desk) -> None:
    """The sign of the room of commitments counts those of the calls there are, also after Undo."""
    buttons = desk.window.navigation.findChildren(QAbstractButton)
    sign = next(one for one in buttons if one.property("room") == "Commitments")
    overview = desk.window.commitments.overview
    assert overview is not None
    pressing = {key[0] for key, state in overview.states.items() if state in (State.OVERDUE, State.DUE)}
    before = sign.accessibleName()
    assert before == "Commitments, 1 waiting"
    for call_id in pressing:
        desk.app.desk.delete(call_id)
    desk.settle()
    assert sign.accessibleName() == "Commitments"
    for _call_id in pressing:
        desk.window.undo()
    desk.settle()
    assert sign.accessibleName() == before


def test_calls_that_are_listed_anew_stay_where_they_were_scrolled(
    page: CallsPage, store: MemoryStore
) -> None:
    """A recording was read meanwhile, say: the list does not jump to the call that is chosen above."""
    listing = store.listing()[0]
    calls = [replace(listing, id=f"c{number}") for number in range(100)]
    page.show_calls(calls, "")
    page.select_row(2)
    bar = page.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    assert before > page.list.height()
    page.show_calls(calls, "")
    QApplication.processEvents()
    assert bar.value() == before
    assert page.selected is not None
    assert page.selected.id == "c2"


def test_what_is_found_is_shown_from_its_first_on(page: CallsPage, store: MemoryStore) -> None:
    """Another search begins at the top, wherever the list was scrolled."""
    listing = store.listing()[0]
    calls = [replace(listing, id=f"c{number}") for number in range(100)]
    page.show_calls(calls, "")
    bar = page.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    page.show_calls(calls[:60], "daughter")
    QApplication.processEvents()
    assert bar.value() == 0
