"""Sharing in the window: what goes is seen first, what came back is answered, and a supervisor reads it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coach.calls.summary import summarise
from coach.events import SessionStopped
from coach.settings import SharingSettings
from coach.values.shares import Known
from tests.fakes.services import FakeServices
from tests.unit.calls.call_parts import TITLES
from tests.unit.sharing.share_parts import Pair, Someone, pair, two
from tests.unit.sharing.test_share_sound import Recordings, sharing_of
from ui.app import App
from ui.settings.dialog import SHARING, SettingsDialog
from ui.settings.sharing_page import SharingPage
from ui.window.main_window import CALLS, TEAM

__all__ = ["pair"]


def app_of(someone: Someone, qtbot: QtBot) -> App:
    services = FakeServices()
    services.sharing = someone.sharing
    services.settings.sharing = someone.settings
    app = App(services)
    qtbot.addWidget(app.window)
    app.window.show()
    return app


def settle(app: App, qtbot: QtBot) -> None:
    for background in (app.team.sharing.background, app.background):
        qtbot.waitUntil(lambda one=background: not one.busy)


def close(app: App, qtbot: QtBot) -> None:
    with qtbot.waitSignal(app.closed):
        app.closing.leave()


def sharing_settings(app: App, qtbot: QtBot) -> SettingsDialog:
    """The settings, open at the page for sharing."""
    app.ear.open_settings(SHARING)
    settle(app, qtbot)
    dialog = app.ear.settings.dialog
    assert dialog is not None
    return dialog


def show(app: App, someone: Someone, qtbot: QtBot) -> None:
    app.window.show_summary(someone.record, summarise(someone.record, TITLES))
    settle(app, qtbot)


def test_a_line_left_out_takes_its_words_out_of_the_preview(pair: Pair, qtbot: QtBot) -> None:
    """The dialog shows lines and the turns that go along; shared, the strip says so, and takes it back."""
    agent, _reader, folder = pair
    app = app_of(agent, qtbot)
    show(app, agent, qtbot)
    assert app.window.summary.strip.isHidden()
    app.window.summary.share_button.click()
    settle(app, qtbot)
    dialog = app.team.sharing.dialog
    assert dialog is not None
    assert len(dialog.turn_labels) == 3
    shown = agent.sharing.preview("c1")
    for section in shown.sections:
        for line in section.lines:
            if line.own.turn_index == 2:
                dialog.boxes[line.id].click()
    assert len(dialog.turn_labels) == 2
    dialog.share_button.click()
    settle(app, qtbot)
    assert len(list(folder.iterdir())) == 1
    strip = app.window.summary.strip
    assert "Not opened yet" in strip.words_label.text()
    strip.take_back_button.click()
    settle(app, qtbot)
    assert list(folder.iterdir()) == []
    assert strip.isHidden()
    close(app, qtbot)


def test_a_note_comes_back_and_is_acknowledged(pair: Pair, qtbot: QtBot) -> None:
    """A look brings it, the strip shows who opened it and the note, whose second is one click away."""
    agent, reader, _folder = pair
    agent.sharing.share("c1")
    reader.sharing.look()
    (row,) = reader.sharing.inbox()
    reader.sharing.open(row)
    reader.sharing.write_note(row, "<b>Well</b> caught.", 30.0)
    app = app_of(agent, qtbot)
    show(app, agent, qtbot)
    app.team.sharing.look()
    settle(app, qtbot)
    strip = app.window.summary.strip
    assert "Opened by Sue" in strip.words_label.text()
    labels = strip.findChildren(QLabel)
    (note,) = (label for label in labels if "caught" in label.text())
    assert note.textFormat() is Qt.TextFormat.PlainText
    strip.acknowledge_buttons[0].click()
    settle(app, qtbot)
    assert strip.acknowledge_buttons == []
    assert agent.sharing.unread() == []
    close(app, qtbot)


def test_a_call_goes_out_by_the_rule_once_its_summary_was_left(pair: Pair, qtbot: QtBot) -> None:
    """Only a call that has just ended, only after it was looked at, and Undo stops it within the minute."""
    agent, _reader, folder = pair
    agent.settings.rule = "after-closing"
    app = app_of(agent, qtbot)
    show(app, agent, qtbot)
    app.window.go_to(CALLS)
    settle(app, qtbot)
    assert agent.sharing.sent() == []
    app.team.sharing.add_new(SessionStopped(agent.record, summarise(agent.record, TITLES), True))
    show(app, agent, qtbot)
    assert agent.sharing.sent() == []
    app.window.go_to(CALLS)
    settle(app, qtbot)
    assert [out.sent_at for out in agent.sharing.sent()] == [None]
    app.window.toast.action_button.click()
    settle(app, qtbot)
    assert agent.sharing.sent() == []
    assert list(folder.iterdir()) == []
    close(app, qtbot)


def test_the_room_is_there_for_who_reads_and_holds_what_was_shared(pair: Pair, qtbot: QtBot) -> None:
    """Found by a word, read with its evidence, answered, deleted and brought back."""
    agent, reader, folder = pair
    agent.sharing.share("c1")
    reader.sharing.look()
    app = app_of(reader, qtbot)
    page = app.window.team
    assert not app.window.team_button.isHidden()
    app.window.go_to(TEAM)
    settle(app, qtbot)
    assert len(page.rows) == 1
    page.search.setText("nothing like it")
    settle(app, qtbot)
    assert page.rows == []
    page.search.setText("friday")
    settle(app, qtbot)
    assert "“Friday”" in page.rows[0].labels[-1].text()
    assert not page.rows[0].shown
    page.rows[0].click()
    settle(app, qtbot)
    reading = page.reading
    assert page.pages.currentWidget() is reading
    assert page.rows[0].shown
    line = next(one for one in reading.lines if "Called unfair by the agent" in one.accessibleName())
    line.click()
    assert app.window.focusWidget() is reading.turns[0]
    reading.note_edit.setPlainText("Look at this one.")
    reading.send_button.click()
    settle(app, qtbot)
    assert agent.sharing.look().notes == 1
    assert agent.sharing.of_call("c1").notes[0].line_id == "moments.0.blaming"
    reading.delete_button.click()
    settle(app, qtbot)
    assert page.rows == []
    app.window.toast.action_button.click()
    settle(app, qtbot)
    assert len(page.rows) == 1
    mailed = folder.parent / "mailed.sameside"
    agent.sharing.export("c1", (), mailed)
    app.team.take_in([str(mailed)])
    settle(app, qtbot)
    page.trend_button.click()
    settle(app, qtbot)
    assert not any(row.shown for row in page.rows)
    assert "1 week has calls of too few people" in page.trend.hidden_label.text()
    close(app, qtbot)


def test_a_file_that_is_opened_is_shown(pair: Pair, qtbot: QtBot) -> None:
    """Whoever opens a file wants to read it, also where it is here already."""
    agent, reader, folder = pair
    mailed = folder.parent / "mailed.sameside"
    agent.sharing.export("c1", (), mailed)
    app = app_of(reader, qtbot)
    page = app.window.team
    app.window.go_to(TEAM)
    for _time in ("new", "known"):
        app.team.take_in([str(mailed)])
        settle(app, qtbot)
        assert page.pages.currentWidget() is page.reading
        assert page.rows[0].shown
        page.show_calm()
    close(app, qtbot)


def test_a_stranger_is_added_from_what_was_set_aside(pair: Pair, qtbot: QtBot) -> None:
    """The fingerprint is shown to be compared; added, their summary is there after the next look."""
    agent, reader, _folder = pair
    reader.sharing.remove_person(agent.known_as())
    agent.sharing.share("c1")
    app = app_of(reader, qtbot)
    app.window.go_to(TEAM)
    app.team.sharing.look()
    settle(app, qtbot)
    app.window.team.aside_button.click()
    settle(app, qtbot)
    (aside,) = reader.sharing.set_aside()
    app.window.team.know_wanted.emit(aside)
    settle(app, qtbot)
    assert len(app.window.team.rows) == 1
    close(app, qtbot)


def test_the_settings_make_a_key_and_take_in_people(tmp_path: Path, qtbot: QtBot) -> None:
    """Key, card and fingerprint; what is no card is said; the room Team comes with its switch."""
    someone, other = Someone(tmp_path / "one"), Someone(tmp_path / "other")
    theirs = other.sharing.make_me("Sue")
    app = app_of(someone, qtbot)
    dialog = sharing_settings(app, qtbot)
    page = dialog.sharing
    page.make_button.click()
    settle(app, qtbot)
    assert "Say a name" in page.problem_label.text()
    page.name_edit.setText("Ann")
    page.make_button.click()
    settle(app, qtbot)
    me = someone.sharing.me()
    assert me is not None
    assert not page.problem_label.text()
    assert page.digits_label.text() == me.fingerprint
    page.card_edit.setText("no key")
    settle(app, qtbot)
    assert "not a Sameside key" in page.card_problem.text()
    page.card_edit.setText(theirs.card)
    settle(app, qtbot)
    assert (page.found_label.text(), page.found_digits.text()) == (theirs.words, theirs.fingerprint)
    page.add_button.click()
    settle(app, qtbot)
    assert [(one.name, one.reads) for one in someone.sharing.people()] == [("Sue", True)]
    assert app.window.team_button.isHidden()
    page.team_room.click()
    assert not app.window.team_button.isHidden()
    dialog.close()
    close(app, qtbot)
    someone.store.close()
    other.store.close()


def test_below_many_people_the_answer_to_a_pasted_line_is_in_sight(tmp_path: Path, qtbot: QtBot) -> None:
    """What is wrong with it, or the words to compare, though neither is at the top of the page."""
    someone, other = Someone(tmp_path / "one"), Someone(tmp_path / "other")
    theirs = other.sharing.make_me("Sue")
    known = someone.sharing.read_card(theirs.card)
    app = app_of(someone, qtbot)
    dialog = sharing_settings(app, qtbot)
    page = dialog.sharing
    page.show_people([replace(known, name=f"Agent {number}") for number in range(12)])
    for line, shown in (("no key", page.card_problem), (theirs.card, page.add_button)):
        page.card_edit.setText(line)
        settle(app, qtbot)
        qtbot.waitUntil(lambda shown=shown: not shown.visibleRegion().isEmpty())
    dialog.close()
    close(app, qtbot)
    someone.store.close()
    other.store.close()


def test_a_key_is_replaced_after_a_question(tmp_path: Path, qtbot: QtBot) -> None:
    """Cancelled, it stays; confirmed, there are other digits, and whoever knew the old one is asked anew."""
    agent, reader, _folder = two(tmp_path)
    app = app_of(agent, qtbot)
    dialog = sharing_settings(app, qtbot)
    page, before = dialog.sharing, agent.sharing.me()
    assert before is not None
    page.replace_button.click()
    assert app.team.sharing.replace_dialog is not None
    app.team.sharing.replace_dialog.cancel_button.click()
    settle(app, qtbot)
    assert agent.sharing.me() == before
    page.replace_button.click()
    app.team.sharing.replace_dialog.replace_button.click()
    settle(app, qtbot)
    me = agent.sharing.me()
    assert me is not None
    assert me.key != before.key
    assert page.digits_label.text() == me.fingerprint
    dialog.close()
    close(app, qtbot)
    _take_the_new_key(reader, me.card, qtbot)
    agent.store.close()
    reader.store.close()


def _take_the_new_key(reader: Someone, card: str, qtbot: QtBot) -> None:
    app = app_of(reader, qtbot)
    app.team.sharing.look()
    settle(app, qtbot)
    dialog = sharing_settings(app, qtbot)
    page = dialog.sharing
    page.card_edit.setText(card)
    settle(app, qtbot)
    assert page.instead.isVisible()
    assert page.instead.isChecked()
    page.add_button.click()
    settle(app, qtbot)
    assert sorted(one.retired for one in reader.sharing.people()) == [False, True]
    dialog.close()
    close(app, qtbot)


def test_an_answer_that_came_by_mail_is_opened_from_the_call(
    pair: Pair, qtbot: QtBot, tmp_path: Path
) -> None:
    """The note is there as if it had come through the folder; a file for somebody else is told."""
    agent, reader, _folder = pair
    mailed = tmp_path / "mailed.sameside"
    agent.sharing.export("c1", (), mailed)
    reader.sharing.take_in(mailed)
    (row,) = reader.sharing.inbox()
    reader.sharing.write_note(row, "Well caught.", 3.0)
    (answer,) = (path for path in tmp_path.glob("*.sameside") if path != mailed)
    app = app_of(agent, qtbot)
    show(app, agent, qtbot)
    app.team.sharing.take_in([str(answer)])
    settle(app, qtbot)
    assert len(app.window.summary.strip.acknowledge_buttons) == 1
    assert "1 note taken in." in app.window.toast.message_label.text()
    app.team.sharing.take_in([str(answer)])
    settle(app, qtbot)
    assert "Nothing new" in app.window.toast.message_label.text()
    close(app, qtbot)


def test_sound_goes_along_where_it_was_chosen_and_is_played_from_memory(pair: Pair, qtbot: QtBot) -> None:
    """Off at first; the choice counts the seconds that would go. The reader's button plays and stops."""
    agent, reader, _folder = pair
    agent.sharing = sharing_of(agent, Recordings())
    app = app_of(agent, qtbot)
    show(app, agent, qtbot)
    app.window.summary.share_button.click()
    settle(app, qtbot)
    dialog = app.team.sharing.dialog
    assert dialog is not None
    assert dialog.sound_box.isVisible()
    assert not dialog.sound
    dialog.sound_box.click()
    dialog.share_button.click()
    settle(app, qtbot)
    close(app, qtbot)
    app = app_of(reader, qtbot)
    app.window.go_to(TEAM)
    app.team.sharing.look()
    settle(app, qtbot)
    (row,) = reader.sharing.inbox()
    app.team.open(row)
    settle(app, qtbot)
    reading = app.window.team.reading
    assert set(reading.play_buttons) == {0, 1, 2}
    reading.play_buttons[1].click()
    settle(app, qtbot)
    review = app.services.review
    assert review.clips == [b"c1-1"]
    assert reading.play_buttons[1].text() == "Stop"
    assert reading.play_buttons[1].accessibleName().startswith("Stop what was said at")
    reading.play_buttons[1].click()
    assert reading.play_buttons[1].text() == "Play"
    assert app.team.clips.player is None
    close(app, qtbot)


def test_a_first_name_alone_takes_nobodys_key(qtbot: QtBot) -> None:
    """Two people may have it: the key of the other stays, unless the name is the same or that key is over."""
    page = SharingPage(SharingSettings())
    qtbot.addWidget(page)
    ann = Known(b"a" * 32, "", "Ann Shaw", "1")
    namesake = Known(b"b" * 32, "", "Ann Bell", "2")
    added = list[Known]()
    page.add_wanted.connect(added.append)
    page.show_found(namesake, ann)
    assert not page.instead.isHidden()
    page.add_button.click()
    assert [(one.name, one.retired) for one in added] == [("Ann Bell", False)]
    page.show_found(replace(namesake, name="ann shaw"), ann)
    assert page.instead.isChecked()
    page.show_found(namesake, replace(ann, retired=True))
    assert page.instead.isChecked()
