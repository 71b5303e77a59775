"""A recording in line as it is found, as it is put back, and as it stands in the report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from coach.recordings.report import Outcome, Result
from coach.values.batches import BatchItem, BatchState, Side

_RESULTS = {
    BatchState.DONE: Result.REVIEWED,
    BatchState.KNOWN: Result.KNOWN,
    BatchState.FAILED: Result.FAILED,
}
_ASKS = "Several people speak in it: it waits until you say which voice is yours."


def as_found(item: BatchItem) -> BatchItem:
    """As the line has it that nobody goes through now."""
    return replace(item, state=BatchState.WAITING) if item.state is BatchState.RUNNING else item


def put_back(item: BatchItem, side: Side | None) -> BatchItem:
    heard = item.state in (BatchState.DONE, BatchState.KNOWN)
    return replace(
        item,
        state=BatchState.WAITING,
        side=item.side if side is None else side,
        again=item.again or heard,
        why="",
        tries=0,
    )


def outcome_of(item: BatchItem) -> Outcome:
    result = _RESULTS.get(item.state, Result.NOT_BEGUN)
    asks = _ASKS if item.state is BatchState.ASKING else ""
    why = " ".join(part for part in (asks, item.why, *item.notes, item.taken) if part)
    return Outcome(item.path, result, why, item.call_id, item.duration_s)


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0
