"""One of several answers: a letter, words that wrap, and after the answer whether it was right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.look.theme import RADIUS_M, SPACE_1, SPACE_3, SPACE_4, TEXT_BODY_PX, current_theme, set_role
from ui.parts.chips import cached_icon, font_of
from ui.parts.label import Label
from ui.practice.parts import PressButton

RIGHT, WRONG, PLAIN = "right", "wrong", ""
_BADGE_PX = 28
_SIGN_PX = 20


class ChoiceRow(PressButton):
    """``mark`` shows it as right or wrong, by a sign and a ground; ``show_detail`` adds words under it."""

    def __init__(self, letter: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.letter, self.words = letter, words
        self.marked = PLAIN
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SPACE_4 + _BADGE_PX + SPACE_3, SPACE_3, SPACE_4 * 2 + _SIGN_PX, SPACE_3)
        column = QVBoxLayout()
        column.setSpacing(SPACE_1)
        self.title, self.detail = _inner(words), _inner("")
        self.title.setMinimumHeight(_BADGE_PX)
        self.detail.hide()
        column.addWidget(self.title)
        column.addWidget(self.detail)
        column.addStretch(1)
        self._row.addLayout(column, 1)
        self._name()

    def mark(self, how: str, said: str = "") -> None:
        """``said`` is what a screen reader hears with it."""
        self.marked = how
        self._name(said)
        self.update()

    def show_detail(self, words: str) -> None:
        self.detail.setText(words)
        self.detail.setVisible(bool(words))
        set_role(self.detail, "muted")

    def _name(self, said: str = "") -> None:
        self.setAccessibleName(f"{self.letter}. {self.words}" + (f" {said}" if said else ""))

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._row.minimumSize()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current_theme()
        c = theme.colours
        edge, ground, sign = {
            RIGHT: (c.repaired, c.repaired_soft, "check"),
            WRONG: (c.flag, c.flag_soft, "close"),
        }.get(self.marked, (c.border, c.surface, ""))
        over = self.isEnabled() and (self.underMouse() or self.isDown()) and not self.marked
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(c.focus), 2) if self.hasFocus() else QPen(QColor(edge), theme.border_px))
        painter.setBrush(QColor(c.sunken if over else ground))
        inner = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inner, RADIUS_M, RADIUS_M)
        badge = QRectF(SPACE_4, SPACE_3, _BADGE_PX, _BADGE_PX)
        painter.setPen(QPen(QColor(edge if self.marked else c.control_border), theme.border_px))
        painter.setBrush(QColor(c.surface))
        painter.drawEllipse(badge)
        painter.setPen(QColor(c.text))
        painter.setFont(font_of(TEXT_BODY_PX, QFont.Weight.DemiBold))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, self.letter)
        if sign:
            pixmap = cached_icon(sign, edge, _SIGN_PX, self.devicePixelRatioF())
            painter.drawPixmap(round(inner.right() - SPACE_4 - _SIGN_PX), round(SPACE_3 + 4), pixmap)
        painter.end()


def _inner(words: str) -> QLabel:
    made = Label(words)
    made.setWordWrap(True)
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made
