"""What the overlay says besides cues: not listening, the budget, a busy machine; and what can be done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from coach.coaching.pacing import Pacing
from coach.events import CueEnd, CueEnded
from coach.settings import AppearanceSettings
from tests.ui.test_overlay import a_cue
from ui.look.theme import LIGHT, THEMES, Theme, apply_theme, theme_keeper
from ui.overlay import CueOverlay, sharing
from ui.overlay.budget import BudgetCount
from ui.overlay.surface import SHADOW_PX
from ui.state import AppState


@pytest.fixture
def overlay(qtbot: QtBot, qapp: QApplication) -> Iterator[CueOverlay]:
    apply_theme(qapp, "light")
    made = CueOverlay(AppearanceSettings(reduced_motion=True, overlay_opacity=1.0))
    qtbot.addWidget(made)
    made.show()
    made.set_state(AppState.LISTENING)
    made.set_budget(5, 8)
    yield made
    made.thanks_timer.stop()
    apply_theme(qapp, "light")


def fill(overlay: CueOverlay) -> QColor:
    """The colour of the surface a little way in from its left, where nothing is drawn."""
    return overlay.grab().toImage().pixelColor(SHADOW_PX + 7, overlay.height() // 2)


def hover(overlay: CueOverlay) -> None:
    at = QPointF(30, 20)
    QApplication.sendEvent(overlay, QEnterEvent(at, at, at))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_not_listening_is_shown_as_nothing_else_is(
    overlay: CueOverlay, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, theme: Theme
) -> None:
    """Paused, the whole pill changes: its ground, its words, its sign; in every theme, see-through or not."""
    keeper = theme_keeper(qapp)
    monkeypatch.setattr(keeper, "system_wants_contrast", lambda: theme.high_contrast)
    apply_theme(qapp, "dark" if theme.dark else "light")
    before = fill(overlay)
    overlay.set_state(AppState.PAUSED)
    assert overlay.pill.state_label.text() == "Not listening"
    assert fill(overlay) == QColor(theme.colours.danger) != before
    assert overlay.pill.pause_button.isVisible()
    assert overlay.pill.pause_button.text() == "Resume"
    overlay.set_state(AppState.LISTENING)
    assert fill(overlay) == before


def test_not_listening_is_shown_over_a_cue_and_by_a_hidden_overlay(overlay: CueOverlay) -> None:
    """A card does not cover the word that nothing is heard; the cue is there again afterwards."""
    overlay.show_cue(a_cue())
    overlay.set_state(AppState.PAUSED)
    assert overlay.pill.isVisible()
    assert not overlay.card.isVisible()
    assert overlay.windowTitle() == "Sameside"
    overlay.set_state(AppState.LISTENING)
    assert overlay.card.isVisible()
    assert overlay.windowTitle() == "Sameside cue: Own your part"
    overlay.end_cue(CueEnded("q1", 30.0, CueEnd.EXPIRED))
    overlay.hide()
    overlay.set_state(AppState.PAUSED)
    assert overlay.isVisible()
    overlay.set_state(AppState.LISTENING)
    assert not overlay.isVisible()


def test_a_cue_that_is_not_seen_is_not_answered_by_its_keys(overlay: CueOverlay) -> None:
    """Paused, the card is away: it waits, unless its cue ends meanwhile."""
    answers = []
    for signal in (overlay.cue_said, overlay.cue_dismissed, overlay.cue_contested):
        signal.connect(answers.append)
    overlay.show_cue(a_cue())
    overlay.set_state(AppState.PAUSED)
    overlay.say_it()
    overlay.put_away()
    overlay.contest()
    overlay.set_state(AppState.LISTENING)
    assert (answers, overlay.cue) == ([], a_cue())
    overlay.set_state(AppState.PAUSED)
    overlay.end_cue(CueEnded(a_cue().id, CueEnd.EXPIRED, 9.0))
    overlay.set_state(AppState.LISTENING)
    assert overlay.cue is None


def test_a_black_out_counts_down_and_looks_like_no_other_state(overlay: CueOverlay, qtbot: QtBot) -> None:
    """Nothing is heard for so many seconds: the ground is inverted; one button ends it, one adds to it."""
    overlay.set_black_out(24)
    pill = overlay.pill
    assert pill.state_label.text() == "Blacked out, 24 s"
    assert fill(overlay) == QColor(LIGHT.colours.text)
    overlay.set_black_out(23)
    assert pill.state_label.text() == "Blacked out, 23 s"
    for button, signal in (
        (pill.pause_button, pill.listen_again_pressed),
        (pill.black_out_button, pill.black_out_pressed),
    ):
        with qtbot.waitSignal(signal):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    overlay.set_state(AppState.PAUSED)
    assert pill.state_label.text() == "Not listening"
    overlay.set_state(AppState.LISTENING)
    overlay.set_black_out(None)
    assert pill.state_label.text() == "Listening"
    assert fill(overlay) == QColor(LIGHT.colours.surface)


def test_a_cue_that_ends_while_nothing_is_heard_leaves_the_pill(overlay: CueOverlay) -> None:
    """What ran out in a pause does not come back after it."""
    overlay.show_cue(a_cue())
    overlay.set_state(AppState.PAUSED)
    overlay.end_cue(CueEnded("q1", 30.0, CueEnd.EXPIRED))
    overlay.set_state(AppState.LISTENING)
    assert overlay.pill.isVisible()
    assert overlay.cue is None


def test_the_budget_is_dots_with_a_name_and_told_in_words_when_it_is_spent(overlay: CueOverlay) -> None:
    """Full dots are left, rings are spent; with none left the pill says so, and a screen reader hears it."""
    dots = overlay.pill.dots
    assert dots.accessibleName() == "5 of 8 cues left"
    assert overlay.pill.note_label.text() == ""
    image = dots.grab().toImage()
    ratio = dots.devicePixelRatioF()
    centres = [
        (round((3 + 9 * column) * ratio), round((4.5 + 9 * row) * ratio))
        for row in (0, 1)
        for column in range(4)
    ]
    full = [image.pixelColor(*at) == QColor("#0f6b62") for at in centres]
    assert full == [True] * 5 + [False] * 3
    overlay.set_budget(0, 8)
    assert overlay.pill.note_label.text() == "Quiet for now"
    assert dots.accessibleName() == "0 of 8 cues left"
    overlay.set_budget(1, 8)
    assert not overlay.pill.note_label.isVisible()


def test_the_budget_counts_as_the_policy_does() -> None:
    """A cue comes back to the budget when its ten minutes are over."""
    budget = BudgetCount(Pacing.of("standard"))
    for at_s in (10.0, 40.0, 70.0):
        budget.count(at_s)
    assert (budget.left(80.0), budget.most) == (5, 8)
    assert budget.left(615.0) == 6
    assert BudgetCount(Pacing.of("off")).left(0.0) == 0


def test_a_black_pill_says_only_that_it_is_blacked_out(overlay: CueOverlay) -> None:
    """What else the pill notes is written for a light ground: it waits until the black-out is over."""
    overlay.set_slow(True)
    assert overlay.pill.note_label.isVisible()
    overlay.set_black_out(30)
    assert not overlay.pill.note_label.isVisible()
    overlay.set_black_out(None)
    assert overlay.pill.note_label.isVisible()


def test_a_busy_machine_is_told_on_the_pill(overlay: CueOverlay) -> None:
    """The words are there while it lasts, with a longer explanation on hover."""
    overlay.set_slow(True)
    assert overlay.pill.note_label.text() == "Busy machine"
    assert "faster" in overlay.pill.note_label.toolTip()
    overlay.set_slow(False)
    assert not overlay.pill.note_label.isVisible()


def test_the_pointer_brings_what_can_be_done_and_moves_nothing(overlay: CueOverlay, qtbot: QtBot) -> None:
    """Pause and end take the place of time and level, on the same ground."""
    before = overlay.geometry()
    hover(overlay)
    assert overlay.geometry() == before
    pill = overlay.pill
    assert pill.pause_button.isVisible()
    assert not pill.meter.isVisible()
    for button, signal in ((pill.pause_button, pill.pause_pressed), (pill.end_button, pill.end_pressed)):
        with qtbot.waitSignal(signal):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.sendEvent(overlay, QEvent(QEvent.Type.Leave))
    assert pill.meter.isVisible()


def test_every_button_of_the_pill_has_a_name_and_tells_its_key(overlay: CueOverlay) -> None:
    """Screen readers name what can be done; the key is told with it."""
    overlay.show_keys({"pause": "Ctrl+Shift+F7", "unfair": "Ctrl+Shift+F3"})
    for state in (AppState.LISTENING, AppState.PAUSED):
        overlay.set_state(state)
        for button in overlay.pill.findChildren(QToolButton):
            assert button.accessibleName()
            assert button.focusPolicy() == Qt.FocusPolicy.NoFocus
        assert overlay.pill.pause_button.toolTip().endswith("(Ctrl+Shift+F7)")
    assert overlay.card.unfair_button.accessibleDescription().endswith("(Ctrl+Shift+F3)")
    assert "(" not in overlay.card.why_button.toolTip()


@pytest.mark.parametrize("state", list(AppState))
@pytest.mark.parametrize("slow", [False, True])
def test_no_word_of_the_pill_is_cut(overlay: CueOverlay, state: AppState, slow: bool) -> None:
    """Every label and button of the pill has the room it asks for, in every state."""
    overlay.set_state(state)
    overlay.set_slow(slow)
    overlay.set_elapsed(3_754.0)
    pill = overlay.pill
    for part in (
        pill.state_label,
        pill.note_label,
        pill.elapsed_label,
        pill.dots,
        pill.pause_button,
        pill.end_button,
    ):
        if part.isVisible():
            assert part.width() >= part.sizeHint().width()
    assert overlay.contentsRect().contains(pill.geometry())


def test_said_it_waits_for_the_call_to_take_note(overlay: CueOverlay, qtbot: QtBot) -> None:
    """The card turns green when the call says so, not before."""
    overlay.show_cue(a_cue("q3"))
    with qtbot.waitSignal(overlay.cue_said) as told:
        QTest.mouseClick(overlay.card.said_it_button, Qt.MouseButton.LeftButton)
    assert told.args == ["q3"]
    assert overlay.cue is not None
    overlay.end_cue(CueEnded("q3", 30.0, CueEnd.REPAIRED))
    assert overlay.card.title_label.text() == "Nicely repaired"


class FakeUser32:
    def __init__(self, works: bool) -> None:
        self.works = works
        self.asked: list[tuple[int | None, int]] = []

    def SetWindowDisplayAffinity(self, handle: object, affinity: object) -> int:
        self.asked.append((handle.value, affinity.value))  # type: ignore[attr-defined]
        return int(self.works)


@pytest.mark.parametrize("works", [True, False])
def test_windows_is_asked_to_leave_the_overlay_out_of_captures(works: bool) -> None:
    """Hidden is WDA_EXCLUDEFROMCAPTURE, shown is WDA_NONE; an old Windows' refusal is no error."""
    user32 = FakeUser32(works)
    assert sharing.set_affinity(user32, 77, hidden=True) is works
    assert sharing.set_affinity(user32, 77, hidden=False) is works
    assert user32.asked == [(77, 0x11), (77, 0)]


@pytest.mark.parametrize(("platform", "told"), [("win32", "do not see"), ("linux", "cannot")])
def test_it_says_whether_this_system_can_hide_the_overlay(platform: str, told: str) -> None:
    """Nobody is led to believe that the overlay is hidden where it is not."""
    assert told in sharing.WORDS[sharing.ability(platform)]


def test_where_nothing_can_hide_it_nothing_is_tried(overlay: CueOverlay) -> None:
    """On Linux there is no such wish to make; showing the overlay goes on without it."""
    assert not sharing.hide_from_sharing(overlay, True)


def test_an_overlay_that_is_asked_for_stays(overlay: CueOverlay) -> None:
    """It appeared for a cue, or for the word that nothing is heard, and is then asked for: it is kept."""
    for appear, over in (
        (lambda: overlay.show_cue(a_cue()), lambda: overlay.end_cue(CueEnded("q1", 30.0, CueEnd.EXPIRED))),
        (lambda: overlay.set_state(AppState.PAUSED), lambda: overlay.set_state(AppState.LISTENING)),
    ):
        overlay.ask_for(False)
        appear()
        assert overlay.isVisible()
        overlay.ask_for(True)
        over()
        assert overlay.isVisible()
