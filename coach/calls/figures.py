"""One call in numbers, for progress over weeks."""

from __future__ import annotations

from coach.calls.record import agent_turns, moves_in, repaired_within
from coach.events import CallRecord
from coach.taxonomy import is_flag
from coach.values.practice_log import CallFigures


def figures(record: CallRecord) -> CallFigures:
    """Counts what the agent said; moves of one turn are counted each."""
    turns = agent_turns(record)
    names = [move.name for turn in turns for move in moves_in(record, turn)]
    contentious = sum(is_flag(name) for name in names)
    flagged = repaired_within(record)
    return CallFigures(
        started_at=record.header.started_at,
        words=sum(len(turn.text.split()) for turn in turns),
        contentious=contentious,
        repairs=len(names) - contentious,
        flags=len(flagged),
        repaired=sum(flag.repaired for flag in flagged),
    )
