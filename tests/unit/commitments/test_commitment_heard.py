"""What is shown of a promise while the call runs, and what is marked as vague or too big."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from coach.commitments.extract import RuleExtractor
from coach.commitments.heard import Concern, heard, short_due
from coach.events import Turn

AT = dt.datetime(2026, 11, 18, 10, 30, tzinfo=ZoneInfo("Europe/London"))


def chip_of(text: str, *moves: str) -> tuple[str, tuple[Concern, ...]]:
    (made,) = RuleExtractor().extract(Turn(0, text, 0.0, 8.0), (), AT, None)
    shown = heard(made, AT, moves)
    return shown.chip, shown.concerns


@pytest.mark.parametrize(
    ("text", "chip", "concerns"),
    [
        ("I'll call you back on Thursday at two.", "call you back - Thu 14:00", ()),
        ("I'll ring you this afternoon.", "ring you - today 12:00-18:00", ()),
        ("I'll send the form on the 3rd of December.", "send the form - Thu 3 Dec", ()),
        ("You'll have it within two business days.", "have it - today to Fri", ()),
        ("I'll send you the form.", "send you the form", (Concern.NO_TIME,)),
        ("I'll send you the form when it lands.", "send you the form", (Concern.NO_TIME,)),
        ("I'll post it on the 31st of February.", "post it", (Concern.NO_SUCH_DATE,)),
        ("Someone from claims will call you.", "call you", (Concern.NO_TIME,)),
        ("Someone will call you on Friday.", "call you - Fri", (Concern.NO_OWNER,)),
        ("I guarantee you I'll ring you on Friday, no matter what.", "ring you - Fri", (Concern.TOO_BIG,)),
    ],
)
def test_a_chip_says_what_and_when_and_the_mark_what_is_missing(
    text: str, chip: str, concerns: tuple[Concern, ...]
) -> None:
    """A promise is one short line; no time, no owner, too big or an impossible date is marked."""
    assert chip_of(text) == (chip, concerns)


def test_an_overpromising_turn_marks_its_promise() -> None:
    """The move detector's overpromising counts, whatever the words."""
    assert chip_of("I'll have it fixed by noon.", "overpromising")[1] == (Concern.TOO_BIG,)


def test_a_time_that_has_gone_by_is_marked() -> None:
    """A day that the words put before the call is told as passed, and still shown."""
    shown, concerns = chip_of("I'll send it on the 3rd of March 2025.")
    assert Concern.PASSED in concerns
    assert shown.endswith("Mon 3 Mar 2025")


def test_what_the_customer_is_to_do_is_never_marked() -> None:
    """Vague or not, it is not the agent's to keep."""
    assert chip_of("You'll need to send us the form.")[1] == ()


def test_no_due_is_an_empty_chip_time() -> None:
    """Nothing is made up where nothing was said."""
    assert short_due(dt.date(AT.year + 1, 4, 3), AT.date()).endswith(f"3 Apr {AT.year + 1}")
    assert short_due(None, AT.date()) == ""
