"""What the shipped detector hears in the written exercises of assets/practice.

    python bench/practice.py

For the situations: the share of sample answers heard as a fitting repair without a contentious move, of
tempting answers heard so, and of flagged turns in which their move is heard. For the what-ifs: ways that calm
and ways that do not. For the quiz: right lines of pick-repair heard as a repair, and near misses told apart.
The lines were written without the detector, then read again with it: what it heard otherwise was reworded by
docs/labelling.md. So this measures the exercises, not the detector.
Prints a table and writes bench/results/practice.json.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.bootstrap import load_detector, shipped_playbook  # noqa: E402
from coach.moves.detector import OnnxMoveDetector  # noqa: E402
from coach.practice.judging import Task, Verdict, judge_answer  # noqa: E402
from coach.practice.library import Library, load_library  # noqa: E402
from coach.resources import asset  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "practice.json"


class Heard:
    """Counts, by what was measured, how many there were and how many were heard as they should be."""

    def __init__(self, detector: OnnxMoveDetector) -> None:
        self._detector = detector
        self.rows: dict[str, list[int]] = {}

    def note(self, name: str, yes: bool) -> None:
        row = self.rows.setdefault(name, [0, 0])
        row[0] += yes
        row[1] += 1

    def repairs(self, line: str, move: str, needs: tuple[str, ...] = ()) -> bool:
        return judge_answer(self._detector, line, Task(move, needs)).verdict is Verdict.REPAIRED

    def makes(self, line: str, move: str) -> bool:
        return move in {found.name for found in self._detector.judge(line)[0]}


def measure(library: Library, heard: Heard) -> None:
    for one in library.situations:
        for line in one.good:
            heard.note("situations: sample answers that repair", heard.repairs(line, one.move, one.needs))
        heard.note("situations: tempting answers that repair", heard.repairs(one.poor, one.move, one.needs))
        heard.note("situations: flagged turns with their move", heard.makes(one.said, one.move))
    for turn in library.what_ifs:
        for way in turn.instead:
            kind = "calm" if way.effect == "calms" else "do not calm"
            heard.note(f"what-ifs: ways that {kind}, heard as a repair", heard.repairs(way.say, turn.move))
    for item in library.quiz:
        if item.kind == "pick-repair":
            heard.note("quiz: right lines that repair", heard.repairs(item.right[0], item.move))
            for line in item.wrong:
                heard.note("quiz: wrong lines that repair", heard.repairs(line, item.move))
        if item.kind == "near-miss":
            really, only_like = (item.wrong, item.right) if item.ask else (item.right, item.wrong)
            for line in really:
                heard.note("quiz: near-miss lines that are the move, heard", heard.makes(line, item.move))
            for line in only_like:
                heard.note("quiz: near misses heard as the move", heard.makes(line, item.move))


def main() -> None:
    library = load_library(asset("practice"), shipped_playbook().sources)
    heard = Heard(load_detector())
    measure(library, heard)
    for name, (yes, count) in heard.rows.items():
        print(f"{name:52} {yes:4} of {count:4}  {yes / count:.3f}")
    written = {name: {"yes": yes, "of": count} for name, (yes, count) in heard.rows.items()}
    RESULTS.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
