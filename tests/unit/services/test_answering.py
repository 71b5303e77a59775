"""An answer spoken in practice: when it is over, what it comes to, and what becomes of the microphone."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import KnownError
from coach.events import (
    SAMPLE_RATE_HZ,
    Block,
    Event,
    Failure,
    InterimWords,
    Level,
    OtherVoice,
    Turn,
    VadChanged,
    VadState,
    Word,
    WordsHeard,
)
from coach.services.answering import Answer, AnswerPatience, SpokenAnswer
from coach.values.answers import AnswerBegun, AnswerEvent, AnswerFailed, AnswerHeard, AnswerWords
from tests.fakes.engine import FakeSource, block
from tests.fakes.waiting import WAIT_S

PATIENCE = AnswerPatience(pause_s=2.0, first_word_s=5.0, longest_s=20.0)
GONE = KnownError("microphone-gone", "It is gone.")


def words(text: str) -> tuple[Word, ...]:
    return tuple(Word(word, 0.0, 0.1, 0.9) for word in text.split())


def noise(start_s: float) -> Block:
    quiet = np.random.default_rng(1).standard_normal(SAMPLE_RATE_HZ // 2).astype(np.float32) * 0.001
    return Block(quiet, start_s)


def vad(at_s: float, state: VadState) -> VadChanged:
    return VadChanged(at_s, state)


class ScriptedListener:
    """Says the given events with each block, and the last ones at the end."""

    def __init__(self, *said: Sequence[Event], rest: Sequence[Event] = ()) -> None:
        self._said = list(said)
        self._rest = rest
        self.fed_s: list[float] = []

    def feed(self, block: Block) -> Iterator[Event]:
        self.fed_s.append(block.start_s)
        yield from self._said.pop(0) if self._said else ()

    def flush(self) -> Iterator[Event]:
        yield from self._rest


class Heard:
    """Events as they come, from the answer's own thread."""

    def __init__(self) -> None:
        self.events: queue.SimpleQueue[AnswerEvent] = queue.SimpleQueue()

    def __call__(self, event: AnswerEvent) -> None:
        self.events.put(event)

    def all(self) -> list[AnswerEvent]:
        found = [self.events.get_nowait() for _ in range(self.events.qsize())]
        return [event for event in found if not isinstance(event, Level)]


def run(source: FakeSource, listener: ScriptedListener) -> list[AnswerEvent]:
    heard = Heard()
    answer = SpokenAnswer(source, lambda: listener, heard, PATIENCE)
    assert answer.join(WAIT_S)
    assert source.stops >= 1
    return heard.all()


def run_lost_while_loading(said: Sequence[Block], listener: ScriptedListener) -> AnswerEvent:
    """The last event of an answer whose microphone gives ``said`` and goes before the models are loaded."""
    gone = threading.Event()

    class Going(FakeSource):
        def read(self, timeout_s: float) -> Block | None:
            try:
                return super().read(timeout_s)
            except KnownError:
                gone.set()
                raise

    def load() -> ScriptedListener:
        assert gone.wait(WAIT_S)
        return listener

    heard = Heard()
    assert SpokenAnswer(Going([*said, GONE]), load, heard, PATIENCE).join(WAIT_S)
    return heard.all()[-1]


def test_an_answer_is_waited_for_and_given_its_pauses() -> None:
    """Silence ends it: a long one before the first word, a shorter one after; never amid speech."""
    answer = Answer(PATIENCE)
    assert not answer.is_over(4.9)
    assert answer.is_over(5.0)
    answer.take(vad(3.0, VadState.SPEAKING))
    assert not answer.is_over(9.0)
    answer.take(vad(9.5, VadState.STOPPING))
    assert not answer.is_over(12.0)
    answer.take(vad(9.9, VadState.QUIET))
    assert not answer.is_over(11.8)
    assert answer.is_over(11.9)
    answer.take(vad(11.9, VadState.SPEAKING))
    assert answer.is_over(20.0), "and it has an end"


