"""Draws one item of the transcript and says on hover what a mark means."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ui.live.items import Item, TurnItem
from ui.live.layout import GUTTER, SIDE, CueBlock, ItemLayout, Words, lay_out, move_at, move_tip
from ui.live.model import ITEM_ROLE, TranscriptModel
from ui.look.theme import RADIUS_S, SPACE_2, SPACE_3, SPACE_4, TEXT_CAPTION_PX, Theme, current_theme
from ui.parts.chips import cached_icon, chip_colours, chip_font, font_of, paint_chip, paint_row_ground
from ui.parts.label import plain_tip

Index = QModelIndex | QPersistentModelIndex
_BAR_PX = 3


class TranscriptDelegate(QStyledItemDelegate):
    """Keeps the layout of every row until the view forgets it; ``width`` is that of the viewport."""

    def __init__(self, model: TranscriptModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.width = 0
        self._model = model
        self._kept: dict[int, ItemLayout] = {}
        self._tallest: tuple[int, float] = (-1, 0.0)

    @property
    def rows_laid_out(self) -> int:
        """How many rows need not be laid out again."""
        return len(self._kept)

    def set_width(self, width: int) -> None:
        if width != self.width:
            self.width = width
            self._tallest = (-1, 0.0)
            self._kept.clear()

    def forget(self, first: int = 0, last: int | None = None) -> None:
        """Lay out anew the rows from ``first`` to ``last``, or to the end."""
        if not first and last is None:
            self._kept.clear()
        for row in range(first, self._model.rowCount() if last is None else last + 1):
            self._kept.pop(row, None)

    def height_of(self, row: int) -> int:
        return round(self._laid_out(row).height)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(self.width, self.height_of(index.row()))

    def layout_of(self, index: Index) -> ItemLayout:
        return self._laid_out(index.row())

    def _laid_out(self, row: int) -> ItemLayout:
        kept = self._kept.get(row)
        if kept is None:
            item = self._model.item_at(row)
            kept = self._kept[row] = self.lay_out(item, current_theme())
            if isinstance(item, TurnItem) and item.open:
                self._keep_room(item, kept)
        return kept

    def lay_out(self, item: Item, theme: Theme) -> ItemLayout:
        return lay_out(item, self.width, theme)

    def _keep_room(self, item: TurnItem, made: ItemLayout) -> None:
        """A turn that is still heard never gets lower: words taken back would make the page jump."""
        index, tallest = self._tallest
        made.height = max(made.height, tallest if index == item.index else 0.0)
        self._tallest = (item.index, made.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current_theme()
        item: Item = index.data(ITEM_ROLE)
        made = self.layout_of(index)
        ratio = painter.device().devicePixelRatio()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(option.rect.topLeft())
        state = option.state
        ground = QRectF(0, 0, option.rect.width(), option.rect.height()).adjusted(4, 1, -4, -1)
        _paint_ground(painter, ground, state, theme)
        _paint_time(painter, made, theme)
        if made.words is not None:
            self.paint_under(painter, item, made.words, theme)
            waiting = isinstance(item, TurnItem) and not item.shown
            _paint_words(painter, made.words, theme.colours.text_muted if waiting else theme.colours.text)
            self.paint_over(painter, item, made.words, theme)
        for chip, rect in made.chips:
            paint_chip(painter, rect, chip, theme, ratio)
        for cue in made.cues:
            _paint_cue(painter, cue, theme, ratio)
        painter.restore()

    def paint_under(self, painter: QPainter, item: Item, words: Words, theme: Theme) -> None:
        """What stands behind the words: nothing here."""

    def paint_over(self, painter: QPainter, item: Item, words: Words, theme: Theme) -> None:
        """What stands over them, and over the ground of marked words: nothing here."""

    def character_at(self, index: Index, at: QPointF) -> int:
        """The character of a turn's words at a point of the item; -1 beside them."""
        words = self.layout_of(index).words
        return -1 if words is None or not words.rect.contains(at) else _character_at(words, at)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        tip = self.tip_at(index, QPointF(event.pos() - option.rect.topLeft()))
        QToolTip.showText(event.globalPos(), plain_tip(tip), view)
        return True

    def tip_at(self, index: Index, at: QPointF) -> str:
        """What the mark at a point of the item means; empty where there is none."""
        made = self.layout_of(index)
        for chip, rect in made.chips:
            if rect.contains(at):
                return chip.tip
        item: Item = index.data(ITEM_ROLE)
        if isinstance(item, TurnItem) and made.words is not None and made.words.rect.contains(at):
            move = move_at(item, _character_at(made.words, at))
            return move_tip(move) if move is not None else ""
        for cue, block in zip(item.cues if isinstance(item, TurnItem) else [], made.cues, strict=False):
            if block.rect.contains(at):
                return cue.why
        return ""


def _character_at(words: Words, at: QPointF) -> int:
    inner = at - words.at
    for number in range(words.layout.lineCount()):
        line = words.layout.lineAt(number)
        if line.y() <= inner.y() < line.y() + line.height() * 1.4:
            return line.xToCursor(inner.x())
    return -1


def _paint_ground(painter: QPainter, rect: QRectF, state: QStyle.StateFlag, theme: Theme) -> None:
    selected = bool(state & QStyle.StateFlag.State_Selected)
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    if not selected and not focused:
        return
    paint_row_ground(painter, rect, selected, focused, theme)


def _paint_time(painter: QPainter, made: ItemLayout, theme: Theme) -> None:
    painter.setFont(font_of(TEXT_CAPTION_PX))
    painter.setPen(QColor(theme.colours.text_muted))
    top = SPACE_3 if made.words is not None else SPACE_2
    height = 22.0 if made.words is not None else 24.0
    rect = QRectF(SIDE, top, GUTTER - SPACE_4, height)
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, made.time)


def _paint_words(painter: QPainter, words: Words, colour: str) -> None:
    painter.setPen(QColor(colour))
    words.layout.draw(painter, words.at)


def _paint_cue(painter: QPainter, block: CueBlock, theme: Theme, ratio: float) -> None:
    words, sign, ground = chip_colours(block.kind, theme)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(block.rect, RADIUS_S, RADIUS_S)
    painter.setBrush(QColor(sign))
    painter.drawRoundedRect(QRectF(block.rect.left(), block.rect.top(), _BAR_PX, block.rect.height()), 1, 1)
    at = QPointF(block.say.at.x(), block.rect.top() + SPACE_2)
    painter.drawPixmap(at, cached_icon("mark", words, 16, ratio))
    painter.setFont(chip_font())
    painter.setPen(QColor(words))
    heading_width = QFontMetricsF(chip_font()).horizontalAdvance(block.heading) + 2
    heading = QRectF(at.x() + 16 + 6, at.y() - 1, heading_width, 18)
    painter.drawText(heading, Qt.AlignmentFlag.AlignVCenter, block.heading)
    _paint_words(painter, block.say, theme.colours.text)
    if block.outcome is not None:
        paint_chip(painter, block.outcome_rect, block.outcome, theme, ratio, on_tint=True)
