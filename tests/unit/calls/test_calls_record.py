"""A record grows by events, whatever their order, and knows what was repaired."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.calls.record import agent_turns, apply, open_cues, repaired_within, second_of, turn_at
from coach.events import (
    CallHeader,
    CallRecord,
    CallSource,
    CueEnd,
    CueEnded,
    Gap,
    Move,
    MovesFound,
    Recordable,
    Turn,
)
from coach.taxonomy import COMPLAINT_SIGNS, CONTENTIOUS, FITTING_REPAIRS, MOVES, REPAIR
from tests.unit.calls.call_parts import STARTED_AT, call, cue, other_turn, promise, repaired, timed_words

FIRST = Turn(0, "You should have called.", 0.0, 5.0)
SECOND = Turn(1, "I'll call you back.", 10.0, 15.0)
EVENTS: list[Recordable] = [
    FIRST,
    MovesFound(0, (Move("blaming", 0.9, (0, 22)),)),
    SECOND,
    MovesFound(1, ()),
    cue("q2", SECOND, "blaming"),
    cue("q1", FIRST, "blaming"),
    repaired("q1", 16.0, "owning", 1),
    promise(SECOND, "I'll call you back", "call back"),
    promise(FIRST, "You", "nothing", name="p0"),
    Gap(20.0, 21.0, "pause"),
    Gap(20.0, 21.0, "unplugged"),
]


def grown(events: list[Recordable]) -> CallRecord:
    record = CallRecord(CallHeader("c1", STARTED_AT, CallSource.LIVE, "A call"))
    for item in events:
        apply(record, item)
    return record


@settings(max_examples=50)
@given(order=st.permutations(EVENTS), again=st.lists(st.sampled_from(EVENTS), max_size=5))
def test_events_in_any_order_give_the_same_record(order: list[Recordable], again: list[Recordable]) -> None:
    """Order and repetition do not matter: lists are sorted by place in the call, and nothing is doubled."""
    record = grown([*order, *again])
    assert record == grown(EVENTS)
    assert [turn.index for turn in record.turns] == [0, 1]
    assert [item.id for item in record.cues] == ["q1", "q2"]
    assert [item.id for item in record.commitments] == ["p0", "p1"]
    assert record.moves == {0: (Move("blaming", 0.9, (0, 22)),), 1: ()}
    assert len(record.gaps) == 2
    assert record.duration_s == 21.0


def test_a_later_word_on_the_same_thing_replaces_it() -> None:
    """A turn, its moves, a cue, its end, a promise or a gap with news takes the old one's place."""
    longer = Turn(0, "You should have called sooner.", 0.0, 6.0)
    news: list[Recordable] = [
        longer,
        MovesFound(0, ()),
        cue("q1", longer, "opposing"),
        CueEnded("q1", 40.0, CueEnd.UNFAIR),
        promise(SECOND, "call you back", "ring back"),
        Gap(20.0, 25.0, "pause"),
    ]
    record = grown([*EVENTS, *news])
    assert record.turns == [longer, SECOND]
    assert record.moves[0] == ()
    assert next(item for item in record.cues if item.id == "q1").because.move == "opposing"
    assert record.cue_ends["q1"].end is CueEnd.UNFAIR
    assert [item.action for item in record.commitments] == ["nothing", "ring back"]
    assert record.gaps == [Gap(20.0, 25.0, "pause"), Gap(20.0, 21.0, "unplugged")]
    assert record.duration_s == 40.0


def test_open_cues_are_those_nothing_came_of() -> None:
    """A cue is open until it has an end."""
    assert [item.id for item in open_cues(grown(EVENTS))] == ["q2"]


def test_the_other_side_and_silence_are_not_the_agents_words() -> None:
    """Turns of the customer, and turns without a word, are left out."""
    record = call("Hello.", "  ")
    apply(record, other_turn(2, "It is broken."))
    assert [turn.index for turn in agent_turns(record)] == [0]
    assert turn_at(record, 2) is not None
    assert turn_at(record, 9) is None
    assert turn_at(record, None) is None


