"""The shell: what it offers in each state, and how it makes room."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from coach.events import Level
from tests.fakes.services import DEVICES
from ui.look.theme import dressed_last
from ui.parts.microphones import SYSTEM_DEFAULT
from ui.running.call_runner import Phase
from ui.state import AppState
from ui.text import UNDO
from ui.window.main_window import CALLS, FIRST_SIZE, NOW, SUMMARY, MainWindow, first_size


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    made = dressed_last(MainWindow)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close_for_good()


@pytest.mark.parametrize(
    ("phase", "main", "main_enabled", "pause_shown"),
    [
        (Phase.IDLE, "Start", True, False),
        (Phase.PREPARING, "Stop", True, True),
        (Phase.RUNNING, "Stop", True, True),
        (Phase.PAUSED, "Stop", True, True),
        (Phase.DROPPING, "Stop", False, True),
        (Phase.STOPPING, "Stop", False, True),
    ],
)
def test_the_bar_offers_what_can_be_done(
    window: MainWindow, phase: Phase, main: str, main_enabled: bool, pause_shown: bool
) -> None:
    """Each phase has its buttons, and the menu agrees with them."""
    window.show_phase(phase, AppState.LISTENING)
    bar, actions = window.call_bar, window.actions_
    assert bar.main_button.text() == main
    assert bar.main_button.isEnabled() is main_enabled
    assert bar.pause_button.isVisible() is pause_shown
    assert actions.start_stop.text().replace("&", "") == main
    assert actions.start_stop.isEnabled() is main_enabled
    heard = phase in (Phase.PREPARING, Phase.RUNNING)
    assert bar.black_out_button.isEnabled() is actions.black_out.isEnabled() is heard
    assert bar.pause_button.isEnabled() is actions.pause.isEnabled() is (heard or phase is Phase.PAUSED)
    assert actions.open_recording.isEnabled()  # in a call they wait in line


def test_the_meter_follows_the_voice(window: MainWindow) -> None:
    """Silence empties it, a loud voice fills it, and it says so in words."""
    meter = window.call_bar.meter
    meter.set_level(Level(0.0, -6.0, -1.0))
    assert meter.share == 1.0
    assert meter.accessibleDescription() == "good"
    meter.set_level(Level(0.0, -90.0, -80.0))
    assert meter.share == 0.0
    assert meter.accessibleDescription() == "silent"


def test_the_microphone_is_locked_while_a_call_ends(window: MainWindow) -> None:
    """Then it shows what is in use and offers nothing; until then another one can be chosen, also while the
    call gets ready."""
    choice = window.call_bar.microphones
    assert choice.refresh_button.isVisible()
    for phase in (Phase.PREPARING, Phase.RUNNING, Phase.PAUSED, Phase.DROPPING, Phase.STOPPING):
        free = phase not in (Phase.DROPPING, Phase.STOPPING)
        window.show_phase(phase, AppState.LISTENING)
        assert choice.box.isEnabled() is free
        assert choice.refresh_button.isVisibleTo(choice) is free
        assert ("cannot be changed just now" in choice.toolTip()) is not free
    window.show_phase(Phase.IDLE, AppState.IDLE)
    assert choice.box.isEnabled()
    assert choice.refresh_button.isVisible()


def test_the_window_opens_wholly_on_its_screen() -> None:
    """On a small screen it leaves room for the frame a window manager puts around it."""
    small = first_size([QSize(1280, 800), QSize(3840, 2160)])
    assert small.width() < 1280
    assert small.height() < 760
    assert first_size([QSize(3840, 2160)]) == first_size([]) == FIRST_SIZE


def test_an_unplugged_choice_stays_chosen(window: MainWindow) -> None:
    """A microphone that is not there today is not silently replaced by another."""
    choice = window.call_bar.microphones
    choice.show_devices(DEVICES, "alsa:gone")
    assert choice.box.currentData() == "alsa:gone"
    assert "not plugged in" in choice.box.currentText()
    choice.show_devices(DEVICES, "")
    assert choice.box.currentText() == SYSTEM_DEFAULT
    assert choice.box.count() == 1 + len(DEVICES)


def test_undo_takes_back_what_was_done_in_this_room(window: MainWindow) -> None:
    """Newest first and each once; what its button took back is not done twice, and each room has its own."""
    done: list[str] = []
    window.toast.say("Call deleted.", UNDO, lambda: done.append("first"))
    window.toast.say("Call deleted.", UNDO, lambda: done.append("second"))
    window.toast.say("Saved.", "Show", lambda: done.append("shown"))
    window.undo()
    assert done == ["second"]
    window.toast.say("Call deleted.", UNDO, lambda: done.append("third"))
    window.toast.action_button.click()
    window.undo()
    window.undo()
    assert done == ["second", "third", "first"]
    window.toast.say("Call deleted.", UNDO, lambda: done.append("there"))
    window.go_to(SUMMARY)
    window.undo()
    assert done == ["second", "third", "first"]


def test_escape_puts_away_the_nearest_thing(window: MainWindow) -> None:
    """First the toast, then a banner, then back from the summary."""
    window.go_to(SUMMARY)
    window.banners.show_message("x", "Something happened.")
    window.toast.say("Call deleted.")
    window.go_back()
    assert not window.toast.isVisible()
    assert len(window.banners.banners) == 1
    window.go_back()
    assert window.banners.banners == ()
    assert window.room == SUMMARY
    window.go_back()
    assert window.room == CALLS


def test_a_banner_about_the_same_thing_takes_its_place(window: MainWindow) -> None:
    """Trouble that repeats does not pile up, and never more than three stand there."""
    for number in range(5):
        window.banners.show_message("same", f"Try {number}")
    assert [banner.message_label.text() for banner in window.banners.banners] == ["Try 4"]
    for number in range(5):
        window.banners.show_message(f"code-{number}", "Another")
    assert len(window.banners.banners) == 3


def test_dropping_a_file_asks_to_open_it(window: MainWindow, qtbot: QtBot) -> None:
    """Audio dropped anywhere on the window is opened for review."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/recordings/call.mp3")])
    drop = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(window.file_dropped) as dropped:
        window.dropEvent(drop)
    assert str(dropped.args[0]).endswith("call.mp3")


