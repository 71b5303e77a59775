"""Another summary takes the place of the one that is read: what is written stays with its own call."""

from __future__ import annotations

import json

from pytestqt.qtbot import QtBot

from coach.values.revisions import LineRevision
from tests.fakes import sample_call
from tests.ui.test_summary_desk import BLAMING, CALL_ID, SMOOTHER, app, kept, row, settle, smooth_with
from ui.app import App
from ui.summary.revise_dialogs import CommentDialog, LineDialog

__all__ = ["app"]
OTHER = "other"


def another_call_ends(qtbot: QtBot, app: App) -> None:
    """As one does that was begun from the overlay: its summary is shown at once."""
    app.services.memory.begin(sample_call.header(OTHER))
    app.services.memory.finish(sample_call.record(OTHER), sample_call.summary(OTHER))
    app.window.show_summary(sample_call.record(OTHER), sample_call.summary(OTHER))
    settle(qtbot, app)


def revision(app: App, call_id: str, line_id: str) -> LineRevision:
    return app.services.summaries.revision(call_id).of(line_id)


def test_a_comment_stays_with_the_call_it_was_written_for(qtbot: QtBot, app: App) -> None:
    """The other call gets no word of it."""
    app.window.summary.comment_button.click()
    dialog = app.window.findChild(CommentDialog)
    assert isinstance(dialog, CommentDialog)
    dialog.comment_edit.setPlainText("A hard day.")
    another_call_ends(qtbot, app)
    dialog.save_button.click()
    settle(qtbot, app)
    summaries = app.services.summaries
    assert summaries.revision(OTHER).comment == ""
    assert summaries.revision(CALL_ID).comment == "A hard day."


def test_an_edited_line_stays_with_its_call(qtbot: QtBot, app: App) -> None:
    """A line of the same number in the other call reads as it was written."""
    row(app).edit_button.click()
    dialog = app.window.findChild(LineDialog)
    assert isinstance(dialog, LineDialog)
    dialog.text_edit.setText("Asked too bluntly")
    another_call_ends(qtbot, app)
    dialog.save_button.click()
    settle(qtbot, app)
    assert revision(app, OTHER, BLAMING) == LineRevision()
    assert kept(app).text == "Asked too bluntly"


def test_smoother_words_stay_with_their_call(qtbot: QtBot, app: App) -> None:
    """What the model proposed for one call is never taken into another."""
    dialog = smooth_with(qtbot, app, json.dumps([SMOOTHER]))
    another_call_ends(qtbot, app)
    dialog.take_button.click()
    settle(qtbot, app)
    assert revision(app, OTHER, "about.4.words") == LineRevision()
    assert kept(app, "about.4.words").text == SMOOTHER
