"""A real telephone call at 8 kHz, reviewed with the real models: in stereo, and with both on one track."""

from __future__ import annotations

import re
import wave
from pathlib import Path
from queue import Queue

import numpy as np
import pytest

from coach.audio.media_file import read_samples
from coach.bootstrap import EngineServices, make_services
from coach.calls.record import turn_at
from coach.events import CallRecord
from coach.taxonomy import MOVES
from coach.values.batches import BatchEnded, BatchEvent, BatchItem, BatchState, Side

pytestmark = [pytest.mark.models, pytest.mark.timeout(300)]

CALL = Path(__file__).parents[1] / "data" / "calls" / "oil_light.mp3"
AGENTS = {"serviced", "drove", "properly", "switch", "hurry", "easiest", "easy", "model"}
CUSTOMERS = {"already home", "drive right by", "hyundai", "bought", "makes sense", "not really a big deal"}
AGENT_SPEAKS_S = ((0.7, 5.0), (10.0, 36.0), (42.0, 49.5), (58.0, 63.5))
WAIT_S = 200.0


@pytest.fixture
def services(own_home: Path, whisper_dir: Path, monkeypatch: pytest.MonkeyPatch) -> EngineServices:
    monkeypatch.setenv("SAMESIDE_MODELS", str(whisper_dir.parent))
    return make_services()


def reviewed(services: EngineServices, path: Path, side: Side) -> BatchItem:
    """What became of it, through the line of recordings."""
    told: Queue[BatchEvent] = Queue()
    services.batch.add([path], side)
    services.batch.run(told.put)
    while not isinstance(told.get(timeout=WAIT_S), BatchEnded):
        pass
    return services.batch.items()[-1]


def said(record: CallRecord) -> str:
    return " ".join(turn.text for turn in record.turns).casefold()


def on_one_track(path: Path) -> Path:
    """Both people mixed at 8 kHz, as a cheap recorder does; there is nothing above 4 kHz to lose."""
    samples = read_samples(CALL)[::2]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return path


def test_a_stereo_call_is_reviewed_from_its_sound_to_its_summary(services: EngineServices) -> None:
    """The agent's channel alone becomes text; moves are sensible, each line of the summary is in it."""
    item = reviewed(services, CALL, Side(0))
    assert (item.state, item.why) == (BatchState.DONE, "")
    assert item.taken == "Taken as yours: the left channel."
    assert item.duration_s == pytest.approx(69.4, abs=0.3)
    record, summary = services.store().load(item.call_id)
    assert summary is not None
    heard = said(record)
    assert len({word for word in AGENTS if word in heard}) >= len(AGENTS) - 1, heard
    assert not [words for words in CUSTOMERS if words in heard], heard
    moves = {move.name for found in record.moves.values() for move in found}
    assert moves <= set(MOVES)
    assert {"reflecting", "asking_input"} <= moves, moves
    lines = [line for section in summary.sections for line in section.lines]
    assert lines
    for line in lines:
        assert 0.0 <= line.at_s <= record.duration_s
        turn = turn_at(record, line.turn_index)
        if line.evidence:
            assert turn is not None
            assert _plain(line.evidence) in _plain(turn.text), line


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def test_of_both_on_one_track_the_picked_voice_alone_becomes_text(
    services: EngineServices, tmp_path: Path
) -> None:
    """Nobody is enrolled: two voices are offered, each has a clip, and the other one's words are not kept."""
    path = on_one_track(tmp_path / "one track.wav")
    voices = services.batch.voices(path, lambda _what, _done, _total: None)
    assert len(voices) == 2
    assert all(voice.narrow and 0.0 <= voice.start_s < voice.end_s <= 69.5 for voice in voices)
    agents = next(voice for voice in voices if any(a <= voice.start_s < b for a, b in AGENT_SPEAKS_S))
    item = reviewed(services, path, Side(voice_id=services.batch.keep_voice(agents, enrol=False)))
    assert item.taken == "Only the voice you picked was written down."
    assert services.voice_enrolled() is None
    record, _ = services.store().load(item.call_id)
    heard = said(record)
    assert len({word for word in AGENTS if word in heard}) >= len(AGENTS) - 2, heard
    assert len([words for words in CUSTOMERS if words in heard]) <= 1, heard
