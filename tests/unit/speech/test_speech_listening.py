from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.events import Block, Turn, VadChanged, VadState, WordsHeard
from coach.speech.listening import Heard, Listener
from coach.speech.segmenter import Segmenter, SegmenterConfig
from coach.speech.turns import TurnAssembler
from tests.unit.speech.speech_fakes import Echo, LoudnessVad, audio, blocks

QUIET, SPEECH = 0.05, 0.8


def listen(given_blocks: list[Block]) -> list[Heard]:
    config = SegmenterConfig(max_utterance_s=3.0, cut_search_s=2.0)
    listener = Listener(Segmenter(LoudnessVad(), config), Echo(), TurnAssembler(max_turn_s=8.0))
    found = [event for block in given_blocks for event in listener.feed(block)]
    return [*found, *listener.flush()]


@settings(max_examples=25)
@given(
    parts=st.lists(
        st.tuples(st.floats(0.01, 2.5), st.sampled_from([QUIET, SPEECH])), min_size=1, max_size=12
    ),
    sizes=st.lists(st.integers(50, 20_000), min_size=1, max_size=4),
)
def test_turns_do_not_depend_on_the_sizes_of_the_blocks(
    parts: list[tuple[float, float]], sizes: list[int]
) -> None:
    """A file read in one piece and a microphone in small ones give the same words, changes and turns."""
    samples = audio(*parts)
    whole, pieces = listen([Block(samples, 0.0)]), listen(blocks(samples, sizes))
    for kind in (VadChanged, WordsHeard, Turn):
        assert [event for event in pieces if isinstance(event, kind)] == [
            event for event in whole if isinstance(event, kind)
        ]


def test_a_turn_closes_when_the_floor_has_passed_on() -> None:
    """The turn comes in the silence after it, without waiting for more speech or the end of the call."""
    found = listen(blocks(audio((0.5, QUIET), (1.0, SPEECH), (2.5, QUIET)), [1_600]))
    kinds = [type(event) for event in found]
    assert kinds[-2:] == [WordsHeard, Turn]
    listener_without_end = Listener(Segmenter(LoudnessVad()), Echo())
    samples = audio((0.5, QUIET), (1.0, SPEECH), (2.5, QUIET))
    live = [event for block in blocks(samples, [1_600]) for event in listener_without_end.feed(block)]
    assert [type(event) for event in live] == kinds


def test_quiet_is_told_before_the_words_are_recognised() -> None:
    """The meter does not wait for the recogniser."""
    found = listen([Block(audio((1.0, SPEECH), (1.0, QUIET)), 0.0)])
    states = [event.state if isinstance(event, VadChanged) else type(event) for event in found]
    assert states[-3:] == [VadState.QUIET, WordsHeard, Turn]


def test_a_gap_in_the_audio_parts_two_turns() -> None:
    """Speech on both sides of a pause the agent asked for is not one turn."""
    speech = audio((1.0, SPEECH))
    turns = [event for event in listen([Block(speech, 0.0), Block(speech, 60.0)]) if isinstance(event, Turn)]
    assert [turn.index for turn in turns] == [0, 1]
    assert turns[1].start_s == 60.0


def test_noise_is_never_sent_to_the_recogniser() -> None:
    """Clicks cost no decoding."""
    echo = Echo()
    listener = Listener(Segmenter(LoudnessVad()), echo)
    samples = audio(*[(0.5, QUIET), (0.08, SPEECH)] * 6)
    events = [*listener.feed(Block(samples, 0.0)), *listener.flush()]
    assert echo.heard == []
    assert [event for event in events if not isinstance(event, VadChanged)] == []
