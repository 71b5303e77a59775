"""Calls that begin when the agent speaks and end after a silence: only where chosen, and with an undo."""

from __future__ import annotations

from coach.errors import KnownError
from coach.events import Failure, Gap, Level, OtherVoice, Turn, VadChanged, VadState, Word
from coach.ports import SpeechBegan
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services
from ui.running.call_runner import Phase
from ui.running.speech_start import UNDONE
from ui.settings.dialog import MICROPHONE
from ui.window.call_bar import WAITING, WORDS_ONLY
from ui.window.main_window import NOW, PRACTICE

__all__ = ["desk", "services"]


def wait(desk: Desk) -> None:
    desk.services.settings.listening.start_by_speech = True
    desk.app.ear.changed.emit()
    desk.settle()


def speak(desk: Desk) -> None:
    desk.services.waits[-1].send(SpeechBegan(12.0))
    desk.settle()


def test_nothing_is_open_unless_it_was_chosen(desk: Desk) -> None:
    """The microphone stays closed between calls, and the top line says nothing of it."""
    assert desk.services.waits == []
    assert desk.window.call_bar.elapsed_label.text() == WORDS_ONLY


def test_speaking_begins_a_call_and_says_so(desk: Desk) -> None:
    """The open microphone is told at the top; it is let go as the call begins, and taken again after it."""
    wait(desk)
    assert desk.window.call_bar.elapsed_label.text() == WAITING
    speak(desk)
    assert desk.app.runner.phase is Phase.RUNNING
    assert desk.services.waits[-1].stopped
    assert "You spoke" in desk.window.toast.message_label.text()
    assert desk.window.toast.action_button.text() == "Undo"
    desk.stop()
    assert len(desk.services.waits) == 2
    assert not desk.services.waits[-1].stopped


def test_the_call_goes_on_with_the_microphone_that_waited(desk: Desk) -> None:
    """It is open since before the first word, so none is lost while the models load; by hand a new one is."""
    wait(desk)
    speak(desk)
    assert desk.services.waited is desk.services.waits[0].source
    assert desk.services.waits[0].source.stops == 0
    desk.stop()
    desk.start()
    assert desk.services.waited is None


def test_a_microphone_that_no_call_took_is_let_go(desk: Desk) -> None:
    """Another runs already."""
    wait(desk)
    source = desk.services.waits[0].source
    call = desk.start()
    desk.app.runner.start_live(source)
    desk.qtbot.waitUntil(lambda: source.stops == 1)
    assert desk.services.call is call
    desk.stop()


def test_undo_leaves_nothing_of_the_call(desk: Desk) -> None:
    """It is in no list and not among the deleted, no summary is shown, and the next call begins by hand."""
    wait(desk)
    speak(desk)
    call = desk.services.call
    assert call is not None
    call.send(*sample_call.turns()[:2])
    before = set(desk.services.memory.calls) - {call.call_id}
    desk.window.toast.action_button.click()
    desk.qtbot.waitUntil(lambda: desk.app.runner.phase is Phase.IDLE)
    desk.settle()
    assert set(desk.services.memory.calls) == before
    assert desk.services.memory.deleted == {}
    assert desk.window.room == NOW
    assert desk.window.call_bar.elapsed_label.text() == WORDS_ONLY


def test_a_call_stopped_while_it_gets_ready_is_not_begun_again_by_the_next_word(desk: Desk) -> None:
    """Stop takes it back, as Undo does a little later."""
    wait(desk)
    desk.services.loading = True
    speak(desk)
    assert desk.app.runner.phase is Phase.PREPARING
    desk.app.runner.stop()
    desk.qtbot.waitUntil(lambda: desk.app.runner.phase is Phase.IDLE)
    desk.settle()
    assert desk.window.toast.message_label.text() == UNDONE
    assert desk.services.waits[-1].stopped
    assert desk.window.call_bar.elapsed_label.text() == WORDS_ONLY


def test_a_call_that_goes_on_is_not_undone_by_key(desk: Desk) -> None:
    """Ctrl+Z takes it back while that is offered, and no minute of a call once it is not."""
    wait(desk)
    speak(desk)
    desk.window.toast.put_away()
    desk.window.actions_.undo.trigger()
    desk.settle()
    assert desk.app.runner.phase is Phase.RUNNING
    assert "nothing to undo" in desk.window.status.message_label.text()
    desk.stop()
    speak(desk)
    desk.window.actions_.undo.trigger()
    desk.qtbot.waitUntil(lambda: desk.app.runner.phase is Phase.IDLE)


