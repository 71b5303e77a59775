"""The room "Playbook": everything Sameside knows to say can be read there, with its sources."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from coach.services.playbook_choice import shipped_playbook
from coach.taxonomy import MOVES
from coach.values.handbook import Advice, Handbook
from tests.fakes.cut_off import assert_whole
from tests.fakes.desk import Desk, desk
from tests.fakes.services import FakeServices
from ui.playbook.entries import ARTICLES, DECIDE, ELSEWHERE, entries, points_of, uses
from ui.practice.words import TODAY
from ui.settings.dialog import OWN_MOVES
from ui.window.main_window import PLAYBOOK, PRACTICE, SMALLEST

__all__ = ["desk"]


@pytest.fixture
def book(services: FakeServices) -> Handbook:
    return services.handbook()


@pytest.fixture
def services() -> FakeServices:
    return FakeServices()


def shown_words(desk: Desk) -> str:
    desk.settle()
    return "\n".join(
        found.text() for found in desk.window.playbook.leaf.findChildren(QLabel) if found.isVisible()
    )


def test_every_line_of_the_playbook_can_be_read(desk: Desk, book: Handbook) -> None:
    """No move, flag, plan or line to say is only in the file."""
    desk.window.go_to(PLAYBOOK)
    page = desk.window.playbook
    seen = ""
    for entry in entries(book):
        page.go_to(entry.key)
        seen += shown_words(desk)
        if isinstance(entry.about, Advice):
            assert [line.line for line in entry.about.lines if line.line not in seen] == []
    playbook = shipped_playbook()
    assert {entry.key for entry in entries(book)} >= {*MOVES, *playbook.flags}
    assert all(plan.line in seen for plan in playbook.prepared.values())
    assert all(allowed.what in seen for allowed in playbook.authority.may)


def test_every_point_of_the_sources_says_where_it_is_at_work(book: Handbook) -> None:
    """A point that is nowhere in the product would be a promise not kept."""
    assert {key for letter in ARTICLES for key, _ in points_of(letter, book)} == set(book.points)
    assert [point for point in book.points if not uses(point, book) and point not in ELSEWHERE] == []
    assert set(ELSEWHERE) <= set(book.points)


def test_a_search_finds_a_line_by_its_words(desk: Desk) -> None:
    """What one half remembers is found by a few words, in whatever order; nothing found says so."""
    desk.window.go_to(PLAYBOOK)
    page = desk.window.playbook
    page.search.setText("fault your sound")
    assert page.key == "blaming"
    page.search.setText("xylophone")
    assert page.stack.currentWidget() is page.calm
    page.search.clear()
    assert page.stack.currentWidget() is page.leaf


def test_a_link_leads_on_also_out_of_a_search(desk: Desk, book: Handbook) -> None:
    """From a move to the points it stands on, and from a point to the moves."""
    desk.window.go_to(PLAYBOOK)
    page = desk.window.playbook
    page.search.setText("blaming")
    page.go_to("blaming")
    point = next(one for one in book.sours if one.name == "blaming").sources[0]
    page.leaf.links[0].click()
    assert page.key == point[0]
    assert page.search.text() == ""
    page.leaf.links[0].click()
    assert page.key == uses(points_of(point[0], book)[0][0], book)[0].key


def test_what_one_may_give_is_first_and_says_that_its_limits_are_examples(
    desk: Desk, services: FakeServices
) -> None:
    """Nobody gives away what only an example allows; an organisation's own are no examples."""
    desk.window.go_to(PLAYBOOK)
    assert desk.window.playbook.key == DECIDE
    assert "examples" in shown_words(desk)
    services.book = dataclasses.replace(services.book, own=True)
    desk.window.go_to(PLAYBOOK)
    assert "examples" not in shown_words(desk)


def test_a_damaged_file_of_the_organisation_is_told(desk: Desk, services: FakeServices) -> None:
    """The shipped words are shown, and why they are."""
    services.book = dataclasses.replace(services.book, trouble="The playbook has a mistake in line 3.")
    desk.window.go_to(PLAYBOOK)
    assert desk.window.playbook.trouble_label.isVisible()
    assert "line 3" in desk.window.playbook.trouble_label.text()


def test_a_move_is_practised_from_its_page(desk: Desk) -> None:
    """One press leads to drills on just this move."""
    desk.window.go_to(PLAYBOOK)
    desk.window.playbook.go_to("blaming")
    desk.window.playbook.leaf.practise_button.click()
    assert desk.window.room == PRACTICE
    desk.qtbot.waitUntil(lambda: desk.window.practice.part == TODAY)
    today = desk.window.practice.today
    desk.qtbot.waitUntil(lambda: bool(today.drills))
    assert {drill.move for drill in today.drills} == {"blaming"}


def test_a_sentence_is_tried_from_a_page(desk: Desk) -> None:
    """The field for it is in the settings, and one press away."""
    desk.window.go_to(PLAYBOOK)
    desk.window.playbook.leaf.try_wanted.emit()
    dialog = desk.app.ear.settings.dialog
    assert dialog is not None
    assert dialog.page == OWN_MOVES


def test_the_list_is_read_by_the_keyboard_and_aloud(desk: Desk) -> None:
    """Arrow keys go from entry to entry, never to a heading, and a screen reader hears what each is."""
    desk.window.go_to(PLAYBOOK)
    page = desk.window.playbook
    page.list.setFocus()
    keys = set()
    for _ in range(page.list.count()):
        desk.qtbot.keyClick(page.list, Qt.Key.Key_Down)
        keys.add(page.key)
    assert "" not in keys
    assert page.key == list(ARTICLES)[-1]
    page.go_to("blaming")
    spoken = page.list.currentItem().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Blaming. It makes a conversation worse"


@pytest.mark.usefixtures("themed")
@pytest.mark.parametrize("key", [DECIDE, "plan.outage", "blaming", "no_apology", "thanking", "A", "E"])
def test_nothing_is_cut_off_in_the_smallest_window(desk: Desk, key: str) -> None:
    """Every page is whole where there is little room."""
    desk.window.resize(SMALLEST)
    desk.window.go_to(PLAYBOOK)
    desk.window.playbook.go_to(key)
    assert_whole(desk.qtbot, desk.window)
