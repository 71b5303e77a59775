"""A line that is a link: words that wrap, a time in front, one click or Enter away from its second."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import text
from ui.look.theme import RADIUS_S, SPACE_1, SPACE_2, SPACE_3, current_theme, set_role
from ui.parts.label import Label

_TIME_WIDTH = 44


class LinkRow(QPushButton):
    """``at_s`` puts the second in front; ``quote`` are the agent's words, in quotation marks."""

    def __init__(
        self,
        title: str,
        detail: str = "",
        quote: str = "",
        at_s: float | None = None,
        inset: int = SPACE_2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)  # so that Enter opens it, outside of a dialog too
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._shown = False
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(inset, SPACE_1 + 2, inset, SPACE_1 + 2)
        row.setSpacing(SPACE_3)
        spoken = [title, detail, quote]
        if at_s is not None:
            self.time_label = _inner(text.clock(at_s), "accent")
            # At least: from an hour on a time has more figures.
            self.time_label.setMinimumWidth(_TIME_WIDTH)
            row.addWidget(self.time_label, 0, Qt.AlignmentFlag.AlignTop)
            spoken.append(f"at {text.spoken_clock(at_s)}")
        self._column = column = QVBoxLayout()
        column.setSpacing(2)
        self.labels = [_inner(title, "strong" if quote or detail else "")]
        if detail:
            self.labels.append(_inner(detail, "muted"))
        if quote:
            self.labels.append(_inner(f"“{quote}”", "muted"))
        for label in self.labels:
            label.setWordWrap(True)
            column.addWidget(label)
        # Level with the time, also where the row is higher than one line.
        column.addStretch(1)
        row.addLayout(column, 1)
        self.setAccessibleName(". ".join(part for part in spoken if part))

    def add_words(self, words: str, role: str) -> None:
        """One more line below, which is spoken too."""
        label = _inner(words, role)
        label.setWordWrap(True)
        self.labels.append(label)
        self._column.insertWidget(self._column.count() - 1, label)
        self.setAccessibleName(f"{self.accessibleName()}. {words}")

    def mark_shown(self, shown: bool) -> None:
        """Whether what it leads to is on show beside it."""
        self._shown = shown
        self.setAccessibleDescription("Shown beside the list" if shown else "")
        self.update()

    @property
    def shown(self) -> bool:
        return self._shown

    def add_at_end(self, widget: QWidget) -> None:
        """Beside the words, such as a button of its own."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._row.minimumSize()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        colours = current_theme().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.focus), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        over = self.underMouse() or self.isDown()
        ground = colours.accent_soft if self._shown else colours.sunken
        painter.setBrush(QColor(ground) if over or self._shown else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS_S, RADIUS_S)
        painter.end()


def _inner(words: str, role: str) -> QLabel:
    label = Label(words)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    if role:
        set_role(label, role)
    return label
