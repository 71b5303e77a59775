"""Practice as the app and the command line use it: exercises for today, answers judged and kept, progress."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from coach.calls.figures import figures
from coach.coaching.playbook import Playbook
from coach.errors import KnownError
from coach.events import CallRecord
from coach.machine.local_model import LocalModel
from coach.moves.language import foreign
from coach.practice import roleplay
from coach.practice.drills import Drill, Help, own_drills, todays_drills, written_drill
from coach.practice.judging import AnswerJudge, Feedback, judge_answer, not_english
from coach.practice.library import Library
from coach.practice.progress import Week, by_week
from coach.practice.quiz import Answered, Question, check, quiz_round
from coach.practice.rhythm import Rhythm, rhythm
from coach.practice.roleplay import Debrief, Standing
from coach.practice.scenario import Scenario
from coach.practice.schedule import Schedule
from coach.practice.wording import Model, worded
from coach.settings import Settings
from coach.taxonomy import CONTENTIOUS
from coach.values.practice_log import OWN, Attempt, CardState, ExerciseKind, Grade, PastCalls, PracticeStore

RECENT_CALLS = 20
"""Own turns to say better come from this many of the latest calls."""

_ROLE_PLAY = "role-play:"
_LONGEST_WAIT_S = 20.0
"""For a line of a role-play: nobody waits longer on a call."""
WEEKS = 12
MOST_CALLS = 20_000
"""More than anybody has in ``WEEKS``: with fewer of them the first weeks would seem to be without a call."""
SAMPLE_LINES = 3
"""Of the playbook, for turns of one's own."""


@dataclass(frozen=True, slots=True)
class _Noted:
    """A try that can be taken back: the card from before, and whether it was the first of its day."""

    attempt: Attempt
    before: CardState | None
    first_today: bool


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What ``forget`` deleted, to be kept again on second thoughts."""

    attempts: tuple[Attempt, ...]
    cards: tuple[CardState, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn of a role-play: where the call stands now, and the moves that were heard in it.

    ``trouble``: why the customer's line is as it is written, though a language model was to word it.
    """

    standing: Standing
    moves: tuple[str, ...]
    trouble: KnownError | None = None


