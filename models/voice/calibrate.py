"""Measure what a similarity is worth, on development speakers only; writes release/calibration.json.

    python models/voice/calibrate.py --audio DIR --out models/voice/release

``DIR/manifest.csv`` has the columns path, speaker and split; only rows whose split is "dev" are read
(``bench/voice_gate.py`` tests on the others; ``bench/voice_set.py`` makes DIR).
Speech goes the gate's own way: a profile of about 25 s, then windows of 1.6 s every 0.8 s of
what is left, averaged over as many as the length has; as heard, with noise, and through a telephone's band.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from coach.audio.media_file import read_samples  # noqa: E402
from coach.events import SAMPLE_RATE_HZ, Samples  # noqa: E402
from coach.voice.calibration import centroid, steadiness  # noqa: E402
from coach.voice.encoder import Embedding, Encoder  # noqa: E402
from coach.voice.features import log_mel, sounds_narrow  # noqa: E402
from coach.voice.making import in_a_room, make_profile, through_a_telephone  # noqa: E402
from coach.voice.windows import HOP, WINDOW, loudness  # noqa: E402

PROFILE_S, PROFILE_SEGMENT_S, TEST_S = 24.0, 3.0, 12.0
SHORT_S = 0.9
LENGTHS_S = (1.6, 3.2, 6.4)
WIDER = 1.1
"""Spreads are taken this much wider than measured: here profile and test share their day and microphone."""


def speech(folder: Path, split: str) -> dict[str, Samples]:
    """Everything of each speaker, joined in the manifest's order, at 16 kHz."""
    runs = defaultdict(list)
    with (folder / "manifest.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["split"] == split:
                runs[row["speaker"]].append(read_samples(folder / row["path"]))
    return {speaker: np.concatenate(parts) for speaker, parts in runs.items()}


def cut(samples: Samples, seconds: float) -> list[Samples]:
    size = round(seconds * SAMPLE_RATE_HZ)
    return [samples[at : at + size] for at in range(0, len(samples) - size + 1, size)]


def voices(encoder: Encoder, samples: Samples) -> Iterator[tuple[float, float, Embedding]]:
    """(nominal length, speech in it, voice) for each length, over the whole run."""
    for run in cut(samples, SHORT_S):
        yield SHORT_S, loudness(run)[0], encoder.embed(run)
    starts = range(0, len(samples) - WINDOW + 1, HOP)
    windows = [samples[at : at + WINDOW] for at in starts]
    active = [loudness(window)[0] for window in windows]
    embedded = [one * weight for one, weight in zip(encoder.embed_all(windows), active, strict=True)]
    for length in LENGTHS_S:
        many = round((length * SAMPLE_RATE_HZ - WINDOW) / HOP) + 1
        step = many + 1 if many > 1 else 2
        for at in range(0, len(embedded) - many + 1, step):
            yield (
                length,
                float(np.mean(active[at : at + many])) * length / 1.6,
                centroid(embedded[at : at + many]),
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--audio", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    encoder = Encoder()
    profiles, tests, steady = {}, {}, {}
    for speaker, samples in speech(options.audio, "dev").items():
        half = min(len(samples) // 2, round(PROFILE_S * SAMPLE_RATE_HZ))
        made = make_profile(encoder, cut(samples[:half], PROFILE_SEGMENT_S), dt.date(2026, 1, 1))
        rest = samples[half : half + round(TEST_S * SAMPLE_RATE_HZ)]
        narrow_already = sounds_narrow(log_mel(samples[:half]))
        profiles[speaker] = {"wide": centroid(made.wide), "narrow": centroid(made.narrow)}
        steady[speaker] = {"wide": steadiness(made.wide), "narrow": steadiness(made.narrow)}
        tests[speaker, "narrow"] = list(voices(encoder, through_a_telephone(rest)))
        tests[speaker, "wide"] = []
        if not narrow_already:
            tests[speaker, "wide"] = [
                found for run in (rest, in_a_room(rest)) for found in voices(encoder, run)
            ]
        print(speaker, len(tests[speaker, "narrow"]), "telephone" if narrow_already else "", flush=True)
    spreads = {band: spread(profiles, tests, steady, band) for band in ("wide", "narrow")}
    usual = {
        band: round(float(np.mean([row[band] for row in steady.values() if row[band] is not None])), 4)
        for band in spreads
    }
    text = json.dumps({"speakers": len(profiles), "steadiness": usual, "spreads": spreads}, indent=1)
    (options.out / "calibration.json").write_text(text + "\n", encoding="utf-8")
    names = sorted(file for file in options.out.iterdir() if file.name != "SHA256SUMS")
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in names]
    (options.out / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


def spread(profiles: dict, tests: dict, steady: dict, band: str) -> list[dict[str, float]]:  # type: ignore[type-arg]
    """For each length; what the steadiness of a speaker's reading foretells is not part of the spread."""
    rows = []
    for length in (SHORT_S, *LENGTHS_S):
        own, other, seconds, steadier = [], [], [], []
        for (speaker, heard_in), found in tests.items():
            if heard_in != band or steady[speaker][band] is None:
                continue
            for nominal, speech_s, voice in found:
                if nominal != length:
                    continue
                seconds.append(speech_s)
                steadier.append(steady[speaker][band])
                for name, profile in profiles.items():
                    (own if name == speaker else other).append(float(profile[band] @ voice))
        slope = max(0.0, float(np.polyfit(steadier, own, 1)[0]))
        left = np.asarray(own) - slope * (np.asarray(steadier) - np.mean(steadier))
        row = {
            "speech_s": float(np.mean(seconds)),
            "own": float(np.mean(own)),
            "other": float(np.mean(other)),
            "sd": float(np.sqrt((np.var(left) + np.var(other)) / 2)) * WIDER,
            "own_per_steadiness": slope,
        }
        rows.append({name: round(value, 4) for name, value in row.items()})
        print(
            band, length, rows[-1], f"equal error {100 * equal_error(own, other):.1f} %", len(own), len(other)
        )
    return rows


def equal_error(own: list[float], other: list[float]) -> float:
    a, b = np.sort(own), np.sort(other)
    at = np.sort(np.concatenate([a, b]))
    missed = np.searchsorted(a, at) / len(a)
    let_in = 1 - np.searchsorted(b, at) / len(b)
    best = int(np.argmin(np.abs(missed - let_in)))
    return float(missed[best] + let_in[best]) / 2


if __name__ == "__main__":
    main()
