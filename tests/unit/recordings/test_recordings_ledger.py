from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from coach.errors import KnownError
from coach.recordings.ledger import digest_of, stamp_of, take_over
from coach.recordings.report import Outcome, Result, as_csv, counted
from coach.values.batches import Reviewed
from tests.fakes import sample_call
from tests.fakes.batch import MemoryBatch
from tests.fakes.services import MemoryStore


@pytest.fixture
def store() -> MemoryBatch:
    """Among its calls is ``call-1``."""
    calls = MemoryStore()
    calls.begin(sample_call.header("call-1"))
    return MemoryBatch(calls)


def test_what_an_earlier_version_noted_is_taken_over(tmp_path: Path, store: MemoryBatch) -> None:
    """Once: the file goes, and what was noted since in the store stays."""
    path = tmp_path / "recordings.json"
    kept = {"aa": ["call-1", True], "bb": ["call-1", False]}
    path.write_text(json.dumps({"version": 1, "recordings": kept}), encoding="utf-8")
    store.keep_reviewed("bb", Reviewed("call-1", finished=True))
    take_over(path, store)
    take_over(path, store)
    assert store.known == {"aa": Reviewed("call-1", True), "bb": Reviewed("call-1", True)}
    assert not path.exists()


@pytest.mark.parametrize(
    "damaged", [b"", b"{", b"[]", b"\xff", b'{"recordings": {"aa": 3}}', b'{"recordings": []}']
)
def test_a_damaged_file_of_before_counts_as_empty(tmp_path: Path, store: MemoryBatch, damaged: bytes) -> None:
    """At worst a recording is reviewed again; nobody is stopped by a damaged file."""
    (tmp_path / "recordings.json").write_bytes(damaged)
    take_over(tmp_path / "recordings.json", store)
    assert store.known == {}


def test_recordings_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    """A copy under another name is the same recording; one more byte is another."""
    for name, content in (("a.wav", b"sound"), ("b.wav", b"sound"), ("c.wav", b"sounds")):
        (tmp_path / name).write_bytes(content)
    a, b, c = (digest_of(tmp_path / name) for name in ("a.wav", "b.wav", "c.wav"))
    assert a == b
    assert a != c
    with pytest.raises(KnownError):
        digest_of(tmp_path / "gone.wav")
    assert stamp_of(tmp_path / "gone.wav") is None
    assert stamp_of(tmp_path / "a.wav") != stamp_of(tmp_path / "c.wav")


def test_the_report_holds_every_recording_whatever_its_name() -> None:
    """Commas, quotes and line breaks stay in their cell, and no name becomes a formula in a spreadsheet."""
    names = ['=cmd|" /C calc"!A0', 'a,"b"', "two\nlines", "bad\udcff.wav"]
    outcomes = [Outcome(Path(name), Result.FAILED, "not a recording") for name in names]
    rows = list(csv.reader(io.StringIO(as_csv(outcomes))))
    assert [row[0] for row in rows[1:]] == [f"'{names[0]}", names[1], names[2], "bad?.wav"]
    assert {row[1] for row in rows[1:]} == {"failed"}


def test_the_last_line_counts_what_there_was() -> None:
    """Kinds that did not happen are not named."""
    kinds = [Result.REVIEWED, Result.FAILED, Result.REVIEWED]
    assert counted([Outcome(Path("a"), kind) for kind in kinds]) == "2 reviewed, 1 failed"
