"""Fixtures for tests on a real desktop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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
