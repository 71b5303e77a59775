"""What an answer does: the moves heard in it, what became of the ones before, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from coach.events import Move
from coach.taxonomy import CONTENTIOUS, FITTING_REPAIRS, REPAIR
from coach.values.practice_log import Grade

_FEWEST_WORDS = 2


class AnswerJudge(Protocol):
    """Moves of an answer above their thresholds, most confident first: any ``MoveDetector`` will do."""

    def judge(self, text: str, context: Sequence[str] = ()) -> tuple[tuple[Move, ...], dict[str, float]]: ...


class Verdict(Enum):
    REPAIRED = "repaired"
    ON_THE_WAY = "on the way"
    NOT_YET = "not yet"
    NOTHING_SAID = "nothing said"
    NOT_ENGLISH = "not English"


UNSAID = (Verdict.NOTHING_SAID, Verdict.NOT_ENGLISH)
"""Nothing to compare with the turn before, or the next with."""


@dataclass(frozen=True, slots=True)
class Task:
    """What an answer is measured against: the move to answer, and the repairs a full answer makes.

    Without ``needs`` the repairs that fit the move are enough, one of them.
    """

    move: str
    needs: tuple[str, ...] = ()

    @property
    def fitting(self) -> tuple[str, ...]:
        known = FITTING_REPAIRS[self.move]
        return known + tuple(need for need in self.needs if need not in known)


@dataclass(frozen=True, slots=True)
class Feedback:
    """The answer, taken apart. ``moves`` are all that were heard, with their words.

    ``fitting``: repairs that answer the move. ``missing``: needed and not heard. ``still``: the move itself,
    heard again. ``new``: other contentious moves.
    """

    answer: str
    verdict: Verdict
    moves: tuple[Move, ...]
    fitting: tuple[str, ...]
    missing: tuple[str, ...]
    still: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(move.name for move in self.moves)

    @property
    def grade(self) -> Grade:
        """For the schedule: a full repair is easy, a repair good, a start hard, anything else comes again."""
        if self.verdict is Verdict.REPAIRED:
            return Grade.GOOD if self.missing else Grade.EASY
        return Grade.HARD if self.verdict is Verdict.ON_THE_WAY else Grade.AGAIN


def not_english(answer: str) -> Feedback:
    """Of an answer that is plainly in another language: it is not judged."""
    return Feedback(answer.strip(), Verdict.NOT_ENGLISH, (), (), (), (), ())


def judge_answer(judge: AnswerJudge, answer: str, task: Task) -> Feedback:
    """Judge what was said instead of, or after, a turn that made ``task.move``."""
    text = answer.strip()
    moves = judge.judge(text)[0] if text else ()
    names = [move.name for move in moves]
    trouble = [name for name in names if name in CONTENTIOUS]
    fitting = tuple(name for name in names if name in task.fitting)
    # A turn of one's own names no needs: where nothing fits, the repair that answers it best is missing.
    needs = task.needs or (() if fitting else task.fitting[:1])
    return Feedback(
        answer=text,
        verdict=_verdict(text, names, fitting, trouble),
        moves=moves,
        fitting=fitting,
        missing=tuple(need for need in needs if need not in names),
        still=tuple(name for name in trouble if name == task.move),
        new=tuple(name for name in trouble if name != task.move),
    )


def _verdict(text: str, names: Sequence[str], fitting: Sequence[str], trouble: Sequence[str]) -> Verdict:
    if len(text.split()) < _FEWEST_WORDS:
        return Verdict.NOTHING_SAID
    if fitting and not trouble:
        return Verdict.REPAIRED
    if any(name in REPAIR for name in names):
        return Verdict.ON_THE_WAY
    return Verdict.NOT_YET


def kind_words(feedback: Feedback, names: Mapping[str, str]) -> str:
    """Two or three sentences: what was good first, then the one thing to try. ``names`` are for people."""
    match feedback.verdict:
        case Verdict.NOTHING_SAID:
            return "Take your time. One sentence is enough to begin with."
        case Verdict.NOT_ENGLISH:
            return "Not judged. This does not read as English, and Sameside judges English only."
        case Verdict.REPAIRED:
            heard = _listed(feedback.fitting, names)
            more = _listed(feedback.missing[:1], names)
            return f"That repairs it. Heard: {heard}." + (f" If you like, add this: {more}." if more else "")
        case Verdict.ON_THE_WAY:
            return " ".join(_on_the_way(feedback, names))
        case Verdict.NOT_YET:
            return " ".join(_not_yet(feedback, names))


def _on_the_way(feedback: Feedback, names: Mapping[str, str]) -> list[str]:
    repairs = [name for name in feedback.names if name in REPAIR]
    said = [f"A good start. Heard: {_listed(repairs, names)}."]
    if trouble := feedback.still + feedback.new:
        said.append(f"One part pulls the other way: {_listed(trouble, names)}. Try it without that.")
    elif feedback.missing:
        said.append(f"What is still open: {_listed(feedback.missing[:1], names)}.")
    return said


def _not_yet(feedback: Feedback, names: Mapping[str, str]) -> list[str]:
    wanted = _listed(feedback.missing[:1], names)
    if feedback.still:
        said = [f"The same move is in it again: {_listed(feedback.still, names)}."]
    elif feedback.new:
        said = [f"This one was heard: {_listed(feedback.new, names)}."]
    else:
        said = ["Nothing in it makes things worse."]
    said.append(f"Try to bring this in: {wanted}." if wanted else "Try again with one thing that repairs.")
    return said


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two tries side by side, as names of moves.

    ``gone`` and ``kept`` are trouble of the earlier one, ``lost`` its repairs that are missing now;
    ``gained`` is what is new, of either kind.
    """

    gone: tuple[str, ...]
    kept: tuple[str, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    words: str


def compare(before: Sequence[str], after: Sequence[str], names: Mapping[str, str]) -> Comparison:
    """What changed between the moves of an earlier saying and of a later one."""
    gone = tuple(name for name in before if name in CONTENTIOUS and name not in after)
    kept = tuple(name for name in before if name in CONTENTIOUS and name in after)
    gained = tuple(name for name in after if name not in before)
    lost = tuple(name for name in before if name in REPAIR and name not in after)
    said = []
    if gone:
        said.append(f"Gone: {_listed(gone, names)}.")
    if gained:
        said.append(f"New: {_listed(gained, names)}.")
    if kept:
        said.append(f"Still there: {_listed(kept, names)}.")
    if lost:
        said.append(f"Not in it this time: {_listed(lost, names)}.")
    same = "The same moves as before." if after else "No move, as before."
    return Comparison(gone, kept, gained, lost, " ".join(said) or same)


def _listed(moves: Sequence[str], names: Mapping[str, str]) -> str:
    shown = [names.get(move, move.replace("_", " ")) for move in dict.fromkeys(moves)]
    return ", ".join(name[:1].lower() + name[1:] for name in shown)
