"""How long calls are kept: as long as the agent chose, and never less than a promise lasts."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from coach.events import CallListing, CallSource, Owner
from coach.services.keeping import past_keeping, waited_for
from coach.values.follow_up import Overview, State
from tests.fakes.follow_up import Clock, MemoryFollowUp, follow_up_over
from tests.fakes.services import MemoryStore, fill_past_calls

NOW = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
CALL = CallListing("one", NOW - dt.timedelta(days=31), "Call", CallSource.LIVE, 60.0, 3, 0, 0, 0, True)


def test_only_calls_older_than_the_days_go() -> None:
    """One of exactly as many days stays, and with no days chosen every call does."""
    young = dataclasses.replace(CALL, id="young", started_at=NOW - dt.timedelta(days=30))
    assert past_keeping([CALL, young], (), 30, NOW) == ["one"]
    assert past_keeping([CALL], (), 0, NOW) == []


@pytest.mark.parametrize(
    "kept",
    [
        dataclasses.replace(CALL, finished=False),
        dataclasses.replace(CALL, source=CallSource.FILE),
        dataclasses.replace(CALL, source=CallSource.WRITTEN),
    ],
)
def test_a_running_call_and_recordings_stay(kept: CallListing) -> None:
    """The date of a recording is that of the talk: one from last year may have been taken in today."""
    assert past_keeping([kept], (), 30, NOW) == []


def test_the_days_of_a_call_that_was_brought_back_begin_anew() -> None:
    """Whoever brings one back wants it: it does not go again at the next start, and not for ever stay."""
    back = dataclasses.replace(CALL, brought_back_at=NOW - dt.timedelta(days=29))
    assert past_keeping([back], (), 30, NOW) == []
    assert past_keeping([back], (), 30, NOW + dt.timedelta(days=2)) == ["one"]


def test_a_call_somebody_waits_for_stays() -> None:
    """A promise is not lost with the words it was made in."""
    assert past_keeping([CALL], {"one"}, 30, NOW) == []


def test_what_is_settled_left_out_or_the_customers_is_waited_for_by_nobody() -> None:
    """Then the call may go."""
    memory = MemoryStore()
    fill_past_calls(memory)
    overview = follow_up_over(MemoryFollowUp(memory.calls), Clock()).overview()
    ours = {one.call_id for one in overview.all if not one.dropped and one.heard.owner is not Owner.CUSTOMER}
    assert waited_for(overview) <= ours
    assert waited_for(overview)
    settled = Overview(overview.now, overview.all, dict.fromkeys(overview.states, State.KEPT))
    assert waited_for(settled) == set()
