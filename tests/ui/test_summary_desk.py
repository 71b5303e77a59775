"""What the agent makes of a summary: edits, comments, contested flags, and files of it."""

from __future__ import annotations

import errno
import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QScrollArea
from pytestqt.qtbot import QtBot

from coach.errors import KnownError
from coach.values.revisions import WHOLE_CALL, LineRevision
from tests.fakes import sample_call
from tests.fakes.services import FakeServices, fill_past_calls
from ui.app import App
from ui.summary.desk import SummaryDesk
from ui.summary.line_row import LineRow
from ui.summary.revise_dialogs import CommentDialog, LineDialog
from ui.summary.smooth_dialog import SmoothDialog

BLAMING = "moments.2.blaming"
CALL_ID = sample_call.header().id


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[App]:
    services = FakeServices()
    fill_past_calls(services.memory)
    app = App(services)
    qtbot.addWidget(app.window)
    app.open()
    with qtbot.waitSignal(app.desk.opened):
        app.desk.open(CALL_ID)
    settle(qtbot, app)
    yield app
    with qtbot.waitSignal(app.closed):
        app.closing.leave()


def settle(qtbot: QtBot, app: App) -> None:
    qtbot.waitUntil(lambda: not app.background.busy)


def row(app: App, line_id: str = BLAMING) -> LineRow:
    return next(row for row in app.window.summary.rows() if row.line.id == line_id)


def kept(app: App, line_id: str = BLAMING) -> LineRevision:
    return app.services.summaries.revision(CALL_ID).of(line_id)


def test_a_line_is_edited_by_keyboard_marked_and_undone(qtbot: QtBot, app: App) -> None:
    """F2, other words, Enter: the line says it was edited and how it read; Undo brings it back."""
    before = row(app).line.text
    row(app).setFocus()
    QTest.keyClick(row(app), Qt.Key.Key_F2)
    dialog = app.window.findChild(LineDialog)
    assert isinstance(dialog, LineDialog)
    assert "You should have put a safe place" in dialog.quote.text()
    dialog.text_edit.setText("Asked too bluntly")
    dialog.comment_edit.setPlainText("I read it from the form.")
    QTest.keyClick(dialog.text_edit, Qt.Key.Key_Return)
    settle(qtbot, app)
    assert row(app).line.edited
    assert "Asked too bluntly" in row(app).accessibleName()
    assert f"Edited by you. It read: {before}" in row(app).accessibleName()
    assert "Your comment: I read it from the form." in row(app).accessibleName()
    app.window.toast.action_button.click()
    settle(qtbot, app)
    assert row(app).line.text == before
    assert kept(app) == LineRevision()


def test_edits_are_undone_one_after_the_other_by_key(qtbot: QtBot, app: App) -> None:
    """Ctrl+Z takes back the last of them, also once its message has gone, then the one before; not twice."""
    own, undo = row(app).line.own, app.window.actions_.undo
    assert undo.shortcut().toString() == "Ctrl+Z"
    for words in ("First words", "Second words"):
        app.summary_desk.revise(BLAMING, LineRevision(words, "", own.text, own.detail))
        settle(qtbot, app)
    app.window.toast.put_away()
    undo.trigger()
    settle(qtbot, app)
    assert row(app).line.text == "First words"
    undo.trigger()
    settle(qtbot, app)
    assert (row(app).line.text, row(app).line.edited) == (own.text, False)
    assert "Edited by you" not in row(app).accessibleName()
    undo.trigger()
    settle(qtbot, app)
    assert kept(app) == LineRevision()
    assert "nothing to undo" in app.window.status.message_label.text()


