"""The summary of one call, with its transcript beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coach.calls.shown import show
from coach.events import CallRecord, CallSource, CallSummary
from coach.settings import ExportForm
from coach.values.revisions import ShownLine, ShownSummary
from ui import text
from ui.live.model import TranscriptModel
from ui.live.view import TranscriptView
from ui.look.theme import CONTROL_HEIGHT, SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, Theme, icon, set_role
from ui.look.themed import empty, follow_theme
from ui.parts.label import Label
from ui.parts.more import FIRST
from ui.parts.scrolling import Scrolling
from ui.parts.two_panes import TwoPanes
from ui.sharing.strip import SharedStrip
from ui.summary.line_row import LineRow
from ui.summary.sections import CommentCard, Figures, SectionCard, cards
from ui.summary.sharing import summary_text
from ui.when import moment_text

_SOURCES = {
    CallSource.LIVE: "Live call",
    CallSource.FILE: "Recording",
    CallSource.WRITTEN: "Written call",
}


_WORDS_FIT_PX, _LONG_FIT_PX, _ALL_FIT_PX = 800, 980, 1220
_LEAST_HEIGHT_PX = 280
EXPORT_FORMS: dict[ExportForm, str] = {
    "html": "&Web page (HTML)…",
    "pdf": "&PDF…",
    "md": "&Markdown…",
    "json": "&JSON, for other programs…",
}


class SummaryPage(QWidget):
    """``show_call`` fills it, ``show_revised`` with what the agent made of it. Copying happens here; the rest
    is asked for: ``export_wanted(form)``, ``edit_wanted(line id)``, ``comment_wanted``."""

    back_wanted = Signal()
    export_wanted = Signal(str)
    edit_wanted = Signal(str)
    comment_wanted = Signal()
    smooth_wanted = Signal()
    share_wanted = Signal()
    copied = Signal()
    call_shown = Signal(str)
    revised = Signal(str)
    name_wanted = Signal(str)
    review_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record: CallRecord | None = None
        self.shown: ShownSummary | None = None
        self.cards: list[SectionCard] = []
        self._lines_wanted: dict[str, int] = {}
        self.title_label, self.when_label = Label(), Label()
        set_role(self.title_label, "display")
        set_role(self.when_label, "muted")
        self.title_label.setWordWrap(True)
        self.when_label.setWordWrap(True)
        self.back_button = QToolButton()
        self.copy_button = QPushButton("Copy as text")
        self.comment_button = QPushButton("Comment on this call…")
        self.name_button = QPushButton("Whom it was with…")
        self.smooth_button = QPushButton("Smoother wording…")
        self.smooth_button.hide()
        self.export_button = QPushButton("Export")
        self.share_button = QPushButton("Share…")
        self.strip = SharedStrip()
        self.strip.second_wanted.connect(self.show_second)
        named = (self.copy_button, self.export_button, self.share_button)
        self._names = {button: button.text() for button in named}
        for button, words in self._names.items():
            button.setAccessibleName(words.rstrip("…"))
        self.model = TranscriptModel(self)
        self.view = TranscriptView(self.model, live=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_4)
        column.addLayout(self._heading())
        column.addWidget(self.strip)
        column.addWidget(self._body(), 1)
        follow_theme(self, self._restyle)

    def _heading(self) -> QHBoxLayout:
        set_role(self.back_button, "quiet")
        self.back_button.setIconSize(QSize(20, 20))
        self.back_button.setAccessibleName("Back to calls")
        self.back_button.setToolTip("Back to calls (Esc)")
        self.back_button.clicked.connect(self.back_wanted)
        self.copy_button.clicked.connect(self.copy)
        self.export_button.setMenu(self._export_menu())
        self.copy_button.setToolTip("Copy as text")
        self.export_button.setToolTip("Export")
        self.share_button.setToolTip("Look at what would be shared, then share it")
        self.share_button.clicked.connect(self.share_wanted)
        for button in self._names:
            button.setIconSize(QSize(18, 18))
        words = QVBoxLayout()
        words.setSpacing(0)
        # One line of the title is as high as the button, so that the arrow stands level with it.
        self.title_label.setMinimumHeight(CONTROL_HEIGHT)
        words.addWidget(self.title_label)
        words.addWidget(self.when_label)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        for button in self._names:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the buttons are signs, and the title keeps its line."""
        super().resizeEvent(event)
        wide = event.size().width() >= _WORDS_FIT_PX
        for button, words in self._names.items():
            button.setText(words if wide else "")
        self._name_tools()

    def show_smoothing(self, offered: bool) -> None:
        self.smooth_button.setVisible(offered)
        self._name_tools()

    def _name_tools(self) -> None:
        """In full where all of them fit beside each other."""
        fit = _ALL_FIT_PX if self.smooth_button.isVisibleTo(self) else _LONG_FIT_PX
        for button, (long, short) in self._tool_names.items():
            button.setText(long if self.width() >= fit else short)

    def _export_menu(self) -> QMenu:
        menu = QMenu(self)
        for form, name in EXPORT_FORMS.items():
            menu.addAction(name, partial(self.export_wanted.emit, form))
        return menu

    def _body(self) -> TwoPanes:
        self.scroll_area = Scrolling("Summary")
        self._column = self.scroll_area.body
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.scroll_area, 1)
        column.addLayout(self._tools())
        beside = QFrame()
        set_role(beside, "card")
        heading = Label("Transcript")
        set_role(heading, "subtitle")
        heading.setContentsMargins(SPACE_4, SPACE_3, 0, SPACE_1)
        inner = QVBoxLayout(beside)
        inner.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        inner.setSpacing(0)
        inner.addLayout(self._above_transcript(heading))
        inner.addWidget(self.view, 1)
        left.setMinimumWidth(260)
        beside.setMinimumWidth(240)
        return TwoPanes(left, beside, widths=(560, 500), shares=(1, 1), least_height_px=_LEAST_HEIGHT_PX)

    def _tools(self) -> QHBoxLayout:
        """What the agent can make of the summary, always in sight below it."""
        self.comment_button.setToolTip("Say something about this call, above all lines")
        self.comment_button.clicked.connect(self.comment_wanted)
        self.name_button.setToolTip("A customer's name or a reference, for the brief before the next contact")
        self.name_button.clicked.connect(lambda: self.name_wanted.emit(self.call_id))
        self.smooth_button.setToolTip("Ask the language model on this machine; you choose what to take")
        self.smooth_button.clicked.connect(self.smooth_wanted)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        shorts = {self.comment_button: "Comment…", self.name_button: "With…", self.smooth_button: "Smoother…"}
        self._tool_names = {button: (button.text(), short) for button, short in shorts.items()}
        for button, (long, _short) in self._tool_names.items():
            button.setAccessibleName(long.rstrip("…"))
            button.setIconSize(QSize(16, 16))
            set_role(button, "small")
            row.addWidget(button)
        row.addStretch(1)
        return row

    @property
    def call_id(self) -> str:
        """Empty before a call is shown."""
        return self.record.header.id if self.record is not None else ""

    def _above_transcript(self, heading: QLabel) -> QHBoxLayout:
        self.review_button = QPushButton("Review")
        set_role(self.review_button, "small")
        self.review_button.setIconSize(QSize(18, 18))
        self.review_button.setToolTip("Hear it again, with the waveform beside the words (Ctrl+Shift+R)")
        self.review_button.clicked.connect(self.ask_for_review)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, SPACE_3, 0)
        row.addWidget(heading, 1)
        row.addWidget(self.review_button)
        return row

    def ask_for_review(self) -> None:
        """A written call has no sound, and never had."""
        shown = self.isVisible() and self.record is not None
        if shown and self.record and self.record.header.source is not CallSource.WRITTEN:
            self.review_wanted.emit(self.record.header.id)

    def show_again(self, record: CallRecord, summary: CallSummary) -> None:
        """The call that is shown reads otherwise now; another one is not touched."""
        if self.record is not None and self.record.header.id == record.header.id:
            self.show_call(record, summary)

    def show_call(self, record: CallRecord, summary: CallSummary) -> None:
        if record.header.id != self.call_id:
            self._lines_wanted = {}
        self.record = record
        header = record.header
        self.title_label.setText(header.title)
        self.when_label.setText(
            f"{moment_text(header.started_at)} · {text.clock(record.duration_s)} · {_SOURCES[header.source]}"
        )
        self.review_button.setVisible(header.source is not CallSource.WRITTEN)
        self.model.load(record)
        self.strip.hide()
        self._fill(show(record, summary))
        self.scroll_area.to_top()
        self.view.scrollToTop()
        self.view.clearSelection()
        self.call_shown.emit(header.id)

    def show_reference(self, call_id: str, reference: str) -> None:
        """Whom the call was with, in the place of its title; "" where nobody said."""
        if self.record is not None and call_id == self.call_id:
            self.title_label.setText(reference or self.record.header.title)

    def show_revised(self, shown: ShownSummary) -> None:
        """The same call with other edits, comments or contested flags; place and focus stay."""
        if shown == self.shown:
            return
        focused = QApplication.focusWidget()
        line_id = focused.line.id if isinstance(focused, LineRow) else ""
        before = self.scroll_area.verticalScrollBar().value()
        self._fill(shown)
        self.scroll_area.keep_place(before)
        for row in self.rows():
            if row.line.id == line_id:
                row.setFocus()
        self.revised.emit(self.call_id)

    def line(self, line_id: str) -> ShownLine | None:
        sections = self.shown.to_read if self.shown is not None else ()
        return next((line for section in sections for line in section.lines if line.id == line_id), None)

    def rows(self) -> list[LineRow]:
        return [row for card in self.cards for row in card.links]

    def _fill(self, shown: ShownSummary) -> None:
        self.shown = shown
        empty(self._column)
        headline = Label(shown.headline)
        headline.setWordWrap(True)
        set_role(headline, "title")
        headline.setContentsMargins(0, 0, SPACE_5, SPACE_1)
        self._column.addWidget(headline)
        self._column.addWidget(Figures(shown))
        if shown.comment:
            comment = CommentCard(shown.comment)
            comment.edit_wanted.connect(self.comment_wanted)
            self._column.addWidget(comment)
        self.comment_button.setVisible(not shown.comment)
        self.cards = cards(self.record, shown, self.show_turn) if self.record is not None else []
        for card in self.cards:
            self._column.addWidget(card)
            card.row_made.connect(self._wire_row)
            card.more_shown.connect(self._keep_lines)
            card.show_lines(self._lines_wanted.get(card.key, FIRST))
        self._column.addStretch(1)

    def _keep_lines(self, key: str, count: int) -> None:
        """So many stay when the summary is shown again, after an edit."""
        self._lines_wanted[key] = count

    def _wire_row(self, row: LineRow) -> None:
        row.edit_wanted.connect(self.edit_wanted)
        row.unfair_toggled.connect(partial(self._toggle_unfair, row.line))

    def _toggle_unfair(self, line: ShownLine, unfair: bool) -> None:
        signal = self.view.unfair_wanted if unfair else self.view.take_back_wanted
        signal.emit(line.own.turn_index, line.own.subject)

    def show_turn(self, turn_index: int) -> None:
        """Mark the turn in the transcript and bring it into sight."""
        self.view.show_turn(turn_index)

    def show_second(self, at_s: float) -> None:
        """The turn that was being said then, or the last one before."""
        turns = self.record.turns if self.record is not None else []
        before = [turn.index for turn in turns if turn.start_s <= at_s]
        if before:
            self.show_turn(before[-1])

    def copy(self) -> str:
        """Put the summary on the clipboard as plain text, and return it."""
        if self.shown is None:
            return ""
        made = summary_text(self.shown)
        QGuiApplication.clipboard().setText(made)
        self.copied.emit()
        return made

    def _restyle(self, theme: Theme) -> None:
        colours = theme.colours
        self.back_button.setIcon(icon("back", colours.text))
        self.copy_button.setIcon(icon("calls", colours.text))
        self.export_button.setIcon(icon("export", colours.text))
        self.comment_button.setIcon(icon("edit", colours.text_muted))
        self.name_button.setIcon(icon("voice", colours.text_muted))
        self.smooth_button.setIcon(icon("another", colours.text_muted))
        self.review_button.setIcon(icon("loudspeaker", colours.text_muted))
        self.share_button.setIcon(icon("lock", colours.text))
