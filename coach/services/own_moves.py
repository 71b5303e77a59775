"""The part of the composition root about own moves: their files, their judge, and trying a sentence."""

from __future__ import annotations

import dataclasses
import logging
import threading
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import tomli_w

from coach.coaching.playbook import Entry, Line, Playbook
from coach.errors import KnownError
from coach.events import Move
from coach.machine.whole_files import UnwrittenError, reason_of, write_whole
from coach.moves.composed import ComposedDetector
from coach.moves.own import check_own, read_own, to_table
from coach.moves.own_cache import MeaningCache
from coach.moves.own_judge import OwnJudge
from coach.moves.own_rule import Meaning, Ordinary, Vectors
from coach.ports import MoveDetector, OwnMovesServices
from coach.taxonomy import OWN, REPAIR
from coach.values.own_moves import OwnLine, OwnListing, OwnMove, OwnProblem, Tried, Verdict

log = logging.getLogger(__name__)

NO_REPAIR = "saying_it"
"""What a line makes that makes none of the thirteen repairs: the policy finds it in no turn."""
_SOURCES = ("your own rules",)


class MeaningDetector(MoveDetector, Protocol):
    """A detector that may also give the meaning of a text; IndexError where its model has none."""

    def meaning(self, text: str) -> Vectors | None: ...


@dataclasses.dataclass(frozen=True, slots=True)
class OwnFiles:
    """Where own moves are read, and where the vectors of texts are kept.

    ``playbook`` is the organisation's file (or None), ``personal`` the one the settings write, ``ordinary`` a
    text with one ordinary turn on a line.
    """

    playbook: Path | None
    personal: Path
    ordinary: Path
    cache: Path


class EngineOwnMoves(OwnMovesServices):
    """``names`` gives what the 25 moves are called. Everything here may be asked from any thread."""

    def __init__(
        self,
        detector: Callable[[], MeaningDetector],
        files: OwnFiles,
        names: Callable[[], Mapping[str, str]],
    ) -> None:
        self._load = detector
        self._files = files
        self._names = names
        self._lock = threading.RLock()
        self._shared: SharedDetector | None = None
        self._cache: MeaningCache | None = None
        self._meaning: Meaning | None = None
        self._ordinary: Ordinary | None = None
        self._judge: OwnJudge | None = None
        self._has_meanings: bool | None = None

    def listing(self) -> OwnListing:
        with self._lock:
            personal, playbook, problems = self._read()
            judge = self._judge_of({**personal, **playbook})
            mistakes = {name: found for name in judge.moves if (found := judge.mistakes(name))}
            return OwnListing(
                tuple(move for name, move in personal.items() if name not in playbook),
                tuple(playbook.values()),
                mistakes,
                tuple(problems),
                self._compares,
            )

    def keep(self, move: OwnMove, instead_of: str = "") -> OwnListing:
        """Raises ``KnownError`` ("own-move-wrong", "own-moves-damaged", "own-moves-unwritable")."""
        with self._lock:
            tables = _tables(self._files.personal, strict=True)
            move = dataclasses.replace(move, say=tuple(self._with_repair(line) for line in move.say))
            changed = {key: table for key, table in tables.items() if key != instead_of}
            playbook = self._read()[1]
            changed[move.name] = to_table(move)
            wrong = [one for one in check_own(changed) if one.where.split(".")[1] == move.name]
            if wrong or (move.name != instead_of and move.name in {*tables, *playbook}):
                taken = f"There is a move called {move.called} already. Choose another name."
                raise KnownError("own-move-wrong", wrong[0].message if wrong else taken)
            _write(self._files.personal, changed)
            return self.listing()

    def remove(self, name: str) -> OwnListing:
        with self._lock:
            tables = _tables(self._files.personal, strict=True)
            _write(self._files.personal, {key: table for key, table in tables.items() if key != name})
            return self.listing()

    def try_sentence(self, text: str) -> Tried:
        with self._lock:
            judge = self._current()
            detector = self._detector()
            moves, scores = detector.judge(text)
            verdicts = [*_shipped(moves, scores, detector.thresholds, self._names()), *judge.verdicts(text)]
        verdicts.sort(key=lambda one: (not one.fires, -one.strength / one.bar))
        return Tried(text, tuple(verdicts), self._compares)

    def check(self, tables: object) -> list[OwnProblem]:
        """What is wrong with own moves that are not in use: in form, and by their examples."""
        moves, problems = read_own(tables)
        if moves:
            with self._lock:
                judge = self._judge_of(moves)
                for name in moves:
                    problems += [OwnProblem(f"{OWN}{name}", wrong) for wrong in judge.mistakes(name)]
        return problems

    def composed(self) -> MoveDetector:
        """The detector for a call: the shipped one, with the own moves there are now."""
        with self._lock:
            judge = self._current()
            return ComposedDetector(self._detector(), judge) if judge.moves else self._detector()

    def thresholds(self) -> Mapping[str, float]:
        """The shipped ones, and those of the own moves of the latest call."""
        return {**self._load().thresholds, **(self._judge.thresholds if self._judge else {})}

    def over(self, playbook: Playbook) -> Playbook:
        """``playbook`` with what the own moves say on their cards."""
        with self._lock:
            personal, ours, _ = self._read()
        own = {name: _entry(move) for name, move in {**personal, **ours}.items()}
        return dataclasses.replace(playbook, own=own) if own else playbook

    def problems(self) -> list[str]:
        """What is wrong with the files, in sentences, before any model is asked."""
        with self._lock:
            return self._read()[2]

    def _current(self) -> OwnJudge:
        personal, playbook, problems = self._read()
        if problems:
            # What they quote was written by the user: it is shown to them, and kept out of the log.
            log.warning("%d mistakes in own moves, which are left out", len(problems))
        return self._judge_of({**personal, **playbook})

    def _read(self) -> tuple[dict[str, OwnMove], dict[str, OwnMove], list[str]]:
        """The personal moves and the playbook's, which come first where both have a name."""
        problems: list[str] = []
        found = []
        for path in (self._files.personal, self._files.playbook):
            try:
                moves, wrong = read_own(_tables(path))
            except KnownError as error:
                moves, wrong = {}, []
                problems.append(error.message)
            problems += [f"{path.name if path else ''}: {one}" for one in wrong]
            found.append(moves)
        personal, playbook = found
        problems += [
            f"{OWN}{name}: the playbook has a move of this name, which counts."
            for name in personal.keys() & playbook.keys()
        ]
        return personal, playbook, problems

    def _judge_of(self, moves: dict[str, OwnMove]) -> OwnJudge:
        """The judge of ``moves``; made anew where they changed, from vectors that are mostly known."""
        if self._judge is None or self._judge.moves != moves:
            if any(move.examples for move in moves.values()) and self._ordinary is None:
                self._compare_meanings()
            self._judge = OwnJudge(moves, self._meaning, self._ordinary, self._cache)
            if self._cache is not None:
                self._cache.save()
        return self._judge

    def _compare_meanings(self) -> None:
        """Ordinary turns as the model sees them: seconds at the first time, then from the cache."""
        if not self._compares:
            log.warning("the moves model gives no meanings: own moves are known by their phrases only")
            return
        cache = MeaningCache(self._detector().meaning, self._files.cache)
        turns = self._files.ordinary.read_text(encoding="utf-8").splitlines()
        vectors = [vector for turn in turns if (vector := cache(turn)) is not None]
        self._cache, self._ordinary = cache, Ordinary(np.stack(vectors))
        self._meaning = self._detector().meaning

    @property
    def _compares(self) -> bool:
        """Whether the model gives meanings at all."""
        if self._has_meanings is None:
            try:
                self._has_meanings = self._detector().meaning("Good morning.") is not None
            except IndexError:
                self._has_meanings = False
        return self._has_meanings

    def _detector(self) -> SharedDetector:
        if self._shared is None:
            self._shared = SharedDetector(self._load())
        return self._shared

    def _with_repair(self, line: OwnLine) -> OwnLine:
        """What a line makes is what the detector finds in it: by that a repair is known in the call."""
        if line.makes:
            return line
        moves, _ = self._detector().judge(line.line)
        return OwnLine(line.line, next((move.name for move in moves if move.name in REPAIR), ""))