def test_what_others_say_keeps_no_answer_open() -> None:
    """Once a voice is known for another's, the agent's silence counts through it; also while it goes on."""
    answer = Answer(PATIENCE)
    for event in (vad(1.0, VadState.SPEAKING), vad(4.0, VadState.QUIET)):
        answer.take(event)
    answer.take(vad(4.5, VadState.SPEAKING))
    assert not answer.is_over(6.5), "it may be the agent"
    answer.take(vad(7.0, VadState.QUIET))
    answer.take(OtherVoice(4.3, 7.0))
    assert answer.is_over(7.0)
    talk = Answer(PATIENCE)
    talk.take(vad(0.5, VadState.SPEAKING))
    talk.take(OtherVoice(0.3, 4.9))
    assert not talk.is_over(5.5)
    talk.take(OtherVoice(4.9, 9.0))
    assert talk.is_over(9.5), "before the first word the longer patience counts"


def test_the_agent_who_goes_on_behind_another_voice_is_waited_for() -> None:
    """In one breath with somebody else the agent's own part counts, before and behind."""
    answer = Answer(PATIENCE)
    answer.take(vad(1.0, VadState.SPEAKING))
    answer.take(vad(9.0, VadState.QUIET))
    answer.take(OtherVoice(3.0, 6.0))
    assert not answer.is_over(10.9)
    assert answer.is_over(11.0)
    before = Answer(PATIENCE)
    before.take(vad(1.0, VadState.SPEAKING))
    before.take(OtherVoice(3.0, 4.5))
    assert not before.is_over(9.0), "the voice goes on, and may be the agent's"
    before.take(vad(9.0, VadState.QUIET))
    assert not before.is_over(10.9)


def test_words_are_shown_as_they_come_and_joined_over_pauses() -> None:
    """Final words replace drafts, turns are joined, and only what is final is the answer."""
    answer = Answer(PATIENCE)
    assert answer.take(InterimWords(0, words("I'm"), words("sorry"))) == AnswerWords("I'm sorry", "I'm sorry")
    assert answer.take(WordsHeard(0, words("I'm sorry."))) == AnswerWords("I'm sorry.", "")
    assert answer.take(WordsHeard(0, words("I'm sorry."))) is None
    answer.take(InterimWords(0, words("Let"), words("me")))
    assert answer.words == AnswerWords("I'm sorry. Let me", "Let me")
    answer.take(Turn(0, "I'm sorry.", 0.0, 1.0))
    answer.take(WordsHeard(1, words("Let me look.")))
    assert answer.heard == AnswerHeard("I'm sorry. Let me look.")


@given(st.lists(st.sampled_from(["word", "final", "turn"]), max_size=30))
def test_no_final_word_is_lost_or_said_twice(steps: list[str]) -> None:
    """Whatever order drafts, final words and turns come in, the answer has each final word once."""
    answer, said, open_ = Answer(PATIENCE), 0, 0
    for step in steps:
        if step == "word":
            answer.take(InterimWords(0, (), words("perhaps")))
        elif step == "final":
            open_ += 1
            answer.take(WordsHeard(0, words(" ".join(f"w{said + n}" for n in range(open_)))))
        else:
            answer.take(Turn(0, " ".join(f"w{said + n}" for n in range(open_)), 0.0, 1.0))
            said, open_ = said + open_, 0
    assert answer.heard.text.split() == [f"w{n}" for n in range(said + open_)]


def test_a_spoken_answer_ends_by_itself() -> None:
    """The device is named, words come, silence ends it, and the microphone is let go."""
    source = FakeSource([noise(n * 0.5) for n in range(7)])
    source.endless = True  # without an end of its own it would be waited for in vain
    listener = ScriptedListener(
        [vad(0.3, VadState.SPEAKING)],
        [WordsHeard(0, words("That's on me."))],
        [vad(1.5, VadState.QUIET)],
        rest=[Turn(0, "That's on me.", 0.3, 1.4)],
    )
    assert run(source, listener) == [
        AnswerBegun("fake microphone"),
        AnswerWords("That's on me."),
        AnswerHeard("That's on me."),
    ]


