"""The summary says nothing that was not said, and points to where it was."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.calls.record import apply
from coach.calls.summary import check, summarise
from coach.errors import BugError
from coach.events import CallHeader, CallRecord, CallSource, CallSummary, Owner, SummaryLine, SummarySection
from coach.taxonomy import CONTENTIOUS, MOVES
from tests.unit.calls.call_parts import STARTED_AT, TITLES, call, cue, other_turn, promise, repaired

KEYS = ["about", "moments", "repairs", "missing", "suggestions", "commitments", "keep", "try"]


def section(summary: CallSummary, key: str) -> tuple[SummaryLine, ...]:
    return next(part.lines for part in summary.sections if part.key == key)


def texts(summary: CallSummary, key: str) -> list[tuple[str, str, str]]:
    return [(line.text, line.detail, line.evidence) for line in section(summary, key)]


def test_an_empty_call_has_an_empty_summary() -> None:
    """Nothing said, nothing claimed: eight sections without a line, and no division by nothing."""
    summary = summarise(CallRecord(CallHeader("c1", STARTED_AT, CallSource.LIVE, "")), TITLES)
    assert [part.key for part in summary.sections] == KEYS
    assert all(part.lines == () for part in summary.sections)
    assert summary.headline == "Nothing was said in this call."
    assert (summary.talk_s, summary.words_per_minute, summary.flags_raised) == (0.0, 0.0, 0)


def test_a_call_of_one_word_is_summed_up() -> None:
    """The shortest call still says what it was about, in its own word."""
    summary = summarise(call("Hello.", seconds_each=2.0), TITLES)
    assert texts(summary, "about") == [("Hello.", "", "Hello.")]
    assert summary.headline == "Nothing flagged."
    assert (summary.talk_s, summary.words_per_minute) == (2.0, 30.0)


def test_moments_are_shown_with_their_words_and_what_became_of_them() -> None:
    """Each contentious move has its own words, its second, and whether it was repaired, by what and when."""
    record = call(
        ("Well, you should have called sooner.", {"blaming": "you should have called sooner"}),
        ("That was on me.", {"owning": "That was on me"}),
        ("Anyway, calm down.", {"dismissing": "calm down"}),
    )
    summary = summarise(record, TITLES)
    assert texts(summary, "moments") == [
        ("Putting it on the customer", "Repaired: Taking your part (0:30)", "you should have called sooner"),
        ("Dismissing", "Not repaired", "calm down"),
    ]
    assert [line.at_s for line in section(summary, "moments")] == [0.5, 60.5]
    assert (summary.flags_raised, summary.flags_repaired) == (2, 1)
    assert summary.headline == "2 moments flagged, 1 repaired."
    assert texts(summary, "keep") == [
        ("You repaired a moment: Taking your part", "Before it: Putting it on the customer", "That was on me")
    ]
    assert texts(summary, "try") == [("After words like these, try empathising", "", "calm down")]


def test_a_cue_that_was_followed_late_is_told_and_not_counted() -> None:
    """The cue's outcome is told as what it was; the measure is what was repaired within two turns."""
    record = call(("It's your fault.", {"blaming": "your fault"}), "So.", "So.", "So.", "I was wrong.")
    apply(record, cue("q1", record.turns[0], "blaming"))
    apply(record, repaired("q1", 130.0, "owning", 4))
    summary = summarise(record, TITLES)
    assert texts(summary, "moments")[0][1] == "Repaired late: Taking your part (2:00)"
    assert (summary.flags_raised, summary.flags_repaired) == (1, 0)
    assert texts(summary, "keep")[0][2] == "I was wrong."
    assert section(summary, "keep")[0].turn_index == 4


def test_what_it_was_about_is_in_the_agents_own_sentences() -> None:
    """Repeating back comes first, then explaining, then asking; at most three whole sentences, in order."""
    record = call(
        ("Hi. What happened with the kettle? Tell me.", {"learning": "What happened"}),
        ("So it came cracked. And late.", {"reflecting": "it came cracked"}),
        ("The courier lost the label.", {"explaining": "courier lost"}),
        ("So you need it today, for the party.", {"reflecting": "you need it today"}),
    )
    assert [line.text for line in section(summarise(record, TITLES), "about")] == [
        "So it came cracked.",
        "The courier lost the label.",
        "So you need it today, for the party.",
    ]


