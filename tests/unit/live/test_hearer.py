"""A fault of recognition ends a call, and leaves nothing open that the call had opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

import pytest

from coach.events import Block, CallRecord, Event, Failure, OtherVoice, Utterance
from coach.live.hearer import Hearer, Ready
from coach.live.journal import Journal
from coach.pipeline import Coach, Pipeline
from coach.speech.listening import Listener
from coach.speech.segmenter import Segmenter
from tests.fakes import engine
from tests.unit.speech.speech_fakes import Echo, Floats, LoudnessVad, audio, blocks
from tests.unit.speech.test_speech_only_agent import Loudspeaker


class Faulty(Echo):
    def hear(self, utterance: Utterance) -> NoReturn:
        raise RuntimeError("out of memory")


def begun(loudspeaker: Loudspeaker, said: Floats) -> Hearer:
    """It took in what was ``said`` before it began to hear."""
    listener = Listener(Segmenter(LoudnessVad()), Faulty(), far_end=loudspeaker)
    coach = Coach(
        CallRecord(engine.header()), engine.FakeDetector({}), engine.FakeExtractor(), engine.FakePolicy()
    )
    ready = Ready(Pipeline(listener, coach), Journal(None, coach.record, {}))
    hearer = Hearer(ready, lambda _event: None, lambda _error, _mended: None, lambda: None)
    for block in blocks(said, [640]):
        hearer.take(block)
    hearer.begin()
    return hearer


def hear_out(hearer: Hearer) -> None:
    while hearer.behind:
        hearer.catch_up()


def test_what_is_played_is_not_listened_to_once_the_last_words_met_a_fault() -> None:
    """The call is over whatever becomes of them."""
    loudspeaker = Loudspeaker()
    hearer = begun(loudspeaker, audio((1.0, 0.9)))
    hear_out(hearer)
    assert loudspeaker.rests == 0
    with pytest.raises(RuntimeError):
        hearer.flush()
    assert loudspeaker.rests == 1


def test_nor_where_the_fault_came_while_more_waited_to_be_heard() -> None:
    """As in a call whose models loaded for long: what waits is left, and what is open is closed."""
    loudspeaker = Loudspeaker()
    hearer = begun(loudspeaker, audio((1.0, 0.9), (3.0, 0.0)))
    with pytest.raises(RuntimeError):
        hear_out(hearer)
    hearer.flush()
    assert (hearer.behind, loudspeaker.rests) == (True, 0)
    hearer.end(4.0)
    assert loudspeaker.rests == 1


class Others:
    """Hears nobody but another voice."""

    def feed(self, block: Block) -> Iterator[Event]:
        yield OtherVoice(block.start_s, block.end_s)

    def flush(self) -> Iterator[Event]:
        yield from ()


def test_voices_that_were_dropped_are_told_of_a_recording_with_no_word_in_it() -> None:
    """Whoever enrolled a voice and picks the customer's channel learns why nothing was written down."""
    told: list[Event] = []
    coach = Coach(
        CallRecord(engine.header()), engine.FakeDetector({}), engine.FakeExtractor(), engine.FakePolicy()
    )
    ready = Ready(Pipeline(Others(), coach), Journal(None, coach.record, {}))
    hearer = Hearer(ready, told.append, lambda _error, _mended: None, lambda: None)
    hearer.begin()
    for start_s in (0.0, 4.0):
        hearer.take(engine.block(start_s, 4.0))
    hearer.tell_flaws(engine.FakeSource([]), 8.0)
    [failure] = [event for event in told if isinstance(event, Failure)]
    assert "only other voices (0:08, dropped)" in failure.message
