"""The window of review: waveform and transport above, transcript and what was found beside each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollBar,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coach.calls.moments import takeaways
from coach.calls.words import Span
from coach.events import CallRecord, Turn
from coach.values.reviewing import FlagHelp, Review, followed_corrections, standing_corrections
from ui import text
from ui.look.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, set_role
from ui.parts.banner import BannerArea
from ui.parts.room import fit_the_screen
from ui.parts.scrolling import ScrollsIfSmall
from ui.parts.toast import Toast
from ui.review.marks import ALL, Mark, filtered, marks_of
from ui.review.moment_page import MomentPage
from ui.review.parts import label
from ui.review.summary_page import SummaryLines
from ui.review.takeaway_page import TakeawayPage
from ui.review.transcript import PlayingTranscript
from ui.review.transport import Transport
from ui.review.wave_view import WaveView
from ui.when import moment_text

FIRST_SIZE = QSize(1240, 860)
SMALLEST = QSize(900, 640)
_LEAST_HEIGHT_PX = 560
"""With less the window scrolls."""
_SCROLL_STEPS = 10_000


class ReviewWindow(QWidget):
    """Shows what it is given and says what is wanted; ``ui.review.desk`` answers."""

    closed = Signal()
    place_wanted = Signal(float, int)
    """To hear from a second on; the turn it belongs to, -1 for none."""
    seek_wanted = Signal(float)
    turn_wanted = Signal(int)
    toggle_wanted = Signal()
    undo_wanted = Signal()
    correct_wanted = Signal(int, object)
    """A turn, and the ``Span`` of a word in it or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        fit_the_screen(self, FIRST_SIZE, SMALLEST)
        self.review: Review | None = None
        self.contested: frozenset[tuple[int, str]] = frozenset()
        self.helps: Mapping[tuple[int, str], FlagHelp] = {}
        self.choice = ALL
        self.turn_index: int | None = None
        self.title_label, self.when_label = label("", "title"), label("", "muted")
        self.banners, self.wave, self.transport = BannerArea(), WaveView(), Transport()
        self.bar = QScrollBar(Qt.Orientation.Horizontal)
        self.view = PlayingTranscript()
        self.moment, self.takeaway, self.lines = MomentPage(), TakeawayPage(), SummaryLines()
        self.pages = QStackedWidget()
        self.tabs = QButtonGroup(self)
        self._lay_out()
        self.toast = Toast(self)
        self._wire()
        self._add_keys()

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setMinimumHeight(_LEAST_HEIGHT_PX)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollsIfSmall(inner))
        column = QVBoxLayout(inner)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        heading = QHBoxLayout()
        heading.addWidget(self.title_label, 1)
        self.when_label.setWordWrap(False)
        heading.addWidget(self.when_label, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(heading)
        column.addWidget(self.banners)
        sound = QFrame()
        set_role(sound, "card")
        card = QVBoxLayout(sound)
        card.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_3)
        card.setSpacing(SPACE_2)
        card.addWidget(self.wave, 1)
        self.bar.setAccessibleName("What part of the recording is in sight")
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar.hide()
        card.addWidget(self.bar)
        card.addWidget(self.transport)
        sound.setMinimumHeight(230)
        column.addWidget(sound, 2)
        column.addWidget(self._body(), 5)

    def _body(self) -> QSplitter:
        beside = QFrame()
        set_role(beside, "card")
        inner = QVBoxLayout(beside)
        inner.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        self.empty_label = label("", "muted")
        self.empty_label.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self.empty_label.hide()
        inner.addWidget(self.empty_label)
        inner.addWidget(self.view, 1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        tabs = QHBoxLayout()
        tabs.setSpacing(SPACE_2)
        named = (("This turn", self.moment), ("To take away", self.takeaway), ("Summary", self.lines))
        for place, (name, page) in enumerate(named):
            button = QPushButton(name)
            set_role(button, "quiet")
            button.setCheckable(True)
            button.setToolTip(f"{name} (Alt+{place + 1})")
            self.tabs.addButton(button, place)
            tabs.addWidget(button)
            self.pages.addWidget(page)
        tabs.addStretch(1)
        column.addLayout(tabs)
        column.addWidget(self.pages, 1)
        self.show_page(0)
        body = QSplitter(Qt.Orientation.Horizontal)
        body.setChildrenCollapsible(False)
        body.setHandleWidth(SPACE_4)
        body.addWidget(beside)
        body.addWidget(right)
        body.setSizes([640, 520])
        beside.setMinimumWidth(240)
        right.setMinimumWidth(270)
        return body

    def _wire(self) -> None:
        self.tabs.idClicked.connect(self.show_page)
        self.wave.toggle_wanted.connect(self.toggle_wanted)
        self.wave.seek_wanted.connect(self.seek_wanted)
        self.wave.mark_chosen.connect(self._take_mark)
        self.wave.scale_changed.connect(self._show_bar)
        self.bar.valueChanged.connect(self._scroll)
        self.view.toggle_wanted.connect(self.toggle_wanted)
        self.view.turn_chosen.connect(self.look_at)
        self.view.turn_wanted.connect(self.turn_wanted)
        self.view.word_chosen.connect(lambda index, word: self.place_wanted.emit(word.start_s, index))
        transport = self.transport
        transport.toggle_wanted.connect(self.toggle_wanted)
        transport.mark_wanted.connect(lambda back: self.wave.step_mark(back=back))
        transport.choice_changed.connect(self.filter_by)
        transport.zoom_wanted.connect(self._zoom)
        self.moment.hear_wanted.connect(lambda: self._with_turn(self.turn_wanted.emit))
        self.moment.correct_wanted.connect(self.ask_to_correct)
        self.takeaway.moment_wanted.connect(lambda one: self.place_wanted.emit(one.at_s, one.turn_index))
        self.lines.line_wanted.connect(self.place_wanted)

    def _add_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+L": self.transport.loop_button.toggle,
            "Ctrl+Left": lambda: self.wave.step_mark(back=True),
            "Ctrl+Right": self.wave.step_mark,
            "[": lambda: self.transport.step_speed(-1),
            "]": lambda: self.transport.step_speed(1),
            "F2": self.ask_to_correct,
            "Ctrl+Z": self.undo_wanted.emit,
            "Escape": self._leave,
            "Ctrl+W": self.close,
            "Alt+1": lambda: self.show_page(0),
            "Alt+2": lambda: self.show_page(1),
            "Alt+3": lambda: self.show_page(2),
        }
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def show_review(
        self,
        review: Review,
        contested: frozenset[tuple[int, str]],
        helps: Mapping[tuple[int, str], FlagHelp],
    ) -> None:
        """A call, or the same one again after something of it has changed."""
        self.review, self.contested, self.helps = review, contested, helps
        record = review.record
        self.setWindowTitle(f"{record.header.title} – {text.PRODUCT}")
        self.title_label.setText(record.header.title)
        self.when_label.setText(moment_text(record.header.started_at))
        speech = [(turn.start_s, turn.end_s) for turn in record.turns]
        self.wave.show_call(record.duration_s, speech, [])
        # Of a move that is in it no longer, all turns are shown.
        self.choice = self.transport.show_moves(record, self.choice)
        self.transport.show_place(self.wave.at_s, self.wave.scale.total_s)
        self._show_filtered()
        self.show_contested(contested)

    def show_contested(self, contested: frozenset[tuple[int, str]]) -> None:
        """Flags called unfair count for nothing, and are drawn so."""
        self.contested = contested
        if self.review is None:
            return
        record = self.review.record
        self.view.transcript.show_contested(contested)
        self.wave.show_marks(marks_of(record, contested, self.choice))
        self.lines.show_summary(self.review.summary, contested)
        found = takeaways(record, contested)
        told = self.helps.get((found.redo.turn_index, found.redo.move)) if found.redo else None
        self.takeaway.show_takeaways(found, told.lines if told else ())
        if self.turn_index is not None:
            self.look_at(self.turn_index)
        else:
            self.moment.show_nothing()

    def filter_by(self, choice: str) -> None:
        """Only marks of such a move, and only turns that hold one."""
        self.choice = choice
        self._show_filtered()
        if self.review is not None:
            self.view.transcript.show_contested(self.contested)
            self.wave.show_marks(marks_of(self.review.record, self.contested, choice))

    def look_at(self, turn_index: int) -> None:
        """Show what was found in a turn, without hearing it."""
        # A note that is being written counts among those that are shown.
        self.moment.settle()
        turn = self.turn(turn_index)
        if turn is None or self.review is None:
            self.turn_index = None
            self.moment.show_nothing()
            return
        self.turn_index = turn_index
        self.wave.show_chosen((turn.start_s, turn.end_s))
        self.view.choose(turn_index)
        notes = {(one.turn_index, one.move): one.text for one in self.review.notes}
        corrected = standing_corrections(self.review.corrections).get(turn_index)
        followed = followed_corrections(self.review.corrections).get(turn_index)
        moves = self.review.record.moves.get(turn_index, ())
        self.moment.show_turn(turn, moves, self.helps, notes, self.contested, corrected, followed)

    def turn(self, turn_index: int) -> Turn | None:
        record: CallRecord | None = self.review.record if self.review else None
        turns = record.turns if record else []
        return next((one for one in turns if one.index == turn_index), None)

    def show_page(self, place: int) -> None:
        self.pages.setCurrentIndex(place)
        button = self.tabs.button(place)
        if button is not None:
            button.setChecked(True)

    def show_place(self, at_s: float, playing: bool) -> None:
        """Where the player is."""
        self.wave.show_place(at_s, follow=playing)
        self.view.show_place(at_s, follow=playing)
        self.transport.show_playing(playing)
        self.transport.show_place(at_s, self.wave.scale.total_s)

    def ask_to_correct(self) -> None:
        def ask(turn_index: int) -> None:
            playing = self.view.playing
            word: Span | None = playing[1] if playing is not None and playing[0] == turn_index else None
            self.correct_wanted.emit(turn_index, word)

        self._with_turn(ask)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.moment.settle()
        self.closed.emit()
        super().closeEvent(event)

    def _with_turn(self, act: Callable[[int], object]) -> None:
        if self.turn_index is not None:
            act(self.turn_index)

    def _take_mark(self, mark: Mark) -> None:
        self.show_page(0)
        self.look_at(mark.turn_index)
        self.place_wanted.emit(mark.at_s, mark.turn_index)

    def _show_filtered(self) -> None:
        if self.review is None:
            return
        record = self.review.record
        shown = filtered(record, self.choice)
        self.view.show_call(shown, self.turn_index)
        self.empty_label.setVisible(not shown.turns)
        self.empty_label.setText(
            "No turn holds such a move."
            if record.turns
            else "No words of yours were heard in this recording."
        )

    def _zoom(self, factor: float) -> None:
        if factor:
            self.wave.zoom(factor)
        else:
            self.wave.set_scale(self.wave.scale.whole())

    def _show_bar(self) -> None:
        scale = self.wave.scale
        hidden_s = scale.total_s - scale.shown_s
        self.bar.blockSignals(True)
        self.bar.setVisible(hidden_s > 0.01)
        page = round(_SCROLL_STEPS * scale.shown_s / scale.total_s)
        self.bar.setRange(0, _SCROLL_STEPS - page)
        self.bar.setPageStep(page)
        self.bar.setValue(round(_SCROLL_STEPS * scale.start_s / scale.total_s))
        self.bar.blockSignals(False)

    def _scroll(self, value: int) -> None:
        scale = self.wave.scale
        self.wave.set_scale(scale.moved(value / _SCROLL_STEPS * scale.total_s - scale.start_s))

    def _leave(self) -> None:
        if not (self.toast.put_away() or self.banners.dismiss_newest()):
            self.close()