class EnginePractice:
    """Exercises over the kept ports. Methods raise ``KnownError`` as the stores do.

    ``judge`` gives the detector once it is needed. ``calls`` is None where own turns are not to be looked at.
    What was answered is kept only with ``keep_answers``; that it was tried, when, how it went and which moves
    were heard is always kept. ``points`` say in a few words what each source id stands for,
    ``helps`` how each contentious move is repaired. ``wording`` gives the language model that words what the
    customer of a role-play says, None where none is to. ``unfair`` gives the flags that the agent called so,
    by call, turn and move.
    """

    def __init__(
        self,
        library: Library,
        names: Mapping[str, str],
        judge: Callable[[], AnswerJudge],
        store: PracticeStore,
        calls: PastCalls | None = None,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now().astimezone(),
        chance: random.Random | None = None,
        keep_answers: bool = False,
        points: Mapping[str, str] | None = None,
        helps: Mapping[str, Help] | None = None,
        wording: Callable[[], Model | None] = lambda: None,
        unfair: Callable[[], Collection[tuple[str, int, str]]] = tuple,
    ) -> None:
        self.library = library
        self.points = points or {}
        self._helps = helps or {}
        self.names = names
        self._judge = judge
        self._wording = wording
        self._unfair = unfair
        self._store = store
        self._calls = calls
        self._now = now
        self._chance = chance or random.Random()
        self._keep_answers = keep_answers
        self._begin()

    def _begin(self) -> None:
        """Read where things stand."""
        self._schedule = Schedule(self._store.practice_cards())
        self._tried = {(attempt.exercise, self._day(attempt.at)) for attempt in self._store.attempts()}
        self._last: dict[str, _Noted] = {}

    def prepare(self) -> None:
        """Load the detector, so that the first answer does not wait for it. Raises as the detector does."""
        self._judge()

    def drills(self, most: int = 5, move: str | None = None) -> list[Drill]:
        """Turns to say better today: those due again, then own ones, then written ones."""
        mine = self._own_drills()
        written = [written_drill(situation) for situation in self.library.situations]
        mine, written = ([d for d in pool if move in (None, d.move)] for pool in (mine, written))
        return todays_drills(mine, written, self._schedule, self._now(), most, self._chance)

    def _own_drills(self) -> list[Drill]:
        recent = self._recent()
        older = self._due_again(recent)
        unfair: dict[str, set[tuple[int, str]]] = {one.header.id: set() for one in (*recent, *older)}
        for call_id, turn_index, move in self._unfair() if unfair else ():
            unfair.get(call_id, set()).add((turn_index, move))
        mine, again = (
            [drill for one in records for drill in own_drills(one, self._helps, unfair[one.header.id])]
            for records in (recent, older)
        )
        return [*mine, *(drill for drill in again if drill.id in self._schedule)]

    def _due_again(self, recent: Sequence[CallRecord]) -> list[CallRecord]:
        """Calls from before the recent ones, with a turn that comes back today."""
        there = {record.header.id for record in recent}
        due = (one for one in self._schedule.due(self._now()) if one.startswith(OWN))
        calls = dict.fromkeys(one.removeprefix(OWN).rpartition(":")[0] for one in due)
        older = [call_id for call_id in calls if call_id not in there][:RECENT_CALLS]
        return self._calls.outlines(len(older), of=older) if older and self._calls is not None else []

    def answer_drill(self, drill: Drill, answer: str) -> Feedback:
        """Judge an answer. The first try of a day decides when it comes back; later ones only count. One that
        is not in English is no try."""
        if foreign(answer):
            return not_english(answer)
        feedback = judge_answer(self._judge(), answer, drill.task)
        self._note(drill.id, drill.kind, feedback.grade, feedback.names, feedback.answer)
        return feedback

    def quiz(self, most: int = 10) -> list[Question]:
        return quiz_round(self.library.quiz, self.names, self._schedule, self._now(), most, self._chance)

    def answer_question(self, question: Question, chosen: Collection[int]) -> Answered:
        answered = check(question, chosen)
        self._note(question.exercise, ExerciseKind.QUIZ, answered.grade, (), "")
        return answered

    def say(self, scenario: Scenario, standing: Standing, text: str) -> Heard:
        """One turn of a role-play, judged by the detector; what the customer answers is the scenario's."""
        moves = tuple(move.name for move in self._judge().judge(text)[0]) if text.strip() else ()
        now = roleplay.answer(scenario, standing, moves)
        try:
            model = self._wording()
            line = now.line if model is None else worded(scenario, now, text, model)
        except KnownError as error:
            return Heard(now, moves, error)
        return Heard(replace(now, line=line), moves)

    def end_role_play(self, scenario: Scenario, standing: Standing) -> Debrief:
        """Keep how a finished role-play went, and say it kindly."""
        debrief = roleplay.debrief(standing, self.names)
        heard = tuple(sorted(standing.heard))
        self._note(f"{_ROLE_PLAY}{scenario.id}", ExerciseKind.ROLE_PLAY, debrief.grade, heard, "")
        return debrief

    def played(self) -> dict[str, Grade]:
        """How each role-play went at best, by the scenario's id; those never played are not in it."""
        best: dict[str, Grade] = {}
        for attempt in self._store.attempts():
            if attempt.kind is ExerciseKind.ROLE_PLAY:
                name = attempt.exercise.removeprefix(_ROLE_PLAY)
                best[name] = max(best.get(name, Grade.AGAIN), attempt.grade, key=lambda grade: grade.value)
        return best

    def due_at(self, exercise: str) -> dt.datetime | None:
        """When an exercise comes back, in the local zone; None for one that was never tried."""
        due = self._schedule.due_at(exercise)
        return None if due is None else due.astimezone(self._now().tzinfo)

    def take_back(self, exercise: str) -> bool:
        """The last try at an exercise was none: it is not kept, and the exercise comes when it would have
        come. False where there is nothing to take back."""
        noted = self._last.get(exercise)
        if noted is None:
            return False
        at = noted.attempt.at
        self._store.take_back_attempt(noted.attempt, noted.before)
        # Only now: where the store takes nothing it can be said again.
        del self._last[exercise]
        self._schedule.put_back(exercise, noted.before)
        if noted.first_today:
            self._tried.discard((exercise, self._day(at)))
        return True

    def forget(self) -> Forgotten:
        """Delete all that practice left behind. What it returns can be given to ``remember``."""
        gone = Forgotten(tuple(self._store.attempts()), tuple(self._store.practice_cards()))
        self._store.forget_practice()
        self._begin()
        return gone

    def remember(self, forgotten: Forgotten) -> None:
        """Keep again what was forgotten; an exercise that was tried since comes back as that try says."""
        newer = {card.exercise for card in self._store.practice_cards()}
        cards = {card.exercise: card for card in forgotten.cards if card.exercise not in newer}
        for attempt in forgotten.attempts:
            self._store.keep_attempt(attempt, cards.get(attempt.exercise))
        self._begin()

    def rhythm(self) -> Rhythm:
        return rhythm(self._store.attempts(), self._now())

    def weeks(self) -> list[Week]:
        """The last twelve weeks of calls and practice, oldest first."""
        now = self._now()
        since = now - dt.timedelta(weeks=WEEKS)
        return by_week(map(figures, self._recent(MOST_CALLS, since)), self._store.attempts(since), now, WEEKS)

    def _recent(self, most: int = RECENT_CALLS, since: dt.datetime | None = None) -> list[CallRecord]:
        if self._calls is None:
            return []
        return self._calls.outlines(most, since)

    def _note(
        self, exercise: str, kind: ExerciseKind, grade: Grade, moves: tuple[str, ...], answer: str
    ) -> None:
        now = self._now()
        first_today = (exercise, self._day(now)) not in self._tried
        before = self._schedule.card(exercise)
        card = self._schedule.rate(exercise, grade, now) if first_today else None
        attempt = Attempt(now, exercise, kind, grade, moves, answer if self._keep_answers else "")
        try:
            self._store.keep_attempt(attempt, card)
        except KnownError:
            self._schedule.put_back(exercise, before)
            raise
        self._tried.add((exercise, self._day(now)))
        self._last[exercise] = _Noted(attempt, before, first_today)

    def _day(self, at: dt.datetime) -> dt.date:
        return at.astimezone(self._now().tzinfo).date()


def helps(playbook: Playbook) -> dict[str, Help]:
    """For every contentious move why it makes things worse, and a few of its lines that repair it."""
    found = {}
    for move in CONTENTIOUS:
        entry = playbook.entry(move)
        lines = tuple(one.line for one in entry.say if not one.about)
        found[move] = Help(entry.why, lines[:SAMPLE_LINES], entry.sources)
    return found


def customer_model(chosen: Settings) -> Model | None:
    """What words the customers of role-plays; None unless it is switched on. Raises ``KnownError``."""
    if not chosen.practice.model_customers:
        return None
    return LocalModel(chosen.local_model.address, chosen.local_model.name, _LONGEST_WAIT_S).answer
