"""The room Team: whom its filter lists, and what it says of files that are opened by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coach.errors import KnownError
from coach.sharing.trends import by_week
from coach.values.hits import BEGINS, ENDS
from coach.values.shares import (
    InboxRow,
    Note,
    ReadFigures,
    ReadLine,
    ReadSection,
    ReadShare,
    ReadTurn,
    Wanted,
)
from tests.ui.test_sharing import app_of, close, settle
from tests.unit.sharing.share_parts import Pair, pair
from ui.app import App
from ui.parts.more import FIRST, More
from ui.supervisor.page import TeamPage, inbox_link
from ui.supervisor.reading import Reading
from ui.supervisor.trend import TrendView
from ui.window.main_window import TEAM

__all__ = ["pair"]


@pytest.fixture
def room(pair: Pair, qtbot: QtBot) -> Iterator[App]:
    """The reader's app in the room Team, with one summary there."""
    agent, reader, _folder = pair
    agent.sharing.share("c1")
    reader.sharing.look()
    app = app_of(reader, qtbot)
    app.window.go_to(TEAM)
    settle(app, qtbot)
    yield app
    close(app, qtbot)


def test_the_person_chosen_stays_chosen_and_everybody_comes_back(room: App, qtbot: QtBot) -> None:
    """The filter says whose summaries are listed, and an empty list says which filter to widen."""
    page = room.window.team
    page.filters.person_box.setCurrentIndex(1)
    settle(room, qtbot)
    assert page.filters.person_box.currentIndex() == 1
    page.filters.move_box.setCurrentIndex(page.filters.move_box.findData("selling"))
    settle(room, qtbot)
    assert page.status_label.text() == "Nothing found. Try a wider filter."
    page.filters.move_box.setCurrentIndex(0)
    settle(room, qtbot)
    assert page.wanted(dt.date(2026, 11, 27)).person is not None
    page.filters.person_box.setCurrentIndex(0)
    settle(room, qtbot)
    assert page.wanted(dt.date(2026, 11, 27)) == Wanted()


def test_a_person_who_was_removed_narrows_the_list_no_more(room: App, pair: Pair, qtbot: QtBot) -> None:
    """The filter says Everybody, and so does the list."""
    _agent, reader, _folder = pair
    page = room.window.team
    page.filters.person_box.setCurrentIndex(1)
    settle(room, qtbot)
    for known in reader.sharing.people():
        reader.sharing.remove_person(known)
    room.team.refresh()
    settle(room, qtbot)
    assert page.filters.person_box.currentText() == "Everybody"
    assert page.status_label.text() == f"{len(page.rows)} summary, 1 unread"


def test_due_within_some_days_is_due_from_today_on(pair: Pair, room: App, qtbot: QtBot) -> None:
    """What was due weeks ago is not "due within 7 days"; "due by today" has it."""
    _agent, reader, _folder = pair
    box, page = room.window.team.filters.due_box, room.window.team
    due = dt.date(2026, 12, 4)

    def listed(words: str, today: dt.date) -> int:
        box.setCurrentIndex(box.findText(words))
        return len(reader.sharing.inbox(page.wanted(today)))

    week = dt.timedelta(days=7)
    assert [listed("Due within 7 days", day) for day in (due - week, due, due + week)] == [1, 1, 0]
    assert [listed("Due by today", day) for day in (due - week, due, due + week)] == [0, 1, 1]
    settle(room, qtbot)


def test_the_hit_is_quoted_in_its_sentence_and_escape_clears_the_search(room: App, qtbot: QtBot) -> None:
    """Words that stand side by side are one quote; Escape brings the whole list back."""
    page = room.window.team
    page.search.setText("call you")
    settle(room, qtbot)
    assert "“call you”" in page.rows[0].accessibleName()
    page.search.setText("nobody said this")
    settle(room, qtbot)
    assert page.rows == []
    room.window.go_back()
    settle(room, qtbot)
    assert page.search.text() == ""
    assert len(page.rows) == 1


