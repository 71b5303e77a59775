"""Unfair from one end to the other: said in a call, in force in the same call, seen, undone, exported."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from coach import cli
from coach.commands import feedback as command
from coach.errors import KnownError
from coach.events import CallRecord, Cue, CueEnd, CueEnded, Move, MovesFound, Turn
from coach.machine.whole_files import write_whole
from coach.pipeline import Coach
from coach.services.feedback import EngineFeedback, LatestThresholds
from coach.store.local import LocalStore
from coach.values.judgements import Verdict
from tests.unit.store.store_parts import KEY, header, summary, turn
from tests.unit.store.test_store_feedback import MOVES, SAID, UNFAIR, begin

SHIPPED = {"blaming": 0.44, "dismissing": 0.29, "selling": 0.46}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    with closing(LocalStore(tmp_path / "calls.db", KEY)) as store:
        begin(store)
        yield store


@pytest.fixture
def feedback(store: LocalStore) -> EngineFeedback:
    return EngineFeedback(lambda: store, lambda: True, lambda: SHIPPED)


class SureOf:
    """A detector that is equally sure of blaming in every turn."""

    thresholds = SHIPPED

    def __init__(self, confidence: float) -> None:
        self.confidence = confidence

    def judge(self, text: str, context: Sequence[str] = ()) -> tuple[tuple[Move, ...], dict[str, float]]:
        return (Move("blaming", self.confidence, (0, len(text))),), {"blaming": self.confidence}

    def scores(self, text: str, context: Sequence[str] = ()) -> dict[str, float]:
        return {"blaming": self.confidence}


class NoPolicy:
    """Raises no cue of its own."""

    def decide(self, record: CallRecord, turn: Turn, moves: Sequence[Move]) -> list[Cue | CueEnded]:
        return []

    def tick(self, record: CallRecord, now_s: float) -> list[Cue | CueEnded]:
        return []

    def interrupt(self, record: CallRecord, turn: Turn, moves: Sequence[Move]) -> list[Cue | CueEnded]:
        return []

    def speaking(self, at_s: float) -> None: ...
    def user_ended(self, ended: CueEnded) -> None: ...

    def as_offered(self, text: str, moves: Sequence[Move]) -> tuple[Move, ...]:
        return tuple(moves)


class NoPromises:
    def extract(self, *_said: object) -> tuple[()]:
        return ()


def flags(coach: Coach, index: int) -> list[str]:
    [found] = [event for event in coach.take(turn(index, SAID)) if isinstance(event, MovesFound)]
    return [move.name for move in found.moves]


def test_unfair_counts_from_the_next_turn_of_the_same_call(
    store: LocalStore, feedback: EngineFeedback
) -> None:
    """Without a restart: a flag just over the threshold goes, a sure one stays, an undo brings both back."""
    weak, sure = (
        Coach(CallRecord(header()), feedback.adjusted(SureOf(value), store), NoPromises(), NoPolicy())
        for value in (0.48, 0.8)
    )
    assert (flags(weak, 1), flags(sure, 1)) == (["blaming"], ["blaming"])
    store.append("c1", UNFAIR)
    assert (flags(weak, 2), flags(sure, 2)) == ([], ["blaming"])
    assert weak.record.moves == {1: (Move("blaming", 0.48, (0, len(SAID))),), 2: ()}
    [move] = feedback.overview()
    feedback.take_back([move.unfair[0].id])
    assert flags(weak, 3) == ["blaming"]


def test_a_call_that_is_not_kept_heeds_it_too(store: LocalStore, feedback: EngineFeedback) -> None:
    """The thresholds are the agent's, not the call's."""
    store.append("c1", UNFAIR)
    moves, _ = feedback.adjusted(SureOf(0.48), None).judge(SAID)
    assert moves == ()


def test_where_there_is_no_store_none_is_made() -> None:
    """Nobody is asked for a passphrase only to find that nothing was ever called unfair."""

    def opened() -> LocalStore:
        raise AssertionError("opened")

    none = EngineFeedback(opened, lambda: False, lambda: SHIPPED)
    assert none.overview() == ()
    assert none.of_call("c1") == []
    assert none.adjusted(SureOf(0.48), None).judge(SAID)[0] != ()


def test_a_store_that_fails_leaves_the_thresholds_read_last() -> None:
    """A locked store stops neither the coaching nor what was said before."""
    answers: list[Callable[[], list[Verdict]]] = [lambda: [Verdict("blaming", False)], _locked, lambda: []]
    latest = LatestThresholds(lambda: answers.pop(0)(), lambda: SHIPPED)
    raised = latest()
    assert list(raised) == ["blaming"]
    assert latest() == raised
    assert latest() == {}


def _locked() -> list[Verdict]:
    raise KnownError("store-locked", "Another program is using your calls.")


def test_the_export_is_in_the_form_of_the_training_turns(
    store: LocalStore, feedback: EngineFeedback, tmp_path: Path
) -> None:
    """Same keys in the same order as the shipped turns; what lost its words is counted, not written."""
    store.append("c1", UNFAIR)
    begin(store, "c2")
    store.contest("c2", 0, "dismissing")
    store.delete("c2")
    path = tmp_path / "out.jsonl"
    assert feedback.export(path) == (1, 1)
    [line] = path.read_text(encoding="utf-8").splitlines()
    shipped = Path(__file__).parents[3] / "models" / "moves" / "turns" / "train_a.jsonl"
    with shipped.open(encoding="utf-8") as file:
        assert list(json.loads(line)) == list(json.loads(file.readline()))
    assert json.loads(line) == {
        "id": "fb-0001",
        "text": SAID,
        "labels": ["dismissing"],
        "near": "blaming",
        "domain": "",
        "variety": "",
        "kind": "feedback",
    }


def test_an_export_hides_what_must_not_leave(
    store: LocalStore, feedback: EngineFeedback, tmp_path: Path
) -> None:
    """Also words that were kept before anything was hidden: they leave the machine here."""
    said = "You should have called me, Priya Sharma, on 07700 900123 or at priya@example.com."
    store.append("c1", turn(0, said))
    store.append("c1", UNFAIR)
    feedback.export(tmp_path / "out.jsonl")
    [line] = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    text = json.loads(line)["text"]
    assert text.startswith("You should have called")
    assert not [one for one in ("07700", "900123", "priya@", "Sharma") if one in text], text


def test_nothing_to_export_is_said_and_nothing_is_written(feedback: EngineFeedback, tmp_path: Path) -> None:
    """An empty file would look as if something had been lost."""
    with pytest.raises(KnownError) as refused:
        feedback.export(tmp_path / "out.jsonl")
    assert refused.value.code == "feedback-none"
    assert not (tmp_path / "out.jsonl").exists()


def test_a_file_that_is_there_is_replaced_only_on_demand(tmp_path: Path) -> None:
    """It stays as it is, byte for byte, until somebody says so."""
    path = tmp_path / "out.jsonl"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(KnownError, match="is there already") as refused:
        write_whole(path, "new", replace=False)
    assert refused.value.code == "file-exists"
    assert path.read_text(encoding="utf-8") == "mine"
    write_whole(path, "new", replace=True)
    assert path.read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize(
    ("errno", "code"), [(28, "file-no-room"), (30, "file-unwritable"), (5, "file-unwritable")]
)
def test_a_file_that_cannot_be_written_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, errno: int, code: str
) -> None:
    """Full, read-only or broken: a clear error, the old file whole, and nothing half written beside it."""
    path = tmp_path / "out.jsonl"
    path.write_text("mine", encoding="utf-8")

    def refuse(_handle: int) -> None:
        raise OSError(errno, "refused")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(KnownError) as refused:
        write_whole(path, "new", replace=True)
    assert refused.value.code == code
    assert str(path) in refused.value.message
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("out.jsonl", b"mine")]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Also where the name is a folder's."""
    for path in (tmp_path / "nowhere" / "out.jsonl", tmp_path):
        with pytest.raises(KnownError) as refused:
            write_whole(path, "new", replace=True)
        assert refused.value.code == "file-unwritable"
    assert list(tmp_path.iterdir()) == []


