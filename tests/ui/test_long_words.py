"""A word that is longer than its line is broken, not cut: compounds, addresses, names of files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.cut_off import cut_off
from tests.fakes.desk import Desk, desk, services
from ui.commitments.words import VIEWS, action_text
from ui.parts.label import Label, broken, plain_tip
from ui.parts.link_row import LinkRow
from ui.window.main_window import CALLS, COMMITMENTS

__all__ = ["desk", "services"]

COMPOUND = "Rindfleischetikettierungsüberwachung"
ADDRESS = "https://harbour-parcels.example/returns/2026-11-27/form?case=1834729"


@pytest.mark.parametrize("word", [COMPOUND, ADDRESS, "Nervenzusammenbru\u0308che" * 2])
def test_a_long_word_is_shown_whole_in_a_narrow_column(qtbot: QtBot, word: str) -> None:
    """No letter is cut off, the column does not grow, and with more room the word is in one piece again."""
    root = QScrollArea()
    inner = QWidget()
    label = Label(f"Please see {word} today")
    label.setWordWrap(True)
    column = QVBoxLayout(inner)
    column.addWidget(label)
    column.addStretch(1)
    root.setWidget(inner)
    root.setWidgetResizable(True)
    qtbot.addWidget(root)
    root.resize(150, 400)
    root.show()
    qtbot.waitUntil(lambda: not cut_off(root))
    assert label.width() <= root.viewport().width()
    one_line = label.fontMetrics().height()
    assert label.height() >= 3 * one_line
    root.resize(900, 400)
    qtbot.waitUntil(lambda: label.height() < 2 * one_line)
    assert QLabel.text(label) == label.text()


@given(st.text(max_size=80), st.integers(0, 200))
def test_nothing_is_added_that_can_be_seen(qapp: QApplication, words: str, room: int) -> None:
    """Whatever is broken reads as before, and words that fit are left alone."""
    metrics = QFontMetrics(qapp.font())
    assert broken(words, room, metrics).replace("\u200b", "") == words.replace("\u200b", "")
    assert broken(words, 1_000_000, metrics) == words


def test_its_words_are_given_back_as_they_were_set(qtbot: QtBot) -> None:
    """What is copied, searched or read out has no breaks in it."""
    label = Label(COMPOUND)
    label.setWordWrap(True)
    qtbot.addWidget(label)
    label.resize(60, 200)
    label.setText(f"{COMPOUND} again")
    assert label.text() == f"{COMPOUND} again"
    assert label.heightForWidth(60) > label.heightForWidth(600)


def test_breaks_are_neither_copied_nor_read_out(qtbot: QtBot, qapp: QApplication) -> None:
    """The path of a recording is pasted as it is, and a screen reader says the word, not its letters."""
    label = Label(ADDRESS)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    qtbot.addWidget(label)
    label.resize(60, 400)
    label.show()
    assert QLabel.text(label) != ADDRESS
    label.setSelection(0, len(QLabel.text(label)))
    qtbot.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert qapp.clipboard().text() == ADDRESS
    assert spoken(label) == ADDRESS
    label.setText("Short")
    assert spoken(label) == "Short"
    label.setAccessibleName("Where it is")
    label.setText(ADDRESS)
    assert spoken(label) == "Where it is"


def spoken(label: QLabel) -> str:
    return QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name)


def test_what_a_list_cuts_is_told_on_hover(desk: Desk) -> None:
    """A row has one line for a title; the tip has all of it."""
    desk.window.go_to(CALLS)
    desk.settle()
    calls = desk.window.calls.list.model()
    assert calls.rowCount() > 0
    for row in range(calls.rowCount()):
        index = calls.index(row, 0)
        title = index.data(Qt.ItemDataRole.DisplayRole)
        assert index.data(Qt.ItemDataRole.ToolTipRole) == plain_tip(title)
    desk.window.go_to(COMMITMENTS)
    desk.settle()
    page = desk.window.commitments
    made, tips = page.list.model(), []
    for view in VIEWS:
        page.choose_view(view)
        tips += [made.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(made.rowCount())]
    assert {plain_tip(action_text(one)) for one in page.shown} <= set(tips)
    assert tips
    assert all(tips)


def test_a_label_that_was_emptied_says_nothing_more(qtbot: QtBot) -> None:
    """To a screen reader too, whatever long word was in it."""
    label = Label(COMPOUND)
    label.setWordWrap(True)
    qtbot.addWidget(label)
    label.resize(80, 100)
    label.show()
    assert label.accessibleName() == COMPOUND
    label.clear()
    assert label.accessibleName() == ""


@pytest.mark.usefixtures("themed")
def test_the_time_of_a_long_call_is_whole(qtbot: QtBot) -> None:
    """From an hour on it has more figures."""
    root = QWidget()
    column = QVBoxLayout(root)
    column.addWidget(LinkRow("Apologised", "Repaired", "I'm sorry", 10 * 3600 + 45 * 60 + 58))
    qtbot.addWidget(root)
    root.resize(300, 120)
    root.show()
    qtbot.waitUntil(lambda: cut_off(root) == [])
