"""Quality and speed of the shipped moves detector on turns it was never trained or tuned on.

    pip install -e .[bench]
    python bench/moves.py

Prints precision, recall and F1 per move and for "any contentious", false flags per 100 turns without one,
what recognition errors cost, and milliseconds per turn, beside four baselines in the same run: keyword rules,
TF-IDF with logistic regression, similarity to the moves' definitions, and VADER's negative words. Held out:
models/moves/turns/test_b to test_k.jsonl (writers of their own, by the full guide), test.jsonl and
probe.jsonl (older).
Writes bench/results/moves.json and docs/pictures/reliability.svg.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.keyword_rules import keyword_flags  # noqa: E402
from bench.move_systems import (  # noqa: E402
    Flags,
    System,
    bag_of_words,
    labels_of,
    rows_of,
    shipped,
    similar_to_definitions,
    sounds_negative,
    texts_of,
)
from bench.needed import libraries  # noqa: E402
from bench.reliability import draw  # noqa: E402
from coach.moves.detector import OnnxMoveDetector  # noqa: E402
from coach.taxonomy import CONTENTIOUS, MOVES, REPAIR  # noqa: E402

HELD_OUT = (
    "test_b.jsonl",
    "test_c.jsonl",
    "test_d.jsonl",
    "test_e.jsonl",
    "test_f.jsonl",
    "test_g.jsonl",
    "test_h.jsonl",
    "test_i.jsonl",
    "test_j.jsonl",
    "test_k.jsonl",
    "test.jsonl",
    "probe.jsonl",
)
SPOKEN = ROOT / "bench" / "data" / "spoken_turns.jsonl"
SPOKEN_FROM = ("test_b.jsonl", "test_i.jsonl")
"""Named apart: ids of test_g.jsonl and test_i.jsonl are the same."""
COLUMNS = len(CONTENTIOUS)


def ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else 0.0


def scores(found: Flags, true: Flags) -> dict[str, float]:
    """Precision, recall and F1 of one label or of a pooled one, and how many there were."""
    hit = float((found & true).sum())
    f1 = ratio(2 * hit, found.sum() + true.sum())
    return {
        "precision": ratio(hit, found.sum()),
        "recall": ratio(hit, true.sum()),
        "f1": f1,
        "n": int(true.sum()),
    }


def judged(found: Flags, true: Flags) -> dict[str, Any]:
    per_move = {move: scores(found[:, i], true[:, i]) for i, move in enumerate(MOVES)}
    any_found, any_true = found[:, :COLUMNS].any(1), true[:, :COLUMNS].any(1)
    return {
        "turns": len(true),
        "any_contentious": scores(any_found, any_true),
        "false_flags_per_100": 100 * ratio((any_found & ~any_true).sum(), (~any_true).sum()),
        "macro_f1_contentious": float(np.mean([per_move[move]["f1"] for move in CONTENTIOUS])),
        "macro_f1_repair": float(np.mean([per_move[move]["f1"] for move in REPAIR])),
        "moves": per_move,
    }


def false_flags(found: Flags, rows: list[dict[str, Any]], key: str) -> dict[str, Any]:
    """Per kind of turn or variety of English: turns, false flags per 100 clean ones, recall of the others."""
    any_found = found[:, :COLUMNS].any(1)
    any_true = labels_of(rows)[:, :COLUMNS].any(1)
    groups: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        groups[str(row.get(key, "unknown"))].append(number)
    result = {}
    for name, members in sorted(groups.items()):
        flagged, true = any_found[members], any_true[members]
        result[name] = {
            "turns": len(members),
            "false_flags_per_100": 100 * ratio((flagged & ~true).sum(), (~true).sum()),
            "clean": int((~true).sum()),
            "recall": ratio((flagged & true).sum(), true.sum()),
            "contentious": int(true.sum()),
        }
    return result


def show(name: str, result: dict[str, Any]) -> None:
    flagged = result["any_contentious"]
    print(
        f"  {name:26} P {flagged['precision']:.3f} R {flagged['recall']:.3f}   false flags per 100"
        f" {result['false_flags_per_100']:5.1f}   macro F1 {result['macro_f1_contentious']:.3f}"
        f" / {result['macro_f1_repair']:.3f}"
    )


def spoken_loss(system: System) -> dict[str, Any]:
    """Each voice's turns as written, as heard from clean speech, and as heard over a noisy telephone line."""
    heard = [json.loads(line) for line in SPOKEN.read_text("utf-8").splitlines()]
    written = {row["id"]: row for name in SPOKEN_FROM for row in rows_of(name)}
    results: dict[str, Any] = {}
    for voice in (None, *dict.fromkeys(one["voice"] for one in heard)):
        said = [one for one in heard if voice in (None, one["voice"])]
        name = f"by {voice}" if voice else "by all voices"
        print(f"\nspoken {name}: {len(said)} held-out turns (bench/speak_turns.py)")
        results[name] = one_voice(system, said, [written[one["id"]] for one in said])
    return results


