"""Practice as a whole, over the ports that keep it: what the app's windows and the command line call."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import pytest

from coach.errors import KnownError
from coach.events import CallRecord
from coach.practice import roleplay
from coach.practice.judging import Verdict
from coach.practice.library import Library
from coach.practice.scenario import Scenario
from coach.services.practice import RECENT_CALLS, EnginePractice
from coach.values.practice_log import ExerciseKind, Grade, MemoryPracticeStore
from tests.fakes import past_calls
from tests.unit.practice.practice_parts import DAY, NAMES, NOW, SpelledJudge, item, situation
from tests.unit.practice.test_practice_roleplay import small


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


class KeptCalls:
    """The calls of a store, for reading."""

    def __init__(self, records: Iterable[CallRecord]) -> None:
        self._records = sorted(records, key=lambda record: record.header.started_at, reverse=True)

    def outlines(
        self, limit: int, since: dt.datetime | None = None, of: Collection[str] = ()
    ) -> list[CallRecord]:
        wanted = [one for one in self._records if not of or one.header.id in of]
        return [one for one in wanted if since is None or one.header.started_at >= since][:limit]


LIBRARY = Library((situation("a"), situation("b")), (item("q1"), item("q2")), (), (small(),))


def practice(
    store: MemoryPracticeStore,
    clock: Clock,
    calls: KeptCalls | None = None,
    keep_answers: bool = False,
    unfair: Sequence[tuple[str, int, str]] = (),
) -> EnginePractice:
    return EnginePractice(
        LIBRARY,
        NAMES,
        SpelledJudge,
        store,
        calls,
        clock,
        random.Random(1),
        keep_answers=keep_answers,
        unfair=lambda: unfair,
    )


def test_the_first_try_of_a_day_decides_when_a_drill_comes_back() -> None:
    """A second, better try of the same day is kept and changes no date; the next day counts again."""
    store, clock = MemoryPracticeStore(), Clock()
    room = practice(store, clock)
    drill = next(drill for drill in room.drills() if drill.id == "situation:a")
    assert room.answer_drill(drill, "blaming you").verdict is Verdict.NOT_YET
    first = store.practice_cards()
    assert room.answer_drill(drill, "owning offering it").verdict is Verdict.REPAIRED
    assert store.practice_cards() == first
    assert [attempt.grade for attempt in store.attempts()] == [Grade.AGAIN, Grade.EASY]
    clock.now += DAY
    again = practice(store, clock)
    assert [found.id for found in again.drills()] == ["situation:a", "situation:b"]
    again.answer_drill(drill, "owning offering it")
    assert store.practice_cards() != first


@pytest.mark.parametrize("keep", [False, True])
def test_answers_are_kept_only_where_that_is_wanted(keep: bool) -> None:
    """Private by default: that it was tried and which moves were heard, not the words."""
    store = MemoryPracticeStore()
    room = practice(store, Clock(), keep_answers=keep)
    room.answer_drill(room.drills()[0], "  owning it all ")
    [attempt] = store.attempts()
    assert attempt.answer == ("owning it all" if keep else "")
    assert attempt.moves == ("owning",)


def test_a_try_taken_back_was_none() -> None:
    """Neither the try nor its date is kept, and the next try is the first of the day again."""
    store, clock = MemoryPracticeStore(), Clock()
    room = practice(store, clock)
    drill = next(drill for drill in room.drills() if drill.id == "situation:a")
    room.answer_drill(drill, "owning offering it")
    easy = room.due_at(drill.id)
    room.answer_question(room.quiz()[0], [0])
    assert room.take_back(drill.id), "whatever else was tried since"
    assert not room.take_back(drill.id)
    assert room.take_back(store.attempts()[0].exercise)
    assert (store.attempts(), store.practice_cards(), room.due_at(drill.id)) == ([], [], None)
    room.answer_drill(drill, "blaming you")
    again = room.due_at(drill.id)
    assert again is not None
    assert easy is not None
    assert again < easy
    room.answer_drill(drill, "owning it")
    assert room.take_back(drill.id)
    assert [attempt.grade for attempt in store.attempts()] == [Grade.AGAIN]
    assert room.due_at(drill.id) == again, "a later try changed no date"


def test_a_try_that_the_store_would_not_take_back_can_be_taken_back_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As where another program held the store: Undo is not used up by it."""
    store = MemoryPracticeStore()
    room = practice(store, Clock())
    room.answer_drill(drill := room.drills()[0], "owning it")

    def locked(*_try: object) -> None:
        raise KnownError("store-locked", "Another program is using your calls.")

    with monkeypatch.context() as patch:
        patch.setattr(store, "take_back_attempt", locked)
        with pytest.raises(KnownError):
            room.take_back(drill.id)
    assert room.take_back(drill.id)
    assert store.attempts() == []


def test_all_practice_can_be_forgotten_and_remembered() -> None:
    """Deleted at once; undone, everything stands as before."""
    store = MemoryPracticeStore()
    room = practice(store, Clock())
    for answer in ("blaming", "owning it"):
        room.answer_drill(room.drills()[0], answer)
    before = (store.attempts(), set(store.practice_cards()), room.rhythm())
    gone = room.forget()
    assert (store.attempts(), store.practice_cards(), room.rhythm().days) == ([], [], 0)
    room.remember(gone)
    assert (store.attempts(), set(store.practice_cards()), room.rhythm()) == before


