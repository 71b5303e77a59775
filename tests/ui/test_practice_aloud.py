"""Customers are heard where a voice is installed: new lines unasked, any line on demand, never in a call."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.errors import KnownError
from coach.practice.drills import written_drill
from coach.values.aloud import Speaker
from tests.fakes.aloud import FakeSaying
from tests.fakes.desk import Desk, desk, services, unnamed_controls
from tests.fakes.practice import library
from tests.fakes.services import FakeServices
from ui.practice.page import PLAYING, PracticePage
from ui.practice.words import ROLE_PLAY
from ui.settings.dialog import PRACTICE as PRACTICE_SETTINGS
from ui.settings.dialog import SettingsDialog
from ui.text import NOT_IN_CALL
from ui.window.main_window import CALLS, PRACTICE

__all__ = ["desk", "services"]


@pytest.fixture
def voiced(qtbot: QtBot, qapp: QApplication, services: FakeServices) -> Iterator[Desk]:
    services.aloud.name = "Test voice"
    made = Desk(qtbot, services)
    made.open()
    made.window.go_to(PRACTICE)
    made.settle()
    made.settle()
    yield made
    made.close()


def lines(desk: Desk) -> list[FakeSaying]:
    return desk.services.aloud.lines


def play(desk: Desk, place: int = 0) -> PracticePage:
    page = desk.window.practice
    page.go_to(ROLE_PLAY)
    desk.settle()
    page.scenarios.rows[place].click()
    desk.settle()
    assert page.part == PLAYING
    return page


def drill(desk: Desk) -> PracticePage:
    """One with a customer."""
    page = desk.window.practice
    page.today.drills = [written_drill(one) for one in library().situations[:2]]
    page.today.started.emit(0)
    desk.settle()
    return page


def test_a_customer_says_their_line_by_themselves(voiced: Desk) -> None:
    """In a drill and in a role-play, there by the scenario's voice; the next line ends the one before."""
    page = drill(voiced)
    assert lines(voiced)[-1].words == page.drill.drill.customer
    page.drill.go_on()
    assert lines(voiced)[0].stopped
    assert lines(voiced)[1].words == page.drill.drill.customer
    page = play(voiced)
    scenario = page.role_play.scenario
    assert scenario is not None
    assert lines(voiced)[1].stopped
    assert (lines(voiced)[2].words, lines(voiced)[2].speaker) == (
        scenario.states[scenario.start].says,
        scenario.voice,
    )
    assert scenario.voice is not Speaker.ANYBODY


def test_a_line_is_heard_again_or_stopped_by_the_same_button(voiced: Desk) -> None:
    """It offers the other thing while it plays, and the line again at its end."""
    page = play(voiced)
    button = page.role_play.say_button
    assert button.text() == "Stop the&m"
    button.click()
    assert lines(voiced)[0].stopped
    assert button.text() == "Hear the&m"
    button.click()
    assert lines(voiced)[1].words == lines(voiced)[0].words
    lines(voiced)[1].end()
    voiced.qtbot.waitUntil(lambda: button.text() == "Hear the&m")
    assert unnamed_controls(voiced.window) == []


def test_the_microphone_never_hears_the_voice(voiced: Desk) -> None:
    """To speak one's answer stops it, and it does not begin while one speaks."""
    page = play(voiced)
    page.role_play.box.toggle_speaking()
    assert lines(voiced)[0].stopped
    page.role_play.say_button.click()
    assert len(lines(voiced)) == 1
    page.role_play.box.leave()


def test_an_answer_another_part_and_another_room_stop_it(voiced: Desk) -> None:
    """Nothing is read that is no longer there."""
    page = play(voiced)
    page.role_play.box.edit.setPlainText("Let me look.")
    page.role_play.box.send()
    assert lines(voiced)[0].stopped
    voiced.settle()
    assert len(lines(voiced)) == 2
    page.tabs["quiz"].click()
    assert lines(voiced)[1].stopped
    page = play(voiced, 1)
    voiced.window.go_to(CALLS)
    voiced.settle()
    assert lines(voiced)[-1].stopped


def test_in_a_call_nobody_speaks(voiced: Desk) -> None:
    """A call that begins ends the line, and none begins while it runs; who presses for one is told why."""
    page = play(voiced)
    voiced.start()
    assert lines(voiced)[-1].stopped
    count = len(lines(voiced))
    page.role_play.play_again()
    assert not voiced.window.banners.banners
    page.role_play.say_button.click()
    assert len(lines(voiced)) == count
    assert [one.message_label.text() for one in voiced.window.banners.banners] == [NOT_IN_CALL]
    voiced.stop()


