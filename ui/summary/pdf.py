"""A summary as a PDF: drawn on pages, with real text in it, and the same look as the app in light."""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLocale, QMarginsF, QRectF
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen
from PySide6.QtSvg import QSvgRenderer

from coach import resources
from coach.calls.page_html import ORIGIN, SIGNS, figure_words, when_words
from coach.calls.phrases import clock
from coach.values.revisions import ShownLine, ShownSection, ShownSummary
from ui.look.theme import LIGHT
from ui.summary.pdf_flow import FINE, Pages, Paragraph, Run, Style, total_height

_C = LIGHT.colours
_MARGIN_MM = 16.0
_FOOT = 30.0
_TIME, _WIDEST_TIME, _AFTER_TIME = 42.0, 200.0, 10.0
_ABOVE_ROW, _BELOW_ROW = 5.0, 3.0
_TWO_COLUMNS_GAP = 22.0

_TITLE = Style(22, _C.text, strong=True)
_LEAD = Style(14.5, _C.text, strong=True)
_HEADING = Style(13.5, _C.text, strong=True)
_STRONG = Style(10.5, _C.text, strong=True)
_BODY = Style(10.5, _C.text)
_MUTED = Style(10.5, _C.text_muted)
_SMALL = Style(9, _C.text_muted)
_AT = Style(10.5, _C.accent, strong=True)
_EDITED = Style(9, _C.accent_text, strong=True)
_CONTESTED = Style(9, _C.flag_text, strong=True)
_COMMENT = Style(9, _C.accent_text, strong=True)
_FIGURE = Style(17, _C.text, strong=True)

_SIGN_COLOURS = {
    "moments": _C.flag,
    "repairs": _C.repaired,
    "keep": _C.repaired,
    "missing": _C.text_muted,
}
_SIDE_BY_SIDE = {"repairs"}
_MOST_QUOTED = 400
"""Characters of a quote; a turn of minutes would fill pages."""