def test_what_was_tried_since_keeps_its_date_when_the_rest_is_remembered() -> None:
    """The undo may come late: every try is there again, and the newest says when its exercise is due."""
    store, clock = MemoryPracticeStore(), Clock()
    room = practice(store, clock)
    drill = next(drill for drill in room.drills() if drill.id == "situation:a")
    room.answer_drill(drill, "blaming you")
    gone = room.forget()
    clock.now += DAY
    room.answer_drill(drill, "owning offering it")
    newer = store.practice_cards()
    room.remember(gone)
    assert store.practice_cards() == newer
    assert len(store.attempts()) == 2


def test_own_turns_come_before_written_ones_and_can_be_chosen_by_move() -> None:
    """Flagged turns of the latest calls, as drills of their own; none where calls are not to be looked at."""
    calls = KeptCalls(past_calls.records())
    room = practice(MemoryPracticeStore(), Clock(), calls)
    assert [drill.kind for drill in room.drills(3)] == [ExerciseKind.OWN_TURN] * 3
    blaming = room.drills(9, "blaming")
    assert {drill.move for drill in blaming} == {"blaming"}
    assert {drill.kind for drill in blaming} == {ExerciseKind.OWN_TURN, ExerciseKind.SITUATION}
    assert all(
        drill.kind is ExerciseKind.SITUATION for drill in practice(MemoryPracticeStore(), Clock()).drills(9)
    )


def test_a_turn_of_ones_own_comes_back_however_many_calls_came_since() -> None:
    """Whoever has thirty calls a day is not told a day on which nothing comes; no other turn of it is new."""
    [one, *_] = past_calls.records()
    at = one.header.started_at
    busy = [
        replace(one, header=replace(one.header, id=f"c{number}", started_at=at + DAY / 24 * number))
        for number in range(RECENT_CALLS + 1)
    ]
    store, clock = MemoryPracticeStore(), Clock()
    drill = practice(store, clock, KeptCalls(busy[:1])).drills(1)[0]
    practice(store, clock, KeptCalls(busy[:1])).answer_drill(drill, "blaming you")
    clock.now += DAY
    again = practice(store, clock, KeptCalls(busy)).drills(99)
    assert again[0] == drill
    assert [other.id for other in again if "c0:" in other.id] == [drill.id]


def test_a_flag_that_was_called_unfair_afterwards_is_no_drill() -> None:
    """In the summary or the transcript of its call, also of a recording: there is nothing to say better."""
    calls = KeptCalls(past_calls.records())
    first = practice(MemoryPracticeStore(), Clock(), calls).drills(1)[0]
    assert first.place is not None
    unfair = [(first.place.call_id, first.place.turn_index, move) for move in first.before]
    again = practice(MemoryPracticeStore(), Clock(), calls, unfair=unfair).drills(99)
    assert first.id not in {drill.id for drill in again}
    assert ExerciseKind.OWN_TURN in {drill.kind for drill in again}


def test_a_quiz_is_kept_and_a_missed_item_returns() -> None:
    """Wrong today, asked again tomorrow; right today, not."""
    store, clock = MemoryPracticeStore(), Clock()
    room = practice(store, clock)
    first, second = room.quiz()
    assert room.answer_question(first, first.right).right
    assert not room.answer_question(second, []).right
    assert room.quiz() == []
    clock.now += DAY
    assert [question.item.id for question in practice(store, clock).quiz()] == [second.item.id]


def test_a_role_play_goes_by_the_moves_heard_and_is_kept() -> None:
    """Words in, moves judged, the customer's line out; the ending is kept with what was heard."""
    store = MemoryPracticeStore()
    room, scenario = practice(store, Clock()), small()
    heard = room.say(scenario, roleplay.begin(scenario), "apologising so much")
    assert (heard.moves, heard.standing.line) == (("apologising",), "Well?")
    ended = room.say(scenario, heard.standing, "owning it").standing
    assert room.end_role_play(scenario, ended).ending == "good"
    [attempt] = store.attempts()
    assert (attempt.exercise, attempt.kind) == ("role-play:small", ExerciseKind.ROLE_PLAY)
    assert attempt.moves == ("apologising", "owning")
    assert room.say(scenario, roleplay.begin(scenario), "  ").moves == ()


def test_progress_counts_calls_and_practice() -> None:
    """Twelve weeks up to this one: the words of the calls and what was practised; and the rhythm's words."""
    store = MemoryPracticeStore()
    room = practice(store, Clock(), KeptCalls(past_calls.records()))
    room.answer_drill(room.drills()[0], "owning it all")
    weeks = room.weeks()
    assert len(weeks) == 12
    assert sum(week.words for week in weeks) == sum(
        len(turn.text.split()) for record in past_calls.records() for turn in record.turns
    )
    assert weeks[-1].drills == 1
    assert room.rhythm().words == "1 day of practice so far, today among them."


def test_progress_counts_every_call_of_its_weeks() -> None:
    """Twenty a day are more than a thousand in twelve weeks: the first weeks are not empty for that."""
    one = past_calls.records()[0]
    words = sum(len(turn.text.split()) for turn in one.turns)
    kept = [
        replace(one, header=replace(one.header, id=f"c{number}", started_at=NOW - number * DAY / 20))
        for number in range(1000)
    ]
    weeks = practice(MemoryPracticeStore(), Clock(), KeptCalls(kept)).weeks()
    assert sum(week.words for week in weeks) == 1000 * words


def test_a_scenario_is_found_by_its_id() -> None:
    """And an unknown one is none."""
    found = LIBRARY.scenario("small")
    assert isinstance(found, Scenario)
    assert LIBRARY.scenario("big") is None
