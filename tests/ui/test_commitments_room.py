"""The room of commitments: what is to be kept, what is done about it, and undo for all of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from coach.errors import KnownError
from coach.events import Answer, Owner
from coach.values.follow_up import State, StepKind
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services, unnamed_controls, unopened_desk
from ui.commitments.page import CommitmentsPage
from ui.commitments.words import CUSTOMERS, LEFT_OUT, SETTLED_VIEW, TO_KEEP
from ui.window.main_window import COMMITMENTS, SUMMARY

__all__ = ["desk", "services", "unopened_desk"]

DELIVERY, CALL_BACK, DEPOT = (("sample", made.id) for made in sample_call.commitments())


@pytest.fixture
def page(desk: Desk) -> CommitmentsPage:
    """The room with the sample call's three promises alone; one is due today at noon."""
    for call_id in [name for name in desk.services.memory.calls if name != "sample"]:
        del desk.services.memory.calls[call_id]
    desk.window.resize(1200, 720)
    desk.window.go_to(COMMITMENTS)
    desk.settle()
    return desk.window.commitments


def headings(page: CommitmentsPage) -> list[str]:
    model = page.model
    words = [
        str(model.data(model.index(row), Qt.ItemDataRole.DisplayRole)) for row in range(model.rowCount())
    ]
    return [said for row, said in enumerate(words) if model.entry_at(row) is None]


def shown(page: CommitmentsPage) -> list[tuple[str, str]]:
    return [one.key for one in page.shown]


def choose(page: CommitmentsPage, key: tuple[str, str]) -> None:
    assert page.choose(key)


def test_the_room_lists_what_is_to_be_kept_by_time(desk: Desk, page: CommitmentsPage) -> None:
    """Today, later; the first is chosen, its words beside it; every control has a name."""
    assert headings(page) == ["Today, 1 commitment", "Later, 2 commitments"]
    assert shown(page) == [DELIVERY, CALL_BACK, DEPOT]
    assert page.chosen is not None
    assert page.chosen.key == DELIVERY
    assert page.detail.when_label.text() == "Tue 12:00"
    assert unnamed_controls(desk.window) == []
    assert desk.window.navigation._rooms[COMMITMENTS][0].text() == "Commitments  1"


def test_kept_moves_it_and_undo_brings_it_back(desk: Desk, page: CommitmentsPage) -> None:
    """One click; it is among what is settled; undo, and it is to be kept again, its history whole."""
    page.detail.kept_button.click()
    desk.settle()
    assert DELIVERY not in shown(page)
    page.choose_view(SETTLED_VIEW)
    assert shown(page) == [DELIVERY]
    assert not page.detail.kept_button.isVisible()
    desk.window.toast.action_button.click()
    desk.settle()
    choose(page, DELIVERY)
    assert page.view == TO_KEEP
    assert [step.undone for step in desk.services.kept.steps[DELIVERY]] == [True]


def test_a_step_is_taken_back_from_the_history(desk: Desk, page: CommitmentsPage) -> None:
    """Also long after the toast has gone."""
    desk.services.follow_up.settle(page.chosen or page.shown[0], StepKind.BROKEN)
    desk.app.commitments.desk.refresh()
    desk.settle()
    choose(page, DELIVERY)
    desk.services.follow_up.take_back(1)
    page.detail.undo_wanted.emit(1, True)
    desk.settle()
    assert page.overview is not None
    assert page.overview.states[DELIVERY] is State.DUE


def history_of(page: CommitmentsPage) -> list[str]:
    rows = [page.detail._steps.itemAt(at).widget() for at in range(page.detail._steps.count())]
    return [row.findChild(QLabel).text() for row in rows]


def test_that_it_was_confirmed_is_in_its_history_and_can_be_taken_back(
    desk: Desk, page: CommitmentsPage
) -> None:
    """Before whatever was done since; taken back, it can be confirmed again."""
    detail = page.detail
    assert [line.split(" ")[0] for line in history_of(page)] == ["Promised"]
    detail.confirm_button.click()
    desk.settle()
    desk.services.follow_up.settle(page.chosen or page.shown[0], StepKind.RE_AGREED)
    desk.app.commitments.desk.refresh()
    desk.settle()
    choose(page, DELIVERY)
    assert [line.split(" ")[0] for line in history_of(page)] == ["Promised", "Confirmed", "Re-agreed"]
    button = detail._steps.itemAt(1).widget().findChild(QPushButton)
    assert (button.text(), button.accessibleDescription()) == ("Take back", "Confirmed")
    desk.services.follow_up.take_back(1)
    button.click()
    desk.settle()
    assert page.chosen is not None
    assert page.chosen.heard.answer is Answer.OPEN
    assert "Confirmed" not in history_of(page)


