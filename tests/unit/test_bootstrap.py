"""The composition root: what is there once, though several ask for it at the same time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from coach.bootstrap import EngineServices
from coach.settings import Settings
from coach.store.local import LocalStore

ASKING = 2


class Opening(EngineServices):
    """Counts how often a store is opened for those who ask in the same moment."""

    def __init__(self) -> None:
        super().__init__(Settings(), "correct horse")
        self.opened: list[LocalStore] = []
        self._coming = threading.Barrier(ASKING)

    def asked(self) -> LocalStore:
        self._coming.wait()
        return self.store()

    def _open_store(self) -> LocalStore:
        self.opened.append(super()._open_store())
        return self.opened[-1]


def test_two_who_ask_at_first_start_get_one_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The window and the line of recordings both want it; a second one would stay open for ever."""
    monkeypatch.setenv("SAMESIDE_HOME", str(tmp_path))
    with closing(Opening()) as services, ThreadPoolExecutor(ASKING) as threads:
        stores = [one.result() for one in [threads.submit(services.asked) for _ in range(ASKING)]]
        assert len(services.opened) == 1
        assert stores == services.opened * ASKING
