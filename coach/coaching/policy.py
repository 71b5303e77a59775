"""One cue or silence, as each turn ends. Why it is so: docs/decisions/0005-cue-policy.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach.coaching.call_state import CallState
from coach.coaching.ledger import Ledger
from coach.coaching.missing import MISSING, Found, evidence_words, missing
from coach.coaching.pacing import Pacing
from coach.coaching.playbook import Entry, Playbook, fitting_repairs
from coach.events import Because, CallRecord, Cue, CueEnd, CueEnded, Move, Speaker, Turn
from coach.ports import CuePolicy

PRIORITY = (
    "dismissing",
    "blaming",
    "opposing",
    "assuming",
    "digging_past",
    "non_apology",
    "defensive",
    "isolating",
    "convincing",
    "selling",
    "delaying",
    "overpromising",
)
"""Which move is cued when one turn carries several, most urgent first."""

FRESH_START = ("stating_intent", "partnering", "asking_input")
"""Repairs that begin again: preferred once a move keeps coming back (sources A3, A1, A6)."""


class RepairPolicy(CuePolicy):
    """Raises at most one cue at a time and notices the repair. Remembers only its own cues."""

    def __init__(self, playbook: Playbook, pacing: Pacing) -> None:
        self._playbook = playbook
        self._pacing = pacing
        self._ledger = Ledger()

    def decide(self, record: CallRecord, turn: Turn, moves: Sequence[Move]) -> list[Cue | CueEnded]:
        """What came of the open cue, then a new cue if one is due; both at the times of ``turn``."""
        if turn.speaker is not Speaker.AGENT:
            return []
        state = CallState(record)
        outcomes: list[Cue | CueEnded] = []
        ended = self._end_of_open(state, turn, moves)
        if ended is not None:
            self._ledger.end(ended)
            outcomes.append(ended)
            if ended.end is CueEnd.REPAIRED:
                return outcomes
        if self._may_speak(turn.end_s):
            cue = next(self._candidates(state, turn, moves), None)
            if cue is not None:
                self._ledger.raise_cue(cue)
                outcomes.append(cue)
        return outcomes

    def tick(self, record: CallRecord, now_s: float) -> list[Cue | CueEnded]:  # noqa: ARG002 - the port's form
        """Lets an open cue run out. New cues come only as a turn ends."""
        cue = self._ledger.open
        if cue is None or now_s < cue.at_s + self._pacing.life_s:
            return []
        ended = CueEnded(cue.id, cue.at_s + self._pacing.life_s, CueEnd.EXPIRED)
        self._ledger.end(ended)
        return [ended]

    def user_ended(self, ended: CueEnded) -> None:
        """The agent put the open cue away, called it unfair, or said it."""
        self._ledger.end(ended)

    def _end_of_open(self, state: CallState, turn: Turn, moves: Sequence[Move]) -> CueEnded | None:
        cue = self._ledger.open
        if cue is None:
            return None
        deadline_s = cue.at_s + self._pacing.life_s
        if turn.end_s > deadline_s:
            return CueEnded(cue.id, deadline_s, CueEnd.EXPIRED)
        made = {move.name for move in moves}
        for repair in fitting_repairs(cue.move):
            if repair in made:
                return CueEnded(cue.id, turn.end_s, CueEnd.REPAIRED, repair, turn.index)
        if sum(1 for _ in state.turns(after_s=cue.at_s)) >= self._pacing.life_turns:
            return CueEnded(cue.id, turn.end_s, CueEnd.EXPIRED)
        return None

    def _may_speak(self, now_s: float) -> bool:
        ledger = self._ledger
        return ledger.open is None and self._pacing.allows(ledger.raised_s, ledger.rejected_in_a_row, now_s)

    def _candidates(self, state: CallState, turn: Turn, moves: Sequence[Move]) -> Iterator[Cue]:
        """Cues this turn calls for and the call so far allows, most urgent first."""
        made = {move.name: move for move in reversed(moves)}
        for name in PRIORITY:
            if name not in made or not made.keys().isdisjoint(fitting_repairs(name)):
                continue
            words = evidence_words(turn, made[name])
            if self._is_new(name, state):
                yield from self._cue(name, (turn.index, words), state, turn.end_s)
            elif self._is_back(name, state):
                yield from self._cue(name, (turn.index, words), state, turn.end_s, FRESH_START)
        for flag in MISSING if self._pacing.missing else ():
            found = None if self._ledger.on(flag) else missing(flag, state, turn, self._pacing)
            if found is not None:
                yield from self._cue(flag, found, state, turn.end_s)

    def _unrepaired(self, move: str, state: CallState) -> list[tuple[Cue, CueEnd | None]]:
        """Cues for ``move`` that no fitting repair has followed, by the agent's word or by the turns."""
        repairs = fitting_repairs(move)
        return [
            (cue, end)
            for cue, end in self._ledger.on(move)
            if end is not CueEnd.REPAIRED and not state.has_any(repairs, after_s=cue.at_s)
        ]

    def _is_new(self, move: str, state: CallState) -> bool:
        """Never called unfair in this call, and every cue for it so far was repaired."""
        is_unfair = any(end is CueEnd.UNFAIR for _, end in self._ledger.on(move))
        return not is_unfair and not self._unrepaired(move, state)

    def _is_back(self, move: str, state: CallState) -> bool:
        """Its one cue ran out unheeded, and the move has now been made often enough to say so again."""
        waiting = self._unrepaired(move, state)
        if len(waiting) != 1 or waiting[0][1] is not CueEnd.EXPIRED:
            return False
        return 1 + state.times(move, after_s=waiting[0][0].at_s) >= self._pacing.again_at

    def _cue(
        self, name: str, found: Found, state: CallState, at_s: float, prefer: tuple[str, ...] = ()
    ) -> Iterator[Cue]:
        """The cue for ``name`` with the best line not yet said in this call; none once all are spent."""
        entry = self._playbook.entry(name)
        lines = self._ordered(entry, state, prefer)
        if lines:
            index, words = found
            because = Because(name, words, index, entry.sources)
            yield Cue(
                self._ledger.next_id, at_s, name, entry.title, lines[0], entry.why, because, tuple(lines[1:])
            )

    def _ordered(self, entry: Entry, state: CallState, prefer: tuple[str, ...]) -> list[str]:
        """Unsaid lines: those of a preferred repair first, then of repairs made least often so far."""
        unsaid = [line for line in entry.say if line.line not in self._ledger.said]
        unsaid.sort(key=lambda line: (line.makes not in prefer, state.times(line.makes)))
        return [line.line for line in unsaid]
