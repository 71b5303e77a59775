"""A vague or too big promise in the window: the shipped detector, rules and playbook on plain words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from coach.bootstrap import make_services, new_header
from coach.events import CallSource, Turn
from coach.pipeline import Coach
from coach.values.follow_up import Concern
from tests.fakes.desk import Desk, desk, services, unopened_desk
from tests.fakes.services import ScriptedCall
from ui.text import CONCERNS

__all__ = ["desk", "services", "unopened_desk"]

AT = dt.datetime(2026, 11, 22, 16, 5, tzinfo=dt.UTC)


@pytest.fixture
def coach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Coach:
    """As a live call has it, on a machine where nothing was kept yet."""
    monkeypatch.setenv("SAMESIDE_HOME", str(tmp_path))
    monkeypatch.setenv("SAMESIDE_PASSPHRASE", "a lamp on the step")
    return make_services().coach(new_header(CallSource.WRITTEN, "Call", AT))


@pytest.fixture
def call(desk: Desk) -> ScriptedCall:
    return desk.start()


def say(desk: Desk, call: ScriptedCall, coach: Coach, *texts: str) -> None:
    """The agent's turns, half a minute apart, and the time after them."""
    for text in texts:
        index = len(coach.record.turns)
        turn = Turn(index, text, 30.0 * index, 30.0 * index + 6)
        for event in (*coach.take(turn), *coach.tick(turn.end_s + 8)):
            call.send(event)
    desk.settle()


def test_a_promise_of_everything_is_met_with_a_line_that_promises_less(
    desk: Desk, call: ScriptedCall, coach: Coach
) -> None:
    """The card comes on the overlay with something smaller to say."""
    say(
        desk,
        call,
        coach,
        "I guarantee you one hundred percent, this will never ever happen again, whatever it takes.",
    )
    (cue,) = coach.record.cues
    assert cue.move == "overpromising"
    assert desk.app.overlay.card.isVisibleTo(desk.app.overlay)
    assert desk.app.overlay.card.say_label.text() == cue.say


def test_what_nobody_will_do_at_no_time_is_met_with_a_line_that_says_both(
    desk: Desk, call: ScriptedCall, coach: Coach
) -> None:
    """ "Somebody, at some point" is no commitment: no chip, but a card."""
    say(desk, call, coach, "Somebody will get back to you at some point, maybe next week.")
    (cue,) = coach.record.cues
    assert cue.move == "delaying"
    assert desk.app.overlay.card.say_label.text() == cue.say
    assert not desk.window.live.heard.isVisible()


@pytest.mark.parametrize(
    ("promise", "concern"),
    [
        ("I'll send you a new one tomorrow, no matter what, I guarantee it.", Concern.TOO_BIG),
        ("I'll call you back.", Concern.NO_TIME),
    ],
)
def test_the_chip_says_what_is_wrong_with_a_promise(
    desk: Desk, call: ScriptedCall, coach: Coach, promise: str, concern: Concern
) -> None:
    """Beside the promise, in the window and on the overlay, in words."""
    say(desk, call, coach, promise)
    bar = desk.window.live.heard
    assert bar.isVisible()
    assert bar.concern_label.text() == CONCERNS[concern]
    assert CONCERNS[concern] in desk.app.overlay.pill.promise.accessibleName()


def test_said_with_a_time_it_is_a_good_promise(desk: Desk, call: ScriptedCall, coach: Coach) -> None:
    """The vague promise gets its time, and the chip has nothing more to ask."""
    say(desk, call, coach, "I'll call you back.", "I'll call you back on Thursday at two.")
    bar = desk.window.live.heard
    assert bar.words_label.text() == "Call you back · Thu 14:00"
    assert not bar.concern_label.isVisible()