def test_what_comes_after_the_closing_silence_is_no_part_of_it() -> None:
    """Behind a busy machine more is waiting in the microphone: the answer ended where the silence did."""
    source = FakeSource([noise(n * 0.5) for n in range(12)])
    listener = ScriptedListener(
        [vad(0.3, VadState.SPEAKING)], [WordsHeard(0, words("Sorry."))], [vad(1.5, VadState.QUIET)]
    )
    assert run(source, listener)[-1] == AnswerHeard("Sorry.")
    assert max(listener.fed_s) == 3.0


def test_what_was_said_before_done_was_pressed_is_heard() -> None:
    """What the microphone holds when the answer is finished by hand is not lost."""

    class Holding(FakeSource):
        """Gives what it holds only once nobody waits for more."""

        def read(self, timeout_s: float) -> Block | None:
            if not timeout_s:
                return super().read(timeout_s)
            threading.Event().wait(0.001)
            return None

    source, heard = Holding([block(0.0), block(0.5)]), Heard()
    source.endless = True
    listener = ScriptedListener([], [], rest=[Turn(0, "Good.", 0.0, 0.4)])
    answer = SpokenAnswer(source, lambda: listener, heard, PATIENCE)
    assert isinstance(heard.events.get(timeout=WAIT_S), AnswerBegun)
    answer.finish()
    assert answer.join(WAIT_S)
    assert heard.all()[-1] == AnswerHeard("Good.")
    assert listener.fed_s == [0.0, 0.5]


def test_what_is_said_while_the_models_load_is_heard() -> None:
    """The microphone is open, and told to be, before what listens is there; then it catches up."""
    source, heard = FakeSource([block(0.0), block(0.5)]), Heard()
    said = ScriptedListener([], [WordsHeard(0, words("Sorry."))])

    def load() -> ScriptedListener:
        assert source.starts == 1
        assert heard.all() == [AnswerBegun("fake microphone")]
        return said

    answer = SpokenAnswer(source, load, heard, PATIENCE)
    assert answer.join(WAIT_S)
    assert said.fed_s == [0.0, 0.5]
    assert heard.all()[-1] == AnswerHeard("Sorry.")


def test_an_answer_that_is_left_lets_go_before_the_models_are_there() -> None:
    """Loading takes as long as it takes; the microphone is not kept open for it."""
    source, heard, loaded = FakeSource([block(0.0)]), Heard(), threading.Event()
    source.endless = True

    def load() -> ScriptedListener:
        assert loaded.wait(WAIT_S)
        return ScriptedListener()

    answer = SpokenAnswer(source, load, heard, PATIENCE)
    assert isinstance(heard.events.get(timeout=WAIT_S), AnswerBegun)
    answer.stop()
    assert answer.join(WAIT_S)
    assert source.stops >= 1
    assert not loaded.is_set()
    loaded.set()


def test_what_is_said_after_done_is_not_heard_though_the_models_still_load() -> None:
    """Done lets go of the microphone; what it had by then is written down once that is loaded."""
    heard, loaded, let_go = Heard(), threading.Event(), threading.Event()
    said = ScriptedListener([WordsHeard(0, words("Sorry."))])

    class Closing(FakeSource):
        """After ``stop`` nothing comes in any more."""

        def stop(self) -> None:
            super().stop()
            self.endless = False
            let_go.set()

    source = Closing([block(0.0), block(0.5)])
    source.endless = True

    def load() -> ScriptedListener:
        assert loaded.wait(WAIT_S)
        return said

    answer = SpokenAnswer(source, load, heard, PATIENCE)
    assert isinstance(heard.events.get(timeout=WAIT_S), AnswerBegun)
    answer.finish()
    assert let_go.wait(WAIT_S), "the microphone is open for nobody"
    loaded.set()
    assert answer.join(WAIT_S)
    assert heard.all()[-1] == AnswerHeard("Sorry.")
    assert said.fed_s == [0.0, 0.5]


