"""The settings page about cues: what is chosen there counts at once, and is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coach.coaching.pacing import Pacing
from coach.events import Move, MovesFound
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services, unnamed_controls
from ui.settings.cues_page import CuesPage
from ui.settings.dialog import CUES, SettingsDialog

__all__ = ["desk", "services"]


@pytest.fixture
def dialog(desk: Desk) -> Iterator[SettingsDialog]:
    desk.app.ear.open_settings(CUES)
    desk.settle()
    made = desk.app.ear.settings.dialog
    assert made is not None
    yield made
    made.accept()


@pytest.fixture
def page(dialog: SettingsDialog) -> CuesPage:
    return dialog.cues


def test_page_and_menu_follow_each_other(desk: Desk, page: CuesPage) -> None:
    """The level is chosen in either place, ticked in both, and saved once for each choice."""
    cues, actions = desk.services.settings.cues, desk.window.actions_
    page.levels["quiet"].click()
    desk.settle()
    assert (cues.level, actions.levels["quiet"].isChecked()) == ("quiet", True)
    actions.levels["new"].trigger()
    desk.settle()
    assert (cues.level, page.levels["new"].isChecked()) == ("new", True)
    assert desk.services.saved_settings == 2


def test_own_limits_take_the_place_of_the_level(desk: Desk, page: CuesPage) -> None:
    """They can be changed only where they count, and the next call keeps them."""
    assert not any(field.isEnabled() for field in (page.gap, page.most, page.missing))
    page.own.click()
    assert page.gap.isEnabled()
    for box, number in ((page.gap, 45), (page.most, 3)):
        box.setCurrentIndex(box.findData(number))
        box.activated.emit(box.currentIndex())
    page.missing.click()
    desk.settle()
    pacing = Pacing.chosen(desk.services.settings.cues)
    assert (pacing.min_gap_s, pacing.most, pacing.missing) == (45.0, 3, False)
    assert desk.services.saved_settings == 4


def test_limits_count_in_a_running_call(desk: Desk, page: CuesPage) -> None:
    """A limit changed on the page reaches the call that runs, and the dots of the overlay."""
    call = desk.start()
    page.own.click()
    page.most.setCurrentIndex(page.most.findData(3))
    page.most.activated.emit(page.most.currentIndex())
    desk.settle()
    assert Pacing.chosen(call.cues_chosen[-1]).most == 3
    assert desk.app.overlay.pill.dots.most == 3
    desk.stop()


def test_urgent_moves_are_ticked_one_by_one(desk: Desk, page: CuesPage) -> None:
    """None to begin with; what is ticked is what may interrupt, in a steady order."""
    cues = desk.services.settings.cues
    assert cues.urgent == []
    for move in ("dismissing", "blaming"):
        page.urgent[move].click()
    assert cues.urgent == ["blaming", "dismissing"]
    page.urgent["blaming"].click()
    assert cues.urgent == ["dismissing"]
    assert Pacing.chosen(cues).urgent == {"dismissing"}


def test_the_counts_of_a_running_call_can_be_hidden(desk: Desk, page: CuesPage) -> None:
    """Flags and repairs go at once, stay away in the next call, and what they counted is still right."""
    glance = desk.window.live.glance
    call = desk.start()
    call.send(*sample_call.turns()[:3], MovesFound(1, (Move("blaming", 0.9, (0, 3)),)))
    desk.settle()
    counts = (glance.flags_label, glance.repaired_label)
    assert [label.isVisibleTo(glance) for label in counts] == [True, True]
    page.counts.click()
    assert [label.isVisibleTo(glance) for label in counts] == [False, False]
    page.counts.click()
    assert glance.flags_label.text() == "1 turn flagged"
    page.counts.click()
    desk.stop()
    desk.start()
    assert [label.isVisibleTo(glance) for label in counts] == [False, False]
    assert desk.services.settings.cues.counts is False
    desk.stop()


def test_off_leaves_nothing_to_set(desk: Desk, page: CuesPage) -> None:
    """With cues off the rest of the page has no effect, and shows it; what was set stays."""
    page.own.click()
    page.levels["off"].click()
    desk.settle()
    fields = (page.own, page.gap, page.most, page.missing, *page.urgent.values())
    assert not any(field.isEnabled() for field in fields)
    assert Pacing.chosen(desk.services.settings.cues).most == 0
    page.levels["standard"].click()
    assert all(field.isEnabled() for field in fields)


def test_every_control_has_a_name(page: CuesPage) -> None:
    """A screen reader can say what each box and list is for."""
    assert unnamed_controls(page.window()) == []
    assert page.gap.accessibleName() == "Least time between two cues"


def test_an_unusual_number_is_kept(qtbot: object, desk: Desk) -> None:
    """A number set in the file is shown, though the list would not offer it."""
    cues = desk.services.settings.cues
    cues.own_limits, cues.gap_s = True, 37
    page = CuesPage(cues)
    assert page.gap.currentData() == 37
    page.deleteLater()
