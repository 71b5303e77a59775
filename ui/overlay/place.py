"""Where the overlay stands: remembered per arrangement of screens, always wholly on one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication

from coach.settings import AppearanceSettings

EDGE_GAP_PX = 16
"""Distance from the screen's edge where the overlay stands before anybody moved it."""


def layout_key(screens: Sequence[tuple[str, QRect]]) -> str:
    """One arrangement of screens as text: names and geometries, whatever order they are listed in."""
    return "; ".join(
        f"{name} {area.width()}x{area.height()}+{area.x()}+{area.y()}"
        for name, area in sorted(screens, key=lambda screen: (screen[1].x(), screen[1].y(), screen[0]))
    )


def default_place(area: QRect, size: QSize) -> QPoint:
    """Bottom right of ``area``: windows keep their buttons at the top, ours included."""
    return QPoint(
        area.right() + 1 - size.width() - EDGE_GAP_PX, area.bottom() + 1 - size.height() - EDGE_GAP_PX
    )


def clamped(rect: QRect, area: QRect) -> QRect:
    """``rect`` moved, not resized, into ``area``; its top left corner wins where it is larger."""
    x = max(area.left(), min(rect.left(), area.right() + 1 - rect.width()))
    y = max(area.top(), min(rect.top(), area.bottom() + 1 - rect.height()))
    return QRect(QPoint(x, y), rect.size())


def grown(rect: QRect, size: QSize, area: QRect) -> QRect:
    """``rect`` at another size, growing or shrinking from its corner nearest the corner of ``area``."""
    made = QRect(rect.topLeft(), size)
    if rect.center().x() > area.center().x():
        made.moveRight(rect.right())
    if rect.center().y() > area.center().y():
        made.moveBottom(rect.bottom())
    return clamped(made, area)


class Placement:
    """The pill's resting place, from which the card grows. Reads and writes ``overlay_place``."""

    def __init__(self, appearance: AppearanceSettings) -> None:
        self._appearance = appearance
        self._rest = QRect()

    def restore(self, pill_size: QSize) -> None:
        """Take the place remembered for the screens there are now, or the default one."""
        saved = self._appearance.overlay_place.get(self._key(), [])
        if len(saved) == 4:
            left = QRect(*saved)
        elif len(saved) == 2:
            left = QRect(QPoint(*saved), pill_size)
        else:
            left = QRect(
                default_place(QGuiApplication.primaryScreen().availableGeometry(), pill_size), pill_size
            )
        self._rest = grown(left, pill_size, self._area(left))

    def resize_rest(self, pill_size: QSize) -> None:
        self._rest = grown(self._rest, pill_size, self._area(self._rest))

    def rect_for(self, size: QSize) -> QRect:
        """Where a window of ``size`` stands: on the resting place, wholly on its screen."""
        return grown(self._rest, size, self._area(self._rest))

    def settle(self, dropped: QRect, pill_size: QSize) -> None:
        """Remember where the user dropped the overlay, pill or card."""
        area = self._area(dropped)
        self._rest = grown(clamped(dropped, area), pill_size, area)
        self._remember()

    def move_to(self, area: QRect, pill_size: QSize) -> None:
        """Rest in the corner of another screen, and remember that."""
        self._rest = QRect(default_place(area, pill_size), pill_size)
        self._remember()

    def screen_name(self) -> str:
        """The screen it rests on."""
        screen = QGuiApplication.screenAt(self._rest.center()) or QGuiApplication.primaryScreen()
        return screen.name()

    def _remember(self) -> None:
        remembered = dict(self._appearance.overlay_place)
        # With its size: it may be of another at the next start, and stands by its corner near the screen's.
        remembered[self._key()] = list(self._rest.getRect())
        self._appearance.overlay_place = remembered

    @staticmethod
    def _area(rect: QRect) -> QRect:
        screen = QGuiApplication.screenAt(rect.center()) or QGuiApplication.primaryScreen()
        return screen.availableGeometry()

    @staticmethod
    def _key() -> str:
        return layout_key([(screen.name(), screen.geometry()) for screen in QGuiApplication.screens()])
