"""Drills in the window: begun by Enter, answered by typing or by voice, judged, taken back, left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from coach.errors import KnownError
from coach.practice.drills import Drill
from coach.values.answers import AnswerBegun, AnswerWords
from coach.values.practice_log import ExerciseKind
from tests.fakes.desk import Desk, desk, services, unnamed_controls
from tests.fakes.services import FakeServices
from ui.practice.answer_box import AnswerBox, Mouth
from ui.practice.page import DRILL, WAITING
from ui.practice.words import QUIZ, TODAY
from ui.window.main_window import NOW, PRACTICE

__all__ = ["desk", "services"]

GOOD = "That sounds awful. I'm sorry, that one is on us. Let me look at it together with you."


@pytest.fixture
def room(desk: Desk) -> Desk:
    desk.window.go_to(PRACTICE)
    desk.settle()
    desk.settle()
    return desk


def begin(room: Desk) -> Drill:
    QTest.keyClick(focus(room), Qt.Key.Key_Return)
    room.settle()
    assert room.window.practice.part == DRILL
    return room.window.practice.drill.drill


def focus(room: Desk) -> QWidget:
    found = room.window.focusWidget()
    assert found is not None
    return found


def answer(room: Desk, words: str) -> None:
    box = room.window.practice.drill.box
    QTest.keyClicks(box.edit, words)
    QTest.keyClick(box.edit, Qt.Key.Key_Return)
    room.settle()


def speaking(room: Desk, box: AnswerBox) -> None:
    box.toggle_speaking()
    room.settle()
    room.services.answers[-1].send(AnswerBegun("Jabra Evolve2 30"))
    room.settle()
    assert box.mouth is Mouth.LISTENING


def test_the_room_opens_with_what_is_due(room: Desk) -> None:
    """Own flagged turns first, each with its move, call and words; Enter starts."""
    page = room.window.practice.today
    assert [drill.kind for drill in page.drills] == [ExerciseKind.OWN_TURN] * 5
    assert page.title.text() == "5 drills are ready"
    assert page.rhythm_words.text() == "A first drill takes two minutes."
    assert focus(room) is page.start_button
    assert unnamed_controls(room.window) == []
    assert begin(room) is not None


def test_a_round_by_the_keyboard_alone(room: Desk, services: FakeServices) -> None:
    """Typed, judged, and Enter goes on, to the end; every try is kept, and none of the words."""
    drill = begin(room)
    page = room.window.practice.drill
    assert focus(room) is page.box.edit
    answer(room, GOOD)
    assert page.outcome.title.text() == "That repairs it"
    assert set(page.outcome.now.moves) >= {"apologising", "owning", "partnering"}
    assert page.outcome.before.moves == drill.before
    assert page.outcome.returns.text().startswith("Comes back in")
    assert page.ways.lines, "own turns have lines of the playbook"
    for _ in range(4):
        QTest.keyClick(focus(room), Qt.Key.Key_Return)
        answer(room, GOOD)
    QTest.keyClick(focus(room), Qt.Key.Key_Return)
    assert page.done.words.text().startswith("All of them repaired")
    kept = services.tries.attempts()
    assert len(kept) == 5
    assert {attempt.answer for attempt in kept} == {""}
    QTest.keyClick(focus(room), Qt.Key.Key_Return)
    room.settle()
    assert page.running, "another round"


def test_a_try_that_misses_asks_for_another(room: Desk) -> None:
    """Not yet: the focus is on trying again, which compares with the last try, not with the call."""
    begin(room)
    page = room.window.practice.drill
    answer(room, "You should have called us, that is our policy.")
    assert page.outcome.title.text() == "Not yet"
    assert focus(room) is page.outcome.again_button
    assert "flag" not in page.outcome.words.text()
    QTest.keyClick(focus(room), Qt.Key.Key_Space)
    assert focus(room) is page.box.edit
    answer(room, GOOD)
    assert page.outcome.before.moves == ("blaming", "convincing")
    assert "Gone: blaming, convincing" in page.outcome.change.text()


def test_a_try_can_be_taken_back(room: Desk, services: FakeServices) -> None:
    """Undo: it was none, and the drill is as it was."""
    begin(room)
    page = room.window.practice.drill
    answer(room, "Hello there my friend.")
    assert len(services.tries.attempts()) == 1
    QTest.mouseClick(page.outcome.undo_button, Qt.MouseButton.LeftButton)
    room.settle()
    assert services.tries.attempts() == []
    assert services.tries.practice_cards() == []
    assert page.outcome.returns.text() == "That try does not count."
    assert page.outcome.undo_button.isHidden()


def test_the_try_that_is_shown_is_the_one_taken_back(room: Desk, services: FakeServices) -> None:
    """Whatever was tried in between: the quiz question answered meanwhile stays."""
    begin(room)
    page = room.window.practice
    answer(room, "Hello there my friend.")
    page.go_to(QUIZ)
    room.settle()
    page.quiz.choose(0)
    room.settle()
    page.go_to(TODAY)
    assert page.part == DRILL
    page.drill.outcome.undo_button.click()
    room.settle()
    assert [attempt.kind for attempt in services.tries.attempts()] == [ExerciseKind.QUIZ]


def test_an_answer_without_words_is_compared_with_nothing(room: Desk) -> None:
    """Take your time: nothing was said, so nothing is gone and nothing is new."""
    begin(room)
    page = room.window.practice.drill
    answer(room, "Hmm")
    assert page.outcome.title.text() == "Take your time"
    assert page.outcome.change.isHidden()
    page.try_again()
    answer(room, "You should have called us.")
    assert not page.outcome.change.isHidden()


def test_a_round_that_was_left_can_be_taken_up_again(room: Desk) -> None:
    """Half an answer, and Escape: Undo brings back the drill and the words. Nothing said, nothing to undo."""
    begin(room)
    page = room.window.practice
    room.window.go_back()
    assert page.part == TODAY
    assert room.window.toast.isHidden()
    room.settle()
    drill = begin(room)
    QTest.keyClicks(page.drill.box.edit, "My own words")
    room.window.go_back()
    assert page.part == TODAY
    assert room.window.toast.message_label.text() == "You left the round."
    room.window.toast.action_button.click()
    room.settle()
    assert page.part == DRILL
    assert page.drill.drill is drill
    assert page.drill.box.text == "My own words"
    assert focus(room) is page.drill.box.edit


def test_escape_leaves_step_by_step(room: Desk) -> None:
    """A spoken answer first, with what was typed before it back in its place; then the drill."""
    begin(room)
    page = room.window.practice
    QTest.keyClicks(page.drill.box.edit, "My own words")
    speaking(room, page.drill.box)
    room.services.answers[-1].send(AnswerWords("something else"))
    room.settle()
    room.window.go_back()
    assert page.drill.box.mouth is Mouth.SHUT
    assert page.drill.box.text == "My own words"
    assert room.services.answers[-1].stopped
    room.window.go_back()
    assert page.part == TODAY


def test_another_language_is_no_try(room: Desk, services: FakeServices) -> None:
    """Sameside judges English only, and says so; nothing is counted and nothing is compared."""
    begin(room)
    page = room.window.practice.drill
    answer(room, "Es tut mir leid, das war unser Fehler und nicht Ihrer.")
    assert page.outcome.title.text() == "Not judged"
    assert "English" in page.outcome.words.text()
    assert page.outcome.returns.text() == "That try does not count."
    assert page.outcome.undo_button.isHidden()
    assert page.outcome.change.isHidden()
    assert services.tries.attempts() == []
    page.try_again()
    answer(room, GOOD)
    assert page.outcome.before.moves == page.drill.before
    assert len(services.tries.attempts()) == 1


def test_a_tab_leads_back_to_the_answer(room: Desk) -> None:
    """To another part and back by the keys alone: one types on where one was."""
    begin(room)
    page = room.window.practice
    page.tabs[QUIZ].click()
    room.settle()
    page.tabs[TODAY].setFocus()
    page.tabs[TODAY].click()
    room.settle()
    assert page.part == DRILL
    assert focus(room) is page.drill.box.edit


def test_the_round_waits_while_one_looks_elsewhere(room: Desk) -> None:
    """Another room and back: the drill stands where it stood, with what was typed."""
    drill = begin(room)
    QTest.keyClicks(room.window.practice.drill.box.edit, "Half a sen")
    room.window.go_to(NOW)
    room.window.go_to(PRACTICE)
    room.settle()
    assert room.window.practice.part == DRILL
    assert room.window.practice.drill.drill is drill
    assert room.window.practice.drill.box.text == "Half a sen"


def test_a_locked_store_says_so_and_can_be_opened_again(desk: Desk, services: FakeServices) -> None:
    """Where practice cannot be opened the page says why, and asks again when told to."""
    error = KnownError("store-corrupt", "The file of your calls is damaged.")

    def broken(*_: object, **__: object) -> None:
        raise error

    services.practice, kept = broken, services.practice  # type: ignore[method-assign,assignment]
    desk.window.go_to(PRACTICE)
    desk.settle()
    desk.settle()
    page = desk.window.practice
    assert page.part == WAITING
    assert page.waiting.words.text() == error.message
    services.practice = kept  # type: ignore[method-assign]
    page.retry_button.click()
    desk.settle()
    desk.settle()
    assert page.part == TODAY


def test_only_one_move_and_shorter_rounds(room: Desk) -> None:
    """The choices above the list are heeded at once."""
    page = room.window.practice.today
    page.move_box.setCurrentIndex(page.move_box.findData("delaying"))
    page.count_box.setCurrentIndex(0)
    page.count_box.activated.emit(0)
    room.settle()
    assert [drill.move for drill in page.drills] == ["delaying"] * 3


def test_hostile_words_are_shown_as_words(room: Desk, qapp: QApplication) -> None:
    """Markup in an answer is text."""
    begin(room)
    page = room.window.practice.drill
    answer(room, "<img src=x onerror=1> I'm sorry <b>& all</b>")
    assert "<img" not in page.outcome.answer.text()
    assert "&lt;b&gt;&amp; all" in page.outcome.answer.text()
