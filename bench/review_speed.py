"""How fast a recording is read, beside plain faster-whisper on the same file, weights and threads.

    python bench/review_speed.py [--audio DIR] [--minutes 5 10 20] [--plain-minutes 10] [--hours H]

Joins the clips of DIR (a manifest.csv with path and ref), with half a second of a quiet room between them,
to files of so many minutes, and reads each in two processes of their own: as ``sameside review`` does
(decoding, voice activity, recognition, moves, commitments, cues, but no store), and by
``WhisperModel.transcribe`` with beam 5 and int8. Both use two threads, and loading their models counts.
Plain runs on files of at most ``--plain-minutes``. Prints a table and writes bench/results/review_speed.json.

*x on two cores*: seconds of sound in a second of an otherwise idle 2-core machine, if both cores are used:
twice the duration over the processor time. It does not depend on what else runs here; *x here* does.
``--hours`` reads one file of so many hours, for its memory. Memory is the high-water mark of the process.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import Any

import av
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.clips import add_samples, listed  # noqa: E402
from bench.needed import libraries, peak_mb  # noqa: E402
from bench.speech_sessions import CLIPS, room, word_error_rate  # noqa: E402
from coach.audio.media_file import read_samples  # noqa: E402
from coach.events import SAMPLE_RATE_HZ, SessionStopped, Turn  # noqa: E402
from coach.modelfiles.manager import ModelFiles  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "review_speed.json"
PAUSE_S = 0.5


def joined(folder: Path, minutes: float, path: Path) -> str:
    """Write a file of so many minutes, clips over and over; what is said in it."""
    rows = [row for row in listed(folder, "ref") if row["ref"].strip()]
    rng = np.random.default_rng(1)
    said: list[str] = []
    clips = {row["path"]: read_samples(folder / row["path"]) for row in rows}
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=SAMPLE_RATE_HZ, layout="mono")
        seconds = place = 0.0
        while seconds < 60 * minutes:
            row = rows[int(place) % len(rows)]
            samples = np.concatenate([clips[row["path"]], room(PAUSE_S, rng)])
            add_samples(container, stream, samples)
            said.append(row["ref"])
            seconds, place = seconds + len(samples) / SAMPLE_RATE_HZ, place + 1
        container.mux(stream.encode(None))
    return " ".join(said)


def read_plain(path: Path) -> str:
    from faster_whisper import WhisperModel

    folder = ModelFiles().resolve("base")
    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=2)
    return " ".join(segment.text.strip() for segment in model.transcribe(str(path), "en", beam_size=5)[0])


def read_sameside(path: Path) -> str:
    from coach.bootstrap import EngineServices
    from coach.machine import heap
    from coach.settings import Settings

    heap.hold_steady()  # as ``make_services`` does for every command and for the app
    ended: deque[SessionStopped] = deque(maxlen=1)
    services = EngineServices(Settings())

    def sink(event: object) -> None:
        if isinstance(event, SessionStopped):
            ended.append(event)

    # The clips are of many speakers, and all of them count: their voices are not told apart.
    call = services.file_call(path, None, sink, save=False, everyone=True)
    call.start()
    while not call.join(60.0):
        pass
    return " ".join(turn.text for turn in ended[0].record.turns if isinstance(turn, Turn))


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def child(system: str, path: Path) -> None:
    begun = time.perf_counter()
    text = {"plain": read_plain, "sameside": read_sameside}[system](path)
    wall_s, cpu_s = time.perf_counter() - begun, _cpu_s()
    print(json.dumps({"text": text, "wall_s": wall_s, "cpu_s": cpu_s, "peak_mb": round(peak_mb())}))


def measure(system: str, path: Path, said: str, minutes: float) -> dict[str, Any]:
    command = [sys.executable, __file__, "--child", system, str(path)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    duration_s = 60 * minutes
    return {
        "system": system,
        "minutes": minutes,
        "x_here": round(duration_s / found["wall_s"], 1),
        "x_on_two_cores": round(2 * duration_s / found["cpu_s"], 1),
        "cpu_s": round(found["cpu_s"], 1),
        "wrong_words": round(word_error_rate([said], [found["text"]]), 1),
        "peak_mb": found["peak_mb"],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--audio", type=Path, default=CLIPS)
    parser.add_argument("--minutes", type=float, nargs="*", default=[5.0, 10.0, 20.0])
    parser.add_argument("--plain-minutes", type=float, default=10.0)
    parser.add_argument("--hours", type=float, default=0.0)
    parser.add_argument("--child", nargs=2)
    args = parser.parse_args()
    if args.child:
        child(args.child[0], Path(args.child[1]))
        return 0
    libraries("jiwer", "whisper_normalizer")
    wanted = [*args.minutes, *([60 * args.hours] if args.hours else [])]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for minutes in wanted:
            path = Path(folder) / f"{minutes:g}.flac"
            said = joined(args.audio, minutes, path)
            for system in ("sameside", *(("plain",) if minutes <= args.plain_minutes else ())):
                rows.append(measure(system, path, said, minutes))
                print("  ".join(f"{name} {value}" for name, value in rows[-1].items()), flush=True)
    _keep(rows)
    return 0


def _keep(rows: list[dict[str, Any]]) -> None:
    """In place of what was measured before of the same length; other lengths stay."""
    before = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    kept = {(row["minutes"], row["system"]): row for row in [*before, *rows]}
    RESULTS.write_text(json.dumps([kept[key] for key in sorted(kept)], indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