def summary_pdf(shown: ShownSummary) -> bytes:
    """The whole file. A4, or Letter where the user's country has it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    us = QLocale().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    size = QPageSize(QPageSize.PageSizeId.Letter if us else QPageSize.PageSizeId.A4)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
    )
    writer.setResolution(1200)
    writer.setTitle(shown.header.title)
    writer.setCreator("Sameside")
    room = writer.pageLayout().paintRect(QPageLayout.Unit.Point)
    pages = Pages(room.width(), room.height() - _FOOT)
    _head(pages, shown)
    times = _room_for_times(shown)
    for section in shown.to_read:
        _section(pages, section, times)
    painter = QPainter(writer)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(1200 / 72, 1200 / 72)
    for number, drawings in enumerate(pages.pages, 1):
        if number > 1:
            writer.newPage()
        for draw in drawings:
            draw(painter)
        _foot(painter, room.size().width(), room.height(), shown, f"{number} of {len(pages.pages)}")
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def _head(pages: Pages, shown: ShownSummary) -> None:
    _sign(pages, "logo", "", QRectF(0, 1, 32, 32))
    pages.y = 0.0
    title = Paragraph((Run(shown.header.title, _TITLE),), after=1)
    pages.write([title, Paragraph((Run(when_words(shown), _MUTED),), after=12)], left=44)
    pages.write([Paragraph((Run(shown.headline, _LEAD),), after=8)])
    _figures(pages, figure_words(shown))
    if shown.comment:
        pages.skip(12)
        heading = Paragraph((Run("What the agent says of this call", _COMMENT),), 12, 0, _C.accent)
        pages.write([heading, Paragraph((Run(shown.comment, _BODY),), 12, 0, _C.accent)])


def _figures(pages: Pages, figures: list[tuple[str, str]]) -> None:
    gap, inset = 8.0, 10.0
    width = (pages.width - gap * (len(figures) - 1)) / len(figures)
    tiles = [
        [Paragraph((Run(number, _FIGURE),), after=0), Paragraph((Run(words, _SMALL),), after=0)]
        for number, words in figures
    ]
    height = max(total_height(tile, width - 2 * inset) for tile in tiles) + 2 * 7
    top = pages.y
    for place, tile in enumerate(tiles):
        left = place * (width + gap)
        pages.draw(partial(_box, QRectF(left, top, width, height)))
        pages.y = top + 7
        pages.write(tile, left + inset, width - 2 * inset)
    pages.y = top + height


def _box(where: QRectF, painter: QPainter) -> None:
    painter.setPen(QPen(QColor(_C.border), 0.8))
    painter.setBrush(QColor(_C.window))
    painter.drawRoundedRect(where, 6, 6)


def _room_for_times(shown: ShownSummary) -> float:
    """What stands before a line is as wide as the last second of the call, in points."""
    last = Paragraph((Run(clock(shown.duration_s), _AT),)).laid_out(_WIDEST_TIME)
    return max(_TIME, last.lineAt(0).naturalTextWidth() / FINE + _AFTER_TIME)


def _section(pages: Pages, section: ShownSection, times: float) -> None:
    pages.skip(15)
    blocks = [_block(line) for line in section.lines]
    columns = min(2, len(blocks)) if section.key in _SIDE_BY_SIDE else 1
    heading = Paragraph((Run(section.title, _HEADING),), after=5)
    height = total_height([heading], pages.width)
    # A heading is never the last thing on a page.
    first_row = _row_height(blocks[:columns], _column_width(pages, columns) - times)
    pages.need(height + (first_row if first_row <= pages.bottom - height else pages.bottom / 2))
    colour = _SIGN_COLOURS.get(section.key, _C.accent)
    _sign(pages, SIGNS.get(section.key, "why"), colour, QRectF(0, pages.y + 0.5, 15, 15))
    pages.write([heading], left=22)
    for first in range(0, len(blocks), columns):
        chosen = slice(first, first + columns)
        _row(pages, section.lines[chosen], blocks[chosen], columns, times)


def _column_width(pages: Pages, columns: int) -> float:
    return (pages.width - _TWO_COLUMNS_GAP * (columns - 1)) / columns


def _row_height(blocks: list[list[Paragraph]], width: float) -> float:
    return _ABOVE_ROW + max(total_height(block, width) for block in blocks)


def _row(
    pages: Pages, lines: tuple[ShownLine, ...], blocks: list[list[Paragraph]], columns: int, times: float
) -> None:
    """Lines beside each other, each with its second before it, which takes ``times`` points."""
    width = _column_width(pages, columns)
    height = _row_height(blocks, width - times)
    if columns > 1 and height > pages.bottom:
        # Too long to be kept on one page beside another: one below the other, over the page's end.
        for line, block in zip(lines, blocks, strict=True):
            _row(pages, (line,), [block], 1, times)
        return
    pages.need(height)
    pages.rule(_C.border)
    pages.y += _ABOVE_ROW
    top, page = pages.y, len(pages.pages)
    for place, (line, block) in enumerate(zip(lines, blocks, strict=True)):
        left = place * (width + _TWO_COLUMNS_GAP)
        pages.y = top
        pages.write([Paragraph((Run(clock(line.own.at_s), _AT),), after=0)], left, times)
        pages.y = top
        pages.write(block, left + times, width - times)
    if len(pages.pages) == page:
        pages.y = top + height - _ABOVE_ROW + _BELOW_ROW


def _block(line: ShownLine) -> list[Paragraph]:
    quoted = line.text == line.own.evidence
    runs = [Run(f"“{_short(line.text)}”", _BODY) if quoted else Run(line.text, _STRONG)]
    runs += [Run(f"  {line.detail}", _MUTED)] if line.detail else []
    runs += [Run("  Edited by the agent", _EDITED)] if line.edited else []
    runs += [Run("  Called unfair by the agent", _CONTESTED)] if line.contested else []
    made = [Paragraph(tuple(runs))]
    made += [Paragraph((Run(f"“{_short(line.quote)}”", _MUTED),), 8, 2, _C.border)] if line.quote else []
    if line.edited:
        before = " · ".join(part for part in (line.own.text, line.own.detail) if part)
        made.append(Paragraph((Run(f"Before the edit: {before}", _SMALL),)))
    if line.comment:
        words = (Run("The agent's comment  ", _COMMENT), Run(line.comment, _BODY))
        made.append(Paragraph(words, 8, 2, _C.accent))
    return made


def _short(quote: str) -> str:
    return quote if len(quote) <= _MOST_QUOTED else quote[:_MOST_QUOTED].rsplit(" ", 1)[0] + " …"


def _sign(pages: Pages, name: str, colour: str, where: QRectF) -> None:
    drawing = resources.asset("icons", f"{name}.svg").read_text(encoding="utf-8")
    data = QByteArray(drawing.replace("currentColor", colour).encode())
    pages.draw(lambda painter: QSvgRenderer(data).render(painter, where))


def _foot(painter: QPainter, width: float, height: float, shown: ShownSummary, page: str) -> None:
    """The page's own: when the call was, where this comes from, and which page it is."""
    feet = Pages(width, math.inf)
    feet.y = height - 22
    feet.rule(_C.border)
    feet.y += 6
    feet.write(
        [Paragraph((Run(f"{when_words(shown).rsplit(' · ', 2)[0]} · {ORIGIN}", _SMALL),))], 0, width - 50
    )
    feet.y = height - 16
    number = Paragraph((Run(page, _SMALL),))
    layout = number.laid_out(width)
    feet.write([number], width - layout.lineAt(0).naturalTextWidth() / FINE)
    for draw in feet.pages[0]:
        draw(painter)
