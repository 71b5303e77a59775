"""``sameside review`` of a recording in which others speak too: the agent is told how long."""

from __future__ import annotations

import csv
from pathlib import Path
from types import SimpleNamespace

import pytest

from coach import cli
from coach.commands import review
from coach.events import CallRecord, OtherVoice, SessionStopped
from coach.ports import Sink
from tests.fakes import sample_call

Lines = pytest.CaptureFixture[str]


class HeardCall:
    """Over as soon as it was begun; ``others_s`` of it were other voices."""

    call_id = "heard"

    def __init__(self, sink: Sink, others_s: float, record: CallRecord) -> None:
        self._sink, self._others_s, self._record = sink, others_s, record

    def start(self) -> None:
        self._sink(OtherVoice(10.0, 10.0 + self._others_s))
        self._sink(SessionStopped(self._record, sample_call.summary(), False))

    def stop(self) -> None:
        pass

    def join(self, _timeout_s: float) -> bool:
        return True


def reviewed(
    monkeypatch: pytest.MonkeyPatch, path: Path, others_s: float, record: CallRecord, *words: str
) -> None:
    services = SimpleNamespace(
        playbook_trouble=None,
        close=lambda: None,
        file_call=lambda _path, _channel, sink, **_chosen: HeardCall(sink, others_s, record),
    )
    monkeypatch.setattr(review, "make_services", lambda: services)
    path.write_bytes(b"no sound, and never read")
    assert cli.main(["review", str(path), *words]) == 0


def test_how_long_others_spoke_is_told_beside_the_words(
    monkeypatch: pytest.MonkeyPatch, capsys: Lines, tmp_path: Path
) -> None:
    """In one line, as the app says it, and in the report too; a word of a passer-by is not worth one."""
    path, report = tmp_path / "a.wav", tmp_path / "report.csv"
    note = "Other voices spoke for 1:10; not a word of it was kept."
    reviewed(monkeypatch, path, 70.0, sample_call.record(), "--report", str(report))
    assert capsys.readouterr().err.splitlines() == [f"a.wav: {note}"]
    [row] = csv.DictReader(report.read_text(encoding="utf-8").splitlines())
    assert row["why"] == note
    reviewed(monkeypatch, path, 4.0, sample_call.record())
    assert capsys.readouterr().err == ""


def test_where_there_are_no_words_it_is_told_by_what_went_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: Lines, tmp_path: Path
) -> None:
    """That nothing was heard of the agent says it already."""
    empty = CallRecord(sample_call.record().header, duration_s=80.0)
    reviewed(monkeypatch, tmp_path / "a.wav", 70.0, empty)
    assert capsys.readouterr().err == ""
