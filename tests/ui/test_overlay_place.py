"""Where the overlay stands, on any arrangement of screens."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication

from coach.settings import AppearanceSettings
from ui.overlay.place import Placement, clamped, grown, layout_key


def test_each_arrangement_of_screens_has_its_own_place() -> None:
    """The order screens are listed in does not matter; their place and size do."""
    left, right = ("A", QRect(0, 0, 1920, 1080)), ("B", QRect(1920, 0, 2560, 1440))
    assert layout_key([left, right]) == layout_key([right, left])
    assert layout_key([left]) != layout_key([left, right])
    assert layout_key([left]) != layout_key([("A", QRect(0, 0, 1280, 720))])


AREAS = st.builds(
    QRect, st.integers(-3000, 3000), st.integers(-2000, 2000), st.integers(600, 4000), st.integers(500, 3000)
)
SIZES = st.builds(QSize, st.integers(20, 600), st.integers(20, 500))


@settings(max_examples=100)
@given(AREAS, SIZES, SIZES, st.integers(-9000, 9000), st.integers(-9000, 9000))
def test_pill_and_card_are_wholly_on_the_screen_wherever_they_were_left(
    area: QRect, pill: QSize, card: QSize, x: int, y: int
) -> None:
    """Clamping and growing never leave the screen, and growing twice is growing once."""
    rest = clamped(QRect(QPoint(x, y), pill), area)
    assert area.contains(rest)
    grew = grown(rest, card, area)
    assert area.contains(grew)
    assert grew.size() == card
    assert grown(rest, pill, area) == rest


def test_a_long_pill_that_was_moved_stands_there_again_though_the_app_starts_with_a_short_one(
    qapp: QApplication,
) -> None:
    """Dropped during a call, it is in the same place in the next call, though the app was closed between."""
    area = qapp.primaryScreen().availableGeometry()
    short, long = QSize(101, 38), QSize(230, 45)
    dropped = QRect(QPoint(area.right() - 320, area.bottom() - 200), long)
    appearance = AppearanceSettings()
    Placement(appearance).settle(dropped, long)
    again = Placement(appearance)
    again.restore(short)
    assert again.rect_for(short).bottomRight() == dropped.bottomRight()
    again.resize_rest(long)
    assert again.rect_for(long) == dropped


def test_a_place_kept_by_an_earlier_version_still_holds(qapp: QApplication) -> None:
    """It was kept without a size."""
    key = layout_key([(screen.name(), screen.geometry()) for screen in qapp.screens()])
    placement = Placement(AppearanceSettings(overlay_place={key: [40, 60]}))
    placement.restore(QSize(101, 38))
    assert placement.rect_for(QSize(101, 38)) == QRect(40, 60, 101, 38)


def test_an_unknown_place_is_the_bottom_right(qapp: QApplication) -> None:
    """Before anybody moved it, the overlay stands in the bottom right corner, a little way in."""
    placement = Placement(AppearanceSettings())
    placement.restore(QSize(200, 50))
    area = qapp.primaryScreen().availableGeometry()
    assert placement.rect_for(QSize(200, 50)) == QRect(area.right() - 215, area.bottom() - 65, 200, 50)
