"""When the agent is reminded of a commitment."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.commitments.office import Office
from coach.commitments.reminding import due_reminders, remind_at
from coach.events import Answer, Due, Owner
from coach.values.follow_up import StepKind
from tests.unit.commitments.test_commitment_lifecycle import LONDON, SAID, at, followed, step

OFFICE = Office(opens=dt.time(9), closes=dt.time(17))
LEAD = dt.timedelta(minutes=10)


@pytest.mark.parametrize(
    ("due", "reminded"),
    [
        (at(20, 14), at(20, 13, 50)),
        (at(18, 10, 35), SAID + dt.timedelta(minutes=1)),
        ((at(18, 12), at(18, 18)), at(18, 11, 50)),
        ((at(18, 8), at(18, 12)), at(18, 11, 50)),
        ((at(18, 23), at(19, 1)), at(18, 22, 50)),
        ((SAID, at(20, 10, 30)), at(20, 9)),
        ((SAID, at(20, 7)), at(20, 6, 50)),
        (dt.date(2026, 11, 20), at(20, 9)),
        ((dt.date(2026, 11, 19), dt.date(2026, 11, 23)), at(23, 9)),
        (at(19), at(18, 23, 50)),
        (None, None),
    ],
)
def test_the_reminder_comes_in_time_to_keep_it(due: Due, reminded: dt.datetime | None) -> None:
    """Before a moment or a window of hours; as the office opens on the last day of what has days."""
    assert remind_at(due, SAID, OFFICE, LEAD, LONDON) == reminded


def test_each_reminder_is_given_once_and_again_when_the_time_is_another() -> None:
    """Told once it is quiet; re-agreed for another day, that day is reminded of too."""
    one = followed(at(20, 14))
    (first,), _ = due_reminders([one], at(20, 13, 55), OFFICE, LEAD, LONDON)
    assert (first.at, first.passed) == (at(20, 13, 50), False)
    told = replace(one, told_for=first.at)
    assert due_reminders([told], at(20, 13, 55), OFFICE, LEAD, LONDON) == ([], None)
    again = replace(told, steps=(step(StepKind.RE_AGREED, at(20, 15), at(24, 10)),))
    assert due_reminders([again], at(21), OFFICE, LEAD, LONDON) == ([], at(24, 9, 50))


def test_what_fell_due_while_nobody_looked_is_told_afterwards() -> None:
    """The app was closed: on the next start it says so, and that the time has passed."""
    (given_now,), _ = due_reminders([followed(at(20, 14))], at(22, 9), OFFICE, LEAD, LONDON)
    assert given_now.passed


def test_what_is_long_past_is_left_to_the_list() -> None:
    """A holiday of three weeks, or the first start of a version that reminds, brings no flood."""
    assert due_reminders([followed(at(1, 14))], at(30), OFFICE, LEAD, LONDON) == ([], None)


def test_a_snoozed_reminder_comes_back_when_it_was_asked_to() -> None:
    """Snoozed means later, not never; also for what has no time of its own."""
    one = replace(followed(at(20, 14)), told_for=at(20, 13, 50), snoozed_until=at(20, 14, 5))
    assert due_reminders([one], at(20, 14), OFFICE, LEAD, LONDON) == ([], at(20, 14, 5))
    (back,), _ = due_reminders([one], at(20, 14, 5), OFFICE, LEAD, LONDON)
    assert back.at == at(20, 13, 50)
    (open_end,), _ = due_reminders(
        [replace(followed(None), snoozed_until=at(19))], at(19, 1), OFFICE, LEAD, LONDON
    )
    assert open_end.at == at(19)


def test_asked_for_earlier_it_is_reminded_of_in_its_time_too() -> None:
    """ "Remind me in an hour" of what is due in days, or is re-agreed meanwhile, loses no reminder."""
    asked = replace(followed(at(20, 14)), snoozed_until=at(18, 12))
    (early,), _ = due_reminders([asked], at(18, 12), OFFICE, LEAD, LONDON)
    told = replace(asked, told_for=early.at, snoozed_until=None)
    assert due_reminders([told], at(18, 12, 1), OFFICE, LEAD, LONDON) == ([], at(20, 13, 50))


@pytest.mark.parametrize(("before", "after"), [(10, 30), (240, 0)])
def test_another_lead_reminds_of_nothing_anew_that_is_long_past(before: int, after: int) -> None:
    """Whoever wants to be told earlier is not told of last week again; what is to come follows the choice."""
    past, coming = followed(at(20, 14)), followed(at(25, 14))
    (given_then,), _ = due_reminders([past], at(20, 14), OFFICE, dt.timedelta(minutes=before), LONDON)
    told = replace(past, told_for=given_then.at)
    lead = dt.timedelta(minutes=after)
    assert due_reminders([told, coming], at(23), OFFICE, lead, LONDON) == ([], at(25, 14) - lead)


def test_nobody_is_reminded_of_what_is_done_dropped_or_the_customers() -> None:
    """No nagging about what is not the agent's to do any more."""
    due = at(20, 14)
    kept = followed(due, step(StepKind.KEPT, at(19)))
    dropped = replace(followed(due), heard=replace(kept.heard, answer=Answer.DROPPED))
    theirs = followed(due, owner=Owner.CUSTOMER)
    assert due_reminders([kept, dropped, theirs], at(21), OFFICE, LEAD, LONDON) == ([], None)


_moments = st.datetimes(dt.datetime(2026, 11, 1), dt.datetime(2027, 3, 31)).map(
    lambda naive: naive.replace(tzinfo=LONDON)
)
_dues = st.one_of(
    _moments,
    _moments.map(lambda moment: moment.date()),
    st.tuples(_moments, st.integers(0, 5_000)).map(
        lambda two: (two[0], two[0] + dt.timedelta(minutes=two[1]))
    ),
)


@given(due=_dues, lead=st.integers(0, 120))
def test_a_reminder_is_never_after_the_end(due: Due, lead: int) -> None:
    """Whatever was promised, the reminder comes before it is too late, unless it was too late when said."""
    from coach.commitments.lifecycle import ends_at

    when = remind_at(due, SAID, OFFICE, dt.timedelta(minutes=lead), LONDON)
    assert when is not None
    assert when <= ends_at(due, SAID, LONDON)
