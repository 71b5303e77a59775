"""Words while speaking, and nobody's words but the agent's."""

from __future__ import annotations

import numpy as np

from coach.events import Block, InterimWords, OtherVoice, Samples, Speaker, Turn, Utterance, Word, WordsHeard
from coach.speech.drafting import Drafter
from coach.speech.endpoint import Endpoint, EndpointConfig
from coach.speech.listening import Heard, Listener
from coach.speech.segmenter import Segmenter
from tests.unit.speech.speech_fakes import Echo, LoudnessVad, Said, audio, blocks

QUIET, SPEECH = 0.05, 0.8


class LoudIsAgent:
    """The agent is the loud one; what is in between is doubtful, and kept or not as ``keep`` says."""

    def __init__(self, keep: bool = True) -> None:
        self.keep = keep

    def voice_of(self, samples: Samples) -> Speaker:
        loudness = float(np.mean(np.abs(samples[-8_000:])))
        if loudness > 0.7:
            return Speaker.AGENT
        return Speaker.UNSURE if loudness > 0.6 and self.keep else Speaker.OTHER

    def agent_parts(self, utterance: Utterance) -> tuple[tuple[Utterance, Speaker], ...]:
        middle = len(utterance.samples) // 2
        loudness = float(np.mean(np.abs(utterance.samples[middle - 1_600 : middle + 1_600])))
        speaker = Speaker.AGENT if loudness > 0.7 else Speaker.UNSURE if loudness > 0.6 else Speaker.OTHER
        return ((utterance, Speaker.OTHER if speaker is Speaker.UNSURE and not self.keep else speaker),)


class Loudspeaker:
    """Everything in [2 s, 4 s) is the far end."""

    def __init__(self) -> None:
        self.heard_s = 0.0
        self.rests = 0

    def hear(self, block: Block) -> None:
        self.heard_s = block.end_s

    def leaked(self, start_s: float, end_s: float) -> bool:
        return start_s < 4.0 and end_s > 2.0

    def rest(self) -> None:
        self.rests += 1


class Mute(Echo):
    """Finds no word in anything."""

    def hear(self, utterance: Utterance) -> Said:
        super().hear(utterance)
        return Said(())


def listen(listener: Listener, *parts: tuple[float, float]) -> list[Heard]:
    found = [event for block in blocks(audio(*parts), [640]) for event in listener.feed(block)]
    return [*found, *listener.flush()]


def kinds(found: list[Heard], kind: type) -> list[Heard]:
    return [event for event in found if isinstance(event, kind)]


def drafting(echo: Echo) -> Listener:
    return Listener(Segmenter(LoudnessVad()), echo, drafter=Drafter(echo, clock=lambda: 0.0))


def test_words_come_while_they_are_said_and_are_final_after() -> None:
    """First tentative, then committed, then as heard in the pause, then final, and nothing interim after."""
    found = listen(drafting(Echo()), (0.5, QUIET), (3.0, SPEECH), (2.5, QUIET))
    interim = [event for event in found if isinstance(event, InterimWords)]
    assert len(interim) >= 3
    assert (len(interim[0].committed), len(interim[0].tentative)) == (0, 1)
    assert (len(interim[-2].committed), len(interim[-2].tentative)) == (1, 0)
    final = next(event for event in found if isinstance(event, WordsHeard))
    assert [word.text for word in interim[-1].tentative] == [word.text for word in final.words]
    order = [type(event) for event in found if isinstance(event, InterimWords | WordsHeard | Turn)]
    assert order == [*[InterimWords] * len(interim), WordsHeard, Turn]


def test_interim_words_that_came_to_nothing_are_taken_away() -> None:
    """A draft of what turns out to hold no word does not stay on the screen."""
    found = listen(drafting(Mute()), (0.5, QUIET), (2.0, SPEECH), (2.0, QUIET))
    interim = [event for event in found if isinstance(event, InterimWords)]
    assert interim[0].tentative
    assert interim[-1] == InterimWords(0, (), ())
    assert kinds(found, Turn) == []


def test_another_voice_is_never_recognised() -> None:
    """Not drafted, not decoded: only where it was, and the agent's words around it."""
    echo = Echo()
    listener = Listener(
        Segmenter(LoudnessVad()), echo, drafter=Drafter(echo, clock=lambda: 0.0), gate=LoudIsAgent()
    )
    found = listen(listener, (0.5, QUIET), (2.0, SPEECH), (2.5, QUIET), (2.0, 0.55), (2.5, QUIET))
    (dropped,) = (event for event in found if isinstance(event, OtherVoice))
    assert dropped.reason == "other voice"
    assert 4.5 <= dropped.start_s < dropped.end_s <= 7.5
    assert len(kinds(found, Turn)) == 1
    assert all(heard.end_s < 4.5 for heard in echo.heard)
    assert all(event.turn_index == 0 for event in found if isinstance(event, InterimWords))


