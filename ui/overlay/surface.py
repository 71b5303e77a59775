"""The rounded surface the overlay is painted on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBitmap, QColor, QPainter, QPainterPath, QPen, QPixmap, QRegion

SHADOW_PX = 14
"""Room around the surface for its shadow, where the desktop blends windows."""

STRIPE_PX = 5


@dataclass(frozen=True, slots=True)
class Surface:
    """``opacity`` 0 to 1 is for the fill alone: text stays solid. ``stripe`` is a colour at the left edge."""

    fill: str
    edge: str
    edge_px: float
    radius: float
    opacity: float
    stripe: str = ""


def paint_surface(painter: QPainter, rect: QRect, surface: Surface, shadow: bool) -> None:
    """Fill ``rect`` with the surface; the shadow falls outside of it, within ``SHADOW_PX``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    outline = _rounded(QRectF(rect), surface.radius)
    if shadow:
        _paint_shadow(painter, QRectF(rect), surface.radius, outline)
    fill = QColor(surface.fill)
    fill.setAlphaF(surface.opacity)
    painter.fillPath(outline, fill)
    if surface.stripe:
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(QRect(rect.left(), rect.top(), STRIPE_PX, rect.height()), QColor(surface.stripe))
        painter.restore()
    half = surface.edge_px / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(surface.edge), surface.edge_px))
    inner = QRectF(rect).adjusted(half, half, -half, -half)
    painter.drawRoundedRect(inner, surface.radius - half, surface.radius - half)


class Ground:
    """The surface drawn once, and copied from then on: a level that moves ten times a second repaints it."""

    def __init__(self) -> None:
        self._drawn: tuple[QSize, QRect, Surface, bool, float] | None = None
        self._pixmap = QPixmap()

    def paint(self, painter: QPainter, whole: QRect, rect: QRect, surface: Surface, shadow: bool) -> None:
        """As ``paint_surface`` in ``rect``, on a window that fills ``whole``."""
        ratio = painter.device().devicePixelRatio()
        wanted = (whole.size(), rect, surface, shadow, ratio)
        if wanted != self._drawn:
            self._pixmap = QPixmap(whole.size() * ratio)
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(Qt.GlobalColor.transparent)
            inner = QPainter(self._pixmap)
            paint_surface(inner, rect, surface, shadow)
            inner.end()
            self._drawn = wanted
        painter.drawPixmap(0, 0, self._pixmap)


def surface_mask(rect: QRect, radius: float) -> QRegion:
    """The same shape for a desktop that cannot blend: corners cut off, hard."""
    bitmap = QBitmap(rect.size())
    bitmap.clear()
    painter = QPainter(bitmap)
    painter.fillPath(_rounded(QRectF(bitmap.rect()), radius), Qt.GlobalColor.color1)
    painter.end()
    return QRegion(bitmap).translated(rect.topLeft())


def _rounded(rect: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path


def _paint_shadow(painter: QPainter, rect: QRectF, radius: float, outline: QPainterPath) -> None:
    painter.save()
    beyond = QPainterPath()
    beyond.addRect(rect.adjusted(-SHADOW_PX, -SHADOW_PX, SHADOW_PX, SHADOW_PX))
    painter.setClipPath(beyond - outline)
    for step in range(1, SHADOW_PX - 2):
        ring = rect.adjusted(-step, -step + 2, step, step + 2)
        painter.fillPath(_rounded(ring, radius + step), QColor(0, 0, 0, 1 + (SHADOW_PX - step) // 4))
    painter.restore()