def one_voice(system: System, heard: list[dict[str, str]], rows: list[dict[str, Any]]) -> dict[str, Any]:
    true = labels_of(rows)
    texts = {"written": texts_of(rows)} | {way: [one[way] for one in heard] for way in ("clean", "telephone")}
    results = {}
    for way, said in texts.items():
        found = system(said)
        results[way] = judged(found, true) | {
            "micro_f1": scores(found, true)["f1"],
            "micro_f1_contentious": scores(found[:, :COLUMNS], true[:, :COLUMNS])["f1"],
        }
        show(way, results[way])
        print(
            f"  {'':26} micro F1 all {results[way]['micro_f1']:.3f}, contentious"
            f" {results[way]['micro_f1_contentious']:.3f}"
        )
    return results


def latency_ms(detector: OnnxMoveDetector, texts: list[str]) -> dict[str, float]:
    """Wall and processor milliseconds per turn, one thread, turn by turn after a warm-up."""
    for text in texts[:20]:
        detector.judge(text)
    wall, cpu = [], []
    for text in texts:
        started, used = time.perf_counter(), time.process_time()
        detector.judge(text)
        wall.append(1000 * (time.perf_counter() - started))
        cpu.append(1000 * (time.process_time() - used))
    return {
        "p50": float(np.percentile(wall, 50)),
        "p95": float(np.percentile(wall, 95)),
        "cpu_p95": float(np.percentile(cpu, 95)),
    }


def compare(systems: dict[str, System], results: dict[str, Any]) -> None:
    for name in HELD_OUT:
        rows = rows_of(name)
        texts, true = texts_of(rows), labels_of(rows)
        print(f"\n{name}: {len(rows)} turns; any contentious P / R; macro F1 contentious / repair")
        for system, flags in systems.items():
            found = flags(texts)
            results[f"{name}: {system}"] = result = judged(found, true)
            if system == "shipped":
                result["by_kind"] = false_flags(found, rows, "kind")
                result["by_variety"] = false_flags(found, rows, "variety")
            show(system, result)


def show_details(result: dict[str, Any]) -> None:
    for move, one in result["moves"].items():
        print(
            f"  {move:15} P {one['precision']:.2f}  R {one['recall']:.2f}  F1 {one['f1']:.2f}  n {one['n']}"
        )
    for key in ("by_kind", "by_variety"):
        for group, one in result[key].items():
            print(
                f"  {group:15} {one['turns']:4d} turns: {one['false_flags_per_100']:5.1f} false flags per 100"
                f" clean ({one['clean']}), recall {one['recall']:.2f} of {one['contentious']}"
            )


def main() -> None:
    libraries("sklearn", "vaderSentiment", "matplotlib")
    release = ROOT / "models" / "moves" / "release"
    detector = OnnxMoveDetector(release)
    systems = {
        "shipped": shipped(detector),
        "keyword rules": keyword_flags,
        "TF-IDF + regression": bag_of_words(),
        "similar to definitions": similar_to_definitions(detector),
        "VADER negative": sounds_negative(),
    }
    results: dict[str, Any] = {}
    compare(systems, results)
    print("\ntest_b.jsonl, shipped")
    show_details(results["test_b.jsonl: shipped"])
    results["spoken"] = spoken_loss(systems["shipped"])
    rows = rows_of("test_b.jsonl")
    results["latency_ms"] = timing = latency_ms(detector, texts_of(rows))
    results["bytes"] = size = sum(file.stat().st_size for file in release.iterdir())
    results["calibration_error"] = draw(detector, texts_of(rows), labels_of(rows))
    print(
        f"\none turn, one thread: p50 {timing['p50']:.1f} ms, p95 {timing['p95']:.1f} ms"
        f" (processor time p95 {timing['cpu_p95']:.1f} ms); all files {size / 1e6:.1f} MB;"
        f" expected calibration error {results['calibration_error']:.3f}"
    )
    (ROOT / "bench" / "results" / "moves.json").write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
