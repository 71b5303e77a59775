from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coach.events import Word
from coach.speech.endpoint import Endpoint, EndpointConfig

DONE = (Word("today.", 0.0, 1.0, 0.9),)
OPEN = (Word("because", 0.0, 1.0, 0.9),)
CONFIG = EndpointConfig()


def test_a_finished_sentence_ends_sooner_than_an_open_one() -> None:
    """In the middle of a sentence the agent is waited for longer."""
    endpoint = Endpoint()
    assert endpoint.turn_pause_s(DONE) < endpoint.turn_pause_s(OPEN)
    assert endpoint.words_wait_s(DONE) < endpoint.words_wait_s(OPEN)


def test_a_brisk_speaker_is_not_waited_for_as_long_as_a_slow_one() -> None:
    """The wait follows the speaker's own pauses, once some of them are known."""
    brisk, slow = Endpoint(), Endpoint()
    for _ in range(CONFIG.learned_from):
        brisk.resumed(0.1)
        slow.resumed(0.9)
    assert brisk.turn_pause_s(DONE) < Endpoint().turn_pause_s(DONE) < slow.turn_pause_s(DONE)


@given(st.lists(st.floats(0.0, 5.0), max_size=60))
def test_the_wait_stays_within_its_bounds(pauses: list[float]) -> None:
    """No speaker is cut off at once, and none is waited for endlessly."""
    endpoint = Endpoint()
    for pause_s in pauses:
        endpoint.resumed(pause_s)
    for words, extra_s in ((DONE, 0.0), (OPEN, CONFIG.open_sentence_s)):
        wait_s = endpoint.turn_pause_s(words)
        assert CONFIG.least_turn_pause_s + extra_s <= wait_s <= CONFIG.most_turn_pause_s + extra_s
