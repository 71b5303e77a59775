"""A promise while the call runs: shown at once, answered by one key, never in the way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coach.events import Answer, Commitment, Level, Owner, Turn
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services, unnamed_controls, unopened_desk
from tests.fakes.services import ScriptedCall
from ui.live.items import TurnItem
from ui.live.model import ITEM_ROLE

__all__ = ["desk", "services", "unopened_desk"]

TURN = sample_call.turns()[8]
CALL_BACK = sample_call.commitments()[1]


@pytest.fixture
def call(desk: Desk) -> ScriptedCall:
    """A running call in which the agent has just promised to call back on Thursday at two."""
    call = desk.start()
    call.send(TURN, CALL_BACK)
    desk.settle()
    return call


def chips(desk: Desk) -> list[Commitment]:
    model = desk.window.live.model
    item = model.data(model.index(model.rowCount() - 1), ITEM_ROLE)
    assert isinstance(item, TurnItem)
    return item.commitments


def test_a_promise_is_shown_on_page_and_overlay(desk: Desk, call: ScriptedCall) -> None:
    """What and when, in both places, with names for screen readers; nothing takes the keyboard."""
    bar, chip = desk.window.live.heard, desk.app.overlay.pill.promise
    assert bar.isVisible()
    assert bar.words_label.text() == "Call you back · Thu 14:00"
    assert chip.isVisibleTo(desk.app.overlay)
    assert "Call you back · Thu 14:00" in chip.accessibleName()
    assert not bar.concern_label.isVisible()
    assert unnamed_controls(desk.window) == []
    assert not bar.confirm_button.hasFocus()


def test_a_long_promise_keeps_its_time_on_the_overlay(desk: Desk, call: ScriptedCall) -> None:
    """What was promised may be cut there, when never; both are whole in the tip."""
    chip = desk.app.overlay.pill.promise
    chip.show_words("Have the engineer with you and the part in his van", when="Fri 4 Dec 12:00")
    assert chip.words_label.text().startswith("Have the eng")
    assert chip.words_label.text().endswith("… · Fri 4 Dec 12:00")
    assert "part in his van · Fri 4 Dec 12:00" in chip.toolTip()
    chip.show_words("Call you back", when="Thu 14:00")
    assert chip.words_label.text() == "Call you back · Thu 14:00"


def test_one_key_confirms_it(desk: Desk, call: ScriptedCall) -> None:
    """Ctrl+K; the call takes note, the list says so, and the chip is gone."""
    desk.window.activateWindow()
    desk.qtbot.waitUntil(desk.window.isActiveWindow)
    QTest.keyClick(desk.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert call.answers == [(CALL_BACK.id, Answer.CONFIRMED)]
    assert not desk.window.live.heard.isVisible()
    assert not desk.app.overlay.pill.promise.isVisibleTo(desk.app.overlay)
    assert [made.answer for made in chips(desk)] == [Answer.CONFIRMED]


def test_one_key_drops_it_and_undo_brings_it_back(desk: Desk, call: ScriptedCall) -> None:
    """Dropped from the overlay's key: gone from transcript and list; the toast takes that back."""
    desk.app.keys.hotkeys.pressed.emit("drop")
    desk.settle()
    assert call.answers == [(CALL_BACK.id, Answer.DROPPED)]
    assert chips(desk) == []
    assert not desk.window.live.glance.none_yet.isHidden()
    desk.window.toast.action_button.click()
    desk.settle()
    assert call.answers[-1] == (CALL_BACK.id, Answer.OPEN)
    assert len(chips(desk)) == 1
    assert desk.window.live.heard.isVisible()


def test_the_buttons_do_what_the_keys_do(desk: Desk, call: ScriptedCall) -> None:
    """On the page and on the overlay."""
    desk.window.live.heard.confirm_button.click()
    desk.settle()
    call.send(CALL_BACK)
    desk.settle()
    desk.app.overlay.pill.promise.drop_button.click()
    desk.settle()
    assert [answer for _name, answer in call.answers] == [Answer.CONFIRMED, Answer.DROPPED]


