"""The page of all keys: whoever has no mouse finds each of them, and none that is not there."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QApplication

from tests.fakes.cut_off import assert_whole
from tests.fakes.desk import Desk, desk, services
from tests.fakes.services import FakeServices
from ui.dialogs.keys import IN_REVIEW, KeysDialog, groups
from ui.review.window import ReviewWindow

__all__ = ["desk", "services"]


def opened(desk: Desk) -> KeysDialog:
    desk.window.actions_.keys.trigger()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, KeysDialog))
    desk.qtbot.waitUntil(dialog.isVisible)
    return dialog


def rows(dialog: KeysDialog) -> list[str]:
    """The keys that are shown."""
    tree = dialog.tree
    tops = [tree.topLevelItem(place) for place in range(tree.topLevelItemCount())]
    found = [top.child(number) for top in tops for number in range(top.childCount())]
    return [row.text(1) for row in found if not row.isHidden()]


def test_every_key_of_the_menus_is_on_it(desk: Desk) -> None:
    """A key that only a menu tells is found by nobody in a hurry."""
    dialog = opened(desk)
    listed = set(rows(dialog))
    for action in desk.window.findChildren(QAction):
        if action.isVisible() and not action.shortcut().isEmpty() and action.text():
            assert action.shortcut().toString() in listed, action.text()
    dialog.close()


def test_keys_for_any_window_are_as_they_were_chosen(desk: Desk, services: FakeServices) -> None:
    """Not the usual ones, and none where they are switched off."""
    services.settings.keys.pause = "Ctrl+Alt+P"
    bar = desk.window.menuBar()
    assert ("Pause listening, or resume", "Ctrl+Alt+P") in groups(bar, services.settings.keys)[
        "In any window"
    ]
    services.settings.keys.enabled = False
    assert "In any window" not in groups(bar, services.settings.keys)


def test_the_keys_of_a_review_are_those_it_has(desk: Desk) -> None:
    """The page keeps up with the window of a review."""
    window = ReviewWindow()
    desk.qtbot.addWidget(window)
    listed = {key for _what, keys in IN_REVIEW for key in keys.split(" / ")}
    there = {shortcut.key().toString() for shortcut in window.findChildren(QShortcut)}
    assert there - {"Esc"} <= listed


@pytest.mark.parametrize(
    ("words", "keys"), [("black out", "Ctrl+B"), ("correct", "F2"), ("ctrl+r", "Ctrl+R")]
)
def test_a_key_is_found_by_what_it_does_or_how_it_is_written(desk: Desk, words: str, keys: str) -> None:
    """One types what one wants to do."""
    dialog = opened(desk)
    dialog.search.setText(words)
    assert keys in rows(dialog)
    assert len(rows(dialog)) < 6
    dialog.close()


@pytest.mark.usefixtures("themed")
def test_nothing_on_it_is_cut_off(desk: Desk) -> None:
    """Also in the least of its sizes."""
    dialog = opened(desk)
    dialog.resize(dialog.minimumSize())
    assert_whole(desk.qtbot, dialog)
    dialog.close()
