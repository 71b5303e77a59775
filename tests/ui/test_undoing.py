"""Ctrl+Z pressed again and again: what could not be undone is what is tried again, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from coach.errors import KnownError
from ui import text
from ui.parts.toast import Toast
from ui.work import Background, after


@pytest.fixture
def queue() -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.fixture
def toast(qtbot: QtBot, queue: Background) -> Toast:
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    made = Toast(host)
    made.settled = after(queue)
    return made


def undo_in(queue: Background, toast: Toast, done: list[str], name: str, fails: bool) -> Callable[[], None]:
    def work() -> None:
        if fails:
            raise KnownError("disk-full", "The disk is full.")

    def failed(_error: KnownError) -> None:
        done.append(f"{name} failed")
        toast.undo_failed()

    return lambda: queue.run(work, lambda _none: done.append(name), failed)


@pytest.mark.parametrize("failing", ["first", "second"])
def test_of_two_undone_at_once_the_one_that_failed_is_tried_again(
    qtbot: QtBot, queue: Background, toast: Toast, failing: str
) -> None:
    done: list[str] = []
    for name in ("second", "first"):
        toast.say(name, text.UNDO, undo_in(queue, toast, done, name, name == failing))
    assert toast.undo()
    assert toast.undo()
    qtbot.waitUntil(lambda: len(done) == 2 and not queue.busy)
    assert f"{failing} failed" in done
    assert toast.undo()
    qtbot.waitUntil(lambda: len(done) == 3 and not queue.busy)
    assert done[2] == f"{failing} failed"


def test_undone_is_said_once_the_last_of_them_is(qtbot: QtBot, queue: Background, toast: Toast) -> None:
    done: list[str] = []
    for name in ("second", "first"):
        toast.say(name, text.UNDO, undo_in(queue, toast, done, name, fails=False))
    toast.undo()
    toast.undo()
    assert toast.message_label.text() != "Undone."
    qtbot.waitUntil(lambda: toast.message_label.text() == "Undone.")
    assert done == ["first", "second"]
    assert not toast.undo()


def test_what_the_button_could_not_undo_is_what_the_key_tries_again(
    qtbot: QtBot, queue: Background, toast: Toast
) -> None:
    """Not what was done before it: that one stays done."""
    done: list[str] = []
    toast.say("first", text.UNDO, undo_in(queue, toast, done, "first", False))
    toast.say("second", text.UNDO, undo_in(queue, toast, done, "second", True))
    toast.action_button.click()
    qtbot.waitUntil(lambda: done == ["second failed"] and not queue.busy)
    assert toast.undo()
    qtbot.waitUntil(lambda: len(done) == 2 and not queue.busy)
    assert done[1] == "second failed"
