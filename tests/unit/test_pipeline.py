"""The pipeline: blocks in, events out, nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from coach.events import (
    CallRecord,
    Commitment,
    Cue,
    CueEnd,
    CueEnded,
    Event,
    InterimWords,
    MovesFound,
    OtherVoice,
    Speaker,
    Turn,
    VadChanged,
    VadState,
    Word,
    WordsHeard,
)
from coach.moves.partial import PartialJudge
from coach.pipeline import CONTEXT_TURNS, Coach, Pipeline
from tests.fakes import engine

TURNS = [
    Turn(0, "You typed it in wrong.", 0.0, 1.0),
    Turn(1, "I promise to call you.", 2.0, 3.0),
]


def make(turns: list[Turn]) -> tuple[Pipeline, engine.FakePolicy, engine.FakeExtractor]:
    policy, extractor = engine.FakePolicy(), engine.FakeExtractor()
    detector = engine.FakeDetector({"wrong": "blaming"})
    coach = Coach(CallRecord(engine.header()), detector, extractor, policy)
    return Pipeline(engine.FakeHearing(turns), coach), policy, extractor


def test_a_turn_comes_out_before_what_is_made_of_it() -> None:
    """The screen shows the words first, then the moves, then the cue, then the promise."""
    pipeline, _, _ = make(TURNS)
    events = [
        event for start in (0.0, 0.5, 1.0, 1.5, 2.0, 2.5) for event in pipeline.feed(engine.block(start))
    ]
    kinds = [type(event) for event in events]
    assert kinds == [Turn, MovesFound, Cue, Turn, MovesFound, CueEnded, Commitment]


def test_a_doubtful_voice_is_kept_but_nobody_is_coached_for_it() -> None:
    """The words stay in the record with their mark; no move, cue or promise is made of them."""
    pipeline, _, _ = make([replace(turn, speaker=Speaker.UNSURE) for turn in TURNS])
    events = list(pipeline.feed(engine.block(0.0, 10.0)))
    assert [type(event) for event in events] == [Turn, Turn]
    assert [turn.speaker for turn in pipeline.coach.record.turns] == [Speaker.UNSURE] * 2


def test_a_turn_that_is_not_judged_says_so() -> None:
    """A turn that is not English is told in the record from one without moves."""
    french = Turn(0, "Je suis désolé, mais vous auriez dû lire le contrat avant de signer.", 0.0, 3.0)
    pipeline, _, _ = make([french, replace(TURNS[1], index=1)])
    events = list(pipeline.feed(engine.block(0.0, 10.0)))
    told = [event for event in events if isinstance(event, Turn)]
    assert [turn.language for turn in told] == ["fr", ""]
    assert [turn.language for turn in pipeline.coach.record.turns] == ["fr", ""]


def test_nothing_is_made_of_what_was_said_in_another_language() -> None:
    """The recogniser makes English of it, with promises nobody made: the words stay, with their mark."""
    pipeline, _, _ = make([replace(turn, language="de") for turn in TURNS])
    events = list(pipeline.feed(engine.block(0.0, 10.0)))
    assert [type(event) for event in events] == [Turn, Turn]
    assert [turn.language for turn in pipeline.coach.record.turns] == ["de"] * 2


def test_the_record_holds_all_that_was_yielded() -> None:
    """A summary made from the record misses nothing that was shown."""
    pipeline, _, _ = make(TURNS)
    list(pipeline.feed(engine.block(0.0, 10.0)))
    record = pipeline.coach.record
    assert record.turns == TURNS
    assert [move.name for move in record.moves[0]] == ["blaming"]
    assert record.cue_ends["cue-1"].end is CueEnd.REPAIRED
    assert [promise.id for promise in record.commitments] == ["p-1"]
    assert record.duration_s == 10.0


def test_flush_closes_the_turn_that_is_still_open() -> None:
    """The last sentence before hanging up is coached and kept like any other."""
    pipeline, _, _ = make(TURNS)
    list(pipeline.feed(engine.block(0.0, 1.5)))
    last = list(pipeline.flush())
    assert isinstance(last[0], Turn)
    assert last[0].index == 1
    assert any(isinstance(event, Commitment) for event in last)


def test_commitments_are_dated_by_the_second_they_were_said() -> None:
    """ "Tomorrow" said after midnight is another day than at the start of the call."""
    pipeline, _, extractor = make(TURNS)
    list(pipeline.feed(engine.block(0.0, 10.0)))
    assert extractor.said_at == [
        engine.START + dt.timedelta(seconds=1),
        engine.START + dt.timedelta(seconds=3),
    ]


def test_the_detector_sees_the_agents_last_turns_only() -> None:
    """Context is bounded, and never holds the turn itself."""
    turns = [Turn(i, f"turn {i}", i, i + 0.5) for i in range(CONTEXT_TURNS + 3)]
    policy, extractor, detector = engine.FakePolicy(), engine.FakeExtractor(), engine.FakeDetector({})
    coach = Coach(CallRecord(engine.header()), detector, extractor, policy)
    for turn in turns:
        list(coach.take(turn))
    assert detector.contexts[0] == []
    assert detector.contexts[-1] == [f"turn {i}" for i in range(2, CONTEXT_TURNS + 2)]


def test_a_cue_is_ended_by_the_user_once() -> None:
    """A second click, or a click on a card that just turned green, changes nothing."""
    pipeline, policy, _ = make(TURNS)
    list(pipeline.feed(engine.block(0.0, 1.0)))
    ended = CueEnded("cue-1", 1.0, CueEnd.DISMISSED)
    assert list(pipeline.coach.end_cue(ended)) == [ended]
    assert list(pipeline.coach.end_cue(CueEnded("cue-1", 1.2, CueEnd.UNFAIR))) == []
    assert list(pipeline.coach.end_cue(CueEnded("cue-9", 1.2, CueEnd.UNFAIR))) == []
    assert policy.user == [ended]


def test_words_so_far_reach_the_policy_only_where_moves_are_urgent() -> None:
    """The open turn is looked at as it grows, with the words of before; without urgent moves it is not."""
    said = (Word("it", 1.0, 1.2, 0.9), Word("wrong", 1.2, 1.6, 0.9))
    more = (Word("then so", 1.6, 2.4, 0.5), Word("there you", 2.4, 3.0, 0.5))
    heard: list[Event] = [
        VadChanged(0.4, VadState.SPEAKING),
        WordsHeard(0, (Word("You", 0.5, 0.7, 0.9), Word("typed", 0.7, 1.0, 0.9))),
        *(InterimWords(0, said, more[:count]) for count in range(3)),
    ]
    for urgent in ((), ("blaming",)):
        policy, detector = engine.FakePolicy(), engine.FakeDetector({"wrong": "blaming"})
        judge = PartialJudge(detector, detector.thresholds, urgent, clock=lambda: 0.0) if urgent else None
        coach = Coach(CallRecord(engine.header()), detector, engine.FakeExtractor(), policy, partial=judge)
        pipeline = Pipeline(engine.FakeHearing([]), coach)
        assert list(pipeline._coached(iter(heard))) == heard
        assert policy.spoke_at == [0.4]
        assert [turn.text for turn, _ in policy.interrupts] == [
            "You typed it wrong then so there you"
        ] * bool(urgent)
    (turn, moves) = policy.interrupts[0]
    assert (turn.index, turn.start_s, turn.end_s) == (0, 0.5, 3.0)
    assert [move.name for move in moves] == ["blaming"]


def test_the_policy_learns_whose_voice_it_was() -> None:
    """A voice, its end, that it was another's, and the words of one that was not."""
    heard: list[Event] = [
        VadChanged(0.4, VadState.SPEAKING),
        VadChanged(2.0, VadState.QUIET),
        OtherVoice(0.2, 2.0),
        WordsHeard(0, (Word("You", 2.5, 2.7, 0.9),)),
    ]
    pipeline, policy, _ = make([])
    assert list(pipeline._coached(iter(heard))) == heard
    assert policy.heard == heard


def test_nothing_downstream_sees_what_is_hidden() -> None:
    """The turn is redacted before the record, the detector and the commitments look at it."""
    detector = engine.FakeDetector({"promise": "committing"})
    record = CallRecord(engine.header())
    coach = Coach(record, detector, engine.FakeExtractor(), engine.FakePolicy())
    said = Turn(0, "I promise to ring you on 07700 900123.", 0.0, 2.0)
    told = list(coach.take(said))
    assert "07700" not in repr(told) + repr(record) + repr(detector.contexts)
    assert told[0] == Turn(0, "I promise to ring you on [phone number].", 0.0, 2.0)
