"""Fixtures for tests on a real desktop, and of the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.command_line import PASSPHRASE, Recogniser, replace_recogniser
from tests.e2e.desktop import Desktop, missing_packages


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    """A display, a window manager and a microphone; skips, saying what to install, without them."""
    missing = missing_packages()
    if missing:
        pytest.skip(
            "NO DESKTOP TO TEST ON, so the app was not tried on a real display and microphone. "
            f"Install: apt-get install {' '.join(missing)}"
        )
    with Desktop(tmp_path / "desktop") as running:
        yield running


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, not made yet, for all that is kept: nothing of the person running the tests is touched."""
    monkeypatch.setenv("SAMESIDE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SAMESIDE_PASSPHRASE", PASSPHRASE)
    monkeypatch.delenv("SAMESIDE_MODELS", raising=False)
    return tmp_path / "home"


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch) -> Recogniser:
    """Hears in place of the recognition model, which takes seconds to load."""
    return replace_recogniser(monkeypatch)