def test_every_contentious_move_has_its_fitting_repairs() -> None:
    """The table holds three to six different repairs for each contentious move and for nothing else."""
    assert list(FITTING_REPAIRS) == list(CONTENTIOUS)
    for repairs in FITTING_REPAIRS.values():
        assert 3 <= len(set(repairs)) == len(repairs) <= 6
        assert set(repairs) <= set(REPAIR)
    assert {repair for repairs in FITTING_REPAIRS.values() for repair in repairs} == set(REPAIR)
    assert set(MOVES) >= COMPLAINT_SIGNS > set(CONTENTIOUS)


@pytest.mark.parametrize(
    ("later", "by", "turn_index"),
    [
        ([{"owning": "my part"}], "owning", 1),
        ([{}, {"apologising": "my part"}], "apologising", 2),
        ([{}, {}, {"owning": "my part"}], None, None),
        ([{"committing": "my part"}, {}], None, None),
        ([{"committing": "my part", "partnering": "my part"}], "partnering", 1),
        ([], None, None),
    ],
)
def test_a_fitting_repair_in_the_next_two_turns_repairs(
    later: list[dict[str, str]], by: str | None, turn_index: int | None
) -> None:
    """Only a repair that answers the move counts, and only while it is near."""
    record = call(("You should have called.", {"blaming": "You should"}), *(("my part", m) for m in later))
    (flag,) = repaired_within(record)
    assert (flag.move.name, flag.turn.index) == ("blaming", 0)
    assert (flag.repaired_by, flag.repaired_turn_index) == (by, turn_index)
    assert flag.repaired is (by is not None)


def test_a_repair_before_the_move_is_not_an_answer() -> None:
    """A sorry spoiled by the blame after it has not repaired it; one that takes the blame back has."""
    record = call(
        ("I'm sorry.", {"apologising": "I'm sorry"}),
        ("I'm sorry, but you typed it in wrong.", {"apologising": "I'm sorry", "blaming": "you typed it"}),
    )
    (flag,) = repaired_within(record)
    assert not flag.repaired
    assert repaired_within(record, turns=0) == [flag]
    at_once = call(("You typed it in, no, my slip.", {"blaming": "You typed it", "owning": "my slip"}))
    (flag,) = repaired_within(at_once)
    assert (flag.repaired_by, flag.repaired_turn_index) == ("owning", 0)


def test_turns_of_the_customer_do_not_use_up_the_two_turns() -> None:
    """Near means the agent's own next turns."""
    record = call(
        ("It's your fault.", {"blaming": "your fault"}), "Right.", "So.", ("My part.", {"owning": "My"})
    )
    assert not repaired_within(record)[0].repaired
    for index in (1, 2):
        apply(record, other_turn(index, "What?"))
    assert repaired_within(record)[0].repaired_turn_index == 3


def test_a_cue_the_agent_followed_is_told_however_late() -> None:
    """The outcome of this very move's cue; it counts within two turns, or by the agent's own word."""
    record = call(("It's your fault.", {"blaming": "your fault"}), "So.", "So.", "So.", "I was wrong.")
    blamed = record.turns[0]
    apply(record, cue("other", blamed, "opposing"))
    apply(record, repaired("other", 120.0, "owning", 4))
    apply(record, cue("mine", blamed, "blaming", repair="partnering"))
    apply(record, CueEnded("mine", 130.0, CueEnd.DISMISSED))
    assert not repaired_within(record)[0].repaired
    apply(record, repaired("mine", 130.0, "owning", 4))
    (flag,) = repaired_within(record)
    assert (flag.repaired_by, flag.repaired_turn_index) == ("owning", 4)
    assert not flag.repaired
    assert repaired_within(record, turns=4)[0].repaired
    apply(record, repaired("mine", 130.0, None, None))
    (flag,) = repaired_within(record)
    assert flag.repaired_by == "partnering"
    assert flag.repaired


def test_the_second_of_a_word_comes_from_the_words() -> None:
    """The place in the text leads to the word's own time; where words have no times, to the turn's start."""
    text = "So so the kettle, the kettle broke."
    turn = Turn(0, text, 10.0, 14.0, timed_words(text, 10.0))
    assert second_of(turn, 0) == 10.0
    assert second_of(turn, text.index("kettle")) == 11.5
    assert second_of(turn, text.rindex("kettle")) == 12.5
    assert second_of(Turn(0, text, 10.0, 14.0), 20) == 10.0
    late = Turn(0, text, 10.0, 11.0, timed_words(text, 10.0))
    assert second_of(late, text.rindex("kettle")) == 11.0
