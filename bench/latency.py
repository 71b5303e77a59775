"""How soon and how well words are there, beside the policies of peers on the same weights and audio.

    python bench/latency.py [--audio DIR] [--model base] [--sessions N] [--peers N] [--hour]

A virtual clock: a block of audio is available when it would be, and computing costs what it costs here, so
the delays are those of a live call. Prints a table and writes bench/results/latency.json. ``--peers N`` runs
the peers on the first N sessions only (they are slow); Sameside's figures on the same ones are given beside
them. Ours runs on ``--threads`` (1, as the app does), the others on two. ``--hour`` adds 60 minutes of speech
without a pause, to see whether the lag or the memory grows (latency-hour.json).

Delays are in seconds. *Final*: from a turn's last word, by voice activity of the clip alone, to the moment
its words stand as they stay. *First shown*: from a word's end to its first appearance, as a word that may
still change or as a final one; *changed* counts the words that were on the screen and were then replaced or
taken away, per 100 words of the final text. Word error rates are after Whisper's English normaliser; the
difference is to whole-file faster-whisper with beam 5, with the range that chance leaves (95 %, a paired
bootstrap over the sessions).
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import coach  # noqa: E402, F401, I001 before numpy, for it decides on numpy's threads
import numpy as np  # noqa: E402

from bench import needed  # noqa: E402
from bench.speech_sessions import (  # noqa: E402
    CLIPS,
    SpeechSession,
    difference_interval,
    room,
    sessions,
    word_error_rate,
)
from bench.streaming_systems import (  # noqa: E402
    LocalAgreementStream,
    Sameside,
    Shown,
    System,
    VadThenTranscribe,
    transcribed,
    whisper_model,
)
from coach.events import SAMPLE_RATE_HZ, Block, Samples, Word  # noqa: E402
from coach.modelfiles.manager import ModelFiles  # noqa: E402
from coach.speech.agreement import plain  # noqa: E402
from coach.speech.whisper import WhisperTranscriber  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "latency.json"
BLOCK = 640
SILENT_S = 120.0
PEER_THREADS = 2


@dataclass(slots=True)
class Heard:
    """What one system made of the sessions."""

    final_s: list[float] = field(default_factory=list)
    shown_s: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    changed: int = 0
    cpu_s: float = 0.0
    speech_s: float = 0.0
    audio_s: float = 0.0


def cpu_now_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def blocks(samples: Samples) -> Iterator[Block]:
    for at in range(0, len(samples), BLOCK):
        yield Block(samples[at : at + BLOCK], at / SAMPLE_RATE_HZ)


def play(system: System, samples: Samples) -> list[tuple[float, Shown]]:
    """Everything ``system`` shows, with the second of the virtual clock at which it does."""
    seen: list[tuple[float, Shown]] = []
    now_s, at = 0.0, 0
    while at <= len(samples):
        came = round(now_s * SAMPLE_RATE_HZ) if system.takes_all else 0
        block = Block(samples[at : max(at + BLOCK, came)], at / SAMPLE_RATE_HZ)
        at += len(block.samples) or 1
        now_s = max(now_s, block.end_s)
        began = time.perf_counter()
        found = system.feed(block) if len(block.samples) else system.flush()
        seen.extend((now_s + time.perf_counter() - began, shown) for shown in found)
        now_s += time.perf_counter() - began
    return seen


def settled(seen: Sequence[tuple[float, Shown]]) -> list[tuple[Word, float, float]]:
    """Each word as it stayed, with when it first stood so for good and when it was first shown at all."""
    out: list[tuple[Word, float, float]] = []
    for turn in sorted({shown.turn for _, shown in seen}):
        mine = [(at_s, one) for at_s, one in seen if one.turn == turn]
        last = mine[-1][1].words
        texts = [plain(word.text) for word in last]
        final_s, shown_s = [np.inf] * len(last), [np.inf] * len(last)
        for at_s, one in mine:
            now = [plain(word.text) for word in one.words]
            matched: set[int] = set()
            for match in SequenceMatcher(None, texts, now, autojunk=False).get_matching_blocks():
                for step in range(match.size):
                    place = match.a + step
                    shown_s[place] = min(shown_s[place], at_s)
                    if match.b + step < one.final:
                        matched.add(place)
                        final_s[place] = min(final_s[place], at_s)
            for place in range(len(last)):
                # Mended since: what stood there was not final after all.
                if one.final and place < one.final and place not in matched:
                    final_s[place] = np.inf
        out += list(zip(last, final_s, shown_s, strict=True))
    return out


def changed(seen: Sequence[tuple[float, Shown]]) -> int:
    """How many words were shown and then replaced or taken away, whatever became of their place."""
    count = 0
    last: dict[int, list[str]] = {}
    for _, shown in seen:
        before, now = last.get(shown.turn, []), [plain(word.text) for word in shown.words]
        same = SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks()
        count += len(before) - sum(match.size for match in same)
        last[shown.turn] = now
    return count


def hear(make: Callable[[], System], given: Sequence[SpeechSession]) -> Heard:
    result = Heard()
    for session in given:
        before = cpu_now_s()
        seen = play(make(), session.samples)
        result.cpu_s += cpu_now_s() - before
        words = settled(seen)
        result.changed += changed(seen)
        result.shown_s += [shown_s - word.end_s for word, _, shown_s in words if np.isfinite(shown_s)]
        for spoken in session.spoken:
            inside = [
                final_s
                for word, final_s, _ in words
                if spoken.start_s - 0.3 <= (word.start_s + word.end_s) / 2 <= spoken.end_s + 0.3
            ]
            if inside:
                result.final_s.append(max(inside) - spoken.last_word_s)
        result.said.append(session.text)
        result.heard.append(" ".join(word.text for word, _, _ in words))
        result.speech_s += session.speech_s
        result.audio_s += len(session.samples) / SAMPLE_RATE_HZ
        print(f"  {session.name}: {len(words)} words", file=sys.stderr, flush=True)
    return result


def share(values: Sequence[float], part: float) -> float:
    return round(float(np.percentile(values, 100 * part)), 3) if len(values) else float("nan")


def figures(name: str, result: Heard, whole: Sequence[str]) -> dict[str, Any]:
    """``whole``: what was heard in the same sessions as whole files."""
    wer = word_error_rate(result.said, result.heard)
    low, high = difference_interval(result.said, result.heard, whole)
    return {
        "system": name,
        "turns": len(result.final_s),
        "final_p50_s": share(result.final_s, 0.5),
        "final_p95_s": share(result.final_s, 0.95),
        "first_shown_p50_s": share(result.shown_s, 0.5),
        "first_shown_p95_s": share(result.shown_s, 0.95),
        "changed_per_100_words": round(100 * result.changed / max(1, len(result.shown_s)), 1),
        "wer": round(wer, 2),
        "wer_difference": round(wer - word_error_rate(result.said, whole), 2),
        "wer_difference_95": [round(low, 2), round(high, 2)],
        "cpu_s_per_speech_s": round(result.cpu_s / result.speech_s, 3),
        "cpu_s_per_audio_s": round(result.cpu_s / result.audio_s, 3),
    }


def whole_file(model: Any, given: Sequence[SpeechSession]) -> tuple[list[str], float]:
    """What faster-whisper hears in whole sessions, beam 5, and CPU seconds per second of audio."""
    before = cpu_now_s()
    heard = [transcribed(model, session.samples, 0.0, 5) for session in given]
    texts = [" ".join(word.text for word in words) for words in heard]
    spent = cpu_now_s() - before
    return texts, spent / sum(len(one.samples) / SAMPLE_RATE_HZ for one in given)


def silent_cpu(make: Callable[[], System]) -> float:
    """CPU seconds per second of a quiet room."""
    samples = room(SILENT_S, np.random.default_rng(2))
    system = make()
    before = cpu_now_s()
    play(system, samples)
    return (cpu_now_s() - before) / SILENT_S


def app_rss_mb(model: str) -> float:
    """The highest resident memory of the whole app, window and overlay open, while it hears a live call."""
    found = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "app_memory.py"), model],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(found.stdout.strip().splitlines()[-1])


def lag_of_an_hour(make: Callable[[], System], given: Sequence[SpeechSession]) -> dict[str, float]:
    """How far the words are behind after one minute and after sixty of speech without a pause; and memory.

    The sixtieth minute has other words than the first, so it is heard once more in a new call.
    """
    voice = np.concatenate([one.samples for one in given])
    loud = np.abs(voice) > 0.004
    keep = np.convolve(loud, np.ones(3_200), "same") > 0
    speech = np.resize(voice[keep], 3600 * SAMPLE_RATE_HZ)
    memory: dict[int, float] = {}
    lags = lags_of(make(), speech, memory)
    again = lags_of(make(), speech[-120 * SAMPLE_RATE_HZ :], {})
    return {
        "first_minute_p95_s": share([lag for at_s, lag in lags if at_s <= 60], 0.95),
        "last_minute_p95_s": share([lag for at_s, lag in lags if at_s > 3540], 0.95),
        "last_minute_in_a_new_call_p95_s": share([lag for at_s, lag in again if at_s > 60], 0.95),
        "largest_s": round(max(lag for _, lag in lags), 3),
        "median_s": round(statistics.median(lag for _, lag in lags), 4),
        "rss_mb_after_5_min": memory[5],
        "rss_mb_after_60_min": memory[60],
    }


def lags_of(system: System, speech: Samples, memory: dict[int, float]) -> list[tuple[float, float]]:
    """When each block ended, and how long after that it was dealt with; ``memory`` every five minutes."""
    now_s, lags = 0.0, []
    for block in blocks(speech):
        now_s = max(now_s, block.end_s)
        began = time.perf_counter()
        for _ in system.feed(block):
            pass
        now_s += time.perf_counter() - began
        lags.append((block.end_s, now_s - block.end_s))
        if round(block.end_s / 300, 6).is_integer():
            memory[round(block.end_s / 60)] = resident_mb()
            print(f"  {block.end_s / 60:.0f} minutes", file=sys.stderr, flush=True)
    return lags


def resident_mb() -> float:
    """The memory this program takes now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
    return round(pages * resource.getpagesize() / 2**20, 1)


