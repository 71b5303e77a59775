"""Set-up the tests of the app share."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from tests.fakes.waiting import WAIT_S
from ui.look.theme import ThemeKeeper, apply_theme, load_font

WAIT_MS = round(WAIT_S * 1_000)
LOOK_AGAIN_MS = 2


class PatientBot(QtBot):
    """Waits as long as a busy machine may take, by a clock that nobody sets; looks often."""

    def waitUntil(self, callback: Callable[[], bool], *, timeout: int = WAIT_MS) -> None:
        ends_s = time.monotonic() + timeout / 1_000
        while not callback():
            if time.monotonic() > ends_s:
                raise TimeoutError(f"it never came to that in {timeout} ms")
            self.wait(LOOK_AGAIN_MS)

    def waitSignal(self, signal: Any, *, timeout: int = WAIT_MS, **chosen: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **chosen)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def same_fonts(qapp: QApplication) -> None:
    """What fonts there are does not depend on whether a test before put a theme on."""
    load_font()


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """The next test finds the application as this one did: no widget, no theme, nobody's locale or clipboard.

    Without a running event loop Qt would keep closed widgets, and Python those that nobody deletes until it
    happens to collect them. A theme that stays makes every window after it twice as slow.
    """
    font, locale, direction = qapp.font(), QLocale(), qapp.layoutDirection()
    yield
    for widget in QApplication.topLevelWidgets():
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    if qapp.styleSheet():
        _take_off_theme(qapp)
        qapp.setFont(font)
    if qapp.clipboard().text():
        qapp.clipboard().clear()
    if qapp.layoutDirection() != direction:
        qapp.setLayoutDirection(direction)
    QLocale.setDefault(locale)


@pytest.fixture
def themed(qapp: QApplication) -> None:
    """Looks as it does on the user's screen: for tests of what has room."""
    apply_theme(qapp, "light")


def _take_off_theme(app: QApplication) -> None:
    keeper = app.findChild(ThemeKeeper)
    if isinstance(keeper, ThemeKeeper):
        keeper.choose("system")
    app.setStyleSheet("")
    app.setPalette(QPalette())
