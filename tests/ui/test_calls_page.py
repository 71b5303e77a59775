"""The list of past calls."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desk import Desk, desk, services
from tests.fakes.services import MemoryStore, fill_past_calls
from ui.calls.delegate import chips_of
from ui.calls.model import snippet_parts
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


@pytest.mark.parametrize(
    ("snippet", "parts"),
    [
        ("no hit", [("no hit", False)]),
        ("a [hit] here", [("a ", False), ("hit", True), (" here", False)]),
        ("[one][two]", [("one", True), ("two", True)]),
        ("an [open end", [("an ", False), ("open end", False)]),
        ("", []),
    ],
)
def test_the_hit_in_a_snippet_is_told_apart(snippet: str, parts: list[tuple[str, bool]]) -> None:
    """Brackets mark the hit and are not shown."""
    assert snippet_parts(snippet) == parts


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
