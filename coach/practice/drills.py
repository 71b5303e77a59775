"""Drills: a turn that made things worse, to be said again better. From the agent's own calls, or written."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from coach.events import CallRecord, CueEnd, Speaker, Turn
from coach.practice.choosing import todays
from coach.practice.content import Situation
from coach.practice.judging import Task
from coach.practice.schedule import Schedule
from coach.taxonomy import CONTENTIOUS
from coach.values.practice_log import OWN, ExerciseKind

_FEWEST_WORDS = 4
"""Shorter turns of a call say too little on their own to be worth saying again."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a turn of one's own was said: seconds into a call of the store, its title and its day."""

    call_id: str
    turn_index: int
    start_s: float
    end_s: float
    title: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Help:
    """What is known of a move: why it makes things worse, lines that repair it, and the sources."""

    why: str
    lines: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drill:
    """One thing to say better. ``customer`` is empty for own turns: nobody but the agent is ever kept.

    ``before`` names the moves of ``said``. ``place`` is where an own turn can be heard.
    """

    id: str
    kind: ExerciseKind
    move: str
    said: str
    before: tuple[str, ...]
    customer: str = ""
    need: str = ""
    needs: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    poor: str = ""
    poor_why: str = ""
    sources: tuple[str, ...] = ()
    trade: str = ""
    setting: str = ""
    place: Place | None = None

    @property
    def task(self) -> Task:
        return Task(self.move, self.needs)


def written_drill(situation: Situation) -> Drill:
    return Drill(
        id=f"situation:{situation.id}",
        kind=ExerciseKind.SITUATION,
        move=situation.move,
        said=situation.said,
        before=(situation.move,),
        customer=situation.customer,
        need=situation.need,
        needs=situation.needs,
        good=situation.good,
        poor=situation.poor,
        poor_why=situation.poor_why,
        sources=situation.sources,
        trade=situation.trade,
        setting=situation.setting,
    )


def own_drills(
    record: CallRecord,
    helps: Mapping[str, Help] | None = None,
    contested: Collection[tuple[int, str]] = (),
) -> list[Drill]:
    """One drill per turn of the agent in which a contentious move was found, on its most confident one.

    A move the agent called unfair is left out, on its cue or afterwards (``contested``, as turn and move),
    and so is what may have been another voice.
    """
    helps = helps or {}
    unfair = {
        (cue.because.turn_index, cue.because.move)
        for cue in record.cues
        if cue.id in record.cue_ends and record.cue_ends[cue.id].end is CueEnd.UNFAIR
    }
    unfair.update(contested)
    drills = []
    for turn in record.turns:
        moves = record.moves.get(turn.index, ())
        found = [m.name for m in moves if m.name in CONTENTIOUS and (turn.index, m.name) not in unfair]
        if not found or turn.speaker is not Speaker.AGENT or len(turn.text.split()) < _FEWEST_WORDS:
            continue
        drills.append(
            Drill(
                id=f"{OWN}{record.header.id}:{turn.index}",
                kind=ExerciseKind.OWN_TURN,
                move=found[0],
                said=turn.text,
                before=tuple(move.name for move in moves),
                need=helps[found[0]].why if found[0] in helps else "",
                good=helps[found[0]].lines if found[0] in helps else (),
                sources=helps[found[0]].sources if found[0] in helps else (),
                place=_place(record, turn),
            )
        )
    return drills


def _place(record: CallRecord, turn: Turn) -> Place:
    header = record.header
    return Place(header.id, turn.index, turn.start_s, turn.end_s, header.title, header.started_at.date())


def todays_drills(
    own: Iterable[Drill],
    written: Sequence[Drill],
    schedule: Schedule,
    now: dt.datetime,
    most: int = 5,
    chance: random.Random | None = None,
) -> list[Drill]:
    """At most ``most``: what is due, then turns of one's own, then written ones; no two on the same move in a
    row where that can be."""
    chance = chance or random.Random()
    return todays(
        [list(own), written], lambda drill: drill.id, lambda drill: drill.move, schedule, now, most, chance
    )
