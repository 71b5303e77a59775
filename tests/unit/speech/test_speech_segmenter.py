from __future__ import annotations

import itertools
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.events import Block, Utterance, VadChanged, VadState
from coach.speech.segmenter import Found, Pausing, Segmenter, SegmenterConfig
from tests.unit.speech.speech_fakes import Floats, LoudnessVad, audio, blocks

QUIET, SPEECH, UNSURE = 0.05, 0.8, 0.3
SHORT = SegmenterConfig(max_utterance_s=3.0, cut_search_s=2.0, pre_roll_s=0.4, post_roll_s=0.4)

parts = st.lists(
    st.tuples(st.floats(0.01, 2.0), st.sampled_from([QUIET, UNSURE, SPEECH])), min_size=1, max_size=12
)
sizes = st.lists(st.integers(1, 9_000), min_size=1, max_size=4)


def run(given_blocks: Iterable[Block], config: SegmenterConfig | None = None) -> list[Found]:
    segmenter = Segmenter(LoudnessVad(), config)
    found: list[Found] = []
    for block in given_blocks:
        found += segmenter.feed(block)
    return [*found, *segmenter.flush()]


def utterances(found: Iterable[Found]) -> list[Utterance]:
    return [item for item in found if isinstance(item, Utterance)]


def states(found: Iterable[Found]) -> list[VadState]:
    return [item.state for item in found if isinstance(item, VadChanged)]


def place(utterance: Utterance) -> tuple[int, int]:
    return round(utterance.start_s * 16_000), round(utterance.end_s * 16_000)


def same(first: list[Found], second: list[Found]) -> bool:
    return len(first) == len(second) and all(
        place(a) == place(b) and np.array_equal(a.samples, b.samples)
        if isinstance(a, Utterance) and isinstance(b, Utterance)
        else a == b
        for a, b in zip(map(heard, first), map(heard, second), strict=True)
    )


def heard(found: Found) -> VadChanged | Utterance:
    return found.run if isinstance(found, Pausing) else found


@settings(max_examples=25)
@given(parts=parts, sizes=sizes)
def test_block_sizes_do_not_change_what_is_found(parts: list[tuple[float, float]], sizes: list[int]) -> None:
    """The same audio gives the same changes and utterances however it arrives."""
    samples = audio(*parts)
    whole = run([Block(samples, 3.0)], SHORT)
    assert same(run(blocks(samples, sizes, start_s=3.0), SHORT), whole)


@settings(max_examples=25)
@given(parts=parts, sizes=sizes)
def test_utterances_are_the_inputs_own_audio_and_never_overlap(
    parts: list[tuple[float, float]], sizes: list[int]
) -> None:
    """Nothing is invented, nothing is heard twice, nothing is longer than the recogniser takes."""
    samples = audio(*parts)
    found = utterances(run(blocks(samples, sizes), SHORT))
    for utterance in found:
        begin, end = place(utterance)
        assert np.array_equal(utterance.samples, samples[begin:end])
        assert len(utterance.samples) <= 3.0 * 16_000 + 512
    for before, after in itertools.pairwise(found):
        assert after.start_s >= before.end_s - 1e-9


@settings(max_examples=25)
@given(parts=parts)
@example(parts=[(1.0, QUIET), (1.125, SPEECH), (1.09375, SPEECH), (0.375, SPEECH)])
def test_long_speech_is_never_lost(parts: list[tuple[float, float]]) -> None:
    """Every stretch of speech of 0.3 s or more lies inside utterances, to the sample."""
    samples = audio(*parts)
    covered = np.zeros(len(samples), bool)
    for utterance in utterances(run([Block(samples, 0.0)], SHORT)):
        begin, end = place(utterance)
        covered[begin:end] = True
    at = 0
    for seconds, loudness in parts:
        count = round(seconds * 16_000)
        if loudness == SPEECH and seconds >= 0.3:
            assert np.all(covered[at + 512 : at + count - 512])
        at += count


