"""Brings the room of practice and the engine together, off the main thread."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from coach.errors import KnownError
from coach.ports import Services
from coach.practice.drills import Drill, Place
from coach.practice.judging import Feedback
from coach.practice.quiz import Question
from coach.practice.rhythm import Rhythm
from coach.practice.roleplay import Standing
from coach.practice.scenario import Scenario
from coach.services.practice import EnginePractice, Forgotten, Heard
from coach.values.practice_log import Grade
from ui import text
from ui.parts.toast import Toast
from ui.practice.aloud import CustomerVoice
from ui.practice.answer_box import Mouth
from ui.practice.hearing import TurnHearing
from ui.practice.page import DRILL, PLAYING, WAITING, PracticePage
from ui.practice.speaking import Speaking
from ui.practice.words import PROGRESS, QUIZ, ROLE_PLAY, TODAY, WHAT_IF, return_text
from ui.readiness import Readiness
from ui.running.call_runner import CallRunner
from ui.work import Background

T = TypeVar("T")

_SHUT = "Your practice is kept in the same locked store as your calls. It opens once the store does."


class PracticeDesk(QObject):
    """``failed`` with a ``KnownError`` that the room itself does not show."""

    failed = Signal(object)

    def __init__(
        self,
        services: Services,
        readiness: Readiness,
        runner: CallRunner,
        page: PracticePage,
        toast: Toast,
        parent: QObject,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._readiness = readiness
        self._runner = runner
        self._page = page
        self._toast = toast
        self._today = today
        self._practice: EnginePractice | None = None
        # One for the answers, one for what loads long: nobody waits for the detector who does not need it.
        self.background, self._loading = Background(self), Background(self)
        self.speaking = Speaking(services, readiness, runner, self)
        self.speaking.serve(page.drill.box)
        self.speaking.serve(page.role_play.box)
        self.hearing = TurnHearing(services, self.background, self, lambda: runner.running)
        self.voice = CustomerVoice(services, runner, self._loading, page, self)
        self.voice.failed.connect(self.failed)
        self._wire_hearing()
        self._chance = random.Random()
        self._told: set[str] = set()
        self._wire_others()
        readiness.failed.connect(self._stay_shut)
        page.open_wanted.connect(self.enter)
        page.part_entered.connect(self._enter_part)
        page.today.asked.connect(lambda _count, _move: self._refresh())
        page.today.started.connect(self._start)
        page.today.other_wanted.connect(page.go_to)
        page.drill.answered.connect(self._answer_drill)
        page.drill.undo_wanted.connect(self._take_back)
        page.drill.left.connect(page.go_home)
        page.drill.round_wanted.connect(self._next_round)
        # It makes sense just then: later another round is there.
        page.given_up.connect(lambda said, back: toast.say(said, text.UNDO, back, lasts=False))

    @property
    def practice(self) -> EnginePractice | None:
        """What there is to practise with, once it is open."""
        return self._practice

    @property
    def busy(self) -> bool:
        return self.background.busy or self._loading.busy

    @Slot()
    def enter(self) -> None:
        """The room is entered: open what there is to practise, or look what is due by now."""
        self.voice.enter()
        if self._practice is None:
            self._open()
        elif self._page.part == TODAY:
            self._refresh()

    @Slot()
    def leave(self) -> None:
        """Another room is entered: nothing goes on here that makes a sound or listens."""
        self.hearing.stop()
        self.voice.leave()
        self.speaking.leave()

    def close(self) -> None:
        """Let go of the microphone and the threads."""
        self.speaking.close()
        self.hearing.close()
        self.voice.close()
        # An answer just given is kept, and what was forgotten by mistake and brought back.
        self.background.finish()
        self._loading.close()

    def _wire_hearing(self) -> None:
        drill, hearing = self._page.drill, self.hearing
        drill.place_shown.connect(self._look_for)
        drill.hear_wanted.connect(self._hear)
        self._runner.phase_changed.connect(lambda _phase: hearing.stop())
        # What is played would be heard by the microphone.
        drill.box.speak_wanted.connect(hearing.stop)
        self._page.part_entered.connect(lambda _part: hearing.stop())
        hearing.found.connect(drill.offer_hearing)
        hearing.playing_changed.connect(drill.show_hearing)
        hearing.failed.connect(self.failed)

    def _hear(self, place: Place) -> None:
        if self._page.drill.box.mouth is Mouth.SHUT:
            self.hearing.toggle(place)
        else:
            self._toast.say("Finish your answer first: the microphone would hear the recording.")

    def _look_for(self, place: Place | None) -> None:
        self.hearing.stop()
        if place is not None:
            self.hearing.look_for(place)

    def _open(self) -> None:
        self._page.show_waiting()

        def make() -> EnginePractice:
            return self._services.practice(random.Random(), names=text.MOVE_NAMES)

        self._readiness.store_open(lambda: self._run(make, self._opened, self._not_opened))

    def _stay_shut(self, _error: KnownError) -> None:
        """The store was not opened: the room says what it waits for, and offers to ask again."""
        if self._practice is None and self._page.part == WAITING:
            self._page.show_waiting(_SHUT)

    def _opened(self, practice: EnginePractice) -> None:
        if self._practice is None:
            self._practice = practice
            self._loading.run(practice.prepare, lambda _none: None, lambda _error: None)
            self._page.show_ready()

    def _not_opened(self, error: KnownError) -> None:
        self._page.show_waiting(error.message)

    def _run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        self.background.run(work, done, failed or self.failed.emit)

    def _enter_part(self, part: str) -> None:
        entered = {
            TODAY: self._refresh,
            DRILL: self._page.drill.focus_next,
            PLAYING: self._page.role_play.focus_next,
            QUIZ: self._enter_quiz,
            WHAT_IF: self._enter_what_if,
            ROLE_PLAY: self._enter_scenarios,
            PROGRESS: self._enter_progress,
        }
        if self._practice is not None and part in entered:
            entered[part]()

    def _refresh(self) -> None:
        """What comes today, anew."""
        practice, page = self._practice, self._page.today
        if practice is None:
            return
        count, move = page.count, page.move_name or None

        def look() -> tuple[list[Drill], set[str], Rhythm]:
            drills = practice.drills(count, move)
            again = {drill.id for drill in drills if practice.due_at(drill.id) is not None}
            return drills, again, practice.rhythm()

        self._run(look, lambda found: self._show_today(*found))

    def _show_today(self, drills: list[Drill], again: set[str], rhythm: Rhythm) -> None:
        page = self._page.today
        focused = page.isAncestorOf(page.window().focusWidget() or self._page)
        page.show_today(drills, again, rhythm)
        if self._page.part == TODAY and self._page.isVisible() and not focused:
            page.focus_start()

    def _start(self, first: int) -> None:
        if self._practice is not None and self._page.today.drills:
            self._page.drill.show_round(self._page.today.drills, first, self._practice.points)
            self._toast.put_away()
            self._page.go_to(DRILL)

    def _next_round(self) -> None:
        """Another round right away, or home where nothing is left."""
        practice, page = self._practice, self._page
        if practice is None:
            return
        count, move = page.today.count, page.today.move_name or None

        def begin(drills: list[Drill]) -> None:
            if drills:
                page.drill.show_round(drills, 0, practice.points)
            else:
                page.go_home()

        self._run(lambda: practice.drills(count, move), begin)

    def _answer_drill(self, drill: Drill, said: str) -> None:
        practice = self._practice
        if practice is None:
            return

        def judge() -> tuple[Feedback, dt.datetime | None]:
            return practice.answer_drill(drill, said), practice.due_at(drill.id)

        def show(found: tuple[Feedback, dt.datetime | None]) -> None:
            feedback, due = found
            self._page.drill.show_feedback(drill, feedback, return_text(due, self._today()))

        def fail(error: KnownError) -> None:
            self._page.drill.fail()
            self.failed.emit(error)

        self._run(judge, show, fail)

    def _take_back(self) -> None:
        practice, drill = self._practice, self._page.drill.drill
        if practice is not None:
            self._run(
                lambda: practice.take_back(drill.id),
                lambda done: self._page.drill.show_taken_back(drill) if done else None,
            )

    def _wire_others(self) -> None:
        page = self._page
        page.quiz.round_wanted.connect(self._ask_quiz)
        page.quiz.answered.connect(self._answer_question)
        page.quiz.undo_wanted.connect(self._take_back_question)
        page.scenarios.chosen.connect(self._play)
        page.role_play.said.connect(self._say)
        page.role_play.ended.connect(self._end_role_play)
        page.role_play.left.connect(page.leave_call)
        page.progress.forget_wanted.connect(self._forget)

    def _enter_quiz(self) -> None:
        if self._page.quiz.running:
            self._page.quiz.focus_first()
        else:
            self._ask_quiz()

    def _ask_quiz(self) -> None:
        practice, quiz = self._practice, self._page.quiz
        if practice is not None:
            self._run(practice.quiz, lambda questions: quiz.show_round(questions, practice.points))

    def _answer_question(self, question: Question, place: int) -> None:
        practice, quiz = self._practice, self._page.quiz
        if practice is None:
            return

        def fail(error: KnownError) -> None:
            quiz.fail()
            self.failed.emit(error)

        self._run(
            lambda: practice.answer_question(question, [place]),
            lambda answered: quiz.show_answer(question, answered),
            fail,
        )

    def _take_back_question(self) -> None:
        practice, quiz = self._practice, self._page.quiz
        question = quiz.question
        if practice is not None:
            self._run(
                lambda: practice.take_back(question.exercise),
                lambda done: quiz.show_taken_back(question) if done else None,
            )

    def _enter_what_if(self) -> None:
        practice, what_if = self._practice, self._page.what_if
        if practice is not None and not what_if.turns:
            turns = list(practice.library.what_ifs)
            self._chance.shuffle(turns)
            what_if.show_turns(turns, practice.points)
        what_if.focus_first()

    def _enter_scenarios(self) -> None:
        practice, page = self._practice, self._page.scenarios

        def show(played: dict[str, Grade]) -> None:
            assert practice is not None
            page.show_scenarios(practice.library.scenarios, played)
            if self._page.part == ROLE_PLAY:
                page.focus_first()

        if practice is not None:
            self._run(practice.played, show)

    def _play(self, scenario: Scenario) -> None:
        if self._practice is not None:
            self._page.role_play.show_scenario(scenario, self._practice.points)
            # It would lie over what is to be answered.
            self._toast.put_away()
            self._page.go_to(PLAYING)

    def _say(self, scenario: Scenario, standing: Standing, words: str) -> None:
        practice, play = self._practice, self._page.role_play
        if practice is None:
            return

        def fail(error: KnownError) -> None:
            if play.standing is standing:
                play.fail()
            self.failed.emit(error)

        def show(heard: Heard) -> None:
            # A call that was begun anew meanwhile, by whatever scenario, has no place for it.
            if play.standing is standing:
                play.show_heard(scenario, heard)
            if heard.trouble is not None and heard.trouble.code not in self._told:
                self._told.add(heard.trouble.code)
                self.failed.emit(heard.trouble)

        self._run(lambda: practice.say(scenario, standing, words), show, fail)

    def _end_role_play(self, scenario: Scenario, standing: Standing) -> None:
        practice, play = self._practice, self._page.role_play
        if practice is not None:
            self._run(
                lambda: practice.end_role_play(scenario, standing),
                lambda debrief: play.show_debrief(scenario, debrief),
            )

    def _enter_progress(self) -> None:
        practice, page = self._practice, self._page.progress
        if practice is not None:
            self._run(
                lambda: (practice.weeks(), practice.rhythm()),
                lambda found: page.show_weeks(*found),
            )

    def _forget(self) -> None:
        """Deleted at once, with a way back: no question asked, nothing lost."""
        practice = self._practice
        if practice is None:
            return

        def gone(forgotten: Forgotten) -> None:
            self._toast.say("All practice is deleted.", text.UNDO, lambda: self._remember(forgotten))
            self._enter_progress()

        self._run(practice.forget, gone)

    def _remember(self, forgotten: Forgotten) -> None:
        practice = self._practice
        if practice is not None:
            self._run(lambda: practice.remember(forgotten), lambda _none: self._enter_progress())
