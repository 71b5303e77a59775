"""Enrolling a voice by reading aloud, and deleting it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coach.errors import KnownError
from coach.events import Failure, Level
from coach.ports import EnrolmentHeard, VoiceEnrolled
from tests.fakes.desk import Desk, desk, services, unnamed_controls, unopened_desk
from ui.enrolment.dialog import EnrolmentDialog
from ui.enrolment.reading import ReadingText, sentence_at
from ui.settings.dialog import VOICE

__all__ = ["desk", "services", "unopened_desk"]

TODAY = dt.date(2026, 11, 27)


@pytest.fixture
def dialog(desk: Desk) -> Iterator[EnrolmentDialog]:
    desk.app.ear.enrol()
    desk.settle()
    made = desk.app.ear.voice.dialog
    assert made is not None
    yield made
    if desk.app.ear.voice.dialog is made:
        made.reject()


def bold_sentences(view: ReadingText) -> list[int]:
    """The sentences that are marked, as they are drawn."""
    marked = []
    for number in range(view.document().blockCount()):
        fragment = view.document().findBlockByNumber(number).begin().fragment()
        if fragment.charFormat().fontWeight() >= QFont.Weight.DemiBold:
            marked.append(number)
    return marked


def test_a_reading_goes_from_start_to_profile(desk: Desk, dialog: EnrolmentDialog) -> None:
    """Nothing is heard before "Start reading"; ring, meter and marked sentence follow; the end says so."""
    assert desk.services.readings == []
    assert "Jabra Evolve2 30" in [label.text() for label in dialog.findChildren(type(dialog.words_label))]
    dialog.main_button.click()
    (reading,) = desk.services.readings
    assert dialog.reading
    assert bold_sentences(dialog.text_view) == [0]
    reading.send(Level(1.0, -20.0, -9.0), EnrolmentHeard(6.0, 20.0))
    desk.settle()
    assert dialog.ring.words() == "6 of 20 seconds"
    assert dialog.meter.share > 0.5
    assert bold_sentences(dialog.text_view) == [1]
    assert dialog.advice_label.text().startswith("Good")
    reading.send(EnrolmentHeard(20.0, 20.0))
    desk.settle()
    assert dialog.advice_label.text().startswith("That is enough")
    reading.send(VoiceEnrolled(TODAY))
    desk.settle()
    assert dialog.result_title.text() == "Your voice is enrolled"
    assert reading.stopped
    assert desk.app.ear.voice.enrolled_on == TODAY
    dialog.main_button.click()
    assert desk.app.ear.voice.dialog is None


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("too-quiet", "hard to hear"),
        ("too-loud", "too loud"),
        ("noisy", "noise around you"),
        ("another-voice", "Another voice"),
    ],
)
def test_what_is_wrong_is_said_plainly(desk: Desk, dialog: EnrolmentDialog, problem: str, words: str) -> None:
    """Each problem has a sentence that says what to do; it goes once it is over."""
    dialog.main_button.click()
    (reading,) = desk.services.readings
    reading.send(EnrolmentHeard(3.0, 25.0, problem))
    desk.settle()
    assert words in dialog.advice_label.text()
    assert dialog.advice_label.accessibleName() == dialog.advice_label.text()
    assert dialog.advice_label.property("role") == "danger"
    reading.send(EnrolmentHeard(4.0, 25.0, problem, "The engine's own words."))
    desk.settle()
    assert dialog.advice_label.text() == "The engine's own words."
    reading.send(EnrolmentHeard(5.0, 25.0))
    desk.settle()
    assert dialog.advice_label.property("role") == "strong"


def test_advice_is_said_to_who_cannot_see_it(
    desk: Desk, dialog: EnrolmentDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen reader says each new advice once, wherever the focus is, and the result."""
    said: list[str] = []
    monkeypatch.setattr("ui.enrolment.dialog.announce", lambda _widget, words: said.append(words))
    dialog.main_button.click()
    (reading,) = desk.services.readings
    for _ in range(2):
        reading.send(EnrolmentHeard(3.0, 25.0, "noisy", "It is noisy."))
    reading.send(VoiceEnrolled(TODAY))
    desk.settle()
    assert said[0] == "It is noisy."
    assert said[1].startswith("Your voice is enrolled. ")
    assert len(said) == 2


def test_cancelled_it_keeps_nothing(desk: Desk, dialog: EnrolmentDialog) -> None:
    """Escape lets go of the microphone at once; what still arrives is not heard of."""
    dialog.main_button.click()
    (reading,) = desk.services.readings
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert reading.stopped
    reading.send(VoiceEnrolled(TODAY))
    desk.settle()
    assert desk.app.ear.voice.enrolled_on is None


def test_a_reading_that_fails_can_be_tried_again(desk: Desk, dialog: EnrolmentDialog) -> None:
    """The reason is told, and the same dialog begins anew from the first sentence."""
    dialog.main_button.click()
    desk.services.readings[0].send(
        EnrolmentHeard(20.0, 25.0), Failure(9.0, "microphone-gone", "The microphone is gone.")
    )
    desk.settle()
    assert dialog.result_label.text() == "The microphone is gone."
    dialog.main_button.click()
    assert len(desk.services.readings) == 2
    assert dialog.reading
    assert bold_sentences(dialog.text_view) == [0]
    assert dialog.ring.value() == 0


