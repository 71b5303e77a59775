"""What is said of a recording in line."""

from __future__ import annotations

from collections.abc import Sequence

from coach.values.batches import OVER, BatchItem, BatchState, ItemProgress
from coach.values.file_names import shown_name
from ui import text

STATES: dict[BatchState, str] = {
    BatchState.WAITING: "Waiting",
    BatchState.ASKING: "Needs you",
    BatchState.RUNNING: "Reading",
    BatchState.DONE: "Reviewed",
    BatchState.KNOWN: "Reviewed before",
    BatchState.FAILED: "Failed",
    BatchState.STOPPED: "Taken out",
}


HELD = "Waits until the call has ended"
LEAVING = "Being taken out…"
"""It comes to the end of the piece it hears."""


def state_text(item: BatchItem, progress: ItemProgress | None, waits: str = "") -> str:
    """One line: what it is doing, or what became of it. ``waits``: why what is read does not go on."""
    if item.state is BatchState.RUNNING:
        return waits or _reading(progress)
    if item.state is BatchState.FAILED:
        return item.why
    if item.state is BatchState.KNOWN:
        return "Reviewed before, so it was not done again"
    if item.state is BatchState.DONE:
        return " · ".join(part for part in (text.clock(item.duration_s), *item.notes[:1], item.taken) if part)
    if item.state is BatchState.STOPPED:
        return "Taken out of the line"
    if item.state is BatchState.ASKING:
        return "Needs you: which voice is yours?"
    return _side(item)


def _reading(progress: ItemProgress | None) -> str:
    if progress is None:
        return "Getting ready"
    parts = []
    if progress.total_s > 0:
        parts.append(f"{share(progress):.0%} of {text.clock(progress.total_s)}")
    else:
        parts.append(f"{text.clock(progress.at_s)} read")
    if progress.left_s is not None:
        parts.append(f"{left_text(progress.left_s)} left")
    return " · ".join(parts)


def share(progress: ItemProgress | None) -> float:
    """How much of it is read, 0 to 1; a file may last longer than it says."""
    if progress is None or progress.total_s <= 0:
        return 0.0
    return min(1.0, progress.at_s / progress.total_s)


def _side(item: BatchItem) -> str:
    side = item.side
    if side.find:
        return "Waiting · the channel with your voice"
    if side.channel is not None:
        return f"Waiting · {('left', 'right')[side.channel] if side.channel < 2 else 'one'} channel"
    if side.everyone:
        return "Waiting · every voice is yours"
    return "Waiting · the voice you picked" if side.voice_id else "Waiting"


def left_text(seconds: float) -> str:
    """About how long: "less than a minute", "about 4 min", "about 2 h 10 min"."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "less than a minute"
    if minutes < 60:
        return f"about {minutes} min"
    hours, rest = divmod(minutes if minutes < 600 else round(minutes / 60) * 60, 60)
    return f"about {hours} h {rest} min" if rest else f"about {hours} h"


def line_text(items: Sequence[BatchItem], all_left_s: float | None, held: bool) -> str:
    """How far the whole line is."""
    over = sum(one.state in OVER for one in items)
    said = f"{text.number(over)} of {text.number(len(items))} done"
    if held:
        return f"{said} · waits until the call has ended"
    return f"{said} · {left_text(all_left_s)} left" if all_left_s is not None else said


def result_text(items: Sequence[BatchItem]) -> str:
    """What became of them: "7 reviewed, 1 failed, 1 needs you"."""
    words = {
        BatchState.DONE: "reviewed",
        BatchState.KNOWN: "reviewed before",
        BatchState.FAILED: "failed",
        BatchState.STOPPED: "taken out",
        BatchState.WAITING: "waiting",
    }
    counts = {state: sum(one.state is state for one in items) for state in words}
    said = [f"{text.number(counts[state])} {words[state]}" for state in words if counts[state]]
    asking = sum(one.state is BatchState.ASKING for one in items)
    if asking:
        said.append(f"{text.number(asking)} {'needs' if asking == 1 else 'need'} you")
    return ", ".join(said)


def spoken(item: BatchItem, progress: ItemProgress | None, waits: str = "") -> str:
    """The whole row as a screen reader says it."""
    said = state_text(item, progress, waits)
    state = STATES[item.state]
    parts = [shown_name(item.path.name), said if said.startswith(state) else f"{state}. {said}"]
    if item.state is BatchState.DONE:
        parts.append(flags_text(item))
    return ". ".join(part for part in parts if part)


def flags_text(item: BatchItem) -> str:
    if not item.flags:
        return ""
    flags = text.count_text(item.flags, "flag", "flags")
    return f"{flags}, {item.repaired} repaired" if item.repaired else flags