@settings(max_examples=25)
@given(parts=parts, sizes=sizes)
def test_what_a_pause_is_told_with_is_what_comes_of_it(
    parts: list[tuple[float, float]], sizes: list[int]
) -> None:
    """What is heard ahead is the utterance itself, but for silence at its end, unless speech goes on."""
    found = run(blocks(audio(*parts), sizes), SHORT)
    for at, pausing in enumerate(found):
        if not isinstance(pausing, Pausing):
            continue
        after = next(one for one in found[at + 1 :] if not isinstance(one, Pausing))
        assert isinstance(after, VadChanged)
        if after.state is VadState.QUIET:
            utterance = next(one for one in found[at + 1 :] if isinstance(one, Utterance))
            count = len(pausing.run.samples)
            assert utterance.start_s == pausing.run.start_s
            assert len(utterance.samples) >= count
            assert np.array_equal(utterance.samples[:count], pausing.run.samples)
        else:
            assert after.state is VadState.SPEAKING


def test_a_pause_is_told_once_and_before_it_is_long_enough_to_be_an_end() -> None:
    """A tenth of a second after the voice fell the words can be heard; the utterance comes later."""
    samples = audio((1.024, QUIET), (0.96, SPEECH), (2.0, QUIET))
    found = run(blocks(samples, [512]))
    (pausing,) = (one for one in found if isinstance(one, Pausing))
    assert pausing.run.end_s == pytest.approx(1.984 + 0.096)
    assert [type(one) for one in found[-3:]] == [Pausing, VadChanged, Utterance]


def test_the_four_states_follow_each_other() -> None:
    """Quiet, starting, speaking, stopping, and quiet again after the end silence, each told when known."""
    found = run([Block(audio((1.024, QUIET), (0.96, SPEECH), (2.0, QUIET)), 0.0)])
    assert states(found) == [VadState.STARTING, VadState.SPEAKING, VadState.STOPPING, VadState.QUIET]
    at_s = [item.at_s for item in found if isinstance(item, VadChanged)]
    assert at_s == pytest.approx([1.056, 1.216, 2.016, 2.24], abs=1e-6)


def test_an_utterance_has_a_little_air_on_both_sides() -> None:
    """The first consonant and the last breath are in it."""
    (utterance,) = utterances(run([Block(audio((1.024, QUIET), (0.96, SPEECH), (2.0, QUIET)), 0.0)]))
    assert utterance.start_s == pytest.approx(1.024 - 0.256)
    assert utterance.end_s == pytest.approx(1.984 + 0.256)


def test_a_click_is_not_speech_and_a_pause_is_not_an_end() -> None:
    """0.1 s of sound is noise; a pause shorter than the end silence stays inside."""
    click = run([Block(audio((1.0, QUIET), (0.1, SPEECH), (2.0, QUIET)), 0.0)])
    assert states(click) == [VadState.STARTING, VadState.QUIET]
    assert utterances(click) == []
    paused = run([Block(audio((1.0, QUIET), (0.5, SPEECH), (0.15, QUIET), (0.5, SPEECH), (1.0, QUIET)), 0.0)])
    assert len(utterances(paused)) == 1


def test_open_speech_can_be_looked_at_while_it_goes_on() -> None:
    """What is being said is there from its beginning, and is gone from view in a pause."""
    segmenter = Segmenter(LoudnessVad())
    samples = audio((1.024, QUIET), (1.0, SPEECH), (1.0, QUIET))
    assert list(segmenter.feed(Block(samples[:16_000], 0.0))) == []
    assert segmenter.open_run() is None
    list(segmenter.feed(Block(samples[16_000:28_000], 1.0)))
    run_so_far = segmenter.open_run()
    assert run_so_far is not None
    begin, end = place(run_so_far)
    assert begin / 16_000 == pytest.approx(1.024 - 0.256)
    assert np.array_equal(run_so_far.samples, samples[begin:end])
    list(segmenter.feed(Block(samples[28_000:], 1.75)))
    assert segmenter.open_run() is None


def test_speech_that_falls_is_not_looked_at() -> None:
    """Where a pause seems to begin nothing is drafted: the last hearing may be due in a moment."""
    segmenter = Segmenter(LoudnessVad())
    list(segmenter.feed(Block(audio((1.024, SPEECH)), 0.0)))
    assert segmenter.open_run() is not None
    list(segmenter.feed(Block(audio((0.032, UNSURE)), 1.024)))
    assert segmenter.open_run() is None
    list(segmenter.feed(Block(audio((0.032, SPEECH)), 1.056)))
    assert segmenter.open_run() is not None


def test_unsure_windows_carry_speech_on_but_do_not_begin_it() -> None:
    """Hysteresis: between the thresholds the state stays what it was."""
    assert states(run([Block(audio((2.0, UNSURE)), 0.0)])) == []
    carried = run([Block(audio((0.5, SPEECH), (1.5, UNSURE), (1.0, QUIET)), 0.0)])
    (utterance,) = utterances(carried)
    assert utterance.end_s == pytest.approx(2.0 + 0.2, abs=0.05)


