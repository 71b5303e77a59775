from __future__ import annotations

import threading
import weakref
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.events import Block, OtherVoice, Speaker, Turn, Utterance, VadChanged, Word
from coach.speech.beside import Beside
from coach.speech.recorded import LONGEST_S, RecordedListener, Told
from coach.speech.segmenter import Segmenter, SegmenterConfig
from coach.speech.tongue import Taken
from tests.unit.speech.speech_fakes import Floats, LoudnessVad, Said, audio, blocks

QUIET, SPEECH = 0.05, 0.8
CONFIG = SegmenterConfig(max_utterance_s=3.0, cut_search_s=2.0)
PARTS = st.lists(st.tuples(st.floats(0.01, 2.5), st.sampled_from([QUIET, SPEECH])), min_size=1, max_size=14)


class Whole:
    """Hears one word in every second of what it is given, and notes how it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[Utterance]] = []

    def hear_all(self, utterances: Sequence[Utterance]) -> list[Said]:
        self.asked.append(list(utterances))
        return [Said(tuple(_seconds(one))) for one in utterances]


class Gate:
    """Whose voice a run is, by when it began."""

    def __init__(self, other_from_s: float) -> None:
        self._other_from_s = other_from_s

    def voice_of(self, samples: Floats) -> Speaker:
        return Speaker.AGENT

    def agent_parts(self, utterance: Utterance) -> tuple[tuple[Utterance, Speaker], ...]:
        other = utterance.start_s >= self._other_from_s
        return ((utterance, Speaker.OTHER if other else Speaker.AGENT),)


def _seconds(utterance: Utterance) -> list[Word]:
    count = max(1, int(utterance.end_s - utterance.start_s))
    step_s = (utterance.end_s - utterance.start_s) / count
    starts = [utterance.start_s + n * step_s for n in range(count)]
    return [Word(f"{start_s:.2f}.", start_s, start_s + step_s, 0.9) for start_s in starts]


def listen(
    given_blocks: list[Block], ahead: int = 3, transcriber: Whole | None = None, threads: int = 0
) -> list[Told]:
    segmenter = Segmenter(LoudnessVad(), CONFIG)
    listener = RecordedListener(segmenter, transcriber or Whole(), beside=Beside(threads), ahead=ahead)
    found = [told for block in given_blocks for told in listener.feed(block)]
    return [*found, *listener.flush()]


def turns(told: list[Told]) -> list[Turn]:
    return [event for _, event in told if isinstance(event, Turn)]


@settings(max_examples=25)
@given(
    parts=PARTS,
    sizes=st.lists(st.integers(50, 20_000), min_size=1, max_size=4),
    ahead=st.integers(0, 4),
    threads=st.integers(0, 3),
)
def test_nothing_depends_on_the_blocks_or_on_how_much_is_heard_at_once(
    parts: list[tuple[float, float]], sizes: list[int], ahead: int, threads: int
) -> None:
    """A recording gives the same turns whatever memory a machine has, and however many cores."""
    samples = audio(*parts)
    whole, pieces = listen([Block(samples, 0.0)]), listen(blocks(samples, sizes), ahead, threads=threads)
    for kind in (VadChanged, Turn):
        assert [one for one in pieces if isinstance(one[1], kind)] == [
            one for one in whole if isinstance(one[1], kind)
        ]


@settings(max_examples=25)
@given(parts=PARTS)
@example(parts=[(1.0, SPEECH), (1.0, QUIET), (0.0625, SPEECH)])
def test_what_is_told_comes_in_the_order_of_the_call(parts: list[tuple[float, float]]) -> None:
    """Time never goes back for the coach, every word is in one turn, and no turn is told before its end."""
    whole = Whole()
    told = listen([Block(audio(*parts), 0.0)], 2, whole)
    times = [at_s for at_s, _ in told]
    assert times == sorted(times)
    assert all(at_s >= event.end_s - 1e-6 for at_s, event in told if isinstance(event, Turn))
    heard = [word.text for asked in whole.asked for one in asked for word in _seconds(one)]
    assert [word.text for turn in turns(told) for word in turn.words] == heard


def test_pieces_fit_what_the_recogniser_hears_at_once() -> None:
    """An hour without a pause is cut before Whisper's 30 s, and no second of it is heard twice."""
    whole = Whole()
    listen([Block(audio((95.0, SPEECH)), 0.0)], 4, whole)
    given_to = [one for asked in whole.asked for one in asked]
    assert max(one.end_s - one.start_s for one in given_to) <= LONGEST_S
    assert sum(len(one.samples) for one in given_to) == pytest.approx(95.0 * 16_000, abs=16_000)


def test_a_piece_that_grows_too_long_is_cut_at_its_longest_pause() -> None:
    """A sentence is not cut where a breath is near."""
    whole = Whole()
    speech = [(2.4, SPEECH), (0.4, QUIET)]
    samples = audio(*speech * 5, (2.4, SPEECH), (0.8, QUIET), *speech * 6)
    listen([Block(samples, 0.0)], 4, whole)
    first = whole.asked[0][0]
    assert first.end_s == pytest.approx(16.4, abs=0.5)


def test_a_turn_ends_in_the_silence_of_a_live_call() -> None:
    """Two turns that a pause of two seconds parts are two, though both were heard in one batch."""
    told = listen([Block(audio((1.0, SPEECH), (2.0, QUIET), (1.0, SPEECH)), 0.0)])
    assert [turn.index for turn in turns(told)] == [0, 1]
    assert next(at_s for at_s, event in told if isinstance(event, Turn)) < 3.0


