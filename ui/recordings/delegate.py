"""Draws one recording in line: its name, what it is doing or what became of it, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from coach.batches import BatchItem, BatchState, ItemProgress
from ui import text
from ui.chips import CHIP_HEIGHT, Chip, cached_icon, chip_size, font_of, paint_chip, paint_row_ground
from ui.recordings.model import HELD_ROLE, ITEM_ROLE, PROGRESS_ROLE
from ui.recordings.words import share, shown, state_text
from ui.theme import SPACE_2, SPACE_3, SPACE_4, TEXT_CAPTION_PX, TEXT_LARGE_PX, Theme, current_theme

HEIGHT = 68
_ICON_PX = 20
_LEFT = SPACE_4 + _ICON_PX + SPACE_4
_BAR_PX = 4


class RecordingDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(option.rect.width(), HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item: BatchItem = index.data(ITEM_ROLE)
        theme = current_theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(option.rect.topLeft())
        area = QRectF(0, 0, option.rect.width(), option.rect.height())
        _paint_ground(painter, area, option.state, theme)
        ratio = painter.device().devicePixelRatio()
        name, colour = _sign(item, theme)
        at = QPointF(SPACE_4, (HEIGHT - _ICON_PX) / 2)
        painter.drawPixmap(at, cached_icon(name, colour, _ICON_PX, ratio))
        right = _paint_chips(painter, area, item, theme, ratio)
        progress: ItemProgress | None = index.data(PROGRESS_ROLE)
        _paint_words(painter, right - _LEFT - SPACE_3, item, progress, bool(index.data(HELD_ROLE)), theme)
        if item.state is BatchState.RUNNING:
            _paint_bar(painter, area, share(progress), theme)
        painter.restore()


def chips_of(item: BatchItem) -> list[Chip]:
    if item.state is not BatchState.DONE:
        return []
    chips = []
    if item.notes:
        chips.append(Chip("why", text.count_text(len(item.notes), "note", "notes"), "plain"))
    if item.flags:
        chips.append(Chip("flag", text.count_text(item.flags, "flag", "flags"), "flag"))
    if item.repaired:
        chips.append(Chip("repair", f"{item.repaired} repaired", "repaired"))
    return chips


def _sign(item: BatchItem, theme: Theme) -> tuple[str, str]:
    c = theme.colours
    return {
        BatchState.RUNNING: ("start", c.accent),
        BatchState.DONE: ("check", c.repaired),
        BatchState.KNOWN: ("check", c.text_muted),
        BatchState.FAILED: ("warning", c.danger),
        BatchState.STOPPED: ("stop", c.text_muted),
    }.get(item.state, ("pause", c.text_muted))


def _paint_ground(painter: QPainter, area: QRectF, state: QStyle.StateFlag, theme: Theme) -> None:
    selected = bool(state & QStyle.StateFlag.State_Selected)
    over = bool(state & QStyle.StateFlag.State_MouseOver)
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    painter.setPen(QPen(QColor(theme.colours.border), theme.border_px))
    y = area.bottom() - 0.5
    painter.drawLine(QPointF(_LEFT, y), QPointF(area.right() - SPACE_4, y))
    if selected or over or focused:
        paint_row_ground(painter, area.adjusted(0, 0, 0, -1), selected, focused, theme)


def _paint_chips(painter: QPainter, area: QRectF, item: BatchItem, theme: Theme, ratio: float) -> float:
    """From the right edge; returns where the leftmost begins."""
    right = area.right() - SPACE_4
    top = (HEIGHT - CHIP_HEIGHT) / 2
    for chip in reversed(chips_of(item)):
        width = chip_size(chip, 200).width()
        paint_chip(painter, QRectF(right - width, top, width, CHIP_HEIGHT), chip, theme, ratio)
        right -= width + SPACE_2
    return right


def _paint_words(
    painter: QPainter, width: float, item: BatchItem, progress: ItemProgress | None, held: bool, theme: Theme
) -> None:
    c = theme.colours
    name_font = font_of(TEXT_LARGE_PX, QFont.Weight.DemiBold)
    _elided(painter, QRectF(_LEFT, 11, width, 24), shown(item.path.name), name_font, c.text, middle=True)
    colour = c.danger_text if item.state is BatchState.FAILED else c.text_muted
    said = state_text(item, progress, held)
    _elided(painter, QRectF(_LEFT, 35, width, 20), said, font_of(TEXT_CAPTION_PX + 1), colour)


def _paint_bar(painter: QPainter, area: QRectF, done: float, theme: Theme) -> None:
    c = theme.colours
    groove = QRectF(_LEFT, area.bottom() - _BAR_PX - 4, area.width() - _LEFT - SPACE_4, _BAR_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(c.border))
    painter.drawRoundedRect(groove, _BAR_PX / 2, _BAR_PX / 2)
    painter.setBrush(QColor(c.accent))
    groove.setWidth(max(_BAR_PX, groove.width() * done))
    painter.drawRoundedRect(groove, _BAR_PX / 2, _BAR_PX / 2)


def _elided(
    painter: QPainter, rect: QRectF, words: str, font: QFont, colour: str, *, middle: bool = False
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    how = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
    shown = QFontMetricsF(font).elidedText(words, how, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
