"""The room Team looks into the folders: what it says of that, and what it shows anew."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.test_sharing import settle
from tests.ui.test_team_room import room
from tests.unit.sharing.share_parts import Pair, pair
from ui.app import App
from ui.parts.link_row import LinkRow
from ui.sharing.strip import SharedStrip

__all__ = ["pair", "room"]


def test_look_now_always_has_an_answer(pair: Pair, room: App, qtbot: QtBot) -> None:
    """Also that there is nothing new; what was set aside is counted on the way to it."""
    _agent, reader, folder = pair
    page, told = room.window.team, room.window.toast.message_label
    page.look_button.click()
    settle(room, qtbot)
    assert told.text() == "Nothing new."
    assert page.aside_button.text() == "Set aside"
    (folder / "noise.sameside").write_bytes(b"no summary")
    page.look_button.click()
    settle(room, qtbot)
    assert told.text() == "1 file set aside."
    assert page.aside_button.text() == "Set aside: 1"
    reader.settings.folder, reader.settings.team_folders = "", []
    page.look_button.click()
    assert told.text() == "No folder is read yet."


def test_what_is_looked_at_again_and_is_no_better_is_still_shown(pair: Pair, room: App, qtbot: QtBot) -> None:
    _agent, _reader, folder = pair
    page = room.window.team
    (folder / "noise.sameside").write_bytes(b"no summary")
    room.team.sharing.look()
    settle(room, qtbot)
    page.aside_button.click()
    settle(room, qtbot)

    def again() -> list[QPushButton]:
        shown = page.aside_area.body.itemAt(2).widget()
        return shown.findChildren(QPushButton) if shown is not None else []

    (button,) = (one for one in again() if one.text() == "Look again")
    button.click()
    settle(room, qtbot)
    assert "Look again" in [one.text() for one in again()]


def test_a_folder_that_is_back_is_said_to_be_away_no_more(pair: Pair, room: App, qtbot: QtBot) -> None:
    _agent, _reader, folder = pair
    status, away = room.window.status.message_label, folder.with_name("away")
    folder.rename(away)
    room.team.sharing.look()
    settle(room, qtbot)
    assert status.accessibleName() == f"Status: {folder} cannot be reached now."
    away.rename(folder)
    room.team.sharing.look()
    settle(room, qtbot)
    assert status.accessibleName() == f"Status: {folder} can be reached again."


def test_a_note_that_was_read_meanwhile_says_so_where_it_is_shown(
    pair: Pair, room: App, qtbot: QtBot
) -> None:
    """Whoever waits in front of it need not leave it and come back."""
    agent, _reader, _folder = pair
    page = room.window.team
    page.rows[0].click()
    settle(room, qtbot)
    page.reading.note_edit.setPlainText("Look at this one.")
    page.reading.send_button.click()
    settle(room, qtbot)

    def details() -> list[str]:
        return [one.accessibleName() for one in page.reading.area.findChildren(LinkRow)]

    assert any("Not read yet" in words for words in details())
    agent.sharing.look()
    agent.sharing.acknowledge(agent.sharing.of_call("c1").notes[0])
    room.team.sharing.look()
    settle(room, qtbot)
    qtbot.waitUntil(lambda: not any("Not read yet" in words for words in details()))


def test_a_note_leads_back_to_what_it_was_about(pair: Pair, room: App, qtbot: QtBot) -> None:
    """One about the whole call names no second, here and at its agent's."""
    agent, reader, _folder = pair
    page, (row,) = room.window.team, reader.sharing.inbox()
    line = next(line for section in row.share.sections for line in section.lines if line.at_s)
    reader.sharing.write_note(row, "At that moment.", line.at_s, line.id)
    reader.sharing.write_note(row, "All in all.", 0.0)
    page.rows[0].click()
    settle(room, qtbot)

    def link(words: str) -> LinkRow:
        found = page.reading.area.findChildren(LinkRow)
        return next(one for one in found if one.accessibleName().startswith(words))

    assert "second" not in link("All in all.").accessibleName()
    link("At that moment.").click()
    assert room.window.focusWidget() is page.reading.turns[line.turn]
    agent.sharing.look()
    whole = next(one for one in agent.sharing.of_call("c1").notes if one.text == "All in all.")
    strip = SharedStrip()
    qtbot.addWidget(strip)
    strip.show_shared(replace(agent.sharing.of_call("c1"), notes=(whole,)))
    (shown,) = strip.findChildren(LinkRow)
    assert "second" not in shown.accessibleName()