def test_in_a_small_window_the_filters_are_put_away_and_still_counted(
    pair: Pair, room: App, qtbot: QtBot
) -> None:
    """The list has the room; a button brings the filters, says how many narrow it, and puts them away."""
    room.window.setMinimumSize(600, 340)
    filters, rows = room.window.team.filters, room.window.team.list_area
    room.window.resize(1200, 800)
    settle(room, qtbot)
    assert filters.isVisible()
    assert not filters.button.isVisible()
    room.window.resize(640, 400)
    settle(room, qtbot)
    assert not filters.isVisible()
    qtbot.waitUntil(lambda: rows.height() >= room.window.team.rows[0].height())
    filters.button.click()
    assert filters.isVisible()
    filters.move_box.setCurrentIndex(filters.move_box.findData("selling"))
    settle(room, qtbot)
    filters.button.click()
    assert not filters.isVisible()
    assert filters.button.text() == "Filters: 1"
    assert room.window.team.wanted(dt.date(2026, 11, 27)).move == "selling"
    room.team.open(pair[1].sharing.inbox()[0])
    settle(room, qtbot)
    assert room.window.team.reading.area.height() >= 200, "more than two lines are read at once"
    room.window.resize(1200, 800)
    settle(room, qtbot)
    assert filters.isVisible()


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
    assert table[1:] == ["5", "5", "7.5", "10.0", "67 %", "75 %"]
    view.show_trend(by_week(rows[1:]))
    assert view.table.rowCount() == 0
    assert "1 week has calls of too few people" in view.hidden_label.text()


def long_share() -> InboxRow:
    """A hundred moments, each in a turn of its own."""
    figures = ReadFigures(600.0, 900, 120.0, 100, 0, 0, 0, 0, 0)
    lines = tuple(
        ReadLine(f"moments.{number}.blaming", "blaming", f"Moment {number}", "", 10.0 * number, number, "You")
        for number in range(100)
    )
    turns = tuple(
        ReadTurn(number, 10.0 * number, 10.0 * number + 4, f"You said {number}.") for number in range(100)
    )
    sections = (ReadSection("moments", "Moments to look at", lines),)
    started = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
    share = ReadShare("A call", started, 1000.0, "100 moments flagged.", "", figures, sections, turns)
    return InboxRow(1, b"k" * 32, "s1", "Ann", "/", True, True, share)


def test_what_was_hidden_is_not_taken_for_what_was_searched(qtbot: QtBot) -> None:
    """The hit is quoted; the brackets of what was hidden stay brackets."""
    said = f"{BEGINS}Call{ENDS} {BEGINS}me{ENDS} on [phone number]."
    link = inbox_link(replace(long_share(), snippet=said))
    qtbot.addWidget(link)
    assert "“Call me” on [phone number]." in link.accessibleName()


def test_the_list_stays_where_it_was_when_a_summary_is_opened(qtbot: QtBot) -> None:
    """Read anew, it keeps its place and the keyboard; only another search begins at the top."""
    page, row = TeamPage(), long_share()
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    rows = [replace(row, id=place) for place in range(30)]
    page.show_inbox(rows, Wanted())
    bar = page.list_area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(150)
    page.rows[4].setFocus()
    qtbot.waitUntil(page.rows[4].hasFocus)
    page.show_inbox(rows, Wanted())
    qtbot.waitUntil(lambda: bar.maximum() > 200 and bar.value() == 150)
    assert page.rows[4].hasFocus()
    page.show_inbox(rows, Wanted("words"))
    assert bar.value() == 0


def test_a_long_summary_is_read_by_and_by_and_every_line_finds_its_turn(qtbot: QtBot) -> None:
    """A dozen lines and turns first. A line leads to its turn, also to one that was not there yet."""
    reading, row = Reading(), long_share()
    qtbot.addWidget(reading)
    reading.resize(600, 500)
    reading.show()
    reading.show_share(row, ())
    assert len(reading.lines) == len(reading.turns) == FIRST
    more = reading.findChildren(More)[0].button
    assert more.text() == f"Show more ({100 - FIRST} lines left)"
    more.click()
    qtbot.waitUntil(lambda: reading.lines[20].y() > 0)
    reading.lines[20].click()
    assert len(reading.turns) == 21
    qtbot.waitUntil(lambda: not reading.turns[20].visibleRegion().isEmpty())
    assert reading.note_label.text() == "A note at 3:20, for Ann"


