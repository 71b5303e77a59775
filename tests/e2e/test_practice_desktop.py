"""The room of practice on a real display and a real microphone, by the keyboard alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.values.practice_log import ExerciseKind
from tests.e2e.desktop import START_S, Desktop
from tests.e2e.sameside_app import LOADING_S, SamesideApp
from tests.e2e.test_live_call import pixels
from ui.look.tokens import THEMES

ACCENTS = [int(theme.colours.accent.removeprefix("#"), 16) for theme in THEMES]

pytestmark = [pytest.mark.desktop, pytest.mark.alone, pytest.mark.models, pytest.mark.timeout(480)]

JUDGED_S = 150.0
"""How long a busy machine may take to write an answer down and to judge it."""


def accent_size(desktop: Desktop, path: Path, window_id: int) -> int:
    """How many pixels of a window have the colour of a button that is to be pressed, in any theme."""
    return int(np.isin(pixels(desktop.screenshot(path, window_id)), ACCENTS).sum())


def test_a_drill_is_spoken_into_a_real_microphone(
    desktop: Desktop, tmp_path: Path, whisper_dir: Path, three_sentences: Path
) -> None:
    """A drill is begun, answered aloud, and judged; then the next one is typed. No mouse, and no sound kept.

    What is said into the machine's microphone is written down by the real models, ends by itself in the
    pause that follows, and is judged: the promise in it is heard. The microphone is let go.
    Of it all only the two tries are kept: no call, and none of the words.
    """
    app = SamesideApp(desktop, tmp_path / "sameside", whisper_dir)
    app.consent_beforehand()
    app.open()
    main = app.main_window()
    desktop.focus(main)
    count = lambda: accent_size(desktop, tmp_path / "room.png", main.id)  # noqa: E731
    desktop.wait(lambda: count() > 1_000, LOADING_S, "the button of the welcome")
    welcome = count()
    # The list of calls has one such button, the welcome and the room of practice have another.
    desktop.press("alt+2")
    desktop.wait(lambda: count() < welcome - 1_000, START_S, "the list of calls")
    calls = count()
    desktop.press("alt+4")
    desktop.wait(
        lambda: count() > calls + 1_000, LOADING_S, "a second button to start with: that of today's drills"
    )
    desktop.press("Return")
    desktop.press("ctrl+m")
    desktop.wait_recording(LOADING_S)
    desktop.play(three_sentences)
    [spoken] = desktop.wait(app.practice, JUDGED_S, "the spoken answer is judged")
    desktop.screenshot(tmp_path / "judged.png")
    assert spoken.kind is ExerciseKind.SITUATION
    assert "committing" in spoken.moves
    desktop.wait(lambda: not desktop.recordings(), START_S, "the microphone is let go")
    # It is kept before it is shown.
    desktop.wait(lambda: count() > calls + 1_000, START_S, "the button that goes on")
    desktop.press("alt+n")
    desktop.type("Sorry, that was our mistake.")
    desktop.press("Return")
    both = desktop.wait(lambda: app.practice()[1:], JUDGED_S, "the typed answer is judged")
    assert len(both) == 1
    assert "owning" in both[0].moves
    assert {attempt.answer for attempt in (spoken, *both)} == {""}
    assert app.calls() == []
    assert app.terminate() == 0
