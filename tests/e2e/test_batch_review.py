"""A folder of recordings by the command line: without a hand, none twice, and a report of what failed."""

from __future__ import annotations

import csv
import io
import os
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from coach import cli
from coach.bootstrap import make_services
from coach.recordings.ledger import digest_of
from coach.values.batches import Reviewed
from tests.e2e.command_line import Capture, Recogniser, calls

pytestmark = pytest.mark.usefixtures("own_home")


def kept(capsys: Capture) -> list[dict[str, Any]]:
    """The calls in the list, whatever was printed before."""
    capsys.readouterr()
    return calls(capsys)


@pytest.fixture
def folder(tmp_path: Path, three_sentences: Path) -> Path:
    """Two recordings of which one is there twice, and one that is none."""
    made = tmp_path / "calls, all of “them”"
    made.mkdir()
    shutil.copy(three_sentences, made / "a.flac")
    shutil.copy(three_sentences, made / "a copy.flac")
    shutil.copy(three_sentences, made / "b.flac")
    with (made / "b.flac").open("ab") as file:
        file.write(bytes(10))
    (made / "c.wav").write_text("not a recording")
    return made


def test_a_folder_is_reviewed_without_a_hand_and_none_twice(
    recogniser: Recogniser, capsys: Capture, tmp_path: Path, folder: Path
) -> None:
    """Each recording becomes one call, a copy none; what failed is told and reported; again is no work."""
    report = tmp_path / "report.csv"
    assert cli.main(["review", "--save", "--report", str(report), str(folder)]) == 2
    err = capsys.readouterr().err
    assert "4 recordings: 2 reviewed, 1 known from before, 1 failed." in err
    rows = list(csv.DictReader(io.StringIO(report.read_text(encoding="utf-8"))))
    assert [(Path(row["file"]).name, row["result"]) for row in rows] == [
        ("a copy.flac", "reviewed"),
        ("a.flac", "known"),
        ("b.flac", "reviewed"),
        ("c.wav", "failed"),
    ]
    assert "not a sound" in rows[3]["why"]
    assert len(kept(capsys)) == 2
    assert cli.main(["review", "--save", str(folder)]) == 2
    assert "3 known from before, 1 failed" in capsys.readouterr().err
    assert len(kept(capsys)) == 2


def test_a_recording_cut_off_by_a_crash_is_done_again_and_only_once(
    recogniser: Recogniser, capsys: Capture, three_sentences: Path
) -> None:
    """The half call is replaced by the whole one."""
    assert cli.main(["review", "--save", str(three_sentences)]) == 0
    [half] = kept(capsys)
    with closing(make_services()) as services:
        services.store().keep_reviewed(digest_of(three_sentences), Reviewed(half["id"], finished=False))
    assert cli.main(["review", "--save", str(three_sentences)]) == 0
    [whole] = kept(capsys)
    assert whole["id"] != half["id"]


def test_a_recording_that_changes_while_it_is_read_is_not_kept(
    recogniser: Recogniser, capsys: Capture, tmp_path: Path, three_sentences: Path
) -> None:
    """What is still being written would be half a call: it is told, and the next try takes the whole."""
    growing = tmp_path / "growing.flac"
    shutil.copy(three_sentences, growing)
    recogniser.on_first = lambda: os.utime(growing, ns=(1, 1))
    assert cli.main(["review", "--save", str(growing)]) == 2
    assert "changed while it was read" in capsys.readouterr().err
    assert kept(capsys) == []
    assert cli.main(["review", "--save", str(growing)]) == 0
    assert len(kept(capsys)) == 1


def test_a_recording_that_vanishes_while_it_is_read_still_counts(
    recogniser: Recogniser, capsys: Capture, tmp_path: Path, three_sentences: Path
) -> None:
    """What was heard of it is a whole call."""
    going = tmp_path / "going.flac"
    shutil.copy(three_sentences, going)
    recogniser.on_first = going.unlink
    assert cli.main(["review", "--save", str(going)]) == 0
    assert "Hello there." in capsys.readouterr().out
    assert len(kept(capsys)) == 1


def test_a_call_deleted_from_the_list_can_be_reviewed_again(
    recogniser: Recogniser, capsys: Capture, three_sentences: Path
) -> None:
    """Known is what is in the list, not what once was."""
    assert cli.main(["review", "--save", str(three_sentences)]) == 0
    [first] = kept(capsys)
    assert cli.main(["calls", "delete", first["id"]]) == 0
    capsys.readouterr()
    assert cli.main(["calls", "list", "--deleted"]) == 0
    assert first["id"] in capsys.readouterr().out
    assert cli.main(["review", "--save", str(three_sentences)]) == 0
    assert [one["id"] != first["id"] for one in kept(capsys)] == [True]