def test_undo_of_an_earlier_call_leaves_the_one_that_runs_alone(desk: Desk) -> None:
    """A short call, and the next begun by hand while the message of the first is still there."""
    wait(desk)
    speak(desk)
    first = desk.services.call
    assert first is not None
    first.send(*sample_call.turns()[:2])
    desk.stop()
    desk.start()
    assert desk.window.toast.action_button.text() == "Undo"
    desk.window.toast.action_button.click()
    desk.settle()
    assert desk.app.runner.phase is Phase.RUNNING
    desk.stop()
    assert first.call_id in desk.services.memory.calls


def test_speaking_to_something_else_of_sameside_begins_nothing(desk: Desk) -> None:
    """Not with a dialog open, as while a voice is enrolled, nor in the room of practice."""
    wait(desk)
    desk.app.ear.open_settings(MICROPHONE)
    desk.settle()
    speak(desk)
    assert desk.app.runner.phase is Phase.IDLE
    dialog = desk.app.ear.settings.dialog
    assert dialog is not None
    dialog.accept()
    desk.window.go_to(PRACTICE)
    speak(desk)
    assert desk.app.runner.phase is Phase.IDLE


def test_a_microphone_that_goes_is_not_said_to_be_open(desk: Desk) -> None:
    """Whoever waits for a call to begin must see that none will."""
    wait(desk)
    desk.services.waits[-1].send(Failure(3.0, "microphone-gone", "The microphone is gone."))
    desk.settle()
    assert desk.window.call_bar.elapsed_label.text() == WORDS_ONLY


def test_a_microphone_that_went_while_it_waited_is_told_and_waits_again_once_it_is_back(desk: Desk) -> None:
    """Nobody talks to a headset that was unplugged over lunch, and nobody has to switch it on again."""
    wait(desk)
    gone = Failure(3.0, "microphone-gone", "It stopped; what was heard so far is kept.")
    desk.services.waits[-1].send(gone)
    desk.settle()
    [banner] = desk.window.banners.banners
    assert "press Start" in banner.message_label.text()
    assert "kept" not in banner.message_label.text()
    for _ in range(2):
        desk.app.speech.look_again.timeout.emit()
        desk.services.waits[-1].send(Failure(0.0, "microphone-unknown", "It is not there."))
        desk.settle()
    assert desk.window.banners.banners == (banner,)
    assert desk.window.call_bar.elapsed_label.text() == WORDS_ONLY
    desk.app.speech.look_again.timeout.emit()
    desk.services.waits[-1].send(Level(0.1, -50.0, -40.0))
    desk.settle()
    assert desk.window.banners.banners == ()
    assert desk.window.call_bar.elapsed_label.text() == WAITING
    speak(desk)
    assert desk.app.runner.phase is Phase.RUNNING


def test_a_call_that_cannot_begin_is_not_tried_at_every_word(desk: Desk) -> None:
    """The reason is shown once, and the microphone is let go."""
    wait(desk)
    desk.app.runner.refused.emit(KnownError("model-missing", "Get the model first."))
    desk.settle()
    assert not desk.app.speech.waiting


def test_the_page_switches_it_on_and_keeps_it(desk: Desk) -> None:
    """The box and the list of the settings page are in force at once and are saved."""
    desk.app.ear.open_settings(MICROPHONE)
    desk.settle()
    dialog = desk.app.ear.settings.dialog
    assert dialog is not None
    dialog.microphone.by_speech.click()
    dialog.microphone.quiet_end.setCurrentIndex(2)
    dialog.microphone.quiet_end.activated.emit(2)
    desk.settle()
    listening = desk.services.settings.listening
    assert (listening.start_by_speech, listening.end_after_quiet_minutes) == (True, 5)
    assert desk.app.speech.waiting
    dialog.accept()


def test_a_long_silence_ends_the_call_unless_the_agent_goes_on(desk: Desk) -> None:
    """Told half a minute before with a way to go on; a word is one too."""
    desk.services.settings.listening.end_after_quiet_minutes = 2
    call = desk.start()
    call.send(Level(95.0, -50.0, -40.0))
    desk.settle()
    assert desk.window.toast.action_button.text() == "Go on"
    desk.window.toast.action_button.click()
    call.send(Level(130.0, -50.0, -40.0), VadChanged(140.0, VadState.SPEAKING), Level(229.0, -50.0, -40.0))
    desk.settle()
    assert "stop" not in call.asked
    call.send(Level(261.0, -50.0, -40.0))
    desk.settle()
    assert call.asked[-1] == "stop"