def test_a_microphone_that_cannot_be_opened_says_why(desk: Desk, dialog: EnrolmentDialog) -> None:
    """A refusal at the very start is told in the dialog as well."""
    desk.services.ear_error = KnownError("no-microphone", "No microphone was found.")
    dialog.main_button.click()
    desk.settle()
    assert dialog.result_label.text() == "No microphone was found."


def test_a_call_ends_a_reading(desk: Desk, dialog: EnrolmentDialog) -> None:
    """A call that starts meanwhile gets the microphone."""
    dialog.main_button.click()
    desk.start()
    assert desk.services.readings[0].stopped
    assert desk.app.ear.voice.dialog is None


def test_the_keyboard_alone_enrols(desk: Desk, dialog: EnrolmentDialog) -> None:
    """Enter starts, Escape leaves, and every control has a name."""
    dialog.activateWindow()
    desk.qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.main_button.hasFocus()
    QTest.keyClick(dialog.main_button, Qt.Key.Key_Return)
    assert dialog.reading
    QApplication.processEvents()
    assert unnamed_controls(dialog) == []
    assert dialog.text_view.accessibleName() == "Text to read aloud"
    assert dialog.cancel_button.hasFocus()


def test_the_marked_sentence_keeps_a_readers_pace() -> None:
    """At 15 characters a second, first to last, never beyond, however long the reading takes."""
    sentences = ["x" * 30, "y" * 60, "z" * 15]
    assert [sentence_at(sentences, spoken_s) for spoken_s in (0.0, 1.9, 2.1, 5.9, 6.1, 99.0)] == [
        0,
        0,
        1,
        1,
        2,
        2,
    ]


def test_the_sentence_to_read_is_in_sight(desk: Desk, dialog: EnrolmentDialog) -> None:
    """A text longer than its frame scrolls with the reader."""
    view = ReadingText([f"Sentence {number} of a long text to read aloud." for number in range(40)], dialog)
    view.resize(400, 200)
    view.show()
    view.show_spoken(120.0)
    desk.settle()
    assert view.viewport().rect().contains(view.cursorRect().center())
    assert view.verticalScrollBar().value() > 0


def test_no_line_is_cut_through_at_the_top(desk: Desk, dialog: EnrolmentDialog) -> None:
    """Wherever one is in the text, a sentence begins at the top, and the next to be read is in sight."""
    dialog.main_button.click()
    view = dialog.findChild(ReadingText)
    assert view is not None
    desk.settle()
    bar = view.verticalScrollBar()
    for number in range(len(view.sentences)):
        view.current = number
        view._bring_into_view()
        starts = {0, bar.maximum(), *(round(view._rect(one).top()) for one in range(len(view.sentences)))}
        assert bar.value() in starts
        ahead = min(number + 1, len(view.sentences) - 1)
        assert view._rect(ahead).bottom() - bar.value() <= view.viewport().height() + 1


def test_the_settings_tell_whether_a_voice_is_enrolled(desk: Desk) -> None:
    """Not enrolled, enrolled on a day, deleted: the page follows, and deleting is offered only then."""
    desk.app.ear.open_settings(VOICE)
    desk.settle()
    dialog = desk.app.ear.settings.dialog
    assert dialog is not None
    assert dialog.voice.state_label.text() == "Not enrolled yet"
    assert not dialog.voice.delete_button.isVisible()
    assert "as soon as your voice is enrolled" in dialog.voice.own_voice.accessibleDescription()
    desk.services.enrolled_on = TODAY
    desk.app.ear.voice.refresh()
    desk.settle()
    assert "2026" in dialog.voice.state_label.text()
    assert dialog.voice.delete_button.isVisible()
    dialog.accept()


def test_deleting_asks_once_and_is_for_good(desk: Desk) -> None:
    """One key after the question; nothing is deleted by keeping it; no undo is offered, and this is said."""
    desk.services.enrolled_on = TODAY
    desk.app.ear.voice.refresh()
    desk.settle()
    for key, left in ((Qt.Key.Key_Escape, TODAY), (Qt.Key.Key_D, None)):
        desk.app.ear.voice.ask_to_delete(desk.window)
        question = desk.app.ear.voice.question
        assert question is not None
        assert "cannot be brought back" in question.words_label.text()
        question.activateWindow()
        desk.qtbot.waitUntil(question.isActiveWindow)
        with desk.qtbot.waitSignal(question.finished):
            QTest.keyClick(question, key)
        desk.settle()
        assert desk.services.enrolled_on == left
    toast = desk.window.toast
    assert "for good" in toast.message_label.text()
    assert not toast.action_button.isVisible()
    desk.app.ear.voice.ask_to_delete(desk.window)
    assert desk.app.ear.voice.question is None


def test_a_voice_that_cannot_be_deleted_says_so(desk: Desk) -> None:
    """A failure is a banner, and the page goes on telling the truth."""
    desk.services.enrolled_on = TODAY
    desk.app.ear.voice.refresh()
    desk.settle()
    desk.services.ear_error = KnownError("store-locked", "The store is locked.")
    desk.app.ear.voice.ask_to_delete(desk.window)
    assert desk.app.ear.voice.question is not None
    desk.app.ear.voice.question.delete_button.click()
    desk.settle()
    desk.settle()
    assert desk.window.banners.banners[0].message_label.text() == "The store is locked."
    assert desk.app.ear.voice.enrolled_on == TODAY
