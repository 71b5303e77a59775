"""The overlay: one card at a time, never in the way."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coach.events import Because, Cue, CueEnd, CueEnded, Level
from coach.settings import AppearanceSettings
from ui.look.theme import DARK, LIGHT, apply_theme
from ui.overlay import CueOverlay
from ui.overlay.fade import FADE_MS
from ui.overlay.place import layout_key
from ui.overlay.surface import SHADOW_PX
from ui.state import HEARING, AppState

SAY = "I didn’t explain that clearly. Let me try again, and tell me where I lose you."


def a_cue(cue_id: str = "q1", say: str = SAY, **changes: object) -> Cue:
    values: dict[str, object] = {
        "id": cue_id,
        "at_s": 12.0,
        "move": "owning",
        "title": "Own your part",
        "say": say,
        "why": "Naming your own part first makes it easier for the other side.",
        "because": Because("blaming", "you typed it in wrong", 3, ("A2", "E5")),
        "alternatives": ("That one is on us.", "You are right, we should have called."),
    }
    return Cue(**{**values, **changes})  # type: ignore[arg-type]


def repaired(cue_id: str = "q1") -> CueEnded:
    return CueEnded(cue_id, 20.0, CueEnd.REPAIRED, by_move="owning", turn_index=4)


@pytest.fixture
def appearance() -> AppearanceSettings:
    return AppearanceSettings(reduced_motion=True)


@pytest.fixture
def overlay(qtbot: QtBot, qapp: QApplication, appearance: AppearanceSettings) -> Iterator[CueOverlay]:
    apply_theme(qapp, "light")
    made = CueOverlay(appearance)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.thanks_timer.stop()
    apply_theme(qapp, "light")


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def fill_colour(overlay: CueOverlay) -> QColor:
    """The surface's colour near its lower right, where no text is."""
    image = overlay.grab().toImage()
    return image.pixelColor(overlay.width() - SHADOW_PX - 12, overlay.height() - SHADOW_PX - 12)


def test_it_never_takes_focus_and_stays_on_top(overlay: CueOverlay) -> None:
    """The agent's own window keeps the keyboard; the overlay is no task of its own."""
    flags = overlay.windowFlags()
    assert flags & Qt.WindowType.WindowDoesNotAcceptFocus
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert flags & Qt.WindowType.FramelessWindowHint
    assert overlay.windowType() == Qt.WindowType.Tool
    assert overlay.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    buttons = overlay.findChildren(QPushButton)
    assert len(buttons) == 5
    assert all(button.focusPolicy() == Qt.FocusPolicy.NoFocus for button in buttons)


def test_a_cue_becomes_one_card_with_one_line(overlay: CueOverlay) -> None:
    """Title and line are shown, the reasons only on demand; the window's title names the cue."""
    overlay.show_cue(a_cue())
    assert overlay.windowTitle() == "Sameside cue: Own your part"
    assert overlay.card.title_label.text() == "Own your part"
    assert overlay.card.say_label.text() == SAY
    assert not overlay.pill.isVisible()
    assert not overlay.card.why_panel.isVisible()


def test_why_opens_reason_words_and_sources_and_closes_again(overlay: CueOverlay) -> None:
    """Every cue can account for itself."""
    overlay.show_cue(a_cue())
    closed = overlay.height()
    click(overlay.card.why_button)
    assert overlay.card.why_label.text().startswith("Naming your own part")
    assert overlay.card.words_label.text() == "You said: “you typed it in wrong”"
    assert overlay.card.sources_label.text() == "Sources A2, E5"
    assert overlay.card.sources_label.isVisible()
    assert overlay.height() > closed
    click(overlay.card.why_button)
    assert overlay.height() == closed


def test_why_tells_what_earlier_turns_had_to_do_with_it(overlay: CueOverlay) -> None:
    """A cue for a mild turn that repeats itself says so; one that stands for itself has no empty line."""
    because = Because(
        "convincing", "as I said", 3, ("A2",), context="The third time the same point is pressed."
    )
    overlay.show_cue(a_cue(because=because))
    click(overlay.card.why_button)
    assert overlay.card.context_label.text() == because.context
    assert overlay.card.context_label.isVisible()
    overlay.show_cue(a_cue("q2"))
    click(overlay.card.why_button)
    assert not overlay.card.context_label.isVisible()