class SharedDetector(MoveDetector):
    """One detector for a running call and for those who try sentences meanwhile: one at a time."""

    def __init__(self, detector: MeaningDetector) -> None:
        self._detector = detector
        self._lock = threading.Lock()

    @property
    def thresholds(self) -> Mapping[str, float]:
        return self._detector.thresholds

    def judge(self, text: str, context: Sequence[str] = ()) -> tuple[tuple[Move, ...], dict[str, float]]:
        with self._lock:
            return self._detector.judge(text, context)

    def scores(self, text: str, context: Sequence[str] = ()) -> dict[str, float]:
        with self._lock:
            return self._detector.scores(text, context)

    def meaning(self, text: str) -> Vectors | None:
        with self._lock:
            return self._detector.meaning(text)


def _shipped(
    moves: Sequence[Move], scores: Mapping[str, float], bars: Mapping[str, float], names: Mapping[str, str]
) -> Iterator[Verdict]:
    evidence = {move.name: move.evidence for move in moves}
    for name, strength in scores.items():
        yield Verdict(name, names.get(name, name), strength, bars[name], evidence.get(name))


def _entry(move: OwnMove) -> Entry:
    lines = tuple(Line(one.line, one.makes or NO_REPAIR) for one in move.say)
    return Entry(title=move.title, why=move.why, sources=_SOURCES, name=move.called, say=lines)


def _tables(path: Path | None, strict: bool = False) -> dict[str, object]:
    """What stands under ``own`` in a file; nothing where there is no file.

    ``strict`` refuses what is no table, before it is written over.
    Raises ``KnownError`` ("own-moves-damaged").
    """
    if path is None:
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("own", {})
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise KnownError(
            "own-moves-damaged", f"{path} cannot be read ({reason}). Mend it, or move it away."
        ) from error
    if isinstance(found, dict):
        return found
    if strict:
        raise KnownError("own-moves-damaged", f"{path}: own is no table. Mend it, or move it away.")
    return {"own": found}


def _write(path: Path, tables: Mapping[str, object]) -> None:
    """Write the file whole or not at all. Raises ``KnownError`` ("own-moves-unwritable")."""
    text = tomli_w.dumps({"own": tables}, multiline_strings=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text, replace=True)
    except (OSError, UnwrittenError) as error:
        reason = reason_of(error)
        full = isinstance(error, UnwrittenError) and error.code == "file-no-room"
        todo = "Free some space" if full else "Allow it to be written"
        raise KnownError(
            "own-moves-unwritable", f"Your moves could not be saved to {path} ({reason}). {todo}."
        ) from error
