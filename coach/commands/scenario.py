"""Written calls with their moves: the manual of the cue policy (``tests/scenarios``), played without a model.

A scenario is a TOML file: what it shows, the agent's turns with the moves they make, what the agent clicks,
and the cues that are to come. The same engine plays it as plays a live call; only the detector reads its
answers from the file.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from coach.commands.lines import TurnText
from coach.errors import KnownError
from coach.events import CallRecord, Cue, CueEnd, CueEnded, Event, Move, Speaker, Turn
from coach.pipeline import Coach
from coach.settings import CueLevel, CueSettings
from coach.taxonomy import MOVES

STARTED_AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
WORDS_PER_S = 2.7
"""How fast people speak, for a turn that says only how long the pause before it was."""
_SURE = 0.99
_THRESHOLD = 0.5
_TICK_S = 1.0


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SoFar(_Part):
    """What was heard of a turn at second ``at``, and the moves found in that much of it."""

    at: float
    text: str
    moves: list[str] = Field(default_factory=list)


class ScenarioTurn(_Part):
    """Seconds of the call, or the ``pause`` before it. ``scores``: what the detector is unsure of."""

    t0: float = -1.0
    t1: float = -1.0
    pause: float = 0.0
    text: TurnText
    moves: list[str] = Field(default_factory=list)
    words: str = ""
    """The part of the text that carries the moves; empty for all of it."""
    scores: dict[str, float] = Field(default_factory=dict)
    speaker: Speaker = Speaker.AGENT
    so_far: list[SoFar] = Field(default_factory=list)

    @model_validator(mode="after")
    def _known(self) -> Self:
        unknown = {*self.moves, *self.scores, *(m for one in self.so_far for m in one.moves)} - set(MOVES)
        if unknown:
            raise ValueError(f"{', '.join(sorted(unknown))}: not a move")
        if self.words not in self.text:
            raise ValueError(f"“{self.words}” is not in the text")
        if self.t1 < self.t0:
            raise ValueError(f"t1 ({self.t1}) is before t0 ({self.t0})")
        return self


class UserAction(_Part):
    """What the agent does at second ``at``: with the open card, or with how often cues may come."""

    at: float
    puts_away: CueEnd | None = None
    chooses: CueLevel | None = None


class Scenario(_Part):
    """A written call. ``expect``: each cue with the keys that matter, in order; see ``described``."""

    title: str
    about: str = ""
    cues: CueSettings = Field(default_factory=CueSettings)
    turn: list[ScenarioTurn] = Field(alias="turn", default_factory=list)
    user: list[UserAction] = Field(default_factory=list)
    expect: list[dict[str, Any]] = Field(default_factory=list)

    def turns(self) -> list[Turn]:
        """The turns with their times."""
        turns: list[Turn] = []
        now_s = 0.0
        for index, one in enumerate(self.turn):
            start_s = one.t0 if one.t0 >= 0 else now_s + one.pause
            end_s = one.t1 if one.t0 >= 0 else start_s + len(one.text.split()) / WORDS_PER_S
            turns.append(Turn(index, one.text, start_s, end_s, speaker=one.speaker))
            now_s = end_s
        return turns


def read_scenario(text: str, where: str) -> Scenario:
    """Raises ``KnownError`` ("input-damaged") naming ``where`` and the key. ``level`` may stand alone."""
    try:
        data = tomllib.loads(text)
        if "level" in data:
            data["cues"] = {**data.get("cues", {}), "level": data.pop("level")}
        return Scenario.model_validate(data)
    except tomllib.TOMLDecodeError as error:
        raise KnownError("input-damaged", f"{where}: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        raise KnownError("input-damaged", f"{where}: {key}: {said}.") from error


class ScriptedDetector:
    """Finds in each text what the scenario says of it."""

    thresholds: Mapping[str, float] = dict.fromkeys(MOVES, _THRESHOLD)

    def __init__(self, scenario: Scenario) -> None:
        self._found: dict[str, tuple[tuple[Move, ...], dict[str, float]]] = {}
        for turn in scenario.turn:
            start = turn.text.find(turn.words)
            evidence = (start, start + len(turn.words or turn.text))
            self._found[turn.text] = _judged(turn.moves, evidence, turn.scores)
            for part in turn.so_far:
                self._found[part.text] = _judged(part.moves, (0, len(part.text)), {})

    def judge(self, text: str, context: Sequence[str] = ()) -> tuple[tuple[Move, ...], dict[str, float]]:  # noqa: ARG002
        # Numbers are hidden before a turn is judged: its text may not be the written one any more.
        (key,) = [text] if text in self._found else get_close_matches(text, self._found, n=1, cutoff=0.0)
        return self._found[key]

    def scores(self, text: str, context: Sequence[str] = ()) -> dict[str, float]:
        return self.judge(text, context)[1]


def _judged(
    names: Sequence[str], evidence: tuple[int, int], scores: Mapping[str, float]
) -> tuple[tuple[Move, ...], dict[str, float]]:
    moves = tuple(Move(name, _SURE, evidence) for name in names)
    return moves, {**dict.fromkeys(MOVES, 0.0), **scores, **dict.fromkeys(names, _SURE)}


def play(coach: Coach, scenario: Scenario) -> Iterator[Event]:
    """The call as it would go live: turns, words so far and clicks in order of time, a tick each second."""
    steps: list[tuple[float, int, Any]] = []
    for turn, written in zip(scenario.turns(), scenario.turn, strict=True):
        steps.append((turn.start_s, 1, turn.start_s))
        steps += [(one.at, 2, Turn(turn.index, one.text, turn.start_s, one.at)) for one in written.so_far]
        steps.append((turn.end_s, 3, turn))
    steps += [(action.at, 4, action) for action in scenario.user]
    now_s = 0.0
    for at_s, kind, what in sorted(steps, key=lambda step: step[:2]):
        while now_s < at_s:
            yield from coach.tick(now_s)
            now_s += _TICK_S
        if kind == 1:
            coach.speaking(what)
        elif kind == 2:
            yield from coach.hear(what)
        elif kind == 3:
            yield from coach.take(what)
        else:
            yield from _clicked(coach, what, scenario.cues)
    yield from coach.tick(now_s)


def _clicked(coach: Coach, action: UserAction, cues: CueSettings) -> Iterator[Event]:
    if action.chooses is not None:
        yield from coach.choose_cues(cues.model_copy(update={"level": action.chooses}), action.at)
    if action.puts_away is None:
        return
    waiting = [cue for cue in coach.record.cues if cue.id not in coach.record.cue_ends]
    for cue in waiting[-1:]:
        yield from coach.end_cue(CueEnded(cue.id, action.at, action.puts_away))


def described(record: CallRecord, cue: Cue) -> dict[str, Any]:
    """A cue as a scenario tells of it; turns count from 1.

    ``after_turn`` where it came as a turn ended, ``in_turn_at`` in the middle of one, ``in_pause_at`` else.
    """
    found: dict[str, Any] = {}
    if any(turn.end_s == cue.at_s for turn in record.turns):
        found["after_turn"] = next(turn.index for turn in record.turns if turn.end_s == cue.at_s) + 1
    elif any(turn.start_s < cue.at_s < turn.end_s for turn in record.turns):
        found["in_turn_at"] = cue.at_s
    else:
        found["in_pause_at"] = cue.at_s
    found |= {"cue": cue.move, "say": cue.say, "words": cue.because.words, "context": cue.because.context}
    ended = record.cue_ends.get(cue.id)
    if ended is not None:
        found["then"] = ended.end.value
        if ended.by_move is not None and ended.turn_index is not None:
            found |= {"by": ended.by_move, "in_turn": ended.turn_index + 1}
    return found


def differences(record: CallRecord, scenario: Scenario) -> list[str]:
    """Where the cues of ``record`` are not those the scenario expects; empty where all is as written."""
    optional = ("say", "words", "context")
    found = [described(record, cue) for cue in record.cues]
    wrong = []
    for number in range(max(len(found), len(scenario.expect))):
        wanted = scenario.expect[number] if number < len(scenario.expect) else None
        cue = found[number] if number < len(found) else None
        if cue is not None:
            cue = {key: value for key, value in cue.items() if key not in optional or key in (wanted or {})}
        if cue != wanted:
            wrong.append(f"cue {number + 1}: expected {_told(wanted)}; came {_told(cue)}")
    return wrong


def _told(cue: Mapping[str, Any] | None) -> str:
    return "none" if cue is None else ", ".join(f"{key} {value}" for key, value in cue.items())
