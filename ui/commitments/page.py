"""The room of commitments: what is to be kept, what was kept, and what can be done about each."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coach.values.follow_up import ExportFormat, Followed, Key, Overview, State
from ui import text
from ui.commitments.delegate import CommitmentDelegate
from ui.commitments.detail import DetailPane
from ui.commitments.empty import EmptyRoom
from ui.commitments.model import CommitmentsModel
from ui.commitments.plot import KeptCard
from ui.commitments.words import BY_CUSTOMER, BY_TIME, TO_KEEP, VIEWS, groups, in_view, matching
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, Theme, icon, set_role
from ui.look.themed import follow_theme
from ui.parts.label import Label
from ui.parts.row_list import RowList
from ui.parts.search_field import SearchField
from ui.parts.two_panes import TwoPanes

FORMATS: dict[ExportFormat, str] = {
    "ics": "For a calendar (.ics)…",
    "csv": "As a table (.csv)…",
    "text": "As text…",
}


_ROOM_FOR_PLOT_PX = 520
_ROOMY_PX, _LEAST_HEIGHT_PX = 620, 200


class CommitmentsPage(QWidget):
    """``show_overview`` fills it; it filters and groups by itself. What is to be done it asks by signals."""

    export_wanted = Signal(str)
    copy_wanted = Signal()
    pressing_changed = Signal(int)
    """How many are past their time or due today."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.overview: Overview | None = None
        self.view = TO_KEEP
        self.model = CommitmentsModel(self)
        self.list = RowList("Commitments", self.model, CommitmentDelegate)
        self.detail, self.kept = DetailPane(), KeptCard()
        self.empty = EmptyRoom()
        self.search = SearchField("Search")
        self.search.setAccessibleName("Search commitments")
        self.order_box = QComboBox()
        self.order_box.setAccessibleName("Order")
        for words, by in (("By time", BY_TIME), ("By customer", BY_CUSTOMER)):
            self.order_box.addItem(words, by)
        self.count_label = Label()
        set_role(self.count_label, "muted")
        self.view_buttons: dict[str, QPushButton] = {}
        self._make_export()
        self._lay_out()
        self.search.textChanged.connect(self._fill)
        self.order_box.currentIndexChanged.connect(self._fill)
        self.list.selectionModel().selectionChanged.connect(self._show_chosen)
        self.list.activated.connect(self._activate)
        self.list.delete_pressed.connect(self._drop)
        follow_theme(self, self._restyle)

    def _make_export(self) -> None:
        self.export_button = QPushButton("Export")
        self.export_button.setIconSize(QSize(18, 18))
        menu = QMenu(self.export_button)
        for form, words in FORMATS.items():
            action = menu.addAction(words)
            action.triggered.connect(lambda _on=False, name=form: self.export_wanted.emit(name))
        menu.addSeparator()
        menu.addAction("Copy as text").triggered.connect(lambda _on=False: self.copy_wanted.emit())
        self.export_button.setMenu(menu)

    def _lay_out(self) -> None:
        title = Label("Commitments")
        set_role(title, "display")
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        top.addWidget(title)
        self.count_label.setContentsMargins(0, 0, 0, SPACE_1)
        top.addWidget(self.count_label, 0, Qt.AlignmentFlag.AlignBottom)
        top.addStretch(1)
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(280)
        top.addWidget(self.search, 3)
        top.addWidget(self.export_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addLayout(top)
        column.addLayout(self._choices())
        column.addWidget(self._body(), 1)

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_1)
        group = QButtonGroup(self)
        for view, words in VIEWS.items():
            button = QPushButton(words)
            button.setCheckable(True)
            set_role(button, "quiet")
            button.clicked.connect(lambda _on=False, name=view: self.choose_view(name))
            group.addButton(button)
            row.addWidget(button)
            self.view_buttons[view] = button
        self.view_buttons[TO_KEEP].setChecked(True)
        row.addStretch(1)
        row.addWidget(self.order_box)
        return row

    def _body(self) -> TwoPanes:
        card = QFrame()
        set_role(card, "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        inner.addWidget(self._stack)
        card.setMinimumWidth(210)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(self.detail, 1)
        column.addWidget(self.kept)
        side.setMinimumWidth(296)
        return TwoPanes(card, side, widths=(610, 400), shares=(3, 2), least_height_px=_LEAST_HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a low window what can be done is worth more than how it went.
        self.kept.setVisible(event.size().height() >= _ROOM_FOR_PLOT_PX)
        roomy = event.size().width() >= _ROOMY_PX
        self.count_label.setVisible(roomy)
        for button in self.view_buttons.values():
            set_role(button, "quiet" if roomy else "small")

    @property
    def chosen(self) -> Followed | None:
        """The commitment beside the list."""
        return self.detail.followed

    @property
    def shown(self) -> list[Followed]:
        """All that the list shows now, for an export."""
        entries = [self.model.entry_at(row) for row in range(self.model.rowCount())]
        return [entry.followed for entry in entries if entry is not None]

    @property
    def is_empty(self) -> bool:
        return self._stack.currentWidget() is self.empty

    def show_overview(self, overview: Overview) -> None:
        self.overview = overview
        for view, button in self.view_buttons.items():
            count = len(in_view(overview, view))
            button.setText(f"{VIEWS[view]}  {count}" if count else VIEWS[view])
        self.kept.show_weeks(overview.weeks)
        pressing = [
            one
            for one in in_view(overview, TO_KEEP)
            if overview.states[one.key] in (State.OVERDUE, State.DUE)
        ]
        self.pressing_changed.emit(len(pressing))
        with self.list.kept_in_place():
            self._fill()

    def choose_view(self, view: str) -> None:
        if view != self.view:
            self.list.setCurrentIndex(QModelIndex())
            self.detail.show_entry(None, None)
        self.view = view
        self.view_buttons[view].setChecked(True)
        self._fill()

    def choose(self, key: Key) -> bool:
        """Show one commitment in whatever view it stands; false where it is nowhere."""
        if self.overview is None:
            return False
        for view in (self.view, *VIEWS):
            if any(one.key == key for one in in_view(self.overview, view)):
                self.search.clear()
                self.choose_view(view)
                row = self.model.row_of(key)
                if row is not None:
                    self._select(row)
                return True
        return False

    def _fill(self) -> None:
        """The selection stays on the same commitment, or goes to what took its place."""
        if self.overview is None:
            return
        before, row = self.chosen, self.list.currentIndex().row()
        query = self.search.text()
        every = matching(in_view(self.overview, self.view), query)
        by = str(self.order_box.currentData())
        self.model.show(self.overview, groups(every, self.overview, self.view, by))
        self.count_label.setText(text.count_text(len(every), "commitment", "commitments") if every else "")
        self.empty.explain(self.view, query)
        self._stack.setCurrentWidget(self.list if every else self.empty)
        self.export_button.setEnabled(bool(every))
        kept = self.model.row_of(before.key) if before is not None else None
        place = kept if kept is not None else self.model.nearest_entry(max(row, 0))
        if place is None:
            self._show_chosen()
        else:
            self._select(place)

    def _select(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row))
        self._show_chosen()

    def _show_chosen(self) -> None:
        rows = self.list.selectionModel().selectedRows()
        entry = self.model.entry_at(rows[0].row()) if rows else None
        self.detail.show_entry(entry, self.overview)

    def _activate(self) -> None:
        if self.chosen is not None:
            self.detail.open_wanted.emit()

    def _drop(self) -> None:
        if self.chosen is not None and not self.chosen.dropped:
            self.detail.drop_button.click()

    def _restyle(self, theme: Theme) -> None:
        self.export_button.setIcon(icon("export", theme.colours.text))
        self.list.viewport().update()
