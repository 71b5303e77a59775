"""What the agent said of flags: kept once, with the turn it was about, and without its words once they go."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from coach.errors import KnownError
from coach.events import Because, CallRecord, CallSource, Cue, CueEnd, CueEnded, Move, MovesFound
from coach.store.connect import connect, make_engine
from coach.store.local import LocalStore
from coach.store.migrate import SCRIPTS, prepare
from coach.store.schema import REVISION
from coach.values.judgements import Judgement, Verdict
from tests.unit.store.store_parts import KEY, header, summary, turn

SAID = "You should have called us sooner, that is your own fault."
MOVES = (Move("blaming", 0.81, (0, 32)), Move("dismissing", 0.6, (34, len(SAID))))
UNFAIR = CueEnded("q1", 9.0, CueEnd.UNFAIR)


def flag_cue(move: str = "blaming", name: str = "q1") -> Cue:
    because = Because(move, SAID[:32], 0, ("A5",))
    return Cue(name, 6.0, move, "Own a part", "Let me start again.", "It costs less.", because)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "calls.db"


@pytest.fixture
def store(path: Path) -> Iterator[LocalStore]:
    """A store with a live call, under way: one turn with two flags, and the cue for the first."""
    with closing(LocalStore(path, KEY)) as store:
        begin(store)
        yield store


def begin(store: LocalStore, call_id: str = "c1", source: CallSource = CallSource.LIVE) -> None:
    store.begin(replace(header(call_id), source=source))
    for item in (turn(0, SAID), MovesFound(0, MOVES), flag_cue()):
        store.append(call_id, item)


def only(store: LocalStore) -> Judgement:
    [one] = store.judgements()
    return one


def test_an_unfair_cue_is_kept_with_its_turn(store: LocalStore) -> None:
    """Call, turn, move, the words, how sure the detector was, and when: all of it, at once."""
    before = dt.datetime.now(dt.UTC)
    store.append("c1", UNFAIR)
    one = only(store)
    assert (one.verdict, one.stands, one.contested) == (Verdict("blaming", False), True, True)
    assert (one.call_id, one.call_title, one.turn_index, one.at_s) == ("c1", "A call", 0, 0.0)
    assert (one.text, one.words, one.confidence) == (SAID, SAID[:32], 0.81)
    assert one.labels == ("blaming", "dismissing")
    assert before <= one.said_at <= dt.datetime.now(dt.UTC)


def test_it_is_kept_once_however_often_the_call_is_written(store: LocalStore) -> None:
    """Neither the end of the call nor a repeated event says it again, or again after it was taken back."""
    store.append("c1", UNFAIR)
    first = only(store)
    store.take_back([first.id])
    store.append("c1", UNFAIR)
    record, _ = store.load("c1")
    store.finish(record, summary())
    assert only(store).id == first.id
    assert not only(store).stands
    assert list(store.verdicts()) == []


def test_a_flag_of_the_transcript_can_be_called_unfair(store: LocalStore) -> None:
    """Also one that never had a cue; said twice it counts once; taken back it can be said again."""
    first = store.contest("c1", 0, "dismissing")
    assert store.contest("c1", 0, "dismissing") == first
    assert list(store.verdicts()) == [Verdict("dismissing", False)]
    assert store.take_back([first]) == [first]
    assert store.take_back([first]) == []
    assert list(store.verdicts()) == []
    assert store.contest("c1", 0, "dismissing") == first
    assert list(store.verdicts()) == [Verdict("dismissing", False)]


@pytest.mark.parametrize(
    ("call", "index", "move"), [("c1", 0, "selling"), ("c1", 7, "blaming"), ("c9", 0, "blaming")]
)
def test_what_is_not_flagged_cannot_be_unfair(store: LocalStore, call: str, index: int, move: str) -> None:
    """There must be such a flag, in such a turn, in such a call."""
    with pytest.raises(KnownError) as refused:
        store.contest(call, index, move)
    assert refused.value.code == "flag-unknown"
    assert store.judgements() == []


def test_an_undo_can_itself_be_undone_exactly(store: LocalStore) -> None:
    """Taken back and restored, nothing is different: not the order, not the time."""
    store.append("c1", UNFAIR)
    store.contest("c1", 0, "dismissing")
    before = store.judgements()
    ids = [one.id for one in before]
    assert store.take_back(ids) == ids
    assert store.contest_again(ids) == ids
    assert store.judgements() == before
    with pytest.raises(KnownError) as refused:
        store.take_back([*ids, 999])
    assert refused.value.code == "feedback-unknown"
    assert store.judgements() == before, "half of it was done"


def test_a_cue_taken_up_in_a_live_call_confirms_its_move(store: LocalStore) -> None:
    """Repaired is fair; in a recording nobody saw the cue, so it says nothing."""
    store.append("c1", CueEnded("q1", 20.0, CueEnd.REPAIRED, "owning", 1))
    assert only(store).verdict == Verdict("blaming", True)
    assert list(store.verdicts()) == [], "a confirmation alone changes no threshold"
    begin(store, "c2", CallSource.FILE)
    store.append("c2", CueEnded("q1", 20.0, CueEnd.REPAIRED, "owning", 1))
    assert only(store).call_id == "c1"
    store.append("c2", replace(UNFAIR, at_s=21.0))
    assert list(store.verdicts()) == [Verdict("blaming", True), Verdict("blaming", False)]


def test_the_agents_own_word_counts_more(store: LocalStore) -> None:
    """A flag that was repaired and is then called unfair is no confirmation, until that is taken back."""
    store.append("c1", CueEnded("q1", 20.0, CueEnd.REPAIRED, "owning", 1))
    said = store.contest("c1", 0, "blaming")
    assert list(store.verdicts()) == [Verdict("blaming", False)]
    store.take_back([said])
    assert [one.verdict.fair for one in store.judgements() if one.stands] == [True]


@pytest.mark.parametrize("end", [CueEnd.DISMISSED, CueEnd.EXPIRED])
def test_other_ends_say_nothing_of_the_flag(store: LocalStore, end: CueEnd) -> None:
    """Not now is not unfair, and neither is silence."""
    store.append("c1", CueEnded("q1", 20.0, end))
    assert store.judgements() == []


def test_a_cue_for_what_is_missing_stands_for_no_flag(store: LocalStore) -> None:
    """There is no threshold for what was not said."""
    store.append("c1", flag_cue("no_apology", "q2"))
    store.append("c1", CueEnded("q2", 20.0, CueEnd.UNFAIR))
    assert store.judgements() == []


def test_a_deleted_call_takes_its_words_along(store: LocalStore) -> None:
    """Deleted, none of its words are shown; restored, they are back; gone for good, the verdict stays."""
    store.append("c1", UNFAIR)
    whole = only(store)
    store.delete("c1")
    bare = only(store)
    assert (bare.call_id, bare.text, bare.words, bare.labels, bare.call_title) == (None, "", "", (), "")
    assert (bare.id, bare.said_at, bare.verdict) == (whole.id, whole.said_at, whole.verdict)
    store.restore("c1")
    assert only(store) == whole
    store.delete("c1")
    assert store.purge(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1)) == 1
    assert only(store) == bare
    assert list(store.verdicts()) == [Verdict("blaming", False)]
    store.take_back([bare.id])
    assert list(store.verdicts()) == []
    store.purge(bare.said_at)
    assert [one.id for one in store.judgements()] == [bare.id], "it can still be restored"
    store.purge(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1))
    assert store.judgements() == []


def test_nothing_points_to_a_call_that_is_gone(store: LocalStore, path: Path) -> None:
    """The row keeps neither the call nor the place in it; another call under the same id is another one."""
    store.append("c1", CueEnded("q1", 20.0, CueEnd.REPAIRED, "owning", 1))
    store.contest("c1", 0, "blaming")
    store.delete("c1")
    store.purge(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1))
    with closing(connect(path, KEY.unlock)) as connection:
        rows = connection.execute("SELECT call_id, turn_index, move, fair FROM feedback").fetchall()
    assert rows == [(None, None, "blaming", 0)]
    begin(store)
    store.append("c1", UNFAIR)
    assert [one.call_id for one in store.judgements()] == [None, "c1"]


def test_a_store_from_before_feedback_is_upgraded(path: Path, tmp_path: Path) -> None:
    """An old store keeps its calls and gets a place for feedback: past flags can then be called unfair."""
    scripts = tmp_path / "old"
    shutil.copytree(SCRIPTS, scripts)
    for file in (scripts / "versions").glob("*.py"):
        if file.name[:4] > "0002":
            file.unlink()
    path.touch()
    engine = make_engine(lambda: connect(path, KEY.unlock))
    prepare(engine, path, 1.0, lambda place: connect(place, KEY.unlock), scripts, "0002")
    with engine.begin() as old:
        old.exec_driver_sql(
            "INSERT INTO calls (id, started_at, started_utc, source, title, model, duration_s, call_flags,"
            " finished) VALUES ('old', '2026-11-20T12:00:00+01:00', 1.0, 'live', 'Old', 'base', 5.0, '[]', 1)"
        )
        old.exec_driver_sql("INSERT INTO turns VALUES (1, 'old', 0, 'Calm down.', 0.0, 1.0, 'agent', '[]')")
        old.exec_driver_sql("INSERT INTO moves_found VALUES ('old', 0)")
        old.exec_driver_sql("INSERT INTO moves VALUES ('old', 0, 0, 'dismissing', 0.7, 0, 10)")
    engine.dispose()
    with closing(LocalStore(path, KEY)) as store:
        store.contest("old", 0, "dismissing")
        assert only(store).words == "Calm down."
    assert path.with_name(f"calls.db.before-{REVISION}").is_file()


def test_ids_are_never_used_twice(store: LocalStore) -> None:
    """People name feedback by its id; one that is gone must not come to mean another."""
    said = store.contest("c1", 0, "blaming")
    store.append("c1", CueEnded("q1", 20.0, CueEnd.REPAIRED, "owning", 1))
    store.delete("c1")
    store.purge(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1))
    assert [one.id for one in store.judgements()] == [said], "the overruled one went"
    begin(store)
    assert store.contest("c1", 0, "blaming") == said + 2


def test_the_record_keeps_the_flag_and_its_confidence(store: LocalStore) -> None:
    """Calling it unfair changes what comes, not what was."""
    store.append("c1", UNFAIR)
    record, _ = store.load("c1")
    assert isinstance(record, CallRecord)
    assert record.moves[0] == MOVES


def test_verdicts_follow_every_change_made_here_or_elsewhere(store: LocalStore, path: Path) -> None:
    """They are read at every turn, so what has not changed is not read again; what has changed always is."""
    assert store.verdicts() is store.verdicts()
    store.append("c1", UNFAIR)
    said = store.verdicts()
    assert list(said) == [Verdict("blaming", False)]
    store.append("c1", turn(1, "Right."))
    assert store.verdicts() is said
    with closing(LocalStore(path, KEY)) as other:
        other.take_back([1])
        assert list(store.verdicts()) == []
        other.contest_again([1])
        assert store.verdicts() == said
        other.contest("c1", 0, "dismissing")
    assert len(store.verdicts()) == 2


def test_unfair_may_be_said_before_its_turn_has_ended(path: Path) -> None:
    """A cue that interrupts is there before its turn is kept; words and confidence are found later."""
    with closing(LocalStore(path, KEY)) as store:
        store.begin(header())
        store.append("c1", flag_cue())
        store.append("c1", UNFAIR)
        assert (only(store).text, only(store).confidence) == ("", None)
        assert list(store.verdicts()) == [Verdict("blaming", False)]
        store.append("c1", turn(0, SAID))
        store.append("c1", MovesFound(0, MOVES))
        assert (only(store).words, only(store).confidence) == (SAID[:32], 0.81)