def test_a_turn_ends_though_somebody_else_speaks_on() -> None:
    """As at a counter: the agent is done, the customer answers without a breath, and the card waits for none
    of it. What the agent says after that is a turn of its own, and no pause the agent makes."""
    sizes, endpoint = [640], Endpoint()
    listener = Listener(Segmenter(LoudnessVad()), Echo(), gate=LoudIsAgent(), endpoint=endpoint)
    parts = (
        (0.5, QUIET),
        (2.0, SPEECH),
        (0.35, QUIET),
        (8.0, 0.55),
        (0.35, QUIET),
        (2.0, SPEECH),
        (2.5, QUIET),
    )
    told = [(block.end_s, event) for block in blocks(audio(*parts), sizes) for event in listener.feed(block)]
    first, second = (at_s for at_s, event in told if isinstance(event, Turn))
    assert first < 9.0
    assert second > 13.0
    assert endpoint.turn_pause_s((Word("Done.", 0.0, 1.0, 0.9),)) == EndpointConfig().turn_pause_s


def test_a_doubtful_voice_is_kept_and_marked_or_dropped_as_the_gate_says() -> None:
    """The gate settles it by the profile; what comes back doubtful is a marked turn."""
    doubtful = ((0.5, QUIET), (2.0, 0.65), (2.5, QUIET))
    kept = listen(Listener(Segmenter(LoudnessVad()), Echo(), gate=LoudIsAgent()), *doubtful)
    (turn,) = (event for event in kept if isinstance(event, Turn))
    assert turn.speaker is Speaker.UNSURE
    dropped = listen(Listener(Segmenter(LoudnessVad()), Echo(), gate=LoudIsAgent(keep=False)), *doubtful)
    assert kinds(dropped, Turn) == []
    assert len(kinds(dropped, OtherVoice)) == 1


def test_the_far_end_from_the_loudspeaker_is_dropped() -> None:
    """It hears every block, decides before recognition, and rests at the end."""
    echo, far_end = Echo(), Loudspeaker()
    listener = Listener(Segmenter(LoudnessVad()), echo, far_end=far_end)
    found = listen(listener, (0.2, QUIET), (1.2, SPEECH), (1.0, QUIET), (1.2, SPEECH), (1.0, QUIET))
    (dropped,) = (event for event in found if isinstance(event, OtherVoice))
    assert dropped.reason == "leak"
    assert all(heard.end_s < 2.0 for heard in echo.heard)
    assert far_end.heard_s > 4.5
    assert far_end.rests == 1


def test_a_sentence_the_decoder_left_out_is_heard_on_its_own() -> None:
    """Words of both runs are in the turn, in order, though the decoding of both had only one's."""

    class Forgetful(Echo):
        def hear(self, utterance: Utterance) -> Said:
            whole = super().hear(utterance)
            if utterance.end_s - utterance.start_s > 2.5:
                return Said((Word("second", utterance.end_s - 0.6, utterance.end_s - 0.3, 0.9),))
            return whole

    echo = Forgetful()
    found = listen(
        Listener(Segmenter(LoudnessVad()), echo),
        (0.5, QUIET),
        (1.2, SPEECH),
        (0.5, QUIET),
        (1.2, SPEECH),
        (2.5, QUIET),
    )
    (turn,) = (event for event in found if isinstance(event, Turn))
    assert turn.text.endswith("second")
    assert len(turn.words) == 3
    assert [word.start_s for word in turn.words] == sorted(word.start_s for word in turn.words)


def test_easing_gives_up_interim_words_then_the_model_and_comes_back() -> None:
    """Each step says in a sentence what it means; there is no step without a faster model."""
    chosen, faster = Echo(), Echo()
    faster.name = "tiny"
    listener = Listener(
        Segmenter(LoudnessVad()),
        chosen,
        drafter=Drafter(chosen, clock=lambda: 0.0),
        faster=lambda: faster,
    )
    assert "while you speak" in (listener.ease(1) or "")
    found = listen(listener, (0.5, QUIET), (2.0, SPEECH), (2.0, QUIET))
    assert kinds(found, InterimWords) == []
    assert "tiny" in (listener.ease(2) or "")
    before = len(chosen.heard)
    listen(listener, (0.5, QUIET), (2.0, SPEECH), (2.0, QUIET))
    assert (len(chosen.heard), len(faster.heard) > 0) == (before, True)
    assert listener.ease(3) is None
    assert listener.ease(0)
    listen(listener, (0.5, QUIET), (2.0, SPEECH), (2.0, QUIET))
    assert len(chosen.heard) > before
    assert Listener(Segmenter(LoudnessVad()), chosen).ease(2) is None
