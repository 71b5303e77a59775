"""Draws one commitment: what, about whom, until when, and how it stands."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from coach.values.follow_up import KEPT, State
from ui.commitments.model import ROW_ROLE, CommitmentsModel, Entry, Heading
from ui.commitments.words import DIFFER, action_text, due_text, origin_text, state_chip
from ui.look.theme import SPACE_2, SPACE_3, SPACE_4, TEXT_BODY_PX, TEXT_CAPTION_PX, Theme, current_theme
from ui.parts.chips import CHIP_HEIGHT, cached_icon, chip_size, font_of, paint_chip, paint_row_ground

_HEADING_HEIGHT = 40
_ENTRY_HEIGHT = 64
_ICON_PX = 20
_LEFT = SPACE_4 + _ICON_PX + SPACE_3
_WIDEST_DUE = 0.5

Index = QModelIndex | QPersistentModelIndex


class CommitmentDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = isinstance(index.data(ROW_ROLE), Heading)
        return QSize(option.rect.width(), _HEADING_HEIGHT if heading else _ENTRY_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current_theme()
        area = QRectF(0, 0, option.rect.width(), option.rect.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(option.rect.topLeft())
        row = index.data(ROW_ROLE)
        if isinstance(row, Heading):
            _paint_heading(painter, area, row, theme)
        else:
            model = index.model()
            assert isinstance(model, CommitmentsModel)
            _paint_entry(painter, area, row, model, option.state, theme)
        painter.restore()


def _paint_heading(painter: QPainter, area: QRectF, row: Heading, theme: Theme) -> None:
    colours = theme.colours
    words = area.adjusted(SPACE_4, SPACE_3, -SPACE_4, 0)
    font = font_of(TEXT_CAPTION_PX + 1, QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(colours.text_muted))
    count = f"{row.count}"
    room = words.width() - QFontMetricsF(font).horizontalAdvance(count) - SPACE_3
    title = QFontMetricsF(font).elidedText(row.title, Qt.TextElideMode.ElideRight, room)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)


def _paint_entry(
    painter: QPainter,
    area: QRectF,
    row: Entry,
    model: CommitmentsModel,
    state: QStyle.StateFlag,
    theme: Theme,
) -> None:
    selected = bool(state & QStyle.StateFlag.State_Selected)
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    painter.setPen(QPen(QColor(theme.colours.border), theme.border_px))
    painter.drawLine(
        QPointF(_LEFT, area.bottom() - 0.5), QPointF(area.right() - SPACE_4, area.bottom() - 0.5)
    )
    if selected or focused or state & QStyle.StateFlag.State_MouseOver:
        paint_row_ground(painter, area.adjusted(0, 0, 0, -1), selected, focused, theme)
    ratio = painter.device().devicePixelRatio()
    sign, tint = _sign(row, theme)
    painter.drawPixmap(
        QPointF(SPACE_4, (area.height() - _ICON_PX) / 2), cached_icon(sign, tint, _ICON_PX, ratio)
    )
    right = _paint_right(painter, area, row, model, theme, ratio)
    _paint_words(painter, right - _LEFT - SPACE_3, row, theme)


def _sign(row: Entry, theme: Theme) -> tuple[str, str]:
    colours = theme.colours
    if row.followed.dropped or row.state is State.BROKEN:
        return "close", colours.text_muted
    if row.state in KEPT:
        return "check", colours.repaired
    if row.state is State.OVERDUE:
        return "warning", colours.flag
    return "commitment", colours.accent


def _paint_right(
    painter: QPainter, area: QRectF, row: Entry, model: CommitmentsModel, theme: Theme, ratio: float
) -> float:
    """When it is due, over its chip; returns where they begin."""
    right = area.right() - SPACE_4
    today = model.overview.now.date() if model.overview is not None else None
    font = font_of(TEXT_BODY_PX, QFont.Weight.Medium)
    metrics = QFontMetricsF(font)
    due = metrics.elidedText(
        due_text(row.followed, today), Qt.TextElideMode.ElideRight, area.width() * _WIDEST_DUE
    )
    width = metrics.horizontalAdvance(due) + 1
    chip = state_chip(row.followed, row.state)
    height = area.height() - 1
    line = QRectF(right - width, 8 if chip else 0, width, 22 if chip else height)
    painter.setFont(font)
    painter.setPen(QColor(theme.colours.flag_text if row.state is State.OVERDUE else theme.colours.text))
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, due)
    if chip is not None:
        size = chip_size(chip, area.width() * _WIDEST_DUE)
        place = QRectF(right - size.width(), height - CHIP_HEIGHT - 7, size.width(), CHIP_HEIGHT)
        paint_chip(painter, place, chip, theme, ratio)
        width = max(width, size.width())
    return right - width - SPACE_2


def _paint_words(painter: QPainter, width: float, row: Entry, theme: Theme) -> None:
    one = row.followed
    title = font_of(TEXT_BODY_PX + 1, QFont.Weight.DemiBold)
    if one.dropped:
        title.setStrikeOut(True)
    _elided(painter, QRectF(_LEFT, 10, width, 22), action_text(one), title, theme.colours.text)
    clash = f"{DIFFER} · " if row.clashing else ""
    colour = theme.colours.flag_text if row.clashing else theme.colours.text_muted
    small = font_of(TEXT_CAPTION_PX + 1)
    _elided(painter, QRectF(_LEFT, 33, width, 20), f"{clash}{origin_text(one)}", small, colour)


def _elided(painter: QPainter, rect: QRectF, words: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
