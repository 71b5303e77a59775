"""One cue or silence, as each turn ends. Why it is so: docs/decisions/0005-cue-policy.md."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from coach.coaching.call_state import CallState
from coach.coaching.closing import Closing
from coach.coaching.ledger import Ledger
from coach.coaching.lines import ordered
from coach.coaching.missing import REMINDERS, Found, Reminder, evidence_words
from coach.coaching.pacing import Pacing
from coach.coaching.playbook import Entry, Playbook, fitting_repairs
from coach.coaching.said_line import where_said, with_said
from coach.complaint import mends
from coach.events import (
    Because,
    CallRecord,
    Cue,
    CueEnd,
    CueEnded,
    Event,
    InterimWords,
    Move,
    OtherVoice,
    Speaker,
    Turn,
    VadChanged,
    WordsHeard,
)
from coach.ports import CuePolicy
from coach.settings import CueSettings
from coach.taxonomy import OWN, REPAIR, is_own
from coach.values.voices import Voices

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

Outcomes = list[Cue | CueEnded]


@dataclass(frozen=True, slots=True)
class _Held:
    """What may still be said at ``due_s``, in the pause after ``turn``, unless the agent speaks before."""

    due_s: float
    turn: Turn
    moves: tuple[Move, ...]
    reminder: Reminder | None = None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A cue the call calls for: what it is about, where it shows, and what its line had best make."""

    name: str
    found: Found
    prefer: tuple[str, ...] = ()
    reminder: str = ""