def test_another_line_goes_round(overlay: CueOverlay) -> None:
    """The alternatives follow one another and the first line comes back."""
    overlay.show_cue(a_cue())
    shown = []
    for _ in range(4):
        shown.append(overlay.card.say_label.text())
        click(overlay.card.another_button)
    assert shown == [SAY, "That one is on us.", "You are right, we should have called.", SAY]


def test_a_cue_with_one_line_offers_no_other(overlay: CueOverlay) -> None:
    """A button that would do nothing is not there."""
    overlay.show_cue(a_cue(alternatives=()))
    assert not overlay.card.another_button.isVisible()
    overlay.show_cue(a_cue("q2"))
    assert overlay.card.another_button.isVisible()


@pytest.mark.parametrize(
    ("button", "signal"), [("not_now_button", "cue_dismissed"), ("unfair_button", "cue_contested")]
)
def test_putting_a_cue_away_tells_which_and_leaves_the_pill(
    overlay: CueOverlay, qtbot: QtBot, button: str, signal: str
) -> None:
    """One click ends a cue at once, without waiting for the engine."""
    overlay.show_cue(a_cue("q7"))
    with qtbot.waitSignal(getattr(overlay, signal)) as told:
        click(getattr(overlay.card, button))
    assert told.args == ["q7"]
    assert overlay.cue is None
    assert overlay.pill.isVisible()
    assert overlay.windowTitle() == "Sameside"


def test_a_repair_is_thanked_for_in_words_shape_and_colour_then_the_pill_returns(
    overlay: CueOverlay, qtbot: QtBot
) -> None:
    """The card turns green, says so, and goes away by itself."""
    overlay.show_cue(a_cue())
    overlay.end_cue(repaired())
    assert overlay.card.title_label.text() == "Nicely repaired: owning a part"
    assert not overlay.card.say_label.isVisible()
    assert not overlay.card.buttons.isVisible()
    assert fill_colour(overlay).green() > fill_colour(overlay).red()
    assert overlay.thanks_timer.isActive()
    assert overlay.thanks_timer.interval() == 2_500
    overlay.thanks_timer.timeout.emit()
    assert overlay.pill.isVisible()
    assert not overlay.card.isVisible()


@pytest.mark.parametrize("end", [CueEnd.EXPIRED, CueEnd.DISMISSED, CueEnd.UNFAIR])
def test_any_other_end_goes_back_to_the_pill_at_once(overlay: CueOverlay, end: CueEnd) -> None:
    """Silence is the default: nothing is said about a cue that passed."""
    overlay.show_cue(a_cue())
    overlay.end_cue(CueEnded("q1", 30.0, end))
    assert overlay.pill.isVisible()
    assert not overlay.thanks_timer.isActive()


def test_the_end_of_another_cue_changes_nothing(overlay: CueOverlay) -> None:
    """A late word about an old cue does not take the new one away."""
    overlay.show_cue(a_cue("new"))
    overlay.end_cue(repaired("old"))
    assert overlay.cue is not None
    assert overlay.cue.id == "new"


def test_a_new_cue_takes_the_place_of_a_thank_you(overlay: CueOverlay) -> None:
    """The timer of the last thank-you does not end the new cue."""
    overlay.show_cue(a_cue("q1"))
    overlay.end_cue(repaired("q1"))
    overlay.show_cue(a_cue("q2"))
    assert not overlay.thanks_timer.isActive()
    assert overlay.card.say_label.isVisible()
    assert overlay.cue is not None
    assert overlay.cue.id == "q2"


def test_a_hidden_overlay_appears_for_a_cue_and_hides_again(overlay: CueOverlay) -> None:
    """Who put the pill away gets the cue all the same, and no pill after it."""
    overlay.hide()
    overlay.show_cue(a_cue())
    assert overlay.isVisible()
    overlay.end_cue(CueEnded("q1", 30.0, CueEnd.EXPIRED))
    assert not overlay.isVisible()


