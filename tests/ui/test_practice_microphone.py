"""Answers spoken in practice: heard, broken off, declined, and given way to a call."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coach.errors import KnownError
from coach.events import Failure, Level
from coach.settings import ConsentSettings
from coach.values.answers import AnswerBegun, AnswerFailed, AnswerHeard, AnswerWords
from tests.fakes.desk import Desk, desk, services
from tests.fakes.services import FakeServices
from tests.ui.test_practice_drill import GOOD, begin, room, speaking
from ui.practice.answer_box import Mouth

__all__ = ["desk", "room", "services"]


def test_what_cannot_be_made_ready_leaves_nobody_waiting(room: Desk, services: FakeServices) -> None:
    """A damaged model is told in a banner, and the answer can be typed."""
    begin(room)
    error = KnownError("model-damaged", "The speech model is damaged. Fetch it again.")

    def damaged() -> list[str]:
        raise error

    services.models_missing = damaged  # type: ignore[method-assign]
    box = room.window.practice.drill.box
    box.toggle_speaking()
    room.settle()
    assert box.mouth is Mouth.SHUT
    assert [banner.code for banner in room.window.banners.banners] == ["model-damaged"]


def test_who_does_not_agree_is_not_left_waiting(room: Desk, services: FakeServices) -> None:
    """The text about what is captured is declined: no microphone, and the box is as it was."""
    begin(room)
    services.settings.consent = ConsentSettings(first_run_done=False)
    box = room.window.practice.drill.box
    QTest.keyClicks(box.edit, "My own words")
    box.toggle_speaking()
    room.settle()
    asked = room.app.readiness.dialog
    assert asked is not None
    asked.reject()
    room.settle()
    assert box.mouth is Mouth.SHUT
    assert (box.text, box.status.text()) == ("My own words", "")
    assert services.answers == []


def test_an_answer_is_spoken(room: Desk) -> None:
    """Words appear as they are said; when it is over they are judged without another key."""
    begin(room)
    page = room.window.practice.drill
    page.box.speak_button.setFocus()
    speaking(room, page.box)
    spoken = room.services.answers[-1]
    spoken.send(Level(0.5, -20.0, -9.0), AnswerWords("I'm sorry", "sorry"))
    room.settle()
    assert page.box.meter.share > 0
    assert page.box.edit.toPlainText() == "I'm sorry"
    QTest.keyClick(page.box.speak_button, Qt.Key.Key_Space)
    assert spoken.finished
    assert room.window.focusWidget() is page.box.edit, "not the button beside"
    spoken.send(AnswerHeard(GOOD))
    room.settle()
    room.settle()
    assert page.outcome.title.text() == "That repairs it"
    assert spoken.stopped, "the microphone is let go"


def test_held_down_it_is_a_walkie_talkie(room: Desk) -> None:
    """Held while speaking and let go, the answer is over; pressed shortly, silence or Done ends it."""
    begin(room)
    box = room.window.practice.drill.box
    for held, finished in ((True, True), (False, False)):
        QTest.keyPress(box.speak_button, Qt.Key.Key_Space)
        room.settle()
        spoken = room.services.answers[-1]
        spoken.send(AnswerBegun("default"))
        room.settle()
        if held:
            room.qtbot.waitUntil(lambda: box._held.elapsed() >= 400)
        QTest.keyRelease(box.speak_button, Qt.Key.Key_Space)
        assert spoken.finished is finished
        box.leave()


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (AnswerHeard(""), "It sends only silence."),
        (AnswerHeard("", other_voice=True), "Another voice was heard, not yours"),
        (AnswerFailed("microphone-gone", "The microphone is gone."), "The microphone is gone."),
    ],
)
def test_what_went_wrong_is_said_where_it_happened(room: Desk, event: object, said: str) -> None:
    """No answer, no judgement; it can be spoken again or typed."""
    begin(room)
    page = room.window.practice.drill
    speaking(room, page.box)
    room.services.answers[-1].send(Failure(1.0, "microphone-silent", "It sends only silence."))
    room.settle()
    assert page.box.status.text() == "It sends only silence."
    room.services.answers[-1].send(event)  # type: ignore[arg-type]
    room.settle()
    assert said in page.box.status.text()
    assert page.outcome.isHidden()
    assert page.box.speak_button.isEnabled()


def test_an_answer_that_was_broken_off_is_finished_first(room: Desk, services: FakeServices) -> None:
    """The microphone goes in the middle of it: what was heard stands in the box, and is no try yet."""
    begin(room)
    page = room.window.practice.drill
    speaking(room, page.box)
    services.answers[-1].send(AnswerHeard("I'm sorry, that was", broken_off="The microphone is gone."))
    room.settle()
    assert page.outcome.isHidden()
    assert services.tries.attempts() == []
    assert page.box.status.text().startswith("The microphone is gone.")
    assert page.box.mouth is Mouth.SHUT
    QTest.keyClicks(page.box.edit, " our mistake.")
    QTest.keyClick(page.box.edit, Qt.Key.Key_Return)
    room.settle()
    assert not page.outcome.isHidden()
    assert "our mistake." in page.outcome.answer.text()
    assert len(services.tries.attempts()) == 1


def test_what_is_wrong_with_the_microphone_stays_said(room: Desk) -> None:
    """Nothing was heard, because it is the wrong one: that is the reason worth reading. Once it recovers,
    what was said of it is over."""
    begin(room)
    box = room.window.practice.drill.box
    for recovers in (False, True):
        speaking(room, box)
        spoken = room.services.answers[-1]
        spoken.send(Failure(1.0, "microphone-wrong", "It records what is played."))
        if recovers:
            spoken.send(Failure(2.0, "microphone-wrong", "It is heard again.", recovered=True))
        spoken.send(AnswerHeard(""))
        room.settle()
        assert box.status.text().startswith(
            "Nothing was heard." if recovers else "It records what is played."
        )


def test_a_call_comes_first(room: Desk) -> None:
    """When a call begins the microphone is let go, and while it runs answers are typed."""
    begin(room)
    box = room.window.practice.drill.box
    speaking(room, box)
    room.start()
    assert box.mouth is Mouth.SHUT
    assert room.services.answers[-1].stopped
    assert not box.speak_button.isEnabled()
    assert "A call is running" in box.speak_button.toolTip()
    assert "A call is running" in box.edit.placeholderText()
    room.stop()
    assert box.speak_button.isEnabled()
    assert "Speak" in box.edit.placeholderText()