def test_without_such_turns_the_first_telling_one_stands_for_the_call() -> None:
    """A greeting tells nothing, nor do a few words, unless there is nothing else."""
    greeting = "Good morning, thank you for calling Harbour, how can I help you today?"
    telling = "Then let us look at the order for the blue kettle together."
    assert texts(summarise(call(greeting, "Right.", telling), TITLES), "about") == [(telling, "", telling)]
    assert texts(summarise(call("Right.", greeting), TITLES), "about") == [(greeting, "", greeting)]
    sour = ("Well you should have read the terms when you signed.", {"blaming": "you should have read"})
    assert texts(summarise(call(greeting, sour, telling), TITLES), "about") == [(telling, "", telling)]
    assert texts(summarise(call(greeting, sour), TITLES), "about") == [(sour[0], "", sour[0])]


def test_repairs_are_listed_once_each_at_their_first_use() -> None:
    """Ten thank-yous are one line."""
    record = call(
        ("Thanks for telling us.", {"thanking": "Thanks"}),
        ("That was on me.", {"owning": "on me"}),
        ("Thanks again.", {"thanking": "Thanks"}),
    )
    assert texts(summarise(record, TITLES), "repairs") == [
        ("Thanking", "2 times", "Thanks"),
        ("Taking your part", "", "on me"),
    ]


def test_what_did_not_come_up_points_to_the_complaint() -> None:
    """A missing move has no words of its own, so the words that show the complaint stand for it."""
    record = call("Hello.", ("Please calm down now.", {"dismissing": "calm down"}))
    summary = summarise(record, TITLES)
    lines = section(summary, "missing")
    assert [line.text for line in lines] == [
        "No personal apology was heard.",
        "No next step was promised.",
        "The customer was not asked what they would like.",
        "The cause did not come up.",
    ]
    assert {(line.evidence, line.turn_index, line.at_s) for line in lines} == {("calm down", 1, 30.5)}


def test_with_nothing_left_open_the_first_missing_thing_is_the_one_to_try() -> None:
    """One thing to try, and only one; none where all is well."""
    record = call(("I'm sorry we lost it.", {"apologising": "sorry we lost it"}))
    assert texts(summarise(record, TITLES), "try") == [
        ("Say what happens next, who does it, and by when.", "", "sorry we lost it")
    ]
    assert texts(summarise(call("Hello."), TITLES), "try") == []


def test_commitments_say_who_what_and_by_when() -> None:
    """Promises keep their exact words; what the customer is to do comes last and is not counted."""
    record = call("Please keep the box. We will refund you, and I'll call at noon.")
    (turn,) = record.turns
    noon = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
    days = (dt.date(2026, 11, 23), dt.date(2026, 11, 25))
    for item in (
        promise(turn, "keep the box", "keep the box", Owner.CUSTOMER, name="a"),
        promise(turn, "We will refund you", "refund you", Owner.COMPANY, days, name="b"),
        promise(turn, "I'll call at noon", "call back", Owner.AGENT, noon, name="c"),
    ):
        apply(record, item)
    summary = summarise(record, TITLES)
    assert texts(summary, "commitments") == [
        ("Refund you", "Your company, by then (Mon 23 Nov 2026 to Wed 25 Nov 2026)", "We will refund you"),
        ("Call back", "You, by then (Sat 21 Nov 2026, 12:00)", "I'll call at noon"),
        ("Keep the box", "The customer, no date said", "keep the box"),
    ]
    assert summary.headline == "Nothing flagged, 2 commitments."


def test_a_condition_is_told() -> None:
    """A promise that hangs on something says so."""
    record = call("If it comes, I'll call.")
    apply(record, dataclasses.replace(promise(record.turns[0], "I'll call", "call"), conditional=True))
    assert texts(summarise(record, TITLES), "commitments")[0][1] == "You, no date said, on a condition"


