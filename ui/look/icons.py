"""Sameside's own icons: one-colour drawings from ``assets/icons``, tinted when asked for."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from coach.resources import asset

ICON_SIZES_PX = (16, 20, 24, 32, 40, 48, 64)
"""Of every icon: those of a button at up to 300 %, and what a tray asks for."""
_LOGO, LARGE_SIZES_PX = "logo", (96, 128)
"""Only the logo is shown larger, as a window's icon. All icons at these sizes took 14 MB."""


@cache
def icon(name: str, colour: str) -> QIcon:
    """``assets/icons/<name>.svg`` in ``colour`` ("#rrggbb"), sharp at every usual size.

    Its disabled look is the same drawing at 40 %. The logo keeps its own colours. Drawn once for each colour,
    of which a theme has few: windows that are made anew get the same one.
    Raises ``FileNotFoundError`` for a name that is not there.
    """
    renderer = _renderer(name, colour)
    made = QIcon()
    for size_px in (*ICON_SIZES_PX, *(LARGE_SIZES_PX if name == _LOGO else ())):
        made.addPixmap(_drawn(renderer, size_px, 1.0), QIcon.Mode.Normal)
        made.addPixmap(_drawn(renderer, size_px, 0.4), QIcon.Mode.Disabled)
    return made


def icon_pixmap(name: str, colour: str, size_px: int, device_pixel_ratio: float = 1.0) -> QPixmap:
    """One picture of ``size_px`` logical pixels, for a label or a painter."""
    pixmap = QPixmap(_picture(name, colour, round(size_px * device_pixel_ratio)))
    pixmap.setDevicePixelRatio(device_pixel_ratio)
    return pixmap


@cache
def _picture(name: str, colour: str, size_px: int) -> QPixmap:
    return _drawn(_renderer(name, colour), size_px, 1.0)


def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = asset("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", QColor(colour).name()).encode()))


def _drawn(renderer: QSvgRenderer, size_px: int, opacity: float) -> QPixmap:
    image = QImage(QSize(size_px, size_px), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setOpacity(opacity)
    renderer.render(painter)
    painter.end()
    return QPixmap.fromImage(image)
