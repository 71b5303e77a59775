"""``sameside commitments``: JSON lines in, JSON lines out, and errors that name the line."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from coach import bootstrap
from coach.commands import commitments
from coach.errors import KnownError


class FakeDetector:
    """Every turn commits."""

    def scores(self, text: str, context: Sequence[str] = ()) -> dict[str, float]:
        return {"committing": 0.9}


def run(tmp_path: Path, lines: str, *options: str) -> int:
    source = tmp_path / "in.jsonl"
    source.write_text(lines, encoding="utf-8")
    parser = argparse.ArgumentParser()
    commitments.register(parser.add_subparsers())
    args = parser.parse_args(["commitments", str(source), *options])
    return int(args.run(args))


@pytest.fixture(autouse=True)
def fake_detector(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "load_detector", FakeDetector)


def out(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_gives_its_commitments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A turn comes back with every field, its date-time without an offset as it was given."""
    assert (
        run(tmp_path, '{"id": 7, "text": "I\'ll ring you at noon tomorrow."}', "--at", "2026-11-20T16:05")
        == 0
    )
    assert out(capsys) == [
        {
            "id": 7,
            "commitments": [
                {
                    "action": "ring you",
                    "owner": "agent",
                    "due_text": "at noon tomorrow",
                    "due": "2026-11-21T12:00",
                    "conditional": False,
                    "evidence": "I'll ring you at noon tomorrow",
                }
            ],
        }
    ]


def test_a_lines_own_time_wins_and_keeps_its_offset(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """ "at" of a line goes before --at; the offset is shown where it was given."""
    line = '{"id": 1, "turns": ["I\'ll ring you.", "In an hour."], "at": "2026-11-20T16:05:00+05:30"}'
    assert run(tmp_path, line, "--at", "2020-01-01T00:00") == 0
    (row,) = out(capsys)
    assert [one["due"] for one in row["commitments"]] == ["2026-11-20T17:05+05:30"]


@pytest.mark.parametrize(
    ("lines", "options", "says"),
    [
        ('{"id": 1, "text": "a"}\nnot json', (), "line 2"),
        ('{"text": "a"}', (), "line 1"),
        ('{"id": 1}', (), "line 1"),
        ('{"id": 1, "text": "a", "at": "yesterday"}', (), "line 1"),
        ('{"id": 1, "text": "a"}', ("--at", "soon"), "--at soon"),
    ],
)
def test_bad_input_is_named(tmp_path: Path, lines: str, options: tuple[str, ...], says: str) -> None:
    """Bad JSON, a missing field or a bad date is an error the user can act on, with its line."""
    with pytest.raises(KnownError, match=says):
        run(tmp_path, lines, *options)


def test_no_lines_need_no_detector(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Empty input gives empty output, without loading a model."""
    monkeypatch.setattr(bootstrap, "load_detector", None)
    assert run(tmp_path, "\n") == 0
    assert out(capsys) == []
