"""One of something is said as one."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from coach.practice.drills import Drill
from coach.practice.rhythm import Rhythm
from coach.settings import FollowUpSettings, OfficeSettings
from coach.values.practice_log import ExerciseKind
from ui.practice.today import TodayPage
from ui.settings.commitments_page import CommitmentsSettingsPage

DRILL = Drill("d1", ExerciseKind.OWN_TURN, "blaming", "You should have called.", ("blaming",))


def test_one_drill_takes_about_one_minute(qtbot: QtBot) -> None:
    """New, or come back."""
    page = TodayPage()
    qtbot.addWidget(page)
    rhythm = Rhythm(0, 0, 0, "A first drill takes two minutes.")
    page.show_today([DRILL], set(), rhythm)
    assert page.words.text() == "About a minute. Say the turn again, better."
    page.show_today([DRILL], {DRILL.id}, rhythm)
    assert page.words.text() == "1 comes back. About a minute."


def test_a_reminder_comes_one_minute_before(qtbot: QtBot) -> None:
    """As a settings file may say it."""
    page = CommitmentsSettingsPage(FollowUpSettings(lead_minutes=1), OfficeSettings())
    qtbot.addWidget(page)
    assert page.lead.currentText() == "1 minute before"
