"""How often a flag appears while a turn is said and is gone at its end: turns played word by word.

    python bench/partial.py [--every N]

Turns are given to the shipped detector two words more at a time, as interim words come, and the flags follow
the rules of coach/moves/partial.py. The rules were chosen on the odd lines of models/moves/turns/dev.jsonl;
this counts on its even ones and on test_c.jsonl (of these every Nth). A *flip* is a turn in which a flag that
was up goes again, or does not stand at the end. The same without rules, taking each prefix at its word,
stands beside it. Also: how many of the turn's final contentious flags were up early, and how many words
before its end. Every move counts, as if all were set as urgent. Writes bench/results/partial.json
(with ``--every`` nothing).
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.moves.detector import OnnxMoveDetector  # noqa: E402
from coach.moves.partial import PartialConfig, PartialFlags  # noqa: E402
from coach.taxonomy import CONTENTIOUS  # noqa: E402


@dataclass
class Count:
    """Over turns: in how many a flag went again, and what came of the flags."""

    flipped: int = 0
    shown: int = 0
    early: int = 0
    final: int = 0
    words_before_end: list[int] = field(default_factory=list)

    def add(
        self, ups: list[frozenset[str]], final: frozenset[str], stands: frozenset[str], left: Sequence[int]
    ) -> None:
        """``ups``: the flags that are up after each prefix, ``left``: how many words are to come then;
        ``stands``: the flags that are up as the turn ends.
        """
        shown = frozenset().union(*ups)
        went = any(before - after for before, after in pairwise(ups))
        self.shown += bool(shown)
        self.flipped += bool(went or shown - stands)
        self.final += len(final)
        self.early += len(final & shown)
        for name in final & shown:
            self.words_before_end.append(
                next(words for words, up in zip(left, ups, strict=True) if name in up)
            )

    def result(self, turns: int) -> dict[str, float]:
        return {
            "flipped_per_100_turns": 100 * self.flipped / turns,
            "flipped": self.flipped,
            "turns_with_an_early_flag": self.shown,
            "final_flags": self.final,
            "final_flags_seen_early": self.early,
            "words_before_the_end_median": statistics.median(self.words_before_end or [0]),
        }


def prefixes(text: str, step: int) -> list[str]:
    words = text.split()
    return [" ".join(words[:count]) for count in range(step, len(words), step)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    every = parser.parse_args().every
    detector = OnnxMoveDetector(ROOT / "models" / "moves" / "release")
    thresholds = {move: detector.thresholds[move] for move in CONTENTIOUS}
    turns = ROOT / "models" / "moves" / "turns"
    dev, test = ((turns / name).read_text("utf-8").splitlines() for name in ("dev.jsonl", "test_c.jsonl"))
    lines = [*dev[1::2], *test][::every]
    config = PartialConfig()
    ruled, bare = Count(), Count()
    spent_s, looks = 0.0, 0
    for line in lines:
        text = json.loads(line)["text"]
        moves, whole = detector.judge(text)
        final = frozenset(move.name for move in moves) & set(CONTENTIOUS)
        flags = PartialFlags(thresholds, config)
        ups, each, left = [], [], []
        for prefix in prefixes(text, config.every_words):
            began_s = time.process_time()
            scores = detector.scores(prefix)
            spent_s += time.process_time() - began_s
            looks += 1
            left.append(len(text.split()) - len(prefix.split()))
            ups.append(flags.offer(scores))
            each.append(frozenset(name for name in CONTENTIOUS if scores[name] >= thresholds[name]))
        ruled.add(ups, final, flags.close(whole), left)
        bare.add(each, final, final, left)
    results = {
        "turns": len(lines),
        "prefixes": looks,
        "ms_per_prefix": 1000 * spent_s / max(1, looks),
        "with_the_rules": ruled.result(len(lines)),
        "each_prefix_at_its_word": bare.result(len(lines)),
    }
    print(json.dumps(results, indent=1))
    if every != 1:
        return
    (ROOT / "bench" / "results" / "partial.json").write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