def test_what_others_say_keeps_no_call_open(desk: Desk) -> None:
    """A voice that turned out to be another's was no word of the agent, whose own words are one."""
    desk.services.settings.listening.end_after_quiet_minutes = 2
    call, toast = desk.start(), desk.window.toast
    for at_s in (60.0, 100.0):
        call.send(VadChanged(at_s, VadState.SPEAKING), OtherVoice(at_s - 0.5, at_s + 4.0))
    call.send(Level(105.0, -50.0, -40.0))
    desk.settle()
    assert toast.action_button.text() == "Go on"
    word = Word("Hello.", 109.0, 110.0, 0.9)
    call.send(VadChanged(109.0, VadState.SPEAKING), Turn(0, "Hello.", 109.0, 110.0, (word,)))
    call.send(Level(119.9, -50.0, -40.0), Level(121.0, -50.0, -40.0))
    desk.settle()
    assert not toast.isVisible()
    call.send(VadChanged(225.0, VadState.SPEAKING), Level(229.0, -50.0, -40.0), Level(230.5, -50.0, -40.0))
    desk.settle()
    assert "stop" not in call.asked
    call.send(OtherVoice(224.5, 230.4), Level(230.6, -50.0, -40.0))
    desk.settle()
    assert call.asked[-1] == "stop"


def test_a_pause_is_no_silence_of_the_agent(desk: Desk) -> None:
    """Whoever was away for longer than the silence may last comes back to a call that goes on."""
    desk.services.settings.listening.end_after_quiet_minutes = 2
    call = desk.start()
    call.send(Level(20.0, -50.0, -40.0))
    desk.app.runner.pause()
    desk.settle()
    call.send(Gap(20.0, 620.0, "paused"))
    desk.app.runner.resume()
    call.send(Level(620.1, -50.0, -40.0), Level(689.0, -50.0, -40.0))
    desk.settle()
    assert "stop" not in call.asked
    assert not desk.window.toast.isVisible()
    call.send(Level(691.0, -50.0, -40.0))
    desk.settle()
    assert desk.window.toast.action_button.text() == "Go on"
    desk.stop()


def test_while_models_load_no_silence_is_counted(desk: Desk) -> None:
    """Nobody can tell then whether the agent speaks: neither by this call nor by the one before it."""
    desk.services.settings.listening.end_after_quiet_minutes = 2
    desk.start().send(Level(20.0, -50.0, -40.0))
    desk.stop()
    desk.services.loading = True
    desk.app.start()
    desk.qtbot.waitUntil(lambda: desk.app.runner.phase is Phase.PREPARING)
    call = desk.services.call
    assert call is not None
    call.send(Level(125.0, -50.0, -40.0))
    desk.settle()
    assert "stop" not in call.asked
    call.loaded()
    call.send(Level(130.0, -50.0, -40.0))
    desk.settle()
    assert "stop" not in call.asked
    call.send(Level(246.0, -50.0, -40.0))
    desk.settle()
    assert call.asked[-1] == "stop"


def test_another_silence_chosen_in_a_call_counts_for_it(desk: Desk) -> None:
    """Who chooses Never does not lose the call; a shorter one is counted from when it was chosen."""
    listening = desk.services.settings.listening
    listening.end_after_quiet_minutes = 2
    call = desk.start()
    call.send(Level(95.0, -50.0, -40.0))
    desk.settle()
    listening.end_after_quiet_minutes = 0
    desk.app.ear.changed.emit()
    call.send(Level(130.0, -50.0, -40.0))
    desk.settle()
    assert "stop" not in call.asked
    assert not desk.window.toast.isVisible()
    listening.end_after_quiet_minutes = 2
    desk.app.ear.changed.emit()
    call.send(Level(219.0, -50.0, -40.0))
    desk.settle()
    assert "stop" not in call.asked
    call.send(Level(250.5, -50.0, -40.0))
    desk.settle()
    assert call.asked[-1] == "stop"


def test_what_was_not_agreed_to_is_told_and_can_be_read(desk: Desk) -> None:
    """A new text, or another place to talk: nobody speaks on in the belief that a call begins."""
    desk.services.settings.listening.profile = "shop-floor"
    wait(desk)
    [banner] = desk.window.banners.banners
    assert "Speaking begins no call yet" in banner.message_label.text()
    assert desk.services.waits == []
    banner.action_button.click()
    dialog = desk.app.readiness.dialog
    assert dialog is not None
    dialog.accept()
    desk.settle()
    desk.settle()
    assert len(desk.services.waits) == 1
    assert not desk.window.banners.banners
