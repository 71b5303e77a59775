"""What became of each recording of a batch: for people in a few lines, for others as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Result(Enum):
    REVIEWED = "reviewed"
    KNOWN = "known"
    FAILED = "failed"
    NOT_BEGUN = "not begun"


@dataclass(frozen=True, slots=True)
class Outcome:
    """``why`` says in a sentence what was wrong, if anything; ``call_id`` is "" where none is kept."""

    path: Path
    result: Result
    why: str = ""
    call_id: str = ""
    duration_s: float = 0.0


def counted(outcomes: Sequence[Outcome]) -> str:
    """One line: "3 reviewed, 1 known from before, 1 failed"."""
    words = {
        Result.REVIEWED: "reviewed",
        Result.KNOWN: "known from before",
        Result.FAILED: "failed",
        Result.NOT_BEGUN: "not begun",
    }
    counts = {result: sum(one.result is result for one in outcomes) for result in words}
    return ", ".join(f"{counts[result]} {words[result]}" for result in words if counts[result])


def as_csv(outcomes: Sequence[Outcome]) -> str:
    """A header and a row each; what a spreadsheet would take for a formula begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["file", "result", "seconds", "call", "why"])
    for one in outcomes:
        name = str(one.path).encode("utf-8", "replace").decode()
        cells = (name, one.result.value, f"{one.duration_s:.1f}", one.call_id, one.why)
        writer.writerow([f"'{cell}" if cell[:1] in "=+-@\t" and cell else cell for cell in cells])
    return text.getvalue()