def test_no_edit_of_a_call_is_undone_while_another_is_shown(qtbot: QtBot, app: App) -> None:
    """The summary of a call that ends takes the place of the one that was read: its lines are safe."""
    own = row(app).line.own
    edited = LineRevision("Other words", "", own.text, own.detail)
    app.summary_desk.revise(BLAMING, edited)
    settle(qtbot, app)
    app.window.show_summary(sample_call.record("other"), sample_call.summary("other"))
    settle(qtbot, app)
    app.window.actions_.undo.trigger()
    settle(qtbot, app)
    assert kept(app) == edited
    assert "nothing to undo" in app.window.status.message_label.text()


def test_a_line_can_read_as_it_was_written_again(qtbot: QtBot, app: App) -> None:
    """The edit goes, the comment stays, and a line is never left empty."""
    own = row(app).line.own
    app.summary_desk.revise(BLAMING, LineRevision("Other", "", own.text, own.detail, "Mine."))
    settle(qtbot, app)
    row(app).edit_button.click()
    dialog = app.window.findChild(LineDialog)
    assert isinstance(dialog, LineDialog)
    dialog.text_edit.setText("  ")
    assert not dialog.save_button.isEnabled()
    dialog.original_button.click()
    dialog.save_button.click()
    settle(qtbot, app)
    assert kept(app) == LineRevision(comment="Mine.")


def test_the_whole_call_can_be_commented(qtbot: QtBot, app: App) -> None:
    """The comment, saved by Ctrl+Enter, stands at the top, is in what is copied, and saved empty it goes."""
    app.window.summary.comment_button.click()
    dialog = app.window.findChild(CommentDialog)
    assert isinstance(dialog, CommentDialog)
    dialog.comment_edit.setPlainText("A hard day.")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.comment_edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, app)
    assert "\nA hard day.\n" in app.window.summary.copy()
    assert not app.window.summary.comment_button.isVisible()
    app.summary_desk.revise(WHOLE_CALL, LineRevision())
    settle(qtbot, app)
    assert app.window.summary.comment_button.isVisible()


def test_a_moment_is_called_unfair_on_its_line(qtbot: QtBot, app: App) -> None:
    """The line and the transcript show it; the same menu takes it back. A repair has no such entry."""
    entries = [action.text() for action in row(app).menu().actions()]
    assert "This was unfair" in entries
    repair = next(found for found in app.window.summary.rows() if found.line.id.startswith("repairs."))
    assert "This was unfair" not in [action.text() for action in repair.menu().actions()]
    row(app).unfair_toggled.emit(True)
    qtbot.waitUntil(lambda: row(app).line.contested)
    assert "You called this unfair" in row(app).accessibleName()
    row(app).unfair_toggled.emit(False)
    qtbot.waitUntil(lambda: not row(app).line.contested)


def test_focus_stays_on_its_line_when_it_changes(qtbot: QtBot, app: App) -> None:
    """Who goes through the lines by keyboard is not thrown out of them by an edit."""
    app.window.activateWindow()
    row(app).setFocus()
    app.summary_desk.revise(BLAMING, LineRevision(comment="Mine."))
    settle(qtbot, app)
    assert row(app).line.comment == "Mine."
    assert app.window.focusWidget() is row(app)


@pytest.mark.parametrize("form", ["html", "pdf", "md", "json"])
def test_a_summary_is_exported_and_its_folder_remembered(
    qtbot: QtBot, app: App, tmp_path: Path, form: str
) -> None:
    """Each form holds the agent's edits, and the next export begins where this one went."""
    app.summary_desk.revise(WHOLE_CALL, LineRevision(comment="A hard day."))
    settle(qtbot, app)
    action = {"html": 0, "pdf": 1, "md": 2, "json": 3}[form]
    app.window.summary.export_button.menu().actions()[action].trigger()
    dialog = app.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == f"2026-11-22 1605 Parcel that never came.{form}"
    path = tmp_path / f"out.{form}"
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    settle(qtbot, app)
    content = path.read_bytes()
    assert content.startswith(b"%PDF") if form == "pdf" else b"A hard day." in content
    if form == "json":
        assert json.loads(content)["comment"] == "A hard day."
    export = app.services.settings.export
    assert (export.form, export.folder) == (form, str(tmp_path))
    assert app.window.toast.message_label.text() == f"Saved as out.{form}."


