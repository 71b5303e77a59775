"""The command line as a test drives it: a home of its own, and a recogniser that needs no model."""

from __future__ import annotations

import functools
import json
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from coach import bootstrap, cli
from coach.events import Utterance, Word
from coach.modelfiles.manager import ModelFiles
from coach.services import hearing as hearing_services
from tests.unit.speech.speech_fakes import Said

ROOT = Path(__file__).parents[2]
SAMESIDE = [sys.executable, "-c", "import sys; from coach.cli import main; sys.exit(main())"]
PASSPHRASE = "four cold hands"

Capture = pytest.CaptureFixture[str]


class Recogniser:
    """Hears the same two words in every utterance, in place of the model that takes seconds to load."""

    name = "fake"
    said = ("Hello", "there.")

    def __init__(self) -> None:
        self.on_first: Callable[[], object] = lambda: None
        self._lock = threading.Lock()

    def warm(self) -> None:
        """There is nothing to make ready."""

    def hear(self, utterance: Utterance) -> Said:
        # Pieces of a recording are heard at the same time: only one of them is the first.
        with self._lock:
            on_first, self.on_first = self.on_first, lambda: None
        on_first()
        middle_s = (utterance.start_s + utterance.end_s) / 2
        first, second = self.said
        return Said(
            (Word(first, utterance.start_s, middle_s, 0.9), Word(second, middle_s, utterance.end_s, 0.9))
        )

    def hear_all(self, utterances: Sequence[Utterance]) -> list[Said]:
        return [self.hear(one) for one in utterances]

    def taken_for(self, _hearing: Said) -> None:
        """It knows one language."""

    def draft(self, utterance: Utterance) -> tuple[Word, ...]:
        return self.hear(utterance).words


def replace_recogniser(monkeypatch: pytest.MonkeyPatch) -> Recogniser:
    """Commands run by ``cli.main`` hear with the ``Recogniser`` returned; the moves model is loaded once."""
    made = Recogniser()
    monkeypatch.setattr(hearing_services, "WhisperTranscriber", lambda *_args: made)
    monkeypatch.setattr(bootstrap, "OnnxMoveDetector", _detector)
    monkeypatch.setattr(ModelFiles, "resolve", lambda _self, _model: Path("no-folder"))
    return made


_detector = functools.cache(bootstrap.OnnxMoveDetector)


def told(capsys: Capture, *arguments: str) -> tuple[str, str]:
    """Run a command that the user must mend: its output and its one line of complaint."""
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert err.startswith("sameside: ")
    assert err.count("\n") == 1, err
    assert "fault of its own" not in err
    return out, err


def calls(capsys: Capture) -> list[dict[str, Any]]:
    assert cli.main(["calls", "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]
