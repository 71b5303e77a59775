"""The waveform: the agent's speech tinted, flags as triangles above it, repairs as discs below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from coach.values.reviewing import Picture
from ui import text
from ui.look.theme import RADIUS_M, TEXT_CAPTION_PX, Theme, current_theme
from ui.look.themed import follow_theme
from ui.parts.announce import announce
from ui.parts.chips import font_of
from ui.parts.label import plain_tip
from ui.review.marks import Mark, next_mark
from ui.review.scale import Scale, ticks
from ui.review.stamps import LANE, MARK_PX, Stamps

RULER = 22
_REACH_PX = 10
STEP_S, SMALL_STEP_S = 5.0, 1.0
_ZOOM = 1.6
_MOST_GAIN = 6.0
_WRAPPED = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignHCenter.value

Stretch = tuple[float, float]


class WaveView(QWidget):
    """``show_call`` gives length, speech and marks, ``show_picture`` the sound. Seconds go out as signals."""

    seek_wanted = Signal(float)
    mark_chosen = Signal(object)
    toggle_wanted = Signal()
    scale_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale = Scale(1.0)
        self.marks: list[Mark] = []
        self.at_s = 0.0
        self.note = ""
        self._speech: Sequence[Stretch] = ()
        self._chosen: Stretch | None = None
        self._picture: Picture | None = None
        self._current: Mark | None = None
        self._gain = 1.0
        self._still: tuple[tuple[object, ...], QPixmap] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(2 * LANE + RULER + 48)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Waveform")
        self.setAccessibleDescription(
            "Left and right go 5 seconds, with Shift 1 second; up and down go to the mark before and after; "
            "plus and minus zoom, 0 shows all; space plays and pauses."
        )
        follow_theme(self, lambda _theme: self._redraw())

    def sizeHint(self) -> QSize:
        return QSize(600, 190)

    def show_call(self, duration_s: float, speech: Sequence[Stretch], marks: list[Mark]) -> None:
        self._speech = speech
        self.scale = self.scale.over(max(duration_s, self._picture.duration_s if self._picture else 0.0, 1.0))
        self.show_marks(marks)
        self.scale_changed.emit()

    def show_marks(self, marks: list[Mark]) -> None:
        self.marks = marks
        self._redraw()

    def show_picture(self, picture: Picture | None, note: str = "") -> None:
        """``note`` is said in its place, or over it: why there is none, or what is wrong with the sound."""
        self._picture, self.note = picture, note
        self._gain = 1.0 if picture is None else _gain(picture)
        if picture is not None and picture.whole and picture.duration_s > self.scale.total_s:
            self.scale = self.scale.over(picture.duration_s)
            self.scale_changed.emit()
        self._redraw()

    def show_chosen(self, chosen: Stretch | None) -> None:
        """The turn that is looked at; a mark of another is no longer the chosen one."""
        self._chosen = chosen
        mark = self._current
        if mark is not None and (chosen is None or not chosen[0] <= mark.at_s <= chosen[1]):
            self._current = None
        self._redraw()

    def show_place(self, at_s: float, follow: bool) -> None:
        """Where the player is; ``follow`` turns the page when it runs out of sight."""
        before, self.at_s = self.at_s, at_s
        if follow and not self.scale.start_s <= at_s <= self.scale.end_s:
            self.set_scale(self.scale.paged_to(at_s))
        for second in (before, at_s):
            x = round(self.x_of(second))
            self.update(x - 8, 0, 17, self.height())

    def set_scale(self, scale: Scale) -> None:
        if scale != self.scale:
            self.scale = scale
            self.scale_changed.emit()
            self._redraw()

    def zoom(self, factor: float, around_s: float | None = None) -> None:
        self.set_scale(self.scale.zoomed(factor, self.at_s if around_s is None else around_s))

    def step_mark(self, back: bool = False) -> None:
        """To the flag or repair before or after, as the filter lets through."""
        found = next_mark(self.marks, self.at_s, back)
        if found is not None:
            self._choose(found)

    def x_of(self, at_s: float) -> float:
        return (at_s - self.scale.start_s) / self.scale.shown_s * self.width()

    def second_at(self, x: float) -> float:
        return min(
            max(0.0, self.scale.start_s + x / max(self.width(), 1) * self.scale.shown_s), self.scale.total_s
        )

    def mark_at(self, at: QPointF) -> Mark | None:
        """The nearest mark under the pointer, in the lane of its kind."""
        above, below = at.y() <= LANE, self.height() - RULER - LANE <= at.y() <= self.height() - RULER
        near = [
            (abs(self.x_of(mark.at_s) - at.x()), mark)
            for mark in self.marks
            if (above if mark.flag else below)
        ]
        distance, mark = min(near, key=lambda pair: pair[0], default=(_REACH_PX + 1.0, None))
        return mark if distance <= _REACH_PX else None

    def _choose(self, mark: Mark) -> None:
        self._current = mark
        self._redraw()
        announce(self, f"{text.spoken_clock(mark.at_s)}. {mark.spoken}")
        self.mark_chosen.emit(mark)

    def _seek(self, at_s: float) -> None:
        at_s = min(max(0.0, at_s), self.scale.total_s)
        announce(self, text.spoken_clock(at_s))
        self.seek_wanted.emit(at_s)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = SMALL_STEP_S if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP_S
        keys = {
            Qt.Key.Key_Left: lambda: self._seek(self.at_s - step),
            Qt.Key.Key_Right: lambda: self._seek(self.at_s + step),
            Qt.Key.Key_Up: lambda: self.step_mark(back=True),
            Qt.Key.Key_Down: self.step_mark,
            Qt.Key.Key_Home: lambda: self._seek(0.0),
            Qt.Key.Key_End: lambda: self._seek(self.scale.total_s),
            Qt.Key.Key_Plus: lambda: self.zoom(_ZOOM),
            Qt.Key.Key_Equal: lambda: self.zoom(_ZOOM),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / _ZOOM),
            Qt.Key.Key_0: lambda: self.set_scale(self.scale.whole()),
            Qt.Key.Key_Space: self.toggle_wanted.emit,
        }
        act = keys.get(Qt.Key(event.key()))
        plain = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if act is None or plain != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        else:
            act()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        mark = self.mark_at(event.position())
        if mark is not None:
            self._choose(mark)
        else:
            self.seek_wanted.emit(self.second_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self.mark_at(event.position()) is None:
            self.seek_wanted.emit(self.second_at(event.position().x()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_ZOOM ** (turned.y() / 120), self.second_at(event.position().x()))
        else:
            moved = turned.x() if turned.x() else turned.y()
            self.set_scale(self.scale.moved(-moved / 1200 * self.scale.shown_s))
        event.accept()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.mark_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(mark.spoken) if mark else "", self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scale_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current_theme()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._all_but_place(theme))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_place(painter, theme)
        if self.note:
            self._paint_note(painter, self._sound_rect, theme)
        painter.end()

    def _redraw(self) -> None:
        """Something other than the place of the player has changed."""
        self._still = None
        self.update()

    def _all_but_place(self, theme: Theme) -> QPixmap:
        """Drawn once and kept, for the place moves thirty times a second over hundreds of marks."""
        ratio = self.devicePixelRatioF()
        form = (self.size(), ratio, self.hasFocus())
        if self._still is None or self._still[0] != form:
            made = QPixmap(self.size() * ratio)
            made.setDevicePixelRatio(ratio)
            made.fill(Qt.GlobalColor.transparent)
            painter = QPainter(made)
            self._paint_still(painter, self._sound_rect, theme)
            painter.end()
            self._still = (form, made)
        return self._still[1]

    @property
    def _sound_rect(self) -> QRectF:
        return QRectF(0, LANE, self.width(), self.height() - 2 * LANE - RULER)

    def _paint_still(self, painter: QPainter, sound: QRectF, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, sound, theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_sound(painter, sound, theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ruler(painter, theme)
        self._paint_marks(painter, sound, theme)

    def _paint_ground(self, painter: QPainter, sound: QRectF, theme: Theme) -> None:
        c = theme.colours
        painter.setPen(QPen(QColor(c.focus), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.sunken))
        painter.drawRoundedRect(sound.adjusted(1, 0, -1, 0), RADIUS_M, RADIUS_M)
        if self._chosen is not None:
            band = self._band(self._chosen, sound)
            painter.setPen(QPen(QColor(c.accent), 1))
            painter.setBrush(QColor(c.accent_soft))
            painter.drawRoundedRect(band, 4, 4)

    def _band(self, stretch: Stretch, sound: QRectF) -> QRectF:
        left, right = self.x_of(stretch[0]), self.x_of(stretch[1])
        return QRectF(left - 2, sound.top() + 2, max(right - left, 2.0) + 4, sound.height() - 4)

    def _paint_sound(self, painter: QPainter, sound: QRectF, theme: Theme) -> None:
        c, middle = theme.colours, sound.center().y()
        painter.setPen(QPen(QColor(c.control_border), 1))
        painter.drawLine(QPointF(4, middle), QPointF(sound.right() - 4, middle))
        if self._picture is None:
            self._paint_speech(painter, middle, QColor(c.accent))
            return
        ratio = self.devicePixelRatioF()
        columns = max(1, round(self.width() * ratio))
        edges = self._picture.between(self.scale.start_s, self.scale.end_s, columns) * self._gain
        half = sound.height() / 2 - 8
        mine = self._columns_of_speech(columns)
        for colour, wanted in ((c.handle, False), (c.accent, True)):
            painter.setPen(QPen(QColor(colour), 1 / ratio))
            painter.drawLines(
                [
                    _line(column / ratio, middle - high * half, middle - low * half)
                    for column, (low, high) in enumerate(edges.tolist())
                    if mine[column] is wanted and high > low
                ]
            )

    def _columns_of_speech(self, columns: int) -> list[bool]:
        mine = [False] * columns
        for start_s, end_s in self._speech:
            first = (start_s - self.scale.start_s) / self.scale.shown_s * columns
            last = (end_s - self.scale.start_s) / self.scale.shown_s * columns
            for column in range(max(0, int(first)), min(columns, int(last) + 1)):
                mine[column] = True
        return mine

    def _paint_speech(self, painter: QPainter, middle: float, colour: QColor) -> None:
        """Where there is no picture: at least when the agent spoke."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for start_s, end_s in self._speech:
            left, right = self.x_of(start_s), self.x_of(end_s)
            if right >= 0 and left <= self.width():
                painter.drawRoundedRect(QRectF(left, middle - 3, max(right - left, 1.5), 6), 3, 3)

    def _paint_ruler(self, painter: QPainter, theme: Theme) -> None:
        painter.setFont(font_of(TEXT_CAPTION_PX))
        top = self.height() - RULER
        for at_s in ticks(self.scale.start_s, self.scale.shown_s, self.width()):
            x = self.x_of(at_s)
            painter.setPen(QColor(theme.colours.control_border))
            painter.drawLine(QPointF(x, top + 1), QPointF(x, top + 5))
            painter.setPen(QColor(theme.colours.text_muted))
            left = min(max(0.0, x - 32), self.width() - 64.0)
            side = (
                Qt.AlignmentFlag.AlignLeft if left != x - 32 and left == 0 else Qt.AlignmentFlag.AlignHCenter
            )
            painter.drawText(QRectF(left, top + 5, 64, RULER - 5), side, text.clock(at_s))

    def _paint_marks(self, painter: QPainter, sound: QRectF, theme: Theme) -> None:
        stamps = Stamps(theme, self.devicePixelRatioF())
        # The chosen one last, so that it lies over those beside it.
        for mark in sorted(self.marks, key=lambda mark: mark == self._current):
            x = self.x_of(mark.at_s)
            if -MARK_PX <= x <= self.width() + MARK_PX:
                edge = sound.top() if mark.flag else sound.bottom()
                stamps.put(painter, x, edge, mark, mark == self._current)

    def _paint_place(self, painter: QPainter, theme: Theme) -> None:
        x = self.x_of(self.at_s)
        if not 0 <= x <= self.width():
            return
        colour = QColor(theme.colours.text)
        painter.setPen(QPen(colour, 2))
        painter.drawLine(QPointF(x, 4), QPointF(x, self.height() - RULER))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(x, 4), 4, 4)

    def _paint_note(self, painter: QPainter, sound: QRectF, theme: Theme) -> None:
        c = theme.colours
        painter.setFont(font_of(TEXT_CAPTION_PX))
        inside = QRectF(0, 0, max(80.0, sound.width() - 64), max(20.0, sound.height() - 16))
        # Without a pen nothing is measured.
        painter.setPen(QColor(c.text_muted))
        room = painter.boundingRect(inside, _WRAPPED, self.note)
        place = room.adjusted(-12, -6, 12, 6)
        place.moveCenter(QPointF(sound.center().x(), sound.bottom() - place.height() / 2 - 6))
        painter.setPen(QPen(QColor(c.border), 1))
        painter.setBrush(QColor(c.surface))
        painter.drawRoundedRect(place, 8, 8)
        painter.setPen(QColor(c.text_muted))
        painter.drawText(place.adjusted(10, 6, -10, -6), _WRAPPED, self.note)


def _gain(picture: Picture) -> float:
    """A quiet recording is drawn larger, up to a point: what counts is where it is louder and where less."""
    loudest = float(abs(picture.between(0.0, max(picture.duration_s, 0.01), 2_000)).max(initial=0.0))
    return 1.0 if loudest <= 0 else min(_MOST_GAIN, max(1.0, 0.98 / loudest))


def _line(x: float, top: float, bottom: float) -> QLineF:

    return QLineF(x, top, x, bottom)
