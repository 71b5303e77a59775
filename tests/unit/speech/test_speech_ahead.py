"""The last hearing begins before the pause is known to be one."""

from __future__ import annotations

import pytest

from coach.events import InterimWords, Speaker, Turn, Utterance, Word, WordsHeard
from coach.speech.drafting import Drafter
from coach.speech.listening import Heard, Listener
from coach.speech.segmenter import Segmenter, SegmenterConfig
from tests.unit.speech.speech_fakes import Echo, LoudnessVad, Said, audio, blocks

QUIET, SPEECH = 0.05, 0.8
PAUSE = (0.2, QUIET)
"""Long enough to expect an end, too short to be one."""


def listen(listener: Listener, *parts: tuple[float, float]) -> list[Heard]:
    found = [event for block in blocks(audio(*parts), [512]) for event in listener.feed(block)]
    return [*found, *listener.flush()]


def test_a_turn_is_heard_once_a_tenth_of_a_second_after_its_last_word() -> None:
    """The words that become final are those heard ahead: nothing is decoded when the pause is long enough."""
    echo = Echo()
    found = listen(Listener(Segmenter(LoudnessVad()), echo), (0.512, QUIET), (1.024, SPEECH), (2.0, QUIET))
    (heard,) = echo.heard
    assert heard.end_s == pytest.approx(1.536 + 0.096)
    (turn,) = (event for event in found if isinstance(event, Turn))
    assert turn.text.endswith(f"{heard.end_s:.3f}")


def test_words_heard_ahead_are_not_final_when_speech_goes_on() -> None:
    """They are shown as words that may change, and the whole run is heard again at its end."""
    echo = Echo()
    listener = Listener(Segmenter(LoudnessVad()), echo, drafter=Drafter(echo, clock=lambda: 0.0))
    found = listen(listener, (0.5, QUIET), (1.0, SPEECH), PAUSE, (1.0, SPEECH), (2.0, QUIET))
    first, second = (f"{heard.end_s:.3f}" for heard in echo.heard)
    assert any(
        isinstance(event, InterimWords) and event.tentative and event.tentative[-1].text == first
        for event in found
    )
    finals = [event for event in found if isinstance(event, WordsHeard)]
    assert [event.words[-1].text for event in finals] == [second]


def test_a_machine_that_is_busy_hears_each_run_once() -> None:
    """Where interim words were given up, nothing is heard in case: the pause is waited for."""
    echo = Echo()
    listener = Listener(Segmenter(LoudnessVad()), echo, drafter=Drafter(echo, clock=lambda: 0.0))
    listener.ease(1)
    listen(listener, (0.5, QUIET), (1.0, SPEECH), PAUSE, (1.0, SPEECH), (2.0, QUIET))
    (heard,) = echo.heard
    assert heard.end_s - heard.start_s > 2.2


def test_a_long_stretch_is_heard_ahead_too() -> None:
    """After 10 s of speech the words are ready as soon as after one: nothing is decoded in a sure pause."""
    echo = Echo()
    config = SegmenterConfig(max_utterance_s=20.0)
    found = listen(
        Listener(Segmenter(LoudnessVad(), config), echo), (0.512, QUIET), (10.24, SPEECH), (2.0, QUIET)
    )
    (heard,) = echo.heard
    assert heard.end_s == pytest.approx(10.752 + 0.096)
    (turn,) = (event for event in found if isinstance(event, Turn))
    assert turn.text.endswith(f"{heard.end_s:.3f}")


def test_a_long_run_cut_in_a_pause_that_was_heard_ahead_is_not_heard_again() -> None:
    """What was decoded in the pause serves for the run that is cut there, though speech went on."""
    echo = Echo()
    config = SegmenterConfig(max_utterance_s=3.0, cut_search_s=2.0)
    parts = ((0.512, QUIET), (2.048, SPEECH), PAUSE, (1.536, SPEECH), (2.0, QUIET))
    found = listen(Listener(Segmenter(LoudnessVad(), config), echo), *parts)
    ahead, whole = echo.heard
    assert ahead.end_s < 0.512 + 2.048 + PAUSE[0]
    assert whole.end_s > 0.512 + 2.048 + PAUSE[0] + 1.536
    (turn,) = (event for event in found if isinstance(event, Turn))
    assert turn.text.endswith(f"{whole.end_s:.3f}")


def test_a_voice_that_may_not_be_the_agents_is_not_heard_ahead() -> None:
    """Before anything is recognised the gate has said yes; where it cannot yet, the end is waited for."""

    class Hesitant:
        def voice_of(self, samples: object) -> Speaker:
            return Speaker.UNSURE

        def agent_parts(self, utterance: Utterance) -> tuple[tuple[Utterance, Speaker], ...]:
            return ((utterance, Speaker.OTHER),)

    echo = Echo()
    listener = Listener(Segmenter(LoudnessVad()), echo, gate=Hesitant())
    found = listen(listener, (0.5, QUIET), (2.0, SPEECH), (2.0, QUIET))
    assert echo.heard == []
    assert not any(isinstance(event, InterimWords | WordsHeard | Turn) for event in found)


def test_words_are_told_before_they_are_aligned() -> None:
    """A long turn's words do not wait for their exact times, which take a quarter as long as hearing them."""

    class Long(Echo):
        """Two sentences in whatever lasts 7 s or more, so that the first can be let go."""

        def hear(self, utterance: Utterance) -> Said:
            self.heard.append(utterance)
            texts = ("one", "two.", "three", "four", "five", "six")
            step_s = (utterance.end_s - utterance.start_s) / len(texts)
            times = [utterance.start_s + at * step_s for at in range(len(texts))]
            words = [Word(text, at, at + step_s, 0.9) for text, at in zip(texts, times, strict=True)]
            said = Said(tuple(words))
            self.said.append(said)
            return said

        said: list[Said]

    echo = Long()
    echo.said = []
    listener = Listener(Segmenter(LoudnessVad()), echo)
    samples = audio((0.5, QUIET), (6.6, SPEECH), (0.5, QUIET), (1.0, SPEECH), (2.0, QUIET))
    events = (event for block in blocks(samples, [512]) for event in listener.feed(block))
    aligned_when_told = [
        sum(said.aligned for said in echo.said) for event in events if isinstance(event, WordsHeard)
    ]
    assert aligned_when_told[0] == 0
    assert sum(said.aligned for said in echo.said) > 0