def test_silence_gives_nothing() -> None:
    """An empty and a silent call have no utterances."""
    assert run([]) == []
    assert run([Block(np.zeros(0, np.float32), 0.0)]) == []
    assert run([Block(np.zeros(160_000, np.float32), 0.0)]) == []


def test_too_long_an_utterance_is_cut_in_its_longest_recent_pause() -> None:
    """Not in the middle of a word: the cut falls into the 0.4 s pause, not the 0.1 s one."""
    samples = audio((1.6, SPEECH), (0.384, QUIET), (0.4, SPEECH), (0.096, QUIET), (1.5, SPEECH), (1.0, QUIET))
    first, second = utterances(run([Block(samples, 0.0)], SHORT))
    assert 1.6 < first.end_s < 1.984
    assert second.start_s == first.end_s


def test_without_a_pause_the_cut_is_where_it_is_quietest() -> None:
    """Speech that never pauses is cut where the voice is lowest."""
    samples = audio((1.984, SPEECH), (0.096, 0.6), (2.0, SPEECH), (1.0, QUIET))
    first, second = utterances(run([Block(samples, 0.0)], SHORT))
    assert 1.984 <= first.end_s <= 2.08
    assert second.start_s == first.end_s


def test_missing_audio_closes_the_utterance_and_begins_anew() -> None:
    """A gap is never bridged: what was open is closed at its edge, and times jump with the audio."""
    before, after = audio((1.0, SPEECH)), audio((1.0, SPEECH), (1.0, QUIET))
    vad = LoudnessVad()
    segmenter = Segmenter(vad)
    found = [*segmenter.feed(Block(before, 0.0)), *segmenter.feed(Block(after, 5.0)), *segmenter.flush()]
    first, second = utterances(found)
    assert place(first) == (0, 16_000)
    assert np.array_equal(first.samples, before)
    assert second.start_s == pytest.approx(5.0)
    assert np.array_equal(second.samples, after[: len(second.samples)])
    assert vad.resets == 2


def test_a_little_jitter_is_not_a_gap() -> None:
    """A clock that is 40 ms late does not tear a word apart."""
    speech = audio((1.0, SPEECH))
    found = run([Block(speech, 0.0), Block(speech, 1.04), Block(audio((1.0, QUIET)), 2.04)])
    assert len(utterances(found)) == 1


def test_what_is_open_at_the_end_comes_out() -> None:
    """Stopping in the middle of a word keeps the word, to the last sample; a click is still dropped."""
    speech = audio((0.5, QUIET), (0.7003, SPEECH))
    (utterance,) = utterances(run([Block(speech, 0.0)]))
    assert utterance.end_s == pytest.approx(len(speech) / 16_000)
    assert np.array_equal(utterance.samples, speech[-len(utterance.samples) :])
    assert utterances(run([Block(audio((0.5, QUIET), (0.1, SPEECH)), 0.0)])) == []


def test_memory_is_bounded_by_the_longest_utterance() -> None:
    """After a long block of speech only the open utterance is held, after a long silence only its lead."""
    segmenter = Segmenter(LoudnessVad(), SHORT)
    list(segmenter.feed(Block(audio((20.0, SPEECH)), 0.0)))
    held = held_samples(segmenter)
    assert 0 < held <= 3.0 * 16_000 + 512
    list(segmenter.feed(Block(audio((20.0, QUIET)), 20.0)))
    assert held_samples(segmenter) <= 2.1 * 16_000


def held_samples(segmenter: Segmenter) -> int:
    tape = segmenter._tape
    assert tape is not None
    windows: list[Floats] = [window.samples for window in tape._windows]
    assert all(samples.base is None for samples in windows)
    return sum(len(samples) for samples in windows)


def test_a_long_run_is_not_cut_where_the_voice_is_falling() -> None:
    """A pause may be about to come: the run ends there, whole, and nothing is decoded just before it."""
    falling = audio((0.512, QUIET), (2.016, SPEECH), (0.256, UNSURE), (1.0, QUIET))
    assert len(utterances(run([Block(falling, 0.0)], SHORT))) == 1
    going_on = audio((0.512, QUIET), (2.272, SPEECH), (1.0, QUIET))
    assert len(utterances(run([Block(going_on, 0.0)], SHORT))) == 2
