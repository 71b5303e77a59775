"""What a running call is missing: cued only for a complaint that is plain from the agent's own words.

Each look is told what has been said so far and the turn that just ended, or None in a pause, and answers
where it shows. In doubt, and in a calm call, it answers nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coach.coaching.call_state import CallState
from coach.coaching.closing import Closing
from coach.coaching.pacing import Pacing
from coach.coaching.playbook import FLAG_REPAIRS
from coach.complaint import QUESTIONS, is_monologue, is_perk, is_solution
from coach.events import Move, Turn
from coach.taxonomy import CONTENTIOUS

_OPENING_WORDS = 12
_OWN_TROUBLE = frozenset(CONTENTIOUS) | {"owning", "apologising"}
_MENDING = ("apologising", "owning")
_NEXT_STEPS = frozenset({"offering", "committing", "root_cause"}) | QUESTIONS
_FIRST_TURNS = 3
"""A call is not closed by one of its first turns: those greet."""


@dataclass(frozen=True, slots=True)
class Found:
    """The turn that shows it, the words of that turn to show, and since when it is due, in seconds."""

    turn_index: int
    words: str
    due_s: float
    context: str = ""


@dataclass(frozen=True, slots=True)
class _Look:
    """What is looked at. ``turn`` is the one that just ended at ``now_s``; None in a pause."""

    state: CallState
    turn: Turn | None
    now_s: float
    pacing: Pacing
    closing: Closing


@dataclass(frozen=True, slots=True)
class Reminder:
    """``flag`` is the playbook's entry; two reminders may share one. ``name`` comes once in a call."""

    name: str
    flag: str
    look: Callable[[_Look], Found | None]

    def due(
        self, state: CallState, turn: Turn | None, now_s: float, pacing: Pacing, closing: Closing
    ) -> Found | None:
        return self.look(_Look(state, turn, now_s, pacing, closing))


def evidence_words(turn: Turn, move: Move) -> str:
    """The words that carry ``move``; the whole turn where its range holds none."""
    start, end = move.evidence
    return turn.text[start:end].strip() or turn.text


def _closing(at: _Look) -> Found | None:
    """The call is about to end, and nothing was promised or offered that goes on after it."""
    words = None if at.turn is None else at.closing.found_in(at.turn.text)
    if at.turn is None or words is None or sum(1 for _ in at.state.turns()) <= _FIRST_TURNS:
        return None
    if at.state.complaint() is None:
        return None
    if at.state.has_any(("committing",)) or at.state.is_answered():
        return None
    return Found(at.turn.index, words, at.now_s)


def _perks_alone(at: _Look) -> Found | None:
    if at.turn is None:
        return None
    moves = at.state.record.moves.get(at.turn.index, ())
    if not is_perk(at.turn, {move.name for move in moves}) or not at.state.is_complaint():
        return None
    if at.state.has_any(_MENDING) or any(is_solution(one, names) for one, names in at.state.names()):
        return None
    offering = next(move for move in moves if move.name == "offering")
    return Found(at.turn.index, evidence_words(at.turn, offering), at.now_s)


def _monologue(at: _Look) -> Found | None:
    """A long turn in a call that is known for a complaint without it, or that shows trouble of its own."""
    if at.turn is None:
        return None
    names = {move.name for move in at.state.record.moves.get(at.turn.index, ())}
    if not is_monologue(at.turn, names):
        return None
    if _OWN_TROUBLE.isdisjoint(names) and not at.state.is_complaint(before=at.turn):
        return None
    return Found(at.turn.index, " ".join(at.turn.text.split()[:_OPENING_WORDS]), at.now_s)


def _no_apology(at: _Look) -> Found | None:
    """A complaint has run for two minutes without owning, apology or question."""
    return _unanswered(at, at.pacing.missing_after_s, FLAG_REPAIRS["no_apology"])


def _no_ask(at: _Look) -> Found | None:
    """A complaint has run for three, and nobody asked what the customer wants."""
    return _unanswered(at, at.pacing.ask_after_s, QUESTIONS)


def _unanswered(at: _Look, after_s: float, answers: frozenset[str] | tuple[str, ...]) -> Found | None:
    began = at.state.complaint()
    if began is None:
        return None
    first, sign = began
    due_s = first.end_s + after_s
    if at.now_s < due_s or at.state.has_any(answers) or at.state.is_answered():
        return None
    if at.state.asked_openly(first.end_s):
        return None
    return Found(first.index, evidence_words(first, sign), due_s)


def _apology_alone(at: _Look) -> Found | None:
    """Somebody said sorry, and two turns later there is still no next step, and no question."""
    if at.turn is None or at.state.complaint() is None:
        return None
    if at.state.has_any(_NEXT_STEPS) or at.state.is_answered():
        return None
    apology = next(((t, m) for t, moves in at.state.turns() for m in moves if m.name == "apologising"), None)
    if apology is None:
        return None
    said, move = apology
    due_s = said.end_s + at.pacing.step_after_s
    later = sum(1 for _ in at.state.turns(after_s=said.end_s))
    if at.now_s < due_s or later < at.pacing.step_turns or at.state.asked_openly(said.end_s):
        return None
    return Found(said.index, evidence_words(said, move), due_s)


REMINDERS = (
    Reminder("closing", "no_commitment", _closing),
    Reminder("perks_alone", "perks_alone", _perks_alone),
    Reminder("monologue", "monologue", _monologue),
    Reminder("no_apology", "no_apology", _no_apology),
    Reminder("apology_alone", "no_commitment", _apology_alone),
    Reminder("no_ask", "no_ask", _no_ask),
)
"""What is cued while the call runs, most urgent first: before the end comes what cannot wait."""

MISSING = tuple(dict.fromkeys(reminder.flag for reminder in REMINDERS))
"""Their flags. ``no_root_cause`` is told after the call: while it runs, there is more urgent work."""