def between(low: float, high: float) -> str:
    return f"{low:+.1f} to {high:+.1f}"


def print_table(rows: Sequence[dict[str, Any]]) -> None:
    heads = (
        "system | turns | final p50 / p95 s | first shown p50 / p95 s | changed per 100 words "
        "| WER % (diff., 95 %) | CPU s / s of speech"
    )
    print(f"\n| {heads} |")
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        print(
            f"| {row['system']} | {row['turns']} | {row['final_p50_s']:.2f} / {row['final_p95_s']:.2f} "
            f"| {row['first_shown_p50_s']:.2f} / {row['first_shown_p95_s']:.2f} "
            f"| {row['changed_per_100_words']:.1f} "
            f"| {row['wer']:.2f} ({row['wer_difference']:+.2f}, {between(*row['wer_difference_95'])}) "
            f"| {row['cpu_s_per_speech_s']:.2f} |"
        )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--audio", type=Path, default=CLIPS)
    parser.add_argument("--model", default="base")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--sessions", type=int)
    parser.add_argument("--peers", type=int, default=3)
    parser.add_argument("--hour", action="store_true")
    return parser.parse_args()


def peers_of(
    transcriber: WhisperTranscriber, model: Any, some: Sequence[SpeechSession], whole: Sequence[str]
) -> list[dict[str, Any]]:
    """Ours and the others on the same sessions; ``whole``: what was heard in them as whole files."""
    systems: list[Callable[[], System]] = [
        lambda: Sameside(transcriber),
        lambda: VadThenTranscribe(model),
        lambda: VadThenTranscribe(model, 0.7, 5),
        lambda: LocalAgreementStream(model),
    ]
    name = f"({len(some)} sessions)"
    return [figures(f"{make().name} {name}", hear(make, some), whole) for make in systems if some]


