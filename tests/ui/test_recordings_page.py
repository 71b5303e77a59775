"""The room of recordings with a long line: what is in sight while it is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.values.batches import BatchItem, BatchState, Side
from ui.recordings.page import RecordingsPage


def item(number: int, state: BatchState = BatchState.WAITING) -> BatchItem:
    return BatchItem(number, Path(f"/calls/{number}.wav"), Side(), state=state)


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication) -> RecordingsPage:
    made = RecordingsPage()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.show_items([item(number, BatchState.DONE) for number in range(1, 41)])
    return made


def in_sight(page: RecordingsPage, number: int) -> bool:
    row = page.model.row_of(number)
    assert row is not None
    return page.list.viewport().rect().contains(page.list.visualRect(page.model.index(row)).center())


def test_what_was_added_is_brought_into_sight(page: RecordingsPage) -> None:
    """Below forty that are over, the first of the new ones is at the top."""
    page.add_items([item(number) for number in range(41, 81)])
    assert not in_sight(page, 41)
    page.show_from(41)
    assert page.list.visualRect(page.model.index(40)).top() == 0


def test_the_one_that_is_read_stays_in_sight(page: RecordingsPage) -> None:
    """The list goes along with the line, and chooses nothing by itself."""
    page.add_items([item(number) for number in range(41, 81)])
    page.show_from(41)
    for number in range(41, 61):
        page.change_item(item(number, BatchState.RUNNING))
        assert in_sight(page, number)
        page.change_item(item(number, BatchState.DONE))
    assert page.selected is None


def test_whoever_looks_at_others_is_not_led_away(page: RecordingsPage) -> None:
    """What was scrolled to stays, and what is read is followed again once it is looked at."""
    page.add_items([item(number) for number in range(41, 81)])
    page.show_from(41)
    page.change_item(item(41, BatchState.RUNNING))
    page.list.verticalScrollBar().setValue(0)
    for number in range(42, 50):
        page.change_item(item(number, BatchState.RUNNING))
    assert page.list.verticalScrollBar().value() == 0
    page.show_from(45)
    page.change_item(item(50, BatchState.RUNNING))
    page.change_item(item(60, BatchState.RUNNING))
    assert in_sight(page, 60)


def test_nothing_to_count_takes_no_room(page: RecordingsPage) -> None:
    """While the only recording is read there is nothing to say of the others."""
    page.show_items([item(1)])
    assert page.count_label.isVisible()
    page.change_item(replace(item(1), state=BatchState.RUNNING))
    assert not page.count_label.isVisible()


def test_whoever_enters_by_keyboard_is_at_the_line(page: RecordingsPage) -> None:
    """Or, where there is none, at what begins one."""
    page.take_focus()
    assert page.list.hasFocus()
    page.show_items([])
    page.take_focus()
    assert page.empty.files_button.hasFocus()


def test_the_one_that_is_taken_out_says_so_at_once(page: RecordingsPage) -> None:
    """It takes a moment until it stops: meanwhile it neither seems to go on nor is offered again."""
    page.add_items([item(41), item(42)])
    page.change_item(item(41, BatchState.RUNNING))
    page.select(41)
    assert page.detail.stop_button.isVisible()
    page.model.leave([41, 42])
    index, waiting = page.model.index(40), page.model.index(41)
    assert "Being taken out…" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Being taken out…" not in waiting.data(Qt.ItemDataRole.AccessibleTextRole)
    assert page.detail.words_label.text() == "Being taken out…"
    assert not page.detail.stop_button.isVisible()
    page.change_item(item(41, BatchState.STOPPED))
    assert page.detail.words_label.text() == "Taken out."
    page.change_item(item(41, BatchState.RUNNING))
    assert "Being taken out" not in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_one_that_is_taken_off_leaves_its_place_to_the_next(page: RecordingsPage) -> None:
    """Delete pressed again takes the next one, and of the last the one before it."""
    page.select(20)
    page.show_items([item(number, BatchState.DONE) for number in range(1, 41) if number != 20])
    assert page.selected is not None
    assert page.selected.id == 21
    page.select(40)
    page.show_items([item(number, BatchState.DONE) for number in range(1, 40)])
    assert page.selected is not None
    assert page.selected.id == 39


def test_a_list_that_is_read_anew_stays_where_it_was_scrolled(page: RecordingsPage) -> None:
    """The one that is chosen is out of sight, and stays there."""
    page.select(2)
    page.show_from(30)
    assert in_sight(page, 30)
    page.show_items([item(number, BatchState.DONE) for number in range(1, 41)])
    QApplication.processEvents()
    assert in_sight(page, 30)
    assert page.selected is not None
    assert page.selected.id == 2
