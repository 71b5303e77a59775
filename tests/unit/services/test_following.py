"""Words put right in one turn change what stood on them in others, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.commitments.extract import RuleExtractor
from coach.events import (
    Because,
    CallHeader,
    CallRecord,
    CallSource,
    Cue,
    CueEnd,
    CueEnded,
    Move,
    Turn,
)
from coach.moves.context import HOLLOW_AGAIN, PRESSED
from coach.redaction.redactor import Redactor
from coach.services.correcting import Judges, correct, put_back
from coach.services.following import judged

STARTED = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)
HOLLOW, MEANT = "Sorry about that.", "I am sorry we lost your parcel."
POINT = "The invoice clearly shows the delivery charge on page two."


class Detector:
    """Hears "sorry" and "page two" a little, "lost" as owning."""

    def __init__(self) -> None:
        self.thresholds = dict.fromkeys(("convincing", "non_apology", "apologising", "owning"), 0.5)

    def judge(self, text: str, context: object = ()) -> tuple[tuple[Move, ...], dict[str, float]]:
        scores = {
            "convincing": 0.3 if "page two" in text else 0.0,
            "apologising": 0.9 if "sorry" in text.lower() else 0.0,
            "owning": 0.8 if "lost" in text else 0.0,
        }
        moves = [Move(name, score, (0, len(text))) for name, score in scores.items() if score >= 0.5]
        return tuple(sorted(moves, key=lambda move: -move.confidence)), scores

    def scores(self, text: str, context: object = ()) -> dict[str, float]:
        return self.judge(text)[1]


def call(*texts: str, foreign: tuple[int, ...] = ()) -> CallRecord:
    """The turns as they are found in a call, one after the other; ``foreign``: in another language."""
    record = CallRecord(CallHeader("c", STARTED, CallSource.LIVE, "Call"))
    for index, text in enumerate(texts):
        turn = Turn(index, text, index * 10.0, index * 10.0 + 5, language="fr" if index in foreign else "")
        record.turns.append(turn)
        if not turn.language:
            record.moves[index] = judged(record, turn, Detector())[0]
    return record


def names(record: CallRecord, index: int) -> list[str]:
    return [move.name for move in record.moves[index]]


@pytest.fixture
def judges() -> Judges:
    return Judges(Detector(), RuleExtractor(), Redactor())


def test_a_point_pressed_a_third_time_goes_with_one_of_the_others(judges: Judges) -> None:
    """One of the first two was misheard: it was said twice, not three times."""
    record = call(POINT, "One moment.", POINT, POINT)
    assert [(move.name, move.context) for move in record.moves[3]] == [("convincing", PRESSED)]
    before = correct(record, 0, "Was there a delivery charge anywhere?", judges)
    assert names(record, 3) == []
    assert [one.turn.index for one in before.others] == [3]
    assert names(record, 2) == []


def test_a_third_time_comes_with_the_right_words(judges: Judges) -> None:
    """And the other way round, with its reason."""
    record = call("The invoice carrot shows.", POINT, POINT)
    assert names(record, 2) == []
    correct(record, 0, POINT, judges)
    assert [(move.name, move.context) for move in record.moves[2]] == [("convincing", PRESSED)]


def test_a_bare_sorry_is_read_by_the_apology_before_it_as_it_was_said(judges: Judges) -> None:
    """Hollow again after a hollow one; an apology once the one before says what for."""
    record = call(HOLLOW, HOLLOW)
    assert [move.context for move in record.moves[1] if move.name == "non_apology"] == [HOLLOW_AGAIN]
    correct(record, 0, MEANT, judges)
    assert names(record, 1) == ["apologising"]


def test_a_cue_on_a_flag_that_went_was_not_borne_out(judges: Judges) -> None:
    """And comes back with what became of it once the words are put back."""
    record = call(POINT, POINT, POINT)
    because = Because("convincing", "page two", 2, ())
    record.cues.append(Cue("c1", 26.0, "learning", "Asking", "Ask.", "Why", because))
    record.cue_ends["c1"] = CueEnded("c1", 30.0, CueEnd.DISMISSED)
    before = correct(record, 1, "Let me look.", judges)
    assert record.cue_ends["c1"].end is CueEnd.WITHDRAWN
    put_back(record, before)
    assert names(record, 2) == ["convincing"]
    assert record.cue_ends["c1"] == CueEnded("c1", 30.0, CueEnd.DISMISSED)


def test_a_repair_that_was_never_said_repairs_nothing(judges: Judges) -> None:
    """The cue before it is open again: no summary says it was repaired by those words."""
    record = call("You should have looked.", MEANT)
    because = Because("blaming", "should have", 0, ())
    record.moves[0] = (Move("blaming", 0.9, (0, 10)),)
    record.cues.append(Cue("c1", 6.0, "owning", "Owning", "Own it.", "Why", because))
    ended = record.cue_ends["c1"] = CueEnded("c1", 15.0, CueEnd.REPAIRED, "owning", 1)
    before = correct(record, 1, "I am hearing they tossed your parcel.", judges)
    assert record.cue_ends["c1"] == CueEnded("c1", 15.0, CueEnd.EXPIRED)
    put_back(record, before)
    assert record.cue_ends["c1"] == ended


def test_a_flag_found_in_the_call_stays_though_it_would_not_be_found_today(judges: Judges) -> None:
    """Another detector since then is no reason to change a turn nobody corrected."""
    record = call(POINT, HOLLOW, "That is your own fault.")
    found = record.moves[2] = (Move("blaming", 0.7, (0, 10)),)
    correct(record, 0, "Good morning to you.", judges)
    assert record.moves[2] == found


def test_a_turn_in_another_language_stays_unjudged(judges: Judges) -> None:
    """Whatever is put right before it: its words may be made English of something else."""
    record = call(MEANT, HOLLOW, HOLLOW, foreign=(1,))
    before = correct(record, 0, HOLLOW, judges)
    assert 1 not in record.moves
    assert names(record, 2) == ["non_apology"]
    assert [one.turn.index for one in before.others] == [2]


def test_nothing_is_read_by_a_turn_in_another_language(judges: Judges) -> None:
    """It is not one of the three times a point was pressed, nor before the correction, nor after."""
    record = call("The invoice carrot shows.", POINT, POINT, foreign=(1,))
    correct(record, 0, POINT, judges)
    assert names(record, 2) == []


def test_a_turn_counts_once_its_words_are_english(judges: Judges) -> None:
    """And counts no more once they are not."""
    record = call(POINT, POINT, POINT, foreign=(0,))
    assert names(record, 2) == []
    correct(record, 0, POINT, judges)
    assert names(record, 2) == ["convincing"]
    correct(record, 0, "La facture montre clairement les frais de livraison.", judges)
    assert record.turns[0].language == "fr"
    assert names(record, 2) == []


LINES = st.sampled_from([POINT, HOLLOW, MEANT, "Good morning.", "We lost it.", "It is on page two."])


@given(st.lists(LINES, min_size=2, max_size=12), LINES, st.data())
def test_put_back_is_exactly_as_before(texts: list[str], said: str, data: st.DataObject) -> None:
    """Whatever followed from a correction is undone with it, in every turn."""
    index = data.draw(st.integers(0, len(texts) - 1))
    judges = Judges(Detector(), RuleExtractor(), Redactor())
    record, wanted = call(*texts), call(*texts)
    put_back(record, correct(record, index, said, judges))
    assert record.turns == wanted.turns
    assert record.moves == wanted.moves


@given(st.lists(LINES, min_size=2, max_size=12), LINES, st.data())
def test_a_corrected_call_reads_as_if_it_had_been_heard_right(
    texts: list[str], said: str, data: st.DataObject
) -> None:
    """Every turn within reach has the moves it would have had."""
    index = data.draw(st.integers(0, len(texts) - 1))
    record = call(*texts)
    correct(record, index, said, Judges(Detector(), RuleExtractor(), Redactor()))
    right = call(*texts[:index], said, *texts[index + 1 :])
    assert {key: names(record, key) for key in record.moves} == {
        key: names(right, key) for key in right.moves
    }
