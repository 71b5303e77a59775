"""Voices that may be the agent's, until it is told that they were another's."""

from __future__ import annotations

import pytest

from coach.events import OtherVoice, VadChanged, VadState
from coach.values.voices import Run, Voices


def voices(*changes: tuple[float, VadState]) -> Voices:
    made = Voices()
    for at_s, state in changes:
        made.changed(VadChanged(at_s, state))
    return made


FROM_1 = (1.0, VadState.SPEAKING)
TO_5 = (5.0, VadState.QUIET)
NOISE = ((0.0, VadState.SPEAKING), (0.5, VadState.QUIET))


def test_a_voice_goes_on_through_a_breath_until_it_is_quiet() -> None:
    """What only starts is no voice yet, and a breath ends none; that somebody went on is kept beside it."""
    heard = voices((0.8, VadState.STARTING), FROM_1, (2.0, VadState.STOPPING), (2.2, VadState.SPEAKING))
    assert (heard.runs, heard.began, heard.going_on) == ((Run(1.0),), (1.0, 2.2), True)
    heard.changed(VadChanged(*TO_5))
    assert (heard.runs, heard.going_on) == ((Run(1.0, 5.0),), False)
    heard.changed(VadChanged(6.0, VadState.QUIET))
    assert heard.runs == (Run(1.0, 5.0),)
    heard.clear()
    assert (heard.runs, heard.began) == ((), ())


@pytest.mark.parametrize(
    ("other", "left"),
    [
        (OtherVoice(0.8, 5.0), ()),
        (OtherVoice(0.8, 4.8), ()),
        (OtherVoice(0.8, 4.0), (Run(4.0, 5.0),)),
        (OtherVoice(3.0, 5.0), (Run(1.0, 3.0),)),
        (OtherVoice(2.0, 3.0), (Run(1.0, 2.0), Run(3.0, 5.0))),
        (OtherVoice(5.0, 6.0), (Run(1.0, 5.0),)),
        (OtherVoice(0.2, 0.9), (Run(1.0, 5.0),)),
    ],
)
def test_of_a_run_only_what_was_anothers_goes(other: OtherVoice, left: tuple[Run, ...]) -> None:
    """A run is known to be over a little after its end: so little behind another's voice is no more voice."""
    heard = voices(FROM_1, TO_5)
    heard.other(other)
    assert heard.runs == left


def test_a_voice_that_goes_on_behind_anothers_may_be_the_agents() -> None:
    """Its beginning was not; whoever goes on after a breath behind it begins anew."""
    heard = voices(FROM_1, (4.5, VadState.SPEAKING))
    heard.other(OtherVoice(0.8, 4.0))
    assert (heard.runs, heard.began, heard.going_on) == ((Run(4.0),), (4.5,), True)
    heard.changed(VadChanged(*TO_5))
    heard.other(OtherVoice(4.0, 5.0))
    assert (heard.runs, heard.began) == ((), ())


def test_the_run_before_is_told_of_while_the_next_goes_on() -> None:
    """What came after it is left as it is."""
    heard = voices(FROM_1, TO_5, (5.3, VadState.SPEAKING))
    heard.other(OtherVoice(0.8, 5.0))
    assert (heard.runs, heard.began) == ((Run(5.3),), (5.3,))


def test_an_hour_of_noise_is_not_kept() -> None:
    """Noises that were no words are never decided: only the latest are looked at."""
    heard = voices(*((at + part, state) for at in range(1000) for part, state in NOISE))
    assert (heard.runs[-1], heard.began[-1]) == (Run(999.0, 999.5), 999.0)
    assert max(len(heard.runs), len(heard.began)) == 100
