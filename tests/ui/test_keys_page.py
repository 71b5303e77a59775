"""The page of all keys: whoever has no mouse finds each of them, and none that is not there."""

from __future__ import annotations

from typing import ClassVar

import pytest
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QApplication

from tests.fakes.cut_off import assert_whole
from tests.fakes.desk import Desk, desk, services
from ui.dialogs.keys import IN_REVIEW, KeysDialog, groups
from ui.keys.choose import NO_DISPLAY
from ui.review.window import ReviewWindow

__all__ = ["desk", "services"]


class Given:
    """A desktop that has given one key, of its own choice."""

    why_off = ""
    given: ClassVar = {"pause": "Super+P"}
    can_configure = False

    def bind(self, _combos: object) -> dict[str, str]:
        return {}

    def configure(self) -> None: ...

    def close(self) -> None: ...


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


def test_keys_for_any_window_are_those_that_work(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Wayland those that the desktop gave, whatever was chosen here; none where they are switched off."""
    hotkeys = desk.app.keys.hotkeys
    monkeypatch.setattr(hotkeys, "_grabber", Given())
    dialog = opened(desk)
    assert [keys for keys in rows(dialog) if "Super" in keys] == ["Super+P"]
    assert "Ctrl+Shift+F8" not in rows(dialog)
    assert dialog.off_label.isHidden()
    dialog.close()
    desk.services.settings.keys.enabled = False
    assert "In any window" not in groups(desk.window.menuBar(), hotkeys.shown())


def test_where_no_key_works_in_other_windows_it_says_why(desk: Desk) -> None:
    """None is listed that would do nothing."""
    dialog = opened(desk)
    assert dialog.off_label.text() == f"No key works in other windows now. {NO_DISPLAY}"
    assert "Ctrl+Shift+F8" not in rows(dialog)
    dialog.close()


def test_the_keys_of_a_review_are_those_it_has(desk: Desk) -> None:
    """The page keeps up with the window of a review."""
    window = ReviewWindow()
    desk.qtbot.addWidget(window)
    listed = {key for _what, keys in IN_REVIEW for key in keys.split(" / ")}
    there = {shortcut.key().toString() for shortcut in window.findChildren(QShortcut)}
    assert there - {"Esc"} <= listed


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("black out", "Ctrl+B"),
        ("correct", "F2"),
        ("ctrl+r", "Ctrl+R"),
        ("one second", "Shift+Left / Shift+Right"),
        ("hear the turn", "Enter"),
        ("several lines", "Ctrl+Enter"),
        ("quiz", "A / B / C"),
    ],
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
