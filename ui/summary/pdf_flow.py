"""Words on pages: laid out in points, kept together where they fit a page, split by lines where not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from ui.look.theme import FONT_FAMILY

Draw = Callable[[QPainter], None]

FINE = 16
"""Layouts count in sixteenths of a point: fonts have whole pixels, whose size is the same on every system."""

_LEADING = 1.12


@dataclass(frozen=True, slots=True)
class Style:
    """Size in points. ``bar`` is the colour of a bar to the left, ``ground`` that of what lies behind."""

    size: float
    colour: str
    strong: bool = False
    bar: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    words: str
    style: Style


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs that follow each other. ``inset`` is from the left, ``after`` the space below; both in points."""

    runs: tuple[Run, ...]
    inset: float = 0.0
    after: float = 2.0
    bar: str = ""

    def laid_out(self, width: float) -> QTextLayout:
        words = "".join(run.words for run in self.runs).replace("\n", "\u2028")
        layout = QTextLayout(words, font_of(self.runs[0].style))
        layout.setCacheEnabled(True)
        option = QTextOption()
        option.setUseDesignMetrics(True)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth((width - self.inset) * FINE)
            line.setPosition(QPointF(0.0, height))
            height += line.height() * _LEADING
        layout.endLayout()
        return layout

    def _formats(self) -> list[QTextLayout.FormatRange]:
        made, start = [], 0
        for run in self.runs:
            shown = QTextLayout.FormatRange()
            # Qt counts in UTF-16.
            shown.start, shown.length = start, len(run.words.encode("utf-16-le", "replace")) // 2
            look = QTextCharFormat()
            look.setFont(font_of(run.style))
            look.setForeground(QColor(run.style.colour))
            shown.format = look
            made.append(shown)
            start += shown.length
        return made


def font_of(style: Style) -> QFont:
    font = QFont(FONT_FAMILY)
    font.setPixelSize(round(style.size * FINE))
    font.setWeight(QFont.Weight.DemiBold if style.strong else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def height_of(layout: QTextLayout) -> float:
    last = layout.lineAt(layout.lineCount() - 1) if layout.lineCount() else None
    return 0.0 if last is None else (last.y() + last.height() * _LEADING) / FINE


@dataclass(slots=True)
class Pages:
    """What is drawn where. ``y`` is where the next thing goes on the last page; ``bottom`` where it ends."""

    width: float
    bottom: float
    y: float = 0.0
    pages: list[list[Draw]] = field(default_factory=lambda: [[]])

    def draw(self, what: Draw) -> None:
        self.pages[-1].append(what)

    def turn(self) -> None:
        self.pages.append([])
        self.y = 0.0

    def need(self, height: float) -> None:
        """Begin a new page where so much does not fit any more, and would on an empty one."""
        if self.y > 0 and self.y + height > self.bottom:
            self.turn()

    def skip(self, height: float) -> None:
        if self.y > 0:
            self.y += height

    def rule(self, colour: str, left: float = 0.0) -> None:
        if self.y <= 0:
            return
        y, right = self.y, self.width
        self.draw(lambda painter: painter.fillRect(QRectF(left, y, right - left, 0.6), QColor(colour)))

    def write(self, paragraphs: Sequence[Paragraph], left: float = 0.0, width: float | None = None) -> None:
        """Below each other from ``y`` on, over the page's end where they must."""
        width = self.width - left if width is None else width
        for paragraph in paragraphs:
            layout = paragraph.laid_out(width)
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                step = line.height() * _LEADING / FINE
                if self.y + step > self.bottom:
                    self.turn()
                at = QPointF(left + paragraph.inset, self.y)
                self._line(paragraph, layout, number, at, step)
                self.y += step
            self.y += paragraph.after

    def _line(self, paragraph: Paragraph, layout: QTextLayout, number: int, at: QPointF, step: float) -> None:
        bar = QRectF(at.x() - 8, self.y, 2, step)

        def draw(painter: QPainter) -> None:
            if paragraph.bar:
                painter.fillRect(bar, QColor(paragraph.bar))
            line = layout.lineAt(number)
            painter.save()
            painter.setPen(Qt.PenStyle.SolidLine)
            painter.translate(at)
            painter.scale(1 / FINE, 1 / FINE)
            line.draw(painter, QPointF(0.0, -line.y()))
            painter.restore()

        self.draw(draw)


def total_height(paragraphs: Sequence[Paragraph], width: float) -> float:
    return sum(height_of(paragraph.laid_out(width)) + paragraph.after for paragraph in paragraphs)
