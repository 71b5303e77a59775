"""What the ear makes of half an hour in which nobody near the microphone speaks. The goal is no word at all.

    python bench/invented.py [--model base] [--seconds 60]

Every kind of sound is made (bench/noise_sounds.py), at two levels, and goes through the real listener, voice
activity first. Prints the words invented per kind and writes bench/results/invented.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.noise_sounds import AFTER_THE_AGENT, minutes  # noqa: E402
from bench.speech_sessions import CLIPS, sessions  # noqa: E402
from bench.streaming_systems import Sameside  # noqa: E402
from coach.events import SAMPLE_RATE_HZ, Block, Samples  # noqa: E402
from coach.modelfiles.manager import ModelFiles  # noqa: E402
from coach.speech.whisper import WhisperTranscriber  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "invented.json"
BLOCK = 640


def words_in(samples: Samples, transcriber: WhisperTranscriber, before: Samples) -> tuple[str, int]:
    """The final words, and the most interim words ever shown; what is heard ``before`` does not count."""
    system = Sameside(transcriber)
    last: dict[int, str] = {}
    interim = 0
    for at in range(0, len(before), BLOCK):
        for _ in system.feed(Block(before[at : at + BLOCK], (at - len(before)) / SAMPLE_RATE_HZ)):
            pass
    for at in range(0, len(samples), BLOCK):
        for shown in system.feed(Block(samples[at : at + BLOCK], at / SAMPLE_RATE_HZ)):
            last[shown.turn] = " ".join(word.text for word in shown.words[: shown.final])
            interim = max(interim, len(shown.words))
    for shown in system.flush():
        last[shown.turn] = " ".join(word.text for word in shown.words)
    return " / ".join(text for text in last.values() if text), interim


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", default="base")
    parser.add_argument("--seconds", type=float, default=60.0)
    chosen = parser.parse_args()
    transcriber = WhisperTranscriber(ModelFiles().resolve(chosen.model), threads=1)
    agent, other = sessions(CLIPS, 2)
    spoken = agent.samples[: round((agent.spoken[1].end_s + 2.0) * SAMPLE_RATE_HZ)]
    rows = []
    for kind, samples in minutes(chosen.seconds, other.samples):
        before = spoken if kind == AFTER_THE_AGENT else np.zeros(0, np.float32)
        text, interim = words_in(samples, transcriber, before)
        rows.append({"kind": kind, "words": len(text.split()), "interim": interim, "text": text})
        print(f"{kind:32} {len(text.split()):4} words, {interim:3} interim  {text[:70]}", flush=True)
    total = sum(row["words"] for row in rows)
    summary = {
        "minutes": round(len(rows) * chosen.seconds / 60, 1),
        "words": total,
        "kinds_with_words": sum(row["words"] > 0 for row in rows),
        "most_interim_words": max(row["interim"] for row in rows),
    }
    print(json.dumps(summary))
    written = {"summary": summary, "rows": rows, "model": chosen.model}
    RESULTS.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