def test_re_agreeing_understands_what_is_typed(desk: Desk, page: CommitmentsPage) -> None:
    """The time is shown as understood before it is saved; nonsense and no time cannot be saved."""
    page.detail.again_button.click()
    dialog = desk.app.commitments.desk.edit_dialog
    assert dialog is not None
    assert dialog.read_label.text().startswith("Until now: ")
    assert not dialog.save_button.isEnabled(), "it is no other time"
    dialog.write("the 31st of February")
    desk.qtbot.waitUntil(lambda: "no such day" in dialog.read_label.text())
    assert not dialog.save_button.isEnabled()
    dialog.write("")
    desk.qtbot.waitUntil(lambda: dialog.read_label.text() == "No time.")
    assert not dialog.save_button.isEnabled()
    dialog.write(f" {dialog._before} ")
    desk.qtbot.waitUntil(lambda: dialog.read_label.text().startswith("Until now: "))
    assert not dialog.save_button.isEnabled()
    dialog.write("Fri 10:00")
    desk.qtbot.waitUntil(dialog.save_button.isEnabled)
    assert "27 Nov 10:00" in dialog.read_label.text()
    dialog.save_button.click()
    desk.settle()
    choose(page, DELIVERY)
    assert page.detail.when_label.text() == "Fri 10:00"
    assert "Re-agreed" in page.detail.state_label.text()
    desk.window.toast.action_button.click()
    desk.settle()
    choose(page, DELIVERY)
    assert page.detail.when_label.text() == "Tue 12:00"


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        (dt.datetime(2026, 11, 24, 10, 0), ["Today 16:00", "Tomorrow morning", "Friday", "In a week"]),
        (dt.datetime(2026, 11, 24, 20, 50), ["Tomorrow morning", "Tomorrow 16:00", "Friday", "In a week"]),
        (dt.datetime(2026, 11, 27, 20, 50), ["Tomorrow morning", "Tomorrow 16:00", "Monday", "In a week"]),
    ],
)
def test_quick_times_lie_ahead(
    desk: Desk, page: CommitmentsPage, now: dt.datetime, offered: list[str]
) -> None:
    """In the evening no time of today is offered, and on a Friday no Friday; each is another time to come."""
    desk.services.clock.now = now.replace(tzinfo=sample_call.ZONE)
    page.detail.again_button.click()
    dialog = desk.app.commitments.desk.edit_dialog
    assert dialog is not None
    assert [button.text() for button in dialog.quick_buttons] == offered
    reads = [desk.services.follow_up.read_due(words) for words in offered]
    assert not any(read.passed for read in reads)
    assert len({repr(read.due) for read in reads}) == len(offered)
    dialog.quick_buttons[1].click()
    assert dialog.due_field.text() == offered[1]
    dialog.reject()


def test_an_edit_mends_the_words_and_keeps_the_exact_ones(desk: Desk, page: CommitmentsPage) -> None:
    """The list says the new words, the quote those of the call."""
    page.detail.edit_button.click()
    dialog = desk.app.commitments.desk.edit_dialog
    assert dialog is not None
    dialog.action_field.setText("bring the replacement")
    dialog.save_button.click()
    desk.settle()
    choose(page, DELIVERY)
    assert page.detail.title_label.text() == "Bring the replacement"
    assert page.chosen is not None
    assert page.chosen.heard.action == sample_call.commitments()[0].action


def test_a_save_that_fails_keeps_what_was_typed(desk: Desk, page: CommitmentsPage) -> None:
    """A full disk is told in the dialog, which stays open."""
    page.detail.edit_button.click()
    dialog = desk.app.commitments.desk.edit_dialog
    assert dialog is not None
    dialog.action_field.setText("bring it")
    desk.services.kept.error = KnownError("disk-full", "There is no room left.")
    dialog.save_button.click()
    desk.settle()
    assert dialog.error_label.text() == "There is no room left."
    assert dialog.action_field.text() == "bring it"
    assert dialog.save_button.isEnabled()
    dialog.reject()


def test_dropped_it_is_left_out_everywhere_and_comes_back(desk: Desk, page: CommitmentsPage) -> None:
    """Delete on the list drops it; the list of calls counts one less; brought back, it is there again."""
    given: list[tuple[object, object]] = []
    desk.app.commitments.desk.given.connect(lambda key, answer: given.append((key, answer)))
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    desk.settle()
    assert given == [(DELIVERY, Answer.DROPPED)]
    assert shown(page) == [CALL_BACK, DEPOT]
    page.choose_view(LEFT_OUT)
    assert shown(page) == [DELIVERY]
    page.detail.back_button.click()
    desk.settle()
    assert page.is_empty
    choose(page, DELIVERY)
    assert page.view == TO_KEEP
    record, _summary = desk.services.memory.calls["sample"]
    assert record.commitments[0].answer is Answer.OPEN