def test_other_voices_are_told_and_never_recognised() -> None:
    """What the gate takes for somebody else's reaches no recogniser, and only its times are told."""
    whole = Whole()
    listener = RecordedListener(Segmenter(LoudnessVad()), whole, gate=Gate(2.0))
    samples = audio((1.0, SPEECH), (2.0, QUIET), (1.5, SPEECH), (1.0, QUIET))
    told = [*listener.feed(Block(samples, 0.0)), *listener.flush()]
    [other] = [event for _, event in told if isinstance(event, OtherVoice)]
    assert other.start_s > 2.0
    assert [one.start_s < 2.0 for asked in whole.asked for one in asked] == [True]


def test_a_run_the_decoder_left_out_is_heard_on_its_own() -> None:
    """A sentence lost in the middle of a long piece is found again."""

    class Forgets(Whole):
        def hear_all(self, utterances: Sequence[Utterance]) -> list[Said]:
            heard = super().hear_all(utterances)
            if len(self.asked) > 1:
                return list(heard)
            return [Said(tuple(word for word in one.words if word.end_s < 1.5)) for one in heard]

    samples = audio((1.0, SPEECH), (0.6, QUIET), (1.0, SPEECH), (1.0, QUIET))
    [turn] = turns(listen([Block(samples, 0.0)], 4, Forgets()))
    assert [word.start_s > 1.2 for word in turn.words] == [False, True]


def test_two_pieces_are_heard_at_the_same_time() -> None:
    """Both cores of a small machine work, and what is told is as if one had done it all."""

    class InPairs(Whole):
        def __init__(self) -> None:
            super().__init__()
            self.both_here = threading.Barrier(2, timeout=30.0)

        def hear_all(self, utterances: Sequence[Utterance]) -> list[Said]:
            self.both_here.wait()
            return [Said(tuple(_seconds(one))) for one in utterances]

    samples = audio(*[(1.0, SPEECH), (2.0, QUIET)] * 6)
    together = listen([Block(samples, 0.0)], 3, InPairs(), threads=2)
    assert together == listen([Block(samples, 0.0)], 0)
    assert len(turns(together)) == 6


def test_a_fault_beside_is_told_and_leaves_no_thread() -> None:
    """What goes wrong while a piece is heard ends the reading, and the rest can still be flushed."""

    class Breaks(Whole):
        def hear_all(self, utterances: Sequence[Utterance]) -> list[Said]:
            if utterances[0].start_s < 1.0:
                raise RuntimeError("no memory")
            return super().hear_all(utterances)

    whole = Breaks()
    listener = RecordedListener(Segmenter(LoudnessVad(), CONFIG), whole, beside=Beside(2))
    with pytest.raises(RuntimeError, match="no memory"):
        list(listener.feed(Block(audio(*[(1.0, SPEECH), (2.0, QUIET)] * 3), 0.0)))
    list(listener.flush())
    assert not [one for one in threading.enumerate() if one.name.startswith("sameside-beside")]


def test_what_is_held_does_not_grow_with_the_recording() -> None:
    """Of a recording of hours only the sound of the few pieces in work is held, however much was heard."""

    class Counts(Whole):
        most_held_s = 0.0

        def __init__(self) -> None:
            super().__init__()
            self._sound: list[weakref.ref[Floats]] = []

        def hear_all(self, utterances: Sequence[Utterance]) -> list[Said]:
            self._sound += [weakref.ref(one.samples) for one in utterances]
            held = [one() for one in self._sound]
            self.most_held_s = max(
                self.most_held_s, sum(len(one) for one in held if one is not None) / 16_000
            )
            return [Said(tuple(_seconds(one))) for one in utterances]

        def agent_parts(self, utterance: Utterance) -> tuple[tuple[Utterance, Speaker], ...]:
            self._sound.append(weakref.ref(utterance.samples))
            return ((utterance, Speaker.AGENT),)

        def voice_of(self, samples: Floats) -> Speaker:
            return Speaker.AGENT

    counts = Counts()
    listener = RecordedListener(
        Segmenter(LoudnessVad(), CONFIG), counts, gate=counts, beside=Beside(), ahead=3
    )
    samples = audio(*[(4.0, SPEECH), (2.0, QUIET)] * 50)
    ends_s = [at_s for block in blocks(samples, [8_000]) for at_s, _ in listener.feed(block)]
    assert ends_s[-1] > 240
    # Four pieces of 4 s and the one that is being heard, each as its runs and in one.
    assert 0 < counts.most_held_s < 2 * 5 * 5.0


def test_silence_and_clicks_cost_no_decoding() -> None:
    """Where nobody speaks nothing is recognised, and the end is reached all the same."""
    whole = Whole()
    told = listen([Block(audio(*[(0.5, QUIET), (0.08, SPEECH)] * 6), 0.0)], 4, whole)
    assert [one for asked in whole.asked for one in asked] == []
    assert turns(told) == []


def test_turns_in_another_language_are_marked() -> None:
    """What Whisper makes of them in English is not what was said: nobody is to be judged by it."""
    taken = iter([Taken(0.05, "de"), Taken(0.95, "en")])
    samples = audio((2.0, QUIET), (14.0, SPEECH), (3.0, QUIET), (14.0, SPEECH), (2.0, QUIET))
    listener = RecordedListener(
        Segmenter(LoudnessVad(), CONFIG), Whole(), taken_for=lambda _hearing: next(taken)
    )
    found = [*listener.feed(Block(samples, 0.0)), *listener.flush()]
    assert [turn.language for turn in turns(found)] == ["de", ""]
