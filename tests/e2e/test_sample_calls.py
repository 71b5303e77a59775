"""The sample calls are what their scripts say."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from coach.resources import asset
from coach.taxonomy import CONTENTIOUS, MOVES
from tests.e2e.scripted_call import word_error_rate

CALLS = ("parcel-recovery", "internet-outage")
MARGIN_S = 0.1


def script_of(name: str) -> dict[str, Any]:
    return tomllib.loads(asset("calls", f"{name}.toml").read_text(encoding="utf-8"))


def replay_of(name: str) -> dict[str, Any]:
    replay: dict[str, Any] = json.loads(asset("calls", f"{name}.replay.json").read_text(encoding="utf-8"))
    return replay


def sound(path: Path) -> tuple[NDArray[np.float32], int]:
    """Shape (n, channels), and the rate."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        frames = [frame.to_ndarray() for frame in container.decode(stream)]
        channels = stream.codec_context.channels
        packed = np.concatenate([frame.reshape(-1, channels) for frame in frames])
        return np.asarray(packed / 32768, np.float32), stream.rate


@pytest.mark.parametrize("name", CALLS)
def test_the_agent_is_heard_when_the_replay_says_so_and_at_no_other_time(name: str) -> None:
    """The times in NAME.replay.json are the true ones, and the texts those of the script."""
    script, replay = script_of(name), replay_of(name)
    samples, rate_hz = sound(asset("calls", f"{name}.flac"))
    assert (samples.shape[1], rate_hz) == (script["channels"], script["sample_rate_hz"])
    spoken = [turn["text"] for turn in script["turn"] if turn["speaker"] == "agent"]
    assert [turn["text"] for turn in replay["turns"]] == spoken
    agent = np.abs(samples[:, 0])
    elsewhere = np.ones(len(agent), bool)
    for turn in replay["turns"]:
        start, end = (round(turn[key] * rate_hz) for key in ("t0", "t1"))
        margin = round(MARGIN_S * rate_hz)
        assert agent[start : start + margin].max() > 0.005
        assert agent[end - margin : end].max() > 0.005
        elsewhere[start - margin : end + margin] = False
    assert agent[elsewhere].max() < 0.005


@pytest.mark.parametrize("name", CALLS)
def test_the_script_marks_what_is_in_the_taxonomy_and_in_the_text(name: str) -> None:
    """Marked moves exist, a cue answers a contentious one that is marked, promised words are said."""
    turns = script_of(name)["turn"]
    for turn in turns:
        assert set(turn.get("moves", ())) <= set(MOVES), turn
        assert 3 <= len(turn["text"].split()) <= 25, turn
        for promise in turn.get("commitment", ()):
            assert promise["due_text"] in turn["text"]
    cues = [turn for turn in turns if "cue" in turn]
    assert len(cues) == 1
    assert cues[0]["cue"] in set(cues[0]["moves"]) & set(CONTENTIOUS)
    assert cues[0]["cue"] in [turn.get("repairs") for turn in turns[turns.index(cues[0]) :]]


def test_the_recovery_holds_three_promises() -> None:
    """The call the first walk is tried on has exactly three commitments, in this order."""
    promises = [one for turn in script_of(CALLS[0])["turn"] for one in turn.get("commitment", ())]
    assert [one["owner"] for one in promises] == ["agent", "company", "agent"]


def test_word_error_rate_counts_words_wrong_missing_and_added() -> None:
    """Case and punctuation do not count; each other difference counts once."""
    assert word_error_rate("I'll call you, today.", "i’ll call you today") == 0
    assert word_error_rate("one two three four", "one too three") == 0.5
    assert word_error_rate("one two", "one two three") == 0.5
    assert word_error_rate("one two", "") == 1
