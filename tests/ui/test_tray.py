"""The tray icon and its menu."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.state import AppState
from ui.tray import Tray


@pytest.fixture
def tray(qtbot: QtBot) -> Iterator[Tray]:
    made = Tray()
    yield made
    made.hide()
    made.menu.close()


def offered(tray: Tray) -> set[str]:
    calls = (tray.start_action, tray.pause_action, tray.resume_action, tray.stop_action)
    return {action.text() for action in calls if action.isVisible()}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (AppState.IDLE, {"Start"}),
        (AppState.LISTENING, {"Pause", "Stop"}),
        (AppState.PAUSED, {"Resume", "Stop"}),
    ],
)
def test_only_what_can_be_done_now_is_offered(tray: Tray, state: AppState, expected: set[str]) -> None:
    """The menu offers what makes sense in the state, and nothing else."""
    tray.set_state(state)
    assert offered(tray) == expected


def test_trouble_leaves_the_call_in_the_users_hands(tray: Tray) -> None:
    """A call whose microphone went away can still be stopped from the tray."""
    tray.set_state(AppState.LISTENING)
    tray.set_state(AppState.NO_MICROPHONE)
    assert offered(tray) == {"Pause", "Stop"}
    assert "No microphone" in tray.icon.toolTip()


@pytest.mark.parametrize("state", [AppState.LISTENING, AppState.PREPARING, AppState.NO_MICROPHONE])
def test_of_a_call_that_is_being_saved_nothing_can_be_asked(tray: Tray, state: AppState) -> None:
    """Nothing is heard any more that could be paused, and it was stopped already."""
    tray.set_state(AppState.LISTENING)
    tray.set_state(state, ending=True)
    assert offered(tray) == set()
    tray.set_state(AppState.IDLE)
    assert offered(tray) == {"Start"}


def test_a_call_resumed_into_trouble_can_be_paused_again(tray: Tray) -> None:
    """Where the trouble outlasted the pause, what is offered is not what was done already."""
    for state in (AppState.TROUBLE, AppState.PAUSED, AppState.TROUBLE):
        tray.set_state(state)
    assert offered(tray) == {"Pause", "Stop"}


def test_each_state_says_itself_in_words_and_has_a_picture(tray: Tray) -> None:
    """The state is never told by the picture alone."""
    tips = set()
    for state in AppState:
        tray.set_state(state)
        tips.add(tray.icon.toolTip())
        assert not tray.icon.icon().isNull()
    assert len(tips) == len(AppState)


def test_menu_entries_ask_by_their_own_signals(tray: Tray, qtbot: QtBot) -> None:
    """Each entry emits its one signal."""
    for action, signal in (
        (tray.start_action, tray.start_chosen),
        (tray.pause_action, tray.pause_chosen),
        (tray.resume_action, tray.resume_chosen),
        (tray.stop_action, tray.stop_chosen),
        (tray.window_action, tray.window_chosen),
        (tray.quit_action, tray.quit_chosen),
    ):
        with qtbot.waitSignal(signal):
            action.trigger()


def test_ticking_the_overlay_by_program_asks_for_nothing(tray: Tray, qtbot: QtBot) -> None:
    """Only the user's own click on "Show overlay" asks; following the overlay's state does not."""
    with qtbot.assertNotEmitted(tray.overlay_toggled):
        tray.set_overlay_shown(True)
    with qtbot.waitSignal(tray.overlay_toggled) as asked:
        tray.overlay_action.trigger()
    assert asked.args == [False]


def test_a_desktop_without_a_tray_is_fine(tray: Tray) -> None:
    """Showing the icon where there is no tray raises nothing and warns of nothing."""
    tray.show()
    tray.set_state(AppState.LISTENING)
    assert Tray.is_available() is False
    assert not tray.icon.isVisible()


def test_a_message_about_nothing_opens_the_window(tray: Tray, qtbot: QtBot) -> None:
    """That Sameside listens on in the tray, say: also after a reminder, which is about a commitment."""
    looked_at: list[object] = []
    tray.told_clicked.connect(looked_at.append)
    tray.show()
    tray.tell("Due", "Send the parcel", about="a commitment")
    tray.tell("Sameside", "It listens on")
    with qtbot.waitSignal(tray.window_chosen):
        tray.icon.messageClicked.emit()
    assert looked_at == []
