"""What people and files are called, and what was said, is shown as it is: nothing in it is markup."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from coach.errors import KnownError
from coach.values.batches import BatchState, FoundVoice
from tests.fakes.desk import Desk, desk, services
from tests.ui.test_recordings import accept, items, picking
from ui.parts.label import Label, plain_tip

__all__ = ["desk", "services"]

HOSTILE = "<b>x<img src=nowhere.png>.wav"
UI = Path(__file__).parents[2] / "ui"
RICH = {"commitments/plot.py", "practice/outcome.py"}
"""Markup of our own, around words that are escaped."""


def labels() -> list[QLabel]:
    return [label for top in QApplication.topLevelWidgets() for label in top.findChildren(QLabel)]


def guessing() -> list[str]:
    """Labels of ours that would take their text for markup if it looked like some."""
    auto = Qt.TextFormat.AutoText
    return [label.text() for label in labels() if label.textFormat() is auto and _ours(label)]


def _ours(label: QWidget) -> bool:
    """A tooltip of Qt is a label too."""
    return label.metaObject().className() != "QTipLabel"


def test_no_label_guesses_whether_its_text_is_markup() -> None:
    """In every file of the app, also those that are yet to come."""
    found = []
    for path in sorted(UI.rglob("*.py")):
        name = path.relative_to(UI).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id == "QLabel":
                found.append(f"{name}:{node.lineno} makes a QLabel: use Label")
            if isinstance(node, ast.ClassDef) and name != "parts/label.py":
                bases = [base.id for base in node.bases if isinstance(base, ast.Name)]
                if "QLabel" in bases:
                    found.append(f"{name}:{node.lineno} is a QLabel: use Label")
            if isinstance(node, ast.Attribute) and node.attr == "RichText" and name not in RICH:
                found.append(f"{name}:{node.lineno} shows markup")
    assert found == []


@pytest.mark.parametrize("words", [HOSTILE, "a < b & c", "<plain", "x.wav"])
def test_a_tip_shows_what_it_was_given(qapp: QApplication, words: str) -> None:
    """Tooltips guess, whatever is done, so what looks like markup is escaped."""
    tip = plain_tip(words)
    assert tip == words or ("<b>x" not in tip and "<img" not in tip)
    assert Label(words).textFormat() is Qt.TextFormat.PlainText


def test_the_name_of_a_file_is_only_a_name(desk: Desk, tmp_path: Path) -> None:
    """In the questions about it, its row and details, what failed, the toast, and its summary."""
    path = tmp_path / HOSTILE
    path.write_bytes(b"sound")
    desk.services.voices = [FoundVoice(b"", 9.0, 1.0, 2.0, True), FoundVoice(b"", 8.0, 3.0, 4.0, True)]
    desk.app.files.open_recording(path)
    desk.qtbot.waitUntil(lambda: desk.app.files.questions.recording_dialog is not None)
    assert any(HOSTILE in label.text() for label in labels())
    assert guessing() == []
    accept(desk, 0)
    dialog = picking(desk)
    assert HOSTILE in dialog.words_label.text()
    dialog.show_error(f"{HOSTILE} cannot be played.")
    assert guessing() == []
    dialog.group.button(0).click()
    dialog.use_button.click()
    desk.qtbot.waitUntil(lambda: bool(items(desk)) and items(desk)[0].state is BatchState.DONE)
    desk.settle()
    page = desk.window.recordings
    page.select(items(desk)[0].id)
    tip = page.model.data(page.model.index(0), int(Qt.ItemDataRole.ToolTipRole))
    assert "<img" not in tip
    desk.app.notices.show_error(KnownError("not-audio", f"{HOSTILE} is no recording."))
    desk.window.toast.say(f"{HOSTILE} was reviewed.")
    assert desk.window.toast.message_label.textFormat() is Qt.TextFormat.PlainText
    assert any(HOSTILE in label.text() for label in desk.window.banners.findChildren(QLabel))
    assert guessing() == []
