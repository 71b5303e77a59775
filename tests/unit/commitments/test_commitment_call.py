"""Promises over a whole call: repeats, corrections, spread over turns, and input that is wrong."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from coach.commitments.extract import RuleExtractor
from coach.commitments.office import Office
from coach.events import Commitment, Due, Speaker, Turn

AT = dt.datetime(2026, 11, 18, 10, 30, tzinfo=ZoneInfo("Europe/London"))


def call(*texts: str, at: dt.datetime = AT) -> list[Commitment]:
    """All promises of a call as the record keeps them: told again, they replace their first telling."""
    extractor = RuleExtractor()
    turns = [Turn(index, text, 10.0 * index, 10.0 * index + 8) for index, text in enumerate(texts)]
    kept: dict[str, Commitment] = {}
    for turn in turns:
        for one in extractor.extract(turn, turns[: turn.index], at, None):
            kept[one.id] = one
    return list(kept.values())


def told(*texts: str) -> list[tuple[str, object]]:
    return [(one.action, shown(one.due)) for one in call(*texts)]


def shown(due: Due) -> object:
    if due is None:
        return None
    return tuple(shown(each) for each in due) if isinstance(due, tuple) else due.isoformat()[:16]


def test_a_promise_told_again_in_other_words_is_one() -> None:
    """A recap, or a synonym, is the same promise."""
    assert told("I'll call you back on Monday.", "So as I said, I'll ring you back on Monday.") == [
        ("call you back", "2026-11-23")
    ]


def test_an_hour_told_again_keeps_its_day() -> None:
    """ "As I say, before nine" is still before nine of the day told first."""
    found = told(
        "I'll get the supervisor to ring you before nine tomorrow.",
        "As I say, the supervisor's going to ring you before nine.",
    )
    assert found == [("get the supervisor to ring you", "2026-11-19T09:00")]


def test_an_hour_of_this_very_day_is_not_moved_to_the_day_before_it() -> None:
    """ "This evening at six" and "in ten" name their day: nothing of a Tuesday named earlier is left."""
    tuesday = "I'll ring you back on Tuesday."
    for words, due in {
        "at nine": "2026-11-24T09:00",
        "this evening at six": "2026-11-18T18:00",
        "in ten": "2026-11-18T10:40",
        "in about twenty": "2026-11-18T10:50",
    }.items():
        assert told(tuesday, f"Actually, I'll ring you back {words}.") == [("ring you back", due)], words


def test_words_that_may_be_anothers_are_no_part_of_a_promise() -> None:
    """A doubtful voice, or another language, is marked and nothing is made of it: not even what "it" is."""
    named, promised = "Sorry about the brown parcel.", "I'll send it tomorrow."
    assert [action for action, _ in told(named, promised)] == ["send the brown parcel"]
    for before in (
        Turn(0, named, 0.0, 8.0, speaker=Speaker.OTHER),
        Turn(0, named, 0.0, 8.0, language="de"),
    ):
        (made,) = RuleExtractor().extract(Turn(1, promised, 10.0, 18.0), [before], AT, None)
        assert made.action == "send it"


def test_a_time_said_a_turn_later_is_of_the_promise_before() -> None:
    """ "That'll be Monday by five" dates the call back; alone, or after something else, it dates nothing."""
    assert told("I'll call you back.", "That'll be Monday, by five.") == [
        ("call you back", "2026-11-23T17:00")
    ]
    assert told("That'll be Monday, by five.") == []


def test_the_correction_wins_in_and_across_turns() -> None:
    """Of several days the last one said counts, and the promise stays one."""
    assert told("I'll ring you Tuesday, sorry, Wednesday.") == [("ring you", "2026-11-25")]
    assert told("I'll ring you on Tuesday.", "Sorry, I'm not in. I'll ring you Wednesday instead.") == [
        ("ring you", "2026-11-25")
    ]
    assert told("We'll come out on the 30th of February. Sorry, January, the 30th of January.") == [
        ("come out", "2027-01-30")
    ]


def test_contradictory_promises_are_one_with_the_last_word() -> None:
    """Monday, then Friday, then Monday again: one promise, where it was said last."""
    (made,) = call("I'll ring you on Monday.", "I'll ring you on Friday.", "I'll ring you on Monday.")
    assert (made.id, shown(made.due), made.turn_index) == ("p-1", "2026-11-23", 2)


def test_one_promise_put_off_three_times_is_one_with_the_last_day() -> None:
    """The day may be said alone, in a sentence of its own, or with the promise in other words."""
    last = [("ring you", "2026-11-19")]
    assert told("I'll ring you on Tuesday.", "Actually, make it Wednesday.", "Sorry, Thursday then.") == last
    assert told("I'll ring you on Tuesday.", "No, Wednesday.", "Let me see.", "Thursday it is.") == last
    assert [
        due
        for _, due in told("I'll ring you on Tuesday.", "I'll call Wednesday.", "I'll phone you Thursday.")
    ] == ["2026-11-19"]
    assert told(
        "We'll deliver the sofa on Monday.",
        "Sorry, Tuesday. We'll bring it Tuesday.",
        "No, it'll be Friday now.",
    ) == [("bring the sofa", "2026-11-20")]
    assert told(
        "We'll deliver the sofa on Monday.", "Sorry, we'll bring it Tuesday.", "It'll be Friday then."
    ) == [("bring the sofa", "2026-11-20")]


def test_who_is_sent_and_who_comes_is_one_promise() -> None:
    """ "I'll send a plumber", "the plumber will come", "he'll be there": the last day said counts."""
    found = told(
        "I'll send a plumber on Tuesday.",
        "Right, the plumber will come on Wednesday.",
        "Okay, he'll be there on Thursday at nine.",
    )
    assert found == [("send a plumber", "2026-11-19T09:00")]
    assert [
        due for _, due in told("I'll send a plumber on Tuesday.", "The painter will come on Thursday.")
    ] == [
        "2026-11-24",
        "2026-11-19",
    ]


def test_three_promises_put_off_one_after_the_other_stay_three() -> None:
    """Each has its own new day, though they share days and a "sorry"."""
    found = told(
        "I'll ring you on Monday.",
        "I'll email the landlord on Tuesday.",
        "And I'll book the van for Wednesday.",
        "Sorry, I'll ring you Tuesday.",
        "I'll email the landlord on Wednesday instead.",
        "And I'll book the van for Thursday then.",
    )
    assert sorted(found) == [
        ("book the van", "2026-11-19"),
        ("email the landlord", "2026-11-25"),
        ("ring you", "2026-11-24"),
    ]


def test_a_thing_named_with_a_new_day_moves_its_own_promise() -> None:
    """ "Make the plumber Wednesday" leaves the call and the refund alone."""
    found = told(
        "I'll ring you on Monday about the leak.",
        "And I'll send the plumber on Tuesday.",
        "And the refund will be paid on Friday.",
        "Sorry, make the plumber Wednesday.",
    )
    assert sorted(found) == [
        ("pay the refund", "2026-11-20"),
        ("ring you about the leak", "2026-11-23"),
        ("send the plumber", "2026-11-25"),
    ]


def test_once_more_is_another_promise() -> None:
    """ "And I'll ring you again on Friday" takes nothing from Tuesday's call, in one turn or in two."""
    for texts in (
        ("I'll ring you on Tuesday.", "And I'll ring you again on Friday."),
        ("I'll ring you on Tuesday, and I'll ring you again on Friday.",),
    ):
        assert [due for _, due in told(*texts)] == ["2026-11-24", "2026-11-20"]


