"""Misheard words and private notes from the terminal: by the times that ``calls show`` prints."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from coach import cli
from coach.calls.summary import summarise
from coach.commands import correcting
from coach.commands.correcting import turn_said_at
from coach.errors import KnownError
from tests.fakes import sample_call
from tests.fakes.review import FakeReview, MemoryReview


class Services:
    def __init__(self, review: FakeReview) -> None:
        self.review = review


@pytest.fixture
def review(monkeypatch: pytest.MonkeyPatch) -> FakeReview:
    record = sample_call.record()
    made = FakeReview(MemoryReview({"sample": (record, summarise(record, {}))}))
    monkeypatch.setattr(correcting, "make_services", lambda: Services(made))
    return made


def test_a_turn_is_found_by_the_time_it_is_shown_with() -> None:
    """Its beginning as printed, or any time while it is said; anything else is told."""
    record = sample_call.record()
    for turn in record.turns:
        minutes, seconds = divmod(int(turn.start_s), 60)
        assert turn_said_at(record, f"{minutes}:{seconds:02d}").index == turn.index
    last = record.turns[-1]
    assert turn_said_at(record, str((last.start_s + last.end_s) / 2)) == last
    wrong = (("soon", "time-unclear"), ("", "time-unclear"), ("9" * 400, "time-unclear"))
    for at, code in (*wrong, ("9:59:59", "turn-unknown")):
        with pytest.raises(KnownError) as told:
            turn_said_at(record, at)
        assert told.value.code == code


def test_words_are_put_right_and_taken_back(review: FakeReview, capsys: pytest.CaptureFixture[str]) -> None:
    """The turn is printed as it reads now; a second put-back has nothing to take back."""
    turn = review.open("sample").record.turns[2]
    at = str(turn.start_s)
    assert cli.main(["calls", "correct", "sample", at, "Did you check? I could have put it there."]) == 0
    assert "I could have put it there." in capsys.readouterr().out
    assert review.open("sample").record.moves[2] == ()
    assert cli.main(["calls", "notes", "sample", "--json"]) == 0
    [line] = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    assert line["text"] == turn.text
    assert cli.main(["calls", "put-back", "sample", at]) == 0
    assert turn.text in capsys.readouterr().out.replace("\n", " ")
    assert review.open("sample").record.turns[2] == turn
    assert cli.main(["calls", "put-back", "sample", at]) == 2
    assert "was not corrected" in capsys.readouterr().err


def test_a_note_about_a_flag_is_kept_and_removed(
    review: FakeReview, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only where there is such a flag; an empty note takes the one before away."""
    at = str(review.open("sample").record.turns[2].start_s)
    assert cli.main(["calls", "note", "sample", at, "blaming", "I was in a hurry."]) == 0
    assert cli.main(["calls", "notes", "sample"]) == 0
    assert "note on blaming: I was in a hurry." in capsys.readouterr().out
    assert cli.main(["calls", "note", "sample", at, "selling", "?"]) == 2
    assert "blaming" in capsys.readouterr().err
    assert cli.main(["calls", "note", "sample", at, "blaming", ""]) == 0
    assert cli.main(["calls", "notes", "sample"]) == 0
    assert "No notes and no corrections." in capsys.readouterr().out


def test_turns_that_begin_in_the_same_second_are_told_apart() -> None:
    """The words of one must not be written into the other: it is asked which, and the answer is taken."""
    record = sample_call.record()
    first = record.turns[0]
    short, next_one = (
        replace(first, index=index, text=text, start_s=start_s, end_s=start_s + 0.3, words=())
        for index, text, start_s in ((90, "Yes.", 600.123), (91, "Right.", 600.804))
    )
    record.turns += [short, next_one]
    with pytest.raises(KnownError, match=r"600\.13 or 600\.81\.") as told:
        turn_said_at(record, "10:00")
    assert told.value.code == "turn-several"
    assert [turn_said_at(record, at) for at in ("600.13", "10:00.81")] == [short, next_one]
