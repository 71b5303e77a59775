"""What a whole call is missing, known from the agent's side alone."""

from __future__ import annotations

from collections.abc import Callable

from coach.calls.record import agent_turns, moves_in, standing
from coach.complaint import is_monologue, is_perk, is_sign, is_solution
from coach.events import CallRecord, Owner, Turn


def call_flags(record: CallRecord) -> list[str]:
    """Names of the flags that apply, in the order of the taxonomy's description."""
    return [name for name, turn_of in _FLAGS.items() if turn_of(record) is not None]


def turn_behind(flag: str, record: CallRecord) -> Turn | None:
    """The turn that shows why ``flag`` applies; None where it does not apply."""
    return _FLAGS[flag](record)


def complaint_turn(record: CallRecord) -> Turn | None:
    """The first turn that shows the call is about a complaint; sympathy alone is also for sad news."""
    signs = [turn for turn in agent_turns(record) if is_sign(_names(record, turn))]
    is_more = any(is_sign(_names(record, turn) - {"empathising"}) for turn in signs)
    return signs[0] if is_more else None


def _names(record: CallRecord, turn: Turn) -> set[str]:
    return {move.name for move in moves_in(record, turn)}


def _has(record: CallRecord, move: str) -> bool:
    return any(move in _names(record, turn) for turn in agent_turns(record))


def _no_apology(record: CallRecord) -> Turn | None:
    return None if _has(record, "apologising") else complaint_turn(record)


def _no_commitment(record: CallRecord) -> Turn | None:
    promised = any(promise.owner is not Owner.CUSTOMER for promise in standing(record))
    return None if promised or _has(record, "committing") else complaint_turn(record)


def _no_ask(record: CallRecord) -> Turn | None:
    return None if _has(record, "asking_input") else complaint_turn(record)


def _no_root_cause(record: CallRecord) -> Turn | None:
    return None if _has(record, "root_cause") else complaint_turn(record)


def _monologue(record: CallRecord) -> Turn | None:
    return next((turn for turn in agent_turns(record) if is_monologue(turn, _names(record, turn))), None)


def _perks_alone(record: CallRecord) -> Turn | None:
    turns = agent_turns(record)
    if _has(record, "apologising") or any(is_solution(turn, _names(record, turn)) for turn in turns):
        return None
    return next((turn for turn in turns if is_perk(turn, _names(record, turn))), None)


_FLAGS: dict[str, Callable[[CallRecord], Turn | None]] = {
    "no_apology": _no_apology,
    "no_commitment": _no_commitment,
    "no_ask": _no_ask,
    "no_root_cause": _no_root_cause,
    "monologue": _monologue,
    "perks_alone": _perks_alone,
}