class RepairPolicy(CuePolicy):
    """Raises at most one cue at a time and notices the repair. Remembers only its own cues.

    ``closing`` are the words by which the agent's call ends; without them no call is seen to end.
    """

    def __init__(self, playbook: Playbook, pacing: Pacing, closing: Closing | None = None) -> None:
        self._playbook = playbook
        self._pacing = pacing
        self._closing = closing or Closing()
        self._ledger = Ledger()
        self._held: _Held | None = None
        self._voices = Voices()
        """Those that began since the turn."""

    def decide(self, record: CallRecord, turn: Turn, moves: Sequence[Move]) -> Outcomes:
        """What came of the open cue, then a new cue if one is due; both at the times of ``turn``."""
        self._held = None
        self._voices.clear()
        if turn.speaker is not Speaker.AGENT:
            return self._ended(self._withdrawn(turn))
        state = CallState(record)
        outcomes = self._ended(self._end_of_open(state, turn, moves))
        if any(isinstance(one, CueEnded) and one.end is CueEnd.REPAIRED for one in outcomes):
            return outcomes
        wanted = self._first(state, self._wanted(state, turn, moves))
        if wanted is not None:
            due_s = max(turn.end_s, self._free_s(wanted.name))
            if due_s == turn.end_s:
                return outcomes + self._raised(state, wanted, turn.end_s)
            if due_s <= turn.end_s + self._pacing.wait_s:
                self._held = _Held(due_s, turn, tuple(moves))
                return outcomes
        self._held = self._due_in_pause(state, turn)
        return outcomes

    def hear(self, event: Event) -> None:
        """A voice may be the agent's: what was held back waits until that is known. Once there are words of
        theirs, it would come too late."""
        if isinstance(event, VadChanged):
            self._voices.changed(event)
        elif isinstance(event, OtherVoice):
            self._voices.other(event)
        elif (isinstance(event, WordsHeard) and event.words) or (
            isinstance(event, InterimWords) and (event.committed or event.tentative)
        ):
            self._held = None

    def interrupt(self, record: CallRecord, turn: Turn, moves: Sequence[Move]) -> Outcomes:
        """A cue in the middle of ``turn``, as far as it was said, for moves the agent set as urgent."""
        if self._ledger.open is not None:
            return []
        state = CallState(record)
        urgent = (one for one in self._said(state, turn, moves) if one.name in self._pacing.urgent)
        wanted = self._first(state, urgent)
        if wanted is None or self._free_s(wanted.name) > turn.end_s:
            return []
        return self._raised(state, wanted, turn.end_s, early=turn)

    def tick(self, record: CallRecord, now_s: float) -> Outcomes:
        """Lets an open cue run out, and in a pause says what was held back for it."""
        held = self._held
        if held is not None and self._voices.runs:
            self._held, held = replace(held, due_s=max(held.due_s, now_s)), None
        if held is None or now_s < held.due_s:
            return self._run_out(now_s)
        return [*self._run_out(held.due_s), *self._said_in_pause(record, held), *self._run_out(now_s)]

    def user_ended(self, ended: CueEnded) -> None:
        """The agent put the open cue away, called it unfair, or said it."""
        self._ledger.end(ended)

    def choose(self, cues: CueSettings, now_s: float) -> Outcomes:
        """Other limits from now on. What was cued stays counted, what was rejected does not.

        Switched off, an open cue is taken back, and what was held for the pause is not said.
        """
        self._pacing = Pacing.chosen(cues)
        self._ledger.forgive()
        if self._pacing.most:
            return []
        self._held = None
        cue = self._ledger.open
        return [] if cue is None else self._ended(CueEnded(cue.id, max(now_s, cue.at_s), CueEnd.WITHDRAWN))

    def as_offered(self, text: str, moves: Sequence[Move]) -> tuple[Move, ...]:
        """Where ``text`` says a line of a card of this call, the line's repair was made, and nothing else."""
        for cue in self._ledger.newest_first:
            for line in (cue.say, *cue.alternatives):
                span = where_said(line, text)
                if span is not None:
                    return with_said(moves, span, self._made_by(cue.move, line))
        return tuple(moves)

    def _ended(self, ended: CueEnded | None) -> Outcomes:
        if ended is None:
            return []
        self._ledger.end(ended)
        return [ended]

    def _run_out(self, now_s: float) -> Outcomes:
        cue = self._ledger.open
        if cue is None or now_s < cue.at_s + self._pacing.life_s:
            return []
        return self._ended(CueEnded(cue.id, cue.at_s + self._pacing.life_s, CueEnd.EXPIRED))

    def _end_of_open(self, state: CallState, turn: Turn, moves: Sequence[Move]) -> CueEnded | None:
        cue = self._ledger.open
        if cue is None:
            return None
        deadline_s = cue.at_s + self._pacing.life_s
        if turn.end_s > deadline_s:
            return CueEnded(cue.id, deadline_s, CueEnd.EXPIRED)
        made = {move.name for move in moves}
        if self._ledger.early is not None:
            if cue.move not in made or cue.because.turn_index != turn.index:
                return self._withdrawn(turn)
            self._ledger.settle(turn.end_s)
        repair = self._repair(cue.move, moves)
        if repair is not None:
            return CueEnded(cue.id, turn.end_s, CueEnd.REPAIRED, repair.name, turn.index)
        since_s = self._ledger.since_s(cue)
        if sum(1 for _ in state.turns(after_s=since_s)) >= self._pacing.life_turns:
            return CueEnded(cue.id, turn.end_s, CueEnd.EXPIRED)
        return None

    def _withdrawn(self, turn: Turn) -> CueEnded | None:
        """The end of a cue that came while a turn was said, where the whole turn does not bear it out."""
        cue = self._ledger.open
        if cue is None or self._ledger.early is None:
            return None
        return CueEnded(cue.id, max(turn.end_s, cue.at_s), CueEnd.WITHDRAWN)

    def _free_s(self, name: str) -> float:
        """From when on a cue for ``name`` may be raised; infinite while it may not.

        A card that can have been read gives way to what is more urgent; to all else it stays.
        """
        ledger, pacing = self._ledger, self._pacing
        if ledger.rejected_in_a_row >= pacing.most_rejected:
            return math.inf
        free_s = pacing.next_s(ledger.raised_s)
        if ledger.open is None:
            return free_s
        if _urgency(name) >= _urgency(ledger.open.move):
            return math.inf
        return max(free_s, ledger.open.at_s + pacing.reading_s(ledger.open.say))

    def _raised(
        self, state: CallState, wanted: _Wanted, at_s: float, *, early: Turn | None = None
    ) -> Outcomes:
        """The cue, in the place of one that is still open; nothing once all its lines are spent."""
        cue = self._cue(wanted, state, at_s)
        if cue is None:
            return []
        waiting = self._ledger.open
        passed = None if waiting is None else CueEnded(waiting.id, at_s, CueEnd.EXPIRED)
        outcomes = self._ended(passed)
        self._ledger.raise_cue(cue, reminder=wanted.reminder, early=early)
        return [*outcomes, cue]

    def _due_in_pause(self, state: CallState, turn: Turn) -> _Held | None:
        """The reminder that falls due while the customer speaks, whenever that will be."""
        if self._ledger.open is not None:
            return None
        due = [
            _Held(max(found.due_s, turn.end_s, self._free_s(reminder.flag)), turn, (), reminder)
            for reminder, found in self._reminders(state, None, math.inf)
        ]
        held = min(due, key=lambda one: one.due_s, default=None)
        return held if held is not None and held.due_s < math.inf else None

    def _said_in_pause(self, record: CallRecord, held: _Held) -> Outcomes:
        self._held = None
        if held.reminder is None and held.due_s > held.turn.end_s + self._pacing.wait_s:
            return []
        state = CallState(record)
        wanted = self._first(state, self._in_pause(state, held))
        if wanted is None or self._free_s(wanted.name) > held.due_s:
            return []
        return self._raised(state, wanted, held.due_s)

    def _in_pause(self, state: CallState, held: _Held) -> Iterator[_Wanted]:
        if held.reminder is None:
            yield from self._wanted(state, held.turn, held.moves)
            return
        for reminder, found in self._reminders(state, None, held.due_s):
            if reminder is held.reminder:
                yield _Wanted(reminder.flag, found, reminder=reminder.name)

    def _first(self, state: CallState, wanted: Iterator[_Wanted]) -> _Wanted | None:
        """The first that there is still a line for."""
        return next((one for one in wanted if self._cue(one, state, 0.0) is not None), None)

    def _wanted(self, state: CallState, turn: Turn, moves: Sequence[Move]) -> Iterator[_Wanted]:
        """What this turn calls for and the call so far allows, most urgent first."""
        yield from self._said(state, turn, moves)
        for reminder, found in self._reminders(state, turn, turn.end_s):
            yield _Wanted(reminder.flag, found, reminder=reminder.name)

    def _said(self, state: CallState, turn: Turn, moves: Sequence[Move]) -> Iterator[_Wanted]:
        made = {move.name: move for move in reversed(moves)}
        # One kept or removed while the call was made ready: the detector has it, the playbook not.
        own = (name for name in made if is_own(name) and name.removeprefix(OWN) in self._playbook.own)
        for name in (*PRIORITY, *own):
            if name not in made or self._repair(name, moves) is not None:
                continue
            if not is_own(name) and made[name].confidence < self._least_sure(made[name], state, turn):
                continue
            found = Found(turn.index, evidence_words(turn, made[name]), turn.end_s, made[name].context)
            if self._is_new(name, state):
                yield _Wanted(name, found)
            elif self._is_back(name, state, turn):
                yield _Wanted(name, found, FRESH_START)

    def _least_sure(self, move: Move, state: CallState, turn: Turn) -> float:
        """How sure a move must be to interrupt: surer in a call that goes well.

        Not what the agent set as urgent, nor what earlier turns decided: there the call itself has spoken.
        """
        pacing = self._pacing
        if self._ledger.raised_s or move.context or move.name in pacing.urgent:
            return pacing.least_sure
        known = state.complaint(before=turn) is not None
        return pacing.least_sure if known else pacing.least_sure_at_first

    def _reminders(
        self, state: CallState, turn: Turn | None, now_s: float
    ) -> Iterator[tuple[Reminder, Found]]:
        """What is missing at ``now_s`` and was not said before, with where it shows."""
        for reminder in REMINDERS if self._pacing.missing else ():
            if self._ledger.reminded(reminder.name):
                continue
            found = reminder.due(state, turn, now_s, self._pacing, self._closing)
            if found is not None:
                yield reminder, found

    def _repairs(self, name: str) -> tuple[str, ...]:
        """What answers a move; for one of the organisation's own, the repairs that its lines make."""
        if not is_own(name):
            return fitting_repairs(name)
        return tuple(dict.fromkeys(line.makes for line in self._playbook.entry(name).say))

    def _made_by(self, name: str, line: str) -> str | None:
        """The repair that a line of the playbook makes; None for an own line that makes none."""
        lines = self._playbook.entry(name).say
        return next((one.makes for one in lines if one.line == line and one.makes in REPAIR), None)

    def _repair(self, name: str, moves: Sequence[Move]) -> Move | None:
        """The best of one turn's ``moves`` that answers ``name``; after it, where the turn makes that too."""
        made = {move.name: move for move in reversed(moves)}
        again = made.get(name)
        fitting = (made[repair] for repair in self._repairs(name) if repair in made)
        return next((one for one in fitting if again is None or mends(one, again)), None)

    def _unrepaired(self, move: str, state: CallState) -> list[tuple[Cue, CueEnd | None]]:
        """Cues for ``move`` that no fitting repair has followed, by the agent's word or by the turns."""
        repairs = self._repairs(move)
        return [
            (cue, end)
            for cue, end in self._ledger.on(move)
            if end is not CueEnd.REPAIRED and not state.has_any(repairs, after_s=self._ledger.since_s(cue))
        ]

    def _is_new(self, move: str, state: CallState) -> bool:
        """Never called unfair in this call, and every cue for it so far was repaired."""
        is_unfair = any(end is CueEnd.UNFAIR for _, end in self._ledger.on(move))
        return not is_unfair and not self._unrepaired(move, state)

    def _is_back(self, move: str, state: CallState, turn: Turn) -> bool:
        """Its one cue ran out unheeded, and the move has now been made often enough to say so again."""
        waiting = self._unrepaired(move, state)
        if len(waiting) != 1 or waiting[0][1] is not CueEnd.EXPIRED:
            return False
        since_s = self._ledger.since_s(waiting[0][0])
        before = sum(move in names for one, names in state.names(after_s=since_s) if one.index != turn.index)
        return before + 2 >= self._pacing.again_at

    def _cue(self, wanted: _Wanted, state: CallState, at_s: float) -> Cue | None:
        """The cue with the best line not yet said in this call; None once all are spent."""
        entry = self._playbook.entry(wanted.name)
        lines = self._ordered(entry, state, wanted.prefer)
        if not lines:
            return None
        found = wanted.found
        because = Because(wanted.name, found.words, found.turn_index, entry.sources, found.context)
        first, others = lines[0], tuple(lines[1:])
        return Cue(self._ledger.next_id, at_s, wanted.name, entry.title, first, entry.why, because, others)

    def _ordered(self, entry: Entry, state: CallState, prefer: tuple[str, ...]) -> list[str]:
        """Unsaid lines, the one that suits best first."""
        return ordered(entry.say, self._playbook.topics, state, self._ledger.said, prefer)


def _urgency(name: str) -> int:
    """Its place in the order of urgency; what is missing comes after all that was said."""
    return PRIORITY.index(name) if name in PRIORITY else len(PRIORITY)
