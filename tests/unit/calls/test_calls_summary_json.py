"""A summary for other programs, in a published form."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.calls.record import apply
from coach.calls.shown import show
from coach.calls.summary import summarise
from coach.calls.summary_json import FORMAT, VERSION, summary_to_json
from coach.events import Answer, CallRecord
from coach.summaries import lines_by_id
from coach.taxonomy import MOVES
from coach.values.revisions import LineRevision, Revision
from tests.unit.calls.call_parts import TITLES, call, promise

SCHEMA = Path(__file__).parents[3] / "docs" / "schema" / f"call-summary-{VERSION}.json"
NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
BLAMING = "moments.0.blaming"


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    read = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(read)
    return jsonschema.Draft202012Validator(read, format_checker=jsonschema.FormatChecker())


@pytest.fixture
def record() -> CallRecord:
    record = call(
        ("You should call.", {"blaming": "You should"}),
        ("On me. I'll ring you.", {"owning": "On me"}),
        "Goodbye.",
    )
    apply(record, promise(record.turns[1], "I'll ring you", "ring you", due=(NOON.date(), NOON)))
    return record


def lines_of(shown: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {line["id"]: line for section in shown["sections"] for line in section["lines"]}


def test_a_summary_is_as_its_published_schema_says(
    record: CallRecord, schema: jsonschema.Draft202012Validator
) -> None:
    """Also after it went through text; the schema refuses one whose line has lost its second."""
    shown = json.loads(json.dumps(summary_to_json(show(record, summarise(record, TITLES)))))
    schema.validate(shown)
    assert (shown["format"], shown["version"]) == (FORMAT, VERSION)
    assert lines_of(shown)[BLAMING]["evidence"] == "You should"
    del shown["sections"][1]["lines"][0]["t"]
    assert not schema.is_valid(shown)


def test_only_turns_that_a_line_cites_come_along(record: CallRecord) -> None:
    """The rest of the call stays with the agent."""
    shown = summary_to_json(show(record, summarise(record, TITLES)))
    assert [turn["turn"] for turn in shown["turns"]] == [0, 1]


def test_an_edited_line_says_so_and_keeps_what_it_read_before(
    record: CallRecord, schema: jsonschema.Draft202012Validator
) -> None:
    """The words of the evidence stay as they were said."""
    summary = summarise(record, TITLES)
    own = next(line for line_id, _, line in lines_by_id(summary) if line_id == BLAMING)
    edit = LineRevision("Told them to call", "Mended at once", own.text, own.detail, "They had asked me to.")
    shown = summary_to_json(show(record, summary, Revision("A hard day.", {BLAMING: edit})))
    schema.validate(shown)
    line = lines_of(shown)[BLAMING]
    assert (line["text"], line["detail"]) == ("Told them to call", "Mended at once")
    assert line["original"] == {"text": own.text, "detail": own.detail}
    assert (line["comment"], shown["comment"]) == ("They had asked me to.", "A hard day.")
    assert line["evidence"] == "You should"


def test_an_edit_of_words_that_are_gone_is_not_shown(record: CallRecord) -> None:
    """A line that came to read otherwise is not covered by an edit of what it read before."""
    edit = LineRevision("Told them to call", "", "Something else", "")
    shown = summary_to_json(show(record, summarise(record, TITLES), Revision("", {BLAMING: edit})))
    line = lines_of(shown)[BLAMING]
    assert line["original"] is None
    assert line["text"] == TITLES["blaming"]


def test_a_flag_called_unfair_says_so(record: CallRecord) -> None:
    """Its line, and the figures; a repair in the same call does not."""
    shown = summary_to_json(show(record, summarise(record, TITLES), contested={(0, "blaming")}))
    lines = lines_of(shown)
    assert lines[BLAMING]["contested"]
    assert not lines["repairs.1.owning"]["contested"]
    assert shown["figures"]["flags_contested"] == 1
    # One that went with misheard words is no flag any more: it would hide another one that is.
    gone = {(0, "blaming"), (0, "selling"), (1, "dismissing")}
    assert show(record, summarise(record, TITLES), contested=gone).figures.flags_contested == 1


def test_a_dropped_promise_is_not_in_it(record: CallRecord) -> None:
    """Neither as a line nor among the commitments."""
    apply(record, replace(record.commitments[0], answer=Answer.DROPPED))
    shown = summary_to_json(show(record, summarise(record, TITLES)))
    assert shown["commitments"] == []
    assert not [name for name in lines_of(shown) if name.startswith("commitments")]


said = st.tuples(
    st.text(alphabet="abc <&\"'\\\u202e\n🙂", min_size=1, max_size=40),
    st.sets(st.sampled_from(MOVES), max_size=4),
)


@given(st.lists(said, max_size=6))
def test_every_call_makes_a_valid_summary(
    schema: jsonschema.Draft202012Validator, turns: list[tuple[str, set[str]]]
) -> None:
    """Whatever was said: valid, each line once, and its words in the turn that comes along."""
    record = call(*((text, dict.fromkeys(moves, text)) for text, moves in turns))
    shown = summary_to_json(show(record, summarise(record, TITLES)))
    schema.validate(shown)
    texts = {turn["turn"]: turn["text"] for turn in shown["turns"]}
    names = [line["id"] for section in shown["sections"] for line in section["lines"]]
    assert len(names) == len(set(names))
    assert all(line["evidence"] in texts[line["turn"]] for line in lines_of(shown).values())
