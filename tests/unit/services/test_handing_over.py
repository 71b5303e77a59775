"""The microphone that waited for speech becomes the source of the call that begins with it."""

from __future__ import annotations

import itertools
import queue
from collections.abc import Iterator, Mapping

import numpy as np
import pytest

from coach.errors import KnownError
from coach.events import SAMPLE_RATE_HZ, Block, Failure, Level
from coach.ports import AudioSource, EnrolmentEvent, SpeechBegan
from coach.services.handing_over import KEPT_S, TAKEN_WITHIN_S, WaitingMicrophone
from tests.fakes.engine import FakeSource
from tests.fakes.waiting import WAIT_S

BLOCK_S = 0.5


def numbered(second: float) -> Block:
    """Half a second of sound; each sample tells its own time, so that what arrives can be told apart."""
    count = round(BLOCK_S * SAMPLE_RATE_HZ)
    return Block((second + np.arange(count) / SAMPLE_RATE_HZ).astype(np.float32), second)


class Losing(FakeSource):
    """``lost``: how often sound was lost so far, by the second that the block after it begins."""

    lost: Mapping[float, int] = {}

    def read(self, timeout_s: float) -> Block | None:
        block = super().read(timeout_s)
        if block is not None:
            self.dropped = self.lost.get(block.start_s, self.dropped)
        return block


class Waiting:
    """A microphone that hears speech from ``began_s`` on and knows it at ``known_s``."""

    def __init__(
        self, until_s: float, began_s: float, known_s: float, dropped: Mapping[float, int] | None = None
    ) -> None:
        self.source = Losing([numbered(at * BLOCK_S) for at in range(round(until_s / BLOCK_S))])
        self.source.lost = dropped or {}
        self.source.endless = True
        self._began_s, self._known_s = began_s, known_s
        self._events: queue.SimpleQueue[EnrolmentEvent] = queue.SimpleQueue()
        self.microphone = WaitingMicrophone(self.source, self._hear, self._events.put)
        self.until(until_s)

    def _hear(self, block: Block) -> Iterator[EnrolmentEvent]:
        if block.start_s <= self._known_s < block.end_s:
            yield SpeechBegan(self._began_s)

    def until(self, second: float) -> None:
        """Wait until the sound up to there was heard."""
        while True:
            event = self._events.get(timeout=WAIT_S)
            if isinstance(event, Level) and event.at_s >= second:
                return

    def failure(self) -> Failure:
        while True:
            event = self._events.get(timeout=WAIT_S)
            if isinstance(event, Failure):
                return event


def read(source: AudioSource, until_s: float) -> list[Block]:
    blocks: list[Block] = []
    while not blocks or blocks[-1].end_s < until_s - 1e-6:
        block = source.read(WAIT_S)
        assert block is not None
        blocks.append(block)
    return blocks


def test_the_call_begins_with_the_first_word_and_goes_on_without_a_hole() -> None:
    """What came in while the app made up its mind, and while models load, is all there, from 0 s on."""
    waiting = Waiting(until_s=14.0, began_s=12.2, known_s=13.1)
    call = waiting.microphone.hand_over()
    waiting.source.items.put(numbered(14.0))
    waiting.source.items.put(numbered(14.5))
    call.start()
    blocks = read(call, 15.0 - 12.2)
    heard = np.concatenate([block.samples for block in blocks])
    assert heard[0] == pytest.approx(12.2, abs=1e-3)
    assert np.diff(heard) == pytest.approx(1 / SAMPLE_RATE_HZ, abs=2e-6)
    assert blocks[0].start_s == 0.0
    for before, after in itertools.pairwise(blocks):
        assert after.start_s == pytest.approx(before.end_s)
    assert (waiting.source.starts, waiting.source.stops) == (1, 0)
    call.stop()
    assert waiting.source.stops == 1


def test_only_seconds_are_kept_while_nobody_speaks() -> None:
    waiting = Waiting(until_s=60.0, began_s=100.0, known_s=100.0)
    waiting.microphone.stop()
    kept, _ = waiting.microphone.taken()
    assert sum(len(block.samples) for block, *_ in kept) <= (KEPT_S + BLOCK_S) * SAMPLE_RATE_HZ
    assert waiting.source.stops == 1


def test_speech_that_no_call_took_is_forgotten() -> None:
    until_s = 13.0 + TAKEN_WITHIN_S + 2.0
    waiting = Waiting(until_s=until_s, began_s=12.2, known_s=13.0)
    call = waiting.microphone.hand_over()
    call.start()
    waiting.source.items.put(numbered(until_s))
    block = call.read(WAIT_S)
    while block is not None and not len(block.samples):
        block = call.read(WAIT_S)
    assert block is not None
    assert block.samples[0] == pytest.approx(until_s, abs=1e-3)
    call.stop()


def test_a_microphone_that_went_meanwhile_is_opened_anew() -> None:
    """It told of speech, then it was unplugged, and only then the call asks for it."""
    waiting = Waiting(until_s=14.0, began_s=12.2, known_s=13.1)
    waiting.source.items.put(KnownError("microphone-gone", "The microphone is gone."))
    assert waiting.failure().code == "microphone-gone"
    assert waiting.microphone.join(WAIT_S)
    call = waiting.microphone.hand_over()
    call.start()
    assert (waiting.source.starts, waiting.source.stops) == (2, 1)
    assert read(call, 1.8)[0].samples[0] == pytest.approx(12.2, abs=1e-3)


def lost_so_far(call: AudioSource) -> object:
    return getattr(call, "dropped")  # noqa: B009 no source need have it


def test_what_was_lost_before_anybody_spoke_is_no_gap_of_the_call() -> None:
    waiting = Waiting(until_s=14.0, began_s=12.2, known_s=13.1, dropped={5.0: 3})
    call = waiting.microphone.hand_over()
    call.start()
    read(call, 1.8)
    assert lost_so_far(call) == 0
    waiting.source.dropped = 5
    waiting.source.items.put(numbered(14.0))
    read(call, 2.3)
    assert lost_so_far(call) == 2
    assert call.name == waiting.source.name
    assert not hasattr(call, "no such thing")
    call.stop()


def test_what_was_lost_after_the_first_word_is_a_gap_of_the_call_where_it_is_missing() -> None:
    """Also before the call was there to take the sound."""
    waiting = Waiting(until_s=14.0, began_s=12.2, known_s=13.1, dropped={5.0: 3, 13.5: 4})
    call = waiting.microphone.hand_over()
    call.start()
    read(call, 1.3)
    before = lost_so_far(call)
    read(call, 1.8)
    assert (before, lost_so_far(call)) == (0, 1)
    call.stop()


def test_a_microphone_that_no_call_took_keeps_no_sound() -> None:
    """Let go of in the middle of a word, as where a call is begun by hand: nothing stays in memory."""
    waiting = Waiting(until_s=5.0, began_s=4.0, known_s=4.5)
    waiting.microphone.stop()
    assert waiting.microphone.join(WAIT_S)
    assert waiting.source.stops == 1
    kept, _began_s = waiting.microphone.taken()
    assert not kept
