"""One commitment with all that can be done about it, beside the list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coach.commitments.lifecycle import allowed, current
from coach.events import Answer, Owner
from coach.values.follow_up import Followed, Overview, Step, StepKind
from ui import text
from ui.commitments.model import Entry
from ui.commitments.words import STATES, action_text, due_text, history
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, Theme, icon, set_role
from ui.look.themed import empty, follow_theme
from ui.parts.label import Label
from ui.parts.link_row import LinkRow

SNOOZES = (("In a quarter of an hour", 15), ("In an hour", 60), ("In three hours", 180), ("In a day", 1440))
"""What may be asked for, in minutes."""
NAME_IT, RENAME_IT = "Name the customer…", "Another name…"


class DetailPane(QFrame):
    """``show_entry`` fills it. It asks by signals, each about the commitment that is shown."""

    step_wanted = Signal(object)
    """A ``StepKind`` that needs no more words: kept or not kept."""
    change_wanted = Signal(object)
    """A ``StepKind`` with a new time or new words: re-agreed or edited."""
    answer_wanted = Signal(object)
    """An ``Answer``: confirmed, dropped, or open again."""
    undo_wanted = Signal(int, bool)
    """The id of a step, and whether it is to count for nothing."""
    snooze_wanted = Signal(int)
    open_wanted = Signal()
    brief_wanted = Signal()
    name_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.followed: Followed | None = None
        self.title_label, self.when_label, self.state_label = (
            _words("title"),
            _words("strong"),
            _words("muted"),
        )
        self.clash_label = _words("flag")
        self.about_label, self.about_button = _words("muted"), QPushButton(NAME_IT)
        self.about_button.clicked.connect(self.name_wanted)
        self.hint_label = _words("muted", "Choose a commitment to see its words and what became of it.")
        self._make_buttons()
        self._lay_out()
        follow_theme(self, self._restyle)
        self._inside.hide()

    def _make_buttons(self) -> None:
        self.kept_button, self.again_button = QPushButton("&Kept"), QPushButton("&Re-agree…")
        self.broken_button, self.edit_button = QPushButton("Not k&ept"), QPushButton("E&dit…")
        self.confirm_button, self.drop_button = QPushButton(text.CONFIRM), QPushButton(text.DROP)
        self.back_button, self.brief_button = (
            QPushButton("&Bring back"),
            QPushButton("&Brief…"),
        )
        self.snooze_button = QPushButton("Remind &me")
        set_role(self.kept_button, "primary")
        self.snooze_menu = QMenu(self.snooze_button)
        for words, minutes in SNOOZES:
            action = self.snooze_menu.addAction(words)
            action.triggered.connect(lambda _on=False, after=minutes: self.snooze_wanted.emit(after))
        self.snooze_button.setMenu(self.snooze_menu)
        self.again_button.setToolTip("Another time was agreed with the customer")
        self.edit_button.setToolTip("Mend its words or its time; the exact words of the call stay")
        self.drop_button.setToolTip(text.DROP_TIP)
        self.brief_button.setToolTip("What to know before the next contact")
        self.kept_button.clicked.connect(lambda: self.step_wanted.emit(StepKind.KEPT))
        self.broken_button.clicked.connect(lambda: self.step_wanted.emit(StepKind.BROKEN))
        self.again_button.clicked.connect(lambda: self.change_wanted.emit(StepKind.RE_AGREED))
        self.edit_button.clicked.connect(lambda: self.change_wanted.emit(StepKind.EDITED))
        self.confirm_button.clicked.connect(lambda: self.answer_wanted.emit(Answer.CONFIRMED))
        self.drop_button.clicked.connect(lambda: self.answer_wanted.emit(Answer.DROPPED))
        self.back_button.clicked.connect(lambda: self.answer_wanted.emit(Answer.OPEN))
        self.brief_button.clicked.connect(self.brief_wanted)

    def _lay_out(self) -> None:
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_1)
        column.addWidget(self.about_label)
        column.addWidget(self.title_label)
        column.addWidget(self.when_label)
        column.addWidget(self.state_label)
        column.addWidget(self.clash_label)
        self._quote = QVBoxLayout()
        column.addSpacing(SPACE_2)
        column.addLayout(self._quote)
        column.addSpacing(SPACE_3)
        column.addLayout(self._button_rows())
        column.addSpacing(SPACE_3)
        heading = _words("caption", "History")
        column.addWidget(heading)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(0)
        column.addLayout(self._steps)
        column.addStretch(1)
        self.scroll_area = QScrollArea()
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll_area.setAccessibleName("The commitment chosen")
        self.scroll_area.setWidget(self._inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_1, SPACE_1, SPACE_1, SPACE_1)
        self.hint_label.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        self.hint_label.setAlignment(Qt.AlignmentFlag.AlignTop)
        outer.addWidget(self.hint_label, 1)
        outer.addWidget(self.scroll_area, 1)
        self.scroll_area.hide()

    def _button_rows(self) -> QVBoxLayout:
        """What settles it first, then what keeps it going, then what mends it."""
        rows = QVBoxLayout()
        rows.setSpacing(SPACE_2)
        for small, buttons in (
            (False, (self.kept_button, self.again_button)),
            (False, (self.broken_button, self.snooze_button)),
            (False, (self.confirm_button,)),
            (True, (self.edit_button, self.drop_button, self.back_button)),
            (True, (self.brief_button, self.about_button)),
        ):
            row = QHBoxLayout()
            row.setSpacing(SPACE_2)
            if small:
                # Level with the words above, which have no ground of their own.
                row.setContentsMargins(-SPACE_2, 0, 0, 0)
            for button in buttons:
                button.setIconSize(QSize(18, 18))
                row.addWidget(button, 0 if small else 1)
                if small:
                    set_role(button, "small")
            if small:
                row.addStretch(1)
            rows.addLayout(row)
        return rows

    def show_entry(self, entry: Entry | None, overview: Overview | None) -> None:
        """What is chosen in the list; None where nothing is."""
        self.followed = entry.followed if entry is not None else None
        self.scroll_area.setVisible(entry is not None)
        self._inside.setVisible(entry is not None)
        self.hint_label.setVisible(entry is None)
        if entry is None or overview is None:
            return
        one = entry.followed
        self.title_label.setText(action_text(one))
        self.about_label.setText(one.about)
        self.about_label.setVisible(bool(one.about))
        self.about_button.setText(RENAME_IT if one.about else NAME_IT)
        self.about_button.setToolTip("Whom or what the call was about: change it for the whole call")
        self.when_label.setText(due_text(one, overview.now.date()))
        self.state_label.setText(_state_words(entry))
        self._show_clash(one, overview)
        empty(self._quote)
        quote = LinkRow(f"“{one.heard.evidence}”", one.title, "", one.heard.start_s, inset=0)
        quote.setToolTip("Open the call at this second (Enter)")
        quote.clicked.connect(self.open_wanted)
        self._quote.addWidget(quote)
        self._show_history(one)
        self._offer(entry)

    def _show_clash(self, one: Followed, overview: Overview) -> None:
        other = overview.clashes.get(one.key)
        found = next((each for each in overview.all if each.key == other), None)
        self.clash_label.setVisible(found is not None)
        if found is not None:
            when = due_text(found, overview.now.date())
            self.clash_label.setText(f"Promised otherwise too: {action_text(found)}, {when}")

    def _show_history(self, one: Followed) -> None:
        empty(self._steps)
        for line, done in history(one):
            row = QWidget()
            place = QHBoxLayout(row)
            place.setContentsMargins(0, 0, 0, 0)
            place.setSpacing(SPACE_2)
            place.addWidget(_words("muted", line), 1)
            if done is not None:
                place.addWidget(self._take_back_button(done, line))
            self._steps.addWidget(row)

    def _take_back_button(self, done: Step | Answer, line: str) -> QPushButton:
        button = QPushButton("Take back")
        set_role(button, "small")
        button.setAccessibleDescription(line)
        if isinstance(done, Answer):
            button.clicked.connect(lambda: self.answer_wanted.emit(Answer.OPEN))
        else:
            button.setText("Do again" if done.undone else "Take back")
            button.clicked.connect(lambda: self.undo_wanted.emit(done.id, not done.undone))
        return button

    def _offer(self, entry: Entry) -> None:
        """Only what makes sense for a commitment that stands so."""
        one, possible = entry.followed, allowed(entry.state)
        mine = one.heard.owner is not Owner.CUSTOMER
        live = not one.dropped
        for button, shown in (
            (self.kept_button, live and StepKind.KEPT in possible),
            (self.again_button, live and StepKind.RE_AGREED in possible),
            (self.broken_button, live and StepKind.BROKEN in possible),
            (self.edit_button, live),
            (self.snooze_button, live and mine and StepKind.KEPT in possible),
            (self.drop_button, live and StepKind.KEPT in possible),
            (self.confirm_button, live and mine and one.heard.answer is Answer.OPEN and not one.steps),
            (self.back_button, one.dropped),
            (self.brief_button, bool(one.about)),
        ):
            button.setVisible(shown)

    def _restyle(self, theme: Theme) -> None:
        colours = theme.colours
        for button, name, tint in (
            (self.kept_button, "check", colours.on_accent),
            (self.again_button, "another", colours.text),
            (self.drop_button, "close", colours.text_muted),
            (self.confirm_button, "check", colours.repaired),
            (self.brief_button, "calls", colours.text),
            (self.back_button, "back", colours.text),
        ):
            button.setIcon(icon(name, tint))


def _words(role: str, words: str = "") -> QLabel:
    label = Label(words)
    label.setWordWrap(True)
    set_role(label, role)
    return label


def _state_words(entry: Entry) -> str:
    one = entry.followed
    parts = ["Left out" if one.dropped else STATES[entry.state], text.OWNERS[one.heard.owner]]
    if one.heard.due_text and current(one).due == one.heard.due and one.heard.due is not None:
        parts.append(f"“{one.heard.due_text}”")
    if current(one).conditional:
        parts.append("on a condition")
    return " · ".join(parts)