@pytest.mark.parametrize("state", list(AppState))
def test_the_pill_says_its_state_in_words(overlay: CueOverlay, state: AppState) -> None:
    """State is never told by colour alone; the meter moves only while it hears."""
    overlay.set_state(state)
    assert overlay.pill.state_label.text()
    assert overlay.pill.state_label.text() in overlay.pill.state_label.accessibleName()
    assert overlay.pill.meter.isVisible() == (state in HEARING)


def test_time_and_level_are_shown(overlay: CueOverlay) -> None:
    """Elapsed time reads as m:ss, the meter stays between empty and full."""
    overlay.set_state(AppState.LISTENING)
    overlay.set_elapsed(125.9)
    assert overlay.pill.elapsed_label.text() == "2:05"
    assert overlay.pill.elapsed_label.accessibleName() == "Elapsed time 2 minutes 5 seconds"
    shares = []
    for rms_dbfs in (-90.0, -36.0, 0.0):
        overlay.set_level(Level(1.0, rms_dbfs, rms_dbfs))
        shares.append(overlay.pill.meter.share)
    assert shares == [0.0, 0.5, 1.0]


@pytest.mark.parametrize("length", [20, 90, 240])
def test_no_text_is_cut_however_long(overlay: CueOverlay, length: int) -> None:
    """Every label and button has the room its text asks for."""
    overlay.show_cue(a_cue(say=("word " * 80)[:length].strip(), why="because " * 12))
    click(overlay.card.why_button)
    for label in overlay.card.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.height() >= label.heightForWidth(label.width())
            assert label.width() >= label.minimumSizeHint().width()
            assert overlay.rect().contains(QRect(label.mapTo(overlay, QPoint(0, 0)), label.size()))
    for button in overlay.findChildren(QPushButton):
        assert button.width() >= button.sizeHint().width()


def test_the_line_can_be_read_from_a_little_way_off(overlay: CueOverlay) -> None:
    """From 70 cm, at 96 or 109 dots an inch, capitals fill 20 minutes of arc or more (ISO 9241-303)."""
    overlay.show_cue(a_cue())
    capital_px = QFontMetricsF(overlay.card.say_label.font()).capHeight()
    for dots_an_inch in (96, 109):
        height_mm = capital_px * 25.4 / dots_an_inch
        assert math.degrees(math.atan2(height_mm, 700)) * 60 >= 20


def test_a_lock_lets_clicks_through_and_back(overlay: CueOverlay) -> None:
    """Locked, the window is transparent for input, and stays shown."""
    overlay.set_locked(True)
    assert overlay.windowFlags() & Qt.WindowType.WindowTransparentForInput
    assert overlay.isVisible()
    overlay.set_locked(False)
    assert not overlay.windowFlags() & Qt.WindowType.WindowTransparentForInput
    assert overlay.isVisible()


def test_the_theme_is_followed_while_shown(overlay: CueOverlay, qapp: QApplication) -> None:
    """Dark and light reach a card that is already there."""
    overlay.apply_appearance()
    overlay.show_cue(a_cue())
    assert fill_colour(overlay).lightness() > 240 * LIGHT.border_px
    apply_theme(qapp, "dark")
    assert fill_colour(overlay).lightness() < QColor(DARK.colours.sunken).lightness()


def test_reduced_motion_is_still_and_motion_is_short(overlay: CueOverlay, qtbot: QtBot) -> None:
    """Without motion the card is there at once; with motion it takes less than a fifth of a second."""
    overlay.show_cue(a_cue())
    assert not overlay.fade.is_running
    lively = CueOverlay(AppearanceSettings())
    qtbot.addWidget(lively)
    lively.show_cue(a_cue())
    assert lively.fade.is_running
    assert FADE_MS < 200
    lively.end_cue(CueEnded("q1", 30.0, CueEnd.EXPIRED))
    assert not lively.fade.is_running


def test_everything_has_a_name_for_assistive_technology(overlay: CueOverlay) -> None:
    """The card's name and line, and what each button does, can be heard."""
    overlay.show_cue(a_cue())
    assert overlay.accessibleName() == "Sameside cue: Own your part"
    assert overlay.accessibleDescription() == SAY
    for button in overlay.findChildren(QPushButton):
        assert button.accessibleName() == button.text()
        assert button.accessibleDescription()
    overlay.end_cue(CueEnded("q1", 30.0, CueEnd.EXPIRED))
    overlay.set_state(AppState.LISTENING)
    assert overlay.accessibleDescription() == "Listening"