def test_switched_off_they_are_text_and_heard_on_demand(voiced: Desk) -> None:
    """Remembered; the line of the moment stops."""
    page = play(voiced)
    saved = voiced.services.saved_settings
    page.speak_switch.click()
    assert lines(voiced)[0].stopped
    page.role_play.play_again()
    assert len(lines(voiced)) == 1
    assert not voiced.services.settings.practice.customers_speak
    assert voiced.services.saved_settings == saved + 1, "not at once"
    voiced.settle()
    page.role_play.say_button.click()
    assert len(lines(voiced)) == 2


def test_what_goes_wrong_is_told_once(voiced: Desk) -> None:
    """No loudspeaker: a banner, and from then on text, until one asks again."""
    page = play(voiced)
    lines(voiced)[0].end(KnownError("no-output", "No loudspeaker or headset was found."))
    voiced.qtbot.waitUntil(lambda: bool(voiced.window.banners.banners))
    assert "No loudspeaker" in voiced.window.banners.banners[0].message_label.text()
    page.role_play.play_again()
    assert len(lines(voiced)) == 1
    page.role_play.say_button.click()
    assert len(lines(voiced)) == 2


def test_without_a_voice_there_is_nothing_to_press(desk: Desk) -> None:
    """The room is as it was: customers are text; the settings say what would bring a voice."""
    desk.window.go_to(PRACTICE)
    desk.settle()
    desk.settle()
    page = play(desk)
    assert page.speak_switch.isHidden()
    assert page.role_play.say_button.isHidden()
    assert lines(desk) == []
    desk.app.ear.open_settings()
    dialog = desk.window.findChild(SettingsDialog)
    assert dialog is not None
    dialog.go_to(PRACTICE_SETTINGS)
    assert not dialog.practice.speak.isEnabled()
    assert "espeak-ng" in dialog.practice.speak.accessibleDescription()
    dialog.close()
    desk.settle()


def test_the_settings_keep_both_choices(voiced: Desk) -> None:
    """Whether they speak and who words what they say; the switch of the room follows."""
    voiced.app.ear.open_settings()
    dialog = voiced.window.findChild(SettingsDialog)
    assert dialog is not None
    dialog.go_to(PRACTICE_SETTINGS)
    assert "Test voice" in dialog.practice.speak.accessibleDescription()
    dialog.resize(dialog.minimumSize())
    voiced.settle()
    assert dialog.practice.minimumSizeHint().width() <= dialog.practice.parentWidget().width()
    dialog.practice.speak.click()
    dialog.practice.model.click()
    voiced.settle()
    kept = voiced.services.settings.practice
    assert (kept.customers_speak, kept.model_customers) == (False, True)
    assert not voiced.window.practice.speak_switch.isChecked()
    assert unnamed_controls(dialog) == []
    dialog.close()
    voiced.settle()


def test_a_model_that_is_away_is_told_once_and_the_call_goes_on(voiced: Desk) -> None:
    """The written line stands."""

    def away(_instruction: str, _words: str) -> str:
        raise KnownError("model-away", "No local model answers at 127.0.0.1:8080.")

    voiced.services.model = away
    page = play(voiced)
    for words in ("Let me look.", "That was our mistake."):
        page.role_play.box.edit.setPlainText(words)
        page.role_play.box.send()
        voiced.settle()
    told = [one.message_label.text() for one in voiced.window.banners.banners]
    assert len([one for one in told if "No local model" in one]) == 1
    assert [who for who, _ in page.role_play.lines] == ["customer", "you", "customer", "you", "customer"]


def test_a_line_that_comes_after_one_has_left_is_not_read(voiced: Desk) -> None:
    """Judged while another room or part was entered: it is there as text, and is heard on demand."""
    page = play(voiced)
    page.role_play.box.edit.setPlainText("Let me look.")
    page.role_play.box.send()
    voiced.window.go_to(CALLS)
    voiced.settle()
    assert [who for who, _ in page.role_play.lines] == ["customer", "you", "customer"]
    assert len(lines(voiced)) == 1
    voiced.window.go_to(PRACTICE)
    voiced.settle()
    page.role_play.say_button.click()
    assert len(lines(voiced)) == 2
    page.role_play.box.edit.setPlainText("That was our mistake.")
    page.role_play.box.send()
    page.tabs["quiz"].click()
    voiced.settle()
    assert len(lines(voiced)) == 2
