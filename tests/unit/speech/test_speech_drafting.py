from __future__ import annotations

import numpy as np

from coach.events import Utterance, Word
from coach.speech.drafting import DraftConfig, Drafter
from tests.unit.speech.speech_fakes import Said


class Slow:
    """Every draft takes ``cost_s`` on its clock and hears one word for each second."""

    name = "slow"

    def __init__(self, cost_s: float) -> None:
        self.cost_s = cost_s
        self.now_s = 0.0

    def clock(self) -> float:
        return self.now_s

    def hear(self, utterance: Utterance) -> Said:
        raise AssertionError("a draft is not a hearing")

    def draft(self, utterance: Utterance) -> tuple[Word, ...]:
        self.now_s += self.cost_s
        count = int(utterance.end_s - utterance.start_s)
        return tuple(Word(str(at), float(at), at + 1.0, 0.0) for at in range(count))


def run(end_s: float) -> Utterance:
    return Utterance(np.zeros(0, np.float32), 0.0, end_s)


def drafts_in(cost_s: float, seconds: int) -> int:
    transcriber = Slow(cost_s)
    drafter = Drafter(transcriber, clock=transcriber.clock)
    count = 0
    for tenth in range(seconds * 10):
        if drafter.due(run(tenth / 10)):
            drafter.hear(run(tenth / 10))
            count += 1
    return count


def test_a_quick_machine_drafts_every_half_second() -> None:
    """Words come as they are said where that costs next to nothing."""
    assert drafts_in(cost_s=0.01, seconds=10) in {19, 20}


def test_drafts_take_no_more_than_their_share() -> None:
    """A slow machine drafts less often, so that it has time for the final words."""
    cost_s, seconds = 0.15, 20
    config = DraftConfig()
    assert drafts_in(cost_s, seconds) * cost_s <= (config.share * 1.2) * seconds


def test_however_slow_the_machine_words_still_come() -> None:
    """The slowest pace is bounded too."""
    assert drafts_in(cost_s=3.0, seconds=20) >= 9


def test_words_are_committed_when_heard_twice_and_a_new_run_begins_anew() -> None:
    """The second hearing of the same word commits it; the end of the run forgets it."""
    transcriber = Slow(0.0)
    drafter = Drafter(transcriber, clock=transcriber.clock)
    committed, tentative = drafter.hear(run(2.0))
    assert ([w.text for w in committed], [w.text for w in tentative]) == ([], ["0", "1"])
    committed, tentative = drafter.hear(run(3.0))
    assert ([w.text for w in committed], [w.text for w in tentative]) == (["0", "1"], ["2"])
    drafter.end()
    assert not drafter.due(run(0.2))
    committed, _ = drafter.hear(run(2.0))
    assert committed == ()


def test_no_draft_right_behind_a_cut() -> None:
    """Where a long run was just cut and heard, the rest of it waits half a second: the end may be near."""
    transcriber = Slow(0.1)
    drafter = Drafter(transcriber, clock=transcriber.clock)
    drafter.end(4.0)
    assert not drafter.due(run(4.4))
    assert drafter.due(run(4.5))
    drafter.end()
    assert drafter.due(run(4.4))