def test_where_the_user_drops_it_is_remembered(
    overlay: CueOverlay, appearance: AppearanceSettings, qtbot: QtBot
) -> None:
    """A drag moves the overlay, writes its place for these screens, and the next overlay stands there."""
    before = overlay.pos()
    with qtbot.waitSignal(overlay.placed):
        QTest.mousePress(overlay, Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
        QTest.mouseMove(overlay, QPoint(30 - 200, 30 - 100))
        QTest.mouseRelease(overlay, Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
    assert overlay.pos() == before + QPoint(-200, -100)
    assert list(appearance.overlay_place.values()) == [list(overlay.geometry().getRect())]
    again = CueOverlay(appearance)
    qtbot.addWidget(again)
    assert again.pos() == overlay.pos()


def test_a_click_without_a_drag_leaves_it_where_it_is(overlay: CueOverlay) -> None:
    """Pressing another button than the left one moves nothing."""
    before = overlay.pos()
    QTest.mousePress(overlay, Qt.MouseButton.RightButton, pos=QPoint(30, 30))
    QTest.mouseMove(overlay, QPoint(90, 90))
    QTest.mouseRelease(overlay, Qt.MouseButton.RightButton, pos=QPoint(30, 30))
    assert overlay.pos() == before


def test_a_card_near_the_edge_stays_on_the_screen_and_the_pill_returns(overlay: CueOverlay) -> None:
    """The card grows inwards; when it ends, the pill is where it was."""
    screen = overlay.screen().availableGeometry()
    resting = overlay.geometry()
    overlay.show_cue(a_cue())
    assert screen.contains(overlay.geometry())
    assert overlay.geometry().right() == resting.right()
    overlay.end_cue(CueEnded("q1", 30.0, CueEnd.EXPIRED))
    assert overlay.geometry() == resting


def test_a_place_off_the_screen_is_brought_back(qtbot: QtBot, qapp: QApplication) -> None:
    """A remembered place that no screen shows any more cannot hide the overlay."""
    key = layout_key([(screen.name(), screen.geometry()) for screen in qapp.screens()])
    made = CueOverlay(AppearanceSettings(overlay_place={key: [9_000, -4_000]}))
    qtbot.addWidget(made)
    assert qapp.primaryScreen().availableGeometry().contains(made.geometry())


@pytest.mark.qt_log_ignore("does not support setting window masks", extend=True)
def test_without_a_compositor_the_corners_are_cut_and_the_surface_is_solid(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where windows cannot blend there is no shadow, no see-through, and the mask follows the size."""
    monkeypatch.setattr("ui.overlay.window.blends_windows", lambda: False)
    made = CueOverlay(AppearanceSettings(reduced_motion=True, overlay_opacity=0.5))
    qtbot.addWidget(made)
    made.show_cue(a_cue())
    assert made.mask().boundingRect() == made.rect()
    assert not made.mask().contains(QPoint(0, 0))
    middle = made.grab().toImage().pixelColor(made.width() - 12, made.height() // 2)
    assert middle == QColor(LIGHT.colours.surface)
    made.end_cue(CueEnded("q1", 30.0, CueEnd.EXPIRED))
    made.show()
    assert made.mask().boundingRect() == made.rect()


def test_only_the_surface_is_seen_through_never_the_text(qtbot: QtBot) -> None:
    """The opacity setting thins the surface and leaves every letter solid."""
    made = CueOverlay(AppearanceSettings(reduced_motion=True, overlay_opacity=0.5))
    qtbot.addWidget(made)
    made.show_cue(a_cue())
    image = QImage(made.size(), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    made.render(image)
    line = made.card.say_label
    at = line.mapTo(made, QPoint(0, 0))
    alphas = {
        image.pixelColor(at.x() + x, at.y() + y).alpha() for x in range(line.width()) for y in range(20)
    }
    assert min(alphas) in range(120, 136)
    assert max(alphas) == 255
