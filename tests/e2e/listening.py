"""`sameside` in a process of its own with a microphone that is there and hears nothing."""

from __future__ import annotations

import sys

from coach import bootstrap, cli
from tests.fakes.engine import FakeSource


def quiet(_device_key: str | None) -> FakeSource:
    source = FakeSource(())
    source.endless = True
    return source


if __name__ == "__main__":
    bootstrap.Microphone = quiet  # type: ignore[assignment,misc]
    sys.exit(cli.main())
