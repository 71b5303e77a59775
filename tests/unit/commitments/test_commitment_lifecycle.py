"""From promise to kept: the states, by the clock and by what the agent says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.commitments.lifecycle import (
    allowed,
    by_week,
    clashes,
    current,
    ends_at,
    in_order,
    last_day,
    local,
    mended,
    next_step,
    state_of,
)
from coach.events import Answer, Commitment, Due, Owner
from coach.values.follow_up import KEPT, SETTLED, Followed, State, Step, StepKind

LONDON = ZoneInfo("Europe/London")
SAID = dt.datetime(2026, 11, 18, 10, 30, tzinfo=LONDON)


def at(day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


def followed(
    due: Due,
    *steps: Step,
    owner: Owner = Owner.AGENT,
    action: str = "call you back",
    name: str = "p-1",
    said_at: dt.datetime = SAID,
) -> Followed:
    made = Commitment(name, action, owner, "then", due, False, "I'll call you back", 0, 1.0, 2.0)
    return Followed("c1", made, said_at, "A call", "Mrs Adeyemi", steps)


def step(kind: StepKind, when: dt.datetime, due: Due = None, action: str = "call you back") -> Step:
    return Step(kind, when, action, due)


def test_an_edit_that_is_edited_back_is_none() -> None:
    """Then the words that told the time stand again, and a summary does not call it edited."""
    to_monday, back = (step(StepKind.EDITED, at(19, hour), at(day)) for hour, day in ((1, 23), (2, 20)))
    assert mended(followed(at(20), to_monday)).due_text is None
    assert mended(followed(at(20), to_monday, back)) == followed(at(20)).heard


@pytest.mark.parametrize(
    ("due", "now", "state"),
    [
        (at(20, 14), at(19, 23, 59), State.OPEN),
        (at(20, 14), at(20), State.DUE),
        (at(20, 14), at(20, 13, 59), State.DUE),
        (at(20, 14), at(20, 14), State.OVERDUE),
        (dt.date(2026, 11, 20), at(20, 23, 59), State.DUE),
        (dt.date(2026, 11, 20), at(21), State.OVERDUE),
        ((dt.date(2026, 11, 19), dt.date(2026, 11, 23)), at(20), State.OPEN),
        ((dt.date(2026, 11, 19), dt.date(2026, 11, 23)), at(23, 9), State.DUE),
        ((at(20, 12), at(20, 18)), at(20, 17), State.DUE),
        ((at(20, 12), at(20, 18)), at(20, 18), State.OVERDUE),
        (at(21), at(20, 23), State.DUE),
        (None, at(30), State.OPEN),
    ],
)
def test_the_clock_makes_it_due_and_then_overdue(due: Due, now: dt.datetime, state: State) -> None:
    """Due on its last day, overdue from the minute it is over; without a time it is just open."""
    assert state_of(followed(due), now, LONDON) is state


@pytest.mark.parametrize(
    ("due", "kept_at", "state"),
    [
        (at(20, 14), at(19, 18), State.KEPT_EARLY),
        (at(20, 14), at(20, 9), State.KEPT),
        (at(20, 14), at(20, 15), State.KEPT_LATE),
        (dt.date(2026, 11, 20), at(20, 23), State.KEPT),
        ((dt.date(2026, 11, 19), dt.date(2026, 11, 23)), at(18, 17), State.KEPT_EARLY),
        ((dt.date(2026, 11, 19), dt.date(2026, 11, 23)), at(19, 9), State.KEPT),
        (None, at(30), State.KEPT),
    ],
)
def test_kept_tells_early_in_time_or_late(due: Due, kept_at: dt.datetime, state: State) -> None:
    """How it was kept is told by when the agent said so, not by a grade."""
    assert state_of(followed(due, step(StepKind.KEPT, kept_at)), at(30), LONDON) is state


def test_re_agreed_opens_it_again_for_another_time() -> None:
    """A new time agreed with the customer counts; the old one is kept in the history."""
    one = followed(at(20, 14), step(StepKind.RE_AGREED, at(20, 15), at(24, 10)))
    assert state_of(one, at(21), LONDON) is State.RE_AGREED
    assert state_of(one, at(24, 9), LONDON) is State.DUE
    assert state_of(one, at(24, 10), LONDON) is State.OVERDUE
    assert current(one).due == at(24, 10)
    assert one.heard.due == at(20, 14)


def test_an_edit_changes_words_and_time_but_not_what_became_of_it() -> None:
    """Mending a misheard word does not open what was kept."""
    edited = step(StepKind.EDITED, at(21), at(20, 16), "ring the depot")
    one = followed(at(20, 14), step(StepKind.KEPT, at(20, 15)), edited)
    assert state_of(one, at(22), LONDON) is State.KEPT
    assert current(one).action == "ring the depot"
    assert current(one).evidence == one.heard.evidence


def test_only_what_makes_sense_can_be_done() -> None:
    """What is kept can only be edited; what was dropped not at all; what is broken may still be mended."""
    kept = followed(at(20, 14), step(StepKind.KEPT, at(20)))
    assert next_step(kept, step(StepKind.BROKEN, at(21)), at(21), LONDON) is None
    assert allowed(State.BROKEN) == {StepKind.KEPT, StepKind.RE_AGREED, StepKind.EDITED}
    dropped = replace(kept, heard=replace(kept.heard, answer=Answer.DROPPED), steps=())
    assert next_step(dropped, step(StepKind.KEPT, at(21)), at(21), LONDON) is None
    assert next_step(followed(None), step(StepKind.EDITED, at(21), action="  "), at(21), LONDON) is None


_moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31), timezones=st.just(dt.UTC)).map(
    lambda moment: moment.astimezone(LONDON)
)
_days = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
_ranges = st.tuples(_days, st.integers(0, 9)).map(
    lambda pair: (pair[0], pair[0] + dt.timedelta(days=pair[1]))
)
_dues = st.one_of(st.none(), _moments, _days, _ranges)
_steps = st.builds(
    Step, st.sampled_from(StepKind), _moments, st.just("call"), _dues, st.just(0), st.booleans()
)


@given(due=_dues, steps=st.lists(_steps, max_size=6), now=_moments, data=st.data())
def test_a_step_taken_back_is_as_if_it_had_never_been(
    due: Due, steps: list[Step], now: dt.datetime, data: st.DataObject
) -> None:
    """Undo is exact, for any step of any history; the history itself is never shortened."""
    one = followed(due, *steps)
    without = followed(due, *(each for each in steps if not each.undone))
    assert state_of(one, now, LONDON) is state_of(without, now, LONDON)
    if steps:
        place = data.draw(st.integers(0, len(steps) - 1))
        undone = [replace(each, undone=each.undone or i == place) for i, each in enumerate(steps)]
        gone = [each for i, each in enumerate(steps) if i != place]
        back, never = followed(due, *undone), followed(due, *gone)
        assert state_of(back, now, LONDON) is state_of(never, now, LONDON)
        assert current(back) == current(never)
        assert len(back.steps) == len(steps)


@given(due=_dues, steps=st.lists(_steps, max_size=6), now=_moments, later=st.integers(0, 10_000))
def test_time_alone_never_settles_and_never_goes_back(
    due: Due, steps: list[Step], now: dt.datetime, later: int
) -> None:
    """Open, then due, then overdue, and nothing else by the clock; what is settled stays so."""
    one = followed(due, *steps)
    order = [State.OPEN, State.RE_AGREED, State.DUE, State.OVERDUE]
    before, after = state_of(one, now, LONDON), state_of(one, now + dt.timedelta(minutes=later), LONDON)
    if before in SETTLED:
        assert after is before
    else:
        assert after not in SETTLED
        assert order.index(after) >= order.index(before)


@given(due=_dues, steps=st.lists(_steps, max_size=6), now=_moments, kind=st.sampled_from(StepKind))
def test_a_step_that_is_allowed_leads_where_it_says(
    due: Due, steps: list[Step], now: dt.datetime, kind: StepKind
) -> None:
    """Kept is kept, broken is broken, re-agreed is open; what is not allowed changes nothing."""
    one = followed(due, *steps)
    made = next_step(one, Step(kind, now, "call", due), now, LONDON)
    if made is None:
        assert kind not in allowed(state_of(one, now, LONDON))
        return
    after = state_of(replace(one, steps=(*one.steps, made)), now, LONDON)
    assert {
        StepKind.KEPT: after in KEPT,
        StepKind.BROKEN: after is State.BROKEN,
        StepKind.RE_AGREED: after not in SETTLED,
        StepKind.EDITED: True,
    }[kind]


@given(every=st.lists(st.tuples(_dues, st.lists(_steps, max_size=3)), max_size=12), now=_moments)
def test_the_order_loses_nothing_and_weeks_count_nobody_twice(
    every: list[tuple[Due, list[Step]]], now: dt.datetime
) -> None:
    """A list in order holds what it was given; each commitment counts in at most one week."""
    all_of_them = [followed(due, *steps, name=f"p-{i}") for i, (due, steps) in enumerate(every)]
    assert sorted(one.key for one in in_order(all_of_them, now, LONDON)) == sorted(
        one.key for one in all_of_them
    )
    counted = sum(week.all for week in by_week(all_of_them, now, 200, LONDON))
    over = [one for one in all_of_them if state_of(one, now, LONDON) in SETTLED | {State.OVERDUE}]
    assert counted <= len(over)


def test_weeks_count_by_the_last_day_and_leave_the_customer_out() -> None:
    """Kept in time, late, broken and open, by the week it was due in; not what the customer was to do."""
    every = [
        followed(at(20, 14), step(StepKind.KEPT, at(20, 9))),
        followed(at(20, 14), step(StepKind.KEPT, at(23, 9))),
        followed(at(10, 14), step(StepKind.BROKEN, at(23))),
        followed(at(24, 9)),
        followed(at(30, 9)),
        followed(at(20, 14), step(StepKind.KEPT, at(20)), owner=Owner.CUSTOMER),
    ]
    weeks = {week.monday.day: week for week in by_week(every, at(25, 12), 4, LONDON)}
    assert [*weeks] == [2, 9, 16, 23]
    assert (weeks[16].kept, weeks[16].late, weeks[9].broken, weeks[23].open) == (1, 1, 1, 1)
    assert sum(week.all for week in weeks.values()) == 4


def test_two_o_clock_stays_two_o_clock_when_the_clocks_change() -> None:
    """A call keeps its offset only; a promise for after the change is meant by the clock on the wall."""
    summer = dt.timezone(dt.timedelta(hours=1))
    said = dt.datetime(2026, 10, 23, 10, 0, tzinfo=summer)
    due = dt.datetime(2026, 10, 27, 14, 0, tzinfo=summer)
    assert local(due, said, LONDON) == dt.datetime(2026, 10, 27, 14, 0, tzinfo=LONDON)
    assert last_day(due, said, LONDON) == dt.date(2026, 10, 27)


def test_a_call_from_another_zone_keeps_its_moment() -> None:
    """Two in the afternoon in New York is seven in the evening in London."""
    york = dt.timezone(dt.timedelta(hours=-5))
    said, due = dt.datetime(2026, 11, 18, 10, tzinfo=york), dt.datetime(2026, 11, 20, 14, tzinfo=york)
    assert local(due, said, LONDON).hour == 19


def test_a_moment_without_a_zone_is_taken_as_local() -> None:
    """No zone is no reason to fail."""
    assert ends_at(dt.datetime(2026, 11, 20, 14), SAID, LONDON) == at(20, 14)


def test_a_call_across_midnight_and_the_last_day_there_is() -> None:
    """Midnight belongs to the day that ends with it; the end of the calendar breaks nothing."""
    said = at(18, 23, 58)
    one = followed(at(19), said_at=said)
    assert last_day(one.heard.due, said, LONDON) == dt.date(2026, 11, 18)
    assert state_of(one, at(18, 23, 59), LONDON) is State.DUE
    assert state_of(followed(dt.date.max), at(19), LONDON) is State.OPEN


def test_contradictory_promises_are_told_of_each_other() -> None:
    """Called back on Thursday, and on Friday as well: one of them cannot be meant."""
    thursday, friday = followed(at(19, 14)), followed(at(20, 14), action="ring you back", name="p-2")
    other_thing = followed(at(20, 14), action="refund the postage", name="p-3")
    no_time = followed(None, name="p-4")
    kept = followed(at(21), step(StepKind.KEPT, at(18, 12)), name="p-5")
    every = [thursday, friday, other_thing, no_time, kept]
    assert clashes(every, at(18, 12), LONDON) == {thursday.key: friday.key, friday.key: thursday.key}
    unnamed = {"reference": "", "title": "Call"}
    apart = [replace(thursday, **unnamed), replace(friday, call_id="c2", **unnamed)]
    assert clashes(apart, at(18, 12), LONDON) == {}