def test_show_in_folder_opens_where_it_went(qtbot: QtBot, app: App, tmp_path: Path) -> None:
    """The message of an export leads to its folder."""
    opened: list[QUrl] = []
    desk = SummaryDesk(app.services, app.background, app.window, lambda url: bool(opened.append(url)))
    shown = app.window.summary.shown
    assert shown is not None
    desk.export(shown, tmp_path / "a.html", "html")
    settle(qtbot, app)
    app.window.toast.action_button.click()
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path]


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_remembered(
    qtbot: QtBot, app: App, tmp_path: Path
) -> None:
    """A banner says what to do, and the next export does not begin there."""
    shown = app.window.summary.shown
    assert shown is not None
    app.summary_desk.export(shown, tmp_path / "nowhere" / "a.html", "html")
    settle(qtbot, app)
    assert app.window.banners.banners[0].code == "file-unwritable"
    assert app.services.settings.export.folder == ""


@pytest.mark.parametrize(("delete", "code"), [("delete", "call-deleted"), ("erase", "call-unknown")])
def test_a_call_that_was_deleted_meanwhile_is_not_exported(
    qtbot: QtBot, app: App, tmp_path: Path, delete: str, code: str
) -> None:
    """What is still in sight of it stays in sight: no file is written, and a banner says why."""
    shown = app.window.summary.shown
    assert shown is not None
    getattr(app.services.store(), delete)(shown.header.id)
    app.summary_desk.export(shown, tmp_path / "a.html", "html")
    settle(qtbot, app)
    assert list(tmp_path.iterdir()) == []
    assert [banner.code for banner in app.window.banners.banners] == [code]