def test_an_hour_told_later_is_of_the_day_told_first() -> None:
    """Tuesday, and a turn later "at nine": nine on Tuesday; an hour with a day of its own keeps that."""
    assert told("I'll ring you on Tuesday.", "I'll ring you at nine.") == [("ring you", "2026-11-24T09:00")]
    assert told("I'll ring you on Tuesday.", "I'll ring you today at four.") == [
        ("ring you", "2026-11-18T16:00")
    ]


def test_different_promises_of_one_kind_stay_apart() -> None:
    """Two letters to two people are two promises."""
    found = told("I'll email the depot today.", "I'll email the branch manager tomorrow.")
    assert [due for _, due in found] == ["2026-11-18", "2026-11-19"]


def test_what_is_done_takes_its_name_from_the_turn_before() -> None:
    """ "I'll get that arranged" is what was proposed before."""
    ((action, due),) = told(
        "What we could do is fit a pressure logger.", "Okay, I'll get that arranged for Tuesday."
    )
    assert (action, due) == ("fit a pressure logger", "2026-11-24")


def test_an_impossible_date_is_kept_as_said_without_a_date() -> None:
    """The 31st of February loses nothing and invents nothing."""
    (made,) = call("I'll send it on the 31st of February.")
    assert (made.due_text, made.due) == ("on the 31st of February", None)


def test_a_time_already_past_is_never_taken_for_the_promise() -> None:
    """ "Yesterday" is no due."""
    (made,) = call("I'll send again the form that we posted to you yesterday.")
    assert made.due is None


def test_a_call_across_midnight_counts_from_each_turn() -> None:
    """ "Tomorrow" before midnight and "today" after it are the same day."""
    extractor = RuleExtractor()
    before = Turn(0, "I'll ring you tomorrow.", 0.0, 4.0)
    after = Turn(1, "I'll send the form today.", 300.0, 304.0)
    late = dt.datetime(2026, 12, 31, 23, 58, tzinfo=AT.tzinfo)
    (first,) = extractor.extract(before, (), late, None)
    (second,) = extractor.extract(after, (before,), late + dt.timedelta(minutes=5), None)
    assert first.due == second.due == dt.date(2027, 1, 1)


def test_three_hundred_promises_in_three_hundred_turns() -> None:
    """A very long call keeps every promise, in order, each once."""
    found = call(*(f"I'll send form{number} to you on Monday." for number in range(300)))
    assert [one.id for one in found] == [f"p-{number}" for number in range(1, 301)]


def test_the_extractor_counts_by_the_office_it_is_given() -> None:
    """Close of business is when this organisation closes."""
    extractor = RuleExtractor(Office(closes=dt.time(20)))
    (made,) = extractor.extract(Turn(0, "I'll ring you by close of business.", 0.0, 4.0), (), AT, None)
    assert made.due == AT.replace(hour=20, minute=0)
