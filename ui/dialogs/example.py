"""An example call, a step at a time: what a cue looks like, before anybody has made one necessary."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coach.events import Commitment, Cue, CueEnd, CueEnded, MovesFound
from coach.taxonomy import is_flag
from coach.values.example import Example, ExampleTurn
from ui import text
from ui.live.model import TranscriptModel
from ui.live.view import TranscriptView
from ui.look.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, current_theme, set_role
from ui.look.themed import follow_theme
from ui.overlay.card import CARD_WIDTH_PX, CardView
from ui.parts.announce import announce
from ui.parts.label import Label
from ui.parts.room import fit_the_screen

WAITING = "One moment. The example is judged on this machine, as every call is."
CALM = "Sameside hears the agent only, and says nothing while all goes well."
CUED = "That turn makes it worse. The card shows one line to say next; Why tells the reason."
FLAGGED = "Another one. It is marked, but no second card comes: cues are few."
REPAIRED = "Said in the agent's own words, so the card turns green."
PROMISED = "Promises are noted with their day, and followed until they are kept."
OVER = "That is all. After a call of yours the summary shows it again, each line with its second."
_FIRST_SIZE = QSize(640, 640)
_SMALLEST = QSize(560, 420)

Page = list[ExampleTurn]


class ExampleDialog(QDialog):
    """``start_wanted`` when a call of one's own is to begin from here."""

    start_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("An example")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._pages: list[Page] = []
        self._at = -1
        self.model = TranscriptModel(self)
        self.view = TranscriptView(self.model, live=True)
        self.customer_label = Label()
        self.customer_label.setWordWrap(True)
        set_role(self.customer_label, "caption")
        self.card = CardView()
        self.card_frame = QFrame()
        set_role(self.card_frame, "card")
        self.words_label = Label(WAITING)
        self.words_label.setWordWrap(True)
        set_role(self.words_label, "strong")
        self.close_button, self.next_button = QPushButton(text.CLOSE), QPushButton("&Next")
        set_role(self.next_button, "primary")
        self.next_button.setMinimumWidth(112)
        self.next_button.setDefault(True)
        self.next_button.setEnabled(False)
        self._lay_out()
        self.close_button.clicked.connect(self.reject)
        self.next_button.clicked.connect(self.go_on)
        for put_away in (self.card.not_now_pressed, self.card.unfair_pressed):
            put_away.connect(self.card_frame.hide)
        self.card.said_it_pressed.connect(lambda: self._thank(""))
        self.card.content_resized.connect(self._fit_card)
        fit_the_screen(self, _FIRST_SIZE, _SMALLEST)
        follow_theme(self, self.card.restyle)

    def _lay_out(self) -> None:
        shown = QFrame()
        set_role(shown, "card")
        inner = QVBoxLayout(shown)
        inner.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        inner.addWidget(self.view)
        framed = QVBoxLayout(self.card_frame)
        framed.setContentsMargins(0, 0, 0, 0)
        framed.addWidget(self.card)
        self.card_frame.setFixedWidth(CARD_WIDTH_PX)
        self.card_frame.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_3)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.next_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(self.words_label)
        column.addWidget(shown, 1)
        column.addWidget(self.customer_label)
        column.addWidget(self.card_frame, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(buttons)

    def show_example(self, example: Example) -> None:
        self._pages = pages(example.turns)
        self.model.begin(example.header)
        self.next_button.setEnabled(True)
        self.next_button.setFocus()
        self.go_on()

    def show_trouble(self, message: str) -> None:
        self.words_label.setText(message)
        announce(self.words_label, message)

    @property
    def over(self) -> bool:
        return self._at >= len(self._pages)

    def go_on(self) -> None:
        """The next step; behind the last one a call of one's own."""
        if self.over:
            self.start_wanted.emit()
            self.accept()
            return
        self._at += 1
        if self.over:
            self._tell(OVER)
            self.card_frame.hide()
            self.customer_label.hide()
            self.next_button.setText("&Start listening")
            return
        page = self._pages[self._at]
        for turn in page:
            self._take(turn)
        said = page[0].customer if len(page) == 1 else ""
        self.customer_label.setText(f"The customer, whom Sameside does not hear: “{said}”" if said else "")
        self.customer_label.setVisible(bool(said))
        self._tell(words_for(page))

    def _tell(self, words: str) -> None:
        self.words_label.setText(words)
        announce(self.words_label, words)

    def _take(self, one: ExampleTurn) -> None:
        self.model.close_turn(one.turn)
        for event in one.events:
            if isinstance(event, MovesFound):
                self.model.mark_moves(event)
            elif isinstance(event, Commitment):
                self.model.add_commitment(event)
            elif isinstance(event, Cue):
                self.model.add_cue(event)
                self.card.show_cue(event, current_theme())
                self.card.set_elapsed(one.turn.end_s)
                self.card_frame.show()
                self._fit_card()
            elif isinstance(event, CueEnded):
                self.model.end_cue(event)
                self._end(event)
        self.view.scrollToBottom()

    def _thank(self, repaired_by: str) -> None:
        self.card.show_thanks(repaired_by, current_theme())
        self.card_frame.show()
        self._fit_card()

    def _fit_card(self) -> None:
        """Its words wrap in a width of their own, so that no layout gives it the right height."""
        self.card.setFixedHeight(self.card.fitted_size().height())

    def _end(self, ended: CueEnded) -> None:
        if ended.end is CueEnd.REPAIRED:
            by = text.move_name(ended.by_move) if ended.by_move else ""
            self._thank(by)
        else:
            self.card_frame.hide()


def pages(turns: tuple[ExampleTurn, ...]) -> list[Page]:
    """Steps: what is worth a look stands alone, the calm turns before or after it go together."""
    made: list[Page] = []
    joins = False
    for turn in turns:
        alone = words_for([turn]) in (CUED, FLAGGED, REPAIRED)
        if alone or not joins:
            made.append([turn])
        else:
            made[-1].append(turn)
        joins = not alone
    return made


def words_for(page: Page) -> str:
    """What there is to see on a step."""
    events = [event for turn in page for event in turn.events]
    if any(isinstance(event, Cue) for event in events):
        return CUED
    if any(isinstance(event, CueEnded) and event.end is CueEnd.REPAIRED for event in events):
        return REPAIRED
    flags = (move for event in events if isinstance(event, MovesFound) for move in event.moves)
    if any(is_flag(move.name) for move in flags):
        return FLAGGED
    return PROMISED if any(isinstance(event, Commitment) for event in events) else CALM