class Services:
    def __init__(self, feedback: EngineFeedback) -> None:
        self.feedback = feedback


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, feedback: EngineFeedback) -> Path:
    monkeypatch.setenv("SAMESIDE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(command, "make_services", lambda: Services(feedback))
    return tmp_path


def test_the_command_line_lists_undoes_and_restores(
    home: Path, store: LocalStore, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each with its id; an undo says how to undo it."""
    assert cli.main(["feedback"]) == 0
    assert capsys.readouterr().out == "Nothing is called unfair; every move is flagged as shipped.\n"
    store.append("c1", UNFAIR)
    assert cli.main(["feedback", "list"]) == 0
    out = capsys.readouterr().out
    assert "blaming: flagged from 51% sure on (44% as shipped, 72% at most); called unfair once\n" in out
    assert f"“{SAID[:32]}”" in out
    assert cli.main(["feedback", "undo", "1"]) == 0
    assert "'sameside feedback restore 1'" in capsys.readouterr().out
    assert list(store.verdicts()) == []
    assert cli.main(["feedback", "restore", "1"]) == 0
    assert list(store.verdicts()) == [Verdict("blaming", False)]
    assert cli.main(["feedback", "undo", "1", "77"]) == 2
    assert "There is no feedback 77." in capsys.readouterr().err
    with pytest.raises(SystemExit) as refused:
        cli.main(["feedback", "undo", "9" * 30])
    assert refused.value.code == 2
    assert list(store.verdicts()) == [Verdict("blaming", False)]


def test_the_command_line_gives_programs_all_of_it(
    home: Path, store: LocalStore, capsys: pytest.CaptureFixture[str]
) -> None:
    """One move a line, with thresholds and judgements."""
    store.append("c1", UNFAIR)
    capsys.readouterr()
    assert cli.main(["feedback", "list", "--json"]) == 0
    [line] = capsys.readouterr().out.splitlines()
    move = json.loads(line)
    assert (move["move"], move["shipped"], move["confirmed"]) == ("blaming", 0.44, 0)
    assert move["unfair"][0]["text"] == SAID
    assert move["unfair"][0]["confidence"] == MOVES[0].confidence


def test_the_command_line_exports_and_does_not_overwrite(
    home: Path, store: LocalStore, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and one line where the file is there; --replace is the way to say so."""
    store.append("c1", UNFAIR)
    path = home / "out.jsonl"
    assert cli.main(["feedback", "export", str(path)]) == 0
    assert capsys.readouterr().out == f"1 turn written to {path}.\n"
    assert cli.main(["feedback", "export", str(path)]) == 2
    assert "is there already" in (said := capsys.readouterr().err)
    assert "--replace" in said
    assert cli.main(["feedback", "export", str(path), "--replace"]) == 0


def test_the_end_of_the_call_changes_nothing(store: LocalStore, feedback: EngineFeedback) -> None:
    """What was said while the call ran stands as it stood."""
    store.append("c1", UNFAIR)
    before = feedback.overview()
    record, _ = store.load("c1")
    store.finish(record, summary())
    assert feedback.overview() == before
    assert record.cue_ends["q1"].end is CueEnd.UNFAIR


def test_practice_is_told_which_flags_are_unfair(store: LocalStore, feedback: EngineFeedback) -> None:
    """As long as that stands and the call is there."""
    store.append("c1", UNFAIR)
    [said] = store.judgements()
    assert feedback.unfair() == [("c1", said.turn_index, "blaming")]
    feedback.take_back([said.id])
    assert feedback.unfair() == []
    feedback.contest_again([said.id])
    store.delete("c1")
    assert feedback.unfair() == []
