"""How often a recording in English is taken for another language, and one in another language for English.

    python bench/tongue.py [--audio DIR]

English: what each speaker of DIR (a manifest.csv with path and speaker) says, as a recording of its own, and
the same through a telephone's band. Other languages: the texts of bench/data/languages.toml, read by
espeak-ng, which must be installed, in both bands too; and one English text by its accents. A voice made of
rules is not a person: of these languages it shows what the recogniser takes a plain voice for, no more. The
border (``coach.speech.tongue``) was set on others. Prints a table and writes bench/results/tongue.json.

A recording is heard as the app hears it, in pieces of up to 26 s. *wrong*: recordings whose last turn has the
wrong mark; *english*: how likely pieces of 5 s and more were English, the least and the most.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.clips import listed  # noqa: E402
from bench.needed import program  # noqa: E402
from bench.speech_sessions import CLIPS, room  # noqa: E402
from coach.audio.media_file import read_samples  # noqa: E402
from coach.events import SAMPLE_RATE_HZ, Block, Samples, Turn  # noqa: E402
from coach.modelfiles.manager import ModelFiles  # noqa: E402
from coach.speech.recorded import RecordedListener  # noqa: E402
from coach.speech.segmenter import Segmenter  # noqa: E402
from coach.speech.tongue import Taken  # noqa: E402
from coach.speech.vad import SileroVad  # noqa: E402
from coach.speech.whisper import WhisperHearing, WhisperTranscriber  # noqa: E402
from coach.voice.making import through_a_telephone  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "tongue.json"
TEXTS = ROOT / "bench" / "data" / "languages.toml"
ACCENTS = ("en-gb", "en-us", "en-gb-scotland", "en-029", "en-gb-x-gbclan", "en-gb-x-rp", "en-us-nyc")
ENGLISH = (
    "Good morning, this is Anna. I can see that your parcel came to Leeds on Tuesday and has not moved "
    "since. I am sorry about that. I will ring the depot this afternoon and call you before noon tomorrow. "
    "Do you have the number of the parcel in front of you?"
)
MOST_S = 60.0


def speakers(folder: Path) -> Iterator[tuple[str, Samples]]:
    parts: dict[str, list[Samples]] = defaultdict(list)
    rng = np.random.default_rng(1)
    for row in listed(folder, "speaker"):
        parts[row["speaker"]] += [read_samples(folder / row["path"]), room(0.5, rng)]
    for name, said in sorted(parts.items()):
        yield name, np.concatenate(said)[: round(MOST_S * SAMPLE_RATE_HZ)]


def spoken(voice: str, text: str) -> Samples:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        command = ["espeak-ng", "-v", voice, "-s", "160", "-w", str(path)]
        subprocess.run(command, input=text, text=True, check=True)
        return read_samples(path)


class Judge:
    def __init__(self) -> None:
        self._transcriber = WhisperTranscriber(ModelFiles().resolve("base"), threads=1)
        self._likely: list[float] = []

    def _taken(self, hearing: WhisperHearing) -> Taken | None:
        taken = self._transcriber.taken_for(hearing)
        if taken is not None:
            self._likely.append(round(taken.english, 2))
        return taken

    def of(self, samples: Samples) -> tuple[str, list[float]]:
        """The mark of its last turn, "" for English; how likely each piece was English."""
        self._likely = []
        listener = RecordedListener(Segmenter(SileroVad()), self._transcriber, taken_for=self._taken)
        told = [*listener.feed(Block(samples, 0.0)), *listener.flush()]
        turns = [event for _, event in told if isinstance(event, Turn)]
        return (turns[-1].language if turns else ""), self._likely


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--audio", type=Path, default=CLIPS)
    args = parser.parse_args()
    program("espeak-ng", "espeak-ng")
    texts = {code: row["said"] for code, row in tomllib.loads(TEXTS.read_text(encoding="utf-8")).items()}
    groups = {
        "English, speakers": dict(speakers(args.audio)),
        "English, espeak-ng's accents": {voice: spoken(voice, ENGLISH) for voice in ACCENTS},
        "other languages, espeak-ng": {code: spoken(code, said) for code, said in texts.items()},
    }
    judge, rows = Judge(), []
    for group, recordings in groups.items():
        for band in ("wide", "telephone"):
            found = {
                name: judge.of(said if band == "wide" else through_a_telephone(said))
                for name, said in recordings.items()
            }
            english = group.startswith("English")
            wrong = [name for name, (language, _) in found.items() if bool(language) == english]
            likely = sorted(one for _, each in found.values() for one in each)
            rows.append({"group": group, "band": band, "recordings": len(found), "wrong": wrong})
            rows[-1] |= {"pieces": len(likely), "english": [likely[0], likely[-1]] if likely else []}
            print("  ".join(f"{name} {value}" for name, value in rows[-1].items()), flush=True)
    RESULTS.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
