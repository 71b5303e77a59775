"""How well the voices of a mono recording are told apart where nobody is enrolled.

    python bench/pick_voice.py [--audio DIR]
    python bench/pick_voice.py [--audio DIR] --kind dev --alike 0.8 0.84

Joins clips of two speakers of DIR (a manifest.csv with path, speaker and perhaps split) in turns, wide
and in a telephone's band, and asks for the voices: how often two are offered, and whether each is offered
with a clip of its own.
With ``--late`` it writes recordings of one speaker for six minutes, and of one for six and then another for
one or for four, and tells how many of each are asked about.
The threshold was chosen on the development speakers of models/voice, and is reported on others.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.clips import listed, write_mono  # noqa: E402
from bench.speech_sessions import CLIPS, room  # noqa: E402
from coach.audio.media_file import read_samples  # noqa: E402
from coach.audio.sampling import sample  # noqa: E402
from coach.events import SAMPLE_RATE_HZ, Samples  # noqa: E402
from coach.speech.vad import SileroVad  # noqa: E402
from coach.voice import picking  # noqa: E402
from coach.voice.channels import only_speech  # noqa: E402
from coach.voice.encoder import Encoder  # noqa: E402
from coach.voice.making import through_a_telephone  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "pick_voice.json"
TURNS, TURN_S = 6, 7.0
DEV = frozenset({"libri367", "lj", "austen"})


def speakers(folder: Path, kind: str, one_band: bool = False) -> dict[str, Samples]:
    """What each of "dev" or "test" says, without the pauses: one side of a call is silent for most of it.

    Whose speech is for what says the column split; without it the three of ``DEV`` are for development.
    ``one_band``: without what else was sent over a telephone. Nobody changes it in the middle of a recording.
    """
    found = defaultdict(list)
    for row in listed(folder, "speaker"):
        if one_band and row["path"].startswith("tel_"):
            continue
        split = row.get("split") or ("dev" if row["speaker"] in DEV else "test")
        if split == kind:
            found[row["speaker"]].append(read_samples(folder / row["path"]))
    vad = SileroVad()
    joined = {name: only_speech(np.concatenate(parts), vad) for name, parts in found.items()}
    return {name: one for name, one in sorted(joined.items()) if len(one) >= 15 * SAMPLE_RATE_HZ}


def dialogue(first: Samples, second: Samples) -> tuple[Samples, list[tuple[float, float, int]]]:
    """Turns of about seven seconds each; with who speaks when."""
    rng = np.random.default_rng(3)
    parts, places, at = [room(0.5, rng)], [], 0.5
    for turn in range(TURNS):
        said = (first, second)[turn % 2]
        begin = round(turn // 2 * TURN_S * SAMPLE_RATE_HZ) % max(
            1, len(said) - round(TURN_S * SAMPLE_RATE_HZ)
        )
        part = said[begin : begin + round(TURN_S * SAMPLE_RATE_HZ)]
        pause = room(0.4, rng)
        places.append((at, at + len(part) / SAMPLE_RATE_HZ, turn % 2))
        parts += [part, pause]
        at += (len(part) + len(pause)) / SAMPLE_RATE_HZ
    return np.concatenate(parts), places


def whose(start_s: float, end_s: float, places: list[tuple[float, float, int]]) -> int | None:
    """Who speaks all through a clip; None where both do."""
    inside = {who for begin, end, who in places if begin < end_s - 0.3 and end > start_s + 0.3}
    return inside.pop() if len(inside) == 1 else None


def likenesses(voices: dict[str, Samples], encoder: Encoder) -> None:
    """Windows to windows, of one voice and of two: what the threshold lies between."""
    made = {}
    for name, said in voices.items():
        cut = [said[at : at + 25_600] for at in range(0, min(len(said), 640_000) - 25_600, 25_600)]
        made[name] = np.stack([encoder.campplus.embed(run) for run in cut])
    own = np.concatenate([(one @ one.T)[np.triu_indices(len(one), 1)] for one in made.values()])
    other = np.concatenate([(one @ two.T).ravel() for one, two in itertools.combinations(made.values(), 2)])
    for label, found in (("one voice", own), ("two voices", other)):
        print(label, [round(float(np.percentile(found, q)), 2) for q in (1, 5, 50, 95, 99)])


def late(voices: dict[str, Samples], most: int, encoder: Encoder, vad: SileroVad) -> list[dict[str, int]]:
    """Of recordings with a second voice for some minutes after six of the first, how many are asked about."""
    pairs = list(itertools.permutations(voices, 2))
    pairs = pairs[:: max(1, len(pairs) // most)]
    rows = []
    for minutes in (0, 1, 4):
        asked = 0
        for one, two in pairs:
            said = np.concatenate([_long(voices[one], 6), _long(voices[two], minutes)])
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "late.flac"
                write_mono(path, said)
                heard = sample(path)
            asked += len(picking.find_voices(heard.samples, encoder, vad, dt.date(2026, 1, 1))) > 1
        rows.append({"minutes_of_another": minutes, "recordings": len(pairs), "asked": asked})
        print(rows[-1], flush=True)
    return rows


def _long(said: Samples, minutes: float) -> Samples:
    """Over and over, in turns of seven seconds with the pauses of a call between them."""
    count, turn = round(60 * minutes * SAMPLE_RATE_HZ), round(TURN_S * SAMPLE_RATE_HZ)
    rng = np.random.default_rng(4)
    parts: list[Samples] = [np.zeros(0, np.float32)]
    for number in range(-(-count // (2 * turn))):
        parts += [np.roll(said, -number * turn)[:turn], room(TURN_S, rng)]
    return np.concatenate(parts)[:count]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--audio", type=Path, default=CLIPS)
    parser.add_argument("--kind", choices=("dev", "test"), default="test")
    parser.add_argument("--alike", type=float, nargs="+", default=[picking.ALIKE])
    parser.add_argument("--late", action="store_true")
    parser.add_argument("--most", type=int, default=10, help="pairs of speakers")
    args = parser.parse_args()
    if args.kind == "test" and args.alike != [picking.ALIKE]:
        parser.error("another border is tried on the development speakers: add --kind dev")
    everybody = speakers(args.audio, args.kind, one_band=args.late)
    encoder, vad = Encoder(), SileroVad()
    if args.late:
        _keep(args.kind, late=late(everybody, args.most, encoder, vad))
        return 0
    likenesses(everybody, encoder)
    pairs = list(itertools.combinations(everybody, 2))
    pairs = pairs[:: max(1, len(pairs) // args.most)]
    rows = []
    for alike in args.alike:
        picking.ALIKE = alike
        counts, pure, told = defaultdict(int), 0, 0
        for band, (one, two) in itertools.product(("wide", "narrow"), pairs):
            mixed, places = dialogue(everybody[one], everybody[two])
            mixed = mixed if band == "wide" else through_a_telephone(mixed)
            found = picking.find_voices(mixed, encoder, vad, dt.date(2026, 1, 1))
            counts[len(found)] += 1
            clips = [whose(voice.start_s, voice.end_s, places) for voice in found]
            pure += sum(clip is not None for clip in clips)
            told += len(found) == 2 and set(clips) == {0, 1}
        total = 2 * len(pairs)
        rows.append({"alike": alike, "recordings": total, "voices": dict(counts), "both_right": told})
        print(rows[-1], "clips of one voice:", pure, "of", sum(n * c for n, c in counts.items()), flush=True)
    _keep(args.kind, rows=rows)
    return 0


def _keep(kind: str, **found: object) -> None:
    """Beside what was measured otherwise on the same speakers."""
    before = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    kept = (before if before.get("kind") == kind else {}) | {"kind": kind} | found
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