def test_what_is_held_above_the_window_shows_that_it_may_be_dropped(window: MainWindow) -> None:
    """The sign comes with recordings, goes when they do or are dropped, and lets them fall on the window."""
    mime, place = QMimeData(), window.centralWidget().rect().center()

    def enter() -> QDragEnterEvent:
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QDragEnterEvent(place, Qt.DropAction.CopyAction, mime, buttons, keys)
        window.dragEnterEvent(event)
        return event

    mime.setText("some words")
    enter()
    assert not window.drop_sign.isVisible()
    mime.setUrls([QUrl.fromLocalFile("/recordings/call.mp3")])
    assert enter().isAccepted()
    assert window.drop_sign.isVisible()
    assert window.drop_sign.size() == window.centralWidget().size()
    window.resize(window.width() - 20, window.height() - 20)
    assert window.drop_sign.size() == window.centralWidget().size()
    assert window.centralWidget().childAt(place) is not window.drop_sign
    window.dragLeaveEvent(QDragLeaveEvent())
    assert not window.drop_sign.isVisible()
    enter()
    window.dropEvent(
        QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert not window.drop_sign.isVisible()


def test_recordings_fall_through_the_fields_of_the_window(window: MainWindow) -> None:
    """Dropped on a field they are reviewed as well, and not written into it."""
    fields = [one for one in window.centralWidget().findChildren(QLineEdit) if not one.isReadOnly()]
    assert len(fields) > 3
    assert [one.accessibleName() for one in fields if one.acceptDrops()] == []


@pytest.mark.usefixtures("themed")
@pytest.mark.parametrize("room", [NOW, CALLS, SUMMARY])
@pytest.mark.parametrize("phase", [Phase.IDLE, Phase.RUNNING])
def test_the_smallest_window_cuts_no_control(window: MainWindow, room: str, phase: Phase) -> None:
    """At its smallest size every button of the bar has the room it asks for."""
    window.resize(window.minimumSize())
    window.show_phase(phase, AppState.LISTENING)
    window.go_to(room)
    QApplication.processEvents()
    assert window.width() == window.minimumWidth()
    bar = window.call_bar
    for button in (bar.main_button, bar.pause_button):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width()
            assert bar.rect().contains(button.geometry())


@pytest.mark.usefixtures("themed")
@pytest.mark.parametrize("width", [624, 784, 860, 900])
def test_the_bar_of_a_call_fits_a_narrow_window(window: MainWindow, width: int) -> None:
    """State and buttons have all the room they ask for: what can be missed, the meter, goes first."""
    window.setMinimumSize(600, 340)
    states = (AppState.LISTENING, AppState.NOT_HEARING, AppState.NO_MICROPHONE)
    for phase, state in itertools.product(Phase, states):
        if phase is not Phase.IDLE:
            assert_the_bar_fits(window, width, phase, state)


def assert_the_bar_fits(window: MainWindow, width: int, phase: Phase, state: AppState) -> None:
    window.resize(width, 560)
    window.show_phase(phase, state)
    QApplication.processEvents()
    bar = window.call_bar
    assert window.width() == width
    for part in (bar.state_label, bar.pause_button, bar.main_button):
        if part.isVisible():
            assert part.width() >= part.sizeHint().width(), (phase, state)
            assert bar.rect().contains(part.geometry()), (phase, state)
    window.resize(1200, 700)
    QApplication.processEvents()
    assert bar.meter.isVisible() is (phase not in (Phase.DROPPING, Phase.STOPPING)), (phase, state)
