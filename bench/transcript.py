"""What one event of a running call costs the main thread, while the transcript grows.

    python bench/transcript.py

Sends the events of a long scripted call to the live page through the bridge, one at a time, until 50 and
until 500 turns stand there, and times each event with the layout and painting it causes. Prints
milliseconds per event and the ratio, which is near 1 where the length of a call does not matter; then the
time a whole call of 500 turns takes in one go. Writes bench/results/transcript.json.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QSize  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from coach.events import (  # noqa: E402
    CallRecord,
    Event,
    Move,
    MovesFound,
    SessionStarted,
    Turn,
    Word,
    WordsHeard,
)
from tests.fakes import sample_call  # noqa: E402
from ui.app import make_application  # noqa: E402
from ui.bridge import EventBridge  # noqa: E402
from ui.live.model import TranscriptModel  # noqa: E402
from ui.live.page import LivePage  # noqa: E402
from ui.live.view import TranscriptView  # noqa: E402
from ui.look.theme import apply_theme  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "transcript.json"
SHORT, LONG = 50, 500
MEASURED_TURNS = 20
SIZE = QSize(1000, 700)
SAID = "I understand that this is not what you were told last week, so let me look at it with you now."


def turn(index: int) -> Turn:
    start_s = 6.0 * index
    words = tuple(
        Word(word, start_s + 0.25 * place, start_s + 0.25 * place + 0.2, 0.9)
        for place, word in enumerate(SAID.split())
    )
    return Turn(index, SAID, start_s, words[-1].end_s, words)


def turn_events(index: int) -> Iterator[Event]:
    """As the engine sends them: words in three pauses, the closed turn, its moves."""
    made = turn(index)
    for start in range(0, len(made.words), 7):
        yield WordsHeard(index, made.words[: start + 7])
    yield made
    yield MovesFound(index, (Move("empathising", 0.9, (0, 12)),))


class Call:
    """A call on a live page of its own."""

    def __init__(self) -> None:
        self.bridge = EventBridge()
        self.page = LivePage()
        self.page.follow(self.bridge)
        self.page.resize(SIZE)
        self.page.show()

    def send(self, event: Event) -> float:
        """Milliseconds until the event is on the screen; painted at once, not when the screen is due."""
        began = time.perf_counter()
        self.bridge.sink(event)
        QApplication.processEvents()
        self.page.view.viewport().repaint()
        return 1000 * (time.perf_counter() - began)

    def grow_to(self, turns: int) -> None:
        """A call of so many turns, without showing each step of it."""
        self.send(SessionStarted(sample_call.header(), "bench"))
        for index in range(turns):
            self.page.model.close_turn(turn(index))
        QApplication.processEvents()

    def replay_s(self, turns: int) -> float:
        """Seconds for a whole call at once, as from a recording on a fast machine."""
        began = time.perf_counter()
        self.bridge.sink(SessionStarted(sample_call.header(), "bench"))
        for index in range(turns):
            for event in turn_events(index):
                self.bridge.sink(event)
            QApplication.processEvents()
        self.page.view.viewport().repaint()
        return time.perf_counter() - began


def ms_per_event() -> tuple[float, float]:
    """Medians for a short and for a long call, taken in turns, so that a busy machine troubles both alike."""
    short, long = Call(), Call()
    short.grow_to(SHORT)
    long.grow_to(LONG)
    spent: tuple[list[float], list[float]] = ([], [])
    for step in range(MEASURED_TURNS):
        for call, turns, times in ((short, SHORT, spent[0]), (long, LONG, spent[1])):
            times += [call.send(event) for event in turn_events(turns + step)]
    return statistics.median(spent[0]), statistics.median(spent[1])


def load_s(turns: int) -> float:
    """Seconds until a kept call stands on the page of its summary."""
    record = CallRecord(sample_call.header(), [turn(index) for index in range(turns)])
    model = TranscriptModel()
    view = TranscriptView(model, live=False)
    view.resize(SIZE)
    view.show()
    QApplication.processEvents()
    began = time.perf_counter()
    model.load(record)
    QApplication.processEvents()
    view.viewport().repaint()
    return time.perf_counter() - began


def main() -> int:
    apply_theme(make_application(), "light")
    short, long = ms_per_event()
    results = {
        "ms_per_event_50_turns": round(short, 2),
        "ms_per_event_500_turns": round(long, 2),
        "ratio": round(long / short, 2),
        "replay_500_turns_s": round(Call().replay_s(LONG), 2),
        "load_500_turns_s": round(load_s(LONG), 3),
    }
    for name, value in results.items():
        print(f"{name.replace('_', ' '):28} {value}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
