"""A written call, played to the policy turn by turn, as the pipeline plays a live one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from coach import resources
from coach.coaching.closing import load_closing
from coach.coaching.pacing import Pacing
from coach.coaching.playbook import Playbook, load_playbook
from coach.coaching.policy import RepairPolicy
from coach.events import (
    CallHeader,
    CallRecord,
    CallSource,
    Cue,
    CueEnd,
    CueEnded,
    Move,
    Speaker,
    Turn,
    VadChanged,
    VadState,
)


class WrittenCall:
    """``cues`` and ``ends`` grow as turns are said; ``outcomes`` keeps both in order."""

    def __init__(self, playbook: Playbook, pacing: Pacing) -> None:
        started = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
        self.record = CallRecord(CallHeader("call", started, CallSource.WRITTEN, "Call"))
        self.policy = RepairPolicy(playbook, pacing, load_closing(resources.asset("closing.toml")))
        self.outcomes: list[Cue | CueEnded] = []

    @property
    def cues(self) -> list[Cue]:
        return [one for one in self.outcomes if isinstance(one, Cue)]

    @property
    def ends(self) -> list[CueEnded]:
        return [one for one in self.outcomes if isinstance(one, CueEnded)]

    def say(
        self,
        t0: float,
        t1: float,
        *names: str,
        text: str = "Some words.",
        evidence: tuple[int, int] | None = None,
        speaker: Speaker = Speaker.AGENT,
        others: dict[str, tuple[int, int]] | None = None,
        confidence: float = 0.99,
    ) -> list[Cue | CueEnded]:
        turn = Turn(len(self.record.turns), text, t0, t1, speaker=speaker)
        found = {name: evidence or (0, len(text)) for name in names} | (others or {})
        heard = tuple(Move(name, confidence, place) for name, place in found.items())
        moves = self.policy.as_offered(text, heard)
        self.policy.hear(VadChanged(t0, VadState.SPEAKING))
        self.record.turns.append(turn)
        self.record.moves[turn.index] = moves
        return self._keep(self.policy.decide(self.record, turn, moves))

    def say_so_far(
        self, t0: float, now_s: float, *names: str, text: str = "Some words"
    ) -> list[Cue | CueEnded]:
        """What was heard of the turn that comes next, at ``now_s``."""
        self.policy.hear(VadChanged(t0, VadState.SPEAKING))
        turn = Turn(len(self.record.turns), text, t0, now_s)
        moves = tuple(Move(name, 0.99, (0, len(text))) for name in names)
        return self._keep(self.policy.interrupt(self.record, turn, moves))

    def wait(self, now_s: float) -> list[Cue | CueEnded]:
        return self._keep(self.policy.tick(self.record, now_s))

    def put_away(self, at_s: float, end: CueEnd) -> None:
        ended = CueEnded(self.cues[-1].id, at_s, end)
        self._keep([ended])
        self.policy.user_ended(ended)

    def _keep(self, outcomes: list[Cue | CueEnded]) -> list[Cue | CueEnded]:
        for one in outcomes:
            if isinstance(one, Cue):
                self.record.cues.append(one)
            else:
                self.record.cue_ends[one.cue_id] = one
        self.outcomes += outcomes
        return outcomes


NewCall = Callable[..., WrittenCall]


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return load_playbook(resources.asset("playbook.toml"))


@pytest.fixture(scope="session")
def new_call(playbook: Playbook) -> NewCall:
    def make(pacing: Pacing | None = None) -> WrittenCall:
        return WrittenCall(playbook, pacing or Pacing.of("standard"))

    return make
