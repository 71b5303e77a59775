"""Pictures of the room of practice: today, an answer judged, a role-play, progress."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import QSize

from coach.practice.progress import Week
from scripts.ear_pictures import Studio
from ui.practice.words import PROGRESS, QUIZ, ROLE_PLAY, WHAT_IF
from ui.window.main_window import PRACTICE

_ANSWER = (
    "I'm sorry, that part is on us. You should have come to the gate by two. "
    "Let me look at it together with you."
)
_SAID = (
    "I'm sorry, that was our mistake.",
    "You should have read our policy.",
    "I'm sorry. Let me put it right together with you, and I'll call you at three.",
)


def take_practice(studio: Studio) -> None:
    window = studio.desk.window
    page = window.practice
    window.go_to(PRACTICE)
    _settle(studio)
    page.show_voice("eSpeak NG", True)
    studio.take(window, "practice")
    page.today.started.emit(4)
    _settle(studio)
    page.drill.box.edit.setPlainText(_ANSWER)
    page.drill.box.send()
    _settle(studio)
    studio.take(window, "practice-drill")
    page.go_to(QUIZ)
    _settle(studio)
    page.quiz.choose(0)
    _settle(studio)
    studio.take(window, "practice-quiz")
    page.go_to(WHAT_IF)
    _settle(studio)
    for way in page.what_if.ways[:2]:
        way.reveal()
    studio.take(window, "practice-what-if")
    page.go_to(ROLE_PLAY)
    _settle(studio)
    page.scenarios.rows[0].click()
    _settle(studio)
    for words in _SAID:
        page.role_play.box.edit.setPlainText(words)
        page.role_play.box.send()
        _settle(studio)
    studio.take(window, "practice-role-play")
    _take_progress(studio)


def _take_progress(studio: Studio) -> None:
    window, page = studio.desk.window, studio.desk.window.practice
    size = window.size()
    window.resize(QSize(size.width(), 1120))
    page.go_to(PROGRESS)
    _settle(studio)
    monday = dt.date(2026, 9, 7)
    souring = (9.1, 8.8, 9.4, 8.2, None, 6.9, 6.7, 6.0, 6.3, 4.8, 5.1, 3.9)
    repairs = (6.9, 7.0, 9.8, 10.4, None, 11.2, 12.9, 14.1, 13.6, 15.9, 16.1, 17.2)
    share = (0.31, 0.4, 0.48, 0.46, None, 0.57, 0.66, 0.64, 0.71, 0.8, 0.83, 0.9)
    drills = (3, 5, 6, 5, 4, 2, 7, 9, 7, 4, 6, 5)
    weeks = [
        Week(
            monday + dt.timedelta(weeks=n),
            0 if souring[n] is None else 3000 + 90 * n,
            *rates,
            drills[n],
            n % 4 * 5,
            n % 3,
        )
        for n, rates in enumerate(zip(souring, repairs, share, strict=True))
    ]
    practice = studio.desk.practice.practice
    assert practice is not None
    rhythm = replace(practice.rhythm(), days=31, words="31 days of practice so far, 4 in a row.")
    page.progress.show_weeks(weeks, rhythm)
    studio.take(window, "practice-progress")
    window.resize(size)


def _settle(studio: Studio) -> None:
    for _ in range(2):
        studio.settle()
        studio.wait(lambda: not studio.desk.practice.busy)
