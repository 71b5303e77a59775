"""Widgets that stand in one line where there is room, and in several where there is not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.parts.flow import Flow

WIDTHS = (100, 40, 60)
HIGH, GAP = 20, 10


def parts() -> list[QLabel]:
    made = [QLabel() for _width in WIDTHS]
    for label, width in zip(made, WIDTHS, strict=True):
        label.setFixedSize(width, HIGH)
    return made


@pytest.mark.parametrize(("width", "places"), [
    (220, [(0, 0), (110, 0), (160, 0)]),
    (219, [(0, 0), (110, 0), (0, 30)]),
    (149, [(0, 0), (0, 30), (50, 30)]),
    (100, [(0, 0), (0, 30), (0, 60)]),
])  # fmt: skip
def test_a_new_line_begins_where_the_next_one_does_not_fit(
    qapp: QApplication, width: int, places: list[tuple[int, int]]
) -> None:
    """And it is as high as its lines."""
    root, labels = QWidget(), parts()
    flow = Flow(*labels, across=GAP, down=GAP)
    root.setLayout(flow)
    flow.setGeometry(QRect(0, 0, width, 200))
    assert [label.pos().toTuple() for label in labels] == places
    assert flow.heightForWidth(width) == places[-1][1] + HIGH
    root.deleteLater()


def test_it_wants_one_line_and_takes_one_widget(qapp: QApplication) -> None:
    """No page gets wider by it than its widest widget."""
    root, flow = QWidget(), Flow(*parts(), across=GAP)
    root.setLayout(flow)
    assert flow.sizeHint().toTuple() == (220, HIGH)
    assert flow.minimumSize().toTuple() == (100, HIGH)
    root.deleteLater()


def test_what_is_hidden_takes_no_room(qapp: QApplication) -> None:
    """The others close up."""
    root, labels = QWidget(), parts()
    flow = Flow(*labels, across=GAP)
    root.setLayout(flow)
    labels[0].hide()
    flow.setGeometry(QRect(0, 0, 220, 50))
    assert [label.x() for label in labels[1:]] == [0, 50]
    assert flow.minimumSize().width() == 60
    root.deleteLater()


def test_even_ones_stand_in_columns(qtbot: QtBot) -> None:
    """As many as there is room for, under one another, and the card below them grows."""
    root = QWidget()
    qtbot.addWidget(root)
    buttons = [QPushButton(words) for words in ("Opposing", "A long name", "Blaming", "Selling")]
    column = QVBoxLayout(root)
    column.addLayout(Flow(*buttons, even=True))
    root.show()
    width = max(button.sizeHint().width() for button in buttons)
    root.resize(2 * width + 60, 300)
    qtbot.waitUntil(lambda: buttons[2].x() == buttons[0].x())
    assert buttons[3].pos().x() == buttons[1].x()
    assert buttons[2].y() == buttons[3].y() > buttons[0].y()
    assert {button.width() for button in buttons} == {width}
