"""The budget for interrupting, as the agent set it."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from pydantic import ValidationError

from coach.coaching.closing import load_closing
from coach.coaching.pacing import Pacing
from coach.errors import KnownError
from coach.settings import CueSettings


def test_a_level_counts_until_own_limits_are_switched_on() -> None:
    """Numbers that stand ready change nothing on their own; off stays off whatever else is set."""
    cues = CueSettings(level="quiet", gap_s=5, most_in_ten_minutes=20)
    assert Pacing.chosen(cues) == Pacing.of("quiet")
    cues.own_limits = True
    own = Pacing.chosen(cues)
    assert (own.min_gap_s, own.most, own.missing, own.window_s) == (5.0, 20, True, 600.0)
    cues.level = "off"
    assert Pacing.chosen(cues).most == 0


def test_only_moves_that_worsen_a_call_are_urgent() -> None:
    """A move nobody knows, or one that repairs, is refused by its name."""
    assert Pacing.chosen(CueSettings(urgent=["blaming"])).urgent == {"blaming"}
    for wrong in ("blamng", "owning"):
        with pytest.raises(ValidationError, match=wrong):
            CueSettings(urgent=[wrong])


def test_when_the_next_cue_may_come() -> None:
    """After the gap; where the budget is spent, when the oldest cue is ten minutes old; never when off."""
    pacing = Pacing(min_gap_s=20.0, most=3)
    assert pacing.next_s([]) == 0.0
    assert pacing.next_s([10.0, 40.0]) == 60.0
    assert pacing.next_s([10.0, 40.0, 70.0]) == 610.0
    assert pacing.next_s([10.0, 40.0, 70.0, 610.0]) == 640.0
    assert Pacing.of("off").next_s([]) == math.inf


@pytest.mark.parametrize(("words", "seconds"), [(3, 6.0), (12, 6.0), (20, 10.0)])
def test_a_longer_line_takes_longer_to_read(words: int, seconds: float) -> None:
    """Two words a second with half an eye, and never less than six seconds."""
    assert Pacing().reading_s("word " * words) == seconds


@pytest.mark.parametrize("text", ['last_offer = ["bye"]', "goodbye = 3", "not toml"])
def test_a_mistake_in_the_closing_words_is_named(tmp_path: Path, text: str) -> None:
    """Whoever edits the file is told which one is wrong."""
    path = tmp_path / "closing.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnownError) as caught:
        load_closing(path)
    assert caught.value.code == "closing-damaged"
    assert str(path) in caught.value.message
