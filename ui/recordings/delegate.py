"""Draws one recording in line: its name, what it is doing or what became of it, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from coach.values.batches import BatchItem, BatchState, ItemProgress
from coach.values.file_names import shown_name
from ui import text
from ui.look.theme import SPACE_3, SPACE_4, TEXT_CAPTION_PX, TEXT_LARGE_PX, Theme, current_theme
from ui.parts.chips import Chip, cached_icon, font_of
from ui.parts.row_paint import ICON_PX, LEFT, paint_chips, paint_elided, paint_ground
from ui.recordings.model import ITEM_ROLE, PROGRESS_ROLE, WAITS_ROLE
from ui.recordings.words import share, state_text

HEIGHT = 68
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
        paint_ground(painter, area, option.state, theme)
        ratio = painter.device().devicePixelRatio()
        name, colour = _sign(item, theme)
        at = QPointF(SPACE_4, (HEIGHT - ICON_PX) / 2)
        painter.drawPixmap(at, cached_icon(name, colour, ICON_PX, ratio))
        right = paint_chips(painter, area, HEIGHT, chips_of(item), theme, ratio)
        progress: ItemProgress | None = index.data(PROGRESS_ROLE)
        _paint_words(painter, right - LEFT - SPACE_3, item, progress, str(index.data(WAITS_ROLE)), theme)
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
        BatchState.ASKING: ("voice", c.accent),
        BatchState.DONE: ("check", c.repaired),
        BatchState.KNOWN: ("check", c.text_muted),
        BatchState.FAILED: ("warning", c.danger),
        BatchState.STOPPED: ("stop", c.text_muted),
    }.get(item.state, ("pause", c.text_muted))


def _paint_words(
    painter: QPainter, width: float, item: BatchItem, progress: ItemProgress | None, waits: str, theme: Theme
) -> None:
    c = theme.colours
    name_font = font_of(TEXT_LARGE_PX, QFont.Weight.DemiBold)
    paint_elided(
        painter,
        QRectF(LEFT, 11, width, 24),
        shown_name(item.path.name),
        name_font,
        c.text,
        Qt.TextElideMode.ElideMiddle,
    )
    colour = {BatchState.FAILED: c.danger_text, BatchState.ASKING: c.text}.get(item.state, c.text_muted)
    said = state_text(item, progress, waits)
    paint_elided(painter, QRectF(LEFT, 35, width, 20), said, font_of(TEXT_CAPTION_PX + 1), colour)


def _paint_bar(painter: QPainter, area: QRectF, done: float, theme: Theme) -> None:
    c = theme.colours
    groove = QRectF(LEFT, area.bottom() - _BAR_PX - 4, area.width() - LEFT - SPACE_4, _BAR_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(c.border))
    painter.drawRoundedRect(groove, _BAR_PX / 2, _BAR_PX / 2)
    painter.setBrush(QColor(c.accent))
    groove.setWidth(max(_BAR_PX, groove.width() * done))
    painter.drawRoundedRect(groove, _BAR_PX / 2, _BAR_PX / 2)
