"""How many recognisers there are, and on how many threads each works."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest

from coach.modelfiles.manager import ModelFiles
from coach.services import hearing
from coach.services.hearing import EngineHearing
from coach.settings import ListeningSettings


class Recogniser:
    made: list[tuple[int, int]]

    def __init__(self, _folder: Path, threads: int, _language: str, _vocabulary: Sequence[str], at_once: int):
        Recogniser.made.append((at_once, threads))

    def warm(self) -> None:
        """Nothing to be done."""

    taken_for = staticmethod(lambda _hearing: None)


class Files:
    def resolve(self, name: str) -> Path:
        return Path(name)

    def list(self) -> list[object]:
        return []


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> ListeningSettings:
    Recogniser.made = []
    monkeypatch.setattr(hearing, "WhisperTranscriber", Recogniser)
    monkeypatch.setattr(hearing, "_far_end", lambda: None)
    return ListeningSettings()


@pytest.fixture
def engine(listening: ListeningSettings) -> EngineHearing:
    return EngineHearing(cast("ModelFiles", Files()), lambda: listening, lambda: None)


def test_a_recording_is_heard_on_two_cores_though_a_call_is_on_one(
    engine: EngineHearing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the settings are at first; both have the same recogniser, which is loaded once."""
    monkeypatch.setattr(hearing, "cores", lambda: 8)
    engine.recorded(None)
    engine.listener(live=True)
    engine.recorded(None)
    assert Recogniser.made == [(2, 1)]


def test_on_one_core_nothing_is_heard_beside(engine: EngineHearing, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pieces at a time would only take more memory."""
    monkeypatch.setattr(hearing, "cores", lambda: 1)
    engine.recorded(None)
    engine.listener(live=True)
    assert Recogniser.made == [(1, 1)]


def test_more_threads_go_to_a_call_as_chosen(
    engine: EngineHearing, listening: ListeningSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call has all of them for what it hears; a recording parts them between two pieces."""
    monkeypatch.setattr(hearing, "cores", lambda: 8)
    listening.threads = 4
    engine.listener(live=True)
    engine.recorded(None)
    assert Recogniser.made == [(1, 4), (2, 2)]
