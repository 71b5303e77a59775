"""The room Team: whom its filter lists, and what it says of files that are opened by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coach.sharing.trends import by_week
from coach.values.shares import InboxRow, ReadFigures, ReadShare, Wanted
from tests.ui.test_sharing import Pair, app_of, close, settle
from tests.unit.sharing.share_parts import two
from ui.supervisor.trend import TrendView
from ui.window.main_window import TEAM


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    agent, reader, folder = two(tmp_path)
    yield agent, reader, folder
    agent.store.close()
    reader.store.close()


def test_the_person_chosen_stays_chosen_and_everybody_comes_back(pair: Pair, qtbot: QtBot) -> None:
    """The filter says whose summaries are listed, and an empty list says which filter to widen."""
    agent, reader, _folder = pair
    agent.sharing.share("c1")
    reader.sharing.look()
    app = app_of(reader, qtbot)
    page = app.window.team
    app.window.go_to(TEAM)
    settle(app, qtbot)
    page.person_box.setCurrentIndex(1)
    settle(app, qtbot)
    assert page.person_box.currentIndex() == 1
    page.move_box.setCurrentIndex(page.move_box.findData("selling"))
    settle(app, qtbot)
    assert page.status_label.text() == "Nothing found. Try a wider filter."
    page.move_box.setCurrentIndex(0)
    settle(app, qtbot)
    assert page.wanted(dt.date(2026, 11, 27)).person is not None
    page.person_box.setCurrentIndex(0)
    settle(app, qtbot)
    assert page.wanted(dt.date(2026, 11, 27)) == Wanted()
    close(app, qtbot)


def test_of_several_files_each_that_cannot_be_opened_is_named(
    pair: Pair, qtbot: QtBot, tmp_path: Path
) -> None:
    """Two broken files in one choice are two messages; the good one beside them is taken in."""
    agent, reader, _folder = pair
    good, noise, empty = (tmp_path / f"{name}.sameside" for name in ("good", "noise", "empty"))
    agent.sharing.export("c1", (), good)
    noise.write_bytes(b"no summary")
    empty.write_bytes(b"")
    app = app_of(reader, qtbot)
    app.team.take_in([str(path) for path in (noise, good, empty)])
    settle(app, qtbot)
    told = [banner.message_label.text() for banner in app.window.banners.banners]
    assert [words.split(":")[0] for words in told] == ["empty.sameside", "noise.sameside"]
    assert len(reader.sharing.inbox()) == 1
    close(app, qtbot)


def test_a_trend_says_what_was_counted_by_hand(qtbot: QtBot) -> None:
    """Five people in one week: 1,200 words, 9 fair flags of which 6 repaired, 12 repairs, 3 of 4 kept."""
    calls = (
        # words, flags, repaired, contested, repairs, settled, kept
        (400, 4, 3, 1, 5, 2, 1),
        (300, 3, 2, 0, 3, 1, 1),
        (200, 3, 1, 0, 2, 1, 1),
        (100, 0, 0, 0, 1, 0, 0),
        (200, 1, 1, 1, 1, 0, 0),
    )
    started = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
    rows = []
    for number, (words, flags, repaired, contested, repairs, settled, kept) in enumerate(calls):
        figures = ReadFigures(60.0, words, 120.0, flags, repaired, contested, repairs, settled, kept)
        share = ReadShare("A call", started, 60.0, "", "", figures, (), ())
        key = bytes([number]) * 32
        rows.append(InboxRow(number, key, f"s{number}", f"Person {number}", "/", True, False, share))
    view = TrendView()
    qtbot.addWidget(view)
    view.show_trend(by_week(rows))
    table = [view.table.item(0, column).text() for column in range(view.table.columnCount())]
    assert table[1:] == ["5", "7.5", "10.0", "67 %", "75 %"]
    view.show_trend(by_week(rows[1:]))
    assert view.table.rowCount() == 0
    assert "1 week has calls of too few people" in view.hidden_label.text()