def test_what_is_vague_says_what_would_make_it_good(desk: Desk, call: ScriptedCall) -> None:
    """No time was said: the chip asks by when; said a moment later, it asks no more."""
    vague = replace(CALL_BACK, id="v", due=None, due_text=None, evidence="I'll call you back")
    call.send(vague)
    desk.settle()
    bar = desk.window.live.heard
    assert bar.concern_label.text() == "By when? Say a time"
    assert bar.words_label.text() == "Call you back  (+1)"
    call.send(replace(vague, due=CALL_BACK.due, due_text=CALL_BACK.due_text))
    desk.settle()
    assert not bar.concern_label.isVisible()


def test_a_promise_without_an_answer_goes_by_itself(desk: Desk, call: ScriptedCall) -> None:
    """It stays in the list, and is nobody's homework while talking."""
    call.send(Level(CALL_BACK.end_s + 44.0, -30.0, -20.0))
    desk.settle()
    assert desk.window.live.heard.isVisible()
    call.send(Level(CALL_BACK.end_s + 46.0, -30.0, -20.0))
    desk.settle()
    assert not desk.window.live.heard.isVisible()
    assert len(chips(desk)) == 1
    desk.app.keys.hotkeys.pressed.emit("drop")
    assert call.answers == []


def test_a_promise_that_was_said_while_the_models_loaded_can_still_be_answered(desk: Desk) -> None:
    """It is long ago by then; it is shown as long as any other."""
    call = desk.start()
    at_s = CALL_BACK.end_s + 90.0
    call.send(Level(at_s, -40.0, -30.0), TURN, CALL_BACK, Level(at_s + 40.0, -40.0, -30.0))
    desk.settle()
    assert desk.window.live.heard.isVisible()
    call.send(Level(at_s + 46.0, -40.0, -30.0))
    desk.settle()
    assert not desk.window.live.heard.isVisible()


def test_what_the_customer_is_to_do_is_not_asked_about(desk: Desk) -> None:
    """It is in the list, but it is not the agent's to keep."""
    call = desk.start()
    call.send(Turn(0, "You'll need to send us the form.", 1.0, 3.0))
    call.send(replace(CALL_BACK, owner=Owner.CUSTOMER, turn_index=0, end_s=3.0))
    desk.settle()
    assert not desk.window.live.heard.isVisible()
    assert desk.window.live.glance.none_yet.isHidden()


def test_the_chip_ends_with_the_call(desk: Desk, call: ScriptedCall) -> None:
    """The next call begins without it."""
    desk.stop()
    assert not desk.app.overlay.pill.promise.isVisibleTo(desk.app.overlay)
    assert desk.app.heard.current is None


def test_undo_of_a_drop_counts_for_its_own_call_once_that_is_over(desk: Desk, call: ScriptedCall) -> None:
    """Also while the next call runs, whose promises are numbered alike."""
    desk.window.live.heard.drop_button.click()
    desk.settle()
    desk.stop()
    key, follow_up = (call.call_id, CALL_BACK.id), desk.services.follow_up
    follow_up.answer(key, Answer.DROPPED)
    running = desk.start()
    running.header = replace(running.header, id="the next one")
    desk.window.toast.action_button.click()
    desk.settle()
    back = follow_up.followed(key)
    assert back is not None
    assert not back.dropped
    assert running.answers == []


def test_what_the_room_says_of_a_promise_of_the_running_call_counts_there_too(
    desk: Desk, call: ScriptedCall
) -> None:
    """It is asked about no longer, nor is it back once the call ends; those of other calls are let be."""
    desk.app.commitments.desk.given.emit(("sample", CALL_BACK.id), Answer.CONFIRMED)
    desk.app.commitments.desk.given.emit((call.call_id, CALL_BACK.id), Answer.DROPPED)
    desk.settle()
    assert call.answers == [(CALL_BACK.id, Answer.DROPPED)]
    assert not desk.window.live.heard.isVisible()