def test_an_answer_that_is_left_is_not_written_down_any_further() -> None:
    """What was kept while the models loaded takes long to hear; left, the microphone does not wait for it."""
    source, heard, kept = FakeSource([block(n * 0.5) for n in range(4)]), Heard(), threading.Event()
    source.endless = True
    answer: SpokenAnswer

    class Left(ScriptedListener):
        def feed(self, block: Block) -> Iterator[Event]:
            answer.stop()
            return super().feed(block)

    listener = Left([VadChanged(0.1, VadState.SPEAKING)])

    def load() -> ScriptedListener:
        assert kept.wait(WAIT_S)
        return listener

    answer = SpokenAnswer(source, load, heard, PATIENCE)
    while source.items.qsize():
        heard.events.get(timeout=WAIT_S)
    kept.set()
    assert answer.join(WAIT_S)
    assert len(listener.fed_s) <= 1
    assert source.stops >= 1


def test_a_microphone_that_goes_while_the_models_load_leaves_what_was_said() -> None:
    """As one that goes later."""
    listener = ScriptedListener([WordsHeard(0, words("Sorry."))])
    assert run_lost_while_loading([block(0.0)], listener) == AnswerHeard("Sorry.", broken_off="It is gone.")


def test_an_answer_that_was_over_before_the_microphone_went_is_whole() -> None:
    """Its closing silence was kept while the models loaded; that the microphone went later is no matter."""
    listener = ScriptedListener(
        [vad(0.3, VadState.SPEAKING)], [WordsHeard(0, words("Sorry."))], [vad(1.0, VadState.QUIET)]
    )
    assert run_lost_while_loading([noise(n * 0.5) for n in range(8)], listener) == AnswerHeard("Sorry.")


def test_an_answer_that_was_left_says_nothing_more() -> None:
    """Stopped, it lets go of the microphone and sends no answer."""
    source, heard = FakeSource([]), Heard()
    source.endless = True
    answer = SpokenAnswer(source, ScriptedListener, heard, PATIENCE)
    assert isinstance(heard.events.get(timeout=WAIT_S), AnswerBegun)
    answer.stop()
    answer.stop()
    assert answer.join(WAIT_S)
    assert heard.all() == []
    assert source.stops >= 1


def test_a_microphone_that_goes_leaves_what_was_said() -> None:
    """Words heard before it was unplugged are there, as an answer that was broken off; without any, the
    reason alone is told."""
    said = ScriptedListener([WordsHeard(0, words("Sorry."))])
    assert run(FakeSource([block(0.0), GONE]), said)[-1] == AnswerHeard("Sorry.", broken_off="It is gone.")
    assert run(FakeSource([block(0.0), GONE]), ScriptedListener())[-1] == AnswerFailed(
        "microphone-gone", "It is gone."
    )
    assert run(FakeSource([], refuse_starts=1), ScriptedListener()) == [
        AnswerFailed("microphone-gone", "The microphone is gone.")
    ]


def test_a_dead_microphone_is_told_while_it_is_listened_to() -> None:
    """Nothing but digital silence is a failure of the microphone, not of the answer, which stays empty."""
    told = run(FakeSource([block(n * 0.5) for n in range(6)]), ScriptedListener())
    [failure] = [event for event in told if isinstance(event, Failure)]
    assert failure.code == "microphone-silent"
    assert told[-1] == AnswerHeard("")


def test_another_voice_is_told_and_not_written_down() -> None:
    """Where only somebody else was heard the answer is empty and says why; own words make it an answer."""
    other = [OtherVoice(0.0, 1.0)]
    assert run(FakeSource([block(0.0)]), ScriptedListener(other))[-1] == AnswerHeard("", other_voice=True)
    mine = [*other, WordsHeard(0, words("Mine."))]
    assert run(FakeSource([block(0.0)]), ScriptedListener(mine))[-1] == AnswerHeard("Mine.")


@pytest.mark.parametrize("error", [KnownError("model-missing", "Get it first."), ZeroDivisionError()])
def test_a_listener_that_cannot_be_made_leaves_nobody_waiting(error: Exception) -> None:
    """A missing model is told as such, a bug as one; the microphone is let go of."""

    def broken() -> ScriptedListener:
        raise error

    source, heard = FakeSource([block(0.0)]), Heard()
    assert SpokenAnswer(source, broken, heard).join(WAIT_S)
    failed = heard.all()[-1]
    assert isinstance(failed, AnswerFailed)
    assert failed.code == (error.code if isinstance(error, KnownError) else "bug")
    assert source.stops >= 1
