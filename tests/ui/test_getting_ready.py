"""While the models of a call load: what is said of the microphone is so, and all that a call offers works."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coach.events import (
    BlackedOut,
    BlackOutEnded,
    Cue,
    Failure,
    Level,
    SessionDropped,
    SessionPaused,
    Turn,
)
from coach.ports import SpeechBegan
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services
from tests.fakes.services import ScriptedCall
from ui.closing import QuitDialog
from ui.running.call_runner import Phase
from ui.running.speech_start import BEGAN
from ui.state import AppState

__all__ = ["desk", "services"]

SPEAK = "You can speak already."


@pytest.fixture
def call(desk: Desk) -> ScriptedCall:
    """One that gets ready."""
    desk.services.loading = True
    desk.app.start()
    desk.qtbot.waitUntil(lambda: desk.app.runner.phase is Phase.PREPARING)
    assert desk.services.call is not None
    return desk.services.call


def words(desk: Desk) -> str:
    return desk.window.live.welcome._words.text()


def said(desk: Desk) -> str:
    return desk.window.status.message_label.accessibleName()


def hears(desk: Desk, call: ScriptedCall, at_s: float = 0.5) -> None:
    call.send(Level(at_s, -30.0, -20.0))
    desk.settle()


def test_speak_already_is_said_once_sound_comes_in(desk: Desk, call: ScriptedCall) -> None:
    assert not words(desk).startswith(SPEAK)
    hears(desk, call)
    assert words(desk).startswith(SPEAK)
    assert desk.window.call_bar.elapsed_label.text() == "0:00"
    hears(desk, call, 7.0)
    assert desk.window.call_bar.elapsed_label.text() == "0:07"


@pytest.mark.parametrize(
    "event",
    [BlackedOut(1.0, 31.0), SessionPaused(1.0), Failure(1.0, "microphone-gone", "It is gone.")],
)
def test_nobody_is_told_to_speak_who_is_not_heard(
    desk: Desk, call: ScriptedCall, event: BlackedOut | SessionPaused | Failure
) -> None:
    hears(desk, call)
    call.send(event)
    desk.settle()
    assert not words(desk).startswith(SPEAK)


def test_words_from_before_do_not_turn_the_clock_back(desk: Desk, call: ScriptedCall) -> None:
    """What was said while the models loaded is written down once they have."""
    hears(desk, call, 21.0)
    call.loaded()
    call.send(Turn(0, "Hello there.", 0.5, 1.5))
    desk.settle()
    assert desk.window.call_bar.elapsed_label.text() == "0:21"


def by_button(desk: Desk) -> None:
    desk.window.call_bar.black_out_button.click()


def by_menu_key(desk: Desk) -> None:
    desk.window.actions_.black_out.trigger()


def by_hotkey(desk: Desk) -> None:
    desk.app.keys.hotkeys.pressed.emit("black_out")


def by_overlay(desk: Desk) -> None:
    assert desk.app.overlay.isVisible()
    desk.app.overlay.pill.black_out_button.click()


@pytest.mark.parametrize("press", [by_button, by_menu_key, by_hotkey, by_overlay])
def test_black_out_works_from_the_press_of_start_on(
    desk: Desk, call: ScriptedCall, press: Callable[[Desk], None]
) -> None:
    """By mouse, key and overlay; everything says that it is dark, and what ends it is offered."""
    hears(desk, call)
    press(desk)
    assert call.asked[-1] == "black out 30"
    call.send(BlackedOut(1.0, 31.0), Level(6.0, -120.0, -120.0))
    desk.settle()
    [banner] = desk.window.banners.banners
    assert banner.message_label.text().startswith("Blacked out for 25 s")
    assert desk.window.call_bar.words() == "Blacked out"
    assert desk.app.overlay.pill.state_label.text() == "Blacked out, 25 s"
    banner.action_button.click()
    assert call.asked[-1] == "end black-out"
    call.send(BlackOutEnded(7.0))
    desk.settle()
    assert desk.window.call_bar.words() == "Getting ready"
    assert desk.app.overlay.pill.state is AppState.PREPARING


def test_a_black_out_goes_on_when_the_call_begins(desk: Desk, call: ScriptedCall) -> None:
    call.send(BlackedOut(1.0, 31.0))
    call.loaded()
    desk.settle()
    assert desk.app.runner.phase is Phase.RUNNING
    assert desk.window.call_bar.words() == "Blacked out"
    assert "Listening" not in said(desk)
    assert desk.app.overlay.pill.blacked_out
    call.send(BlackOutEnded(7.0))
    desk.settle()
    assert said(desk) == "Status: Listening"


def test_another_microphone_can_be_taken_from_the_press_of_start_on(desk: Desk, call: ScriptedCall) -> None:
    """The one that is chosen may not be there, which is told at once."""
    call.send(Failure(0.0, "microphone-unknown", "It is not there."))
    desk.settle()
    assert desk.window.call_bar.words() == desk.app.overlay.pill.state_label.text() == "No microphone"
    assert said(desk) == "Status: No microphone"
    box = desk.window.call_bar.microphones.box
    assert box.isEnabled()
    row = box.findData("alsa:laptop")
    box.setCurrentIndex(row)
    box.activated.emit(row)
    assert call.asked[-1] == "use alsa:laptop"


@pytest.mark.parametrize("where", ["bar", "menu", "overlay", "tray"])
def test_pause_works_from_the_press_of_start_on(desk: Desk, call: ScriptedCall, where: str) -> None:
    """The call begins paused, and says so; resumed it listens."""
    {
        "bar": desk.window.call_bar.pause_button.click,
        "menu": desk.window.actions_.pause.trigger,
        "overlay": desk.app.overlay.pill.pause_button.click,
        "tray": desk.app.tray.pause_action.trigger,
    }[where]()
    desk.settle()
    assert call.asked[-1] == "pause"
    assert (desk.app.runner.phase, desk.app.runner.state) == (Phase.PAUSED, AppState.PAUSED)
    call.loaded()
    desk.settle()
    assert desk.app.runner.phase is Phase.PAUSED
    assert "Listening to" not in said(desk)
    desk.window.call_bar.pause_button.click()
    desk.settle()
    assert desk.app.runner.phase is Phase.RUNNING


def test_paused_before_it_began_there_is_no_promise_to_answer(desk: Desk, call: ScriptedCall) -> None:
    """Confirm and drop are offered once something of it can have been heard."""
    actions = desk.window.actions_
    desk.app.runner.pause()
    desk.settle()
    assert desk.app.runner.phase is Phase.PAUSED
    assert [one.isEnabled() for one in (actions.confirm, actions.drop)] == [False, False]
    call.loaded()
    desk.settle()
    assert desk.app.runner.phase is Phase.PAUSED
    assert actions.confirm.isEnabled()
    assert actions.drop.isEnabled()


def test_resumed_before_the_models_are_there_it_gets_ready_again(desk: Desk, call: ScriptedCall) -> None:
    desk.app.runner.pause()
    desk.settle()
    desk.app.runner.resume()
    desk.settle()
    assert desk.app.runner.phase is Phase.PREPARING
    assert desk.window.call_bar.words() == "Getting ready"


def test_after_stop_nothing_gets_ready_any_more(desk: Desk, call: ScriptedCall) -> None:
    """At once, not only when the models have loaded; nothing is said to have been saved or summed up."""
    hears(desk, call)
    desk.app.runner.stop()
    assert desk.app.runner.phase is Phase.DROPPING
    assert said(desk) == "Status: Stopping"
    tray = desk.app.tray
    assert [one.isVisible() for one in (tray.pause_action, tray.stop_action)] == [False, False]
    desk.settle()
    assert desk.app.runner.phase is Phase.IDLE
    assert said(desk) == "Status: Ready"
    assert not desk.app.overlay.isVisible()
    assert desk.window.live.welcome.title.text() == "Ready when you are"
    assert not desk.window.toast.isVisible()
    assert call.asked == ["start", "stop"]


def test_the_next_call_has_nothing_of_the_dropped_one(desk: Desk, call: ScriptedCall) -> None:
    call.send(BlackedOut(1.0, 31.0), Failure(1.0, "microphone-gone", "It is gone."))
    desk.settle()
    desk.app.runner.stop()
    desk.settle()
    desk.services.loading = False
    assert desk.start() is not call
    desk.settle()
    assert desk.window.banners.banners == ()
    assert (desk.window.call_bar.words(), desk.app.runner.state) == ("Listening", AppState.LISTENING)
    desk.stop()


def test_cues_of_the_call_before_are_not_counted_on_the_overlay(desk: Desk) -> None:
    """It is there from the press of Start on, with a full budget."""
    first = desk.start()
    first.send(*[event for event in sample_call.events() if isinstance(event, Cue)])
    desk.settle()
    dots = desk.app.overlay.pill.dots
    assert dots.left < dots.most
    desk.stop()
    desk.services.loading = True
    desk.app.start()
    desk.qtbot.waitUntil(lambda: desk.app.runner.phase is Phase.PREPARING)
    assert dots.left == dots.most


def test_a_call_begun_by_speaking_takes_over_the_microphone(desk: Desk) -> None:
    """It stops like any other, and what begins next by hand did not begin by speaking."""
    desk.services.loading = True
    desk.services.settings.listening.start_by_speech = True
    desk.app.ear.changed.emit()
    desk.settle()
    waiting = desk.services.waits[-1]
    waiting.send(SpeechBegan(12.0))
    desk.qtbot.waitUntil(lambda: desk.app.runner.phase is Phase.PREPARING)
    assert desk.services.waited is waiting.source
    desk.app.runner.stop()
    desk.settle()
    desk.services.loading = False
    desk.start()
    desk.settle()
    assert desk.window.toast.message_label.text() != BEGAN
    desk.stop()


def test_a_call_that_cannot_begin_leaves_all_as_it_was(desk: Desk, call: ScriptedCall) -> None:
    call.send(SessionDropped("model-damaged", "The model is damaged."))
    desk.settle()
    assert desk.app.runner.phase is Phase.IDLE
    assert [one.code for one in desk.window.banners.banners] == ["model-damaged"]
    assert not desk.app.overlay.isVisible()


def test_quitting_then_does_not_speak_of_saving(desk: Desk, call: ScriptedCall) -> None:
    desk.app.closing.quit()
    assert said(desk) == "Status: Closing in a moment"
    desk.qtbot.waitUntil(lambda: desk.closed)
    assert call.asked == ["start", "stop"]


def test_the_question_before_quitting_knows_what_there_is_to_save(
    desk: Desk, call: ScriptedCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of a call that gets ready; all of it once it has begun, also while the question stands."""
    monkeypatch.setattr(desk.app.tray, "is_available", lambda: False)
    desk.window.close()
    dialog = desk.app.closing.dialog
    assert isinstance(dialog, QuitDialog)
    assert dialog.heading.text() == dialog.windowTitle() == "A call is getting ready"
    assert "Nothing of the call is kept" in dialog.words_label.text()
    assert dialog.stop_button.text() == "Stop and close"
    call.loaded()
    desk.settle()
    assert dialog.heading.text() == dialog.windowTitle() == "A call is running"
    assert dialog.stop_button.text() == "Stop, save and close"
    desk.stop()
    assert desk.app.closing.dialog is None, "the call is over, and nothing is asked any more"
    assert not desk.closed
