"""Chips: a small shape and a name on a soft ground, painted by the lists that show them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from ui.look.theme import FONT_FAMILY, RADIUS_M, SPACE_1, SPACE_2, TEXT_CAPTION_PX, Theme, icon_pixmap

CHIP_HEIGHT = 24
_ICON_PX = 14


@dataclass(frozen=True, slots=True)
class Chip:
    """``kind`` is flag, repaired, accent or plain: the ground it stands on. ``tip`` shows on hover."""

    icon: str
    label: str
    kind: str
    tip: str = ""


@lru_cache(maxsize=512)
def cached_icon(name: str, colour: str, size_px: int, ratio: float) -> QPixmap:
    """Icons drawn once, for painters that need them at every paint."""
    return icon_pixmap(name, colour, size_px, ratio)


def font_of(size_px: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont(FONT_FAMILY)
    font.setPixelSize(size_px)
    font.setWeight(weight)
    return font


def chip_font() -> QFont:
    return font_of(TEXT_CAPTION_PX, QFont.Weight.Medium)


def chip_size(chip: Chip, widest: float) -> QSizeF:
    """Room the chip takes, never wider than ``widest``."""
    label = QFontMetricsF(chip_font()).horizontalAdvance(chip.label)
    return QSizeF(min(widest, label + _ICON_PX + SPACE_1 + 2 * SPACE_2 + 2), CHIP_HEIGHT)


def chip_colours(kind: str, theme: Theme) -> tuple[str, str, str]:
    """(text, sign, ground) of a kind of chip."""
    c = theme.colours
    return {
        "flag": (c.flag_text, c.flag, c.flag_soft),
        "repaired": (c.repaired_text, c.repaired, c.repaired_soft),
        "accent": (c.accent_text, c.accent, c.accent_soft),
    }.get(kind, (c.text_muted, c.text_muted, c.sunken))


def paint_chip(
    painter: QPainter, rect: QRectF, chip: Chip, theme: Theme, ratio: float, on_tint: bool = False
) -> None:
    """``on_tint`` where the chip stands on a ground of its own colour, which would swallow it."""
    words, sign, ground = chip_colours(chip.kind, theme)
    if on_tint:
        ground = theme.colours.surface
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if theme.high_contrast:
        painter.setPen(QPen(QColor(sign), theme.border_px))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(rect, CHIP_HEIGHT / 2, CHIP_HEIGHT / 2)
    icon_at = QPointF(rect.left() + SPACE_2, rect.center().y() - _ICON_PX / 2)
    painter.drawPixmap(icon_at, cached_icon(chip.icon, sign, _ICON_PX, ratio))
    label_rect = rect.adjusted(SPACE_2 + _ICON_PX + SPACE_1, 0, -SPACE_2, 0)
    painter.setFont(chip_font())
    painter.setPen(QColor(words))
    shown = QFontMetricsF(chip_font()).elidedText(
        chip.label, Qt.TextElideMode.ElideRight, label_rect.width() + 1
    )
    painter.drawText(label_rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()


def flow(chips: list[Chip], left: float, top: float, width: float) -> tuple[list[QRectF], float]:
    """Places for the chips in lines of ``width``; returns them and the bottom edge."""
    places: list[QRectF] = []
    x, y = left, top
    for chip in chips:
        size = chip_size(chip, width)
        if places and x + size.width() > left + width:
            x, y = left, y + CHIP_HEIGHT + SPACE_1
        places.append(QRectF(QPointF(x, y), size))
        x += size.width() + SPACE_2
    return places, (y + CHIP_HEIGHT if places else top)


def paint_row_ground(painter: QPainter, rect: QRectF, selected: bool, focused: bool, theme: Theme) -> None:
    """The ground of a list row that is chosen or under the pointer; a bar marks the chosen one."""
    inner = rect.adjusted(1, 1, -1, -1)
    painter.save()
    painter.setBrush(QColor(theme.colours.sunken))
    painter.setPen(QPen(QColor(theme.colours.focus), 2) if focused else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(inner, RADIUS_M, RADIUS_M)
    if selected:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours.accent))
        bar = QRectF(inner.left(), inner.top() + RADIUS_M, 4, inner.height() - 2 * RADIUS_M)
        painter.drawRoundedRect(bar, 2, 2)
    painter.restore()
