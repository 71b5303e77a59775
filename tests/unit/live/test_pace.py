"""How far the words are behind, told and acted on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from coach.events import Block, DelayMeasured, Event, Failure, Turn, Word, WordsHeard
from coach.live.pace import Pace, PaceConfig

CONFIG = PaceConfig()


class Steps:
    """Something with ``most`` ways to be made cheaper."""

    def __init__(self, most: int = 2) -> None:
        self.most = most
        self.asked: list[int] = []

    def ease(self, step: int) -> str | None:
        self.asked.append(step)
        return f"step {step}" if step <= self.most else None


class Machine:
    """Blocks of one second that are taken ``lag_s`` after they were spoken."""

    def __init__(self, easing: Steps) -> None:
        self.now_s = 0.0
        self.pace = Pace(easing, lambda: self.now_s)
        self.at_s = 0.0
        self.pace_events: list[Event] = []

    def hear(self, seconds: int, lag_s: float, events: tuple[Event, ...] = ()) -> list[Event]:
        out: list[Event] = []
        for _ in range(seconds):
            block = Block(np.zeros(16_000, np.float32), self.at_s)
            self.at_s = block.end_s
            self.now_s = 1_000.0 + self.at_s + lag_s
            out += self.pace.events(block, iter(events))
        return out


def failures(events: list[Event]) -> list[Failure]:
    return [event for event in events if isinstance(event, Failure)]


def turn(text: str, end_s: float) -> tuple[Event, ...]:
    words = tuple(Word(word, end_s - 1, end_s, 0.9) for word in text.split())
    return (WordsHeard(0, words), Turn(0, text, end_s - 1, end_s, words))


def test_a_delay_is_from_the_last_word_to_its_final_text() -> None:
    """However late the block itself was taken, both are counted from when it was spoken."""
    machine = Machine(Steps())
    machine.hear(3, 0.0)
    (measured,) = (e for e in machine.hear(1, 0.4, turn("Good day.", 3.5)) if isinstance(e, DelayMeasured))
    assert measured.last_s == pytest.approx(4.0 + 0.4 - 3.5, abs=0.01)
    assert measured.p50_s == measured.p95_s == measured.last_s


def test_words_that_were_mended_later_count_from_their_mending() -> None:
    """A text is final when it first stood as it stayed."""
    machine = Machine(Steps())
    machine.hear(2, 0.0)
    first, _ = turn("Good pay.", 2.0)
    machine.hear(1, 0.0, (first,))
    (measured,) = (
        e
        for e in machine.hear(2, 0.0, ()) + machine.hear(1, 0.0, turn("Good day.", 2.0))
        if isinstance(e, DelayMeasured)
    )
    assert measured.last_s == pytest.approx(4.0, abs=0.01)


def test_a_machine_that_falls_behind_is_eased_step_by_step_and_says_so() -> None:
    """Not at the first hiccup, and no further than there are steps."""
    easing = Steps(most=2)
    machine = Machine(easing)
    machine.hear(5, 0.0)
    assert failures(machine.hear(2, CONFIG.late_s + 1)) == []
    assert failures(machine.hear(1, 0.0)) == []
    told = failures(machine.hear(40, CONFIG.late_s + 1))
    assert [(one.code, one.message) for one in told] == [
        ("faster-model", "step 1"),
        ("faster-model", "step 2"),
    ]
    assert 3 in easing.asked


def test_a_machine_that_keeps_up_again_gets_everything_back() -> None:
    """After a minute without lag, a step at a time; the last one takes the banner away."""
    machine = Machine(Steps())
    machine.hear(5, 0.0)
    machine.hear(10, CONFIG.late_s + 1)
    told = failures(machine.hear(200, 0.0))
    assert told[-1].message == "step 0"
    assert told[-1].recovered


def test_after_a_pause_the_lag_is_measured_anew() -> None:
    """A clock that stood still while paused is no lag."""
    easing = Steps()
    machine = Machine(easing)
    machine.hear(5, 0.0)
    machine.pace.restart()
    assert failures(machine.hear(20, 30.0)) == []
    assert easing.asked == []


def test_a_slow_drift_of_the_sound_card_is_no_lag() -> None:
    """Two clocks never agree: 50 parts in a million over hours is not falling behind."""
    easing = Steps()
    machine = Machine(easing)

    def hours() -> Iterator[Event]:
        for second in range(4 * 3_600):
            yield from machine.hear(1, second * 5e-5)

    assert failures(list(hours())) == []
