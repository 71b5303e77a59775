"""Only the agent: how much of the agent the voice gate drops, and how much of others it lets through.

    python bench/voice_gate.py --audio DIR [--split test]

``DIR/manifest.csv`` lists speech of many speakers: columns path (audio file in DIR), speaker, sex ("f" or
"m") and split ("dev" or "test"); ``voice_set.py`` makes it. Speakers of the split given are used; the
shipped calibration and thresholds come from "dev" (``models/voice/calibrate.py``), so figures are those of
"test".

Each speaker with enough speech is an agent: enrolled on about 25 s, then talking in turns, on one
microphone, with other speakers of the same and of the other sex, at several levels of the other voice,
clean, in a telephone's band, and with noise. The talk goes the app's own way: voice activity, utterances,
gate. Seconds are counted where somebody really speaks in what voice activity gave to the gate: the agent's
that no kept part holds, the other's that one does. What voice activity itself leaves out counts for neither:
that is not the gate's. A headset keeps what is unsure and marks it; a shop floor drops it. Prints a table,
writes bench/results/voice_gate.json and bench/results/voice_gate.svg (the trade-off curve).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.clips import listed  # noqa: E402
from bench.curve import svg  # noqa: E402
from coach.audio.media_file import read_samples  # noqa: E402
from coach.events import SAMPLE_RATE_HZ, Block, Samples, Utterance  # noqa: E402
from coach.speech.segmenter import Segmenter  # noqa: E402
from coach.speech.vad import SileroVad  # noqa: E402
from coach.voice import Encoder, VoiceProfile  # noqa: E402
from coach.voice.calibration import Calibration  # noqa: E402
from coach.voice.gate import STRICTNESS, Gate  # noqa: E402
from coach.voice.making import make_profile, through_a_telephone  # noqa: E402
from coach.voice.windows import loudness  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "voice_gate.json"
ENROL_S, LEAST_ENROL_S, SEGMENT_S = 25.0, 18.0, 3.0
TURNS = 8
TURN_S = (1.5, 6.0)
GAPS_S = (0.1, 0.4, 0.8)
AGENT_DBFS = -24.0
CUSTOMERS = 2
FRAME = SAMPLE_RATE_HZ // 50
SWEEP = [round(float(at), 2) for at in np.arange(-8.0, 8.01, 0.25)]


@dataclass(frozen=True, slots=True)
class Condition:
    name: str
    customer_db: float = 0.0
    narrow: bool = False
    noise_snr_db: float | None = None


CONDITIONS = (
    Condition("clean, customer at 0 dB"),
    Condition("clean, customer at -6 dB", -6.0),
    Condition("clean, customer at -12 dB", -12.0),
    Condition("8 kHz band, customer at 0 dB", narrow=True),
    Condition("noise at 15 dB, customer at 0 dB", noise_snr_db=15.0),
    Condition("noise at 15 dB, customer at -6 dB", -6.0, noise_snr_db=15.0),
)


@dataclass(frozen=True, slots=True, eq=False)
class Speaker:
    name: str
    sex: str
    samples: Samples

    @property
    def half(self) -> int:
        return min(len(self.samples) // 2, round(ENROL_S * SAMPLE_RATE_HZ))


@dataclass(frozen=True, slots=True)
class Part:
    """What the gate made of one part: log-odds (None: too short), and whose seconds are in it."""

    odds: float | None
    agent_s: float
    other_s: float


def speakers(folder: Path, split: str) -> list[Speaker]:
    runs: dict[str, list[Samples]] = defaultdict(list)
    sexes = {}
    for row in listed(folder, "speaker", "sex", "split"):
        if row["split"] == split:
            runs[row["speaker"]].append(read_samples(folder / row["path"]))
            sexes[row["speaker"]] = row["sex"]
    return [Speaker(name, sexes[name], np.concatenate(parts)) for name, parts in runs.items()]


def at_level(samples: Samples, dbfs: float) -> Samples:
    return (samples * 10 ** ((dbfs - loudness(samples)[1]) / 20)).astype(np.float32)


def turns(speaker: Speaker, rng: np.random.Generator) -> Iterator[Samples]:
    """Runs of the half that was not enrolled on, one after the other, again from its beginning at its end."""
    at = speaker.half
    while True:
        size = round(float(rng.uniform(*TURN_S)) * SAMPLE_RATE_HZ)
        if at + size > len(speaker.samples):
            at = speaker.half
        yield speaker.samples[at : at + size]
        at += size


def conversation(
    agent: Speaker, customer: Speaker, condition: Condition, seed: int
) -> tuple[Samples, Samples, Samples]:
    """(what the microphone hears, the agent alone, the customer alone); the same turns in every condition."""
    rng = np.random.default_rng(seed)
    voices = (turns(agent, rng), turns(customer, rng))
    levels = (AGENT_DBFS, AGENT_DBFS + condition.customer_db)
    tracks: tuple[list[Samples], list[Samples]] = ([], [])
    first = int(rng.integers(2))
    for turn in range(TURNS):
        who = (first + turn) % 2
        said = at_level(next(voices[who]), levels[who])
        gap = np.zeros(round(float(rng.choice(GAPS_S)) * SAMPLE_RATE_HZ), np.float32)
        tracks[who].extend((said, gap))
        tracks[1 - who].extend((np.zeros_like(said), gap))
    alone = [np.concatenate(track) for track in tracks]
    heard = alone[0] + alone[1]
    if condition.narrow:
        heard = through_a_telephone(heard)
    if condition.noise_snr_db is not None:
        heard = heard + noise(len(heard), AGENT_DBFS - condition.noise_snr_db, rng)
    return heard.astype(np.float32), alone[0], alone[1]


def noise(samples: int, dbfs: float, rng: np.random.Generator) -> Samples:
    """Pink, as rooms and fans are."""
    spectrum = np.fft.rfft(rng.standard_normal(samples))
    pink = np.fft.irfft(spectrum / np.sqrt(np.fft.rfftfreq(samples, 1 / SAMPLE_RATE_HZ) + 50.0), samples)
    return (pink / np.sqrt(np.mean(pink**2)) * 10 ** (dbfs / 20)).astype(np.float32)


def speaking(track: Samples) -> Samples:
    """For each 20 ms, 1.0 where the voice of this track is heard."""
    whole = len(track) - len(track) % FRAME
    power = np.square(track[:whole].reshape(-1, FRAME), dtype=np.float64).mean(axis=1)
    return (power > power.max() * 1e-3).astype(np.float32)


def seconds(active: Samples, start_s: float, end_s: float) -> float:
    return float(active[round(start_s * 50) : round(end_s * 50)].sum()) / 50


def parts_of(heard: Samples, agent: Samples, other: Samples, gate: Gate) -> Iterator[Part]:
    segmenter = Segmenter(SileroVad())
    found = [*segmenter.feed(Block(heard, 0.0)), *segmenter.flush()]
    agent_speaks, other_speaks = speaking(agent), speaking(other)
    for utterance in found:
        if not isinstance(utterance, Utterance):
            continue
        for start, end, odds in gate.weigh(utterance):
            span = [utterance.start_s + at / SAMPLE_RATE_HZ for at in (start, end)]
            yield Part(odds, seconds(agent_speaks, *span), seconds(other_speaks, *span))


def shares(parts: Sequence[Part], threshold: float, keep_short: bool) -> tuple[float, float]:
    """(agent dropped, other let through) in % of speech seconds, where odds above ``threshold`` are kept."""
    agent_s = sum(part.agent_s for part in parts)
    other_s = sum(part.other_s for part in parts)
    kept = [part for part in parts if (keep_short if part.odds is None else part.odds > threshold)]
    dropped = agent_s - sum(part.agent_s for part in kept)
    let_in = sum(part.other_s for part in kept)
    return round(100 * dropped / max(agent_s, 1e-9), 2), round(100 * let_in / max(other_s, 1e-9), 2)


def by_profile(parts: Sequence[Part]) -> dict[str, dict[str, float]]:
    found = {}
    for name in ("headset", "shop-floor"):
        strict = STRICTNESS[name]
        threshold = strict.other if strict.keep_unsure else strict.agent
        dropped, let_in = shares(parts, threshold, strict.keep_unsure)
        found[name] = {"agent_dropped_percent": dropped, "other_kept_percent": let_in}
    return found


def customers(agent: Speaker, everybody: Sequence[Speaker], rng: np.random.Generator) -> list[Speaker]:
    """One of the same sex, the harder case, and one of the other."""
    others = [one for one in everybody if one is not agent]
    rng.shuffle(others)  # type: ignore[arg-type]
    same = [one for one in others if one.sex == agent.sex][: CUSTOMERS - 1]
    different = [one for one in others if one.sex != agent.sex][: CUSTOMERS - len(same)]
    return [*same, *different]


def enrolled(encoder: Encoder, agent: Speaker) -> VoiceProfile:
    size = round(SEGMENT_S * SAMPLE_RATE_HZ)
    cut = [agent.samples[at : at + size] for at in range(0, agent.half - size + 1, size)]
    return make_profile(encoder, cut, dt.date(2026, 1, 1))


def measure(
    everybody: Sequence[Speaker], most: int
) -> tuple[dict[tuple[str, str], list[Part]], float, float]:
    """Parts by condition and by "same sex" / "other sex"; seconds of talk, CPU seconds for it."""
    encoder, calibration = Encoder(), Calibration()
    rng = np.random.default_rng(7)
    found: dict[tuple[str, str], list[Part]] = defaultdict(list)
    talk_s = cpu_s = 0.0
    able = [one for one in everybody if one.half >= LEAST_ENROL_S * SAMPLE_RATE_HZ]
    agents = able[:: max(1, len(able) // most)][:most]
    for number, agent in enumerate(agents):
        profile = enrolled(encoder, agent)
        for place, customer in enumerate(customers(agent, everybody, rng)):
            kind = "same sex" if customer.sex == agent.sex else "other sex"
            for condition in CONDITIONS:
                heard, alone, other = conversation(agent, customer, condition, 100 * number + place)
                gate = Gate(profile, encoder, calibration, STRICTNESS["shop-floor"])
                began = time.process_time()
                found[condition.name, kind] += parts_of(heard, alone, other, gate)
                cpu_s += time.process_time() - began
                talk_s += len(heard) / SAMPLE_RATE_HZ
        print(f"{number + 1} of {len(agents)} agents", file=sys.stderr, flush=True)
    return found, talk_s, cpu_s


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--audio", type=Path, required=True)
    parser.add_argument("--split", default="test", choices=["dev", "test"])
    parser.add_argument("--agents", type=int, default=100, help="at most so many of the speakers are agents")
    options = parser.parse_args()
    everybody = speakers(options.audio, options.split)
    found, talk_s, cpu_s = measure(everybody, options.agents)
    every = [part for parts in found.values() for part in parts]
    rows = {"all": by_profile(every)}
    for kind in ("same sex", "other sex"):
        rows[kind] = by_profile([part for key, parts in found.items() if key[1] == kind for part in parts])
    for condition in CONDITIONS:
        own = [part for key, parts in found.items() if key[0] == condition.name for part in parts]
        rows[condition.name] = by_profile(own)
    print_table(rows)
    curve = [(at, *shares(every, at, keep_short=False)) for at in SWEEP]
    print(
        f"{len(everybody)} speakers, {talk_s / 60:.0f} minutes of talk, {cpu_s / talk_s:.3f} CPU s a second"
    )
    if options.split == "test":
        write(rows, curve, len(everybody), talk_s, cpu_s)


def print_table(rows: dict[str, dict[str, dict[str, float]]]) -> None:
    print(f"{'% of speech seconds':36}{'headset':>22}{'shop floor':>22}")
    print(f"{'':36}{'agent dropped':>14}{'other':>8}{'agent dropped':>14}{'other':>8}")
    for name, row in rows.items():
        values = [value for profile in row.values() for value in profile.values()]
        print(f"{name:36}" + "".join(f"{v:>{w}.1f}" for v, w in zip(values, (14, 8, 14, 8), strict=True)))


def write(
    rows: dict[str, dict[str, dict[str, float]]],
    curve: list[tuple[float, float, float]],
    count: int,
    talk_s: float,
    cpu_s: float,
) -> None:
    summary = {
        f"{profile.replace('-', '_')}_{name}": value
        for profile, values in rows["all"].items()
        for name, value in values.items()
    }
    summary |= {"speakers": count, "talk_minutes": round(talk_s / 60, 1)}
    summary["cpu_s_per_talk_s"] = round(cpu_s / talk_s, 3)
    points = [{"threshold": at, "agent_dropped_percent": a, "other_kept_percent": b} for at, a, b in curve]
    result = {"summary": summary, "conditions": rows, "trade_off": points}
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    marks = {name: tuple(values.values()) for name, values in rows["all"].items()}
    picture = svg([(a, b) for _, a, b in curve], marks)
    RESULTS.with_suffix(".svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
