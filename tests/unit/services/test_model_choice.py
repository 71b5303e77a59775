"""Which model a machine gets."""

from __future__ import annotations

import numpy as np
import pytest

from coach.events import Utterance, Word
from coach.services.model_choice import BUDGET_S, choose
from tests.unit.speech.speech_fakes import Said

SAMPLE = Utterance(np.zeros(96_000, np.float32), 0.0, 6.0)


class Machine:
    """Models that take the given seconds for a sentence."""

    def __init__(self, **seconds: float) -> None:
        self.seconds = seconds
        self.now_s = 0.0
        self.told: list[tuple[str, int, int]] = []

    def load(self, name: str) -> Model:
        self.now_s += 0.5
        return Model(self, name)

    def choose(self) -> tuple[str, tuple[str, ...]]:
        found = choose(list(self.seconds), self.load, SAMPLE, self.tell, lambda: self.now_s)
        return found.model, tuple(name for name, _ in found.tried)

    def tell(self, what: str, done: int, total: int) -> None:
        self.told.append((what, done, total))


class Model:
    def __init__(self, machine: Machine, name: str) -> None:
        self.machine, self.name = machine, name

    def hear(self, utterance: Utterance) -> Said:
        self.machine.now_s += self.machine.seconds[self.name]
        return Said(())

    def draft(self, utterance: Utterance) -> tuple[Word, ...]:
        return ()


def test_the_largest_that_keeps_the_delay_is_chosen() -> None:
    """A quick machine gets the accurate model, without trying what is too slow twice."""
    assert Machine(tiny=0.1, base=0.3, small=1.2).choose() == ("small", ("tiny", "base", "small"))
    assert Machine(tiny=0.1, base=0.4, small=2.5).choose() == ("base", ("tiny", "base", "small"))


def test_a_machine_too_slow_for_any_gets_the_smallest() -> None:
    """There is always a model, and its delay is told."""
    assert Machine(tiny=4.0, base=9.0).choose() == ("tiny", ("tiny",))


def test_measuring_ends_in_time() -> None:
    """No larger model is begun once the ten seconds are over, and progress never passes its end."""
    machine = Machine(a=1.4, b=1.4, c=1.4, d=1.4, e=1.4)
    _, tried = machine.choose()
    assert len(tried) < 5
    assert all(0 <= done <= total == BUDGET_S for _, done, total in machine.told)
    assert machine.told[-1][1] == machine.told[-1][2]


def test_nothing_to_measure_is_a_fault_of_the_caller() -> None:
    """The caller says what to do where there is no model."""
    with pytest.raises(ValueError, match="no model"):
        Machine().choose()
