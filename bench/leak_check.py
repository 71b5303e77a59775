"""The leak check against what a customer's voice would really do, in simulated rooms.

    python bench/leak_check.py [--part development|test]

For each room the probe is played and judged; then a voice at telephone level is played through the same
room and noise, and Silero VAD says how much of it is heard. Rooms of the seed "development" chose the
thresholds in coach/audio/leak_check.py, rooms of the seed "test" are reported.
Prints a table; unless of one part only, it also writes bench/results/leak_check.json. *Harmful* is a room in
which a twentieth of the voice's windows or more is heard. Errors of level and delay are those of rooms where
the probe was found (a strength of 7 and more); of a weaker one they say nothing.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.rooms import PARTS, RATE, Floats, drifted, filtered, levelled, parts, response, room_noise  # noqa: E402
from coach.audio.leak_check import judge_leak, make_probe, measure  # noqa: E402
from coach.audio.media_file import read_samples  # noqa: E402
from coach.speech.vad import SileroVad  # noqa: E402

VOICE_DBFS = -22.0
"""A voice on the telephone while it speaks; its level varies around it."""
SPEECH = {"development": "parcel-recovery.flac", "test": "internet-outage.flac"}
SEEDS = {"development": 1, "test": 2}
ROOMS = 120
SILENT_ROOMS = 300


@dataclass(frozen=True, slots=True)
class Room:
    """A simulated room and what came of it. ``heard``: the part of the voice's windows taken for speech."""

    verdict: str
    leak_db: float
    leak_dbfs: float
    strength: float
    true_db: float
    delay_error_s: float
    heard: float


def voice(name: str) -> Floats:
    samples = read_samples(ROOT / "assets" / "calls" / name)
    frames = samples[: len(samples) // 1600 * 1600].reshape(-1, 1600)
    return levelled(frames[np.sqrt((frames**2).mean(1)) > 0.01].ravel()[: 8 * RATE], VOICE_DBFS)


def speech_windows(vad: SileroVad, samples: Floats) -> float:
    vad.reset()
    windows = samples[: len(samples) // 512 * 512].reshape(-1, 512)
    return float(np.mean([vad.probability(window) >= 0.5 for window in windows]))


def try_room(rng: np.random.Generator, speech: Floats, vad: SileroVad) -> Room:
    probe = make_probe()
    noise_dbfs = rng.uniform(-75, -45)
    gain_db = rng.uniform(-60, 0)
    delay_s = rng.uniform(0.0, 1.0)
    path = response(rng, delay_s, rng.uniform(0.1, 0.6), rng.uniform(-6, 12)) * 10 ** (gain_db / 20)
    noise = room_noise(rng, 0.8 + len(probe) / RATE + 1.2, noise_dbfs)
    played = np.concatenate([probe, np.zeros(round(1.2 * RATE), np.float32)])
    leaked = drifted(filtered(played, path), rng.uniform(-100, 100))
    before = noise[: round(0.8 * RATE)]
    recorded = noise[len(before) :][: len(leaked)] + leaked
    answer = measure(recorded, probe, before)
    verdict = judge_leak(recorded, probe, before)
    call = filtered(speech, path) + room_noise(rng, len(speech) / RATE, noise_dbfs)
    true = 10 * np.log10(np.sum(leaked.astype(float) ** 2) / len(probe)) - answer.noise_dbfs
    return Room(
        verdict.verdict,
        answer.leak_dbfs - answer.noise_dbfs,
        answer.leak_dbfs,
        answer.strength,
        float(true),
        abs(answer.delay_s - delay_s),
        speech_windows(vad, np.clip(call, -1, 1)),
    )


def no_leak(rng: np.random.Generator) -> tuple[str, float]:
    probe = make_probe()
    noise = room_noise(rng, 0.8 + len(probe) / RATE + 1.2, rng.uniform(-75, -45))
    before, recorded = noise[: round(0.8 * RATE)], noise[round(0.8 * RATE) :]
    return judge_leak(recorded, probe, before).verdict, measure(recorded, probe, before).strength


def run(part: str) -> dict[str, object]:
    rng, vad = np.random.default_rng(SEEDS[part]), SileroVad()
    speech = voice(SPEECH[part])
    rooms = [try_room(rng, speech, vad) for _ in range(ROOMS)]
    silent = [no_leak(rng) for _ in range(SILENT_ROOMS)]
    print(f"\n{part}: {ROOMS} rooms with a leak, {SILENT_ROOMS} without")
    print("leak over noise    rooms  voice heard (mean, most)   safe  headset-needed  could-not-tell")
    for low in range(-30, 30, 5):
        inside = [room for room in rooms if low <= room.leak_db < low + 5]
        if inside:
            heard = [room.heard for room in inside]
            counts = [
                sum(room.verdict == name for room in inside)
                for name in ("safe", "headset-needed", "could-not-tell")
            ]
            print(
                f"{low:+3d} to {low + 5:+3d} dB   {len(inside):5d}   "
                f"{np.mean(heard):6.3f} {max(heard):6.3f}        {counts}"
            )
    harmful = [room for room in rooms if room.heard >= 0.05]
    harmless = [room for room in rooms if room.heard < 0.05]
    found = [room for room in rooms if room.strength >= 7]
    result: dict[str, object] = {
        "rooms": ROOMS,
        "harmful_called_safe": sum(room.verdict == "safe" for room in harmful) / max(1, len(harmful)),
        "most_heard_in_a_room_called_safe": max(
            (room.heard for room in rooms if room.verdict == "safe"), default=0.0
        ),
        "harmless_called_headset_needed": sum(room.verdict == "headset-needed" for room in harmless)
        / max(1, len(harmless)),
        "no_leak_not_safe": sum(verdict != "safe" for verdict, _ in silent) / len(silent),
        "no_leak_strongest_peak": max(strength for _, strength in silent),
        "leak_level_error_db_p95": float(np.percentile([abs(r.leak_db - r.true_db) for r in found], 95)),
        "delay_error_ms_p95": 1000 * float(np.percentile([r.delay_error_s for r in found], 95)),
    }
    for name, value in result.items():
        print(f"  {name}: {value if isinstance(value, int) else round(float(value), 3)}")  # type: ignore[arg-type]
    return result


def main() -> None:
    chosen = parts(__doc__)
    results = {part: run(part) for part in chosen}
    if chosen != PARTS:
        return
    out = ROOT / "bench" / "results" / "leak_check.json"
    out.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
