"""What comes late to a page: the end of a role-play that was begun anew, and commitments read again."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.practice.roleplay import Debrief
from tests.fakes.practice import library
from tests.fakes.services import FakeServices, fill_past_calls
from ui.commitments.page import CommitmentsPage
from ui.practice.role_play import RolePlayPage


def test_the_end_of_a_call_does_not_come_into_the_next_one(qtbot: QtBot) -> None:
    """Left and played again before its end was told: the new one is at its first line."""
    page = RolePlayPage()
    qtbot.addWidget(page)
    page.show()
    scenario = library().scenarios[0]
    page.show_scenario(scenario, {})
    page.show_debrief(scenario, Debrief("good", (1, 0), (), (), "It ended well. You calmed them."))
    assert page.debrief.isHidden()
    assert page.box.isVisible()


def test_commitments_read_anew_stay_where_they_were_scrolled(qtbot: QtBot) -> None:
    """A reminder was given, say: the list does not jump to the one that is chosen above."""
    services = FakeServices()
    fill_past_calls(services.memory)
    overview = services.follow_up.overview()
    one = overview.all[0]
    every = tuple(replace(one, call_id=f"c{number:03}") for number in range(80))
    states = {each.key: overview.states[one.key] for each in every}
    page = CommitmentsPage()
    qtbot.addWidget(page)
    page.resize(1100, 600)
    page.show()
    for _time in range(2):
        page.show_overview(replace(overview, all=every, states=states))
        QApplication.processEvents()
        bar = page.list.verticalScrollBar()
        if not _time:
            bar.setValue(bar.maximum() // 2)
            before = bar.value()
    assert before > page.list.height()
    assert bar.value() == before
