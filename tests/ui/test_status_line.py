"""What a call says of itself: delay, dropped voices, the model, and a microphone that hears nothing."""

from __future__ import annotations

import pytest

from coach.calls.summary import summarise
from coach.events import CallRecord, DelayMeasured, Failure, Level, OtherVoice, SessionStopped, Turn
from tests.fakes.desk import Desk, desk, services, unopened_desk
from tests.fakes.services import ScriptedCall
from ui.settings.dialog import MICROPHONE
from ui.state import AppState

__all__ = ["desk", "services", "unopened_desk"]


def test_delay_is_said_plainly(desk: Desk) -> None:
    """Two figures in the line, what they mean in its tooltip and for a screen reader."""
    call = desk.start()
    assert not desk.window.status.delay_label.isVisible()
    call.send(DelayMeasured(9.0, 0.5, 0.42, 0.83))
    desk.settle()
    label = desk.window.status.delay_label
    assert label.text() == "Words after 0.4 s, seldom over 0.8 s"
    assert "95 of 100 within 0.8 s" in label.toolTip()
    assert label.accessibleName().startswith("Delay: From the last word")


def test_other_voices_are_counted_never_quoted(desk: Desk) -> None:
    """How long others were dropped, split by why; a new call counts from nothing."""
    call = desk.start()
    call.send(OtherVoice(3.0, 12.0), OtherVoice(20.0, 23.0, "leak"))
    desk.settle()
    label = desk.window.status.dropped_label
    assert label.text() == "Not your voice: 12 s, dropped unheard"
    assert "9 s of other voices and 3 s of the customer" in label.toolTip()
    assert "nothing of it is kept" in label.accessibleName()
    desk.stop()
    call = desk.start()
    assert not label.isVisible()
    call.send(OtherVoice(0.0, 65.0))
    desk.settle()
    assert label.text() == "Not your voice: 1:05, dropped unheard"


@pytest.mark.parametrize(("reason", "source"), [("leak", "only the loudspeaker"), ("", "only other voices")])
def test_a_call_of_which_nothing_was_ones_own_says_so_at_its_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, reason: str, source: str
) -> None:
    """Who had the wrong microphone learns it, and is not told that nobody spoke."""

    def without_a_word(call: ScriptedCall) -> SessionStopped:
        record = CallRecord(call.header)
        return SessionStopped(record, summarise(record, {}), True)

    monkeypatch.setattr(desk.services, "_finished", without_a_word)
    call = desk.start()
    call.send(OtherVoice(3.0, 12.0, reason) if reason else OtherVoice(3.0, 12.0))
    desk.settle()
    desk.stop()
    assert source in desk.window.toast.message_label.text()
    assert "9 s" in desk.window.toast.message_label.text()


def test_talking_time_is_counted_where_it_is_wanted(desk: Desk) -> None:
    """Off, nothing of it is shown; on, one's own time and that of others, anew with each call."""
    glance = desk.window.live.glance
    desk.start().send(OtherVoice(3.0, 12.0))
    desk.settle()
    assert glance.talk_label.isHidden()
    desk.stop()
    desk.services.settings.listening.other_talk_time = True
    desk.start().send(Turn(0, "Good morning.", 1.0, 3.0), OtherVoice(3.0, 68.0))
    desk.settle()
    assert not glance.talk_label.isHidden()
    assert glance.talk_label.text() == "You 0:02 · others 1:05"
    assert "You talked 2 seconds" in glance.talk_label.accessibleName()


def test_the_model_in_use_is_named_and_a_step_down_is_said(desk: Desk) -> None:
    """A busy machine changes the model, not the state: the banner says so, and goes when it is over."""
    call = desk.start()
    status, banners = desk.window.status, desk.window.banners
    assert status.model_label.text() == f"Model: {call.header.model}"
    message = "This machine is busy, so Sameside went on with a quicker model."
    call.send(Failure(30.0, "faster-model", message))
    desk.settle()
    (banner,) = banners.banners
    assert (banner.kind, banner.message_label.text()) == ("plain", message)
    assert status.model_label.text() == f"Model: {call.header.model}, eased"
    assert status.model_label.toolTip() == message
    assert desk.app.runner.state is AppState.LISTENING
    call.send(Failure(90.0, "slower-model", "Sameside is back at its usual model."))
    desk.settle()
    assert banners.banners == ()
    assert desk.window.toast.message_label.text() == "Sameside is back at its usual model."
    assert status.model_label.text() == f"Model: {call.header.model}"


def test_that_the_machine_was_busy_is_not_said_once_the_call_is_over(desk: Desk) -> None:
    """Nobody is heard any more, so nothing is late."""
    desk.start().send(Failure(30.0, "faster-model", "This machine is busy."))
    desk.settle()
    assert desk.window.banners.banners
    desk.app.runner.stop()
    desk.settle()
    assert desk.window.banners.banners == ()


@pytest.mark.parametrize("code", ["microphone-silent", "microphone-wrong"])
def test_a_microphone_that_hears_nothing_says_so_in_words_and_shape(desk: Desk, code: str) -> None:
    """Overlay, window and tray agree; the pill has another icon and words, not only another colour."""
    call = desk.start()
    pill = desk.app.overlay.pill
    usual = pill.icon_label.pixmap().toImage()
    call.send(Failure(3.0, code, "Nothing comes from this microphone. Is it muted?"))
    desk.settle()
    assert {desk.app.runner.state, pill.state, desk.app.tray.state} == {AppState.NOT_HEARING}
    assert pill.state_label.text() == "Not hearing you"
    assert pill.icon_label.pixmap().toImage() != usual
    assert not pill.meter.isVisible()
    (banner,) = desk.window.banners.banners
    banner.action_button.click()
    dialog = desk.app.ear.settings.dialog
    assert dialog is not None
    assert dialog.page == MICROPHONE
    dialog.accept()
    call.send(Failure(9.0, code, "Sameside hears you again.", recovered=True))
    desk.settle()
    assert desk.app.runner.state is AppState.LISTENING
    assert desk.window.banners.banners == ()


@pytest.mark.parametrize("code", ["playbook-damaged", "playbook-newer", "playbook-missing"])
def test_a_playbook_with_a_mistake_is_no_trouble_of_the_call(desk: Desk, code: str) -> None:
    """It goes on with the shipped one; a calm banner says so, and that one can speak already is said too."""
    desk.services.loading = True
    desk.app.start()
    desk.settle()
    call = desk.services.call
    assert call is not None
    said = "Your playbook has a mistake in line 3, so the shipped one is used."
    call.send(Failure(0.0, code, said), Level(0.5, -30.0, -20.0))
    desk.settle()
    assert desk.app.runner.state is AppState.PREPARING
    assert desk.window.live.welcome._words.text().startswith("You can speak already.")
    call.loaded()
    desk.settle()
    assert desk.app.runner.state is AppState.LISTENING
    (banner,) = desk.window.banners.banners
    assert banner.message_label.text() == said


def test_one_trouble_that_passes_does_not_hide_another(desk: Desk) -> None:
    """A saved call does not bring back a microphone that is still gone."""
    call = desk.start()
    call.send(Failure(3.0, "disk-full", "The disk is full."), Failure(4.0, "microphone-gone", "It is gone."))
    desk.settle()
    assert desk.app.runner.state is AppState.NO_MICROPHONE
    call.send(Failure(5.0, "disk-full", "The call is saved again.", recovered=True))
    desk.settle()
    assert desk.app.runner.state is AppState.NO_MICROPHONE
