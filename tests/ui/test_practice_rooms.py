"""Quiz, what-ifs, role-play and progress in the window."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from coach.practice.progress import Week
from coach.values.practice_log import ExerciseKind, Grade
from tests.fakes.desk import Desk, desk, services, unnamed_controls
from tests.fakes.services import FakeServices
from ui.practice.chart import nice_top
from ui.practice.choice_row import PLAIN, RIGHT, WRONG
from ui.practice.page import PLAYING
from ui.practice.words import PROGRESS, QUIZ, ROLE_PLAY, TODAY, WHAT_IF
from ui.window.main_window import PRACTICE

__all__ = ["desk", "services"]

WELL = "I'm sorry, that was our mistake. Let me put it right together with you. I'll call you at three."
BADLY = "You should have read our policy."


def enter(desk: Desk, part: str) -> Desk:
    desk.window.go_to(PRACTICE)
    desk.settle()
    desk.settle()
    desk.window.practice.go_to(part)
    desk.settle()
    return desk


@pytest.fixture
def quiz(desk: Desk) -> Desk:
    return enter(desk, QUIZ)


@pytest.fixture
def playing(desk: Desk) -> Desk:
    enter(desk, ROLE_PLAY)
    QTest.keyClick(focus(desk), Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.practice.part == PLAYING
    return desk


def focus(desk: Desk) -> QWidget:
    found = desk.window.focusWidget()
    assert found is not None
    return found


def say(desk: Desk, words: str) -> None:
    play = desk.window.practice.role_play
    play.box.edit.setPlainText(words)
    QTest.keyClick(play.box.edit, Qt.Key.Key_Return)
    desk.settle()
    desk.settle()


def test_a_quiz_by_the_keyboard_alone(quiz: Desk, services: FakeServices) -> None:
    """A letter chooses, the answer is explained with its sources, Enter goes on; all of it is kept."""
    page = quiz.window.practice.quiz
    assert focus(quiz) is page.choices[0]
    for place in range(10):
        good = min(page.question.right)
        chosen = good if place else (good + 1) % len(page.choices)
        QTest.keyClick(focus(quiz), "ABCDEF"[chosen])
        quiz.settle()
        assert page.why.text() == page.question.item.why
        assert page.question.item.sources[0] in page.sources.text()
        assert focus(quiz) is page.next_button
        QTest.keyClick(page.next_button, Qt.Key.Key_Return)
        quiz.settle()
    assert page.done.title.text() == "9 of 10 right"
    assert [attempt.grade for attempt in services.tries.attempts()] == [Grade.AGAIN, *[Grade.GOOD] * 9]
    QTest.keyClick(focus(quiz), Qt.Key.Key_Return)
    quiz.settle()
    assert page.running, "ten more"


def test_right_and_wrong_are_told_without_colours(quiz: Desk) -> None:
    """By sign and in the accessible name; the first choice counts, a second one changes nothing."""
    page = quiz.window.practice.quiz
    good = min(page.question.right)
    wrong = (good + 1) % len(page.choices)
    page.choices[wrong].click()
    page.choose(good)
    quiz.settle()
    marks = {place: choice.marked for place, choice in enumerate(page.choices)}
    assert marks == dict.fromkeys(marks, PLAIN) | {good: RIGHT, wrong: WRONG}
    assert page.choices[good].accessibleName().endswith("Right.")
    assert page.choices[wrong].accessibleName().endswith("Your choice, not right.")
    assert page.verdict.text() == "Not this time"


def test_an_answer_of_the_quiz_can_be_taken_back(quiz: Desk, services: FakeServices) -> None:
    """It was none, and does not come back for it."""
    page = quiz.window.practice.quiz
    QTest.keyClick(page, "1")
    quiz.settle()
    assert len(services.tries.attempts()) == 1
    page.undo_button.click()
    quiz.settle()
    assert services.tries.attempts() == []
    assert page.undo_button.isHidden()


def test_the_quiz_waits_while_one_looks_elsewhere(quiz: Desk) -> None:
    """The question stands where it stood."""
    page = quiz.window.practice
    before = page.quiz.question
    page.go_to(WHAT_IF)
    page.go_to(QUIZ)
    quiz.settle()
    assert page.quiz.question is before


def test_a_what_if_shows_reply_and_effect_of_each_way(desk: Desk, services: FakeServices) -> None:
    """Chosen by key; what the customer would likely say, whether it calms, the moves, the sources."""
    enter(desk, WHAT_IF)
    page = desk.window.practice.what_if
    assert focus(desk) is page.ways[0].choice
    assert all(way.reply.isHidden() for way in page.ways)
    for key, way in zip("A23", page.ways, strict=True):
        QTest.keyClick(focus(desk), key)
        assert not way.reply.isHidden()
        assert way.way.reply in way.choice.accessibleName()
    assert page.turn.sources[0] in page.sources.text()
    first = page.turn
    page.next_button.click()
    assert page.turn is not first
    page.back_button.click()
    assert page.turn is first
    assert services.tries.attempts() == [], "one only looks round"
    page.move_box.setCurrentIndex(page.move_box.findData("blaming"))
    page.move_box.activated.emit(1)
    assert {turn.move for turn in page.turns} == {"blaming"}


def test_a_reply_that_is_asked_for_is_in_sight(desk: Desk) -> None:
    """By its letter, where the window is low: the reply is scrolled to."""
    enter(desk, WHAT_IF)
    desk.window.resize(900, 560)
    page = desk.window.practice.what_if
    for key in "ABC":
        QTest.keyClick(focus(desk), key)
        desk.settle()
    area, last = page.column.viewport(), page.ways[-1].reply
    bottom = last.mapTo(area, last.rect().bottomLeft()).y()
    assert page.column.verticalScrollBar().value() > 0
    assert bottom <= area.height()


def test_a_role_play_that_ends_well(playing: Desk, services: FakeServices) -> None:
    """The customer answers the moves heard, cools, and at the end it is said what helped; it is kept."""
    play = playing.window.practice.role_play
    assert focus(playing) is play.box.edit
    assert play.lines == [("customer", play.scenario.states[play.scenario.start].says)]
    begun = play.heat.heat
    for _ in range(play.scenario.most_turns):
        if play.running:
            say(playing, WELL)
    assert not play.running
    assert play.heat.heat < begun
    assert play.standing.ending == "good"
    assert play.end_title.text() == "It ended well"
    assert "What helped:" in play.end_words.text()
    assert len(play.heat_line.heats) == len(play.standing.steps) + 1
    assert focus(playing) is play.again_button
    [attempt] = services.tries.attempts()
    assert (attempt.kind, attempt.grade) == (ExerciseKind.ROLE_PLAY, Grade.GOOD)
    playing.window.practice.leave_call()
    playing.settle()
    named = [row.accessibleName() for row in playing.window.practice.scenarios.rows]
    assert "ended well" in named[0]
    assert not any("ended well" in name for name in named[1:])


def test_a_role_play_that_gets_away(playing: Desk) -> None:
    """Souring moves heat it up; played again it begins anew."""
    play = playing.window.practice.role_play
    while play.running:
        say(playing, BADLY)
    assert play.standing.ending == "bad"
    assert play.end_title.text() == "That one got away"
    QTest.keyClick(focus(playing), Qt.Key.Key_Return)
    assert play.running
    assert len(play.lines) == 1
    assert play.debrief.isHidden()


def test_a_call_under_way_waits_and_escape_leaves_it(playing: Desk) -> None:
    """Another tab and back: the call goes on. Escape gives it up, and then leads home."""
    page = playing.window.practice
    say(playing, WELL)
    page.go_to(QUIZ)
    playing.settle()
    page.go_to(ROLE_PLAY)
    assert page.part == PLAYING
    assert len(page.role_play.lines) == 3
    playing.window.go_back()
    assert page.part == ROLE_PLAY
    playing.window.toast.put_away()
    playing.window.go_back()
    assert page.part == TODAY


def test_a_call_that_was_left_can_be_taken_up_again(playing: Desk) -> None:
    """Escape in the middle of it is no loss: Undo leads back to the line one was about to answer. Before
    anything was said there is nothing to undo."""
    page, toast = playing.window.practice, playing.window.toast
    page.go_back()
    assert toast.isHidden()
    page.scenarios.chosen.emit(page.role_play.scenario)
    playing.settle()
    say(playing, WELL)
    lines = list(page.role_play.lines)
    page.go_back()
    assert page.part == ROLE_PLAY
    assert toast.message_label.text() == "You left the call."
    toast.action_button.click()
    playing.settle()
    assert page.part == PLAYING
    assert page.role_play.lines == lines
    assert focus(playing) is page.role_play.box.edit
    say(playing, WELL)
    assert len(page.role_play.lines) > len(lines)


def test_an_answer_to_a_call_that_was_left_is_none_to_the_new_one(playing: Desk) -> None:
    """It may come late, as from a model that words it; the call begun anew stays at its beginning."""
    page = playing.window.practice
    page.role_play.box.edit.setPlainText(WELL)
    page.role_play.box.send()
    page.leave_call()
    page.scenarios.rows[0].click()
    begun = page.role_play.standing
    playing.settle()
    assert page.role_play.standing is begun
    assert [who for who, _ in page.role_play.lines] == ["customer"]


def test_progress_is_a_plot_and_a_table(desk: Desk) -> None:
    """The same twelve weeks both ways; a week with too few words has no rate, and is not a nought."""
    enter(desk, PROGRESS)
    page = desk.window.practice.progress
    assert not page.is_empty
    monday = dt.date(2026, 9, 7)
    weeks = [
        Week(monday + dt.timedelta(weeks=place), 1200 * (place != 4), 5.0, 8.25, 0.5, place, 2, 1)
        for place in range(12)
    ]
    weeks[4] = replace(weeks[4], contentious_per_1000=None, repairs_per_1000=None, share_repaired=None)
    rhythm = desk.app.practice.practice.rhythm()
    page.show_weeks(weeks, replace(rhythm, days=3))
    assert page.table.rowCount() == 12
    assert [page.table.item(0, column).text() for column in (1, 3, 4, 5)] == ["1200", "8.3", "50 %", "11"]
    assert [page.table.item(7, column).text() for column in (1, 2, 4)] == ["0", "–", "–"]
    assert page.moves.words_at(4).endswith("Souring: –\nRepairing: –")
    assert page.moves.place_at(page.moves._x(7)) == 7
    assert page.moves.place_at(2) is None
    seen = QAccessible.queryAccessibleInterface(page.table)
    assert seen.text(QAccessible.Text.Name) == "Progress by week"
    assert unnamed_controls(desk.window) == []


@pytest.mark.parametrize("size", [(1280, 800), (640, 400)])
def test_the_table_of_weeks_is_whole(desk: Desk, size: tuple[int, int]) -> None:
    """Also in a narrow window no week is shortened and no heading is cut, and rates have one place each."""
    enter(desk, PROGRESS)
    desk.window.setMinimumSize(0, 0)
    desk.window.resize(*size)
    page = desk.window.practice.progress
    week = Week(dt.date(2026, 9, 28), 1200, 20.0, 8.25, 0.5, 11, 20, 2)
    page.show_weeks([week], replace(desk.app.practice.practice.rhythm(), days=1))
    desk.settle()
    table, header = page.table, page.table.horizontalHeader()
    assert [table.item(0, column).text() for column in (0, 2, 3)] == ["28 Sep", "20.0", "8.3"]
    assert header.sectionSize(0) >= table.sizeHintForColumn(0)
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
    for column in range(table.columnCount()):
        room = QRect(0, 0, header.sectionSize(column) - 12, 1000)
        words = table.horizontalHeaderItem(column).text()
        assert header.fontMetrics().boundingRect(room, flags, words).height() <= header.height(), words


def test_the_page_keys_scroll_from_a_tab(desk: Desk) -> None:
    """By the keys alone all of a long page is seen."""
    enter(desk, PROGRESS)
    desk.window.resize(1280, 800)
    page = desk.window.practice
    page.progress.show_weeks(
        [Week(dt.date(2026, 11, 23), 0, None, None, None, 3, 9, 1)],
        replace(desk.app.practice.practice.rhythm(), days=1),
    )
    desk.settle()
    page.tabs[PROGRESS].setFocus()
    bar = page.progress.column.verticalScrollBar()
    QTest.keyClick(page.tabs[PROGRESS], Qt.Key.Key_PageDown)
    assert 0 < bar.value() <= bar.maximum()
    QTest.keyClick(page.tabs[PROGRESS], Qt.Key.Key_PageUp)
    assert bar.value() == 0


@pytest.mark.parametrize("size", [(1280, 800), (900, 560)])
def test_the_plots_are_drawn(desk: Desk, size: tuple[int, int]) -> None:
    """With and without values, wide and narrow: something of each series' colour is there."""
    enter(desk, PROGRESS)
    desk.window.resize(*size)
    page = desk.window.practice.progress
    monday = dt.date(2026, 11, 23)
    week = Week(monday, 900, 4.0, 9.0, 0.75, 3, 9, 1)
    page.show_weeks([week], replace(desk.app.practice.practice.rhythm(), days=1))
    for chart in (page.moves, page.repaired, page.practised):
        drawn = chart.grab().toImage()
        colours = {
            drawn.pixelColor(x, y).name() for x in range(drawn.width()) for y in range(0, drawn.height(), 3)
        }
        assert len(colours) > 3


