"""Two panes that go one above the other where there is no room for both side by side."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.parts.two_panes import STACKED_BELOW_PX, TwoPanes

LEAST_PX = 180


@pytest.fixture
def panes(qtbot: QtBot) -> Iterator[TwoPanes]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    made = TwoPanes(
        QWidget(), QWidget(), widths=(300, 500), shares=(0, 1), least_height_px=LEAST_PX, parent=window
    )
    made.resize(820, 400)
    made.show()
    yield made
    window.close()


def test_side_by_side_the_first_keeps_its_width(panes: TwoPanes) -> None:
    before = panes.sizes()[0]
    panes.resize(1200, 400)
    assert not panes.stacked
    assert panes.sizes()[0] == before
    assert panes.minimumHeight() == LEAST_PX


def test_one_above_the_other_where_it_is_narrow(panes: TwoPanes) -> None:
    panes.resize(STACKED_BELOW_PX - 1, 400)
    assert panes.stacked
    assert panes.widget(0).width() == panes.widget(1).width() == panes.width()
    assert min(panes.sizes()) >= LEAST_PX
    assert panes.minimumHeight() == 2 * LEAST_PX + panes.handleWidth()


def test_the_widths_come_back_with_the_room(panes: TwoPanes) -> None:
    panes.setSizes([420, 384])
    dragged = panes.sizes()
    panes.resize(STACKED_BELOW_PX - 1, 400)
    panes.resize(820, 400)
    assert not panes.stacked
    assert panes.sizes() == dragged
    assert panes.minimumHeight() == LEAST_PX
    assert panes.widget(0).minimumHeight() == 0


def test_who_begins_narrow_gets_the_first_widths_once_there_is_room(qtbot: QtBot) -> None:
    """Nobody chose the widths that a pane happens to have before it was ever shown beside the other."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    made = TwoPanes(
        QWidget(), QWidget(), widths=(300, 500), shares=(0, 1), least_height_px=LEAST_PX, parent=window
    )
    made.resize(STACKED_BELOW_PX - 1, 400)
    made.show()
    assert made.stacked
    made.resize(300 + 500 + made.handleWidth(), 400)
    assert made.sizes() == [300, 500]
