"""At 200 % a small screen is half as large: even the smallest window cuts no word off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from coach.values.batches import BatchItem, BatchState, ItemProgress
from coach.values.shares import Known
from tests.fakes import sample_call
from tests.fakes.cut_off import assert_whole, cut_off
from tests.fakes.desk import Desk, desk, services
from ui.dialogs.consent import ConsentDialog
from ui.settings.dialog import SHARING, SettingsDialog
from ui.settings.sharing_page import SharingPage
from ui.window.main_window import (
    CALLS,
    COMMITMENTS,
    NOW,
    PLAYBOOK,
    PRACTICE,
    RECORDINGS,
    SMALLEST,
    SUMMARY,
    TEAM,
)

__all__ = ["desk", "services"]

pytestmark = pytest.mark.usefixtures("themed")

HALF_OF_FULL_HD = (960, 540)
SMALL_SCREEN = (624, 352)
"""What a window manager leaves of it."""
LONG = (
    "I can see that this took far longer than it should have, and that it was ours to put right, "
    "so let me do it now."
)


def test_the_check_finds_what_is_cut_off(qtbot: object) -> None:
    """A label with too little room is found, one with enough is not."""
    root = QWidget()
    for width in (30, 300):
        label = QLabel("Not hearing you", root)
        label.setGeometry(0, 0, width, 20)
    root.show()
    assert cut_off(root) == ["QLabel “Not hearing you” (30, 20)"]
    root.deleteLater()


@pytest.mark.parametrize("room", [NOW, CALLS, PRACTICE, RECORDINGS])
def test_no_room_is_cut_off_in_the_smallest_window(desk: Desk, room: str) -> None:
    """Idle, waiting for the agent to speak, and with every word of the bar shown."""
    desk.window.resize(SMALLEST)
    desk.window.go_to(room)
    desk.settle()
    assert (desk.window.width(), desk.window.height()) == SMALLEST.toTuple()
    assert_whole(desk.qtbot, desk.window)
    desk.window.call_bar.show_waiting(True)
    desk.settle()
    assert_whole(desk.qtbot, desk.window)


def test_a_running_call_is_not_cut_off(desk: Desk) -> None:
    """Live, paused and blacked out, with a toast over it."""
    desk.window.resize(SMALLEST)
    call = desk.start()
    call.send(*sample_call.turns()[:4])
    desk.settle()
    assert_whole(desk.qtbot, desk.window)
    desk.window.actions_.levels["quiet"].trigger()
    desk.settle()
    assert_whole(desk.qtbot, desk.window)
    desk.app.runner.pause()
    desk.settle()
    assert_whole(desk.qtbot, desk.window)


def _know_somebody(page: SharingPage) -> None:
    """With a long name, compared, just removed, and with a problem."""
    person = Known(b"k", "", "Susan Supervisor-Longworthington of Customer Care", "0123 4567", words=LONG)
    page.show_people([person])
    page.show_found(person, person)
    page.show_problem(LONG)
    page.blockSignals(True)
    page._remove(person)
    page.blockSignals(False)


@pytest.mark.parametrize("size", [(860, 480), SMALL_SCREEN])
def test_no_settings_page_is_cut_off(desk: Desk, size: tuple[int, int]) -> None:
    """Each page on such a screen: what is longer scrolls, and never sideways."""
    sharing = desk.services.settings.sharing
    sharing.folder, sharing.team_folders = "/mnt/" + "long-name" * 12, ["/mnt/" + "another-name" * 12]
    desk.app.ear.open_settings()
    desk.settle()
    dialog = desk.app.ear.settings.dialog
    assert isinstance(dialog, SettingsDialog)
    dialog.setMinimumSize(*size)
    dialog.resize(*size)
    for page in dialog.pages:
        dialog.go_to(page)
        desk.settle()
        if page == SHARING:
            _know_somebody(dialog.sharing)
        assert_whole(desk.qtbot, dialog)
        area = dialog.stack.currentWidget()
        assert isinstance(area, QScrollArea)
        assert area.horizontalScrollBar().maximum() == 0, page
    dialog.accept()


def test_the_longest_card_fits_on_half_of_a_full_hd_screen(desk: Desk) -> None:
    """Long lines, long words and the whole why: nothing is cut off, and the card is on the screen whole."""
    cue = replace(sample_call.cues()[0], say=LONG, alternatives=(LONG + " " + LONG,), why=f"{LONG} {LONG}")
    cue = replace(cue, because=replace(cue.because, words=LONG, context=LONG, sources=("A1", "E8")))
    overlay = desk.app.overlay
    overlay.show_cue(cue)
    overlay.toggle_why()
    overlay.next_line()
    desk.settle()
    assert_whole(desk.qtbot, overlay)
    assert overlay.isVisible()
    assert overlay.width() <= HALF_OF_FULL_HD[0]
    assert overlay.height() <= HALF_OF_FULL_HD[1]


@pytest.mark.parametrize("busy", [False, True])
def test_no_pill_is_cut_off(desk: Desk, busy: bool) -> None:
    """An hour into the call, whatever it says."""
    desk.start()
    overlay = desk.app.overlay
    overlay.set_elapsed(4_000.0)
    overlay.set_slow(busy)
    overlay.set_budget(0, 20)
    desk.settle()
    assert_whole(desk.qtbot, overlay)
    overlay.set_black_out(130)
    desk.settle()
    assert_whole(desk.qtbot, overlay)


def test_recordings_in_line_are_not_cut_off(desk: Desk) -> None:
    """A long name, a long reason and several findings, while one is read."""
    page = desk.window.recordings
    desk.window.resize(SMALLEST)
    desk.window.go_to(RECORDINGS)
    page.show_items(
        [
            BatchItem(1, Path("/calls") / f"{LONG[:90]}.wav", state=BatchState.FAILED, why=LONG),
            BatchItem(2, Path("/calls/a.wav"), state=BatchState.DONE, call_id="c", taken=LONG, notes=(LONG,)),
            BatchItem(3, Path("/calls/b.wav"), state=BatchState.RUNNING),
        ]
    )
    page.set_running(True)
    page.show_progress(ItemProgress(3, 100.0, 3000.0, 4000.0, 40_000.0))
    for number in (1, 2, 3):
        page.select(number)
        desk.settle()
        assert_whole(desk.qtbot, desk.window)
    page.hold(True)
    assert_whole(desk.qtbot, desk.window)


@pytest.mark.parametrize("room", [NOW, CALLS, RECORDINGS, COMMITMENTS, PRACTICE, PLAYBOOK, TEAM, SUMMARY])
def test_every_room_is_whole_on_a_screen_of_640_by_400(desk: Desk, room: str) -> None:
    """1280 by 800 at 200 %: signs name the rooms, and what has too little height scrolls, never sideways."""
    desk.window.show_team_room(True)
    desk.window.setMinimumSize(600, 340)
    desk.window.resize(*SMALL_SCREEN)
    desk.app.desk.open("sample", CALLS)
    desk.settle()
    desk.window.go_to(room)
    desk.settle()
    assert (desk.window.width(), desk.window.height()) == SMALL_SCREEN
    assert_whole(desk.qtbot, desk.window)
    names = [button.accessibleName() for button, _sign in desk.window.navigation._rooms.values()]
    assert names[:2] == ["Now", "Calls"]


def test_hundreds_of_things_that_wait_are_counted_in_full_sight(desk: Desk) -> None:
    """The number behind the room's name is never cut; how many it is exactly is told in words."""
    button = desk.window.navigation._rooms[COMMITMENTS][0]
    desk.window.resize(1200, 700)
    for count in (88, 244, 12_000):
        desk.window.navigation.set_count(COMMITMENTS, count)
        desk.settle()
        assert button.sizeHint().width() <= button.width()
        assert f"{count} waiting" in button.accessibleName()


@pytest.mark.parametrize("room", [COMMITMENTS, PRACTICE, TEAM])
def test_a_room_comes_to_rest_at_every_width(desk: Desk, room: str) -> None:
    """It is as wide as its window lets it: were it wider, it would take that for room, and ask for more."""
    desk.window.show_team_room(True)
    desk.window.setMinimumSize(600, 340)
    desk.window.go_to(room)
    desk.settle()
    for width in range(610, 910, 20):
        desk.window.resize(width, 352)
        desk.settle()
        assert desk.window.pages.width() == desk.window.room_area.viewport().width()


def test_a_question_scrolls_above_its_buttons_where_the_screen_is_low(qtbot: QtBot) -> None:
    """What is agreed to can be read to its end, by the keyboard too, and the answer stays in sight."""
    dialog = ConsentDialog(profile="shop-floor")
    qtbot.addWidget(dialog)
    dialog.resize(dialog.width(), 352)
    dialog.show()
    area = dialog.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert area.focusPolicy() is Qt.FocusPolicy.StrongFocus
    assert dialog.rect().contains(dialog.agree_button.geometry())
    assert_whole(qtbot, dialog)
