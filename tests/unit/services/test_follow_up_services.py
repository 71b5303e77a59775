"""Commitments until they are kept: lists, steps, briefs and files, over a store in memory."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar

from coach.calls.shown import show
from coach.calls.summary import summarise
from coach.commitments.lifecycle import current
from coach.errors import KnownError
from coach.events import Answer, CallRecord, Commitment, Owner
from coach.services.follow_up import EngineFollowUp
from coach.values.follow_up import Concern, Followed, State, StepKind
from coach.values.revisions import ShownLine, ShownSummary
from tests.fakes import sample_call
from tests.fakes.follow_up import Clock, MemoryFollowUp, follow_up_over
from ui.text import MOVE_NAMES


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store() -> MemoryFollowUp:
    record = sample_call.record()
    return MemoryFollowUp({"sample": (record, summarise(record, MOVE_NAMES))})


@pytest.fixture
def follow_up(store: MemoryFollowUp, clock: Clock) -> EngineFollowUp:
    return follow_up_over(store, clock)


def first(follow_up: EngineFollowUp) -> Followed:
    return follow_up.overview().all[0]


def test_the_most_pressing_comes_first(follow_up: EngineFollowUp) -> None:
    """Two days after the call: the delivery of today, then Thursday, then Friday."""
    shown = follow_up.overview()
    assert [shown.states[one.key] for one in shown.all] == [State.DUE, State.OPEN, State.OPEN]
    assert current(shown.all[0]).due == dt.datetime(2026, 11, 24, 12, tzinfo=sample_call.ZONE)


def test_kept_and_taken_back(follow_up: EngineFollowUp, clock: Clock) -> None:
    """What was called kept by mistake is open again, and its history says both."""
    number = follow_up.settle(first(follow_up), StepKind.KEPT)
    one = next(one for one in follow_up.overview().all if one.steps)
    assert follow_up.overview().states[one.key] is State.KEPT
    with pytest.raises(KnownError, match="is kept"):
        follow_up.settle(one, StepKind.BROKEN)
    follow_up.take_back(number)
    assert follow_up.overview().states[one.key] is State.DUE
    follow_up.do_again(number)
    assert follow_up.overview().states[one.key] is State.KEPT


def test_what_is_settled_is_told_by_its_id(follow_up: EngineFollowUp) -> None:
    """A shared summary says which of its promises need nobody any more: kept or broken."""
    assert follow_up.settled_of("sample") == (frozenset(), 0)
    kept, broken = follow_up.overview().all[:2]
    follow_up.settle(kept, StepKind.KEPT)
    follow_up.settle(broken, StepKind.BROKEN)
    assert follow_up.settled_of("sample") == ({kept.heard.id, broken.heard.id}, 1)


def test_re_agreeing_needs_a_time(follow_up: EngineFollowUp) -> None:
    """Another time is what was agreed: without one nothing was."""
    one = first(follow_up)
    with pytest.raises(KnownError) as refused:
        follow_up.change(one, StepKind.RE_AGREED, "deliver", None)
    assert refused.value.code == "due-missing"
    read = follow_up.read_due("Fri 10:00")
    follow_up.change(one, StepKind.RE_AGREED, "deliver it", read.due)
    moved = next(each for each in follow_up.overview().all if each.key == one.key)
    assert follow_up.overview().states[one.key] is State.RE_AGREED
    assert (current(moved).action, moved.heard.action) == ("deliver it", one.heard.action)


def test_a_dropped_promise_leaves_the_summary_and_can_come_back(
    follow_up: EngineFollowUp, store: MemoryFollowUp
) -> None:
    """Dropped after the call, it is no line of the summary any more; brought back, it is again."""
    one = first(follow_up)

    def lines() -> int:
        summary = store.load("sample")[1]
        assert summary is not None
        return next(len(each.lines) for each in summary.sections if each.key == "commitments")

    before = lines()
    follow_up.answer(one.key, Answer.DROPPED)
    assert lines() == before - 1
    with pytest.raises(KnownError, match="dropped"):
        follow_up.settle(one, StepKind.KEPT)
    follow_up.answer(one.key, Answer.OPEN)
    assert lines() == before


def test_reminders_are_given_once_and_snoozed_ones_again(follow_up: EngineFollowUp, clock: Clock) -> None:
    """Ten minutes before noon, once; snoozed, a quarter of an hour later."""
    due, later = follow_up.reminders()
    assert due == []
    assert later == dt.timedelta(hours=2, minutes=20)
    clock.now += later
    (one,), _ = follow_up.reminders()
    follow_up.reminded([one])
    assert follow_up.reminders()[0] == []
    follow_up.snooze(one.followed.key, 15)
    clock.now += dt.timedelta(minutes=15)
    assert [again.followed.key for again in follow_up.reminders()[0]] == [one.followed.key]


def test_a_brief_knows_every_call_with_the_customer(follow_up: EngineFollowUp, store: MemoryFollowUp) -> None:
    """By the name the agent gave or the call's title, whatever its case; calls without one are nobody's."""
    follow_up.set_reference("sample", "  Mrs   Adeyemi ")
    other = sample_call.record("other")
    store.calls["other"] = (other, summarise(other, MOVE_NAMES))
    unnamed = sample_call.record("unnamed")
    unnamed.header = replace(unnamed.header, title="Call")
    store.calls["unnamed"] = (unnamed, summarise(unnamed, MOVE_NAMES))
    brief = follow_up.brief("mrs adeyemi")
    assert (brief.calls, len(brief.open), brief.settled) == (1, 3, ())
    assert brief.last is not None
    assert {"about", "commitments"} <= {key for key, _line in brief.last.lines}
    assert follow_up.brief("Call").calls == 0
    assert sorted(follow_up.abouts()) == ["Mrs Adeyemi", "Parcel that never came"]


def test_a_calendar_file_has_an_event_and_a_task_for_each(follow_up: EngineFollowUp) -> None:
    """What calendars read: moments in UTC, days as days, an alarm, ids that stay, lines that are folded."""
    written = follow_up.written(follow_up.overview().all, "ics")
    assert written == follow_up.written(follow_up.overview().all, "ics")
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert b"\n" not in written.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(written)
    events, tasks = calendar.walk("VEVENT"), calendar.walk("VTODO")
    assert (len(events), len(tasks)) == (3, 3)
    assert events[0].decoded("dtstart") == dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
    assert tasks[0].decoded("due") == dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
    assert events[0].walk("VALARM")[0].decoded("trigger") == dt.timedelta(minutes=-10)
    (all_day,) = [event for event in events if not isinstance(event.decoded("dtstart"), dt.datetime)]
    assert all_day.decoded("dtend") - all_day.decoded("dtstart") == dt.timedelta(days=1)
    ids = [str(part["uid"]) for part in (*events, *tasks)]
    assert len(set(ids)) == 6
    follow_up.settle(first(follow_up), StepKind.KEPT)
    again = Calendar.from_ical(follow_up.written(follow_up.overview().all, "ics"))
    done = [task for task in again.walk("VTODO") if task["status"] == "COMPLETED"]
    assert [str(task["uid"]) in ids for task in done] == [True]


def test_the_number_of_a_calendar_entry_only_grows(follow_up: EngineFollowUp, clock: Clock) -> None:
    """A calendar takes what is read again for newer: also what was taken back, and then done again."""

    key, seen = first(follow_up).key, list[list[int]]()

    def export() -> None:
        clock.now += dt.timedelta(seconds=1)
        one = follow_up.followed(key)
        assert one is not None
        parts = Calendar.from_ical(follow_up.written([one], "ics")).subcomponents
        seen.append([int(part["sequence"]) for part in parts])

    export()
    step = follow_up.change(first(follow_up), StepKind.RE_AGREED, "call back", dt.date(2026, 12, 1))
    export()
    follow_up.take_back(step)
    export()
    follow_up.do_again(step)
    export()
    assert [len(set(numbers)) for numbers in zip(*seen, strict=True)] == [4, 4]
    assert seen == sorted(seen)


HOSTILE = '=HYPERLINK("http://x")\r\nBEGIN:VALARM\r\n,;\\ <b>“ü”</b>'


def hostile(store: MemoryFollowUp) -> None:
    record, summary = store.calls["sample"]
    made = replace(record.commitments[0], action=HOSTILE, evidence=HOSTILE)
    store.calls["sample"] = (replace(record, commitments=[made]), summary)
    store.references["sample"] = HOSTILE


def test_hostile_words_stay_words_in_every_form(follow_up: EngineFollowUp, store: MemoryFollowUp) -> None:
    """No formula, no property of its own, no line of its own."""
    hostile(store)
    chosen = follow_up.overview().all
    calendar = Calendar.from_ical(follow_up.written(chosen, "ics"))
    assert len(calendar.walk("VALARM")) == 1
    rows = list(csv.DictReader(io.StringIO(follow_up.written(chosen, "csv").decode("utf-8-sig"))))
    assert len(rows) == 1
    assert not any(value.startswith(("=", "+", "-", "@")) for value in rows[0].values())
    assert len(follow_up.written(chosen, "text").decode().splitlines()) == 3


def test_the_table_and_the_text_say_what_when_and_in_which_words(follow_up: EngineFollowUp) -> None:
    """A spreadsheet and a ticket get the promise as it stands, and its exact words."""
    chosen = follow_up.overview().all
    rows = list(csv.DictReader(io.StringIO(follow_up.written(chosen, "csv").decode("utf-8-sig"))))
    assert rows[0]["due_by"] == "2026-11-24T12:00+00:00"
    assert rows[0]["state"] == "due"
    assert rows[0]["words"] == chosen[0].heard.evidence
    text = follow_up.written(chosen, "text").decode()
    assert "\n  Agent, " in text
    assert "  You" not in text, "whoever reads it in a ticket is another"
    assert "Parcel that never came: " in text
    assert "Tue 24 Nov 2026 12:00 (due)" in text


def test_an_export_replaces_no_file_by_accident(follow_up: EngineFollowUp, tmp_path: Path) -> None:
    """It says so, and writes where it may; a folder that is not there is named."""
    path = tmp_path / "due.ics"
    follow_up.export(follow_up.overview().all, "ics", path)
    with pytest.raises(KnownError) as refused:
        follow_up.export(follow_up.overview().all, "ics", path)
    assert refused.value.code == "file-exists"
    with pytest.raises(KnownError) as nowhere:
        follow_up.export(follow_up.overview().all, "csv", tmp_path / "none" / "due.csv")
    assert nowhere.value.code == "file-unwritable"


def test_three_hundred_commitments_in_one_call(clock: Clock) -> None:
    """All are listed, ordered and exported; none is lost."""
    at = dt.datetime(2026, 11, 24, 10, tzinfo=sample_call.ZONE)
    many = [
        Commitment(
            f"p-{number}",
            f"send form {number}",
            Owner.AGENT,
            "then",
            at + dt.timedelta(hours=number),
            False,
            "I'll send",
            0,
            1.0,
            2.0,
        )
        for number in range(300)
    ]
    record = CallRecord(sample_call.header("many"), commitments=many)
    follow_up = follow_up_over(MemoryFollowUp({"many": (record, None)}), clock)
    shown = follow_up.overview()
    assert [one.heard.id for one in shown.all] == [f"p-{number}" for number in range(300)]
    assert len(Calendar.from_ical(follow_up.written(shown.all, "ics")).walk("VTODO")) == 300


def test_what_is_heard_is_told_as_a_chip_at_once(follow_up: EngineFollowUp) -> None:
    """While the call runs: what and when in a few words, and what is wrong with it."""
    made = replace(sample_call.commitments()[0], due=None, due_text=None)
    heard = follow_up.heard(made, sample_call.header(), ["overpromising"])
    assert heard.commitment_id == made.id
    assert heard.concerns[0] is Concern.TOO_BIG
    assert Concern.NO_TIME in heard.concerns


def test_nothing_is_made_only_to_be_empty(clock: Clock) -> None:
    """Before the first call there is no store, and none is asked for."""

    def never() -> MemoryFollowUp:
        raise AssertionError("the store was opened")

    from coach.commitments.office import ALWAYS

    empty = EngineFollowUp(
        never, lambda: False, lambda _day: ALWAYS, lambda: dt.timedelta(), dict, clock, sample_call.ZONE
    )
    assert empty.overview().all == ()
    assert empty.reminders() == ([], None)
    assert empty.abouts() == []


def test_an_edit_is_read_in_the_summary_of_its_call(follow_up: EngineFollowUp, store: MemoryFollowUp) -> None:
    """Its words and time, marked as edited with what it read before; undone, it reads as it was."""
    one = first(follow_up)
    due = dt.datetime(2026, 11, 25, 9, tzinfo=sample_call.ZONE)
    step = follow_up.change(one, StepKind.EDITED, "bring a new parcel", due)
    record, summary = store.load("sample")
    assert summary is not None

    def shown() -> ShownSummary:
        return show(record, summary, mended=follow_up.mended("sample"))

    line = line_of(shown(), one.heard.id)
    assert (line.text, line.detail, line.edited) == (
        "Bring a new parcel",
        "Your company, Wed 25 Nov 2026, 09:00",
        True,
    )
    assert line.own.text != line.text
    assert (line.own.evidence, [made.due for made in shown().commitments if made.id == one.heard.id]) == (
        one.heard.evidence,
        [due],
    )
    follow_up.take_back(step)
    assert follow_up.mended("sample") == {}
    assert not line_of(shown(), one.heard.id).edited


def test_another_time_agreed_since_is_no_edit_of_the_call(follow_up: EngineFollowUp) -> None:
    """The summary tells what was promised in the call; words mended later keep that time."""
    one, later = first(follow_up), dt.date(2026, 12, 1)
    follow_up.change(one, StepKind.RE_AGREED, one.heard.action, later)
    assert follow_up.mended("sample") == {}
    follow_up.change(one, StepKind.EDITED, "bring a new parcel", later)
    made = follow_up.mended("sample")[one.heard.id]
    assert (made.action, made.due) == ("bring a new parcel", one.heard.due)


def line_of(shown: ShownSummary, made_id: str) -> ShownLine:
    lines = next(section.lines for section in shown.sections if section.key == "commitments")
    return next(line for line in lines if line.own.subject == made_id)


def test_a_number_typed_into_a_promise_goes_into_no_file(
    follow_up: EngineFollowUp, store: MemoryFollowUp, clock: Clock
) -> None:
    """It is hidden as it is kept, as in summaries; what was typed before that is hidden as it is written."""
    one = first(follow_up)
    typed = "refund to card 4111 1111 1111 1111"
    follow_up.change(one, StepKind.EDITED, typed, one.heard.due)
    (changed,) = [each for each in follow_up.overview().all if each.key == one.key]
    assert current(changed).action == "refund to card [card number]"
    earlier = replace(changed, steps=(replace(changed.steps[0], action=typed),))
    for form in ("ics", "csv", "text"):
        assert b"1111" not in follow_up.written([earlier], form)
