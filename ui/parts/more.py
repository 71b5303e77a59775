"""Rows of which there may be hundreds: a few at first, and more with every press."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui import text
from ui.look.theme import SPACE_1, set_role

FIRST = 12
"""Hours of talk have hundreds of lines, and a window that holds them all is slow at everything."""
MOST = 150
"""With one press: they come without a stall."""


class More(QWidget):
    """The first rows of ``makers``, which make them when they are to be seen; a button below asks for more.

    ``row_made(widget)`` tells of each, ``more_shown(count)`` how many are there after a press.
    """

    row_made = Signal(object)
    more_shown = Signal(int)

    def __init__(
        self,
        makers: Sequence[Callable[[], QWidget]],
        spacing: int = SPACE_1,
        of: tuple[str, str] = ("line", "lines"),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rest = list(makers)
        self._worth: int | None = None
        self._of = of
        self.rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing)
        self.button = QPushButton()
        set_role(self.button, "quiet")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._show_more)
        self._column.addWidget(self.button)
        self._name_button()

    def show_rows(self, count: int = FIRST) -> None:
        """At least so many in all, as far as there are so many."""
        added = self._rest[: max(0, count - len(self.rows))]
        del self._rest[: len(added)]
        for make in added:
            row = make()
            self.rows.append(row)
            self._column.insertWidget(self._column.count() - 1, row)
            self.row_made.emit(row)
        self._name_button()

    def offer_only(self, count: int) -> None:
        """Of the rows still to come no more than so many are to be seen; for none there is no button."""
        self._worth = count
        self._name_button()

    def _name_button(self) -> None:
        left = len(self._rest) if self._worth is None else min(self._worth, len(self._rest))
        self.button.setText(f"Show more ({text.count_text(left, *self._of)} left)" if left else "")
        self.button.setVisible(bool(left))

    def _show_more(self) -> None:
        """As many more as are there: hundreds take few presses."""
        before = len(self.rows)
        self.show_rows(before + min(max(before, FIRST), MOST))
        # Whoever goes by keyboard is at the first line that came.
        self.rows[before].setFocus()
        self.more_shown.emit(len(self.rows))
