from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.events import Utterance, Word
from coach.speech.stretch import LONGEST_S, Stretch
from tests.unit.speech.speech_fakes import Floats


def run(start_s: float, end_s: float, lead: Floats | None = None) -> Utterance:
    samples = np.full(round((end_s - start_s) * 16_000), 0.5, np.float32)
    return Utterance(samples, start_s, end_s, np.zeros(0, np.float32) if lead is None else lead)


def said(text: str, start_s: float, end_s: float) -> list[Word]:
    step_s = (end_s - start_s) / len(text.split())
    return [
        Word(word, start_s + at * step_s, start_s + (at + 1) * step_s, 0.9)
        for at, word in enumerate(text.split())
    ]


def stretch(*runs: Utterance) -> Stretch:
    made = Stretch()
    for one in runs:
        made.add(one)
    return made


def test_the_quiet_between_two_runs_is_heard_with_them() -> None:
    """What voice activity was too deaf for is there; what was not kept is silence; time stays true."""
    lead = np.full(4_000, 0.1, np.float32)
    heard = stretch(run(1.0, 2.0), run(2.5, 3.0, lead)).audio()
    assert (heard.start_s, heard.end_s) == (1.0, 3.0)
    assert len(heard.samples) == 32_000
    assert np.all(heard.samples[:16_000] == 0.5)
    assert np.all(heard.samples[16_000:20_000] == 0.0)
    assert np.all(heard.samples[20_000:24_000] == np.float32(0.1))
    assert np.all(heard.samples[24_000:] == 0.5)


def test_a_run_without_a_word_is_told() -> None:
    """A sentence the decoder left out is noticed; a cough too short for one is not."""
    silent = run(4.0, 6.0)
    open_stretch = stretch(run(1.0, 3.0), silent, run(6.5, 6.9))
    assert open_stretch.unheard(said("I am sorry", 1.0, 3.0)) == [silent]


def test_a_finished_sentence_is_settled_once_enough_follows() -> None:
    """Its words are final and its audio is not heard again; what follows it is."""
    open_stretch = stretch(run(0.0, 3.0), run(3.5, 6.5))
    words = [*said("I am sorry.", 0.0, 3.0), *said("I will call you", 3.5, 6.5)]
    assert open_stretch.may_settle(words)
    assert [word.text for word in open_stretch.settle(words)] == ["I", "am", "sorry."]
    rest = open_stretch.audio()
    assert 2.9 <= rest.start_s <= 3.6
    assert rest.end_s == 6.5


def test_a_sentence_with_nothing_after_it_stays_open() -> None:
    """Whisper ends a piece with a full stop easily: only what follows proves it."""
    open_stretch = stretch(run(0.0, 3.0), run(3.5, 6.0))
    words = [*said("I am sorry", 0.0, 3.0), *said("for that.", 3.5, 6.0)]
    assert open_stretch.settle(words) == ()
    assert open_stretch.audio().start_s == 0.0


def test_a_monologue_is_cut_between_two_words_where_it_is_quietest() -> None:
    """Without any sentence end a long stretch is still settled, never in a word."""
    speech = run(0.0, LONGEST_S + 3.0)
    speech.samples[round(6.1 * 16_000) : round(6.2 * 16_000)] = 0.0
    words = [*said("on and on and on and", 0.0, 6.1), *said("on and on and on", 6.2, LONGEST_S + 3.0)]
    open_stretch = stretch(speech)
    assert len(open_stretch.settle(words)) == 6
    assert open_stretch.audio().start_s == pytest.approx(6.15, abs=0.05)


@given(
    lengths=st.lists(st.tuples(st.floats(0.2, 4.0), st.floats(0.0, 1.0)), min_size=1, max_size=8),
    marks=st.lists(st.sampled_from(["a", "b,", "c."]), min_size=1, max_size=40),
)
def test_settling_loses_no_word_and_no_sound_after_it(
    lengths: list[tuple[float, float]], marks: list[str]
) -> None:
    """The settled words are the first ones, and the audio that is left holds everything said after them."""
    open_stretch, at_s = Stretch(), 0.0
    for length_s, pause_s in lengths:
        open_stretch.add(run(at_s, at_s + length_s))
        at_s += length_s + pause_s
    end_s = open_stretch.audio().end_s
    words = said(" ".join(marks), 0.0, end_s)
    settled = open_stretch.settle(words)
    assert list(settled) == words[: len(settled)]
    if settled:
        assert len(settled) < len(words)
        left = open_stretch.audio()
        assert left.end_s == end_s
        middle_s = (words[len(settled)].start_s + words[len(settled)].end_s) / 2
        assert left.start_s <= middle_s + 1.0  # within the pause before it, if there is one
