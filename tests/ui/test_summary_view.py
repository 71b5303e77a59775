"""The summary: every line leads to its second."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from coach.calls.shown import show
from coach.calls.summary import summarise
from tests.fakes import sample_call
from ui.live.items import TurnItem
from ui.live.model import ITEM_ROLE
from ui.parts.more import FIRST
from ui.summary.page import SummaryPage
from ui.summary.sharing import summary_text


@pytest.fixture(autouse=True)
def british() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication) -> SummaryPage:
    made = SummaryPage()
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show_call(sample_call.record(), sample_call.summary())
    made.show()
    return made


def shown_turn(page: SummaryPage) -> int:
    item = page.view.currentIndex().data(ITEM_ROLE)
    assert isinstance(item, TurnItem)
    return item.index


def test_every_line_leads_to_its_turn(page: SummaryPage) -> None:
    """Clicking any line marks the turn it came from."""
    wanted = [
        line.turn_index
        for section in sample_call.summary().sections
        for line in section.lines
        if section.key != "commitments"
    ]
    wanted += [made.turn_index for made in sample_call.commitments()]
    reached = []
    for card in page.cards:
        for link in card.links:
            link.click()
            reached.append(shown_turn(page))
    assert sorted(reached) == sorted(wanted)


def test_a_line_can_be_followed_by_keyboard(page: SummaryPage) -> None:
    """Space on a focused line does what a click does."""
    link = next(card for card in page.cards if card.key == "moments").links[1]
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Space)
    assert shown_turn(page) == 2


def test_commitments_have_owner_and_due_in_the_users_locale(page: SummaryPage) -> None:
    """Who does what by when, as the locale writes it."""
    links = next(card for card in page.cards if card.key == "commitments").links
    details = [link.labels[1].text() for link in links]
    assert details == ["Your company · Tue 12:00", "You · Thu 14:00", "You · Fri 27 Nov"]


def test_the_figures_are_those_of_the_summary(page: SummaryPage) -> None:
    """Repaired flags, promises, talk time and pace stand at the top."""
    words = [label.text() for label in page.findChildren(QLabel)]
    assert "3 of 4" in words
    assert "flags repaired within two turns" in words
    assert "1:50" in words
    assert "117" in words


def test_showing_another_call_leaves_nothing_of_the_first(page: SummaryPage) -> None:
    """The page is reused for the next call."""
    first = list(page.cards)
    page.show_call(sample_call.record("other"), sample_call.summary("other"))
    assert not set(first) & set(page.cards)
    assert not any(card.isVisible() for card in first)
    assert page.record is not None
    assert page.record.header.id == "other"


def test_a_long_section_shows_a_dozen_lines_and_more_when_asked(page: SummaryPage, qtbot: QtBot) -> None:
    """What was asked for stays after an edit; another call begins with a dozen again. No line is lost."""
    record = sample_call.record("hours")
    count = len(record.turns)
    turns, moves = list(record.turns), dict(record.moves)
    for turn in record.turns * 9:
        moves[len(turns)] = record.moves.get(turn.index, ())
        later = 240 * (len(turns) // count)
        turns.append(replace(turn, index=len(turns), start_s=turn.start_s + later, end_s=turn.end_s + later))
    record.turns, record.moves = turns, moves
    shown = show(record, summarise(record, {}))
    page.show_call(record, summarise(record, {}))
    card = next(card for card in page.cards if card.key == "moments")
    lines = next(section.lines for section in shown.to_read if section.key == "moments")
    assert len(lines) > 2 * FIRST
    assert len(card.links) == FIRST
    assert card.more_button.text() == f"Show more ({len(lines) - FIRST} lines left)"
    card.more_button.click()
    assert [row.line.id for row in card.links] == [line.id for line in lines[: 2 * FIRST]]
    assert page.line(lines[-1].id) == lines[-1]
    page.show_revised(replace(shown, comment="A long day."))
    again = next(card for card in page.cards if card.key == "moments")
    assert len(again.links) == 2 * FIRST
    page.show_call(sample_call.record(), sample_call.summary())
    assert all(len(card.links) <= FIRST for card in page.cards)


def test_an_edit_leaves_one_where_one_was(page: SummaryPage, qtbot: QtBot) -> None:
    """Also far down: what is shown anew is scrolled to the same place. Another call begins at its top."""
    bar = page.scroll_area.verticalScrollBar()
    page.resize(700, 400)
    qtbot.waitUntil(lambda: bar.maximum() > 300)
    bar.setValue(250)
    assert page.shown is not None
    page.show_revised(replace(page.shown, comment="A long day."))
    before = bar.maximum()
    qtbot.waitUntil(lambda: bar.maximum() != before)
    qtbot.waitUntil(lambda: bar.value() == 250)
    page.show_call(sample_call.record("other"), sample_call.summary("other"))
    assert bar.value() == 0


def test_copy_gives_plain_text(page: SummaryPage) -> None:
    """What goes into a ticket has no markup, and every promise with owner and due."""
    copied = page.copy()
    assert QApplication.clipboard().text() == copied
    assert copied == summary_text(show(sample_call.record(), sample_call.summary()))
    assert "  2:40  Call you back (Agent, Thu 26 Nov 14:00)\n" in copied
    sections = {section.key: section.lines for section in sample_call.summary().sections}
    for line in (*sections["commitments"], *sections["moments"]):
        assert f"\n        “{line.evidence}”\n" in copied
    assert "**" not in copied