def test_a_full_place_for_an_export_is_no_trouble_with_the_call(
    qtbot: QtBot, app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The call is kept: nothing offers to save it again where only a file found no room."""

    def refuse(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "refused")

    shown = app.window.summary.shown
    assert shown is not None
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse)
        app.summary_desk.export(shown, tmp_path / "a.html", "html")
        settle(qtbot, app)
    [banner] = app.window.banners.banners
    assert banner.message_label.text().startswith("There is no room for ")
    assert banner.action_button.isHidden()


def test_a_call_that_is_not_kept_shows_and_says_what_cannot_be_kept(qtbot: QtBot, app: App) -> None:
    """Its summary is there; editing it is refused in words, for there is nowhere to keep the edit."""
    app.window.show_summary(sample_call.record("unsaved"), sample_call.summary("unsaved"))
    settle(qtbot, app)
    assert not app.window.banners.banners
    failures: list[KnownError] = []
    app.summary_desk.failed.connect(failures.append)
    app.summary_desk.revise(BLAMING, LineRevision(comment="Mine."))
    settle(qtbot, app)
    assert [error.code for error in failures] == ["call-unknown"]


def smooth_with(qtbot: QtBot, app: App, answer: str) -> SmoothDialog:
    """The dialog once a server on this machine has given ``answer``."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"choices": [{"message": {"content": answer}}]}).encode())

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    local = app.services.settings.local_model
    local.enabled, local.address = True, f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    app.window.summary.smooth_wanted.emit()
    thread.join()
    server.server_close()
    qtbot.waitUntil(lambda: not app.summary_desk.model_work.busy)
    dialog = app.summary_desk.smooth_dialog
    assert dialog is not None
    return dialog


SMOOTHER = "It was your daughter's birthday present. It is four days late, and nobody has told you a thing."


def test_smoother_wording_is_taken_marked_and_undone(qtbot: QtBot, app: App) -> None:
    """What the model proposes is shown beside what was said; taken, it is the agent's marked edit."""
    dialog = smooth_with(qtbot, app, json.dumps([SMOOTHER]))
    assert [words for _box, _line, words in dialog.boxes] == [SMOOTHER]
    dialog.take_button.click()
    settle(qtbot, app)
    line = row(app, "about.4.words").line
    assert (line.text, line.edited) == (SMOOTHER, True)
    app.window.toast.action_button.click()
    settle(qtbot, app)
    assert not row(app, "about.4.words").line.edited


def test_a_wording_that_adds_a_fact_is_dropped(qtbot: QtBot, app: App) -> None:
    """Nothing can be taken, and the dialog says that something was dropped."""
    dialog = smooth_with(qtbot, app, json.dumps(["The customer is angry about a late present."]))
    assert not dialog.take_button.isEnabled()
    assert "1 wording said something else" in dialog.state_label.text()
    dialog.reject()


def test_a_model_that_is_slow_is_not_waited_for(qtbot: QtBot, app: App) -> None:
    """Cancel gives it up at once, so that the next question, and leaving, wait for nothing."""
    asked, over = threading.Event(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.set()
            over.wait()

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    local = app.services.settings.local_model
    local.enabled, local.address = True, f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    app.window.summary.smooth_wanted.emit()
    qtbot.waitUntil(asked.is_set)
    dialog = app.summary_desk.smooth_dialog
    assert dialog is not None
    dialog.cancel_button.click()
    qtbot.waitUntil(lambda: not app.summary_desk.model_work.busy)
    assert app.summary_desk.smooth_dialog is None
    over.set()
    thread.join()
    server.server_close()


def test_without_a_model_there_is_no_button_and_a_missing_one_is_told(qtbot: QtBot, app: App) -> None:
    """Off by default; on without a server, the dialog says what to do."""
    assert not app.window.summary.smooth_button.isVisible()
    local = app.services.settings.local_model
    local.enabled, local.address = True, "http://10.1.2.3/v1"
    app.summary_desk.refresh(CALL_ID)
    settle(qtbot, app)
    assert app.window.summary.smooth_button.isVisible()
    app.window.summary.smooth_button.click()
    qtbot.waitUntil(lambda: not app.summary_desk.model_work.busy)
    dialog = app.summary_desk.smooth_dialog
    assert dialog is not None
    assert "is not an address on this machine" in dialog.error_label.text()
    dialog.reject()


def test_undo_is_for_the_call_that_was_revised(qtbot: QtBot, app: App) -> None:
    """Another one may be shown by now: it keeps what it has."""
    app.summary_desk.revise(WHOLE_CALL, LineRevision(comment="A hard day."))
    settle(qtbot, app)
    other = next(call_id for call_id in app.services.memory.calls if call_id != CALL_ID)
    with qtbot.waitSignal(app.desk.opened):
        app.desk.open(other)
    settle(qtbot, app)
    app.summary_desk.revise(WHOLE_CALL, LineRevision(comment="Theirs."), is_undo=True)
    settle(qtbot, app)
    app.window.toast.action_button.click()
    settle(qtbot, app)
    comments = [app.services.summaries.revision(call_id).comment for call_id in (CALL_ID, other)]
    assert comments == ["", "Theirs."]


@pytest.mark.parametrize(("count", "scrolls"), [(1, False), (12, True)])
def test_proposals_have_the_room_they_need(qtbot: QtBot, app: App, count: int, scrolls: bool) -> None:
    """They come after the dialog was opened, which takes their height; many scroll among themselves."""
    shown = app.window.summary.shown
    assert shown is not None
    line = shown.sections[0].lines[0]
    dialog = SmoothDialog(app.window)
    dialog.open()
    before = dialog.height()
    dialog.show_proposals([(line, SMOOTHER)] * count, dropped=0)
    assert dialog.height() > before
    inner, listed = dialog.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: listed.isVisible() and listed.width() > 0)
    assert inner.verticalScrollBar().maximum() == 0
    qtbot.waitUntil(lambda: (listed.verticalScrollBar().maximum() > 0) is scrolls)
    dialog.reject()
