"""How well a leak is told from a voice in the room, by what the far end explains.

    python bench/far_end.py [--part development|test]

Real readers (bench/data/speech) are the customer and the agent, in simulated rooms: the leak alone, the
agent alone while the customer speaks into a headset, the agent over a leak 10 dB fainter, and silence at
the far end. Development readers chose the thresholds in coach/audio/far_end.py; test readers are others.
Prints a table; unless of one part only, it also writes bench/results/far_end.json: by case the share of each
loud cell that the far end explains (5th percentile, median, 95th), the share of spans of 2 s called a leak,
and what a second costs, the silent case's work counted among that of the others.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.rooms import PARTS, RATE, Floats, drifted, filtered, levelled, parts, response, room_noise  # noqa: E402
from coach.audio.far_end import Cell, LeakDetector, Leaks  # noqa: E402
from coach.audio.media_file import read_samples  # noqa: E402
from coach.events import Block  # noqa: E402

READERS = {"development": ("1688", "2033"), "test": ("2609", "3080")}
"""Customer and agent."""
SEEDS = {"development": 1, "test": 2}
ROOMS = 30
LENGTH_S = 10.0
CASES = ("leak alone", "agent alone", "agent over leak", "far end silent")
BLOCK = 640


def reader(name: str, seconds: float) -> Floats:
    paths = sorted((ROOT / "bench" / "data" / "speech").glob(f"libri_{name}-*.flac"))
    pieces = [read_samples(path) for path in paths]
    return levelled(np.concatenate(pieces)[: round(seconds * RATE)], -24.0)


def scene(case: str, rng: np.random.Generator, customer: Floats, agent: Floats) -> tuple[Floats, Floats]:
    """(microphone, far end) of one room."""
    size = round(LENGTH_S * RATE)
    at = [int(rng.integers(0, len(one) - size)) for one in (customer, agent)]
    far, near = customer[at[0] :][:size], agent[at[1] :][:size]
    path = response(rng, rng.uniform(0.02, 0.45), rng.uniform(0.1, 0.5), rng.uniform(0, 10))
    leak = drifted(filtered(far, path), rng.uniform(-50, 50))
    noise = room_noise(rng, LENGTH_S, rng.uniform(-70, -55))
    if case == "leak alone":
        return levelled(leak, rng.uniform(-45, -28)) + noise, far
    if case == "agent over leak":
        return near + levelled(leak, -34.0) + noise, far
    return near + noise, far if case == "agent alone" else np.zeros_like(far)


def cells(microphone: Floats, far: Floats) -> Iterator[Cell]:
    detector = LeakDetector()
    for at in range(0, len(microphone), BLOCK):
        yield from detector.feed(Block(microphone[at : at + BLOCK], at / RATE), far[at : at + BLOCK])


def run(part: str) -> dict[str, object]:
    rng = np.random.default_rng(SEEDS[part])
    customer, agent = (reader(name, 120) for name in READERS[part])
    print(f"\n{part}: {ROOMS} rooms a case, {LENGTH_S:.0f} s each")
    print("case              explained, loud cells (p5, p50, p95)   2 s spans taken for a leak")
    results: dict[str, object] = {}
    spent_s = 0.0
    for case in CASES:
        explained: list[float] = []
        spans: list[bool] = []
        for _ in range(ROOMS):
            microphone, far = scene(case, rng, customer, agent)
            began_s = time.process_time()
            found = list(cells(microphone, far))
            spent_s += time.process_time() - began_s
            loud = np.percentile([cell.power for cell in found], 60)
            explained += [cell.explained for cell in found if cell.power >= loud]
            leaks = Leaks()
            leaks.add(found)
            spans += [leaks.leaked(start_s, start_s + 2.0) for start_s in range(1, round(LENGTH_S) - 3, 2)]
        p5, p50, p95 = np.percentile(explained, [5, 50, 95])
        print(f"{case:18s}        {p5:5.2f} {p50:5.2f} {p95:5.2f}                  {np.mean(spans):6.3f}")
        results[case] = {"explained_p5_p50_p95": [p5, p50, p95], "called_leak": float(np.mean(spans))}
    cost = spent_s / (LENGTH_S * ROOMS * (len(CASES) - 1))
    print(f"processor: {cost:.4f} s per second in which both sides sound")
    return results | {"cpu_s_per_s": cost}


def main() -> None:
    chosen = parts(__doc__)
    results = {part: run(part) for part in chosen}
    if chosen != PARTS:
        return
    out = ROOT / "bench" / "results" / "far_end.json"
    out.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
