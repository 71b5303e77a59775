"""A misheard word is put right: flags and promises follow, the rest of the call stays."""

from __future__ import annotations

import dataclasses

import pytest

from coach.commitments.extract import RuleExtractor
from coach.errors import KnownError
from coach.events import Answer, CallRecord, CueEnd, Turn, Word
from coach.redaction.redactor import Redactor
from coach.services.correcting import Judges, correct, put_back
from tests.fakes import sample_call
from tests.fakes.engine import FakeDetector

MOVES = {"should have put": "blaming", "on me": "owning", "sorry you feel": "non_apology"}


@pytest.fixture
def judges() -> Judges:
    return Judges(FakeDetector(MOVES), RuleExtractor(), Redactor())


def untouched(record: CallRecord, index: int) -> tuple[object, ...]:
    return (
        [turn for turn in record.turns if turn.index != index],
        {key: moves for key, moves in record.moves.items() if key != index},
        [one for one in record.commitments if one.turn_index != index],
    )


def test_a_flag_goes_with_the_word_that_made_it(judges: Judges) -> None:
    """ "You could have" heard as "you should have": the flag is gone, and its cue was not borne out."""
    record = sample_call.record()
    others = untouched(record, 2)
    before = correct(
        record, 2, "Did you check with your neighbours? I could have put a safe place on it.", judges
    )
    assert [move.name for move in before.moves] == ["blaming"]
    assert record.moves[2] == ()
    assert record.turns[2].text.endswith("I could have put a safe place on it.")
    assert record.cue_ends["c2"].end is CueEnd.WITHDRAWN
    assert untouched(record, 2) == others


def test_words_put_right_are_told_their_language_anew(judges: Judges) -> None:
    """A turn heard in the wrong language is judged once its words are English, and the other way round."""
    record = sample_call.record()
    correct(record, 2, "Vous auriez dû lire le contrat avant de signer, monsieur.", judges)
    assert record.turns[2].language == "fr"
    correct(record, 2, "You should have put a safe place on it.", judges)
    assert record.turns[2].language == ""


def test_a_flag_comes_with_the_word_that_makes_it(judges: Judges) -> None:
    """Where the right words are worse, that is said as well, at their place."""
    record = sample_call.record()
    correct(record, 0, "You should have put a name on it.", judges)
    (move,) = record.moves[0]
    assert (move.name, record.turns[0].text[slice(*move.evidence)]) == ("blaming", "should have put")


def test_a_promise_keeps_its_id_and_what_was_said_of_it(judges: Judges) -> None:
    """The day was misheard: the same promise, confirmed as it was, on another day."""
    record = sample_call.record()
    mine = next(one for one in record.commitments if one.turn_index == 9)
    record.commitments = [
        dataclasses.replace(one, answer=Answer.CONFIRMED) if one.id == mine.id else one
        for one in record.commitments
    ]
    correct(record, 9, "I'll also ask the depot to check that round by Wednesday.", judges)
    (now,) = [one for one in record.commitments if one.turn_index == 9]
    assert (now.id, now.answer) == (mine.id, Answer.CONFIRMED)
    assert now.due != mine.due
    assert "Wednesday" in now.evidence


def test_a_promise_nobody_made_goes_and_a_new_one_gets_a_new_id(judges: Judges) -> None:
    """Ids are never given twice, so the history of one promise is never that of another."""
    record = sample_call.record()
    ids = {one.id for one in record.commitments}
    correct(record, 9, "The depot checks that round anyway.", judges)
    assert [one for one in record.commitments if one.turn_index == 9] == []
    correct(record, 0, "I'll send you the form tomorrow.", judges)
    (made,) = [one for one in record.commitments if one.turn_index == 0]
    assert made.id not in ids


@pytest.mark.parametrize("index", range(12))
def test_put_back_is_exactly_as_before(judges: Judges, index: int) -> None:
    """Undo leaves no trace, whatever the correction did."""
    record = sample_call.record()
    before = correct(
        record, index, "I'm sorry you feel that you should have put it there. I'll write today.", judges
    )
    assert record.turns != sample_call.record().turns
    put_back(record, before)
    wanted = sample_call.record()
    assert record.turns == wanted.turns
    assert {key: moves for key, moves in record.moves.items() if moves} == {
        key: moves for key, moves in wanted.moves.items() if moves
    }
    assert record.commitments == wanted.commitments
    assert record.cue_ends == wanted.cue_ends


def test_what_must_be_hidden_is_hidden_in_the_new_words(judges: Judges) -> None:
    """A card number typed into a correction is never kept."""
    record = sample_call.record()
    correct(record, 0, "Your card is 4111 1111 1111 1111, is that right?", judges)
    assert "4111" not in record.turns[0].text
    assert "[" in record.turns[0].text
    assert not any("4111" in word.text for word in record.turns[0].words)


def test_a_turn_needs_words(judges: Judges) -> None:
    """An empty correction, or one of a turn that is not there, is refused and changes nothing."""
    record = sample_call.record()
    for index, text, code in ((0, "  ", "correction-empty"), (99, "Hello.", "turn-unknown")):
        with pytest.raises(KnownError) as refused:
            correct(record, index, text, judges)
        assert refused.value.code == code
    assert record == sample_call.record()


def test_words_keep_their_times_and_the_turn_its_own(judges: Judges) -> None:
    """What is heard at a word is still heard there."""
    turn = Turn(
        0,
        "Where is it",
        4.0,
        6.0,
        (Word("Where", 4.0, 4.5, 0.9), Word("is", 4.6, 4.8, 0.9), Word("it", 5, 6, 1)),
    )
    record = CallRecord(sample_call.header("c"), turns=[turn])
    correct(record, 0, "Where was it", judges)
    assert [(word.text, word.start_s) for word in record.turns[0].words] == [
        ("Where", 4.0),
        ("was", 4.6),
        ("it", 5),
    ]


def test_what_the_turn_before_asked_for_is_hidden_in_the_new_words(judges: Judges) -> None:
    """As it was when it was heard: a date is a date of birth only after the question."""
    record = sample_call.record()
    said = "That's the fourth of May 1971."
    correct(record, 2, said, judges)
    assert record.turns[2].text == said
    correct(record, 1, "Can you tell me your date of birth?", judges)
    correct(record, 2, said, judges)
    assert record.turns[2].text == "That's the [date of birth]."
