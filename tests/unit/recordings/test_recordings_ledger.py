from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from coach.errors import KnownError
from coach.recordings.ledger import Entry, Ledger, digest_of, stamp_of
from coach.recordings.report import Outcome, Result, as_csv, counted


def test_what_was_begun_and_finished_is_known_by_the_next_run(tmp_path: Path) -> None:
    """After a crash it is known what was done, and what only half."""
    ledger = Ledger(tmp_path / "recordings.json")
    ledger.begin("aa", "call-1")
    ledger.begin("bb", "call-2")
    ledger.finish("aa")
    ledger.begin("cc", "call-3")
    ledger.forget("cc")
    again = Ledger(tmp_path / "recordings.json")
    found = [again.find(digest) for digest in ("aa", "bb", "cc")]
    assert found == [Entry("call-1", True), Entry("call-2", False), None]


@pytest.mark.parametrize(
    "damaged", [b"", b"{", b"[]", b"\xff", b'{"recordings": {"aa": 3}}', b'{"recordings": []}']
)
def test_a_damaged_ledger_counts_as_empty(tmp_path: Path, damaged: bytes) -> None:
    """At worst a recording is reviewed again; nobody is stopped by a damaged file."""
    (tmp_path / "recordings.json").write_bytes(damaged)
    ledger = Ledger(tmp_path / "recordings.json")
    ledger.begin("aa", "call-1")
    assert Ledger(tmp_path / "recordings.json").find("aa") == Entry("call-1", False)


def test_no_name_of_a_recording_is_written_down(tmp_path: Path) -> None:
    """Files are often named after customers, and the ledger is not locked."""
    recording = tmp_path / "Mrs Abernathy.wav"
    recording.write_bytes(b"sound")
    ledger = Ledger(tmp_path / "recordings.json")
    ledger.begin(digest_of(recording), "call-1")
    assert b"Abernathy" not in (tmp_path / "recordings.json").read_bytes()


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
