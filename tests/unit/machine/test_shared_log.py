"""The log that the app and the command line write into at the same time."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from filelock import FileLock

from coach.machine import shared_log
from coach.machine.shared_log import SharedLog

MOST = 200


def record(text: str) -> logging.LogRecord:
    return logging.LogRecord("coach", logging.WARNING, "", 0, text, None, None)


def lines(path: Path, older: int) -> list[str]:
    """Of all files, oldest first."""
    files = [*(path.with_name(f"{path.name}.{number}") for number in range(older, 0, -1)), path]
    return [line for file in files if file.exists() for line in file.read_text("utf-8").splitlines()]


def test_two_who_write_in_turn_lose_no_line_where_the_file_is_moved_away(tmp_path: Path) -> None:
    """Neither writes on in the old file or moves a young one away: what is there is the latest, in order."""
    path = tmp_path / "sameside.log"
    logs = [SharedLog(path, MOST, 2) for _ in range(2)]
    said = [f"line {number:03d}" for number in range(100)]
    for number, text in enumerate(said):
        logs[number // 3 % 2].handle(record(text))
    kept = lines(path, 2)
    assert kept == said[-len(kept) :]
    sizes = [file.stat().st_size for file in tmp_path.glob("sameside.log.[12]")]
    assert len(sizes) == 2
    assert min(sizes) > MOST * 0.9, "none was moved away before it was full"
    assert max(sizes) <= MOST


def test_whoever_cannot_take_turns_writes_on_and_moves_nothing_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process may have stopped in the middle of a line; the app does not stop with it."""
    monkeypatch.setattr(shared_log, "_PATIENCE_S", 0.0)
    path = tmp_path / "sameside.log"
    log = SharedLog(path, MOST, 2)
    with FileLock(tmp_path / "sameside.log.lock"):
        for number in range(40):
            log.handle(record(f"line {number:03d}"))
    assert lines(path, 0) == [f"line {number:03d}" for number in range(40)]
    assert not path.with_name("sameside.log.1").exists()
    log.handle(record("line 040"))
    assert lines(path, 0) == ["line 040"]


def test_a_log_that_cannot_be_locked_is_written_all_the_same(tmp_path: Path) -> None:
    """As in a folder in which the lock's name is taken by something else."""
    path = tmp_path / "sameside.log"
    (tmp_path / "sameside.log.lock").mkdir()
    log = SharedLog(path, MOST, 2)
    log.handle(record("line"))
    assert lines(path, 0) == ["line"]