def test_after_a_note_the_summary_stays_where_it_was(qtbot: QtBot) -> None:
    """As many lines as before, at the same place; another summary begins at its top."""
    reading, row = Reading(), long_share()
    qtbot.addWidget(reading)
    reading.resize(600, 400)
    reading.show()
    reading.show_share(row, ())
    reading.findChildren(More)[0].button.click()
    bar = reading.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(150)
    reading.show_share(
        row, (Note("n1", "s1", row.person, True, "Well caught.", 30.0, "", row.share.started_at),)
    )
    assert len(reading.lines) == 2 * FIRST
    qtbot.waitUntil(lambda: bar.value() == 150)
    reading.show_share(replace(row, id=2), ())
    assert len(reading.lines) == FIRST
    assert bar.value() == 0


def test_after_a_note_on_a_turn_that_was_followed_it_is_still_in_sight(qtbot: QtBot) -> None:
    """The turns that a line brought along are there again, and the reader is where they were."""
    reading, row = Reading(), long_share()
    qtbot.addWidget(reading)
    reading.resize(600, 500)
    reading.show()
    reading.show_share(row, ())
    reading.findChildren(More)[0].button.click()
    qtbot.waitUntil(lambda: reading.lines[20].y() > 0)
    reading.lines[20].click()
    qtbot.waitUntil(lambda: not reading.turns[20].visibleRegion().isEmpty())
    bar = reading.area.verticalScrollBar()
    before = bar.value()
    reading.show_share(
        row, (Note("n1", "s1", row.person, True, "Well caught.", 200.0, "", row.share.started_at),)
    )
    assert len(reading.turns) == 21
    qtbot.waitUntil(lambda: bar.value() == before)


def test_a_note_that_is_on_its_way_is_not_sent_twice(pair: Pair, room: App, qtbot: QtBot) -> None:
    """The folder may be slow. Pressed again it is one note, and what is typed meanwhile stays."""
    agent, reader, _folder = pair
    room.team.open(reader.sharing.inbox()[0])
    settle(room, qtbot)
    reading = room.window.team.reading
    reading.note_edit.setPlainText("Well caught.")
    reading.send_button.setFocus()
    reading.send_button.click()
    reading.send_button.click()
    assert reading.focusWidget() is reading.note_edit, "the next key is none for Delete"
    reading.note_edit.setPlainText("And one thing more")
    settle(room, qtbot)
    assert agent.sharing.look().notes == 1
    assert reading.note_edit.toPlainText() == "And one thing more"
    assert reading.send_button.isEnabled()


def test_a_note_that_could_not_be_sent_can_be_sent_again(
    pair: Pair, room: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk was full: its words are still there."""
    agent, reader, _folder = pair
    room.team.open(reader.sharing.inbox()[0])
    settle(room, qtbot)
    reading = room.window.team.reading
    reading.note_edit.setPlainText("Well caught.")

    def full(*_asked: object) -> int:
        raise KnownError("disk-full", "There is no room.")

    with monkeypatch.context() as patch:
        patch.setattr(reader.store, "put_out", full)
        reading.send_button.click()
        settle(room, qtbot)
    reading.send_button.click()
    settle(room, qtbot)
    assert [note.text for note in agent.sharing.of_call("c1").notes] == []
    assert agent.sharing.look().notes == 1
    assert reading.note_edit.toPlainText() == ""


def test_what_was_typed_comes_back_with_its_summary(qtbot: QtBot) -> None:
    """Another one was looked at in the middle of a note; what it is about comes back too."""
    reading, row = Reading(), long_share()
    qtbot.addWidget(reading)
    reading.show_share(row, ())
    reading.lines[3].click()
    reading.note_edit.setPlainText("You said it better at")
    reading.show_share(replace(row, id=2, name="Bea"), ())
    assert (reading.note_edit.toPlainText(), reading.note_label.text()) == (
        "",
        "A note about the whole call, for Bea",
    )
    reading.show_share(row, ())
    assert (reading.note_edit.toPlainText(), reading.note_label.text()) == (
        "You said it better at",
        "A note at 0:30, for Ann",
    )
