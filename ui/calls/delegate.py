"""Draws one past call: title, day, counts, and where a search hit it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from coach.events import CallListing, CallSource
from coach.values import hits
from ui import text
from ui.calls.model import LISTING_ROLE
from ui.look.theme import (
    SPACE_3,
    SPACE_4,
    TEXT_BODY_PX,
    TEXT_CAPTION_PX,
    TEXT_LARGE_PX,
    Theme,
    current_theme,
)
from ui.parts.chips import Chip, cached_icon, font_of
from ui.parts.row_paint import ICON_PX, LEFT, paint_chips, paint_elided, paint_ground
from ui.when import moment_text

_PLAIN_HEIGHT = 72
_FOUND_HEIGHT = 100


class CallDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        call: CallListing = index.data(LISTING_ROLE)
        return QSize(option.rect.width(), _FOUND_HEIGHT if call.snippet else _PLAIN_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        call: CallListing = index.data(LISTING_ROLE)
        theme = current_theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(option.rect.topLeft())
        area = QRectF(0, 0, option.rect.width(), option.rect.height())
        paint_ground(painter, area, option.state, theme)
        ratio = painter.device().devicePixelRatio()
        name = "microphone" if call.source is CallSource.LIVE else "folder"
        at = QPointF(SPACE_4, (_PLAIN_HEIGHT - ICON_PX) / 2)
        painter.drawPixmap(at, cached_icon(name, theme.colours.text_muted, ICON_PX, ratio))
        right = paint_chips(painter, area, _PLAIN_HEIGHT, chips_of(call), theme, ratio)
        _paint_words(painter, right - LEFT - SPACE_3, call, theme)
        if call.snippet:
            room = QRectF(LEFT, 62, area.width() - LEFT - SPACE_4, 24)
            _paint_snippet(painter, room, call.snippet, theme)
        painter.restore()


def chips_of(call: CallListing) -> list[Chip]:
    """Flags with how many were repaired, and commitments; an unfinished call says so."""
    chips = []
    if not call.finished:
        chips.append(Chip("warning", "Unfinished", "flag"))
    if call.flags:
        flags = text.count_text(call.flags, "flag", "flags")
        chips.append(Chip("flag", flags, "flag"))
    if call.repaired:
        chips.append(Chip("repair", f"{call.repaired} repaired", "repaired"))
    if call.commitments:
        promises = text.count_text(call.commitments, "commitment", "commitments")
        chips.append(Chip("commitment", promises, "accent"))
    return chips


def _paint_words(painter: QPainter, width: float, call: CallListing, theme: Theme) -> None:
    paint_elided(
        painter,
        QRectF(LEFT, 13, width, 24),
        call.title,
        font_of(TEXT_LARGE_PX, QFont.Weight.DemiBold),
        theme.colours.text,
    )
    small = font_of(TEXT_CAPTION_PX + 1)
    when = f"{moment_text(call.started_at)} · {text.clock(call.duration_s)}"
    if QFontMetricsF(small).horizontalAdvance(when) > width:
        when = f"{text.date_time_text(call.started_at)} · {text.clock(call.duration_s)}"
    paint_elided(painter, QRectF(LEFT, 37, width, 20), when, small, theme.colours.text_muted)


def _paint_snippet(painter: QPainter, room: QRectF, snippet: str, theme: Theme) -> None:
    plain, hit_font = font_of(TEXT_BODY_PX), font_of(TEXT_BODY_PX, QFont.Weight.DemiBold)
    x = room.left()
    for words, hit in hits.parts(snippet):
        font = hit_font if hit else plain
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, room.right() - x))
        width = metrics.horizontalAdvance(shown)
        if hit:
            painter.fillRect(QRectF(x - 1, room.top() + 2, width + 2, 20), QColor(theme.colours.flag_soft))
        painter.setFont(font)
        painter.setPen(QColor(theme.colours.text if hit else theme.colours.text_muted))
        painter.drawText(
            QRectF(x, room.top(), width + 4, room.height()), Qt.AlignmentFlag.AlignVCenter, shown
        )
        x += width
        if x >= room.right():
            return