def main() -> None:
    chosen = arguments()
    needed.libraries("jiwer", "whisper_normalizer")
    given = sessions(chosen.audio, chosen.sessions)
    folder = ModelFiles().resolve(chosen.model)
    model = whisper_model(folder, PEER_THREADS)
    transcriber = WhisperTranscriber(folder, chosen.threads)
    transcriber.warm()
    whole, whole_cpu = whole_file(model, given)
    whole_wer = word_error_rate([one.text for one in given], whole)
    print(f"whole file, beam 5: WER {whole_wer:.2f} %, {whole_cpu:.2f} CPU s per s of audio")
    ours = figures("Sameside", hear(lambda: Sameside(transcriber), given), whole)
    rows = [ours, figures("no interim words", hear(lambda: Sameside(transcriber, False), given), whole)]
    rows += peers_of(transcriber, model, given[: chosen.peers], whole[: chosen.peers])
    print_table(rows)
    summary = {
        "final_delay_p50_s": ours["final_p50_s"],
        "final_delay_p95_s": ours["final_p95_s"],
        "first_shown_p50_s": ours["first_shown_p50_s"],
        "changed_per_100_words": ours["changed_per_100_words"],
        "wer_difference_points": ours["wer_difference"],
        "cpu_s_per_speech_s": ours["cpu_s_per_speech_s"],
        "cpu_s_per_silent_s": round(silent_cpu(lambda: Sameside(transcriber)), 4),
        "rss_mb": round(app_rss_mb(chosen.model), 1),
    }
    print(json.dumps(summary, indent=2))
    written = {
        "summary": summary,
        "whole_file": {"wer": round(whole_wer, 2), "cpu_s_per_audio_s": round(whole_cpu, 3)},
        "rows": rows,
        "model": chosen.model,
        "threads": chosen.threads,
        "peer_threads": PEER_THREADS,
        "sessions": len(given),
        "speech_s": round(sum(one.speech_s for one in given), 1),
    }
    write_results(written, "" if chosen.model == "base" else f"-{chosen.model}")
    if chosen.hour:
        hour = lag_of_an_hour(lambda: Sameside(transcriber), given)
        print(json.dumps(hour))
        write_results(hour, "-hour" if chosen.model == "base" else f"-{chosen.model}-hour")


def write_results(found: dict[str, Any], which: str) -> None:
    target = RESULTS.with_name(f"latency{which}.json")
    target.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
