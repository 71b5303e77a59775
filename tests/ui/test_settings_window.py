"""The settings window: each choice in force at once, remembered, explained, within reach of the keyboard."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from coach.errors import KnownError
from coach.events import Failure, Level
from coach.ports import ModelChoice
from coach.settings import MAX_TERMS
from tests.fakes.desk import Desk, desk, services, unnamed_controls, unopened_desk
from ui.dialogs.consent import ConsentDialog
from ui.look.theme import apply_theme
from ui.settings.dialog import (
    MICROPHONE,
    MODEL,
    OVERLAY,
    OWN_MOVES,
    PRIVACY,
    RECOGNITION,
    SHARING,
    VOICE,
    WORDS,
    SettingsDialog,
)
from ui.settings.terms import read_terms

__all__ = ["desk", "services", "unopened_desk"]


@pytest.fixture
def dialog(desk: Desk) -> Iterator[SettingsDialog]:
    desk.window.actions_.settings.trigger()
    desk.settle()
    made = desk.app.ear.settings.dialog
    assert made is not None
    yield made
    if desk.app.ear.settings.dialog is made:
        made.accept()


def choose(box: object, data: object) -> None:
    """As a user picks an entry of a list."""
    row = box.findData(data)
    assert row >= 0
    box.setCurrentIndex(row)
    box.activated.emit(row)


def test_the_meter_follows_the_chosen_microphone(desk: Desk, dialog: SettingsDialog) -> None:
    """It listens while its page is shown, to the microphone chosen, and to none once the page has gone."""
    page, meters = dialog.microphone, desk.services.meters
    meters[-1].send(Level(0.0, -20.0, -9.0))
    desk.settle()
    assert page.meter.share > 0.5
    choose(page.microphones.box, "alsa:laptop")
    desk.settle()
    assert [meter.device_key for meter in meters[-2:]] == [None, "alsa:laptop"]
    assert [meter.stopped for meter in meters] == [True] * (len(meters) - 1) + [False]
    assert desk.services.settings.listening.device == "alsa:laptop"
    assert desk.window.call_bar.microphones.box.currentData() == "alsa:laptop"
    meters[-1].send(Level(0.0, -20.0, -9.0))
    meters[-2].send(Level(0.0, -90.0, -80.0))
    desk.settle()
    assert page.meter.share > 0.5, "an old microphone is still listened to"
    dialog.go_to(VOICE)
    assert all(meter.stopped for meter in meters)
    dialog.go_to(MICROPHONE)
    assert not meters[-1].stopped
    dialog.accept()
    assert all(meter.stopped for meter in meters)


def test_nothing_is_heard_before_the_user_agreed(unopened_desk: Desk) -> None:
    """The settings have a meter: they open after the question, and not where it is declined."""
    desk = unopened_desk
    desk.services.settings.consent.first_run_done = False
    for agree in (False, True):
        desk.app.ear.open_settings()
        desk.settle()
        assert desk.app.ear.settings.dialog is None
        assert desk.services.meters == []
        question = desk.app.readiness.dialog
        assert isinstance(question, ConsentDialog)
        (question.agree_button if agree else question.later_button).click()
        desk.settle()
    assert desk.app.ear.settings.dialog is not None
    assert not desk.services.meters[-1].stopped
    desk.app.ear.settings.dialog.accept()


def test_a_microphone_that_cannot_be_opened_says_why(desk: Desk, dialog: SettingsDialog) -> None:
    """Trouble stands where one looks for it, and goes when another microphone is tried."""
    page = dialog.microphone
    desk.services.meters[-1].send(Failure(0.0, "microphone-in-use", "The microphone is in use."))
    desk.settle()
    assert page.problem_label.text() == "The microphone is in use."
    assert page.problem_label.isVisible()
    assert desk.services.meters[-1].stopped
    silent = Failure(3.0, "microphone-silent", "Nothing comes from it. Is it muted?")
    choose(page.microphones.box, "alsa:headset")
    desk.services.meters[-1].send(silent)
    desk.settle()
    assert page.problem_label.text() == silent.message
    desk.services.meters[-1].send(dataclasses.replace(silent, recovered=True))
    desk.settle()
    assert not page.problem_label.isVisible()
    assert not desk.services.meters[-1].stopped
    desk.services.ear_error = KnownError("no-microphone", "No microphone was found.")
    choose(page.microphones.box, "alsa:laptop")
    desk.settle()
    assert page.problem_label.text() == "No microphone was found."
    desk.services.ear_error = None
    choose(page.microphones.box, "alsa:headset")
    assert not page.problem_label.isVisible()


def test_during_a_call_the_meter_shows_the_call(desk: Desk, dialog: SettingsDialog) -> None:
    """Nothing but the call opens the microphone; another one chosen is handed to the call at once."""
    page = dialog.microphone
    call = desk.start()
    assert all(meter.stopped for meter in desk.services.meters)
    call.send(Level(3.0, -20.0, -9.0))
    desk.settle()
    assert page.meter.share > 0.5
    assert "goes on with the microphone you choose" in page.note_label.text()
    assert not page.leak_button.isEnabled()
    choose(page.microphones.box, "alsa:laptop")
    assert all(meter.stopped for meter in desk.services.meters)
    assert call.asked == ["start", "use alsa:laptop"]
    assert desk.window.status.message_label.text() == "Listening to Built-in microphone"
    choose(desk.window.call_bar.microphones.box, "")
    assert call.asked[-1] == "use None"
    desk.stop()
    assert not desk.services.meters[-1].stopped
    assert page.leak_button.isEnabled()


def test_a_microphone_that_was_missing_is_told_once_it_is_found(desk: Desk) -> None:
    """Looking again has an answer, and the line at the bottom does not go on saying there is none."""
    there, desk.services.microphones = desk.services.microphones, []
    said = desk.window.status.message_label
    desk.window.call_bar.microphones.refresh_button.click()
    desk.settle()
    assert said.text() == "No microphone found. Plug one in, then look again."
    desk.services.microphones = there
    desk.window.call_bar.microphones.refresh_button.click()
    desk.settle()
    assert said.text() == "Found 2 microphones."


def test_where_one_talks_is_one_of_three_and_each_says_what_it_does(
    desk: Desk, dialog: SettingsDialog
) -> None:
    """The choice is kept; the line under each is part of it for a screen reader."""
    buttons = dialog.microphone.group.buttons()
    assert [button.isChecked() for button in buttons] == [True, False, False]
    assert "marked" in buttons[0].accessibleDescription()
    assert "dropped" in buttons[1].accessibleDescription()
    buttons[1].click()
    desk.settle()
    assert desk.services.settings.listening.profile == "shop-floor"
    assert desk.services.saved_settings == 1


def test_switches_and_threads_are_kept(desk: Desk, dialog: SettingsDialog) -> None:
    """Own voice only, talking time of others, threads, output: each saved as it is chosen."""
    dialog.voice.own_voice.click()
    dialog.voice.talk_time.click()
    choose(dialog.recognition.threads, 1)
    choose(dialog.microphone.outputs, "alsa:speakers")
    desk.settle()
    chosen = desk.services.settings.listening
    assert (chosen.own_voice_only, chosen.other_talk_time, chosen.threads) == (False, True, 1)
    assert chosen.output_device == "alsa:speakers"
    assert desk.services.saved_settings == 4


def test_a_model_can_be_chosen_by_name(desk: Desk, dialog: SettingsDialog) -> None:
    """The list says what is here and what would be downloaded; a choice by hand is not automatic."""
    models = dialog.recognition.models
    desk.services.settings.listening.model_automatic = True
    assert "downloaded before the next call" in models.itemText(models.findData("small"))
    choose(models, "small")
    chosen = desk.services.settings.listening
    assert (chosen.model, chosen.model_automatic) == ("small", False)


def test_measuring_shows_its_progress_and_takes_the_best_model(desk: Desk, dialog: SettingsDialog) -> None:
    """The automatic choice is a measurement; what it came to is told with all it tried."""
    page = dialog.recognition
    dialog.go_to(RECOGNITION)
    choose(page.models, "")
    assert page.bar.isVisible()
    assert page.measure_button.text() == "Cancel"
    desk.settle()
    desk.settle()
    chosen = desk.services.settings.listening
    assert (chosen.model, chosen.model_automatic) == ("base", True)
    assert page.models.currentText() == "Automatic: base"
    assert "about 0.6 s" in page.result_label.text()
    assert "small 2.4 s" in page.result_label.text()
    assert not page.bar.isVisible()
    assert "slow" not in page.result_label.text()
    assert desk.services.saved_settings == 1
    page.show_choice(ModelChoice("base", 3.1))
    assert "choose a smaller model" in page.result_label.text()


def test_a_measurement_can_be_left(desk: Desk, dialog: SettingsDialog) -> None:
    """Cancelled, it changes nothing and says nothing, and can be begun anew."""
    page = dialog.recognition
    dialog.go_to(RECOGNITION)
    left = threading.Event()
    desk.services.before_ear_step = lambda _step: left.wait()
    page.measure_button.click()
    page.measure_button.click()
    left.set()
    assert page.measure_button.text() == "Measure now"
    desk.settle()
    assert not desk.services.settings.listening.model_automatic
    assert desk.services.saved_settings == 0
    desk.services.before_ear_step = lambda _step: None
    page.measure_button.click()
    desk.settle()
    assert desk.services.settings.listening.model_automatic


def test_a_measurement_that_fails_says_why(desk: Desk, dialog: SettingsDialog) -> None:
    """The reason stands beside the button."""
    desk.services.ear_error = KnownError("model-missing", "No model is here yet.")
    dialog.go_to(RECOGNITION)
    dialog.recognition.measure_button.click()
    desk.settle()
    assert dialog.recognition.problem_label.text() == "No model is here yet."
    assert dialog.recognition.problem_label.isVisible()


def test_a_call_ends_a_measurement(desk: Desk, dialog: SettingsDialog) -> None:
    """The first call never waits: the measurement gives way at once."""
    reached, goes_on = threading.Event(), threading.Event()

    def wait(_step: int) -> None:
        reached.set()
        assert goes_on.wait(10)

    desk.services.before_ear_step = wait
    desk.app.ear.measuring.start()
    assert reached.wait(10)
    desk.start()
    assert not desk.app.ear.measuring.running
    goes_on.set()
    desk.settle()
    assert not desk.services.settings.listening.model_automatic


def test_own_words_are_kept_when_they_can_be(desk: Desk, dialog: SettingsDialog) -> None:
    """One term a line; what cannot be taken is explained, and the last good list counts."""
    page = dialog.words
    dialog.go_to(WORDS)
    page.editor.setPlainText("  Parcelo   Express \n\nparcelo express\nNieuwegein")
    vocabulary = ["Parcelo Express", "Nieuwegein"]
    assert desk.services.settings.listening.vocabulary == vocabulary
    assert page.count_label.text() == f"2 of {MAX_TERMS}"
    page.editor.appendPlainText("x" * 41)
    assert "41 characters; at most 40" in page.problem_label.text()
    assert page.editor.accessibleDescription() != ""
    assert desk.services.settings.listening.vocabulary == vocabulary
    assert desk.services.saved_settings == 0
    dialog.accept()
    desk.settle()
    assert desk.services.saved_settings == 1


@pytest.mark.parametrize(
    ("typed", "count", "problem"),
    [
        ("", 0, ""),
        ("one\ntwo", 2, ""),
        ("\n".join(f"term {number}" for number in range(MAX_TERMS)), MAX_TERMS, ""),
        ("\n".join(f"term {number}" for number in range(MAX_TERMS + 1)), MAX_TERMS + 1, "at most 50"),
        ("good\n???", 2, "no letter"),
        ("a" * 40, 1, ""),
        ("Zürich\nŁódź\n東京", 3, ""),
    ],
)
def test_terms_are_read_as_typed(typed: str, count: int, problem: str) -> None:
    """Limits hold exactly, in every script, and are told in words."""
    terms, said = read_terms(typed)
    assert len(terms) == count
    assert (problem in said) if problem else said == ""


def test_every_control_has_a_name_on_every_page(desk: Desk, dialog: SettingsDialog) -> None:
    """A screen reader can name everything there is to press."""
    for page in (MICROPHONE, VOICE, RECOGNITION, WORDS):
        dialog.go_to(page)
        QApplication.processEvents()
        assert unnamed_controls(dialog) == []


def test_pages_are_reached_and_left_by_keyboard(desk: Desk, dialog: SettingsDialog) -> None:
    """Arrows choose the page, Tab goes into it, Escape closes."""
    dialog.activateWindow()
    desk.qtbot.waitUntil(dialog.isActiveWindow)
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.page == VOICE
    QTest.keyClick(dialog.list, Qt.Key.Key_Tab)
    assert dialog.voice.enrol_button.hasFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert desk.app.ear.settings.dialog is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_off_where_there_is_little_room(
    desk: Desk, dialog: SettingsDialog, qapp: QApplication, theme: str
) -> None:
    """At 200 % on a small screen every page is as wide as the window lets it be, and scrolls down only."""
    apply_theme(qapp, "dark" if theme == "dark" else "light")
    dialog.resize(QSize(620, 380))
    for name in (MICROPHONE, VOICE, RECOGNITION, WORDS):
        dialog.go_to(name)
        QApplication.processEvents()
        page = dialog.pages[name][0]
        assert page.minimumSizeHint().width() <= page.parentWidget().width()
        for label in page.findChildren(QLabel):
            if label.isVisible() and label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width())


def test_the_wheel_scrolls_a_page_and_changes_no_choice(desk: Desk, dialog: SettingsDialog) -> None:
    """The pointer comes over lists and sliders as a page goes by beneath it."""
    dialog.resize(640, 400)
    desk.settle()
    fields = ((PRIVACY, dialog.privacy.keeping), (MICROPHONE, dialog.microphone.quiet_end))
    for page, field in (*fields, (OVERLAY, dialog.overlay.opacity)):
        dialog.go_to(page)
        area = dialog.stack.currentWidget()
        assert isinstance(area, QScrollArea)
        desk.qtbot.waitUntil(lambda area=area: area.verticalScrollBar().maximum() > 0)
        field.setFocus()
        before, bar, moved = repr(desk.services.settings), area.verticalScrollBar(), []
        for notches in (-1, 1):
            area.ensureWidgetVisible(field)
            place, at = field.mapTo(dialog, field.rect().center()), bar.value()
            QTest.wheelEvent(dialog.windowHandle(), QPointF(place), QPoint(0, 120 * notches))
            moved.append(bar.value() - at)
        assert any(moved), page
        assert repr(desk.services.settings) == before, page


def test_enter_in_a_field_does_not_close_the_window(desk: Desk, dialog: SettingsDialog) -> None:
    """What comes of it, a key made or a sentence tried, is read here."""
    dialog.sharing.key_wanted.disconnect()
    for name, field in (
        (SHARING, dialog.sharing.name_edit),
        (OWN_MOVES, dialog.own_moves.trying.field),
        (MODEL, dialog.model.name),
    ):
        dialog.go_to(name)
        field.setFocus()
        QTest.keyClicks(field, "Asha")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert dialog.isVisible(), name
    assert desk.services.settings.local_model.name == "Asha"


def test_during_a_call_nothing_else_opens_its_microphone_or_measures(
    desk: Desk, dialog: SettingsDialog
) -> None:
    """Enrolling and measuring wait until it has stopped, and say so."""
    desk.start()
    for button in (dialog.voice.enrol_button, dialog.recognition.measure_button):
        assert not button.isEnabled()
        assert button.toolTip() == "Once the call has stopped"
    choose(dialog.recognition.models, "")
    desk.settle()
    assert not desk.app.ear.measuring.running
    assert "once the call has stopped" in dialog.recognition.problem_label.text()
    desk.app.ear.enrol()
    desk.settle()
    assert desk.app.ear.voice.dialog is None
    desk.stop()
    assert dialog.voice.enrol_button.isEnabled()
    assert dialog.recognition.measure_button.isEnabled()
