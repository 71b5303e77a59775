"""One shared summary, as its agent made it. All of it is foreign text: shown as plain words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from coach.values.shares import Draft, InboxRow, Note, ReadLine, ReadSection, ReadTurn
from ui import text
from ui.look.theme import SPACE_1, set_role
from ui.look.themed import empty
from ui.parts.link_row import LinkRow
from ui.parts.more import FIRST, More
from ui.parts.scrolling import Scrolling
from ui.practice.parts import card, label, row

_MOST_NOTE = 2000
_LEAST_PX = 200
"""In a low window the room scrolls, rather than that two lines are left to read above the note."""
_PAUSE_MS = 2_000
"""How long nothing is typed before a note that is not sent is kept."""
_PLAY, _STOP = "Play", "Stop"
_TURNS = "turns"
_EDITED = "Edited by the agent; it read:"


class Reading(QWidget):
    """``show_share`` fills it; ``note_wanted(text, at_s, line_id)``, ``delete_wanted()``,
    ``play_wanted(turn)`` and ``quiet_wanted()`` where sound came along."""

    note_wanted = Signal(str, float, str)
    delete_wanted = Signal()
    play_wanted = Signal(int)
    quiet_wanted = Signal()
    draft_kept = Signal(int, object)
    """The number of a summary, and the ``Draft`` of a note about it that is to be kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row: InboxRow | None = None
        self.lines: list[LinkRow] = []
        self.turns: dict[int, LinkRow] = {}
        self.play_buttons: dict[int, QPushButton] = {}
        self._at: tuple[float, str] = (0.0, "")
        self._drafts: dict[int, Draft] = {}
        """As they were kept last, by the summary."""
        self._sending: tuple[int, str] | None = None
        self._wanted: dict[str, int] = {}
        self._said: More | None = None
        self.area = Scrolling("The shared summary")
        self.area.setMinimumHeight(_LEAST_PX)
        self._body = self.area.body
        self.note_label = label("", "caption")
        self.note_edit = QPlainTextEdit()
        self.note_edit.setPlaceholderText("Your note, for the agent alone")
        self.note_edit.setAccessibleName("Note")
        self.note_edit.setTabChangesFocus(True)
        self.note_edit.setFixedHeight(64)
        self.send_button = QPushButton("Send the note")
        self.whole_button = QPushButton("About the whole call")
        set_role(self.whole_button, "small")
        self.delete_button = QPushButton("Delete")
        self.send_button.clicked.connect(self._send)
        self.whole_button.clicked.connect(lambda: self._choose(0.0, ""))
        self.delete_button.clicked.connect(self.delete_wanted)
        self.note_edit.textChanged.connect(self._offer)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.keep_draft)
        self.note_edit.textChanged.connect(self._pause.start)
        frame, column = card()
        about = QHBoxLayout()
        about.addWidget(self.note_label, 1)
        about.addWidget(self.whole_button)
        column.addLayout(about)
        column.addWidget(self.note_edit)
        column.addLayout(row(self.send_button, self.delete_button, stretch=1))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area, 1)
        outer.addWidget(frame)

    def show_share(self, shown: InboxRow, notes: Sequence[Note]) -> None:
        """Another one; what was typed for the one before comes back with it. The same one keeps its place."""
        again = self.row is not None and self.row.id == shown.id
        self.keep_draft()
        before = self.area.verticalScrollBar().value() if again else 0
        if not again:
            self._wanted = {}
        self.row = shown
        share = shown.share
        empty(self._body)
        self.lines, self.turns, self.play_buttons = [], {}, {}
        self._body.addWidget(label(share.title, "title"))
        when = text.date_time_text(share.started_at)
        sealed = "encrypted to you" if shown.sealed else "not encrypted"
        about = f"{shown.name} · {when} · {text.clock(share.duration_s)} · signed, {sealed}"
        self._body.addWidget(label(about, "muted"))
        self._body.addWidget(label(share.headline, "strong"))
        figures = share.figures
        spoken = f"{figures.words} words, {figures.words_per_minute:.0f} a minute"
        # The lines speak to the agent, not to whoever reads them here.
        self._body.addWidget(label(f"{spoken}. “You” below is {shown.name}.", "caption"))
        if share.comment:
            frame, column = card("sunken")
            column.addWidget(label(f"{shown.name} says: {share.comment}"))
            self._body.addWidget(frame)
        for section in share.sections:
            if section.lines:
                self._body.addWidget(self._section(section))
        self._add_turns()
        self._add_notes(notes)
        self._body.addStretch(1)
        if not again:
            draft = self._drafts.setdefault(shown.id, shown.draft)
            self.note_edit.setPlainText(draft.text)
            self._choose(draft.at_s, draft.line_id)
        if before:
            self.area.keep_place(before)
        else:
            self.area.to_top()

    def show_sent(self) -> None:
        """The next thing the keyboard reaches is another note, not Delete. One that was typed since stays."""
        sent, self._sending = self._sending, None
        if sent is not None and self._drafts.get(sent[0], Draft()).text == sent[1]:
            # Whoever sent it has taken it out of the store.
            self._drafts[sent[0]] = Draft()
        if self.row is not None and sent == (self.row.id, self.note_edit.toPlainText()):
            self.note_edit.setFocus()
            self.note_edit.clear()
            self._choose(0.0, "")
        self._offer()

    def show_unsent(self) -> None:
        """It may be sent again."""
        self._sending = None
        self._offer()

    def _section(self, section: ReadSection) -> QFrame:
        frame, column = card()
        column.setSpacing(SPACE_1)
        column.addWidget(label(section.title, "subtitle"))
        column.addWidget(self._some(section.key, [partial(self._line, line) for line in section.lines]))
        return frame

    def _some(self, key: str, makers: Sequence[Callable[[], LinkRow]]) -> More:
        """As many of the rows as were there when this was read last."""
        rows = More(makers)
        rows.more_shown.connect(partial(self._wanted.__setitem__, key))
        rows.show_rows(self._wanted.get(key, FIRST))
        return rows

    def _line(self, line: ReadLine) -> LinkRow:
        link = LinkRow(line.text, line.detail, _quote(line), line.at_s)
        if line.original:
            link.add_words(f"{_EDITED} {line.original}", "caption")
        if line.comment:
            link.add_words(f"The agent says: {line.comment}", "accent")
        if line.contested:
            link.add_words("Called unfair by the agent", "flag")
        link.clicked.connect(partial(self._follow, line))
        self.lines.append(link)
        return link

    def _add_turns(self) -> None:
        frame, column = card()
        column.setSpacing(SPACE_1)
        column.addWidget(label("What the agent said there", "subtitle"))
        assert self.row is not None
        self._said = self._some(_TURNS, [partial(self._turn, turn) for turn in self.row.share.turns])
        column.addWidget(self._said)
        self._body.addWidget(frame)

    def _turn(self, turn: ReadTurn) -> LinkRow:
        link = self.turns[turn.turn] = LinkRow(turn.text, "", "", turn.start_s)
        link.clicked.connect(partial(self._choose, turn.start_s, ""))
        if self.row is not None and turn.turn in self.row.share.heard:
            link.add_at_end(self._play_button(turn))
        return link

    def _play_button(self, turn: ReadTurn) -> QPushButton:
        button = self.play_buttons[turn.turn] = QPushButton(_PLAY)
        set_role(button, "small")
        button.setAccessibleName(f"{_PLAY} what was said at {text.spoken_clock(turn.start_s)}")
        button.clicked.connect(partial(self._toggle, turn.turn))
        return button

    def _toggle(self, turn: int) -> None:
        if self.play_buttons[turn].text() == _STOP:
            self.quiet_wanted.emit()
        else:
            self.play_wanted.emit(turn)

    def show_playing(self, turn: int | None) -> None:
        """Which turn is heard now; None: nothing is."""
        for each, button in self.play_buttons.items():
            words = _STOP if each == turn else _PLAY
            button.setText(words)
            button.setAccessibleName(f"{words} {button.accessibleName().partition(' ')[2]}")

    def _add_notes(self, notes: Sequence[Note]) -> None:
        if not notes:
            return
        frame, column = card()
        column.addWidget(label("Your notes", "subtitle"))
        for note in notes:
            read = note.acknowledged_at
            done = "Not read yet" if read is None else f"Read {text.date_time_text(read.astimezone())}"
            link = LinkRow(note.text, done, "", note.moment_s)
            link.clicked.connect(partial(self._go_to_note, note))
            column.addWidget(link)
        self._body.addWidget(frame)

    def _follow(self, line: ReadLine) -> None:
        """The second a line came from: its turn comes into sight, and a note would be about it."""
        self._choose(line.at_s, line.id)
        self._show_turn(line.turn)

    def _show_turn(self, wanted: int) -> None:
        self._fetch(wanted)
        if (turn := self.turns.get(wanted)) is not None:
            self.area.ensureWidgetVisible(turn)
            turn.setFocus()

    def _go_to_note(self, note: Note) -> None:
        """Back to what it was about, and another note would be about that too."""
        self._choose(note.at_s, note.line_id)
        said = self.row.share.turns if self.row is not None and note.moment_s is not None else ()
        turn = next((one for one in reversed(said) if one.start_s <= note.at_s), None)
        if turn is None:
            self.area.to_top()
        else:
            self._show_turn(turn.turn)

    def _fetch(self, wanted: int) -> None:
        """The rows of the turns up to the one that is wanted, where they are not there."""
        if self._said is None or self.row is None or wanted in self.turns:
            return
        places = [turn.turn for turn in self.row.share.turns]
        self._said.show_rows(places.index(wanted) + 1 if wanted in places else 0)
        # So many are there again when the same one is shown once more, after a note.
        self._wanted[_TURNS] = max(self._wanted.get(_TURNS, FIRST), len(self._said.rows))
        # A row has its place only once it is shown and the layouts around it have been done.
        for made in self._said.rows:
            made.show()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def _choose(self, at_s: float, line_id: str) -> None:
        self._at = (at_s, line_id)
        name = self.row.name if self.row is not None else ""
        where = f"at {text.clock(at_s)}" if at_s or line_id else "about the whole call"
        self.note_label.setText(f"A note {where}, for {name}")
        self.whole_button.setVisible(bool(at_s or line_id))

    def _offer(self) -> None:
        """Not while one is on its way: pressed once more it would arrive twice."""
        fits = 0 < len(self.note_edit.toPlainText().strip()) <= _MOST_NOTE
        self.send_button.setEnabled(fits and self._sending is None)

    def keep_draft(self) -> None:
        """What is typed and not sent is there again with its summary, also after a start anew."""
        if self.row is None:
            return
        words = self.note_edit.toPlainText()
        draft = Draft(words, *self._at) if words.strip() else Draft()
        if draft != self._drafts.get(self.row.id, Draft()):
            self._drafts[self.row.id] = draft
            self.draft_kept.emit(self.row.id, draft)

    def _send(self) -> None:
        if self.row is None:
            return
        # Kept until it is sent, which may fail as the app is closed.
        self.keep_draft()
        words = self.note_edit.toPlainText()
        self._sending = (self.row.id, words)
        # First: a button that can be pressed no more hands the keyboard on, and the next one is Delete.
        self.note_edit.setFocus()
        self._offer()
        self.note_wanted.emit(words, *self._at)


def _quote(line: ReadLine) -> str:
    return "" if line.evidence == line.text else line.evidence
