"""The list with rows of different heights: where rows stand, and how it is moved through."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from coach.events import Move, MovesFound, Turn
from tests.fakes import sample_call
from ui.live.model import TranscriptModel
from ui.live.rows import RowStack
from ui.live.view import TranscriptView

HEIGHTS = st.lists(st.integers(1, 90), max_size=12)
Key = Qt.Key
Hint = QAbstractItemView.ScrollHint


@given(HEIGHTS, st.lists(st.tuples(st.booleans(), st.integers(0, 40), st.integers(1, 90)), max_size=20))
@settings(max_examples=60)
def test_rows_stand_one_under_the_other(heights: list[int], changes: list[tuple[bool, int, int]]) -> None:
    """Whatever was inserted and changed, tops are the sum of what is above, and each pixel has its row."""
    rows = RowStack(heights)
    for insert, place, height in changes:
        if insert:
            row = place % (len(heights) + 1)
            heights.insert(row, height)
            rows.insert(row, height)
        elif heights:
            row = place % len(heights)
            assert rows.change(row, height) is (heights[row] != height)
            heights[row] = height
        rows.at(rows.total // 2)  # so that some tops are known before the next change, and some are not
    assert len(rows) == len(heights)
    assert [rows.top(row) for row in range(len(rows))] == [sum(heights[:row]) for row in range(len(heights))]
    owners = [row for row, height in enumerate(heights) for _pixel in range(height)]
    assert [rows.at(y) for y in range(rows.total)] == owners
    assert rows.at(-1) is None
    assert rows.at(rows.total) is None


def test_a_stretch_takes_in_the_rows_it_touches() -> None:
    """A stretch that ends where a row begins does not touch that row."""
    rows = RowStack([10, 20, 30])
    assert list(rows.between(0, 10)) == [0]
    assert list(rows.between(9, 31)) == [0, 1, 2]
    assert list(rows.between(-50, 999)) == [0, 1, 2]
    assert list(rows.between(60, 90)) == []
    assert list(RowStack().between(0, 10)) == []


def turn(index: int) -> Turn:
    return Turn(
        index, f"Turn {index}: " + "some words that wrap over lines " * (index % 4 + 1), index * 5.0, 0.0
    )


class PaintedView(TranscriptView):
    """Remembers what it was told to paint."""

    painted: list[tuple[int, int]]

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted.append((event.rect().top(), event.rect().bottom()))
        super().paintEvent(event)


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> PaintedView:
    model = TranscriptModel()
    model.begin(sample_call.header())
    PaintedView.painted = []
    made = PaintedView(model, live=True)
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    qtbot.waitUntil(lambda: bool(made.painted))
    for index in range(30):
        model.close_turn(turn(index))
    return made


def test_rows_join_without_gap_or_overlap(view: PaintedView) -> None:
    """Each row begins where the one above ends, and is found under its own points."""
    model = view.transcript
    for row in range(1, model.rowCount()):
        above, here = view.visualRect(model.index(row - 1)), view.visualRect(model.index(row))
        assert above.bottom() + 1 == here.top()
        assert view.indexAt(here.center()).row() == row
    assert not view.indexAt(QPoint(5, 10_000)).isValid()


def test_a_row_that_grows_moves_what_is_below_it(view: PaintedView) -> None:
    """Marks found later make room for themselves."""
    model = view.transcript
    before = [view.visualRect(model.index(row)).height() for row in (3, 4, 5)]
    model.mark_moves(MovesFound(4, (Move("blaming", 0.9, (0, 4)),)))
    after = [view.visualRect(model.index(row)).height() for row in (3, 4, 5)]
    assert (after[0], after[2]) == (before[0], before[2])
    assert after[1] > before[1]
    assert view.visualRect(model.index(5)).top() == view.visualRect(model.index(4)).bottom() + 1


def test_following_paints_the_whole_page_anew(view: PaintedView, qtbot: QtBot) -> None:
    """When the last row grows, every row on the page moves up: none may stay where it was painted."""
    page = view.viewport().rect()
    qtbot.waitUntil(lambda: (page.top(), page.bottom()) in view.painted)
    view.painted.clear()
    view.transcript.mark_moves(MovesFound(29, (Move("blaming", 0.9, (0, 4)),)))
    qtbot.waitUntil(lambda: bool(view.painted))
    assert view.painted == [(page.top(), page.bottom())]


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        (Key.Key_Down, 5, 6),
        (Key.Key_Up, 5, 4),
        (Key.Key_Up, 0, 0),
        (Key.Key_Down, 29, 29),
        (Key.Key_Home, 12, 0),
        (Key.Key_End, 12, 29),
    ],
)
def test_keys_move_from_turn_to_turn(view: PaintedView, key: Key, start: int, end: int) -> None:
    """The transcript can be read without a mouse, and the row reached is in sight."""
    view.setCurrentIndex(view.transcript.index(start))
    QTest.keyClick(view, key)
    assert view.currentIndex().row() == end
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())


def test_page_keys_go_a_page_and_stop_at_the_ends(view: PaintedView) -> None:
    """Down pages end at the last turn, up pages at the first; none is longer than what is seen."""
    view.setCurrentIndex(view.transcript.index(0))
    seen = [0]
    while seen[-1] < 29 and len(seen) < 30:
        QTest.keyClick(view, Key.Key_PageDown)
        assert seen[-1] < view.currentIndex().row()
        seen.append(view.currentIndex().row())
    assert 3 < len(seen) < 30
    for _page in range(30):
        QTest.keyClick(view, Key.Key_PageUp)
    assert view.currentIndex().row() == 0


@pytest.mark.parametrize("hint", [Hint.EnsureVisible, Hint.PositionAtTop, Hint.PositionAtCenter])
def test_a_row_scrolled_to_is_wholly_seen(view: PaintedView, hint: Hint) -> None:
    """Whether it was above or below what is seen."""
    for row in (2, 27, 15):
        view.scrollTo(view.transcript.index(row), hint)
        assert view.viewport().rect().contains(view.visualRect(view.transcript.index(row)))


def test_a_drag_selects_the_rows_it_crosses(view: PaintedView) -> None:
    """Rows between press and release are selected, and the region tells where they are."""
    view.verticalScrollBar().setValue(0)
    first, last = (view.visualRect(view.transcript.index(row)) for row in (1, 3))
    viewport = view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=first.center())
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=first.center())
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, last.center())
    assert sorted(index.row() for index in view.selectedIndexes()) == [1, 2, 3]
    region = view.visualRegionForSelection(view.selectionModel().selection())
    assert region.boundingRect() == first.united(last).intersected(viewport.rect())


def test_another_width_lays_out_anew(view: PaintedView) -> None:
    """In a narrow window the same words take more lines."""
    before = view.verticalScrollBar().maximum()
    view.resize(260, 300)
    assert view.verticalScrollBar().maximum() > before


@pytest.fixture
def long_view(view: PaintedView) -> PaintedView:
    """More turns than are laid out at once."""
    for index in range(30, 400):
        view.transcript.close_turn(turn(index))
    view.verticalScrollBar().setValue(
        view.visualRect(view.transcript.index(200)).top() + view.verticalOffset()
    )
    return view


def heights(view: TranscriptView) -> list[int]:
    return [view.visualRect(view.transcript.index(row)).height() for row in range(view.transcript.rowCount())]


def rows_in_sight(view: TranscriptView) -> list[int]:
    page = view.viewport().rect()
    return [
        row
        for row in range(view.transcript.rowCount())
        if view.visualRect(view.transcript.index(row)).intersects(page)
    ]


def settled(view: TranscriptView, qtbot: QtBot) -> list[int]:
    """The heights once every row was laid out for the width."""
    true = [view.delegate.height_of(row) for row in range(view.transcript.rowCount())]
    qtbot.waitUntil(lambda: heights(view) == true)
    return true


def test_another_width_lays_out_what_is_in_sight_and_the_rest_by_and_by(
    long_view: PaintedView, qtbot: QtBot
) -> None:
    """A long call follows the edge of its window at once, and no row is left as it was."""
    long_view.resize(260, 300)
    laid_out = long_view.delegate.rows_laid_out
    assert 0 < laid_out < 60
    seen = rows_in_sight(long_view)
    assert [heights(long_view)[row] for row in seen] == [long_view.delegate.height_of(row) for row in seen]
    assert long_view.delegate.rows_laid_out == laid_out
    true = settled(long_view, qtbot)
    assert long_view.verticalScrollBar().maximum() == sum(true) - long_view.viewport().height()


def test_another_width_keeps_the_place(long_view: PaintedView, qtbot: QtBot) -> None:
    """The turn at the top stays there while those above it get higher."""
    assert rows_in_sight(long_view)[0] == 200
    long_view.resize(260, 300)
    assert rows_in_sight(long_view)[0] == 200
    settled(long_view, qtbot)
    assert rows_in_sight(long_view)[0] == 200


def test_another_width_keeps_the_end_in_sight(long_view: PaintedView, qtbot: QtBot) -> None:
    """Who follows the latest words still follows them, in a wider and in a narrower window."""
    long_view.jump_to_latest()
    for width in (260, 700):
        long_view.resize(width, 300)
        settled(long_view, qtbot)
        assert rows_in_sight(long_view)[-1] == 399
        assert long_view.following


@pytest.mark.parametrize("row", [0, 60, 399])
def test_a_row_that_waits_to_be_laid_out_is_found_all_the_same(long_view: PaintedView, row: int) -> None:
    """Going there at once after the width changed lays out what is in sight there."""
    long_view.resize(260, 300)
    index = long_view.transcript.index(row)
    long_view.scrollTo(index, Hint.PositionAtCenter)
    assert long_view.viewport().rect().contains(long_view.visualRect(index))
    seen = rows_in_sight(long_view)
    assert [heights(long_view)[one] for one in seen] == [long_view.delegate.height_of(one) for one in seen]


def test_turns_that_come_while_others_wait_are_laid_out_too(long_view: PaintedView, qtbot: QtBot) -> None:
    """A call may go on, and change, while its window gets another width."""
    long_view.resize(260, 300)
    long_view.transcript.close_turn(turn(400))
    long_view.transcript.mark_moves(MovesFound(3, (Move("blaming", 0.9, (0, 4)),)))
    assert len(settled(long_view, qtbot)) == 401


def test_a_bar_with_nothing_to_scroll_offers_nothing(view: PaintedView) -> None:
    """Its handle is not drawn then, and its width stays reserved."""
    width = view.viewport().width()
    assert view.verticalScrollBar().isEnabled()
    view.transcript.begin(sample_call.header())
    view.transcript.close_turn(turn(0))
    view.updateGeometries()
    assert not view.verticalScrollBar().isEnabled()
    assert view.viewport().width() == width


def test_a_screen_reader_hears_a_list_of_turns(view: PaintedView) -> None:
    """Rows are children with names, as in any list."""
    heard = QAccessible.queryAccessibleInterface(view)
    assert heard is not None
    assert heard.role() is QAccessible.Role.List
    assert heard.childCount() == 30
    assert "You said: Turn 7" in heard.child(7).text(QAccessible.Text.Name)
