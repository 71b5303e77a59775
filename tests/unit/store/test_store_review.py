"""Where recordings are, notes and corrections come back as kept, and go with their call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coach.errors import KnownError
from coach.events import CallRecord, CueEnd, CueEnded, Move
from coach.store.local import LocalStore
from coach.values.reviewing import Correction, FlagNote, Recording, TurnState
from tests.unit.store.store_parts import KEY, NOON, cue, header, promise, summary, turn

HEARD = "I'll call you back"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    store = LocalStore(tmp_path / "calls.db", KEY)
    store.finish(
        CallRecord(header(), turns=[turn(0, HEARD)], cues=[cue()], commitments=[promise()]), summary()
    )
    yield store
    store.close()


def test_all_of_it_comes_back_as_kept(store: LocalStore) -> None:
    """A place that is no text too; a correction with the whole turn as it was."""
    recording = Recording("c1", "/calls/caf\udce9.wav", 12, 3.5, "ab" * 32, 1)
    store.keep_recording(replace(recording, path="/elsewhere"))
    store.keep_recording(recording)
    assert store.recording("c1") == recording
    assert store.recording("c2") is None
    store.keep_flag_note("c1", FlagNote(0, "blaming", "first"))
    store.keep_flag_note("c1", FlagNote(0, "blaming", "I was tired"))
    store.keep_flag_note("c1", FlagNote(0, "selling", "gone"))
    store.keep_flag_note("c1", FlagNote(0, "selling", " "))
    assert store.flag_notes("c1") == [FlagNote(0, "blaming", "I was tired")]
    before = TurnState(
        turn(0, HEARD),
        (Move("blaming", 0.5, (0, 4)),),
        (promise(due=(NOON, NOON)),),
        (CueEnded("q1", 2.0, CueEnd.REPAIRED, "owning", 0),),
    )
    record, _ = store.load("c1")
    record.turns = [turn(0, "I'll pull you back")]
    number = store.keep_correction(record, summary(), Correction(0, NOON, before, "I'll pull you back"))
    assert store.corrections("c1") == [Correction(0, NOON, before, "I'll pull you back", number)]
    assert [row.id for row in store.listing("pull")] == ["c1"]
    record.turns = [before.turn]
    store.undo_correction(record, summary(), number)
    assert store.corrections("c1")[0].undone
    assert store.listing("pull") == []
    assert [row.id for row in store.listing("call")] == ["c1"]


def test_all_of_it_goes_with_the_call(store: LocalStore) -> None:
    """A call deleted for good leaves no note, no place and no word behind."""
    store.keep_recording(Recording("c1", "/calls/a.wav", 1, 2.0, ""))
    store.keep_flag_note("c1", FlagNote(0, "blaming", "I was tired"))
    record, _ = store.load("c1")
    store.keep_correction(record, summary(), Correction(0, NOON, TurnState(turn(0, HEARD), (), ()), HEARD))
    store.delete("c1")
    store.purge(NOON.replace(year=2100))
    assert store.recording("c1") is None
    assert store.flag_notes("c1") == []
    assert store.corrections("c1") == []
    for keep in (
        lambda: store.keep_recording(Recording("c1", "/calls/a.wav", 1, 2.0, "")),
        lambda: store.keep_flag_note("c1", FlagNote(0, "blaming", "late")),
    ):
        with pytest.raises(KnownError) as refused:
            keep()
        assert refused.value.code == "call-unknown"


def test_a_call_deleted_for_good_does_not_come_back_by_a_correction(store: LocalStore) -> None:
    """As where it is deleted at the command line while its words are put right in the window."""
    record, _ = store.load("c1")
    correction = Correction(0, NOON, TurnState(record.turns[0], (), (), ()), "else")
    kept = store.keep_correction(record, summary(), correction)
    store.forget("c1")
    for change in (
        lambda: store.keep_correction(record, summary(), correction),
        lambda: store.undo_correction(record, summary(), kept),
    ):
        with pytest.raises(KnownError, match="no longer among your calls"):
            change()
    assert store.listing() == []
