"""What comes today: drills from one's own turns and written ones, and how often one practises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QVBoxLayout, QWidget

from coach.practice.drills import Drill
from coach.practice.rhythm import Rhythm
from coach.taxonomy import CONTENTIOUS
from ui import text
from ui.look.theme import SPACE_1, SPACE_4, TEXT_CAPTION_PX, current_theme
from ui.look.themed import empty, follow_theme
from ui.parts.chips import cached_icon, font_of
from ui.parts.link_row import LinkRow
from ui.practice.parts import Calm, Column, card, label, primary, row
from ui.practice.words import QUIZ, ROLE_PLAY, WHAT_IF, place_text

ROUNDS = (3, 5, 10)
USUAL = 5
_TWO_COLUMNS_PX = 820
_SIDE_PX = 320
QWIDGETSIZE_MAX = 16_777_215
"""Qt's word for "as wide as you like"; PySide6 does not have it."""
_LONGEST_QUOTE = 140
OTHERS = (
    (QUIZ, "Quiz", "Ten questions: name the move, pick the repair."),
    (ROLE_PLAY, "Role-play", "A short call with a customer who calms or heats up."),
    (WHAT_IF, "What if", "One turn, three other ways, and the likely reply."),
)


class TodayPage(QWidget):
    """``show_today`` fills it. Enter starts the round."""

    started = Signal(int)
    """Which of the drills shown to begin with."""
    asked = Signal(int, str)
    """How many drills, and on which move; "" for any."""
    other_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drills: list[Drill] = []
        self.column = Column("Today", widest=1200)
        self.title, self.words = label("", "title"), label("", "muted")
        self.start_button = primary("&Start")
        self.start_button.setToolTip("Start (Enter)")
        self.start_button.setAutoDefault(True)
        self.count_box, self.move_box = QComboBox(), QComboBox()
        for count in ROUNDS:
            self.count_box.addItem(f"{count} drills", count)
        self.count_box.setCurrentIndex(ROUNDS.index(USUAL))
        self.count_box.setAccessibleName("How many drills")
        self.move_box.addItem("Any move", "")
        for move in CONTENTIOUS:
            self.move_box.addItem(text.move_name(move), move)
        self.move_box.setAccessibleName("On which move")
        self.days = DayDots()
        self.rhythm_words = label("", "muted")
        self.calm = Calm(
            "check",
            "Nothing is due today",
            "What you practised comes back when it is worth it. The quiz and the role-plays are open.",
        )
        self.links: dict[str, LinkRow] = {}
        self._lay_out()
        self.start_button.clicked.connect(lambda: self.started.emit(0))
        for box in (self.count_box, self.move_box):
            box.activated.connect(lambda _row: self.ask())

    def _lay_out(self) -> None:
        self._main, main = card()
        main.setSpacing(SPACE_4)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.words)
        main.addLayout(words)
        main.addLayout(row(self.count_box, self.move_box, self.start_button, stretch=2))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE_1)
        main.addLayout(self._rows)
        main.addWidget(self.calm, 1)
        main.addStretch(0)
        side = QVBoxLayout()
        side.setSpacing(SPACE_4)
        rhythm, inner = card()
        inner.addWidget(label("The last seven days", "strong"))
        inner.addWidget(self.days)
        inner.addWidget(self.rhythm_words)
        side.addWidget(rhythm)
        self._others, inner = card()
        inner.addWidget(label("Something else", "strong"))
        for name, title, words_ in OTHERS:
            link = self.links[name] = LinkRow(title, words_)
            link.clicked.connect(lambda _checked=False, name=name: self.other_wanted.emit(name))
            inner.addWidget(link)
        side.addWidget(self._others)
        side.addStretch(1)
        self._side = QWidget()
        self._side.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(SPACE_4)
        self._across.addWidget(self._main, 1)
        self._across.addWidget(self._side)
        self.column.body.addLayout(self._across, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _TWO_COLUMNS_PX
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._across.setDirection(way)
        self._side.setMinimumWidth(_SIDE_PX if wide else 0)
        self._side.setMaximumWidth(_SIDE_PX if wide else QWIDGETSIZE_MAX)

    @property
    def count(self) -> int:
        return int(self.count_box.currentData())

    @property
    def move_name(self) -> str:
        return str(self.move_box.currentData())

    def offer(self, others: Collection[str]) -> None:
        """Which other parts of the room there are."""
        for name, link in self.links.items():
            link.setVisible(name in others)
        self._others.setVisible(bool(others))

    def ask(self) -> None:
        self.asked.emit(self.count, self.move_name)

    def show_today(self, drills: Sequence[Drill], again: set[str], rhythm: Rhythm) -> None:
        """``again`` are the ids of those that were tried before and come back."""
        self.drills = list(drills)
        back = sum(drill.id in again for drill in drills)
        self.title.setText(_title(len(drills)))
        self.words.setText(_words(len(drills), back))
        empty(self._rows)
        for place, drill in enumerate(drills):
            self._rows.addWidget(self._row(place, drill, drill.id in again))
        self.calm.setVisible(not drills)
        for shown in (self.title, self.words, self.start_button):
            shown.setVisible(bool(drills))
        self.rhythm_words.setText(rhythm.words)
        self.days.show_week(rhythm.week)
        self.column.to_top()

    def focus_start(self) -> None:
        (self.start_button if self.drills else self.links[QUIZ]).setFocus()

    def _row(self, place: int, drill: Drill, again: bool) -> LinkRow:
        said = drill.said if len(drill.said) <= _LONGEST_QUOTE else f"{drill.said[:_LONGEST_QUOTE].rstrip()}…"
        state = "comes back" if again else "new"
        made = LinkRow(text.move_name(drill.move), f"{place_text(drill)} · {state}", said)
        made.clicked.connect(lambda: self.started.emit(place))
        return made


def _title(count: int) -> str:
    return f"{text.count_text(count, 'drill is', 'drills are')} ready"


def _words(count: int, back: int) -> str:
    about = f"About {count} minutes" if count > 1 else "About a minute"
    if not back:
        return f"{about}. Say {'each' if count > 1 else 'the'} turn again, better."
    new = count - back
    parts = [text.count_text(back, "comes back", "come back")]
    if new:
        parts.append(f"{new} new")
    return f"{', '.join(parts)}. {about}."


class DayDots(QWidget):
    """Seven days, each a ring, filled where one practised; the day's name under it. No day is crossed out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.week: tuple[tuple[dt.date, bool], ...] = ()
        self.setMinimumSize(QSize(7 * 30, 52))
        follow_theme(self, lambda _theme: self.update())

    def show_week(self, week: tuple[tuple[dt.date, bool], ...]) -> None:
        self.week = week
        practised = [QLocale().dayName(day.isoweekday()) for day, done in week if done]
        said = f"Practised on {', '.join(practised)}" if practised else "No practice in the last seven days"
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, locale = current_theme(), QLocale()
        c = theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font_of(TEXT_CAPTION_PX))
        step = min(44.0, self.width() / 7)
        for place, (day, done) in enumerate(self.week):
            circle = QRectF(place * step + (step - 24) / 2, 2, 24, 24)
            painter.setPen(
                QPen(QColor(c.accent if done else c.control_border), 2 if done else theme.border_px)
            )
            painter.setBrush(QColor(c.accent) if done else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(circle)
            if done:
                tick = cached_icon("check", c.on_accent, 16, self.devicePixelRatioF())
                painter.drawPixmap(round(circle.left() + 4), round(circle.top() + 4), tick)
            painter.setPen(QColor(c.text if place == len(self.week) - 1 else c.text_muted))
            # Not the narrow form: some locales have no letters for it, and T stands for two days in English.
            name = locale.dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)[:2]
            below = QRectF(place * step, 30, step, 18)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, name)
        painter.end()
