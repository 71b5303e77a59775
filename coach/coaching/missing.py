"""What a running call is missing: cued only for a complaint that is plain from the agent's own words."""

from __future__ import annotations

from coach.coaching.call_state import CallState
from coach.coaching.pacing import Pacing
from coach.coaching.playbook import FLAG_REPAIRS
from coach.complaint import is_monologue, is_perk, is_solution
from coach.events import Move, Turn

MISSING = ("perks_alone", "monologue", "no_apology")
"""The flags cued while the call runs, most urgent first."""

_OPENING_WORDS = 12

Found = tuple[int, str]
"""The turn that shows it, and the words of that turn to show."""


def missing(flag: str, state: CallState, turn: Turn, pacing: Pacing) -> Found | None:
    """Where ``flag`` shows as ``turn`` ends; None in a calm call and in doubt."""
    if flag == "monologue":
        return _monologue(state, turn)
    if flag == "perks_alone":
        return _perks_alone(state, turn)
    return _no_apology(state, turn, pacing.missing_after_s)


def evidence_words(turn: Turn, move: Move) -> str:
    """The words that carry ``move``; the whole turn where its range holds none."""
    start, end = move.evidence
    return turn.text[start:end].strip() or turn.text


def _monologue(state: CallState, turn: Turn) -> Found | None:
    names = {move.name for move in state.record.moves.get(turn.index, ())}
    if not is_monologue(turn, names) or not state.is_complaint():
        return None
    return turn.index, " ".join(turn.text.split()[:_OPENING_WORDS])


def _perks_alone(state: CallState, turn: Turn) -> Found | None:
    moves = state.record.moves.get(turn.index, ())
    if not is_perk(turn, {move.name for move in moves}) or not state.is_complaint():
        return None
    answered = state.has_any(("apologising", "owning"))
    if answered or any(is_solution(one, names) for one, names in state.names()):
        return None
    offering = next(move for move in moves if move.name == "offering")
    return turn.index, evidence_words(turn, offering)


def _no_apology(state: CallState, turn: Turn, after_s: float) -> Found | None:
    began = state.complaint()
    if began is None or state.has_any(FLAG_REPAIRS["no_apology"]):
        return None
    first, sign = began
    return (first.index, evidence_words(first, sign)) if turn.end_s - first.end_s >= after_s else None
