"""Summaries that are shared as one goes on: another takes their place, or the app is closed."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from coach.calls.summary import summarise
from coach.errors import KnownError
from coach.events import SessionStopped
from coach.values.shares import Note, Outgoing
from tests.fakes import sample_call
from tests.fakes.services import FakeServices
from tests.ui.test_sharing import app_of, close, settle, sharing_settings, show
from tests.unit.calls.call_parts import TITLES
from tests.unit.sharing.share_parts import NOW, Pair, Someone, pair
from ui.app import App
from ui.sharing.dialog import ShareDialog
from ui.window.main_window import CALLS, TEAM

__all__ = ["pair"]


def with_a_new_summary(agent: Someone, qtbot: QtBot) -> App:
    """By the rule it is shared once it is left."""
    agent.settings.rule = "after-closing"
    app = app_of(agent, qtbot)
    app.team.sharing.add_new(SessionStopped(agent.record, summarise(agent.record, TITLES), True))
    show(app, agent, qtbot)
    return app


def test_a_summary_whose_place_another_takes_was_left(pair: Pair, qtbot: QtBot) -> None:
    """Calls that begin by speaking follow each other without a press: by the rule each is shared."""
    agent, _reader, _folder = pair
    app = with_a_new_summary(agent, qtbot)
    app.window.show_summary(sample_call.record("other"), sample_call.summary("other"))
    settle(app, qtbot)
    shared = [out.call_id for out in agent.sharing.sent()]
    close(app, qtbot)
    assert shared == [agent.record.header.id]


def test_what_was_to_be_shared_goes_out_where_the_app_is_closed(pair: Pair, qtbot: QtBot) -> None:
    """A look into a folder on a slow network is before it."""
    agent, _reader, folder = pair
    app = app_of(agent, qtbot)
    show(app, agent, qtbot)
    held = threading.Event()
    app.team.sharing.background.run(held.wait, lambda _held: None, lambda _error: None)
    app.team.sharing.share("c1", frozenset())
    closer = threading.Timer(0.05, held.set)
    closer.start()
    close(app, qtbot)
    closer.join()
    assert len(list(folder.iterdir())) == 1


def test_share_pressed_twice_shows_once_what_would_go(pair: Pair, qtbot: QtBot) -> None:
    """It is read first: a double click opens no second window under the first."""
    agent, _reader, _folder = pair
    app = app_of(agent, qtbot)
    show(app, agent, qtbot)
    app.window.summary.share_button.click()
    app.window.summary.share_button.click()
    settle(app, qtbot)
    dialogs = app.window.findChildren(ShareDialog)
    for dialog in dialogs:
        dialog.reject()
    close(app, qtbot)
    assert len(dialogs) == 1


def test_a_note_that_came_leads_to_its_own_call(
    pair: Pair, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another call was shared later, and an old note about it was never acknowledged."""
    agent, _reader, _folder = pair
    app = app_of(agent, qtbot)
    for call_id in ("noted", "other"):
        app.services.store().finish(sample_call.record(call_id), sample_call.summary(call_id))
    sent = [
        Outgoing(number, f"s-{call_id}", "summary", call_id, "/", call_id, NOW, NOW, NOW)
        for number, call_id in enumerate(("other", "noted"))
    ]
    notes = [
        Note(f"n-{name}", f"s-{name}", b"k" * 32, False, "Well caught.", 1.0, "", NOW + late)
        for name, late in (("other", timedelta()), ("noted", timedelta(days=9)))
    ]
    monkeypatch.setattr(agent.sharing, "sent", lambda: sent)
    monkeypatch.setattr(agent.sharing, "unread", lambda: notes)
    app.team.sharing._open_unread()
    settle(app, qtbot)
    shown = app.window.summary.call_id
    close(app, qtbot)
    assert shown == "noted"


def test_what_nobody_could_see_is_not_shared_by_the_rule(pair: Pair, qtbot: QtBot) -> None:
    """The window is in the tray while calls follow each other. Looked at and left later, it goes."""
    agent, _reader, _folder = pair
    app = app_of(agent, qtbot)
    app.window.hide()
    app.team.sharing.add_new(SessionStopped(agent.record, summarise(agent.record, TITLES), True))
    show(app, agent, qtbot)
    app.window.show_summary(sample_call.record("other"), sample_call.summary("other"))
    settle(app, qtbot)
    unseen = agent.sharing.sent()
    show(app, agent, qtbot)
    app.window.show()
    app.window.go_to(CALLS)
    settle(app, qtbot)
    seen = [out.call_id for out in agent.sharing.sent()]
    close(app, qtbot)
    assert (unseen, seen) == ([], ["c1"])


