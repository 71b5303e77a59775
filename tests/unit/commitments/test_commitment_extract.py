"""Promises in turns: a table of promises and decoys, and the rules that join turns."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.commitments.extract import RuleExtractor, find_promises
from coach.commitments.phrases import key_of
from coach.events import Commitment, Due, Owner, Speaker, Turn, Word

ROWS = [json.loads(line) for line in (Path(__file__).parent / "turns.jsonl").read_text().splitlines()]
AT = dt.datetime(2026, 11, 18, 10, 30)


def shown(due: Due) -> object:
    if due is None:
        return None
    return [shown(each) for each in due] if isinstance(due, tuple) else due.isoformat()[:16]


def call(*texts: str, at: dt.datetime = AT, committing: float | None = None) -> list[Commitment]:
    """All promises of a call, those told again with another due in their first place."""
    extractor = RuleExtractor()
    turns = [Turn(index, text, 10.0 * index, 10.0 * index + 8) for index, text in enumerate(texts)]
    kept: dict[str, Commitment] = {}
    for turn in turns:
        for one in extractor.extract(turn, turns[: turn.index], at, committing):
            kept[one.id] = one
    return list(kept.values())


WORDS = (
    "I'll I'm I we'll we you you'll it's it this that is the our your there they're being getting going will"
    " been ring call send refund parcel engineer and or if not no sorry by on at before until Tuesday"
    " tomorrow noon ten two then week end of May , . ? 's"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
@example("This I'll is ring sailing by the end of May.")
def test_no_words_are_too_odd(text: str) -> None:
    """Slips, half sentences, words as they were misheard: a call goes on, and what is found stands there."""
    for one in find_promises(text, [], AT, None):
        start, end = one.span
        assert 0 <= start < end <= len(text)
        assert one.action


@pytest.mark.parametrize("row", ROWS, ids=[" / ".join(row["turns"]) for row in ROWS])
def test_promises_of_the_table(row: dict[str, list[dict[str, object]]]) -> None:
    """Each turn gives its promises with owner, due and condition, and a decoy gives none."""
    found = call(*map(str, row["turns"]), at=dt.datetime.fromisoformat(str(row["at"])))
    wanted = row["commitments"]
    assert [(one.owner.value, shown(one.due), one.conditional) for one in found] == [
        (one["owner"], one["due"], one["conditional"]) for one in wanted
    ]
    for one, gold in zip(found, wanted, strict=True):
        words = key_of(str(gold["action"]))
        assert len(words & key_of(one.action)) * 3 >= len(words) * 2, one.action


def test_table_is_large_and_half_decoys() -> None:
    """At least 120 turns, about half of them without a promise."""
    decoys = sum(not row["commitments"] for row in ROWS)
    assert len(ROWS) >= 120
    assert 0.4 <= decoys / len(ROWS) <= 0.6


def test_evidence_is_an_exact_piece_with_the_seconds_of_its_words() -> None:
    """Evidence is a substring of the turn; its seconds are those of its first and last word."""
    text = "Right. I'll ring you tomorrow."
    words = tuple(Word(word, 2.0 + at, 2.8 + at, 0.9) for at, word in enumerate(text.split()))
    (one,) = RuleExtractor().extract(Turn(0, text, 2.0, 7.0, words), (), AT, None)
    assert (one.evidence, one.start_s, one.end_s) == ("I'll ring you tomorrow", 3.0, 6.8)


def test_seconds_without_words_go_by_the_share_of_the_characters() -> None:
    """A written turn has no words: the second half of the text is the second half of its time."""
    text = "a" * 24 + ". " + "I'll ring you on Monday"
    (one,) = RuleExtractor().extract(Turn(0, text, 0.0, 49.0), (), AT, None)
    assert (one.start_s, one.end_s) == (26.0, 49.0)


def test_a_promise_told_again_is_one_and_ids_count_up() -> None:
    """Three tellings of two promises are p-1 and p-2, the first with its first evidence."""
    found = call("I'll ring you on Monday.", "I'll send the form today.", "So I'll ring you on Monday.")
    assert [(one.id, one.turn_index) for one in found] == [("p-1", 0), ("p-2", 1)]


def test_another_due_replaces_under_the_same_id() -> None:
    """A promise told again for another day comes back with the id of the first."""
    found = call("I'll ring you on Monday.", "I'll ring you on Tuesday.")
    assert [(one.id, shown(one.due), one.turn_index) for one in found] == [("p-1", "2026-11-24", 1)]


def test_asking_twice_for_a_turn_gives_the_same() -> None:
    """The extractor is deterministic: a turn asked for again gives the same promises."""
    extractor = RuleExtractor()
    turn = Turn(0, "I'll ring you on Monday.", 0.0, 3.0)
    first = extractor.extract(turn, (), AT, None)
    assert first == extractor.extract(turn, (), AT, None)
    assert len(first) == 1


def test_the_detector_decides_with_the_rules() -> None:
    """A sure no drops an undated rule hit; a sure yes keeps what the rules alone refuse."""
    assert call("I'll send the form over.", committing=0.001) == []
    assert len(call("I'll send the form over.", committing=0.9)) == 1
    assert call("I'll bring you another one.") == []
    assert len(call("I'll bring you another one.", committing=0.9)) == 1


def test_the_detector_cannot_make_a_promise_of_a_transfer() -> None:
    """Holding, transferring and third parties stay out however sure the detector is."""
    assert call("I'll transfer you to billing now.", committing=0.99) == []
    assert call("The council will empty the bins on Tuesday.", committing=0.99) == []


def test_the_customers_own_task_is_kept_apart() -> None:
    """What the customer is to do has the customer as owner."""
    (one,) = call("You'll need to send us the form by Friday.")
    assert one.owner is Owner.CUSTOMER


def test_three_hundred_promises_are_read_and_kept_apart() -> None:
    """A very long turn gives every distinct promise once."""
    text = " ".join(f"I'll send form{number} on Monday." for number in range(300))
    found = call(text)
    assert [one.id for one in found] == [f"p-{number}" for number in range(1, 301)]


@pytest.mark.parametrize(("speaker", "language"), [(Speaker.UNSURE, ""), (Speaker.AGENT, "de")])
def test_a_promise_is_not_lost_behind_a_turn_of_which_nothing_is_made(
    speaker: Speaker, language: str
) -> None:
    """Said first where it did not count, then where it does: it is told, for it was not told before."""
    first = Turn(0, "I'll ring you tomorrow at nine.", 0.0, 4.0, speaker=speaker, language=language)
    again = Turn(1, first.text, 5.0, 9.0)
    [one] = RuleExtractor().extract(again, [first], AT, None)
    assert (one.turn_index, shown(one.due)) == (1, "2026-11-19T09:00")
    last = Turn(2, first.text, 10.0, 14.0)
    assert RuleExtractor().extract(last, [first, again], AT, None) == ()


def test_a_long_call_is_not_read_again_for_each_turn() -> None:
    """What came before a turn was read when it was said: hours later a turn costs what the first did."""

    class Counted(list[Turn]):
        sliced = 0

        def __getitem__(self, place):  # type: ignore[no-untyped-def]
            self.sliced += isinstance(place, slice)
            return super().__getitem__(place)

    extractor = RuleExtractor()
    said = Counted()
    for index in range(60):
        turn = Turn(index, f"I'll send you form {index} tomorrow.", 10.0 * index, 10.0 * index + 8)
        extractor.extract(turn, said, AT, None)
        said.append(turn)
    assert said.sliced < 60


def test_a_day_put_right_takes_no_hour_from_another_promise() -> None:
    """Of two hours the one that was said last gets the new day; the other stays today's."""
    found = call("I'll call you at three and I'll ring Bob at four, no, make it Thursday.")
    assert [shown(one.due) for one in found] == ["2026-11-18T15:00", "2026-11-19T16:00"]