def test_a_plot_without_values_says_so(desk: Desk) -> None:
    """Practice and no calls yet: the plots of calls say what fills them, that of practice shows it."""
    enter(desk, PROGRESS)
    page = desk.window.practice.progress
    week = Week(dt.date(2026, 11, 23), 0, None, None, None, 3, 0, 0)
    page.show_weeks([week], replace(desk.app.practice.practice.rhythm(), days=1))
    assert page.moves.is_empty
    assert page.repaired.is_empty
    assert not page.practised.is_empty
    page.show_weeks([replace(week, share_repaired=0.0, drills=0)], desk.app.practice.practice.rhythm())
    assert not page.repaired.is_empty, "a share of nought is a share"
    assert page.practised.is_empty


@pytest.mark.parametrize(
    ("largest", "top"), [(0, 4), (3.2, 4), (4.5, 5), (7, 8), (11, 20), (41, 50), (90, 100), (101, 200)]
)
def test_the_grid_has_round_names(largest: float, top: float) -> None:
    """Whatever was counted, the lines stand at numbers one can read."""
    assert nice_top(largest) == top


def test_all_practice_can_be_deleted_and_brought_back(quiz: Desk, services: FakeServices) -> None:
    """At once, with Undo."""
    QTest.keyClick(quiz.window.practice.quiz, "1")
    quiz.settle()
    enter(quiz, PROGRESS)
    page = quiz.window.practice.progress
    page.forget_button.click()
    quiz.settle()
    quiz.settle()
    assert services.tries.attempts() == []
    assert page.forget_button.isHidden()
    quiz.window.toast.action_button.click()
    quiz.settle()
    quiz.settle()
    assert len(services.tries.attempts()) == 1
    assert not page.forget_button.isHidden()


def test_no_key_with_alt_means_two_things(playing: Desk) -> None:
    """Menus, tabs and the buttons of every page: what is in sight together has keys of its own."""
    page = playing.window.practice
    menus = {action.text() for action in playing.window.menuBar().actions()}
    tabs = {tab.text() for tab in page.tabs.values()}
    for part in (page.today, page.drill, page.quiz, page.what_if, page.role_play, page.progress):
        for own in _together(part.findChildren(QPushButton)):
            keys = [words[words.index("&") + 1].casefold() for words in (*menus, *tabs, own) if "&" in words]
            assert len(keys) == len(set(keys)), own


def _together(buttons: list[QPushButton]) -> list[str]:
    return [button.text() for button in buttons if "&" in button.text()]