def test_enter_opens_the_second_it_came_from_and_escape_leads_back(desk: Desk, page: CommitmentsPage) -> None:
    """The promise's turn is marked in the transcript of its call."""
    choose(page, CALL_BACK)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.room == SUMMARY
    view = desk.window.summary.view
    item = view.currentIndex().row()
    assert desk.window.summary.model.row_of_turn(sample_call.commitments()[1].turn_index) == item
    desk.window.toast.put_away()
    desk.window.go_back()
    assert desk.window.room == COMMITMENTS


def test_search_and_order(desk: Desk, page: CommitmentsPage) -> None:
    """By any word of it; by customer, each under their name; nothing found says so."""
    page.search.setText("depot friday")
    assert shown(page) == [DEPOT]
    page.search.setText("elephant")
    assert page.is_empty
    assert page.empty.title.text() == "Nothing found"
    assert not page.export_button.isEnabled()
    page.search.clear()
    page.order_box.setCurrentIndex(1)
    assert headings(page) == ["Parcel that never came, 3 commitments"]


def test_what_the_customer_is_to_do_stands_apart(desk: Desk, page: CommitmentsPage) -> None:
    """Theirs is in its own view, and is never called overdue in the room's number."""
    record, summary = desk.services.memory.calls["sample"]
    theirs = replace(record.commitments[0], owner=Owner.CUSTOMER)
    desk.services.memory.calls["sample"] = (
        replace(record, commitments=[theirs, *record.commitments[1:]]),
        summary,
    )
    desk.app.commitments.desk.refresh()
    desk.settle()
    assert shown(page) == [CALL_BACK, DEPOT]
    assert desk.window.navigation._rooms[COMMITMENTS][0].text() == "Commitments"
    page.choose_view(CUSTOMERS)
    assert shown(page) == [DELIVERY]


def test_a_name_makes_a_brief(desk: Desk, page: CommitmentsPage) -> None:
    """Named, the customer is above the promise; the brief holds what is open and the last summary's lines."""
    page.detail.about_button.click()
    desk.settle()
    named = desk.app.commitments.desk.name_dialog
    assert named is not None
    named.field.setText("Mrs Adeyemi")
    named.save_button.click()
    desk.settle()
    assert page.detail.about_label.text() == "Mrs Adeyemi"
    page.detail.brief_button.click()
    desk.settle()
    brief = desk.app.commitments.desk.brief_dialog
    assert brief is not None
    assert len(brief.links) > 3
    words = brief.copy()
    assert "Still to be kept" in words
    assert "daughter's birthday present" in words
    brief.links[1].click()
    desk.settle()
    assert desk.window.room == SUMMARY


@pytest.mark.parametrize("known", [True, False])
def test_a_file_is_offered_where_its_user_finds_it(
    desk: Desk, page: CommitmentsPage, tmp_path: Path, known: bool
) -> None:
    """Where the last one went, else at home: never where the program happens to run."""
    desk.services.settings.export.folder = str(tmp_path) if known else ""
    page.export_wanted.emit("ics")
    dialog = desk.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    (offered,) = map(Path, dialog.selectedFiles())
    assert offered == (tmp_path if known else Path.home()) / "Commitments.ics"
    dialog.reject()


def test_export_and_copy(desk: Desk, page: CommitmentsPage, tmp_path: Path) -> None:
    """What the list shows goes into the file; one that cannot be written is told."""
    room = desk.app.commitments.desk
    page.search.setText("depot")
    room.export("ics", tmp_path / "due.ics")
    desk.settle()
    assert (tmp_path / "due.ics").read_bytes().count(b"BEGIN:VTODO") == 1
    assert "saved as due.ics" in desk.window.toast.message_label.text()
    page.copy_wanted.emit()
    desk.settle()
    assert "depot" in QGuiApplication.clipboard().text()
    room.export("csv", tmp_path / "nowhere" / "due.csv")
    desk.settle()
    assert desk.window.banners.banners[0].code == "file-unwritable"


def test_the_empty_room_says_what_comes_here(desk: Desk, page: CommitmentsPage) -> None:
    """Without a promise there is a kind word and nothing to press by mistake."""
    desk.services.memory.calls.clear()
    desk.app.commitments.desk.refresh()
    desk.settle()
    assert page.is_empty
    assert page.empty.title.text() == "Nothing is to be kept"
    assert page.chosen is None
    assert not page.detail.scroll_area.isVisible()
    assert page.kept.title_label.text() == "Nothing has come due yet."


def test_the_picture_is_told_in_words(desk: Desk, page: CommitmentsPage) -> None:
    """Whoever does not see the bars hears them."""
    desk.services.clock.now += dt.timedelta(days=3)
    page.detail.kept_button.click()
    desk.settle()
    said = page.kept.plot.accessibleName()
    assert "1 kept late" in said
    assert "past its time" in said
    assert page.kept.title_label.text() == "0 of 2 kept in time"
