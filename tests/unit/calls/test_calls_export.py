"""A call for other programs and for people, in forms that do not change."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from coach.calls.export import commitment_to_json, due_to_json, record_to_json
from coach.calls.page_markdown import summary_markdown
from coach.calls.record import apply
from coach.calls.shown import show
from coach.calls.summary import summarise
from coach.events import Answer, CallRecord, Due, Owner
from coach.summaries import lines_by_id
from coach.values.revisions import LineRevision, Revision
from tests.unit.calls.call_parts import TITLES, call, cue, promise, repaired

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def record() -> CallRecord:
    record = call(
        ("You should call.", {"blaming": "You should"}), ("On me. I'll ring you.", {"owning": "On me"})
    )
    first, second = record.turns
    apply(record, cue("q1", first, "blaming"))
    apply(record, cue("q2", second, "selling"))
    apply(record, repaired("q1", 50.0, "owning", 1))
    apply(record, promise(second, "I'll ring you", "ring you", due=NOON))
    record.call_flags.append("no_ask")
    return record


def test_a_dropped_promise_is_in_no_export(record: CallRecord) -> None:
    """What the agent dropped as no promise is neither in the JSON nor on the page."""
    apply(record, replace(record.commitments[0], answer=Answer.DROPPED))
    made = summarise(record, TITLES)
    assert record_to_json(record, show(record, made), words=False)["commitments"] == []
    assert "Ring you" not in summary_markdown(show(record, made))


def test_a_record_has_its_fixed_form(record: CallRecord) -> None:
    """Turns with moves, cues with why and end, flags, commitments with their second, and the summary."""
    shown = record_to_json(record, show(record, summarise(record, TITLES)), words=False)
    assert json.loads(json.dumps(shown)) == shown
    assert list(shown) == ["turns", "cues", "gaps", "call_flags", "commitments", "summary"]
    assert shown["turns"][0] == {
        "index": 0,
        "t0": 0.0,
        "t1": 20.0,
        "text": "You should call.",
        "moves": [{"move": "blaming", "confidence": 0.9, "evidence": [0, 10]}],
    }
    assert shown["cues"][0] == {
        "t": 21.0,
        "move": "owning",
        "say": "Let me start again.",
        "because": {"move": "blaming", "words": "You should call.", "turn": 0, "sources": ["A5"]},
        "end": "repaired",
    }
    assert shown["cues"][1]["end"] is None
    assert shown["call_flags"] == ["no_ask"]
    assert shown["commitments"] == [
        {
            "action": "ring you",
            "owner": "agent",
            "due_text": "by then",
            "due": "2026-11-21T12:00:00+00:00",
            "conditional": False,
            "evidence": "I'll ring you",
            "t": 33.0,
            "original": None,
        }
    ]
    assert shown["summary"]["flags_raised"] == 1
    assert [part["key"] for part in shown["summary"]["sections"]][1] == "moments"
    assert shown["summary"]["sections"][1]["lines"] == [
        {
            "text": "Putting it on the customer",
            "detail": "Repaired: Taking your part (0:30)",
            "t": 0.0,
            "turn": 0,
            "evidence": "You should",
            "original": None,
            "comment": "",
            "contested": False,
        }
    ]


def test_a_record_reads_as_it_was_edited_and_keeps_what_it_read_before(record: CallRecord) -> None:
    """As the summary shown to people: its lines, its commitments, what was commented and called unfair."""
    own = summarise(record, TITLES)
    [line_id] = [line_id for line_id, section, _line in lines_by_id(own) if section.key == "moments"]
    edit = LineRevision(
        "Sent them off", "", "Putting it on the customer", "Repaired: Taking your part (0:30)"
    )
    revision = Revision("A long day.", {line_id: replace(edit, comment="Too soon.")})
    [made] = record.commitments
    later = replace(made, action="ring you at home")
    shown = record_to_json(
        record, show(record, own, revision, {(0, "blaming")}, {made.id: later}), words=False
    )
    [line] = next(part for part in shown["summary"]["sections"] if part["key"] == "moments")["lines"]
    assert (line["text"], line["detail"], line["comment"]) == ("Sent them off", "", "Too soon.")
    assert line["contested"]
    assert line["original"] == {"text": edit.was_text, "detail": edit.was_detail}
    assert shown["summary"]["comment"] == "A long day."
    [promised] = shown["commitments"]
    assert (promised["action"], promised["original"]["action"]) == ("ring you at home", "ring you")


def test_words_come_with_their_times_when_asked_for(record: CallRecord) -> None:
    """The same shape plus the words; without a summary its place is null."""
    shown = record_to_json(record, None, words=True)
    assert shown["turns"][0]["words"][1] == {"text": "should", "t0": 0.5, "t1": 0.9, "p": 0.9}
    assert shown["summary"] is None


@pytest.mark.parametrize(
    ("due", "written"),
    [
        (None, None),
        (dt.date(2026, 11, 21), "2026-11-21"),
        (NOON, "2026-11-21T12:00:00+00:00"),
        (dt.datetime(2026, 11, 21), "2026-11-21T00:00:00"),
        ((dt.date(2026, 11, 21), NOON), ["2026-11-21", "2026-11-21T12:00:00+00:00"]),
    ],
)
def test_a_due_is_null_a_date_a_date_time_or_a_range(due: Due, written: object) -> None:
    """The four forms other programs read."""
    assert due_to_json(due) == written


def test_a_commitment_alone_has_no_place_in_a_call(record: CallRecord) -> None:
    """The form of the commitments command: six keys in their order."""
    item = promise(record.turns[0], "You", "call", Owner.COMPANY)
    keys = ["action", "owner", "due_text", "due", "conditional", "evidence"]
    assert list(commitment_to_json(item)) == keys


def test_the_page_for_people_shows_each_line_at_its_second(record: CallRecord) -> None:
    """Title, date, pace, and every section that has something to say."""
    page = summary_markdown(show(record, summarise(record, TITLES)))
    when = "Fri 20 Nov 2026, 16:05 · 0:51 · Recording"
    assert page.startswith(f"# A call\n\n{when} · 1 moment flagged, 1 repaired, 1 commitment.\n")
    assert "\nYou spoke for 0:40, at 12 words a minute.\n" in page
    assert (
        "- **0:00** Putting it on the customer · Repaired: Taking your part (0:30) · “You should”\n" in page
    )
    assert "- **0:33** Ring you · You, by then (Sat 21 Nov 2026, 12:00) · “I'll ring you”\n" in page
    assert "One thing to try" in page
    assert page.endswith("\n")
    empty = call("Hello.")
    assert "Repairs" not in summary_markdown(show(empty, summarise(empty, TITLES)))


def test_what_was_said_cannot_become_markup() -> None:
    """Marks in the transcript are shown as they are, and a line break does not start a new line."""
    record = call("<b>*Hello*</b>\n# [x](y)")
    page = summary_markdown(show(record, summarise(record, TITLES)))
    assert "\\<b\\>\\*Hello\\*\\</b\\> \\# \\[x\\](y)" in page
