"""Long words and a small screen: no room, window or page cuts anything off, in high contrast either."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.calls.summary import summarise
from coach.events import CallRecord
from tests.fakes import sample_call
from tests.fakes.cut_off import assert_whole
from tests.fakes.desk import Desk, desk
from tests.fakes.services import FakeServices, fill_past_calls
from tests.ui.test_sharing import app_of, close, settle
from tests.unit.audio.audio_recordings import float_wav, tone
from tests.unit.sharing.share_parts import Pair, pair
from ui.commitments.words import VIEWS
from ui.look.theme import DARK, LIGHT, LIGHT_CONTRAST, theme_keeper
from ui.practice.page import PLAYING
from ui.practice.words import PROGRESS, QUIZ, ROLE_PLAY, TODAY, WHAT_IF
from ui.review.desk import ReviewDesk
from ui.review.window import SMALLEST as REVIEW_SMALLEST
from ui.window.main_window import COMMITMENTS, PRACTICE, SCROLLS_BELOW_PX, SMALLEST, TEAM

__all__ = ["desk", "pair"]

LONG = (
    "I can see that this took far longer than it should have, that nobody rang you although we said so, "
    "and that it was ours to put right, so let me do it now, with the "
    "Rindfleischetikettierungsüberwachungsstelle or by mail to "
    "first.second.third-name+returns@customer-care.harbour-parcels.example"
)


def long_call() -> CallRecord:
    """The sample call by somebody who uses many words, for a customer with a long name."""
    record = sample_call.record("long")
    record.header = dataclasses.replace(record.header, title=f"Call about {LONG[-130:]}")
    record.turns = [dataclasses.replace(turn, text=f"{turn.text} {LONG}") for turn in record.turns]
    record.commitments = [
        dataclasses.replace(made, action=f"{made.action}, and {LONG}") for made in record.commitments
    ]
    return record


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    made = FakeServices()
    made.settings.appearance.reduced_motion = True
    fill_past_calls(made.memory)
    record = long_call()
    made.memory.finish(record, summarise(record, {}))
    path = tmp_path / "long.wav"
    path.write_bytes(float_wav(tone(200, 0.5, 16_000)[:, None], 16_000))
    made.review.point_to("long", path)
    return made


@pytest.fixture(params=[LIGHT, LIGHT_CONTRAST], ids=["light", "contrast"])
def themed(request: pytest.FixtureRequest, qapp: QApplication) -> None:
    """Thicker lines and borders take room as well."""
    theme_keeper(qapp).put_on(request.param)


@pytest.fixture
def small(themed: None, desk: Desk) -> Desk:
    desk.window.resize(SMALLEST)
    return desk


def test_commitments_are_whole(small: Desk) -> None:
    """Each view, with each commitment that is in it beside the list."""
    small.window.go_to(COMMITMENTS)
    small.settle()
    page = small.window.commitments
    for view in VIEWS:
        page.choose_view(view)
        assert_whole(small.qtbot, small.window)
        for one in page.shown:
            assert page.choose(one.key)
            assert_whole(small.qtbot, small.window)


def test_a_summary_is_whole(small: Desk) -> None:
    """Of a call with long words."""
    record, summary = small.services.memory.load("long")
    assert summary is not None
    small.window.show_summary(record, summary)
    small.settle()
    assert_whole(small.qtbot, small.window)


@pytest.mark.parametrize("part", [TODAY, QUIZ, WHAT_IF, ROLE_PLAY, PROGRESS])
def test_every_part_of_practice_is_whole(small: Desk, part: str) -> None:
    """As it is entered."""
    small.window.go_to(PRACTICE)
    small.settle()
    small.window.practice.go_to(part)
    small.settle()
    assert_whole(small.qtbot, small.window)


def test_a_role_play_leaves_nothing_below_the_window(themed: None, desk: Desk) -> None:
    """Above the height from which rooms scroll, the call scrolls by itself and its box is whole."""
    desk.window.resize(1280, SCROLLS_BELOW_PX)
    page, area = desk.window.practice, desk.window.room_area
    desk.window.go_to(PRACTICE)
    desk.settle()
    page.go_to(ROLE_PLAY)
    desk.settle()
    page.scenarios.rows[0].click()
    desk.settle()
    for words in ("I'm sorry about that.", "Let me look into it with you."):
        page.role_play.box.answered.emit(words)
        desk.settle()
    assert page.part == PLAYING
    assert area.rooms.height() == area.viewport().height()
    assert_whole(desk.qtbot, desk.window)


def test_review_is_whole(qtbot: QtBot, themed: None, services: FakeServices) -> None:
    """At its smallest, on each of its pages, at each mark."""
    desk = ReviewDesk(services)
    with qtbot.waitSignal(desk.shown):
        desk.open("long")
    qtbot.waitUntil(lambda: not desk.busy)
    window = desk.window
    assert window is not None
    window.resize(REVIEW_SMALLEST)
    for page in range(3):
        window.show_page(page)
        assert_whole(qtbot, window)
    window.show_page(0)
    for _mark in window.wave.marks:
        window.wave.step_mark()
        assert_whole(qtbot, window)
    desk.close()


def test_the_team_room_and_the_preview_are_whole(pair: Pair, qtbot: QtBot, themed: None) -> None:
    """What was shared is read, its trend looked at, and what would go is seen first."""
    agent, reader, _folder = pair
    agent.sharing.share("c1")
    reader.sharing.look()
    (row,) = reader.sharing.inbox()
    reader.sharing.open(row)
    reader.sharing.write_note(row, LONG, 30.0)
    app = app_of(reader, qtbot)
    app.window.resize(SMALLEST)
    app.window.show_team_room(True)
    app.window.go_to(TEAM)
    settle(app, qtbot)
    app.window.team.open_wanted.emit(row)
    settle(app, qtbot)
    assert_whole(qtbot, app.window)
    for button in (app.window.team.trend_button, app.window.team.aside_button):
        button.click()
        settle(app, qtbot)
        assert_whole(qtbot, app.window)
    close(app, qtbot)
    app = app_of(agent, qtbot)
    app.window.show_summary(agent.record, summarise(agent.record, {}))
    settle(app, qtbot)
    app.window.summary.share_button.click()
    settle(app, qtbot)
    dialog = app.team.sharing.dialog
    assert dialog is not None
    dialog.resize(dialog.minimumSize())
    assert_whole(qtbot, dialog)
    dialog.reject()
    settle(app, qtbot)
    close(app, qtbot)


def test_a_card_is_whole_in_every_theme(qapp: QApplication, desk: Desk) -> None:
    """The longest line there is, with its reason open."""
    cue = dataclasses.replace(sample_call.cues()[0], say=LONG, why=f"{LONG} {LONG}")
    cue = dataclasses.replace(cue, because=dataclasses.replace(cue.because, words=LONG))
    for theme in (DARK, LIGHT_CONTRAST, LIGHT):
        theme_keeper(qapp).put_on(theme)
        desk.app.overlay.show_cue(cue)
        desk.app.overlay.toggle_why()
        desk.settle()
        assert_whole(desk.qtbot, desk.app.overlay)
