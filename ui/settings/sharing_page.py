"""Sharing: one's own key, the people one knows, where to share, and reading what others share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coach.settings import SharingSettings
from coach.sharing.folder import mount_of
from coach.values.shares import Known, Me
from ui import text
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, set_role
from ui.look.themed import empty
from ui.settings.parts import INDENT, SettingsPage, button_row, explained, labelled, laid_down, wrapped

_KEY = "What you share is signed with it, so that others know it is from you. It never leaves this machine."
_PEOPLE = (
    "Paste the line that somebody gave you, then compare the words with them, aloud. Only then can they "
    "read what you share, or you what they share."
)
_COPY = "Copy the line for others"
_RETIRED = "No longer uses this key. Ask for the new line, and paste it below."
_SOUND = "Only where you say so, each time. Without it, none is taken in with what others share either."
_WHERE = "A folder that you and your readers reach, such as a network share. Answers come back in it."


class SharingPage(SettingsPage):
    """Asks by signals; ``changed`` when a choice was put into the settings."""

    key_wanted = Signal(str)
    replace_wanted = Signal()
    card_pasted = Signal(str)
    add_wanted = Signal(object)
    remove_wanted = Signal(object)
    changed = Signal()

    def __init__(self, settings: SharingSettings, parent: QWidget | None = None) -> None:
        super().__init__("Sharing", parent)
        self._settings = settings
        self._found: Known | None = None
        self._before: Known | None = None
        self._removed: Known | None = None
        self._fields: list[QWidget] = []
        """What can be chosen and pressed of the people one knows."""
        self._add_key()
        self._add_people()
        self._add_where()
        self._add_reading()
        self.problem_label = wrapped("", "danger")
        self.problem_label.hide()
        self.column.insertWidget(1, self.problem_label)
        self.show_me(None)

    def _add_key(self) -> None:
        card = self.add_card("Your key", _KEY)
        self.name_edit = QLineEdit()
        self.name_edit.setPlaceholderText("Your name")
        self.name_edit.setMaxLength(80)
        self.make_button = QPushButton("Make my key")
        self.make_button.clicked.connect(lambda: self.key_wanted.emit(self.name_edit.text()))
        self.name_edit.returnPressed.connect(self.make_button.click)
        self._making = QFrame()
        row = QHBoxLayout(self._making)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        self.name_edit.setAccessibleName("Your name")
        row.addWidget(self.name_edit, 1)
        row.addWidget(self.make_button)
        self.me_label, self.keywords_label = wrapped("", "strong"), wrapped("", "")
        self.digits_label = wrapped("", "caption")
        self.copy_button = QPushButton(_COPY)
        self.copy_button.clicked.connect(self._copy)
        card.addWidget(self._making)
        card.addWidget(self.me_label)
        card.addWidget(self.keywords_label)
        card.addWidget(self.digits_label)
        self.replace_button = QPushButton("Replace my key…")
        self.replace_button.setToolTip("When somebody else may have it, or this machine is given away")
        self.replace_button.clicked.connect(self.replace_wanted)
        card.addLayout(button_row(self.copy_button, self.replace_button))

    def _add_people(self) -> None:
        card = self.add_card("People you know", _PEOPLE)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE_3)
        card.addLayout(self._rows)
        self.undo_button = QPushButton(text.UNDO)
        self.undo_button.clicked.connect(self._undo)
        self.removed_label = wrapped("", "muted")
        self._undoing = QFrame()
        row = QHBoxLayout(self._undoing)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.removed_label, 1)
        row.addWidget(self.undo_button)
        self._undoing.hide()
        card.addWidget(self._undoing)
        self.card_edit = QLineEdit()
        self.card_edit.setPlaceholderText("sameside1:…")
        self.card_edit.setAccessibleName("The line somebody gave you")
        self.card_edit.textChanged.connect(self._paste)
        card.addWidget(self.card_edit)
        self.card_problem = wrapped("", "danger")
        self.card_problem.hide()
        card.addWidget(self.card_problem)
        self._adding = QFrame()
        set_role(self._adding, "sunken")
        column = QVBoxLayout(self._adding)
        self.found_label, self.found_digits = wrapped("", "strong"), wrapped("", "caption")
        self.found_edit = QLineEdit()
        self.found_edit.setMaxLength(80)
        self.add_button = QPushButton("The words are the same: add")
        self.add_button.clicked.connect(self._add)
        column.addWidget(self.found_label)
        column.addWidget(self.found_digits)
        column.addLayout(labelled("&Name", self.found_edit))
        self.instead = QCheckBox("In the place of another key")
        self.instead_label = wrapped("", "muted")
        self.instead_label.setContentsMargins(INDENT, 0, 0, 0)
        column.addWidget(self.instead)
        column.addWidget(self.instead_label)
        column.addLayout(button_row(self.add_button))
        self._adding.hide()
        card.addWidget(self._adding)

    def _add_where(self) -> None:
        card = self.add_card("Where you share", _WHERE)
        self.folder_label = wrapped("", "strong")
        self.folder_button, self.no_folder_button = QPushButton("Choose…"), QPushButton("None")
        self.folder_button.setAccessibleName("Choose the folder you share in")
        self.no_folder_button.setAccessibleName("Share in no folder")
        self.folder_button.clicked.connect(lambda: self._ask_folder(self._choose_folder))
        self.no_folder_button.clicked.connect(lambda: self._choose_folder(""))
        card.addWidget(self.folder_label)
        card.addLayout(button_row(self.folder_button, self.no_folder_button))
        card.addWidget(laid_down(self._settings, "folder", self.folder_button, self.no_folder_button))
        self.seal = self._choice("&Encrypt it to those who may read it", "seal")
        card.addLayout(
            explained(self.seal, "Without it, everybody who reaches the folder can read what you share.")
        )
        card.addWidget(laid_down(self._settings, "seal", self.seal))
        self.sound = self._choice("Sound of recordings may &go along", "sound")
        card.addLayout(explained(self.sound, _SOUND))
        card.addWidget(laid_down(self._settings, "sound", self.sound))
        self.rule = QCheckBox("&Share every call once I leave its summary")
        self.rule.setChecked(self._settings.rule == "after-closing")
        self.rule.toggled.connect(lambda on: self._put("rule", "after-closing" if on else "by-hand"))
        card.addLayout(explained(self.rule, "You see it first, and have a minute to take it back."))
        card.addWidget(laid_down(self._settings, "rule", self.rule))
        self.count_alone = self._choice("My calls may be &counted alone", "count_alone")
        card.addLayout(
            explained(self.count_alone, "Else a trend counts them only among those of five people or more.")
        )
        card.addWidget(laid_down(self._settings, "count_alone", self.count_alone))
        self._show_folder()

    def _add_reading(self) -> None:
        card = self.add_card("Reading", "For whoever reads what others share. Nobody is scored or ranked.")
        self.team_room = self._choice("Show the room &Team", "team_room")
        card.addLayout(explained(self.team_room, "It holds what others shared with you."))
        card.addWidget(laid_down(self._settings, "team_room", self.team_room))
        self.tell_opened = self._choice("&Tell agents when I opened their summary", "tell_opened")
        card.addLayout(explained(self.tell_opened, "They see who opened what they shared."))
        card.addWidget(laid_down(self._settings, "tell_opened", self.tell_opened))
        self._folders = QVBoxLayout()
        self._folders.setSpacing(SPACE_2)
        card.addLayout(self._folders)
        self.watch_button = QPushButton("Add a folder…")
        self.watch_button.clicked.connect(lambda: self._ask_folder(self._watch))
        card.addLayout(button_row(self.watch_button))
        card.addWidget(laid_down(self._settings, "team_folders", self.watch_button))
        self._show_watched()

    def show_me(self, me: Me | None) -> None:
        self._me = me
        self._making.setVisible(me is None)
        shown = (self.me_label, self.keywords_label, self.digits_label, self.copy_button, self.replace_button)
        for widget in shown:
            widget.setVisible(me is not None)
        if me is not None:
            self.me_label.setText(me.name)
            self.keywords_label.setText(me.words)
            self.digits_label.setText(me.fingerprint)
            self.copy_button.setText(_COPY)

    def show_people(self, people: Sequence[Known]) -> None:
        focused = self.window().focusWidget()
        held = focused.accessibleName() if focused in self._fields else ""
        empty(self._rows)
        self._fields = []
        # Told once it is so, and offered until it is undone: either may fail, as on a full disk.
        gone = self._removed is not None and self._removed.key not in {one.key for one in people}
        self._undoing.setVisible(gone)
        for one in people:
            self._rows.addWidget(self._person(one))
        if not people:
            self._rows.addWidget(wrapped("Nobody yet.", "muted"))
        if held:
            # Where the keyboard was; a row that is gone leaves it to its Undo.
            there = (field for field in self._fields if field.accessibleName() == held)
            next_one = next(there, self.card_edit if self._undoing.isHidden() else self.undo_button)
            # Once it is shown, which a layout does a moment later.
            QTimer.singleShot(0, next_one, next_one.setFocus)

    def show_found(self, known: Known, before: Known | None = None) -> None:
        """Whose line was pasted, to be compared before they are added. ``before``: known by another key."""
        self._found, self._before = known, before
        self.instead.setVisible(before is not None)
        self.instead_label.setVisible(before is not None)
        if before is not None:
            self.instead_label.setText(f"The one {before.name} had until now.")
            self.instead.setAccessibleDescription(self.instead_label.text())
            # A first name alone may be somebody else's, who must not lose their key to a slip.
            self.instead.setChecked(before.retired or before.name.casefold() == known.name.casefold())
        self.show_card_problem("")
        self.found_label.setText(known.words)
        self.found_digits.setText(known.fingerprint)
        self.found_edit.setText(known.name)
        self._adding.show()
        self._bring_into_sight(self._adding)

    def show_added(self) -> None:
        self._found = None
        self._adding.hide()
        self.card_edit.clear()

    def show_problem(self, message: str) -> None:
        self.problem_label.setText(message)
        self.problem_label.setAccessibleName(message)
        self.problem_label.setVisible(bool(message))

    def show_card_problem(self, message: str) -> None:
        """Beside the line that was pasted: below many people the top of the page is out of sight."""
        self.card_problem.setText(message)
        self.card_problem.setAccessibleName(message)
        self.card_problem.setVisible(bool(message))
        if message:
            self._bring_into_sight(self.card_problem)

    def _bring_into_sight(self, shown: QWidget) -> None:
        """Once it has its place, which the layouts give it a moment later."""

        def bring() -> None:
            above = self.parentWidget()
            while above is not None and not isinstance(above, QScrollArea):
                above = above.parentWidget()
            if above is not None:
                above.ensureWidgetVisible(shown)

        QTimer.singleShot(0, shown, bring)

    def _person(self, one: Known) -> QFrame:
        frame = QFrame()
        column = QVBoxLayout()
        column.setSpacing(SPACE_1)
        column.addWidget(wrapped(one.name, "strong"))
        column.addWidget(wrapped(one.words, "muted"))
        column.addWidget(wrapped(one.fingerprint, "caption"))
        if one.retired:
            column.addWidget(wrapped(_RETIRED, "muted"))
        else:
            reads = QCheckBox("May read what I share")
            reads.setAccessibleName(f"{one.name} may read what I share")
            reads.setChecked(one.reads)
            reads.toggled.connect(lambda on: self.add_wanted.emit(replace(one, reads=on)))
            column.addWidget(reads)
            self._fields.append(reads)
        remove = QPushButton("Remove")
        set_role(remove, "small")
        remove.setAccessibleName(f"Remove {one.name}")
        remove.clicked.connect(partial(self._remove, one))
        self._fields.append(remove)
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(column, 1)
        row.addWidget(remove)
        return frame

    def _remove(self, one: Known) -> None:
        self._removed = one
        self.removed_label.setText(f"{one.name} was removed.")
        self.undo_button.setAccessibleName(f"{text.UNDO}: {one.name} was removed")
        self.remove_wanted.emit(one)

    def _undo(self) -> None:
        self.add_wanted.emit(self._removed)

    def _paste(self, line: str) -> None:
        self._adding.hide()
        self.show_problem("")
        self.show_card_problem("")
        if line.strip():
            self.card_pasted.emit(line)

    def _add(self) -> None:
        if self._found is not None:
            name = " ".join(self.found_edit.text().split()) or self._found.name
            before = self._before if self.instead.isChecked() else None
            reads = not self._settings.team_room if before is None else before.reads or before.retired
            self.add_wanted.emit(replace(self._found, name=name, reads=reads))
            if before is not None and not before.retired:
                self.add_wanted.emit(replace(before, reads=False, retired=True))
            self.show_added()

    def _copy(self) -> None:
        if self._me is not None:
            QGuiApplication.clipboard().setText(self._me.card)
            self.copy_button.setText("Copied")

    def _choice(self, words: str, name: str) -> QCheckBox:
        box = QCheckBox(words)
        box.setChecked(getattr(self._settings, name))
        box.toggled.connect(lambda on: self._put(name, on))
        return box

    def _put(self, name: str, value: object) -> None:
        setattr(self._settings, name, value)
        self.changed.emit()

    def _ask_folder(self, then: Callable[[str], None]) -> None:
        dialog = QFileDialog(self, "Choose a folder", self._settings.folder or str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose_folder(self, folder: str) -> None:
        if not self._settings.is_laid_down("mount"):
            self._settings.mount = mount_of(Path(folder)) if folder else ""
        self._put("folder", folder)
        self._show_folder()

    def _show_folder(self) -> None:
        self.folder_label.setText(self._settings.folder or "No folder: you share by files only.")
        self.no_folder_button.setVisible(bool(self._settings.folder))

    def _watch(self, folder: str) -> None:
        if folder not in self._settings.team_folders:
            self._put("team_folders", [*self._settings.team_folders, folder])
            self._show_watched()

    def _unwatch(self, folder: str) -> None:
        self._put("team_folders", [one for one in self._settings.team_folders if one != folder])
        self._show_watched()

    def _show_watched(self) -> None:
        empty(self._folders)
        for folder in self._settings.team_folders:
            frame, button = QFrame(), QPushButton("Remove")
            set_role(button, "small")
            button.setAccessibleName(f"No longer read in {folder}")
            button.setEnabled(not self._settings.is_laid_down("team_folders"))
            button.clicked.connect(partial(self._unwatch, folder))
            row = QHBoxLayout(frame)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(wrapped(folder, ""), 1)
            row.addWidget(button)
            self._folders.addWidget(frame)
