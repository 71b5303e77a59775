"""The card on paper: three moments to keep and one to say again, on one A5 page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QPolygonF,
)

from coach.calls.moments import Moment, Takeaways
from coach.events import CallHeader
from coach.machine.whole_files import write_whole
from ui import text
from ui.look.theme import LIGHT
from ui.parts.chips import font_of
from ui.when import moment_text

PAGE = QPageSize(QPageSize.PageSizeId.A5)
MARGIN_MM = 9.0
_WIDTH = 600.0
"""The page is drawn on this many units across, whatever the paper."""


@dataclass(frozen=True, slots=True)
class CardContent:
    header: CallHeader
    takeaways: Takeaways
    say_instead: tuple[str, ...]


def page_layout() -> QPageLayout:
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    return QPageLayout(PAGE, QPageLayout.Orientation.Landscape, margins, QPageLayout.Unit.Millimeter)


def save_card(content: CardContent, path: Path) -> None:
    """Raises ``KnownError`` as ``write_whole`` does; a file that is there is replaced."""
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(held)
    writer.setTitle(f"To take away: {content.header.title}")
    writer.setCreator(text.PRODUCT)
    writer.setResolution(300)
    print_card(content, writer)
    write_whole(path, bytes(held.data().data()), replace=True)


def print_card(content: CardContent, device: QPagedPaintDevice) -> bool:
    """On one page of a printer or a PDF; false where the device could not be written."""
    device.setPageLayout(page_layout())
    painter = QPainter()
    if not painter.begin(device):
        return False
    scale = device.width() / _WIDTH
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    paint_card(painter, QSizeF(_WIDTH, device.height() / scale), content)
    painter.end()
    return True


def paint_card(painter: QPainter, size: QSizeF, content: CardContent) -> None:
    c = LIGHT.colours
    pen = _Pen(painter, size.width())
    pen.write(content.header.title, 24, QFont.Weight.DemiBold, c.text, most=1)
    pen.write(moment_text(content.header.started_at), 12, QFont.Weight.Normal, c.text_muted)
    pen.space(10)
    redo = content.takeaways.redo
    room = size.height() - (120 if redo is not None else 40)
    if content.takeaways.keep:
        pen.write("Keep", 15, QFont.Weight.DemiBold, c.repaired_text)
    for moment in content.takeaways.keep:
        if pen.y < room:
            _moment(pen, moment, c.repaired, disc=True)
    if redo is not None:
        pen.space(4)
        pen.write("Say again", 15, QFont.Weight.DemiBold, c.flag_text)
        _moment(pen, redo, c.flag, disc=False)
        for line in content.say_instead[:1]:
            pen.write(f"Next time: “{line}”", 15, QFont.Weight.Medium, c.repaired_text, indent=24, most=2)
    painter.setFont(font_of(10))
    painter.setPen(QColor(c.text_muted))
    foot = QRectF(0, size.height() - 14, size.width(), 14)
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight, f"{text.PRODUCT} · {text.TAGLINE}")


def _moment(pen: _Pen, moment: Moment, colour: str, disc: bool) -> None:
    c = LIGHT.colours
    top = pen.y
    name = f"{text.move_name(moment.move)} · {text.clock(moment.at_s)}"
    pen.write(name, 13, QFont.Weight.DemiBold, c.text, indent=24)
    pen.write(f"“{moment.words}”", 13, QFont.Weight.Normal, c.text, indent=24)
    painter = pen.painter
    painter.setPen(QPen(QColor(colour), 1.5))
    painter.setBrush(QColor(colour))
    if disc:
        painter.drawEllipse(QPointF(8, top + 9), 6, 6)
    else:
        corners = [QPointF(2, top + 3), QPointF(14, top + 3), QPointF(8, top + 15)]
        painter.drawPolygon(QPolygonF(corners))
    pen.space(6)


class _Pen:
    """Writes down the page; long words wrap, and end in "…" after ``most`` lines."""

    def __init__(self, painter: QPainter, width: float) -> None:
        self.painter = painter
        self.y = 0.0
        self._width = width

    def space(self, height: float) -> None:
        self.y += height

    def write(
        self, words: str, size: int, weight: QFont.Weight, colour: str, indent: float = 0.0, most: int = 2
    ) -> None:
        font = font_of(size, weight)
        self.painter.setFont(font)
        self.painter.setPen(QColor(colour))
        line_height = size * 1.35
        across = QRectF(indent, self.y, self._width - indent, 10_000)
        shown = words
        while shown and self._height(across, shown) > line_height * most + 1:
            shown = shown[: -max(2, len(shown) // 20)].rstrip("… ”") + "…"
        height = self._height(across, shown)
        place = QRectF(across.topLeft(), QSizeF(across.width(), height + 2))
        self.painter.drawText(place, int(Qt.TextFlag.TextWordWrap), shown)
        self.y += height + 2

    def _height(self, across: QRectF, words: str) -> float:
        return self.painter.boundingRect(across, int(Qt.TextFlag.TextWordWrap), words).height()
