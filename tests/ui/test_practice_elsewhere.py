"""Practice while one looks elsewhere: nothing listens out of sight, and no answer takes the keyboard away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coach.errors import KnownError
from coach.values.answers import AnswerHeard
from tests.fakes.desk import Desk, desk, services
from tests.fakes.services import FakeServices
from tests.ui.test_practice_drill import GOOD, begin, focus, room, speaking
from tests.ui.test_practice_rooms import WELL, playing, quiz
from ui.practice.answer_box import Mouth
from ui.practice.words import QUIZ, ROLE_PLAY
from ui.window.main_window import CALLS

__all__ = ["desk", "playing", "quiz", "room", "services"]


@pytest.mark.parametrize("leave", ["back", "tab"])
def test_the_microphone_is_let_go_where_its_box_is_out_of_sight(room: Desk, leave: str) -> None:
    """The arrow and another tab end a spoken answer, as another room does: nobody would see that it hears."""
    begin(room)
    page = room.window.practice
    speaking(room, page.drill.box)
    spoken = room.services.answers[-1]
    if leave == "back":
        page.drill.back_button.click()
    else:
        page.tabs[QUIZ].click()
    room.settle()
    assert page.drill.box.mouth is Mouth.SHUT
    assert spoken.stopped
    spoken.send(AnswerHeard(GOOD))
    room.settle()
    assert room.services.tries.attempts() == []


def test_a_role_play_that_is_left_does_not_hear_on(playing: Desk) -> None:
    """The arrow leads to the list, and the microphone is let go."""
    play = playing.window.practice.role_play
    speaking(playing, play.box)
    play.back_button.click()
    playing.settle()
    assert play.box.mouth is Mouth.SHUT
    assert playing.services.answers[-1].stopped


def search_calls(desk: Desk) -> None:
    """As somebody does who waits for an answer to be judged."""
    desk.window.go_to(CALLS)
    desk.window.calls.focus_search()


def typed_on(desk: Desk) -> str:
    QTest.keyClicks(focus(desk), "sofa")
    return desk.window.calls.search.text()


def test_a_drill_that_is_judged_later_leaves_the_keyboard_where_it_is(room: Desk) -> None:
    """In another room one types on, whatever was answered before is judged meanwhile."""
    begin(room)
    box = room.window.practice.drill.box
    box.edit.setPlainText(GOOD)
    box.send()
    search_calls(room)
    room.settle()
    assert not room.window.practice.drill.outcome.isHidden()
    assert typed_on(room) == "sofa"


def test_a_customer_who_answers_later_leaves_the_keyboard_where_it_is(playing: Desk) -> None:
    """The same for what is said in a role-play."""
    play = playing.window.practice.role_play
    play.box.edit.setPlainText(WELL)
    play.box.send()
    search_calls(playing)
    playing.settle()
    assert len(play.lines) == 3
    assert typed_on(playing) == "sofa"


def test_an_answer_of_the_quiz_leaves_the_keyboard_where_it_is(quiz: Desk) -> None:
    """And for a question."""
    quiz.window.practice.quiz.choose(0)
    search_calls(quiz)
    quiz.settle()
    assert typed_on(quiz) == "sofa"


def test_a_list_of_role_plays_leaves_the_keyboard_where_it_is(room: Desk) -> None:
    """It is read a moment after its tab was pressed."""
    room.window.practice.tabs[ROLE_PLAY].click()
    search_calls(room)
    room.settle()
    assert typed_on(room) == "sofa"


def test_an_answer_that_could_not_be_judged_is_typed_on(room: Desk, services: FakeServices) -> None:
    """The store is full: the words are still there, and so is the keyboard."""
    begin(room)
    page = room.window.practice.drill

    def full(*_args: object) -> None:
        raise KnownError("disk-full", "The disk is full.")

    services.tries.keep_attempt = full  # type: ignore[method-assign]
    box = page.box
    box.edit.setPlainText(GOOD)
    box.send()
    room.settle()
    assert page.outcome.isHidden()
    assert box.isEnabled()
    assert focus(room) is box.edit


def test_a_letter_with_alt_is_no_answer(quiz: Desk) -> None:
    """It presses a button or nothing; the letter alone chooses."""
    page = quiz.window.practice.quiz
    for letter in "AB":
        QTest.keyClick(focus(quiz), letter, Qt.KeyboardModifier.AltModifier)
    assert page.chosen is None
    QTest.keyClick(focus(quiz), "B", Qt.KeyboardModifier.ShiftModifier)
    assert page.chosen == 1
    quiz.settle()


def test_enter_that_is_held_answers_one_question(quiz: Desk) -> None:
    """The explanation is read before the next question comes, and that is answered by nobody's finger."""
    page = quiz.window.practice.quiz
    first = page.question
    for repeated in (False, True, True, True, True):
        key = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeated
        )
        QApplication.sendEvent(focus(quiz), key)
        quiz.settle()
    assert page.question is first
    assert page.chosen == 0
    assert focus(quiz) is page.next_button