def test_a_promise_is_quoted_from_its_turn_or_not_at_all() -> None:
    """Words not in the turn give way to the turn's own; a promise whose turn was lost has no line."""
    record = call("I'll call you back at noon.")
    elsewhere = dataclasses.replace(record.turns[0], index=7)
    apply(record, promise(record.turns[0], "words joined from two turns", "call", name="a"))
    apply(record, promise(elsewhere, "I'll call", "call", name="b"))
    assert texts(summarise(record, TITLES), "commitments") == [
        ("Call", "You, no date said", "I'll call you back at noon.")
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"evidence": "never said"}, "quotes words"),
        ({"evidence": ""}, "quotes words"),
        ({"evidence": " "}, "quotes words"),
        ({"at_s": float("nan")}, "lies outside"),
        ({"turn_index": 5}, "quotes words"),
        ({"at_s": 99.0}, "lies outside"),
        ({"at_s": -1.0}, "lies outside"),
    ],
)
def test_a_line_without_its_evidence_is_a_bug(change: dict[str, object], message: str) -> None:
    """check refuses words, a turn or a second that the record does not bear out."""
    record = call("Hello there.")
    line = SummaryLine("A greeting", 0.5, "there", 0)
    sound = CallSummary("c1", "", (SummarySection("about", "", (line,)),), 0.0, 0.0, 0, 0)
    check(sound, record)
    wrong = dataclasses.replace(line, **change)  # type: ignore[arg-type]
    with pytest.raises(BugError, match=message) as told:
        check(dataclasses.replace(sound, sections=(SummarySection("about", "", (wrong,)),)), record)
    assert "greeting" not in str(told.value), "what was said does not belong in the log"


@settings(max_examples=60)
@given(
    place=st.integers(0, 200),
    turn_index=st.integers(-1, 2),
    at_s=st.floats(0, 60) | st.floats(allow_nan=True),
    evidence=st.sampled_from(["You", " ", "me", "ring first", "You should call."]) | st.text(max_size=12),
)
def test_no_line_of_a_real_summary_may_lose_its_evidence(
    place: int, turn_index: int, at_s: float, evidence: str
) -> None:
    """Whichever line, turn, second and words: check accepts exactly what the record bears out."""
    record = call(
        ("You should call.", {"blaming": "You should"}),
        ("That's on me. So you'd like us to ring first.", {"owning": "on me", "reflecting": "ring first"}),
    )
    summary = summarise(record, TITLES)
    every = [line for part in summary.sections for line in part.lines]
    line = dataclasses.replace(every[place % len(every)], turn_index=turn_index, at_s=at_s, evidence=evidence)
    turn = next((turn for turn in record.turns if turn.index == turn_index), None)
    borne_out = (
        turn is not None
        and bool(evidence.strip())
        and evidence in turn.text
        and turn.start_s <= at_s <= turn.end_s
    )
    changed = dataclasses.replace(summary, sections=(SummarySection("about", "", (line,)),))
    if borne_out:
        check(changed, record)
    else:
        with pytest.raises(BugError):
            check(changed, record)


def test_what_another_voice_said_is_no_evidence() -> None:
    """Only the agent's words are, whatever else a record may hold."""
    record = call("Hello there.")
    apply(record, other_turn(1, "I am cross."))
    line = SummaryLine("They were cross", 30.0, "I am cross", 1)
    summary = CallSummary("c1", "", (SummarySection("about", "", (line,)),), 0.0, 0.0, 0, 0)
    with pytest.raises(BugError, match="not the agent's"):
        check(summary, record)


_turns = st.lists(
    st.tuples(
        st.text("ab .?!\n", max_size=30),
        st.dictionaries(
            st.sampled_from(MOVES), st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=4
        ),
    ),
    max_size=6,
)


@settings(max_examples=100)
@given(said=_turns)
def test_any_call_can_be_summed_up(said: list[tuple[str, dict[str, tuple[int, int]]]]) -> None:
    """Whatever was recognised, even ranges outside the text, every line stands on words of its turn."""
    from coach.events import Move

    record = call(*(text for text, _ in said))
    for index, (_, moves) in enumerate(said):
        record.moves[index] = tuple(Move(name, 0.9, evidence) for name, evidence in moves.items())
    summary = summarise(record, TITLES)
    raised = sum(name in CONTENTIOUS for text, moves in said if text.strip() for name in moves)
    assert len(section(summary, "moments")) == summary.flags_raised == raised
    assert summary.flags_repaired <= raised
    assert len(section(summary, "keep")) <= 1
    assert len(section(summary, "try")) <= 1
    for part in summary.sections:
        for line in part.lines:
            assert line.text
            assert line.evidence.strip()
            assert line.evidence in said[line.turn_index][0]
