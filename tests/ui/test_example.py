"""The example call: at the first start one sees a cue without having made one necessary."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from coach.bootstrap import make_services
from coach.errors import KnownError
from coach.settings import Settings
from tests.fakes.cut_off import assert_whole
from tests.fakes.desk import Desk, desk, services
from tests.fakes.services import FakeServices
from ui.dialogs.example import CALM, CUED, FLAGGED, OVER, PROMISED, REPAIRED, ExampleDialog, pages, words_for
from ui.running.call_runner import Phase

__all__ = ["desk", "services"]


def opened(desk: Desk) -> ExampleDialog:
    desk.window.live.welcome.example_button.click()
    dialog = desk.app.example.dialog
    assert dialog is not None
    desk.settle()
    return dialog


def go_to(dialog: ExampleDialog, words: str) -> None:
    for _ in range(20):
        if dialog.words_label.text() == words:
            return
        dialog.go_on()
    raise AssertionError(f"no step says: {words}")


def test_the_first_cue_is_seen_after_two_presses(desk: Desk) -> None:
    """Without a microphone, a download or a sour word of one's own."""
    dialog = opened(desk)
    assert dialog.words_label.text() == CALM
    dialog.next_button.click()
    assert dialog.words_label.text() == CUED
    assert dialog.card_frame.isVisible()
    assert dialog.card.cue is not None
    say = dialog.card.say_label
    assert say.height() >= say.heightForWidth(say.width())
    dialog.close()


def test_it_shows_the_green_card_and_the_promises(desk: Desk) -> None:
    """A cue is only half of it: saying it in one's own words is the other."""
    dialog = opened(desk)
    go_to(dialog, REPAIRED)
    assert "Nicely repaired" in dialog.card.title_label.text()
    go_to(dialog, PROMISED)
    go_to(dialog, OVER)
    assert not dialog.card_frame.isVisible()
    dialog.close()


def test_it_ends_in_a_call_of_ones_own(desk: Desk) -> None:
    """The last press begins one; closing it at any time begins none."""
    dialog = opened(desk)
    dialog.close()
    assert desk.app.runner.phase is Phase.IDLE
    dialog = opened(desk)
    go_to(dialog, OVER)
    dialog.next_button.click()
    desk.qtbot.waitUntil(lambda: desk.app.runner.phase is Phase.RUNNING)


def test_nothing_of_it_is_kept(desk: Desk, services: FakeServices) -> None:
    """No call, no commitment, nothing to practise comes of an example."""
    before = dict(services.memory.calls)
    dialog = opened(desk)
    go_to(dialog, OVER)
    dialog.close()
    desk.settle()
    assert services.memory.calls == before


def test_trouble_is_told_where_one_looks(desk: Desk, services: FakeServices) -> None:
    """Without the moves model there is no example, and the words say why."""
    services.example_error = KnownError("model-missing", "The moves model is missing. Get it.")
    dialog = opened(desk)
    assert dialog.words_label.text() == "The moves model is missing. Get it."
    assert not dialog.next_button.isEnabled()
    dialog.close()


def test_a_window_closed_before_the_example_came_stays_closed(desk: Desk) -> None:
    """Whoever changes their mind is not called back."""
    desk.window.live.welcome.example_button.click()
    assert desk.app.example.dialog is not None
    desk.app.example.dialog.close()
    desk.settle()
    assert desk.app.example.dialog is None


def test_opened_again_before_it_came_it_begins_at_its_first_step(desk: Desk) -> None:
    """What the first window asked for is not shown in the second, whose steps would be counted twice."""
    desk.window.live.welcome.example_button.click()
    assert desk.app.example.dialog is not None
    desk.app.example.dialog.close()
    dialog = opened(desk)
    assert dialog.words_label.text() == CALM
    dialog.next_button.click()
    assert dialog.words_label.text() == CUED
    dialog.close()


@pytest.mark.usefixtures("themed")
@pytest.mark.parametrize("words", [CALM, CUED, REPAIRED, OVER])
def test_nothing_is_cut_off(desk: Desk, words: str) -> None:
    """In the smallest window of it, on every kind of step."""
    dialog = opened(desk)
    dialog.resize(dialog.minimumSize())
    go_to(dialog, words)
    assert_whole(desk.qtbot, dialog)
    dialog.close()


def test_the_shipped_example_has_every_kind_of_step(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the real coach, also for somebody who has switched cues off: calm, cue, flag, repair, promises."""
    monkeypatch.setenv("SAMESIDE_HOME", str(tmp_path))
    real = make_services()
    real.settings = Settings()
    real.settings.cues.level = "off"
    steps = [words_for(page) for page in pages(real.example().turns)]
    real.close()
    assert steps == [CALM, CUED, FLAGGED, REPAIRED, PROMISED]


def test_the_card_answers_by_itself(desk: Desk) -> None:
    """Its buttons can be tried here, and touch no call."""
    dialog = opened(desk)
    go_to(dialog, CUED)
    dialog.card.why_button.click()
    assert dialog.card.why_panel.isVisible()
    dialog.card.not_now_button.click()
    shown: QWidget = dialog.card_frame
    assert not shown.isVisible()
    dialog.close()