def test_what_waited_is_told_to_be_shared_once_it_is(pair: Pair, qtbot: QtBot) -> None:
    """Its summary is looked at all the while."""
    agent, _reader, _folder = pair
    agent.sharing.share("c1", held=True)
    app = app_of(agent, qtbot)
    show(app, agent, qtbot)
    said = app.window.summary.strip.words_label
    before = said.text()
    agent.now += timedelta(minutes=5)
    app.team.sharing.look()
    settle(app, qtbot)
    after = said.text()
    close(app, qtbot)
    assert (before.split()[0], after.split()[0]) == ("Waits", "Shared")


def test_a_summary_that_is_looked_at_is_left_with_the_app(pair: Pair, qtbot: QtBot) -> None:
    """It waits its minute all the same, to be undone when Sameside is opened again."""
    agent, _reader, folder = pair
    app = with_a_new_summary(agent, qtbot)
    close(app, qtbot)
    assert [(out.call_id, out.sent_at) for out in agent.sharing.sent()] == [("c1", None)]
    assert list(folder.iterdir()) == []


def test_a_call_that_the_app_ends_as_it_is_closed_was_seen_by_nobody(pair: Pair, qtbot: QtBot) -> None:
    """Quit in a call: it is saved, and its summary is looked at another time, before it is shared."""
    agent, _reader, _folder = pair
    agent.settings.rule = "after-closing"
    app = app_of(agent, qtbot)
    services = app.services
    assert isinstance(services, FakeServices)
    app.start()
    settle(app, qtbot)
    qtbot.waitUntil(lambda: services.call is not None and app.runner.begun)
    assert services.call is not None
    services.call.send(*sample_call.turns())
    with qtbot.waitSignal(app.closed):
        app.closing.quit()
    assert agent.sharing.sent() == []


def there(now: QWidget | None, name: str, before: QWidget) -> bool:
    """Whether the keyboard is on what has this name, in the place of what had it before."""
    return now is not None and now is not before and now.accessibleName() == name


def test_who_may_read_is_chosen_by_the_keyboard(pair: Pair, qtbot: QtBot) -> None:
    """The keyboard stays on a choice that was made, and goes to Undo where somebody was removed."""
    agent, _reader, _folder = pair
    app = app_of(agent, qtbot)
    dialog = sharing_settings(app, qtbot)
    page = dialog.sharing
    for name, then in (
        ("Sue may read what I share", "Sue may read what I share"),
        ("Remove Sue", "Undo: Sue was removed"),
    ):
        field = next(one for one in page.findChildren(QAbstractButton) if one.accessibleName() == name)
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda then=then, field=field: there(dialog.focusWidget(), then, field))
    close(app, qtbot)


def test_a_note_that_is_not_sent_is_there_after_a_start_anew(pair: Pair, qtbot: QtBot) -> None:
    """With what it is about. Sent, it is a note and no draft any more."""
    agent, reader, _folder = pair
    agent.sharing.share("c1")
    reader.sharing.look()
    for sent in (False, True, True):
        app = app_of(reader, qtbot)
        app.window.go_to(TEAM)
        settle(app, qtbot)
        app.window.team.rows[0].click()
        settle(app, qtbot)
        reading = app.window.team.reading
        if not sent:
            reading.turns[1].click()
            reading.note_edit.setPlainText("Well caught.")
            about = reading.note_label.text()
        elif reader.sharing.inbox()[0].draft.text:
            assert reading.note_edit.toPlainText() == "Well caught."
            assert reading.note_label.text() == about
            reading.send_button.click()
            settle(app, qtbot)
        else:
            assert reading.note_edit.toPlainText() == ""
        close(app, qtbot)
    assert reader.sharing.inbox()[0].notes == 1


def test_a_person_is_said_to_be_removed_once_they_are(
    pair: Pair, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where that fails nothing is said of it, and an Undo that fails can be tried again."""
    agent, _reader, _folder = pair

    def refuse(_person: object) -> None:
        raise KnownError("disk-full", "The disk is full.")

    app = app_of(agent, qtbot)
    dialog = sharing_settings(app, qtbot)
    page = dialog.sharing
    said = []
    for name, step in (("remove_person", "Remove Sue"), ("add_person", "Undo: Sue was removed")):
        for full in (True, False):
            with monkeypatch.context() as patch:
                if full:
                    patch.setattr(agent.sharing, name, refuse)
                next(
                    one for one in page.findChildren(QAbstractButton) if one.accessibleName() == step
                ).click()
                settle(app, qtbot)
                settle(app, qtbot)
            said.append(page.undo_button.isVisible())
    assert said == [False, True, True, False]
    assert len(agent.sharing.people()) == 1
    close(app, qtbot)
